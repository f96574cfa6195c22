//! Claims on what short cuts cost: a wrong score, and few steps.

pub(crate) mod bound;
mod exponential;
mod steps;

pub use bound::GIRSANOV_BOUND;
pub use exponential::EXPONENTIAL_STEP;
pub use steps::EXP_STEPS;

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}
