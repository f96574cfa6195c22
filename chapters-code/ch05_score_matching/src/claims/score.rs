//! The score.

mod law;
mod loss;
mod slope;

pub use law::DETERMINES;
pub use loss::{EXPANSION, OBJECTIVE};
pub use slope::{MIXTURE, SCORE};

use crate::problem::HEAPS;
use crate::score::{Heap, Weighted, weighted};
use dynamics::Point;
use std::f64::consts::TAU;

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// The two heaps of the chapter's law.
fn line() -> [Heap<1>; 2] {
    HEAPS.map(|(weight, mean, deviation)| (weight, Point::<1>::new(mean), deviation))
}

/// Three round heaps in the plane.
fn plane() -> [Heap<2>; 3] {
    [
        (0.5, Point::<2>::new(0.9, 0.5), 0.6),
        (0.3, Point::<2>::new(-1.1, 0.8), 0.45),
        (0.2, Point::<2>::new(-0.3, -1.2), 0.7),
    ]
}

/// Σ wₖ N(x; mₖ, cₖ² I).
fn density<const D: usize>(heaps: &[Heap<D>], x: &Point<D>) -> f64 {
    let one = |(w, m, c): &Heap<D>| {
        let exponent = -0.5 * ((x - m) / *c).norm_squared();
        w * exponent.exp() / (TAU * c * c).powf(0.5 * D as f64)
    };
    heaps.iter().map(one).sum()
}

/// The heaps on a grid whose cells are a twelfth of a unit.
fn nodes<const D: usize>(heaps: &[Heap<D>]) -> Weighted<D> {
    weighted(|x| density(heaps, x), (-6.5, 6.5), 156)
}
