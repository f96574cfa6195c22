//! Chapter 1, *Flows*: how a vector field carries a point, and a cloud of points.
//!
//! The clock of the chapter runs from noise at t = 0 to data at t = 1. In order of
//! appearance: the fields the text speaks of, the methods that follow them, the sampler,
//! what a flow does to expectations, volumes and densities, and the conservation laws.

pub mod claims;
pub mod fields;
pub mod integrate;
pub mod methods;
pub mod orders;
pub mod picard;
pub mod sampler;
pub mod simulator;
pub mod step_count;

pub use claims::CLAIMS;
pub use integrate::{
    Adaptive, Tolerance, integrate, integrate_adaptive, trajectory, transport,
};
pub use methods::{DormandPrince, Euler, Heun, Rk4};
