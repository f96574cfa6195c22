//! One flow carries points and the density they sample.

use super::{pairs, square};
use crate::{Rk4, integrate, trajectory};
use dynamics::{Density, Mixture, Point, Stream, TimeGrid};
use evidence::{SEED, number};
use nalgebra::Matrix2;
use plot::{Grid, Picture, Plot, Ramp, Style};

/// How many points the cloud has.
const POINTS: usize = 2500;
/// Cells of the density along one axis.
const CELLS: usize = 96;
/// Half-width of the window.
const WINDOW: f64 = 3.0;
/// Steps of RK4 for one unit of time.
const STEPS: usize = 24;

/// A vortex that turns its middle faster than its rim, and a contraction:
/// u(x) = 4 exp(−|x|²/4) (−x₂, x₁) − x/2, of divergence −1.
pub(super) fn twist(_: f64, x: &Point<2>) -> Point<2> {
    let turn = 4.0 * (-x.norm_squared() / 4.0).exp();
    Point::<2>::new(-turn * x.y - 0.5 * x.x, turn * x.x - 0.5 * x.y)
}

/// The law at the start: three hills of different size and shape.
pub(super) fn start() -> Mixture<2> {
    Mixture::new([
        (0.5, Point::<2>::new(1.1, 0.5), Matrix2::new(0.34, 0.12, 0.12, 0.22)),
        (0.3, Point::<2>::new(-1.2, 1.1), Matrix2::new(0.12, 0.0, 0.0, 0.30)),
        (0.2, Point::<2>::new(-0.4, -1.4), Matrix2::new(0.40, -0.08, -0.08, 0.08)),
    ])
}

/// p_t(y) by the change of variables: back along the flow to x = ψ_t⁻¹(y), and
/// p_t(y) = p₀(x) / det ∇ψ_t(x), with det ∇ψ_t = exp ∫ ∇·u = e⁻ᵗ.
fn density(law: &Mixture<2>, t: f64, y: &Point<2>) -> f64 {
    let back = if t == 0.0 { *y } else { integrate(&Rk4, &twist, grid(t, 0.0), *y) };
    law.density(&back) * t.exp()
}

/// Steps between two times, as many as their distance needs.
fn grid(from: f64, to: f64) -> TimeGrid {
    let steps = ((to - from).abs() * STEPS as f64).ceil() as usize;
    TimeGrid::new(from, to, steps.max(1))
}

/// The points above, the density below, at t = 0, ⅓, ⅔, 1.
pub(super) fn cloud_and_density() -> Picture {
    todo!()
}
