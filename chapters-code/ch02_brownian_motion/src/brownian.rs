//! Brownian motion on a grid of times.

use dynamics::{Generator, Increment, TimeGrid};

// ANCHOR: path
/// Brownian motion at the n + 1 times of `grid`, the first value being 0.
///
/// Each step adds √h ε with a fresh ε ~ N(0, I): exact in law on the grid, for
/// every h. `grid` runs forwards from the time at which the motion is 0.
pub fn brownian_path<W: Increment>(grid: TimeGrid, generator: &mut Generator) -> Vec<W> {
    let deviation = grid.h().sqrt();
    let mut path = vec![W::zero()];
    for i in 0..grid.steps {
        path.push(path[i].plus(1.0, &W::draw(deviation, generator)));
    }
    path
}
// ANCHOR_END: path

/// The n differences of neighbours along a path of n + 1 values.
pub fn increments<W: Increment>(path: &[W]) -> Vec<W> {
    path.windows(2).map(|w| w[1].plus(-1.0, &w[0])).collect()
}
