//! The generator of the page, and its wrong neighbours.

use crate::{Diffusion, Smooth, generator};
use ch01_flows::fields::Number;
use dynamics::Point;
use nalgebra::{SMatrix, SVector};

/// What is taken for (∂ₜ + 𝒜) φ at (t, x).
pub(super) trait Operator {
    /// Its value.
    fn at<const D: usize>(
        &self,
        diffusion: &impl Diffusion<D>,
        phi: &impl Smooth<D>,
        t: f64,
        x: &Point<D>,
    ) -> f64;
}

/// The function of the page.
pub(super) struct Shown;

impl Operator for Shown {
    fn at<const D: usize>(
        &self,
        diffusion: &impl Diffusion<D>,
        phi: &impl Smooth<D>,
        t: f64,
        x: &Point<D>,
    ) -> f64 {
        generator(diffusion, phi, t, x)
    }
}

/// The generator whose terms have other factors.
#[derive(Clone, Copy)]
pub(super) struct Factors {
    /// Of ∂ₜφ.
    pub time: f64,
    /// Of the terms ½ aᵢᵢ ∂ᵢᵢφ.
    pub own: f64,
    /// Of the terms ½ aᵢⱼ ∂ᵢⱼφ with i ≠ j.
    pub across: f64,
}

impl Factors {
    pub(super) const TRUE: Self = Self { time: 1.0, own: 1.0, across: 1.0 };
}

/// A diffusion whose coefficients have other factors.
pub(super) struct Changed<'a, E> {
    pub of: &'a E,
    /// Of f.
    pub drift: f64,
    /// Of aᵢᵢ.
    pub own: f64,
    /// Of aᵢⱼ with i ≠ j.
    pub across: f64,
}

impl<const D: usize, E: Diffusion<D>> Diffusion<D> for Changed<'_, E> {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        self.of.drift(t, x).map(|f| f * self.drift)
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, D>) -> SMatrix<T, D, D> {
        let a = self.of.covariance_rate(t, x);
        let factor = |i, j| if i == j { self.own } else { self.across };
        SMatrix::from_fn(|i, j| a[(i, j)] * factor(i, j))
    }
}

impl Operator for Factors {
    fn at<const D: usize>(
        &self,
        diffusion: &impl Diffusion<D>,
        phi: &impl Smooth<D>,
        t: f64,
        x: &Point<D>,
    ) -> f64 {
        let still = Changed { of: diffusion, drift: 0.0, own: 0.0, across: 0.0 };
        let changed =
            Changed { of: diffusion, drift: 1.0, own: self.own, across: self.across };
        let rate = generator(&still, phi, t, x);
        generator(&changed, phi, t, x) + (self.time - 1.0) * rate
    }
}
