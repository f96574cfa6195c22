//! The linear equation that runs through the section.

use crate::linear::LinearSde;
use dynamics::Point;
use nalgebra::{Matrix2, SMatrix};

// ANCHOR: eddy
/// A leaf in a channel, in an eddy that changes its sense with the tide.
///
/// The current holds the leaf near a buoy at 0, loosely along the channel and
/// tightly across it, so that pull and turning do not commute.
#[derive(Clone, Copy, Debug)]
pub struct Eddy;

impl LinearSde<2, 2> for Eddy {
    /// The pull, and a turn to the left at the rate 2.6 t − 1.5.
    fn matrix(&self, t: f64) -> SMatrix<f64, 2, 2> {
        let spin = 2.6 * t - 1.5;
        Matrix2::new(-0.1, 0.4 - spin, 0.4 + spin, -3.2)
    }

    /// A breeze that veers.
    fn push(&self, t: f64) -> Point<2> {
        Point::<2>::new(0.7, 0.4 - 0.6 * t)
    }

    /// Two kinds of gusts, each of which moves both coordinates. They grow.
    fn diffusion(&self, t: f64) -> SMatrix<f64, 2, 2> {
        Matrix2::new(0.45, 0.15, -0.1, 0.3) * (1.0 + 0.4 * t)
    }
}
// ANCHOR_END: eddy
