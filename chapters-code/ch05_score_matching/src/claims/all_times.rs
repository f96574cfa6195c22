//! All noise at once.

mod predictions;
mod time;
mod training;

pub use predictions::NOISE_PREDICTION;
pub use time::{DIVERGENCE, TIME_LOSS};
pub use training::LOOP;

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}
