//! How the law of an earlier place, given a later one, changes with the earlier time.

use crate::known::{Known, Seen};
use nalgebra::SVector;
use num_dual::Dual2_64;

// ANCHOR: here
/// What the derivation needs at one time and place, each with its first and second
/// derivative by the place y: `re`, `v1` and `v2`.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    /// p_r(y).
    pub p: Dual2_64,
    /// The step p(x at t | y at r).
    pub step: Dual2_64,
    /// q, the density of y given the later sighting.
    pub q: Dual2_64,
    /// The drift f.
    pub f: Dual2_64,
    /// g².
    pub g2: Dual2_64,
}

/// A process at time r and place y, seen at x later.
pub fn here(process: &impl Known, r: f64, y: f64, later: Seen) -> Here {
    let (now, place) = (Dual2_64::from_re(r), Dual2_64::from_re(y).derivative());
    let at = SVector::<Dual2_64, 1>::new(place);
    let (p, step) = (process.marginal(now, place), process.step(now, place, later));
    Here {
        p,
        step,
        q: p * step / process.marginal(later.t, later.x),
        f: process.drift(now, &at)[0],
        g2: process.covariance_rate(now, &at)[0],
    }
}
// ANCHOR_END: here

// ANCHOR: joint
/// The terms of ∂_r of the joint density p_r(y) p(x at t | y at r): two from the
/// backward equation of the step, two from the forward equation of p.
pub fn joint_terms(here: &Here) -> [f64; 4] {
    let Here { p, step, f, g2, .. } = *here;
    [
        -p.re * f.re * step.v1,
        -p.re * 0.5 * g2.re * step.v2,
        -step.re * (f * p).v1,
        step.re * 0.5 * (g2 * p).v2,
    ]
}
// ANCHOR_END: joint

// ANCHOR: conditional
/// The terms of ∂_r q: −∂(f q) − ½ g² p ∂²(q/p) + ½ (q/p) ∂²(g² p).
pub fn conditional_terms(here: &Here) -> [f64; 3] {
    let Here { p, q, f, g2, .. } = *here;
    let ratio = q / p;
    [-(f * q).v1, -0.5 * g2.re * p.re * ratio.v2, 0.5 * ratio.re * (g2 * p).v2]
}
// ANCHOR_END: conditional

// ANCHOR: product
/// The terms of ∂²(g² q), with q taken apart as p times q/p.
pub fn product_terms(p: Dual2_64, q: Dual2_64, g2: Dual2_64) -> [f64; 3] {
    let (mass, ratio) = (g2 * p, q / p);
    [mass.re * ratio.v2, ratio.re * mass.v2, 2.0 * mass.v1 * ratio.v1]
}
// ANCHOR_END: product

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Noising;
    use crate::problem::SCHEDULE;
    use crate::schedules::{NoiseSchedule, VariancePreserving};
    use ch01_flows::fields::Number;
    use ch03_fokker_planck::Diffusion;
    use ch03_fokker_planck::transition::normal;
    use nalgebra::SMatrix;
    use num_dual::Dual64;

    /// Normal data under a schedule: drift and noise change with time.
    struct Drowned(Noising<VariancePreserving>);

    impl Diffusion<1> for Drowned {
        fn drift<T: Number>(&self, t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
            Diffusion::drift(&self.0, t, x)
        }

        fn covariance_rate<T: Number>(
            &self,
            t: T,
            x: &SVector<T, 1>,
        ) -> SMatrix<T, 1, 1> {
            self.0.covariance_rate(t, x)
        }
    }

    impl Known for Drowned {
        fn marginal<T: Number>(&self, r: T, y: T) -> T {
            let (alpha, sigma) = (self.0.schedule.alpha(r), self.0.schedule.sigma(r));
            normal(y, alpha * 0.7, alpha * alpha * 0.4 + sigma * sigma)
        }

        fn step<T: Number>(&self, r: T, y: T, later: Seen) -> T {
            let schedule = self.0.schedule;
            let t = T::from(later.t);
            let factor = schedule.alpha(t) / schedule.alpha(r);
            let faded = factor * schedule.sigma(r);
            let variance = schedule.sigma(t).powi(2) - faded * faded;
            normal(T::from(later.x), factor * y, variance)
        }
    }

    #[test]
    fn both_equations_hold_where_drift_and_noise_change_with_time() {
        let process = Drowned(Noising { schedule: SCHEDULE });
        let (r, y, later) = (0.2, 0.3, Seen { t: 0.35, x: -0.4 });
        let (now, place) = (Dual64::new(r, 1.0), Dual64::from_re(y));
        let joint = process.marginal(now, place) * process.step(now, place, later);
        let here = here(&process, r, y, later);
        let near = |rate: f64, terms: &[f64]| {
            let size = terms.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
            // Rounding of a dozen factors.
            assert!((rate - terms.iter().sum::<f64>()).abs() < 1e-13 * size, "{terms:?}");
        };
        near(joint.eps, &joint_terms(&here));
        let seen = process.marginal(later.t, later.x);
        near(joint.eps / seen, &conditional_terms(&here));
    }
}
