//! Two densities in closed form: of the Ornstein–Uhlenbeck process and of geometric
//! Brownian motion, each from one place.

use crate::operators::{Diffusion, Smooth};
use ch01_flows::fields::Number;
use ch02_brownian_motion::{GeometricBrownian, OrnsteinUhlenbeck};
use nalgebra::{SMatrix, SVector};
use std::f64::consts::TAU;

impl Diffusion<1> for OrnsteinUhlenbeck {
    /// −θ x.
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        SVector::<T, 1>::new(-x[0] * self.rate)
    }

    /// g².
    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        SMatrix::<T, 1, 1>::new(T::from(self.diffusion.powi(2)))
    }
}

impl Diffusion<1> for GeometricBrownian {
    /// μ x.
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        SVector::<T, 1>::new(x[0] * self.growth)
    }

    /// ς² x².
    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        SMatrix::<T, 1, 1>::new(x[0] * x[0] * self.volatility.powi(2))
    }
}

/// N(x; m, v) on the line, v > 0.
pub fn normal<T: Number>(x: T, m: T, v: T) -> T {
    let d = x - m;
    (-(d * d) / v * 0.5).exp() / (v * TAU).sqrt()
}

// ANCHOR: ou-transition
/// p(x at t | x₀ at 0) = N(x; x₀ e^{−θt}, g² (1 − e^{−2θt})/(2θ)) for t > 0.
/// With θ = 0 the variance is g² t.
pub fn ou_transition<T: Number>(ou: &OrnsteinUhlenbeck, t: T, x: T, x0: T) -> T {
    let mean = x0 * (-t * ou.rate).exp();
    // exp_m1(y) = e^y − 1, with all its digits where y is small.
    let time = match ou.rate {
        0.0 => t,
        rate => -(-t * (2.0 * rate)).exp_m1() / (2.0 * rate),
    };
    normal(x, mean, time * ou.diffusion.powi(2))
}
// ANCHOR_END: ou-transition

// ANCHOR: gbm-transition
/// p(x at t | x₀ at 0) = N(ln x; ln x₀ + (μ − ς²/2) t, ς² t) / x for t > 0, with
/// x and x₀ above 0.
pub fn gbm_transition<T: Number>(gbm: &GeometricBrownian, t: T, x: T, x0: T) -> T {
    let variance = t * gbm.volatility.powi(2);
    let mean = x0.ln() + t * gbm.growth - variance * 0.5;
    normal(x.ln(), mean, variance) / x
}
// ANCHOR_END: gbm-transition

/// The density of a process that starts from one place at time 0.
#[derive(Clone, Copy, Debug)]
pub struct Started<P> {
    /// The process.
    pub process: P,
    /// x₀.
    pub start: f64,
}

impl Smooth<1> for Started<OrnsteinUhlenbeck> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        ou_transition(&self.process, t, x[0], T::from(self.start))
    }
}

impl Smooth<1> for Started<GeometricBrownian> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        gbm_transition(&self.process, t, x[0], T::from(self.start))
    }
}
