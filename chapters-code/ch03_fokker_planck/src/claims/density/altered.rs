//! Coefficients that are nearly the right ones.

use crate::operators::Diffusion;
use ch01_flows::fields::Number;
use nalgebra::{SMatrix, SVector};

/// A diffusion whose coefficients were copied with a mistake.
#[derive(Clone, Copy, Debug)]
pub struct Altered<'a, P> {
    /// What was copied.
    pub process: &'a P,
    /// A factor of the drift.
    pub drift: f64,
    /// A factor of the covariance rate on its diagonal.
    pub noise: f64,
    /// A factor of the covariance rate beside it.
    pub pairs: f64,
}

impl<'a, P> Altered<'a, P> {
    /// The very process.
    pub fn not(process: &'a P) -> Self {
        Self { process, drift: 1.0, noise: 1.0, pairs: 1.0 }
    }
}

impl<const D: usize, P: Diffusion<D>> Diffusion<D> for Altered<'_, P> {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        self.process.drift(t, x).map(|v| v * self.drift)
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, D>) -> SMatrix<T, D, D> {
        let a = self.process.covariance_rate(t, x);
        SMatrix::<T, D, D>::from_fn(|i, j| {
            a[(i, j)] * if i == j { self.noise } else { self.pairs }
        })
    }
}
