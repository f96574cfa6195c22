//! Every claim of the chapter, in order of appearance.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

mod brownian;
mod euler;
mod flow;
mod langevin;
mod limit;
mod nearly;
mod network;
mod noise;
mod ornstein_uhlenbeck;
mod ou_experiments;
mod overdamped;
pub(crate) mod problems;
mod strong;
mod walk;
mod weak;

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
    euler::EULER_MARUYAMA,
    euler::EM_SAMPLER,
    strong::EM_STRONG_ORDER,
    strong::MILSTEIN,
    weak::WEAK_TWO,
    flow::STOCHASTIC_FLOW,
    // Ornstein–Uhlenbeck and Langevin.
    ornstein_uhlenbeck::SDE,
    ou_experiments::SIGMA_SWEEP,
    ou_experiments::GRID,
    ornstein_uhlenbeck::EXACT_STEP,
    ornstein_uhlenbeck::EM_BIAS,
    langevin::WHITE_NOISE,
    langevin::EQUATION,
    langevin::POTENTIAL,
    overdamped::LIMIT,
    // Experiments in a network's field.
    network::DIFFUSION_SINGLE,
    network::DIFFUSION_MANY,
    network::STRENGTH_SWEEP_SINGLE,
    network::STRENGTH_SWEEP_MANY,
    network::RATE_SWEEP_SINGLE,
    network::RATE_SWEEP_MANY,
];

/// The largest of some errors. Not-a-number wins, so that it never goes unseen.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    let worse = |a: f64, b: f64| if a.is_nan() || a > b { a } else { b };
    errors.into_iter().fold(0.0, worse)
}
