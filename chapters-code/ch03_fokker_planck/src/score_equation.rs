//! How the logarithm of a density changes, and its gradient, the score.

use crate::flux::along;
use crate::operators::{Diffusion, Smooth};
use ch01_flows::fields::Number;
use dynamics::Point;
use nalgebra::SVector;
use num_dual::{Dual64, HyperDual};

/// `x` with the directions i and j.
fn towards<T: Number, const D: usize>(
    x: &SVector<T, D>,
    i: usize,
    j: usize,
) -> SVector<HyperDual<T>, D> {
    let mut place = x.map(HyperDual::from_re);
    place[i].eps1 = T::from(1.0);
    place[j].eps2 = T::from(1.0);
    place
}

// ANCHOR: score-equation
/// ∂ₜ log p at (t, x): ½ Σ aᵢⱼ (∂ᵢⱼℓ + ∂ᵢℓ ∂ⱼℓ) − f·∇ℓ − ∇·f, where ℓ = log p is
/// given. The noise must be the same everywhere: a may depend on t, not on x.
pub fn log_density_rate<T: Number, const D: usize>(
    diffusion: &impl Diffusion<D>,
    log_density: &impl Smooth<D>,
    t: T,
    x: &SVector<T, D>,
) -> T {
    let (f, a) = (diffusion.drift(t, x), diffusion.covariance_rate(t, x));
    let now = HyperDual::from_re(t);
    let mut rate = T::from(0.0);
    for i in 0..D {
        for j in 0..D {
            let y = towards(x, i, j);
            let log = log_density.at(now, &y);
            rate += a[(i, j)] * (log.eps1eps2 + log.eps1 * log.eps2) * 0.5;
            if i == j {
                rate -= f[i] * log.eps1 + diffusion.drift(now, &y)[i].eps1;
            }
        }
    }
    rate
}

/// ∂ₜs at (t, x) for the score s = ∇ log p: the gradient of that rate.
pub fn score_rate<const D: usize>(
    diffusion: &impl Diffusion<D>,
    log_density: &impl Smooth<D>,
    t: f64,
    x: &Point<D>,
) -> Point<D> {
    let rate = |i| {
        let (now, y) = (Dual64::from_re(t), along(x, i));
        log_density_rate(diffusion, log_density, now, &y).eps
    };
    Point::<D>::from_fn(|i, _| rate(i))
}
// ANCHOR_END: score-equation
