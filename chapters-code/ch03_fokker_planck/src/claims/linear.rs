//! Linear equations: their solution, their moments, their law, and steps that have it.

mod gaussian;
mod moments;
mod normal;
mod reference;
mod solution;
mod steps;

pub use gaussian::GAUSSIAN;
pub use moments::{AUTOCOVARIANCE, MOMENTS};
pub use normal::NORMAL_DERIVATIVES;
pub use solution::{SOLUTION, TRANSITION_MATRIX};
pub use steps::EXACT_STEP;
