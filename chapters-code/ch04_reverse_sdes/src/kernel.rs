//! Where one start is led by a schedule, and what becomes of mean and variance.

use crate::schedules::NoiseSchedule;
use ch01_flows::fields::Number;
use ch03_fokker_planck::transition::normal;
use dynamics::Point;
use nalgebra::SVector;

// ANCHOR: kernel
/// p_{t|0}(x | x₀) = N(x; α x₀, σ² I) for σ > 0, a product over coordinates.
pub fn transition<T: Number, const D: usize>(
    schedule: &impl NoiseSchedule,
    t: T,
    x: &SVector<T, D>,
    x0: &Point<D>,
) -> T {
    let (alpha, sigma) = (schedule.alpha(t), schedule.sigma(t));
    let along = |i: usize| normal(x[i], alpha * x0[i], sigma * sigma);
    (0..D).fold(T::from(1.0), |product, i| product * along(i))
}
// ANCHOR_END: kernel

// ANCHOR: moments
/// Mean and variance of a coordinate of X_t from those of X₀:
/// α m and α² s + σ².
pub fn moments(
    schedule: &impl NoiseSchedule,
    t: f64,
    (mean, variance): (f64, f64),
) -> (f64, f64) {
    let (alpha, sigma) = (schedule.alpha(t), schedule.sigma(t));
    (alpha * mean, alpha.powi(2) * variance + sigma.powi(2))
}
// ANCHOR_END: moments
