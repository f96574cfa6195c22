//! What noise alone carries past a place: Fick's flux, Itô's flux, and what is between.

use crate::operators::{Diffusion, Smooth};
use dynamics::Point;
use nalgebra::SVector;
use num_dual::Dual64;

/// x moving along the direction j with speed 1.
fn along<const D: usize>(x: &Point<D>, j: usize) -> SVector<Dual64, D> {
    let mut place = x.map(Dual64::from);
    place[j].eps = 1.0;
    place
}

// ANCHOR: fluxes
/// Fick's flux J = −D∇p with D = ½a.
pub fn fick_flux<const D: usize>(
    noise: &impl Diffusion<D>,
    p: &impl Smooth<D>,
    t: f64,
    x: &Point<D>,
) -> Point<D> {
    let now = Dual64::from(t);
    let gradient = Point::from_fn(|j, _| p.at(now, &along(x, j)).eps);
    noise.covariance_rate(t, x) * gradient * -0.5
}

/// The flux of dX = G dW in Itô's sense: Jᵢ = −½ Σ ∂ⱼ(aᵢⱼ p).
pub fn ito_flux<const D: usize>(
    noise: &impl Diffusion<D>,
    p: &impl Smooth<D>,
    t: f64,
    x: &Point<D>,
) -> Point<D> {
    let now = Dual64::from(t);
    let slope = |i, j| {
        let y = along(x, j);
        (noise.covariance_rate(now, &y)[(i, j)] * p.at(now, &y)).eps
    };
    Point::from_fn(|i, _| (0..D).map(|j| -0.5 * slope(i, j)).sum())
}

/// ½∇·a, that is ½ Σ ∂ⱼaᵢⱼ: the drift that dX = G dW lacks if Fick's law is
/// to hold.
pub fn fick_drift<const D: usize>(
    noise: &impl Diffusion<D>,
    t: f64,
    x: &Point<D>,
) -> Point<D> {
    let now = Dual64::from(t);
    let slope = |i, j| noise.covariance_rate(now, &along(x, j))[(i, j)].eps;
    Point::from_fn(|i, _| (0..D).map(|j| 0.5 * slope(i, j)).sum())
}
// ANCHOR_END: fluxes
