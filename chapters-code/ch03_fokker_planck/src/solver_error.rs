//! Why a density cannot be computed on a grid, and the way out.

use crate::finite_volume::MISSED;
use evidence::number;
use std::fmt;

/// Why a density cannot be computed as asked.
#[derive(Clone, Debug, PartialEq)]
pub enum SolverError {
    /// The walls are not in order.
    NoInterval {
        /// The left wall.
        low: f64,
        /// The right wall.
        high: f64,
    },
    /// A single cell has no inner face.
    TooFewCells {
        /// How many were asked for.
        count: usize,
    },
    /// The cells do not hold the mass 1.
    NotHeld {
        /// What they hold.
        mass: f64,
        /// The left wall.
        low: f64,
        /// The right wall.
        high: f64,
        /// Cells.
        count: usize,
    },
    /// A density is negative.
    Negative {
        /// In the cell round this place.
        x: f64,
        /// The density there.
        p: f64,
    },
    /// The density stands against a wall that the process does not have.
    AtTheWall {
        /// Where.
        wall: f64,
        /// The density there over its peak.
        share: f64,
    },
    /// g is not above 0.
    NoNoise {
        /// g.
        g: f64,
    },
    /// The potential is not finite.
    NotAPotential {
        /// Where.
        x: f64,
        /// Its value there.
        value: f64,
    },
    /// θ is not between ½ and 1.
    NotATheta {
        /// θ.
        theta: f64,
    },
    /// The step is not above 0.
    NotAStep {
        /// h.
        h: f64,
    },
    /// The step may make a density negative.
    StepTooLong {
        /// θ.
        theta: f64,
        /// h.
        h: f64,
        /// The longest step that cannot.
        bound: f64,
    },
}

impl fmt::Display for SolverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoInterval { low, high } => write!(
                f,
                "no cells from {low} to {high}: give two finite walls, the left one first"
            ),
            Self::TooFewCells { count } => {
                write!(f, "{count} cells have no face between them: take at least 2")
            }
            Self::NotHeld { mass, low, high, count } => write!(
                f,
                "the {count} cells of [{low}, {high}] hold the mass {} where 1 is needed, \
                 to within {MISSED:e} (so 0.999999 at least): move the walls outwards if \
                 it is too little, take more cells if the density is narrower than a \
                 cell, divide by its integral if it has not been normalised",
                number(*mass)
            ),
            Self::Negative { x, p } => write!(
                f,
                "the density is {} at x = {x}: a density is nowhere below 0",
                number(*p)
            ),
            Self::AtTheWall { wall, share } => write!(
                f,
                "at the wall {wall} the density is {} of its peak, and more than \
                 {MISSED:e} means that the wall is felt: move it outwards",
                number(*share)
            ),
            Self::NoNoise { g } => {
                write!(f, "g = {g}: the noise must be a finite number above 0")
            }
            Self::NotAPotential { x, value } => write!(
                f,
                "the potential is {value} at x = {x}: it must be finite on every cell, so \
                 move the walls, or mend the potential"
            ),
            Self::NotATheta { theta } => write!(
                f,
                "theta = {theta}: take a number from 0.5 (second order in the step) to 1 \
                 (positive with every step)"
            ),
            Self::NotAStep { h } => {
                write!(f, "a step of h = {h}: it must be a finite number above 0")
            }
            Self::StepTooLong { theta, h, bound } => write!(
                f,
                "with theta = {theta} the step h = {h:e} may make a density negative: take \
                 h at most {bound:e}, or theta = 1, which bears every step, or \
                 Stepper::signed where negative values do no harm"
            ),
        }
    }
}

impl std::error::Error for SolverError {}
