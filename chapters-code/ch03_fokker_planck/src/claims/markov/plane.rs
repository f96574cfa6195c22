//! A diffusion in the plane that drifts in spirals, with correlated noise.

use crate::markov::Event;
use crate::operators::{Diffusion, Smooth};
use ch01_flows::fields::Number;
use nalgebra::{Matrix2, SMatrix, SVector, Vector2};
use std::f64::consts::TAU;

/// X = M Z, where Z shrinks at the rate θ, turns at the rate ω and has noise of variance
/// q per unit of time in each direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spiral;

const RATE: f64 = 0.7;
const TURN: f64 = 1.3;
const NOISE: f64 = 0.6;

fn shear() -> Matrix2<f64> {
    Matrix2::new(1.3, 0.4, -0.2, 0.9)
}

fn unsheared<T: Number>(x: &SVector<T, 2>) -> SVector<T, 2> {
    shear().try_inverse().expect("M has an inverse").map(T::from) * x
}

impl Diffusion<2> for Spiral {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        let z = unsheared(x);
        let moved = Vector2::new(-z[0] * RATE - z[1] * TURN, z[0] * TURN - z[1] * RATE);
        shear().map(T::from) * moved
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        (shear() * shear().transpose() * NOISE).map(T::from)
    }
}

/// p(x at t | y at r).
fn density<T: Number>(r: T, y: &SVector<T, 2>, t: T, x: &SVector<T, 2>) -> T {
    let (z, to, span) = (unsheared(y), unsheared(x), t - r);
    let (shrunk, cos, sin) =
        ((-span * RATE).exp(), (span * TURN).cos(), (span * TURN).sin());
    let mean = Vector2::new(z[0] * cos - z[1] * sin, z[0] * sin + z[1] * cos)
        .map(|v| v * shrunk);
    let variance = -(-span * (2.0 * RATE)).exp_m1() * (NOISE / (2.0 * RATE));
    let d = to - mean;
    (-(d[0] * d[0] + d[1] * d[1]) / variance * 0.5).exp()
        / (variance * (TAU * shear().determinant()))
}

/// The density of the later place, or of the earlier one, while the other is fixed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seen {
    /// As a function of the later time and place.
    From(Event<f64>, f64),
    /// As a function of the earlier time and place.
    To(Event<f64>, f64),
}

impl Smooth<2> for Seen {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        let point = |a: f64, b: f64| SVector::<T, 2>::new(T::from(a), T::from(b));
        match *self {
            Self::From((r, a), b) => density(T::from(r), &point(a, b), t, x),
            Self::To((s, a), b) => density(t, x, T::from(s), &point(a, b)),
        }
    }
}
