//! Heat: what noise does to a density when it has the place to itself.

use crate::fourier::{Lattice, inverse};
use crate::operators::Diffusion;
use ch01_flows::fields::Number;
use ch01_flows::quadrature::GaussLegendre;
use dynamics::Point;
use evidence::number;
use nalgebra::{Cholesky, Complex, SMatrix, SVector};
use std::f64::consts::PI;
use std::fmt;

// ANCHOR: heat
/// dX = G dW with a constant G, as a density sees it: ∂ₜp = ∇·(D∇p).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat<const D: usize> {
    /// The diffusion coefficient D = ½ G Q Gᵀ: length² per time.
    pub d: SMatrix<f64, D, D>,
    /// D⁻¹.
    pub inverse: SMatrix<f64, D, D>,
    /// det D.
    pub determinant: f64,
}

impl<const D: usize> Heat<D> {
    /// The heat of M noises with the covariance Q per unit of time.
    ///
    /// # Errors
    /// As [`Heat::new`].
    pub fn of_noise<const M: usize>(
        g: &SMatrix<f64, D, M>,
        q: &SMatrix<f64, M, M>,
    ) -> Result<Self, NotADiffusion> {
        Self::new(g * q * g.transpose() * 0.5)
    }
}
// ANCHOR_END: heat

impl<const D: usize> Diffusion<D> for Heat<D> {
    fn drift<T: Number>(&self, _t: T, _x: &SVector<T, D>) -> SVector<T, D> {
        SVector::from_element(T::from(0.0))
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, D>) -> SMatrix<T, D, D> {
        self.d.map(|d| T::from(2.0 * d))
    }
}
/// Entries across the diagonal may differ by this part of their scale.
const ROUNDING: f64 = 1e-12;
/// det D over the product of the diagonal is the determinant of the correlations: from 1 for
/// independent noises down to rounding where one direction has no noise.
const SINGULAR: f64 = 1e-12;

impl<const D: usize> Heat<D> {
    /// Heat with the diffusion coefficient `d`.
    ///
    /// # Errors
    /// If `d` is not symmetric, or not positive definite, up to rounding.
    pub fn new(d: SMatrix<f64, D, D>) -> Result<Self, NotADiffusion> {
        for i in 0..D {
            for j in 0..i {
                let scale = (d[(i, i)] * d[(j, j)]).abs().sqrt();
                let apart = (d[(i, j)] - d[(j, i)]).abs();
                if apart.is_nan() || apart > ROUNDING * scale {
                    return Err(NotADiffusion::NotSymmetric {
                        place: (j + 1, i + 1),
                        above: d[(j, i)],
                        below: d[(i, j)],
                    });
                }
            }
        }
        Self::unchecked(d)
            .filter(|heat| heat.determinant > SINGULAR * d.diagonal().product())
            .ok_or_else(|| NotADiffusion::NotPositive(d.iter().copied().collect()))
    }

    /// As [`Heat::new`] where D⁻¹ exists.
    fn unchecked(d: SMatrix<f64, D, D>) -> Option<Self> {
        let factor = Cholesky::new(d)?;
        Some(Self { d, inverse: factor.inverse(), determinant: factor.determinant() })
    }
}

/// Why a matrix is no diffusion coefficient.
#[derive(Clone, Debug, PartialEq)]
pub enum NotADiffusion {
    /// A covariance is symmetric.
    NotSymmetric {
        /// Row and column of the entry above the diagonal, from 1.
        place: (usize, usize),
        /// The entry.
        above: f64,
        /// The one across the diagonal.
        below: f64,
    },
    /// Some direction has no noise, or the matrix has an eigenvalue below 0. The entries,
    /// column by column.
    NotPositive(Vec<f64>),
}

impl fmt::Display for NotADiffusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSymmetric { place: (i, j), above, below } => write!(
                f,
                "a diffusion coefficient is half a covariance, and symmetric: its entry \
                 ({i}, {j}) is {above} and its entry ({j}, {i}) is {below}"
            ),
            Self::NotPositive(entries) => {
                let entries: Vec<_> = entries.iter().map(|d| number(*d)).collect();
                write!(
                    f,
                    "[{}], column by column, is not positive definite: in some direction \
                     there is no noise, or less than none. Leave out the directions \
                     without noise; D is +½ G Q Gᵀ, with a plus",
                    entries.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for NotADiffusion {}

// ANCHOR: kernel
impl<const D: usize> Heat<D> {
    /// e^{−t λᵀDλ}: what is left at the time t of the wave λ.
    pub fn decay(&self, t: f64, lambda: &Point<D>) -> f64 {
        (-t * lambda.dot(&(self.d * lambda))).exp()
    }

    /// The density at the time t > 0 of heat that started in the point 0.
    pub fn kernel<T: Number>(&self, t: T, x: &SVector<T, D>) -> T {
        let inverse = self.inverse.map(T::from);
        let square = (x.transpose() * inverse * x)[(0, 0)];
        let normaliser = (t * 4.0 * PI).powi(D as i32) * self.determinant;
        (-square / (t * 4.0)).exp() / normaliser.sqrt()
    }

    /// p_t(x), from the transform of the start: every wave decays by itself.
    pub fn from_waves(
        &self,
        start: impl Fn(&Point<D>) -> Complex<f64>,
        t: f64,
        x: &Point<D>,
        waves: &Lattice,
    ) -> f64 {
        inverse(|lambda| start(lambda) * self.decay(t, lambda), x, waves).re
    }
}
// ANCHOR_END: kernel

// ANCHOR: normal
/// The density of N(0, C) at x: coordinate after coordinate, each given those
/// before it. C is symmetric and positive definite.
pub fn normal_density<T: Number, const D: usize>(
    x: &SVector<T, D>,
    c: &SMatrix<T, D, D>,
) -> T {
    let (mut x, mut c, mut density) = (*x, *c, T::from(1.0));
    for k in 0..D {
        let variance = c[(k, k)];
        density *= (-x[k] * x[k] / (variance * 2.0)).exp();
        density /= (variance * 2.0 * PI).sqrt();
        for i in k + 1..D {
            // What x[k] tells of x[i] is taken off its mean and covariances.
            let slope = c[(i, k)] / variance;
            x[i] = x[i] - slope * x[k];
            for j in k + 1..D {
                c[(i, j)] = c[(i, j)] - slope * c[(k, j)];
            }
        }
    }
    density
}

impl<const D: usize> Heat<D> {
    /// The density of N(μ, Σ + 2tD): heat that started as N(μ, Σ).
    pub fn from_normal<T: Number>(
        &self,
        (mean, covariance): (&Point<D>, &SMatrix<f64, D, D>),
        t: T,
        x: &SVector<T, D>,
    ) -> T {
        let spread = self.d.map(|d| t * 2.0 * d) + covariance.map(T::from);
        normal_density(&(x - mean.map(T::from)), &spread)
    }
}
// ANCHOR_END: normal

// ANCHOR: spread
/// The covariance that noise adds from 0 to t: the integral of a, which is
/// 2 ∫ D(r) dr, for a diffusion whose a depends on time alone.
pub fn spread<T: Number, const D: usize>(
    diffusion: &impl Diffusion<D>,
    t: T,
) -> SMatrix<T, D, D> {
    let rule = GaussLegendre::new(16);
    let origin = SVector::from_element(T::from(0.0));
    let rate = |r: T, i, j| diffusion.covariance_rate(r, &origin)[(i, j)];
    SMatrix::from_fn(|i, j| rule.integral(|r| rate(r, i, j), T::from(0.0), t))
}
// ANCHOR_END: spread

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::{Density, Mixture};
    use nalgebra::Matrix2;

    #[test]
    fn a_density_in_three_coordinates_is_that_of_the_library() {
        let c = SMatrix::<f64, 3, 3>::new(1.4, 0.5, -0.3, 0.5, 0.9, 0.2, -0.3, 0.2, 0.7);
        let x = Point::<3>::new(0.4, -1.1, 0.6);
        let library = Mixture::new([(1.0, Point::<3>::zeros(), c)]);
        let expected = library.density(&x);
        assert!((normal_density(&x, &c) / expected - 1.0).abs() < 1e-13);
    }

    #[test]
    fn a_matrix_that_is_no_diffusion_coefficient_is_refused_with_its_numbers() {
        let told =
            Heat::new(Matrix2::new(1.0, 0.3, 0.2, 1.0)).expect_err("not symmetric");
        let told = told.to_string();
        assert!(
            told.contains("(1, 2) is 0.3") && told.contains("(2, 1) is 0.2"),
            "{told}"
        );
        for d in [
            Matrix2::new(-0.5, 0.1, 0.1, -0.7),
            Matrix2::new(1.0, 2.0, 2.0, 1.0),
            Matrix2::new(0.7, 0.0, 0.0, 0.0),
        ] {
            let told = Heat::new(d).expect_err("not positive").to_string();
            assert!(told.contains(&number(d[(0, 0)])) && told.contains("plus"), "{told}");
        }
        assert!(Heat::new(Matrix2::from_element(f64::NAN)).is_err());
        let one_way = SMatrix::<f64, 2, 1>::new(0.7, 0.4);
        assert!(Heat::of_noise(&one_way, &SMatrix::<f64, 1, 1>::new(1.0)).is_err());
    }
}
