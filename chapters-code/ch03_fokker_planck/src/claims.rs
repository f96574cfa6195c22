//! Every claim of the chapter, in order of appearance.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

mod averages;
mod density;
mod heat;
mod linear;
mod markov;
mod sampling;
mod solver;
mod stationary;

use evidence::Claim;

/// Every claim of the chapter.
pub static CLAIMS: &[Claim] = &[
    // Averages.
    averages::GENERATOR,
    averages::GENERATOR_BM,
    averages::GENERATOR_TIME,
    averages::DYNKIN,
    averages::EXPECTATION_ODE,
    averages::MEAN_COVARIANCE,
    averages::ADJOINT,
    // The density.
    density::NORMALISATION,
    density::WEAK_FORM,
    density::EQUATION_1D,
    density::EQUATION_ND,
    density::FLUX_FORM,
    density::OU_TRANSITION,
    density::GBM_TRANSITION,
    density::SCORE_EQUATION,
    // The Markov step.
    markov::MARKOV_FACTORISATION,
    markov::CK_DISCRETE,
    markov::CHAPMAN_KOLMOGOROV,
    markov::CK_OU,
    markov::INCREMENT_DENSITY,
    markov::KRAMERS_MOYAL,
    markov::FORWARD_KOLMOGOROV,
    markov::BACKWARD_KOLMOGOROV,
    markov::BACKWARD_EXPECTATION,
    // Linear equations.
    linear::TRANSITION_MATRIX,
    linear::SOLUTION,
    linear::MOMENTS,
    linear::GAUSSIAN,
    linear::NORMAL_DERIVATIVES,
    linear::EXACT_STEP,
    linear::AUTOCOVARIANCE,
    // Stationary laws.
    stationary::ZERO_FLUX,
    stationary::POTENTIAL,
    stationary::BOLTZMANN,
    stationary::LANGEVIN,
    stationary::FREEZES,
    stationary::CIRCULATION,
    stationary::RELATIVE_FORM,
    stationary::CONVERGENCE,
    // Langevin dynamics.
    sampling::GAUSSIAN,
    sampling::INFINITESIMAL,
    sampling::ULA,
    sampling::ULA_BIAS,
    sampling::LINE,
    sampling::PLANE,
    sampling::NETWORK,
    // Heat.
    heat::PURE_DIFFUSION,
    heat::FICK,
    heat::FOURIER_PAIR,
    heat::GAUSSIAN_FOURIER,
    heat::FOURIER_DERIVATIVES,
    heat::HEAT_SOLUTION,
    heat::HEAT_KERNEL,
    heat::HEAT_GAUSSIAN,
    heat::TIME_DEPENDENT,
    // Solving the equation.
    solver::FACE_FLUX,
    solver::FINITE_VOLUME,
    solver::POSITIVE_STEP,
];
