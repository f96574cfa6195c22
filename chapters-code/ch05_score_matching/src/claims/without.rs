//! Without the score.

mod border;
pub(super) mod fields;
mod implicit;
mod parts;
mod sample;
mod sliced;

pub use border::{BORDER, WEIGHTED};
pub use implicit::IMPLICIT;
pub use parts::BY_PARTS;
pub use sample::SAMPLE;
pub(super) use sample::moved;
pub use sliced::{SLICED, TRACE};

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// How far numbers that should be one number lie apart.
fn spread(values: &[f64]) -> f64 {
    largest(values.iter().map(|value| (value - values[0]).abs()))
}
