//! The linear equation that runs through the section.

use crate::linear::LinearSde;
use dynamics::Point;
use nalgebra::{Matrix2, SMatrix};

// ANCHOR: eddy
/// A leaf near a buoy, in an eddy that spins faster and faster.
///
/// The pull to the buoy is weak along the channel and strong across it, so
/// that pull and turning do not commute. A breeze freshens, gusts grow.
#[derive(Clone, Copy, Debug)]
pub struct Eddy;

impl LinearSde<2, 2> for Eddy {
    /// The pull, and a turn to the left at the rate 0.9 + 1.4 t.
    fn matrix(&self, t: f64) -> SMatrix<f64, 2, 2> {
        let spin = 0.9 + 1.4 * t;
        Matrix2::new(-0.2, 0.3 - spin, 0.3 + spin, -1.1)
    }

    /// The breeze.
    fn push(&self, t: f64) -> Point<2> {
        Point::<2>::new(0.7, 0.4 - 0.6 * t)
    }

    /// The gusts: two, each of which moves both coordinates.
    fn diffusion(&self, t: f64) -> SMatrix<f64, 2, 2> {
        Matrix2::new(0.45, 0.15, -0.1, 0.3) * (1.0 + 0.4 * t)
    }
}
// ANCHOR_END: eddy
