//! Convergence orders: how fast the error falls with the step.

use crate::{Rk4, integrate};
use dynamics::{OdeMethod, TimeGrid, VectorField};

/// An initial value problem on the line with a known end: x' = u(t, x), x(0) = `x0`,
/// x(`end`) = `exact`.
#[derive(Clone, Copy, Debug)]
pub struct Problem<F> {
    /// u.
    pub field: F,
    /// x(0).
    pub x0: f64,
    /// T.
    pub end: f64,
    /// x(T).
    pub exact: f64,
}

impl<F: VectorField<f64>> Problem<F> {
    /// A problem whose end is found with 2¹⁴ steps of Runge–Kutta: its own error is
    /// then a few times 1e-14, rounding included, for the fields of this chapter.
    pub fn refined(field: F, x0: f64, end: f64) -> Self {
        let exact = integrate(&Rk4, &field, TimeGrid::new(0.0, end, 1 << 14), x0);
        Self { field, x0, end, exact }
    }

    /// The pairs (h, |error at T|), one for each number of steps.
    pub fn errors(&self, method: &impl OdeMethod, steps: &[usize]) -> Vec<(f64, f64)> {
        let error = |&n: &usize| {
            let grid = TimeGrid::new(0.0, self.end, n);
            let x = integrate(method, &self.field, grid, self.x0);
            (grid.h(), (x - self.exact).abs())
        };
        steps.iter().map(error).collect()
    }
}

/// 2^`from`, …, 2^`to`.
pub fn halvings(from: u32, to: u32) -> Vec<usize> {
    (from..=to).map(|k| 1 << k).collect()
}

/// The least-squares slope of log error against log step: the measured order.
pub fn slope(errors: &[(f64, f64)]) -> f64 {
    let mean = errors.iter().map(|(h, _)| h.ln()).sum::<f64>() / errors.len() as f64;
    let centred = |h: f64| h.ln() - mean;
    // Σ (ln h − mean) = 0, so ln e need not be centred as well.
    let above: f64 = errors.iter().map(|&(h, e)| centred(h) * e.ln()).sum();
    let below: f64 = errors.iter().map(|&(h, _)| centred(h).powi(2)).sum();
    above / below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Growth;

    #[test]
    fn a_power_law_has_its_exponent_as_slope() {
        let errors: Vec<_> =
            [0.5_f64, 0.2, 0.01].map(|h| (h, 3.0 * h.powf(2.5))).to_vec();
        assert!((slope(&errors) - 2.5).abs() < 1e-13);
    }

    #[test]
    fn the_refined_end_agrees_with_the_known_flow() {
        let refined = Problem::refined(Growth, 1.3, 1.7).exact;
        assert!((refined - Growth.flow(1.7, 1.3)).abs() < 1e-13);
    }
}
