//! Claims on what a flow does to expectations, volumes and densities.

mod continuity;
mod divergence;
mod expectation;
mod moving;
mod volume;

pub use continuity::{CONTINUITY_EQUATION, FLUX_FORM};
pub use divergence::DIVERGENCE_THEOREM;
pub use expectation::PUSHFORWARD_EXPECTATION;
pub use moving::{MASS_CONSERVATION, REYNOLDS};
pub use volume::INCOMPRESSIBLE;

use crate::fields::Number;
use crate::laws::START;
use crate::pushforward::gaussian;
use statrs::distribution::{ContinuousCDF, Normal};

const QUADRATURE: &str =
    "rounding: the rules used converge faster than any power of the step";
const DERIVATIVES: &str = "rounding: derivatives are exact, carried by dual numbers";

/// |a − b| relative to b.
fn off(a: f64, b: f64) -> f64 {
    ((a - b) / b).abs()
}

/// The largest of some errors. Not-a-number wins.
fn worst(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a: f64, b| if b > a || b.is_nan() { b } else { a })
}

/// p₀ = N(0.4, 0.8²).
fn start<T: Number>(x: T) -> T {
    gaussian(x, START.0.into(), START.1.into())
}

/// Its distribution function.
fn start_below(x: f64) -> f64 {
    Normal::new(START.0, START.1).map_or(f64::NAN, |normal| normal.cdf(x))
}

/// Twelve standard deviations of p₀ either way.
const RANGE: (f64, f64) = (START.0 - 12.0 * START.1, START.0 + 12.0 * START.1);
