//! Windows on the data.

mod density;
mod explicit;
mod score;

pub use density::{ERROR, KDE, KERNELS};
pub use explicit::EXPLICIT;
pub use score::SCORE;

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}
