//! Fick's flux, and what is between it and the flux of noise in Itô's sense.

use crate::flux::along;
use crate::operators::{Diffusion, Smooth};
use dynamics::Point;
use num_dual::Dual64;

// ANCHOR: fick
/// Fick's flux J = −D∇p with D = ½a, at (t, x).
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

/// ½∇·a at (t, x), component i being ½ Σ ∂ⱼaᵢⱼ: the drift that dX = G dW
/// lacks if Fick's law is to hold.
pub fn fick_drift<const D: usize>(
    noise: &impl Diffusion<D>,
    t: f64,
    x: &Point<D>,
) -> Point<D> {
    let now = Dual64::from(t);
    let slope = |i, j| noise.covariance_rate(now, &along(x, j))[(i, j)].eps;
    Point::from_fn(|i, _| (0..D).map(|j| 0.5 * slope(i, j)).sum())
}
// ANCHOR_END: fick
