//! Every claim of the chapter, in order of appearance.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

mod solver;

use evidence::Claim;

/// Every claim of the chapter.
pub static CLAIMS: &[Claim] = &[
    // Averages.

    // The density.

    // The Markov step.

    // Linear equations.

    // Stationary laws.

    // Langevin dynamics.

    // Heat.

    // Solving the equation.
    solver::FACE_FLUX,
    solver::FINITE_VOLUME,
    solver::POSITIVE_STEP,
];
