//! What averages do: the generator, Dynkin's formula, moments, and the adjoint.

mod adjoint;
mod expectation;
mod generator;
mod moments;
mod operator;
mod solved;

pub use adjoint::ADJOINT;
pub use expectation::{DYNKIN, EXPECTATION_ODE};
pub use generator::{GENERATOR, GENERATOR_BM, GENERATOR_TIME};
pub use moments::MEAN_COVARIANCE;
