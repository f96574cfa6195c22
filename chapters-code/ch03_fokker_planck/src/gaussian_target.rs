//! Langevin dynamics for a Gaussian target: laws at every time, for the equation and for
//! the chain.

use crate::gaussian::NoDensity;
use ch02_brownian_motion::CorrelatedNoise;
use dynamics::{Mixture, Point};
use nalgebra::{Cholesky, Const, DimMin, SMatrix};

// ANCHOR: gaussian
/// Mean and covariance of a cloud.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law<const D: usize> {
    /// m.
    pub mean: Point<D>,
    /// C.
    pub covariance: SMatrix<f64, D, D>,
}

/// The target N(μ, Σ).
#[derive(Clone, Copy, Debug)]
pub struct GaussianTarget<const D: usize> {
    /// μ and Σ.
    pub law: Law<D>,
    /// Σ⁻¹.
    precision: SMatrix<f64, D, D>,
}

impl<const D: usize> GaussianTarget<D>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    /// N(μ, Σ).
    ///
    /// # Errors
    /// If Σ is not symmetric and positive definite.
    pub fn new(
        mean: Point<D>,
        covariance: SMatrix<f64, D, D>,
    ) -> Result<Self, NoDensity<D>> {
        let CorrelatedNoise { factor } = CorrelatedNoise::cholesky(covariance)
            .map_err(|why| NoDensity { covariance, why })?;
        let precision = Cholesky::pack_dirty(factor).inverse();
        Ok(Self { law: Law { mean, covariance }, precision })
    }

    /// ∇log p(x) = −Σ⁻¹(x − μ).
    pub fn score(&self, x: &Point<D>) -> Point<D> {
        self.precision * (self.law.mean - x)
    }

    /// The law at time t of dX = ½ g² ∇log p(X) dt + g dW that has the mean and
    /// the covariance `start` at 0.
    pub fn langevin(&self, g: f64, t: f64, start: &Law<D>) -> Law<D> {
        let left = (self.precision * (-0.5 * g * g * t)).exp();
        let Law { mean, covariance } = self.law;
        Law {
            mean: mean + left * (start.mean - mean),
            covariance: covariance + left * (start.covariance - covariance) * left,
        }
    }
}
// ANCHOR_END: gaussian

impl<const D: usize> GaussianTarget<D>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    // ANCHOR: chain
    /// The law after one step η of the chain.
    pub fn ula_step(&self, eta: f64, before: &Law<D>) -> Law<D> {
        let one = SMatrix::<f64, D, D>::identity();
        let factor = one - self.precision * eta;
        let mean = self.law.mean;
        Law {
            mean: mean + factor * (before.mean - mean),
            covariance: factor * before.covariance * factor + one * (2.0 * eta),
        }
    }

    /// The covariance of a settled chain, Σ (I − ½ η Σ⁻¹)⁻¹, or `None` where η
    /// is too long for the chain to settle: unless η Σ⁻¹ < 2 I.
    pub fn ula_limit(&self, eta: f64) -> Option<SMatrix<f64, D, D>> {
        // Σ⁻¹ − ½ η Σ⁻², the inverse of what we look for.
        let inverse = self.precision - self.precision * self.precision * (0.5 * eta);
        Cholesky::new(inverse).map(|factor| factor.inverse())
    }
    // ANCHOR_END: chain

    /// The law after `n` steps.
    pub fn ula_law(&self, eta: f64, n: usize, start: &Law<D>) -> Law<D> {
        (0..n).fold(*start, |law, _| self.ula_step(eta, &law))
    }

    /// KL(N(m, C) ‖ p) in nats.
    pub fn divergence(&self, of: &Law<D>) -> f64 {
        let d = of.mean - self.law.mean;
        let ratio = self.precision * of.covariance;
        0.5 * (ratio.trace() + d.dot(&(self.precision * d))
            - D as f64
            - ratio.determinant().ln())
    }
}

impl<const D: usize> Law<D>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    /// The Gaussian of this mean and covariance, to draw from.
    pub fn gaussian(&self) -> Mixture<D> {
        Mixture::new([(1.0, self.mean, self.covariance)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Matrix2;

    #[test]
    fn a_covariance_is_positive_definite() {
        let bad = Matrix2::new(1.0, 2.0, 2.0, 1.0);
        let refused = GaussianTarget::new(Point::<2>::zeros(), bad);
        assert_eq!(refused.expect_err("eigenvalue −1").covariance, bad);
    }

    #[test]
    fn the_divergence_is_that_of_the_formula_on_the_line() {
        let target = GaussianTarget::new(Point::<1>::new(0.3), SMatrix::from([[1.7]]))
            .expect("positive");
        let of = Law { mean: Point::<1>::new(4.0), covariance: SMatrix::from([[0.25]]) };
        let expected =
            0.5 * (0.25 / 1.7 + 3.7_f64.powi(2) / 1.7 - 1.0 - (0.25_f64 / 1.7).ln());
        assert!((target.divergence(&of) - expected).abs() < 1e-14);
        assert_eq!(target.divergence(&target.law).abs(), 0.0);
    }
}
