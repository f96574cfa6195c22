//! Every claim of the chapter, in order of appearance.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

use evidence::Claim;

/// Every claim of the chapter.
pub static CLAIMS: &[Claim] = &[
    // Backwards in time.

    // The reverse SDE.

    // Noise by plan.

    // Variance preserving.

    // Other schedules.

    // Drawing from the data.

    // Without noise.

    // What short cuts cost.
];
