//! The other reading of an equation with noise.

use dynamics::{ScalarNoise, Sde};

// ANCHOR: stratonovich
/// dX = f dt + g ∘ dW, for an equation with the drift f and the noise g: the
/// same process, written in Itô's sense.
#[derive(Clone, Copy, Debug)]
pub struct Stratonovich<E>(pub E);

impl<E: ScalarNoise<f64>> Sde<f64> for Stratonovich<E> {
    /// f + ½ g ∂g/∂x.
    fn drift(&self, t: f64, x: &f64) -> f64 {
        let (g, slope) = (self.0.diffusion(t, x), self.0.diffusion_gradient(t, x));
        self.0.drift(t, x) + 0.5 * g * slope
    }

    /// g ΔW.
    fn noise(&self, t: f64, x: &f64, dw: &f64) -> f64 {
        self.0.noise(t, x, dw)
    }
}
// ANCHOR_END: stratonovich
