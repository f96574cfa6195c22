//! Brownian motion on a grid of times.

use dynamics::{Generator, Increment, TimeGrid};

// ANCHOR: path
/// Brownian motion at the n + 1 times of `grid`, the first value being 0.
///
/// Each step adds √h ε with a fresh ε ~ N(0, I): exact in law on the grid, for
/// every h > 0. The motion is 0 at the start of the grid.
///
/// # Panics
/// If `grid` does not run forwards.
pub fn brownian_path<W>(grid: TimeGrid, generator: &mut Generator) -> Vec<W>
where
    W: Increment,
{
    let h = grid.h();
    let TimeGrid { start, end, .. } = grid;
    assert!(h > 0.0, "noise runs forwards: not from {start} to {end}");
    let mut path = vec![W::zero()];
    for i in 0..grid.steps {
        path.push(path[i].plus(1.0, &W::draw(h.sqrt(), generator)));
    }
    path
}
// ANCHOR_END: path

// ANCHOR: increments
/// The n differences of neighbours along a path of n + 1 values.
pub fn increments<W: Increment>(path: &[W]) -> Vec<W> {
    path.windows(2).map(|w| w[1].plus(-1.0, &w[0])).collect()
}
// ANCHOR_END: increments

// ANCHOR: scaled
/// X_t = g W_t at every time of a path: it solves dX = g dW, X₀ = 0.
pub fn scaled<W: Increment>(g: f64, path: &[W]) -> Vec<W> {
    path.iter().map(|w| W::zero().plus(g, w)).collect()
}
// ANCHOR_END: scaled

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::{Point, Stream};

    #[test]
    fn a_path_adds_up_its_increments() {
        let grid = TimeGrid::new(0.3, 2.0, 50);
        let path: Vec<Point<2>> =
            brownian_path(grid, &mut Stream::new(4, "path").generator());
        let steps = increments(&path);
        assert_eq!((path.len(), steps.len(), path[0]), (51, 50, Point::zeros()));
        let sum: Point<2> = steps.iter().sum();
        assert!((sum - path[50]).norm() < 1e-13); // fifty roundings of numbers of order one
    }

    #[test]
    fn scaling_multiplies_every_value() {
        assert_eq!(scaled(-0.5, &[0.0, 3.0, -4.0]), [0.0, -1.5, 2.0]);
        assert_eq!(
            scaled(2.0, &[Point::<2>::new(1.0, -3.0)]),
            [Point::<2>::new(2.0, -6.0)]
        );
    }

    #[test]
    #[should_panic(expected = "not from 1 to 0")]
    fn a_path_does_not_run_backwards() {
        let grid = TimeGrid::new(1.0, 0.0, 4);
        let _ = brownian_path::<f64>(grid, &mut Stream::new(4, "path").generator());
    }
}
