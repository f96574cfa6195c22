//! Geometric Brownian motion.

use ch01_flows::fields::Number;
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

// ANCHOR: geometric-solution
impl GeometricBrownian {
    /// X_t = x₀ exp((μ − ς²/2) t + ς w) where the Brownian motion is at w.
    ///
    /// Written for dual numbers too, so that it can be differentiated by t and w.
    pub fn solution<T: Number>(&self, x0: f64, t: T, w: T) -> T {
        let rate = self.growth - self.volatility.powi(2) / 2.0;
        (t * rate + w * self.volatility).exp() * x0
    }

    /// E X_t = x₀ exp(μt).
    pub fn mean(&self, x0: f64, t: f64) -> f64 {
        x0 * (self.growth * t).exp()
    }

    /// E X_t² = x₀² exp((2μ + ς²) t).
    pub fn second_moment(&self, x0: f64, t: f64) -> f64 {
        x0.powi(2) * ((2.0 * self.growth + self.volatility.powi(2)) * t).exp()
    }

    /// The value that X_t exceeds with probability ½: that of w = 0, for
    /// x₀ > 0.
    pub fn median(&self, x0: f64, t: f64) -> f64 {
        self.solution(x0, t, 0.0)
    }
}
// ANCHOR_END: geometric-solution

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
