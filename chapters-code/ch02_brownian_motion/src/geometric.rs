//! Geometric Brownian motion.

use dynamics::{ScalarNoise, Sde};

// ANCHOR: geometric
/// dX = μ X dt + ς X dW: growth at the rate μ, and noise in proportion to what
/// there is.
#[derive(Clone, Copy, Debug)]
pub struct GeometricBrownian {
    /// μ, per unit of time.
    pub growth: f64,
    /// ς ≥ 0, per square root of time.
    pub volatility: f64,
}

impl Sde<f64> for GeometricBrownian {
    /// μ x.
    #[inline]
    fn drift(&self, _t: f64, x: &f64) -> f64 {
        self.growth * x
    }

    /// ς x ΔW.
    #[inline]
    fn noise(&self, _t: f64, x: &f64, dw: &f64) -> f64 {
        self.volatility * x * dw
    }
}
// ANCHOR_END: geometric

impl ScalarNoise<f64> for GeometricBrownian {
    /// ς x.
    fn diffusion(&self, _t: f64, x: &f64) -> f64 {
        self.volatility * x
    }

    /// ς.
    fn diffusion_gradient(&self, _t: f64, _x: &f64) -> f64 {
        self.volatility
    }
}
