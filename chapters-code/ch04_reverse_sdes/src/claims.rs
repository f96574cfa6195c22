//! Every claim of the chapter, in order of appearance.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

mod backwards;
mod draw;
mod flow;
mod others;
pub(crate) mod plan;
mod preserving;
mod reverse;
pub(crate) mod short_cuts;

use evidence::Claim;

/// Every claim of the chapter.
pub static CLAIMS: &[Claim] = &[
    // Backwards in time.
    backwards::JOINT_EVOLUTION,
    backwards::CONDITIONAL_RAW,
    backwards::PRODUCT_IDENTITY,
    backwards::CONDITIONAL_PDE,
    backwards::SDE_1D,
    backwards::SDE_GENERAL,
    // The reverse SDE.
    reverse::BACKWARD_BROWNIAN,
    reverse::SDE,
    reverse::EM_STEP,
    // Noise by plan.
    plan::AFFINE_MEAN,
    plan::AFFINE_VARIANCE,
    plan::TOTAL_VARIANCE,
    plan::AFFINE_GAUSSIAN,
    plan::SCHEDULE_TO_SDE,
    plan::MIXTURE_MARGINAL,
    plan::EXP_FORWARD,
    // Variance preserving.
    preserving::VP_DISCRETE,
    preserving::VP_SDE,
    preserving::VP_PRODUCT,
    preserving::VP_PRODUCT_LIMIT,
    preserving::VP_NOISE_VARIANCE,
    preserving::VP_TRANSITION,
    preserving::VP_MARGINAL_MOMENTS,
    preserving::VP_REVERSE,
    // Other schedules.
    others::VE_SDE,
    others::VE_RESCALED,
    others::SUBVP_SDE,
    others::SUBVP_TRANSITION,
    others::SUBVP_BOUND,
    others::COSINE,
    others::PRIOR_MISMATCH,
    // Drawing from the data.
    draw::SAMPLER,
    draw::EXP_REVERSE,
    // Without noise.
    flow::PROBABILITY_FLOW,
    flow::PF_QUANTILE,
    flow::LAMBDA_FAMILY,
    flow::FORGETTING,
    // What short cuts cost.
    short_cuts::GIRSANOV_BOUND,
    short_cuts::EXPONENTIAL_STEP,
    short_cuts::EXP_STEPS,
];
