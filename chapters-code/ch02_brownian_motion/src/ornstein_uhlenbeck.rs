//! The Ornstein–Uhlenbeck process.

use dynamics::{ScalarNoise, Sde, State};
use std::ops::Mul;

// ANCHOR: ornstein-uhlenbeck
/// dX = −θ X dt + g dW: pulled back to 0 at the rate θ, kept moving by noise.
///
/// The state is a number or a point; each coordinate has its own noise.
#[derive(Clone, Copy, Debug)]
pub struct OrnsteinUhlenbeck {
    /// θ > 0, per unit of time.
    pub rate: f64,
    /// g ≥ 0: units of x per square root of time.
    pub diffusion: f64,
}

impl<S: State + Copy + Mul<f64, Output = S>> Sde<S> for OrnsteinUhlenbeck {
    /// −θ x.
    #[inline]
    fn drift(&self, _t: f64, x: &S) -> S {
        *x * -self.rate
    }

    /// g ΔW.
    #[inline]
    fn noise(&self, _t: f64, _x: &S, dw: &S) -> S {
        *dw * self.diffusion
    }
}
// ANCHOR_END: ornstein-uhlenbeck

impl ScalarNoise<f64> for OrnsteinUhlenbeck {
    fn diffusion(&self, _t: f64, _x: &f64) -> f64 {
        self.diffusion
    }

    fn diffusion_gradient(&self, _t: f64, _x: &f64) -> f64 {
        0.0
    }
}
