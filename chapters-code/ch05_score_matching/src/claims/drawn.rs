//! Drawing with a score that was learned, and how far from the truth that is.

mod stairs;
mod truth;

pub use stairs::ANNEALED;
pub use truth::{MODEL_DENSITY, NETWORK_NOISE, TOYS};
