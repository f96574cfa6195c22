//! What a denoiser knows.

mod autoencoder;
mod fixed;
mod low;
mod moments;

pub use autoencoder::AUTOENCODER;
pub use fixed::SMOOTHED;
pub use low::LOW_NOISE;
pub use moments::TWEEDIE;

use crate::denoiser::Case;
use crate::problem::heaps;
use dynamics::Point;
use std::f64::consts::TAU;

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// Data of the two heaps and noise, on a grid: the trapezoid rule in both. Cells of 0.05
/// where a heap is 0.4 wide, and of 0.125 where the noise is 1 wide.
fn cases() -> Vec<Case<1>> {
    let (law, wide, fine) = (heaps(), 0.05, 0.125);
    let data = (-120..=90).map(|i| {
        let x = Point::<1>::new(wide * f64::from(i));
        (law.log_density(0.0, &x).exp() * wide, x)
    });
    let noises: Vec<_> = (-68..=68)
        .map(|j| {
            let noise = fine * f64::from(j);
            ((-0.5 * noise * noise).exp() / TAU.sqrt() * fine, Point::<1>::new(noise))
        })
        .collect();
    let pair = |(p, x): (f64, Point<1>)| {
        noises.iter().map(move |(weight, noise)| (p * weight, x, *noise))
    };
    data.flat_map(pair).filter(|case| case.0 > 1e-22).collect()
}
