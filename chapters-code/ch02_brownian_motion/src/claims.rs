//! Every claim of the chapter, in order of appearance.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

mod brownian;
mod limit;
mod network;
mod noise;
mod walk;

use evidence::Claim;

/// Every claim of the chapter.
pub static CLAIMS: &[Claim] = &[
    // The walk.
    walk::MOMENTS,
    walk::INCREMENTS,
    walk::COVARIANCE,
    limit::SCALING_LIMIT,
    limit::CLT_SCOPE,
    // Brownian motion.
    brownian::DEFINITION,
    brownian::INCREMENT_LAW,
    brownian::COVARIANCE,
    brownian::SIMULATION,
    brownian::EXP_PATHS,
    brownian::SCALED,
    brownian::EXP_SIGMA_SWEEP,
    brownian::VECTOR_NOISE,
    brownian::GAUSSIAN_MOMENTS,
    brownian::QUADRATIC_VARIATION,
    brownian::BRIDGE,
    brownian::LEVY_CONSTRUCTION,
    // Itô.
    noise::ODE_TO_SDE,
    noise::ITO_INTEGRAL,
    noise::ITO_ISOMETRY,
    noise::SDE,
    noise::INFINITESIMAL_MOMENTS,
    noise::ITO_LEMMA,
    noise::GBM,
    noise::ITO_LEMMA_ND,
    noise::STRATONOVICH,
    // Methods.

    // Ornstein–Uhlenbeck and Langevin.

    // Experiments in a network's field.
    network::DIFFUSION_SINGLE,
    network::DIFFUSION_MANY,
    network::STRENGTH_SWEEP_SINGLE,
    network::STRENGTH_SWEEP_MANY,
    network::RATE_SWEEP_SINGLE,
    network::RATE_SWEEP_MANY,
];
