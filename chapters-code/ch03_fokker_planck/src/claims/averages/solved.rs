//! Processes whose state is a known function of normal numbers, so that every average
//! is a plain integral: the other route of the checks.

use crate::{Diffusion, Smooth};
use ch01_flows::fields::Number;
use ch02_brownian_motion::{GeometricBrownian, OrnsteinUhlenbeck};
use dynamics::Point;
use nalgebra::{Matrix2, SMatrix, SVector};
use std::f64::consts::TAU;

pub(super) const OU: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.7 };
pub(super) const GROWTH: GeometricBrownian =
    GeometricBrownian { growth: 0.3, volatility: 0.4 };
pub(super) const GOMPERTZ: Gompertz = Gompertz { rate: 0.9, volatility: 0.5 };
pub(super) const PAIR: Pair = Pair {
    growth: [0.3, -0.4],
    volatility: [0.5, 0.35],
    noise: Matrix2::new(0.8, 0.3, 0.3, 1.3),
};

/// A diffusion with a formula for its state.
pub(super) trait Solved<const D: usize>: Diffusion<D> {
    /// X after the time `h` > 0 from `x`, where `z` are independent numbers from N(0, 1).
    fn state<T: Number>(&self, h: T, x: &SVector<T, D>, z: &Point<D>) -> SVector<T, D>;
}

impl Solved<1> for OrnsteinUhlenbeck {
    fn state<T: Number>(&self, h: T, x: &SVector<T, 1>, z: &Point<1>) -> SVector<T, 1> {
        x.map(|x| decayed(self.rate, self.diffusion, h, x, z[0]))
    }
}

/// e^{−θh} x + √(g² (1 − e^{−2θh})/(2θ)) z.
fn decayed<T: Number>(rate: f64, g: f64, h: T, x: T, z: f64) -> T {
    let variance = -(-h * (2.0 * rate)).exp_m1() * (g * g / (2.0 * rate));
    (-h * rate).exp() * x + variance.sqrt() * z
}

impl Solved<1> for GeometricBrownian {
    fn state<T: Number>(&self, h: T, x: &SVector<T, 1>, z: &Point<1>) -> SVector<T, 1> {
        x.map(|x| self.solution(1.0, h, h.sqrt() * z[0]) * x)
    }
}

/// X = eᵁ, where U is an Ornstein–Uhlenbeck process: dX = (½ς² − θ ln X) X dt + ς X dW,
/// growth that slows down above 1. Its drift is not affine.
pub(super) struct Gompertz {
    pub rate: f64,
    pub volatility: f64,
}

impl Diffusion<1> for Gompertz {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        let half = 0.5 * self.volatility.powi(2);
        x.map(|x| (-x.ln() * self.rate + half) * x)
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        SMatrix::from_element(x[0] * x[0] * self.volatility.powi(2))
    }
}

impl Solved<1> for Gompertz {
    fn state<T: Number>(&self, h: T, x: &SVector<T, 1>, z: &Point<1>) -> SVector<T, 1> {
        x.map(|x| decayed(self.rate, self.volatility, h, x.ln(), z[0]).exp())
    }
}

/// Two geometric Brownian motions on dependent noise: G = diag(ςᵢ xᵢ), Cov(dW) = Q dt.
pub(super) struct Pair {
    pub growth: [f64; 2],
    pub volatility: [f64; 2],
    pub noise: Matrix2<f64>,
}

impl Diffusion<2> for Pair {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::<T, 2>::from_fn(|i, _| x[i] * self.growth[i])
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        SMatrix::<T, 2, 2>::from_fn(|i, j| {
            let (gi, gj) = (x[i] * self.volatility[i], x[j] * self.volatility[j]);
            gi * gj * self.noise[(i, j)]
        })
    }
}

impl Solved<2> for Pair {
    fn state<T: Number>(&self, h: T, x: &SVector<T, 2>, z: &Point<2>) -> SVector<T, 2> {
        let w = self.noise.cholesky().expect("positive definite").l() * z;
        SVector::<T, 2>::from_fn(|i, _| {
            let s = self.volatility[i];
            let rate = self.growth[i] - 0.5 * s * s * self.noise[(i, i)];
            (h * rate + h.sqrt() * (s * w[i])).exp() * x[i]
        })
    }
}

/// Pairs (weight, z) that stand for N(0, I): the trapezoid rule out to 10 deviations, whose
/// error, for exponentials and polynomials of z, is below rounding.
pub(super) fn normal_nodes<const D: usize>() -> Vec<(f64, Point<D>)> {
    const SIDE: i32 = 20;
    let step = 10.0 / f64::from(SIDE);
    let line: Vec<(f64, f64)> = (-SIDE..=SIDE)
        .map(|i| step * f64::from(i))
        .map(|z| (step / TAU.sqrt() * (-0.5 * z * z).exp(), z))
        .collect();
    let mut nodes = vec![(1.0, Point::<D>::zeros())];
    for i in 0..D {
        let along = |(weight, z): &(f64, Point<D>)| {
            let (weight, mut z) = (*weight, *z);
            let add = move |&(w, u): &(f64, f64)| {
                z[i] = u;
                (weight * w, z)
            };
            line.iter().map(add).collect::<Vec<_>>()
        };
        nodes = nodes.iter().flat_map(along).collect();
    }
    nodes
}

/// The ensemble at time `h` of all that start at `x`.
pub(super) fn ensemble<const D: usize>(
    process: &impl Solved<D>,
    h: f64,
    x: &Point<D>,
) -> Vec<(f64, Point<D>)> {
    let state = |(w, z): (f64, Point<D>)| (w, process.state(h, x, &z));
    normal_nodes().into_iter().map(state).collect()
}

/// E[φ(X_{t+h}, t + h) | X_t = x], for any number h > 0.
pub(super) fn expectation<const D: usize, T: Number>(
    process: &impl Solved<D>,
    phi: &impl Smooth<D>,
    (t, h): (f64, T),
    x: &Point<D>,
) -> T {
    let start = x.map(T::from);
    let value =
        |(w, z): (f64, Point<D>)| phi.at(h + t, &process.state(h, &start, &z)) * w;
    normal_nodes().into_iter().map(value).fold(T::zero(), |sum, term| sum + term)
}

/// cos(1.3 t + 0.2) (x³ − 0.7 x²).
pub(super) struct Cubic;

impl Smooth<1> for Cubic {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        (t * 1.3 + 0.2).cos() * (x[0] - 0.7) * x[0] * x[0]
    }
}

/// (1 + t²) x₁ x₂² + 0.4 x₁².
pub(super) struct Mixed;

impl Smooth<2> for Mixed {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        (t * t + 1.0) * x[0] * x[1] * x[1] + x[0] * x[0] * 0.4
    }
}
