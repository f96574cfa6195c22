//! The experiments with paths: a hundred of them, and their sizes for four noises.

use crate::{brownian_path, scaled};
use dynamics::{Stream, TimeGrid};

/// Paths in an experiment.
pub const PATHS: usize = 100;

/// Where the paths end.
pub const END: f64 = 5.0;

/// The noises g of the sweep.
pub const NOISES: [f64; 4] = [0.1, 0.5, 1.0, 1.5];

/// A hundred paths of Brownian motion on [0, 5] in `steps` steps: rows of steps + 1
/// values.
pub fn paths(seed: u64, steps: usize) -> Vec<Vec<f64>> {
    let mut generator = Stream::new(seed, "paths of chapter 2").generator();
    let grid = TimeGrid::new(0.0, END, steps);
    (0..PATHS).map(|_| brownian_path(grid, &mut generator)).collect()
}

/// The same hundred paths times each of the four noises, in 100 steps.
pub fn sigma_sweep(seed: u64) -> [Vec<Vec<f64>>; 4] {
    NOISES.map(|g| paths(seed, 100).iter().map(|path| scaled(g, path)).collect())
}
