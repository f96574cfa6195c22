//! Random parameters for the checks.

pub use ch01_flows::exercises::draws::{between, either_sign, matrix, point};
use dynamics::Generator;
use nalgebra::Matrix2;

/// A covariance that is neither diagonal nor close to one without an inverse.
pub fn covariance(generator: &mut Generator) -> Matrix2<f64> {
    // A matrix times its transpose is a covariance; the rest keeps it away from the edge.
    let root = matrix(generator);
    root * root.transpose() + Matrix2::identity() * 0.3
}
