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
    use crate::Noising;
    use crate::known::{Grown, Marginal};
    use crate::problem::{SCHEDULE, two_heaps};
    use crate::reverse::Reversed;
    use ch02_brownian_motion::{EulerMaruyama, GeometricBrownian};
    use dynamics::SdeMethod;

    /// A step of the reverse equation with this noise lands where the path was.
    fn lands(process: impl Diffusion<1>, law: impl Smooth<1>) {
        let (t, h, now, before) = (0.9, 0.05, 1.4, 1.1);
        let noise = backward_increment(&process, &law, (t, h), now, before);
        let reversed = Reversed { process, law, end: 1.3 };
        let landed = EulerMaruyama.step(&reversed, 1.3 - t, h, &now, &noise);
        assert!((landed - before).abs() < 1e-13, "{landed}");
    }

    #[test]
    fn it_drives_the_way_back_where_noise_changes_with_the_place() {
        let process = Grown {
            process: GeometricBrownian { growth: 0.3, volatility: 0.6 },
            mean: 0.2,
            variance: 0.3,
        };
        lands(process, Marginal(process));
    }

    #[test]
    fn it_drives_the_way_back_where_noise_changes_with_time() {
        lands(Noising { schedule: SCHEDULE }, two_heaps(SCHEDULE));
    }
}
