//! Langevin dynamics: Gaussian targets, one step, the chain and its bias, experiments.

mod chain;
mod experiments;
mod gaussian;
mod one_step;

pub use chain::{ULA, ULA_BIAS};
pub use experiments::{LINE, NETWORK, PLANE};
pub use gaussian::GAUSSIAN;
pub use one_step::INFINITESIMAL;
