//! Laws that are known exactly at every time, with the field that carries them.

use crate::fields::{Growth, Number};
use crate::pushforward::{gaussian, pushed_density};
use nalgebra::{Matrix2, SVector};
use num_dual::{Dual, Dual64, DualNum};
use std::f64::consts::TAU;

/// A point whose coordinates carry a derivative.
pub type Place<const D: usize> = SVector<Dual64, D>;

/// A density p(t, x) and the velocity u(t, x) that is said to carry it.
#[derive(Clone, Copy)]
pub struct Law<const D: usize> {
    /// p(t, x).
    pub density: fn(Dual64, &Place<D>) -> Dual64,
    /// u(t, x).
    pub velocity: fn(Dual64, &Place<D>) -> Place<D>,
}

/// Mean and standard deviation of X_0 for [`GROWTH`] and [`STEEP`].
pub const START: (f64, f64) = (0.4, 0.8);

/// u = x cos t carries N(m, s²) to N(m e^{sin t}, s² e^{2 sin t}).
pub const GROWTH: Law<1> = Law {
    density: |t, x| {
        let stretch = t.sin().exp();
        gaussian(x[0], stretch * START.0, stretch * START.1)
    },
    velocity: |t, x| x.map(|x| Growth.at(t, x)),
};

/// u = tanh x, with the flow ψ_t(x) = arsinh(eᵗ sinh x): a law that does not stay
/// Gaussian, its density written by change of variables.
pub const STEEP: Law<1> = Law {
    density: |t, y| {
        pushed_density(
            |x| gaussian(x, START.0.into(), START.1.into()),
            |y: Dual<Dual64>| steep_flow(Dual::from_re(-t), y),
            y[0],
        )
    },
    velocity: |_, x| x.map(|x| x.tanh()),
};

/// The flow of u = tanh x: arsinh(eᵗ sinh x). Backwards in time for t < 0.
pub fn steep_flow<T: Number>(t: T, x: T) -> T {
    (t.exp() * x.sinh()).asinh()
}

/// The matrix of [`LINEAR`], by rows: neither symmetric nor free of trace.
const SPIRAL: [[f64; 2]; 2] = [[0.6, -1.1], [0.7, -0.3]];

/// The matrix of [`TRACELESS`], by rows.
const ELLIPSE: [[f64; 2]; 2] = [[0.6, -1.1], [0.7, -0.6]];

/// u = Ax carries N(0, I) to N(0, e^{At} e^{Aᵀt}) in the plane.
pub const LINEAR: Law<2> = Law {
    density: |t, x| linear_density(SPIRAL, t, x),
    velocity: |_, x| matrix(SPIRAL) * x,
};

/// The same with a matrix whose trace, the divergence of the field, is zero.
pub const TRACELESS: Law<2> = Law {
    density: |t, x| linear_density(ELLIPSE, t, x),
    velocity: |_, x| matrix(ELLIPSE) * x,
};

/// The density of N(0, e^{At} e^{Aᵀt}) at x, for the matrix with these rows.
pub fn linear_density(rows: [[f64; 2]; 2], t: Dual64, x: &Place<2>) -> Dual64 {
    let root = exponential(matrix(rows), t);
    let covariance = root * root.transpose();
    let [a, b, c] = [covariance[(0, 0)], covariance[(0, 1)], covariance[(1, 1)]];
    let determinant = a * c - b * b;
    let (x, y) = (x[0], x[1]);
    // xᵀ C⁻¹ x for a symmetric matrix of two rows.
    let square = (c * x * x - b * x * y * 2.0 + a * y * y) / determinant;
    (square * -0.5).exp() / (determinant.sqrt() * TAU)
}

fn matrix(rows: [[f64; 2]; 2]) -> Matrix2<Dual64> {
    Matrix2::from_fn(|i, j| rows[i][j].into())
}

/// e^{At} by its power series, which forty terms exhaust for ‖At‖ ≤ 4.
fn exponential(a: Matrix2<Dual64>, t: Dual64) -> Matrix2<Dual64> {
    let mut term = Matrix2::<Dual64>::identity();
    let mut sum = term;
    for k in 1..40 {
        term = term * a * (t / f64::from(k));
        sum += term;
    }
    sum
}

/// `x` as a constant: its derivative is zero.
pub fn lift<const D: usize>(x: &SVector<f64, D>) -> Place<D> {
    x.map(Dual64::from)
}

/// `x` with a derivative of one along coordinate `i`.
pub fn towards<const D: usize>(x: &SVector<f64, D>, i: usize) -> Place<D> {
    let mut place = lift(x);
    place[i] = place[i].derivative();
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quadrature::trapezoid;
    use nalgebra::Vector2;

    #[test]
    fn the_matrix_exponential_solves_its_equation() {
        let t = Dual64::new(0.9, 1.0);
        let e = exponential(matrix(SPIRAL), t);
        let slope = e.map(|v| v.eps) - matrix(SPIRAL).map(|v| v.re) * e.map(|v| v.re);
        assert!(slope.norm() < 1e-14);
    }

    #[test]
    fn the_flow_of_tanh_solves_its_equation() {
        for x in [-2.1, 0.3, 1.4] {
            let moved = steep_flow(Dual64::new(0.7, 1.0), Dual64::from(x));
            assert!((moved.eps - moved.re.tanh()).abs() < 1e-14);
        }
    }

    #[test]
    fn laws_have_mass_one() {
        for t in [0.0, 0.6, 1.7] {
            for law in [GROWTH, STEEP] {
                let p = |x: f64| (law.density)(t.into(), &lift(&SVector::from([x]))).re;
                assert!((trapezoid(p, -20.0, 24.0, 4000) - 1.0).abs() < 1e-12);
            }
            let p = |x: f64, y: f64| {
                (LINEAR.density)(t.into(), &lift(&Vector2::new(x, y))).re
            };
            let mass =
                trapezoid(|x| trapezoid(|y| p(x, y), -30.0, 30.0, 400), -30.0, 30.0, 400);
            assert!((mass - 1.0).abs() < 1e-12);
        }
    }
}
