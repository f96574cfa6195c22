//! How far a law is from the one that stays, and how fast it comes nearer.

use crate::finite_volume::{Cells, Rates};
use crate::operators::Smooth;
use crate::score_driven::score;
use crate::solver_error::SolverError;
use crate::theta_scheme::{positive_step, solve};
use crate::well_experiment::normal;
use ch01_flows::fields::Number;
use ch01_flows::quadrature::trapezoid;
use ch02_brownian_motion::langevin::Potential;
use dynamics::{Point, TimeGrid};
use nalgebra::{Matrix2, SVector, Vector2};

/// Intervals of an integral over the line.
const INTERVALS: usize = 1600;

// ANCHOR: entropy
/// KL(p‖p⋆) = ∫ p log(p/p⋆) dx in nats, on a part of the line beyond which
/// p vanishes. Both are densities: their masses are 1.
pub fn relative_entropy(
    p: &impl Smooth<1>,
    target: &impl Smooth<1>,
    (low, high): (f64, f64),
) -> f64 {
    let gain = |x: f64| {
        let x = Point::<1>::new(x);
        let (p, kept) = (p.at(0.0, &x), target.at(0.0, &x));
        if p > 0.0 { p * (p / kept).ln() } else { 0.0 }
    };
    trapezoid(gain, low, high, INTERVALS)
}

/// I(p‖p⋆) = ∫ p (∂ log p/p⋆)² dx, in nats per unit of time, as above.
pub fn relative_fisher(
    p: &impl Smooth<1>,
    target: &impl Smooth<1>,
    (low, high): (f64, f64),
) -> f64 {
    let loss = |x: f64| {
        let x = Point::<1>::new(x);
        let apart = score(p, 0.0, &x) - score(target, 0.0, &x);
        p.at(0.0, &x) * apart.norm_squared()
    };
    trapezoid(loss, low, high, INTERVALS)
}
// ANCHOR_END: entropy

// ANCHOR: gaussians
/// KL of N(m, C) from N(0, Σ) in the plane, in nats:
/// ½ (tr Σ⁻¹C − 2 + mᵀΣ⁻¹m − log det Σ⁻¹C).
///
/// None if Σ is not invertible.
pub fn between_gaussians(
    mean: &Vector2<f64>,
    covariance: &Matrix2<f64>,
    kept: &Matrix2<f64>,
) -> Option<f64> {
    let precision = kept.try_inverse()?;
    let (ratio, away) = (precision * covariance, mean.dot(&(precision * mean)));
    Some(0.5 * (ratio.trace() - 2.0 + away - ratio.determinant().ln()))
}
// ANCHOR_END: gaussians

// ANCHOR: decay
/// U(x) = 0.3 x² + 0.1 log cosh(2x − 0.8): U″ = 0.6 + 0.4/cosh² > κ.
#[derive(Clone, Copy, Debug)]
pub struct Convex;

/// κ = 0.6: U″ is above it everywhere, and tends to it far out.
pub const KAPPA: f64 = 0.6;

impl Potential<1> for Convex {
    fn energy<N: Number>(&self, x: &SVector<N, 1>) -> N {
        let x = x[0];
        x * x * 0.3 + (x * 2.0 - 0.8).cosh().ln() * 0.1
    }
}

/// Two heaps far from the bottom of U.
pub fn two_heaps(x: f64) -> f64 {
    0.7 * normal(x, (-2.2, 0.4)) + 0.3 * normal(x, (2.4, 0.5))
}

/// dX = −U′ dt + √2 dW from two heaps: the densities at `times`, which grow
/// from 0, and the law that stays, all on the same cells.
///
/// # Errors
/// If the cells do not hold a density.
pub fn approach(
    cells: Cells,
    times: &[f64],
) -> Result<(Vec<Vec<f64>>, Vec<f64>), SolverError> {
    let u = |x: f64| Convex.energy(&Point::<1>::new(x));
    let rates = Rates::new(cells, u, 2.0_f64.sqrt())?;
    let mut seen = vec![cells.averages(two_heaps)?];
    for t in times.windows(2) {
        let steps = ((t[1] - t[0]) / positive_step(&rates, 0.5)).ceil();
        let grid = TimeGrid::new(t[0], t[1], steps as usize);
        seen.push(solve(&rates, 0.5, grid, seen[seen.len() - 1].clone())?);
    }
    let weights: Vec<f64> = cells.centres().map(|x| (-u(x)).exp()).collect();
    let mass = cells.mass(&weights);
    Ok((seen, weights.iter().map(|w| w / mass).collect()))
}

/// Δ Σ pᵢ log(pᵢ/qᵢ), in nats.
pub fn entropy_on_cells(cells: &Cells, p: &[f64], q: &[f64]) -> f64 {
    let gain = |(p, q): (&f64, &f64)| if *p > 0.0 { p * (p / q).ln() } else { 0.0 };
    cells.width() * p.iter().zip(q).map(gain).sum::<f64>()
}
// ANCHOR_END: decay

/// The cells of the experiment.
pub fn cells() -> Cells {
    Cells::new(-7.0, 7.0, 280).expect("an interval")
}
