//! The normal density in ℝᴰ and its derivatives.

use crate::operators::Smooth;
use ch01_flows::fields::Number;
use ch02_brownian_motion::{CorrelatedNoise, NotACovariance};
use dynamics::{Density, Generator, Point};
use evidence::number;
use nalgebra::{SMatrix, SVector};
use std::f64::consts::TAU;
use std::fmt;

// ANCHOR: gaussian
/// N(m, C) in ℝᴰ.
#[derive(Clone, Debug)]
pub struct Gaussian<const D: usize> {
    mean: Point<D>,
    covariance: SMatrix<f64, D, D>,
    /// L with C = L Lᵀ, lower triangular.
    factor: SMatrix<f64, D, D>,
}

impl<const D: usize> Gaussian<D> {
    /// N(`mean`, `covariance`).
    ///
    /// # Errors
    /// If the covariance is not symmetric and positive definite: then there
    /// is no density.
    pub fn new(
        mean: Point<D>,
        covariance: SMatrix<f64, D, D>,
    ) -> Result<Self, NoDensity<D>> {
        match CorrelatedNoise::cholesky(covariance) {
            Ok(noise) => Ok(Self { mean, covariance, factor: noise.factor }),
            Err(why) => Err(NoDensity { covariance, why }),
        }
    }

    /// y = L⁻¹(x − m), row by row. |y|² = (x − m)ᵀ C⁻¹ (x − m).
    pub fn whitened<T: Number>(&self, x: &SVector<T, D>) -> SVector<T, D> {
        let mut y = SVector::<T, D>::zeros();
        for i in 0..D {
            let before = (0..i).map(|j| y[j] * self.factor[(i, j)]);
            let left = x[i] - self.mean[i] - before.sum::<T>();
            y[i] = left / self.factor[(i, i)];
        }
        y
    }

    /// log N(x; m, C), with √det C = L₁₁ L₂₂ ….
    pub fn log<T: Number>(&self, x: &SVector<T, D>) -> T {
        let squares = self.whitened(x).iter().map(|y| *y * *y).sum::<T>();
        let root: f64 = (0..D).map(|i| self.factor[(i, i)].ln()).sum();
        squares * -0.5 - (root + 0.5 * D as f64 * TAU.ln())
    }

    /// ∇ log N = −C⁻¹(x − m) = −L⁻ᵀ y.
    pub fn score(&self, x: &Point<D>) -> Point<D> {
        let solved = self.factor.tr_solve_lower_triangular(&self.whitened(x));
        -solved.expect("no diagonal entry of Cholesky's factor is 0")
    }

    /// ∇N = −N C⁻¹(x − m).
    pub fn gradient(&self, x: &Point<D>) -> Point<D> {
        self.score(x) * self.log(x).exp()
    }
}
// ANCHOR_END: gaussian

impl<const D: usize> Gaussian<D> {
    /// m.
    pub fn mean(&self) -> Point<D> {
        self.mean
    }

    /// C.
    pub fn covariance(&self) -> SMatrix<f64, D, D> {
        self.covariance
    }

    /// m + L ε with ε ~ N(0, I).
    pub fn draw(&self, generator: &mut Generator) -> Point<D> {
        self.mean + CorrelatedNoise { factor: self.factor }.draw(1.0, generator)
    }
}

impl<const D: usize> Density<D> for Gaussian<D> {
    fn log_density(&self, x: &Point<D>) -> f64 {
        self.log(x)
    }

    fn score(&self, x: &Point<D>) -> Point<D> {
        Gaussian::score(self, x)
    }
}

impl<const D: usize> Smooth<D> for Gaussian<D> {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, D>) -> T {
        self.log(x).exp()
    }
}

/// A normal law that has no density, or no law at all.
#[derive(Clone, Debug, PartialEq)]
pub struct NoDensity<const D: usize> {
    /// What should have been its covariance.
    pub covariance: SMatrix<f64, D, D>,
    /// What is wrong with it.
    pub why: NotACovariance,
}

impl<const D: usize> fmt::Display for NoDensity<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.covariance.row_iter().map(|row| {
            let entries: Vec<String> = row.iter().map(|x| number(*x)).collect();
            format!("[{}]", entries.join(", "))
        });
        let rows = rows.collect::<Vec<_>>().join(", ");
        write!(f, "no normal density has the covariance [{rows}]: {}", self.why)?;
        let NotACovariance::NotPositive { eigenvalue } = self.why else { return Ok(()) };
        if eigenvalue.abs() > 1e-12 * self.covariance.amax() {
            return Ok(());
        }
        write!(
            f,
            ". If it belongs to a linear equation, no noise has arrived in that direction: \
             let time pass, give G a column for it, or draw with Kernel::noise, which \
             needs no density"
        )
    }
}

impl<const D: usize> std::error::Error for NoDensity<D> {}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{Matrix2, Vector2};

    #[test]
    fn the_plane_by_hand() {
        let (m, c) = (Vector2::new(0.4, -0.7), Matrix2::new(1.7, 0.6, 0.6, 0.9));
        let law = Gaussian::new(m, c).expect("positive definite");
        let x = Vector2::new(1.1, 0.2);
        let (d, det) = (x - m, 1.7 * 0.9 - 0.36_f64);
        let square = (0.9 * d.x * d.x - 1.2 * d.x * d.y + 1.7 * d.y * d.y) / det;
        let expected = (-0.5 * square).exp() / (TAU * det.sqrt());
        assert!((law.density(&x) - expected).abs() < 1e-16);
        let score = -Vector2::new(0.9 * d.x - 0.6 * d.y, -0.6 * d.x + 1.7 * d.y) / det;
        assert!((Density::score(&law, &x) - score).norm() < 1e-15);
        assert_eq!((law.mean(), law.covariance()), (m, c));
    }

    #[test]
    fn draws_have_the_law() {
        let (m, c) = (Vector2::new(0.4, -0.7), Matrix2::new(1.7, 0.6, 0.6, 0.9));
        let law = Gaussian::new(m, c).expect("positive definite");
        let mut generator = dynamics::Stream::new(4, "gaussian").generator();
        let draws: Vec<_> = (0..20_000).map(|_| law.draw(&mut generator)).collect();
        let coordinate = |i: usize| draws.iter().map(|x| x[i]).collect::<Vec<f64>>();
        let (x, y) = (coordinate(0), coordinate(1));
        for evidence in [
            evidence::Evidence::mean("", &x, 0.4, 4),
            evidence::Evidence::mean("", &y, -0.7, 4),
            evidence::Evidence::variance("", &x, 1.7, 4),
            evidence::Evidence::covariance("", &x, &y, 0.6, 4),
            evidence::Evidence::variance("", &y, 0.9, 4),
        ] {
            assert!(evidence.holds(), "{}", evidence.line());
        }
    }

    #[test]
    fn a_covariance_that_is_none_is_named_with_the_way_out() {
        let told = |c: Matrix2<f64>| {
            Gaussian::new(Vector2::zeros(), c).expect_err("no density").to_string()
        };
        let indefinite = told(Matrix2::new(1.0, 2.0, 2.0, 1.0));
        assert!(indefinite.contains("[[1, 2], [2, 1]]"), "{indefinite}");
        assert!(indefinite.contains("eigenvalue -1,"), "{indefinite}");
        assert!(indefinite.contains("off the diagonal"), "{indefinite}");
        assert!(!indefinite.contains("let time pass"), "{indefinite}");
        let flat = told(Matrix2::new(0.0, 0.0, 0.0, 0.49));
        assert!(flat.contains("[[0, 0], [0, 0.49]]"), "{flat}");
        assert!(flat.contains("let time pass"), "{flat}");
        assert!(told(Matrix2::new(1.0, f64::NAN, 0.3, 1.0)).contains("NaN"));
        assert!(told(Matrix2::new(1.0, 0.2, 0.3, 1.0)).contains("the other way round"));
    }
}
