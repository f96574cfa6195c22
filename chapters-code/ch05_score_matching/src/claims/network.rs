//! A network, its gradients, and what four losses teach it.

mod backwards;
mod lessons;
mod steps;

pub use backwards::{NETWORK, REVERSE_MODE};
pub use lessons::{EXPLICIT_VS_DENOISING, FOUR_LOSSES};
pub use steps::{ADAM, AVERAGE};
