//! Denoising.

mod bound;
mod kernel;
mod same;

pub use bound::{GAP, TOWER};
pub use kernel::{DENOISING, KERNEL, MARGINAL};
pub use same::{CROSS, EQUIVALENCE};

use crate::denoising::Noise;
use crate::problem::HEAPS;
use crate::score::{Field, Heap, Weighted, mixture_score, weighted};
use dynamics::Point;
use std::f64::consts::TAU;

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// What is left of the datum, and the noise.
const NOISE: Noise = Noise { alpha: 0.8, sigma: 0.7 };

/// Σ wₖ N(x; mₖ, cₖ² I).
fn density<const D: usize>(heaps: &[Heap<D>], x: &Point<D>) -> f64 {
    let one = |(w, m, c): &Heap<D>| {
        let exponent = -0.5 * ((x - m) / *c).norm_squared();
        w * exponent.exp() / (TAU * c * c).powf(0.5 * D as f64)
    };
    heaps.iter().map(one).sum()
}

/// The two heaps of the chapter, clean, on a grid of half their deviations.
fn line() -> Weighted<1> {
    let heaps = HEAPS.map(|(w, m, c)| (w, Point::<1>::new(m), c));
    weighted(|z| density(&heaps, z), (-6.2, 4.6), 54)
}

/// Four points in the plane.
fn plane() -> [(f64, Point<2>); 4] {
    [
        (0.4, Point::<2>::new(0.9, 0.3)),
        (0.3, Point::<2>::new(-0.8, 0.7)),
        (0.2, Point::<2>::new(-0.4, -1.1)),
        (0.1, Point::<2>::new(1.3, -0.9)),
    ]
}

/// What noise makes of them, by the formula for heaps.
fn noisy_line(noise: Noise) -> [Heap<1>; 2] {
    HEAPS.map(|(w, m, c)| {
        let deviation = (noise.alpha * c).hypot(noise.sigma);
        (w, Point::<1>::new(noise.alpha * m), deviation)
    })
}

fn noisy_plane(noise: Noise) -> [Heap<2>; 4] {
    plane().map(|(w, z)| (w, z * noise.alpha, noise.sigma))
}

/// The noisy law on a grid, its score, and four models on the line.
fn on_line(
    f: impl Fn(&[(f64, Point<1>)], Field<'_, 1>, Field<'_, 1>) -> f64,
) -> [f64; 4] {
    let heaps = noisy_line(NOISE);
    let q = weighted(|x| density(&heaps, x), (-9.0, 8.6), 250);
    let score = |x: &Point<1>| mixture_score(&heaps, x);
    let models: [Field<'_, 1>; 4] = [
        &|x| x.map(|x| x.sin() - 0.3 * x),
        &|x| x.map(|x| 0.2 - 1.3 * x),
        &|x| x.map(|x| -1.4 * x.tanh()),
        &score,
    ];
    models.map(|s| f(&q, &score, s))
}

/// The same in the plane, with two models.
fn in_plane(
    f: impl Fn(&[(f64, Point<2>)], Field<'_, 2>, Field<'_, 2>) -> f64,
) -> [f64; 2] {
    let heaps = noisy_plane(NOISE);
    let q = weighted(|x| density(&heaps, x), (-7.0, 7.0), 140);
    let score = |x: &Point<2>| mixture_score(&heaps, x);
    let models: [Field<'_, 2>; 2] =
        [&|x| Point::<2>::new(x.y.sin() - x.x, 0.4 * x.x - 0.7 * x.y), &|x| -x * 0.8];
    models.map(|s| f(&q, &score, s))
}
