//! A steady state that was printed, beside the particles.

use crate::zero_flux::{Downhill, Followed};
use ch02_brownian_motion::langevin::DoubleWell;
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Point, Stream, TimeGrid};

/// U = x⁴/4 − x²/2.
pub const WELL: DoubleWell = DoubleWell;

// ANCHOR: notes
/// The notes' example: f = −2U′ and noise of variance σ² dt, with σ = 0.9.
pub const NOTES: Downhill<DoubleWell> =
    Downhill { potential: WELL, pull: 2.0, noise: 0.9 };
// ANCHOR_END: notes

/// `n` particles of [`NOTES`] that started on the hill, after nine units of time.
pub fn settled(n: usize, seed: u64) -> Vec<f64> {
    let mut cloud = vec![Point::<1>::new(0.1); n];
    let stream = Stream::new(seed, "down a well");
    let grid = TimeGrid::new(0.0, 9.0, 1200);
    simulate(&EulerMaruyama, &Followed(NOTES), grid, stream, &mut cloud)
        .expect("the walls of the well keep particles finite");
    cloud.iter().map(|x| x[0]).collect()
}
