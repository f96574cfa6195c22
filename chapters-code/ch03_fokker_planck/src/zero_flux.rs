//! Laws through which nothing flows.

use crate::flux::along;
use crate::operators::{Diffusion, Smooth};
use ch01_flows::fields::Number;
use ch01_flows::quadrature::GaussLegendre;
use ch02_brownian_motion::langevin::Potential;
use ch02_brownian_motion::overdamped::Overdamped;
use dynamics::{Point, Sde};
use nalgebra::{SMatrix, SVector};

// ANCHOR: zero-flux
/// g⁻² exp ∫ 2f/g² dx: on the line, the density, but for its constant,
/// through which nothing flows.
pub struct ZeroFlux<M> {
    /// f and a = g² > 0.
    pub diffusion: M,
    /// Where the integral begins. It only changes the constant.
    pub from: f64,
    /// What integrates.
    pub rule: GaussLegendre,
}

impl<M: Diffusion<1>> Smooth<1> for ZeroFlux<M> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        let variance = |y: &SVector<T, 1>| self.diffusion.covariance_rate(t, y)[0];
        let slope = |y: T| {
            let y = SVector::<T, 1>::new(y);
            self.diffusion.drift(t, &y)[0] * 2.0 / variance(&y)
        };
        let exponent = self.rule.integral(slope, T::from(self.from), x[0]);
        exponent.exp() / variance(x)
    }
}
// ANCHOR_END: zero-flux

// ANCHOR: downhill
/// dX = −c ∇U(X) dt + g dW: down the slope of U, with noise.
#[derive(Clone, Copy, Debug)]
pub struct Downhill<U> {
    /// U.
    pub potential: U,
    /// c > 0.
    pub pull: f64,
    /// g > 0: units of x per square root of time.
    pub noise: f64,
}

impl<U> Downhill<U> {
    /// 2c/g²: the law that stays is exp(−2cU/g²), but for its constant.
    pub fn steepness(&self) -> f64 {
        2.0 * self.pull / self.noise.powi(2)
    }
}

impl<U: Potential<D>, const D: usize> Diffusion<D> for Downhill<U> {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, D>) -> SVector<T, D> {
        let slope = |i: usize| self.potential.energy(&along(x, i)).eps;
        SVector::from_fn(|i, _| -slope(i) * self.pull)
    }

    fn covariance_rate<T: Number>(&self, _t: T, _: &SVector<T, D>) -> SMatrix<T, D, D> {
        SMatrix::from_diagonal_element(T::from(self.noise.powi(2)))
    }
}
// ANCHOR_END: downhill

// ANCHOR: boltzmann
/// exp(−βU), but for its constant.
#[derive(Clone, Copy, Debug)]
pub struct Boltzmann<U> {
    /// U.
    pub potential: U,
    /// β: one over an energy.
    pub steepness: f64,
}

impl<U: Potential<D>, const D: usize> Smooth<D> for Boltzmann<U> {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, D>) -> T {
        (-self.potential.energy(x) * self.steepness).exp()
    }
}
// ANCHOR_END: boltzmann

// ANCHOR: overdamped
impl<U> From<Overdamped<U>> for Downhill<U> {
    /// λ dx = −∇U dt + √(2λ k_B T) dW, divided by λ: c = 1/λ and
    /// g = √(2 k_B T/λ).
    fn from(Overdamped { potential, medium }: Overdamped<U>) -> Self {
        let pull = 1.0 / medium.friction;
        Self { potential, pull, noise: medium.strength() / medium.friction }
    }
}
// ANCHOR_END: overdamped

/// A diffusion with a = g² I, as an equation that particles can follow.
pub struct Followed<M>(pub M);

impl<M: Diffusion<D>, const D: usize> Sde<Point<D>> for Followed<M> {
    fn drift(&self, t: f64, x: &Point<D>) -> Point<D> {
        self.0.drift(t, x)
    }

    fn noise(&self, t: f64, x: &Point<D>, dw: &Point<D>) -> Point<D> {
        dw * self.0.covariance_rate(t, x)[(0, 0)].sqrt()
    }
}
