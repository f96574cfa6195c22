//! Laws that a diffusion leaves alone, and how it finds them.

mod circulation;
mod convergence;
mod potential;
mod relative;
mod score;
mod zero_flux;

pub use circulation::CIRCULATION;
pub use convergence::CONVERGENCE;
pub use potential::{BOLTZMANN, POTENTIAL};
pub use relative::{FREEZES, RELATIVE_FORM};
pub use score::LANGEVIN;
pub use zero_flux::ZERO_FLUX;

use crate::bumps::Bumps;
use crate::flux::flux;
use crate::operators::{Diffusion, Smooth, adjoint_terms};
use crate::zero_flux::Followed;
use ch01_flows::balance::Balance;
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Point, Stream, TimeGrid};
use nalgebra::{Matrix2, Vector2};
use rand::RngExt;

/// `count` places with coordinates up to `reach`.
fn places<const D: usize>(
    count: usize,
    reach: f64,
    seed: u64,
    name: &str,
) -> Vec<Point<D>> {
    let mut draws = Stream::new(seed, name).generator();
    let mut place = || Point::<D>::from_fn(|_, _| draws.random_range(-reach..reach));
    (0..count).map(|_| place()).collect()
}

/// The largest, not-a-number if one is.
fn worst(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let larger = |m: f64, v: f64| if m.is_nan() || v <= m { m } else { v };
    numbers.into_iter().fold(0.0, larger)
}

/// The largest part of their largest term by which the terms of 𝒜* p miss 0 at `places`.
fn unrest<const D: usize>(
    diffusion: &impl Diffusion<D>,
    density: &impl Smooth<D>,
    t: f64,
    places: &[Point<D>],
) -> f64 {
    let missed = |x| Balance::of(adjoint_terms(diffusion, density, t, x)).relative();
    worst(places.iter().map(missed))
}

/// The largest flux at `places`, over what the drift alone would carry there, or over what
/// a drift of a tenth would: where the drift changes sign, rounding is all there is.
fn through<const D: usize>(
    diffusion: &impl Diffusion<D>,
    density: &impl Smooth<D>,
    places: &[Point<D>],
) -> f64 {
    worst(places.iter().map(|x| {
        let carried = diffusion.drift(0.0, x) * density.at(0.0, x);
        let scale = carried.norm().max(0.1 * density.at(0.0, x));
        flux(diffusion, density, 0.0, x).norm() / scale
    }))
}

/// `n` particles from `start`, at the end of `grid`.
fn cloud<const D: usize>(
    diffusion: impl Diffusion<D>,
    grid: TimeGrid,
    start: Point<D>,
    n: usize,
    stream: Stream,
) -> Vec<Point<D>> {
    let mut cloud = vec![start; n];
    simulate(&EulerMaruyama, &Followed(diffusion), grid, stream, &mut cloud)
        .expect("a drift that pulls back keeps particles finite");
    cloud
}

/// The distribution function of a density on an interval that holds it, whatever its
/// constant: the trapezoid rule on 2000 intervals, straight lines between.
fn distribution(
    density: impl Fn(f64) -> f64,
    low: f64,
    high: f64,
) -> impl Fn(f64) -> f64 {
    let n = 2000;
    let h = (high - low) / n as f64;
    let mut below = vec![0.0];
    for i in 0..n {
        let at = |k: usize| density(low + h * k as f64);
        below.push(below[i] + 0.5 * (at(i) + at(i + 1)));
    }
    move |x| {
        let place = ((x - low) / h).clamp(0.0, n as f64);
        let i = (place as usize).min(n - 1);
        (below[i] + (below[i + 1] - below[i]) * (place - i as f64)) / below[n]
    }
}

/// Three bumps of different shapes that overlap.
fn three() -> Bumps<2> {
    Bumps::new([
        (0.5, Vector2::new(0.9, -0.4), Matrix2::new(0.6, 0.2, 0.2, 0.4)),
        (0.3, Vector2::new(-0.9, 0.5), Matrix2::new(0.5, -0.15, -0.15, 0.7)),
        (0.2, Vector2::new(0.3, 1.2), Matrix2::new(0.4, 0.1, 0.1, 0.3)),
    ])
}
