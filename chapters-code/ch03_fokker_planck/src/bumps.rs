//! Mixtures of Gaussians that can be differentiated in every variable.

use crate::operators::Smooth;
use ch01_flows::fields::Number;
use nalgebra::{Const, DimMin, SMatrix, SVector};
use std::f64::consts::PI;

/// Σ wₖ N(mₖ, Cₖ), written for numbers of any kind.
#[derive(Clone, Debug)]
pub struct Bumps<const D: usize> {
    parts: Vec<Bump<D>>,
}

#[derive(Clone, Debug)]
struct Bump<const D: usize> {
    /// w/√((2π)ᴰ det C).
    height: f64,
    mean: SVector<f64, D>,
    /// C⁻¹.
    precision: SMatrix<f64, D, D>,
}

impl<const D: usize> Bumps<D>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    /// From triples (weight, mean, covariance); the weights sum to 1.
    ///
    /// # Panics
    /// If they do not, or a covariance is not positive definite.
    pub fn new<const N: usize>(
        parts: [(f64, SVector<f64, D>, SMatrix<f64, D, D>); N],
    ) -> Self {
        let total: f64 = parts.iter().map(|(weight, ..)| weight).sum();
        assert!((total - 1.0).abs() < 1e-12, "the weights sum to {total}, not to 1");
        let bump = |(weight, mean, covariance): (f64, _, SMatrix<f64, D, D>)| {
            let factor = covariance.cholesky().unwrap_or_else(|| {
                panic!("a covariance is positive definite, unlike {covariance}")
            });
            let scale = (2.0 * PI).powi(D as i32) * factor.determinant();
            Bump { height: weight / scale.sqrt(), mean, precision: factor.inverse() }
        };
        Self { parts: parts.into_iter().map(bump).collect() }
    }
}

impl<const D: usize> Smooth<D> for Bumps<D> {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, D>) -> T {
        let value = |bump: &Bump<D>| {
            let from_mean = |i: usize| x[i] - bump.mean[i];
            let mut square = T::zero();
            for i in 0..D {
                for j in 0..D {
                    square += from_mean(i) * from_mean(j) * bump.precision[(i, j)];
                }
            }
            (square * -0.5).exp() * bump.height
        };
        self.parts.iter().map(value).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::{Density, Mixture};
    use nalgebra::{Matrix2, Vector2};

    #[test]
    fn bumps_are_the_mixture_of_the_house() {
        let parts = [
            (0.7, Vector2::new(0.4, -0.3), Matrix2::new(0.9, 0.3, 0.3, 0.5)),
            (0.3, Vector2::new(-1.1, 0.8), Matrix2::new(0.4, -0.1, -0.1, 0.7)),
        ];
        let (bumps, mixture) = (Bumps::new(parts), Mixture::new(parts));
        for x in [Vector2::new(0.3, 0.1), Vector2::new(-1.4, 1.9)] {
            let expected = mixture.density(&x);
            assert!((bumps.at(0.0, &x) / expected - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    #[should_panic(expected = "sum to 0.8")]
    fn the_weights_are_a_law() {
        let one = Vector2::new(0.0, 0.0);
        let _ = Bumps::new([(0.8, one, Matrix2::identity())]);
    }
}
