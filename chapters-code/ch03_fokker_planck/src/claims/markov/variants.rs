//! Wrong neighbours of both of Kolmogorov's equations.

use crate::kolmogorov::backward_kolmogorov;
use crate::operators::{Diffusion, Smooth, adjoint_terms, fokker_planck, generator};
use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use dynamics::Point;
use nalgebra::{SMatrix, SVector};
use num_dual::Dual64;
use std::iter::once;

/// An equation for a function of time and place, as what is left of it.
pub(super) trait Equation {
    /// What is left at (t, x).
    fn balance<const D: usize>(
        diffusion: &impl Diffusion<D>,
        p: &impl Smooth<D>,
        t: f64,
        x: &Point<D>,
    ) -> Balance;
}

/// A diffusion with multiples of its drift and of its noise.
struct Scaled<'a, S>(&'a S, f64, f64);

impl<const D: usize, S: Diffusion<D>> Diffusion<D> for Scaled<'_, S> {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        self.0.drift(t, x).map(|v| v * self.1)
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, D>) -> SMatrix<T, D, D> {
        self.0.covariance_rate(t, x).map(|v| v * self.2)
    }
}

/// ∂ₜp.
fn rate<const D: usize>(p: &impl Smooth<D>, t: f64, x: &Point<D>) -> f64 {
    p.at(Dual64::new(t, 1.0), &x.map(Dual64::from)).eps
}

macro_rules! equation {
    ($(#[$doc:meta] $name:ident: $balance:expr;)*) => {$(
        #[$doc]
        pub(super) struct $name;
        impl Equation for $name {
            fn balance<const D: usize>(
                diffusion: &impl Diffusion<D>,
                p: &impl Smooth<D>,
                t: f64,
                x: &Point<D>,
            ) -> Balance {
                $balance(diffusion, p, t, x)
            }
        }
    )*};
}

equation! {
    /// ∂ₜp = 𝒜*p.
    Forwards: fokker_planck;
    /// ∂ₜp = 𝒜p.
    ForwardsOutside: |d, p, t, x| {
        let change = rate(p, t, x);
        let applied = generator(d, p, t, x) - change;
        Balance::of([change, -applied])
    };
    /// ∂ₜp = 𝒜*p with 𝒜 of twice the noise.
    ForwardsTwice: |d, p, t, x| fokker_planck(&Scaled(d, 1.0, 2.0), p, t, x);
    /// ∂ₜp = 𝒜*p with the drift reversed.
    ForwardsAgainst: |d, p, t, x| fokker_planck(&Scaled(d, -1.0, 1.0), p, t, x);
    /// ∂ₜv + 𝒜v = 0.
    Backwards: backward_kolmogorov;
    /// ∂ₜv = 𝒜v.
    BackwardsInTime: |d, v, t, x| {
        let change = rate(v, t, x);
        let applied = generator(d, v, t, x) - change;
        Balance::of([change, -applied])
    };
    /// ∂ₜv + ∂(fv) + ½ ∂²(av) = 0.
    BackwardsInside: |d, v, t, x| {
        let inside = Scaled(d, -1.0, 1.0);
        Balance::of(once(rate(v, t, x)).chain(adjoint_terms(&inside, v, t, x)))
    };
    /// ∂ₜv + 𝒜*v = 0.
    BackwardsAdjoint: |d, v, t, x| {
        Balance::of(once(rate(v, t, x)).chain(adjoint_terms(d, v, t, x)))
    };
    /// ∂ₜv + 𝒜v = 0 with 𝒜 of twice the noise.
    BackwardsTwice: |d, v, t, x| backward_kolmogorov(&Scaled(d, 1.0, 2.0), v, t, x);
}
