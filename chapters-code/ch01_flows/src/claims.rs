//! Every claim of the chapter, in the order of the ledger.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

mod conservation;
mod definitions;
mod draws;
mod experiments;
mod group;
mod methods;
mod transport;

use evidence::Claim;

/// Every claim of the chapter.
pub static CLAIMS: &[Claim] = &[
    definitions::ODE,
    definitions::LINEAR_EXAMPLE,
    definitions::MODEL,
    definitions::INTEGRAL_FORM,
    definitions::UNIQUENESS,
    definitions::LIPSCHITZ_BOUND,
    group::SEMIGROUP,
    group::TIME_REVERSAL,
    group::AUTONOMOUS_LIMIT,
    methods::TAYLOR_REMAINDER,
    methods::EULER_STEP,
    methods::EULER_SAMPLER,
    methods::HEUN,
    methods::RK4,
    methods::ADAPTIVE,
    transport::PUSHFORWARD_EXPECTATION,
    transport::DIVERGENCE_THEOREM,
    transport::REYNOLDS,
    transport::MASS_CONSERVATION,
    transport::CONTINUITY_EQUATION,
    transport::FLUX_FORM,
    transport::INCOMPRESSIBLE,
    conservation::MOMENTUM_EQUATION,
    conservation::ENERGY_EQUATION,
    conservation::EULER_SYSTEM,
    conservation::CONSERVATION_LAW,
    methods::SIMULATOR_INTERFACE,
    experiments::SINGLE_PARTICLE,
    experiments::MANY_PARTICLES,
    experiments::STEP_COUNT,
];
