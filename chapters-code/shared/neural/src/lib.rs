//! Networks that a student can read in one sitting.
//!
//! A [`Tape`] records what is done to matrices and reads off gradients in reverse; an
//! [`Mlp`] is a few of its operations in a row; [`Adam`] turns gradients into steps; and
//! [`train`] does all this on chunks of a batch, on all cores, with the same bits on one.
//! A column of a matrix is a sample throughout.
//!
//! Chapter 5 explains the code where it is first needed.

mod activation;
mod adam;
mod average;
mod backward;
mod mlp;
mod product;
mod real;
mod tape;
mod train;
mod vectorised;
mod weights;

pub use activation::Activation;
pub use adam::Adam;
pub use average::Average;
pub use mlp::Mlp;
pub use real::{Matrix, Real};
pub use tape::{Tape, Var};
pub use train::{Outcome, Progress, Training, TrainingError, train};
pub use weights::{Weights, WeightsError};
