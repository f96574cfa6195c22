//! Noise whose coordinates depend on one another.

use dynamics::{Generator, Increment, Point};
use evidence::number;
use nalgebra::{DMatrix, SMatrix};
use std::fmt;

// ANCHOR: correlated
/// Noise in ℝᴰ with the covariance h Q over a step h, from a factor L of
/// Q = L Lᵀ.
#[derive(Clone, Copy, Debug)]
pub struct CorrelatedNoise<const D: usize> {
    /// L.
    pub factor: SMatrix<f64, D, D>,
}

impl<const D: usize> CorrelatedNoise<D> {
    /// L is Cholesky's factor, the lower triangular one.
    ///
    /// # Errors
    /// If Q is not symmetric and positive definite.
    pub fn cholesky(q: SMatrix<f64, D, D>) -> Result<Self, NotACovariance> {
        symmetric(&q)?;
        match q.cholesky() {
            Some(cholesky) => Ok(Self { factor: cholesky.l() }),
            None => Err(NotACovariance::NotPositive { eigenvalue: smallest(&q) }),
        }
    }

    /// L is the symmetric root of Q. Eigenvalues may be 0: noise that leaves
    /// some directions alone.
    ///
    /// # Errors
    /// If Q is not symmetric, or has a negative eigenvalue.
    pub fn symmetric_root(q: SMatrix<f64, D, D>) -> Result<Self, NotACovariance> {
        symmetric(&q)?;
        let eigen = dynamic(&q).symmetric_eigen();
        let (low, high) = (eigen.eigenvalues.min(), eigen.eigenvalues.max());
        if low < -ROUNDING * high.abs() {
            return Err(NotACovariance::NotPositive { eigenvalue: low });
        }
        let roots = eigen.eigenvalues.map(|value| value.max(0.0).sqrt());
        let v = eigen.eigenvectors;
        let root = &v * DMatrix::from_diagonal(&roots) * v.transpose();
        Ok(Self { factor: SMatrix::from_fn(|i, j| root[(i, j)]) })
    }

    /// √h L ε with ε ~ N(0, I): the noise of a step h ≥ 0.
    pub fn draw(&self, h: f64, generator: &mut Generator) -> Point<D> {
        self.factor * Point::<D>::draw(h.sqrt(), generator)
    }
}
// ANCHOR_END: correlated

/// How far from symmetric, or below 0, the rounding of a computed matrix may take it,
/// relative to its entries.
const ROUNDING: f64 = 1e-12;

/// Why a matrix is not the covariance of noise that can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum NotACovariance {
    /// An entry is not a finite number.
    NotFinite {
        /// Its row, counted from 0.
        row: usize,
        /// Its column.
        column: usize,
        /// What stands there.
        value: f64,
    },
    /// Two entries that mirror one another differ.
    NotSymmetric {
        /// Row of the upper one, counted from 0.
        row: usize,
        /// Its column.
        column: usize,
        /// What stands above the diagonal.
        above: f64,
        /// What stands below.
        below: f64,
    },
    /// An eigenvalue is not positive.
    NotPositive {
        /// The smallest one.
        eigenvalue: f64,
    },
}

impl fmt::Display for NotACovariance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite { row, column, value } => write!(
                f,
                "the covariance in row {row}, column {column} is {value}: it must be a \
                 finite number"
            ),
            Self::NotSymmetric { row, column, above, below } => write!(
                f,
                "the covariance in row {row}, column {column} is {above}, but {below} the \
                 other way round: a covariance is symmetric, set both to the same number"
            ),
            Self::NotPositive { eigenvalue } => write!(
                f,
                "the matrix has the eigenvalue {}, the variance in one \
                 direction: a covariance needs eigenvalues above 0 for Cholesky's factor, \
                 and not below 0 for the symmetric root; make its entries off the diagonal \
                 smaller",
                number(*eigenvalue)
            ),
        }
    }
}

impl std::error::Error for NotACovariance {}

/// Whether all entries are finite and mirror one another, up to rounding.
fn symmetric<const D: usize>(q: &SMatrix<f64, D, D>) -> Result<(), NotACovariance> {
    for (row, column) in (0..D).flat_map(|row| (0..D).map(move |column| (row, column))) {
        let (value, mirror) = (q[(row, column)], q[(column, row)]);
        if !value.is_finite() {
            return Err(NotACovariance::NotFinite { row, column, value });
        }
        if row < column && (value - mirror).abs() > ROUNDING * q.amax() {
            let (above, below) = (value, mirror);
            return Err(NotACovariance::NotSymmetric { row, column, above, below });
        }
    }
    Ok(())
}

/// The same matrix with its size known at run time, as the eigenvalues want it.
fn dynamic<const D: usize>(q: &SMatrix<f64, D, D>) -> DMatrix<f64> {
    DMatrix::from_fn(D, D, |i, j| q[(i, j)])
}

fn smallest<const D: usize>(q: &SMatrix<f64, D, D>) -> f64 {
    dynamic(q).symmetric_eigenvalues().min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Stream;
    use nalgebra::Matrix2;

    #[test]
    fn a_matrix_that_is_no_covariance_is_refused_with_the_reason() {
        let text = |q: [f64; 4]| {
            let [a, b, c, d] = q;
            CorrelatedNoise::cholesky(Matrix2::new(a, b, c, d)).unwrap_err().to_string()
        };
        let indefinite = text([1.0, 2.0, 2.0, 1.0]);
        assert!(indefinite.contains("eigenvalue -1,"), "{indefinite}");
        assert!(text([1.0, 0.3, 0.2, 1.0]).contains("0.3, but 0.2 the other way round"));
        assert!(text([1.0, f64::NAN, 0.2, 1.0]).contains("row 0, column 1 is NaN"));
        let root = CorrelatedNoise::symmetric_root(Matrix2::new(1.0, 2.0, 2.0, 1.0));
        assert!(matches!(root, Err(NotACovariance::NotPositive { eigenvalue })
            if (eigenvalue + 1.0).abs() < 1e-14));
    }

    #[test]
    fn noise_along_a_line_has_a_symmetric_root_only() {
        let line = Matrix2::new(1.0, 3.0, 3.0, 9.0);
        assert!(CorrelatedNoise::cholesky(line - 1e-9 * Matrix2::identity()).is_err());
        let noise = CorrelatedNoise::symmetric_root(line).expect("no eigenvalue below 0");
        let w = noise.draw(0.7, &mut Stream::new(8, "line").generator());
        assert!((w.y - 3.0 * w.x).abs() < 1e-12 && w.x != 0.0);
    }

    #[test]
    fn rounding_does_not_make_a_covariance_asymmetric() {
        let q = Matrix2::new(1.0, 0.3, 0.3 + 1e-15, 1.0);
        assert!(CorrelatedNoise::cholesky(q).is_ok());
    }
}
