//! Chapter 2, *Brownian motion*: from tossing coins to stochastic differential equations,
//! and what it costs to simulate them.
//!
//! Time runs forwards from t = 0; what happens at its ends is not the matter yet. In order
//! of appearance: the walk and its limit, Brownian motion and its paths, Itô's integral
//! and his lemma, equations with known solutions, methods and their orders, and clouds of
//! particles in a random network's field with noise.

// The walk.
pub mod pushes;
pub mod walk;

// Brownian motion.
pub mod brownian;
pub mod correlated;
pub mod covariance;
pub mod impostor;
pub mod paths;
pub mod tree;
pub mod variation;

// Itô.
pub mod boat;
pub mod geometric;
pub mod integral;
pub mod ito;
pub mod stratonovich;

// Methods.
pub mod methods;
pub mod moments;
pub mod orders;
pub mod sampler;
pub mod simulate;
pub mod solution_map;

// Ornstein–Uhlenbeck and Langevin.
pub mod langevin;
pub mod ornstein_uhlenbeck;
pub mod ou_experiments;
pub mod overdamped;

// Experiments in a network's field.
pub mod experiments;

// The chapter as the book knows it.
pub mod assignment;
pub mod claims;
pub mod errata;
pub mod exercises;
pub mod figures;

pub use boat::Boat;
pub use brownian::{brownian_path, increments, scaled};
pub use ch01_flows::simulator::EulerMaruyama;
pub use claims::CLAIMS;
pub use correlated::{CorrelatedNoise, NotACovariance};
pub use covariance::{covariance_matrix, summation_matrix};
pub use errata::ERRATA;
pub use exercises::{EXERCISES, STUDENT, UNFINISHED, Work, cards};
pub use figures::FIGURES;
pub use geometric::GeometricBrownian;
pub use impostor::Impostor;
pub use integral::{ito_sum, right_sum, stratonovich_sum};
pub use ito::{covariance_rate, ito, ito_nd};
pub use methods::{Milstein, Platen};
pub use moments::{Moments, moments};
pub use orders::{Coupled, Order};
pub use ornstein_uhlenbeck::{ExactOu, OrnsteinUhlenbeck};
pub use sampler::{Diffusion, sample};
pub use simulate::{follow, simulate, simulate_paths};
pub use solution_map::SolutionMap;
pub use stratonovich::Stratonovich;
pub use tree::{BrownianTree, midpoint};
pub use variation::{normal_moment, quadratic_variation, variation};
