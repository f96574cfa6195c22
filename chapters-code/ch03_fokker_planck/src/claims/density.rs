//! The equation of the density: mass, its weak form, where the coefficients stand, what
//! flows, two solutions, and the score.

mod altered;
mod equation;
mod flux;
mod mass;
mod plane;
mod score;
mod transition;
mod weak;

pub use equation::{EQUATION_1D, EQUATION_ND};
pub use flux::FLUX_FORM;
pub use mass::NORMALISATION;
pub use score::SCORE_EQUATION;
pub use transition::{GBM_TRANSITION, OU_TRANSITION};
pub use weak::WEAK_FORM;

/// The larger of two errors. Not-a-number wins, so that it never goes unseen.
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

/// The largest of some errors, or not-a-number.
pub(super) fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, larger)
}
