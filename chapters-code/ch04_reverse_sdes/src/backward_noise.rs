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
