//! Chapter 1, *Flows*: how a vector field carries a point, and a cloud of points.
//!
//! The clock of the chapter runs from noise at t = 0 to data at t = 1. In order of
//! appearance: the fields the text speaks of, the methods that follow them, the sampler,
//! what a flow does to expectations, volumes and densities, and the conservation laws.

pub mod assignment;
pub mod balance;
pub mod claims;
pub mod conservation;
pub mod errata;
pub mod exercises;
pub mod experiments;
pub mod fields;
pub mod figures;
pub mod integrate;
pub mod laws;
pub mod methods;
pub mod orders;
pub mod picard;
pub mod pushforward;
pub mod quadrature;
pub mod reversal;
pub mod sampler;
pub mod simulator;
pub mod step_count;
pub mod taylor;
pub mod transport;
pub mod uniqueness;

pub use claims::CLAIMS;
pub use errata::ERRATA;
pub use exercises::{EXERCISES, STUDENT, UNFINISHED, Work, cards};
pub use figures::FIGURES;
pub use integrate::{
    Adaptive, Tolerance, integrate, integrate_adaptive, trajectory, transport,
};
pub use methods::{DormandPrince, Euler, Heun, Rk4};
