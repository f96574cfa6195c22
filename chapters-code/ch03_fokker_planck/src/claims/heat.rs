//! Heat: noise alone, its flux, waves, and the heat equation solved by them.

mod noise;
mod normal;
mod solution;
mod waves;

pub use noise::{FICK, PURE_DIFFUSION};
pub use normal::{HEAT_GAUSSIAN, TIME_DEPENDENT};
pub use solution::{HEAT_KERNEL, HEAT_SOLUTION};
pub use waves::{FOURIER_DERIVATIVES, FOURIER_PAIR, GAUSSIAN_FOURIER};

use super::density::{larger, largest};
use crate::fourier::Lattice;
use crate::operators::{Diffusion, Smooth, fokker_planck};
use dynamics::{Generator, Point, Stream};
use evidence::Evidence;
use nalgebra::{Matrix2, Matrix2x3, Matrix3};
use rand::RngExt;

/// Three noises, of which the first two go together.
fn noises() -> (Matrix2x3<f64>, Matrix3<f64>) {
    let g = Matrix2x3::new(0.9, -0.3, 0.4, 0.2, 0.7, -0.5);
    let q = Matrix3::new(1.3, 0.4, 0.0, 0.4, 0.8, 0.1, 0.0, 0.1, 0.6);
    (g, q)
}

/// A diffusion coefficient of the plane.
const D: Matrix2<f64> = Matrix2::new(0.8, 0.3, 0.3, 0.35);

/// A start: its mean and its covariance.
const MEAN: Point<2> = Point::<2>::new(0.6, -0.9);
/// Its covariance.
const COVARIANCE: Matrix2<f64> = Matrix2::new(0.7, -0.25, -0.25, 0.9);

/// Where integrals over the plane are taken.
const PLANE: Lattice = Lattice { reach: 13.0, count: 61 };

/// A place of the plane within `reach` of `middle` in both directions.
fn place(draws: &mut Generator, middle: &Point<2>, reach: f64) -> Point<2> {
    middle + Point::from_fn(|_, _| draws.random_range(-reach..reach))
}

/// The residual of the Fokker–Planck equation at 50 random times and places.
fn residual(
    what: &str,
    diffusion: &impl Diffusion<2>,
    p: &impl Smooth<2>,
    middle: &Point<2>,
    seed: u64,
) -> Evidence {
    let mut draws = Stream::new(seed, "places of heat").generator();
    let mut worst = 0.0_f64;
    for _ in 0..50 {
        let t = draws.random_range(0.4..1.6);
        let x = place(&mut draws, middle, 1.5);
        worst = larger(worst, fokker_planck(diffusion, p, t, &x).relative());
    }
    Evidence::at_most(
        format!("{what}: residual over its largest term, 50 times and places"),
        worst,
        1e-12,
        "rounding: places are within four deviations of the start, where the terms have \
         exponents up to ten and cancel to a hundredth at most",
    )
    .sampled(50, seed)
}
