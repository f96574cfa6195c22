//! The Markov step: chains, the places between, increments, and Kolmogorov's equations.

mod between;
mod chain;
mod kolmogorov;
mod later;
mod plane;
mod series;
mod variants;

pub use between::{CHAPMAN_KOLMOGOROV, CK_OU, INCREMENT_DENSITY};
pub use chain::{CK_DISCRETE, MARKOV_FACTORISATION};
pub use kolmogorov::{BACKWARD_KOLMOGOROV, FORWARD_KOLMOGOROV};
pub use later::BACKWARD_EXPECTATION;
pub use series::KRAMERS_MOYAL;
