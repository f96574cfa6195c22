//! Chapter 3, *The Fokker–Planck equation*: an ensemble seen as a density, and a density
//! as an ensemble.
//!
//! Time runs forwards from t = 0; the chapter serves both clocks. In order of appearance:
//! the generator and what it does to averages, the equation of the density, its second
//! derivation from the Markov step, linear equations, the laws that a diffusion leaves
//! alone, Langevin dynamics, heat, and a solver that keeps mass.

// Averages, and the density.
pub mod averages;
pub mod far_start;
pub mod flux;
pub mod operators;
pub mod processes;
pub mod score_equation;
pub mod transition;
pub mod weak_form;
pub mod where_g_stands;
pub mod where_g_stands_experiment;

// The Markov step.
pub mod chain;
pub mod kolmogorov;
pub mod kramers_moyal;
pub mod markov;
pub mod outlook;

// Linear equations.
pub mod eddy;
pub mod exact_steps;
pub mod gaussian;
pub mod kernel;
pub mod linear;

// Stationary laws.
pub mod bumps;
pub mod relative_entropy;
pub mod score_driven;
pub mod wrong_law;
pub mod zero_flux;

// Langevin dynamics.
pub mod gaussian_target;
pub mod langevin;
pub mod langevin_experiments;
pub mod one_step;

// Heat.
pub mod fourier;
pub mod heat;
pub mod heat_experiment;
pub mod noise_flux;

// Solving the equation.
pub mod double_well;
pub mod escape;
pub mod finite_volume;
pub mod solver_error;
mod solver_orders;
pub mod theta_scheme;
pub mod well_experiment;

// The chapter as the book knows it.
pub mod assignment;
pub mod claims;
pub mod errata;
pub mod exercises;
pub mod figures;

pub use averages::{expectation_rate, martingale, moment_rates, normal_closure};
pub use claims::CLAIMS;
pub use double_well::DoubleWell;
pub use eddy::Eddy;
pub use errata::ERRATA;
pub use escape::slowest_rate;
pub use exact_steps::ExactSteps;
pub use exercises::{EXERCISES, STUDENT, UNFINISHED, Work, cards};
pub use figures::FIGURES;
pub use finite_volume::{Cells, Rates, bernoulli, hops};
pub use flux::flux;
pub use gaussian::{Gaussian, NoDensity};
pub use gaussian_target::{GaussianTarget, Law};
pub use kernel::{Constant, Kernel, Moments, kernel, moments};
pub use langevin::{Langevin, ula, ula_step};
pub use linear::{
    AsSde, LinearSde, Solution, exponential_of_integral, transition_matrix,
};
pub use operators::{Diffusion, Smooth, adjoint_terms, fokker_planck, generator};
pub use processes::Brownian;
pub use score_equation::{log_density_rate, score_rate};
pub use solver_error::SolverError;
pub use theta_scheme::{Stepper, positive_step, solve};
pub use transition::{Started, gbm_transition, ou_transition};
pub use weak_form::{average, weak_form};
pub use where_g_stands::{Placement, solution_with};
