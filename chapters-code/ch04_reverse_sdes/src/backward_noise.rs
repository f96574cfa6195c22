//! The Brownian motion that drives the way back, read off a path that ran forwards.

use crate::reverse::reverse_drift;
use ch03_fokker_planck::{Diffusion, Smooth};
use dynamics::Point;

// ANCHOR: backward-noise
/// The increment W̄_{t−h} − W̄_t over a step back from `now` at time `t` to `before` at
/// t − h: what is left of the step when the reverse drift is taken out, over g.
///
/// `law` is the density of the diffusion. Up to terms of the order of h^{3/2}.
pub fn backward_increment(
    diffusion: &impl Diffusion<1>,
    law: &impl Smooth<1>,
    (t, h): (f64, f64),
    now: f64,
    before: f64,
) -> f64 {
    let place = Point::<1>::new(now);
    let drift = reverse_drift(diffusion, law, t, &place)[0];
    let g = diffusion.covariance_rate(t, &place)[0].sqrt();
    (before - now + h * drift) / g
}
// ANCHOR_END: backward-noise

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::{Grown, Marginal};
    use crate::reverse::Reversed;
    use ch02_brownian_motion::{EulerMaruyama, GeometricBrownian};
    use dynamics::SdeMethod;

    #[test]
    fn a_step_of_the_reverse_equation_with_this_noise_lands_where_the_path_was() {
        // Neither at rest nor with the same noise everywhere.
        let process = Grown {
            process: GeometricBrownian { growth: 0.3, volatility: 0.6 },
            mean: 0.2,
            variance: 0.3,
        };
        let reversed = Reversed { process, law: Marginal(process), end: 1.3 };
        let (t, h, now, before) = (0.9, 0.05, 1.4, 1.1);
        let noise = backward_increment(&process, &Marginal(process), (t, h), now, before);
        let landed = EulerMaruyama.step(&reversed, 1.3 - t, h, &now, &noise);
        assert!((landed - before).abs() < 1e-14, "{landed}");
    }
}
