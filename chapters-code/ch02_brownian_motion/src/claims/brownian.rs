//! Brownian motion: what it is, how it is simulated, its variation, its bridge.

mod bridge;
mod definition;
mod simulation;
mod variation;

pub use bridge::{BRIDGE, LEVY_CONSTRUCTION};
pub use definition::{COVARIANCE, DEFINITION, INCREMENT_LAW};
pub use simulation::{EXP_PATHS, EXP_SIGMA_SWEEP, SCALED, SIMULATION, VECTOR_NOISE};
pub use variation::{GAUSSIAN_MOMENTS, QUADRATIC_VARIATION};

use dynamics::Point;
use evidence::Evidence;
use statrs::distribution::{ContinuousCDF, Normal};

/// The measurement that misses by most. Not-a-number wins, so that it never goes unseen.
fn worst(of: impl IntoIterator<Item = Evidence>) -> Evidence {
    let worse = |a: Evidence, b: Evidence| {
        if a.excess().is_nan() || a.excess() >= b.excess() { a } else { b }
    };
    of.into_iter().reduce(worse).expect("something was measured")
}

/// One coordinate of every point.
fn coordinate<const D: usize>(points: &[Point<D>], i: usize) -> Vec<f64> {
    points.iter().map(|point| point[i]).collect()
}

/// The distribution function of N(0, `variance`).
fn normal(variance: f64) -> impl Fn(f64) -> f64 {
    let law = Normal::new(0.0, variance.sqrt()).expect("the variance is positive");
    move |x| law.cdf(x)
}
