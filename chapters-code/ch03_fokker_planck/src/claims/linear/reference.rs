//! What the checks hold the code against: the solution as an integral, by another method
//! and another rule.

use crate::{Eddy, Kernel, LinearSde, Moments};
use ch01_flows::quadrature::GaussLegendre;
use ch01_flows::{DormandPrince, Tolerance, integrate_adaptive};
use dynamics::Point;
use nalgebra::{DMatrix, DVector, Matrix2, SMatrix, Vector2};

/// Equations in the plane.
#[derive(Clone, Copy, Debug)]
pub(super) enum Plane {
    /// The eddy, whose matrices do not commute.
    Eddy,
    /// (0.6 + 0.5 t) times one matrix, which does commute with itself.
    Scaled,
    /// Coefficients that do not change, and a home.
    Still,
}

impl LinearSde<2, 2> for Plane {
    fn matrix(&self, t: f64) -> Matrix2<f64> {
        match self {
            Self::Eddy => Eddy.matrix(t),
            Self::Scaled => Eddy.matrix(0.3) * (0.6 + 0.5 * t),
            Self::Still => Matrix2::new(-0.9, -1.3, 0.8, -0.6),
        }
    }

    fn push(&self, t: f64) -> Vector2<f64> {
        Eddy.push(if matches!(self, Self::Still) { 0.3 } else { t })
    }

    fn diffusion(&self, t: f64) -> Matrix2<f64> {
        Eddy.diffusion(if matches!(self, Self::Still) { 0.3 } else { t })
    }
}

/// Where the leaf starts, and how well that is known.
pub(super) fn start() -> Moments<2> {
    let covariance = Matrix2::new(0.2, -0.07, -0.07, 0.12);
    Moments { mean: Vector2::new(0.8, -0.3), covariance }
}

/// Ψ(t, r) of the eddy by Dormand and Prince's method.
pub(super) fn psi(r: f64, t: f64) -> Matrix2<f64> {
    let field = |time: f64, x: &Point<2>| Eddy.matrix(time) * x;
    let column = |x| {
        let run =
            integrate_adaptive(&DormandPrince, &field, r, t, x, Tolerance::both(1e-12));
        run.expect("a linear field").x
    };
    Matrix2::from_columns(&[column(Vector2::x()), column(Vector2::y())])
}

/// ∫ f(u) du, entry by entry.
pub(super) fn integral<const R: usize, const C: usize>(
    f: impl Fn(f64) -> SMatrix<f64, R, C>,
    low: f64,
    high: f64,
) -> SMatrix<f64, R, C> {
    let rule = GaussLegendre::new(14);
    SMatrix::from_fn(|i, j| rule.integral(|u: f64| f(u)[(i, j)], low, high))
}

/// The kernel of the eddy from r to t, by its integrals.
pub(super) fn kernel(r: f64, t: f64) -> Kernel<2> {
    let noise = |u| {
        let g = psi(u, t) * Eddy.diffusion(u);
        g * g.transpose()
    };
    Kernel {
        transition: psi(r, t),
        shift: integral(|u| psi(u, t) * Eddy.push(u), r, t),
        covariance: integral(noise, r, t),
    }
}

/// The largest distance of two laws' moments.
pub(super) fn apart(found: &Moments<2>, expected: &Moments<2>) -> f64 {
    let mean = (found.mean - expected.mean).amax();
    mean.max((found.covariance - expected.covariance).amax())
}

/// C with K C + C Kᵀ + a = 0, as four linear equations for its entries.
pub(super) fn lyapunov(k: &Matrix2<f64>, a: &Matrix2<f64>) -> Matrix2<f64> {
    let identity = Matrix2::<f64>::identity();
    let sum = identity.kronecker(k) + k.kronecker(&identity);
    let sum = DMatrix::from_fn(4, 4, |i, j| sum[(i, j)]);
    let columns = DVector::from_iterator(4, a.iter().map(|x| -x));
    let c = sum.lu().solve(&columns).expect("every eigenvalue of K decays");
    Matrix2::from_iterator(c.iter().copied())
}
