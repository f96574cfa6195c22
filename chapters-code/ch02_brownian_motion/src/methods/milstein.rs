//! Milstein's method.

use dynamics::{ScalarNoise, SdeMethod};

// ANCHOR: milstein
/// Milstein's step: Euler–Maruyama plus ½ g g′ (ΔW² − h).
///
/// Itô, on the line. Strong order 1; equals Euler–Maruyama where g does not
/// depend on x. `h > 0`; `dw` is the increment over the same interval, of
/// variance `h`.
///
/// Milstein (1974); Kloeden & Platen (1992), §10.3.
#[derive(Clone, Copy, Debug)]
pub struct Milstein;

impl<E: ScalarNoise<f64> + ?Sized> SdeMethod<E, f64, f64> for Milstein {
    const STRONG_ORDER: f64 = 1.0;
    const WEAK_ORDER: f64 = 1.0;

    fn step(&self, sde: &E, t: f64, h: f64, x: &f64, dw: &f64) -> f64 {
        let (g, slope) = (sde.diffusion(t, x), sde.diffusion_gradient(t, x));
        x + h * sde.drift(t, x) + g * dw + 0.5 * g * slope * (dw * dw - h)
    }
}
// ANCHOR_END: milstein
