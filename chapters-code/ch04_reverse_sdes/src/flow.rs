//! The flow without noise that has the laws of a diffusion.

use crate::reverse::reverse_drift;
use crate::schedules::NoiseSchedule;
use ch01_flows::fields::Number;
use ch03_fokker_planck::{Diffusion, Smooth};
use dynamics::{Increment, VectorField};
use nalgebra::SVector;

// ANCHOR: flow-drift
/// Half way between forwards and backwards: ½ (f + f̄) = f − (1/2p) ∇·(a p). With noise
/// that is the same everywhere, f − ½ a ∇log p.
pub fn flow_drift<T: Number, const D: usize>(
    diffusion: &impl Diffusion<D>,
    law: &impl Smooth<D>,
    t: T,
    x: &SVector<T, D>,
) -> SVector<T, D> {
    let (forth, back) = (diffusion.drift(t, x), reverse_drift(diffusion, law, t, x));
    (forth + back) * T::from(0.5)
}
// ANCHOR_END: flow-drift

// ANCHOR: probability-flow
/// The probability flow of a schedule, dZ/dt = a Z − ½ g² s(t, Z), by the forward clock.
/// An integrator may run it either way.
#[derive(Clone, Copy, Debug)]
pub struct ProbabilityFlow<S, F> {
    /// a and g².
    pub schedule: S,
    /// s.
    pub score: F,
}

impl<S, F, X> VectorField<X> for ProbabilityFlow<S, F>
where
    S: NoiseSchedule,
    F: VectorField<X>,
    X: Increment,
{
    fn velocity(&self, t: f64, x: &X) -> X {
        let (a, g2) = (self.schedule.rate(t), self.schedule.noise_rate(t));
        X::zero().plus(a, x).plus(-0.5 * g2, &self.score.velocity(t, x))
    }
}
// ANCHOR_END: probability-flow

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{SCHEDULE, two_heaps};
    use crate::{Backward, Noising};
    use dynamics::{Point, Sde};

    #[test]
    fn it_is_the_general_flow_and_the_family_at_zero() {
        let (law, t, x) = (two_heaps(SCHEDULE), 0.2, Point::<1>::new(0.4));
        let flow = ProbabilityFlow { schedule: SCHEDULE, score: law.clone() };
        let found = flow.velocity(t, &x);
        let general = flow_drift(&Noising { schedule: SCHEDULE }, &law, t, &x);
        assert!((found - general).norm() < 1e-13);
        let back = Backward { schedule: SCHEDULE, score: law, lambda: 0.0 };
        // 1 − 0.8 is 0.2 to rounding.
        assert!((Sde::drift(&back, 0.8, &x) + found).norm() < 1e-13);
    }
}
