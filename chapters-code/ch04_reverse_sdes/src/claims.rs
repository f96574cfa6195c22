//! Every claim of the chapter, in order of appearance.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

mod backwards;
mod reverse;

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

    // Variance preserving.

    // Other schedules.

    // Drawing from the data.

    // Without noise.

    // What short cuts cost.
];
