//! Two processes in the plane whose densities are known: a linear one with a turn, and two
//! prices that move together.

use crate::operators::{Diffusion, Smooth};
use crate::transition::normal;
use ch01_flows::fields::Number;
use dynamics::{Point, Sde};
use nalgebra::{Matrix2, SMatrix, SVector};

/// dX = A X dt + L dW with A = [[−1, ½], [−⅕, −⅘]] and L Lᵀ = Q.
#[derive(Clone, Copy, Debug)]
pub struct Turning;

/// Q, the covariance rate.
pub const Q: [[f64; 2]; 2] = [[0.9, 0.4], [0.4, 0.5]];
/// Mean and covariance at time 0.
pub const START: ([f64; 2], [[f64; 2]; 2]) = ([1.8, -1.1], [[0.3, -0.1], [-0.1, 0.2]]);

impl Diffusion<2> for Turning {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::<T, 2>::new(-x[0] + x[1] * 0.5, -x[0] * 0.2 - x[1] * 0.8)
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        SMatrix::<T, 2, 2>::from_fn(|i, j| T::from(Q[i][j]))
    }
}

impl Sde<Point<2>> for Turning {
    fn drift(&self, t: f64, x: &Point<2>) -> Point<2> {
        Diffusion::drift(self, t, x)
    }

    fn noise(&self, _t: f64, _x: &Point<2>, dw: &Point<2>) -> Point<2> {
        // Cholesky's factor of Q.
        let first = Q[0][0].sqrt();
        let low = Q[1][0] / first;
        let second = (Q[1][1] - low * low).sqrt();
        Point::<2>::new(first * dw[0], low * dw[0] + second * dw[1])
    }
}

/// e^{tA}: the eigenvalues of A are −0.9 ± 0.3i.
fn flow<T: Number>(t: T) -> SMatrix<T, 2, 2> {
    let (decay, angle) = ((-t * 0.9).exp(), t * 0.3);
    let (c, s) = (decay * angle.cos(), decay * angle.sin() / 0.3);
    SMatrix::<T, 2, 2>::new(c - s * 0.1, s * 0.5, -s * 0.2, c + s * 0.1)
}

/// S with A S + S Aᵀ + Q = 0, by its three linear equations.
fn at_rest() -> Matrix2<f64> {
    let lyapunov = nalgebra::Matrix3::new(
        -2.0, 1.0, 0.0, // S₁₁
        -0.2, -1.8, 0.5, // S₁₂
        0.0, -0.4, -1.6, // S₂₂
    );
    let right = -nalgebra::Vector3::new(Q[0][0], Q[0][1], Q[1][1]);
    let s = lyapunov.lu().solve(&right).expect("eigenvalues of A in the left half");
    Matrix2::new(s[0], s[1], s[1], s[2])
}

impl Turning {
    /// Mean and covariance at time t: m = e^{tA} m₀, C = S + e^{tA} (C₀ − S) e^{tAᵀ}.
    pub fn moments<T: Number>(&self, t: T) -> (SVector<T, 2>, SMatrix<T, 2, 2>) {
        let (flow, rest) = (flow(t), at_rest());
        let m = SVector::<T, 2>::from_fn(|i, _| T::from(START.0[i]));
        let c = SMatrix::<T, 2, 2>::from_fn(|i, j| T::from(START.1[i][j] - rest[(i, j)]));
        (flow * m, flow * c * flow.transpose() + rest.map(T::from))
    }
}

/// N(x; m, C) in the plane.
fn normal_2d<T: Number>(x: &SVector<T, 2>, m: &SVector<T, 2>, c: &SMatrix<T, 2, 2>) -> T {
    // The first coordinate, and the second given the first.
    let slope = c[(1, 0)] / c[(0, 0)];
    let rest = c[(1, 1)] - slope * c[(1, 0)];
    let mean = m[1] + slope * (x[0] - m[0]);
    normal(x[0], m[0], c[(0, 0)]) * normal(x[1], mean, rest)
}

impl Smooth<2> for Turning {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        let (m, c) = self.moments(t);
        normal_2d(x, &m, &c)
    }
}

/// dXᵢ = μᵢ Xᵢ dt + Xᵢ dBᵢ with Cov(dBᵢ, dBⱼ) = Rᵢⱼ dt, from one place.
#[derive(Clone, Copy, Debug)]
pub struct Prices;

/// μ.
const GROWTH: [f64; 2] = [0.4, -0.3];
/// R.
const R: [[f64; 2]; 2] = [[0.36, 0.21], [0.21, 0.25]];
/// The place at time 0.
const PLACE: [f64; 2] = [0.8, 1.5];

impl Diffusion<2> for Prices {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::<T, 2>::from_fn(|i, _| x[i] * GROWTH[i])
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        SMatrix::<T, 2, 2>::from_fn(|i, j| x[i] * x[j] * R[i][j])
    }
}

impl Smooth<2> for Prices {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        let m = SVector::<T, 2>::from_fn(|i, _| {
            t * (GROWTH[i] - 0.5 * R[i][i]) + PLACE[i].ln()
        });
        let c = SMatrix::<T, 2, 2>::from_fn(|i, j| t * R[i][j]);
        normal_2d(&x.map(|v| v.ln()), &m, &c) / (x[0] * x[1])
    }
}
