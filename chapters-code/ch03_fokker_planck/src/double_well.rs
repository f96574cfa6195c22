//! Two valleys with a hill between them.

use dynamics::Sde;

// ANCHOR: double-well
/// dX = −U′(X) dt + g dW with U(x) = height · (x² − 1)² + tilt · x: valleys
/// near −1 and 1, a hill near 0.
#[derive(Clone, Copy, Debug)]
pub struct DoubleWell {
    /// How high the hill is, where there is no tilt.
    pub height: f64,
    /// Above 0 the left valley is the deeper one.
    pub tilt: f64,
    /// g: units of x per square root of time.
    pub diffusion: f64,
}

impl DoubleWell {
    /// U(x).
    pub fn potential(&self, x: f64) -> f64 {
        self.height * (x * x - 1.0).powi(2) + self.tilt * x
    }
}

impl Sde<f64> for DoubleWell {
    /// −U′(x).
    #[inline]
    fn drift(&self, _t: f64, x: &f64) -> f64 {
        -4.0 * self.height * x * (x * x - 1.0) - self.tilt
    }

    /// g ΔW.
    #[inline]
    fn noise(&self, _t: f64, _x: &f64, dw: &f64) -> f64 {
        self.diffusion * dw
    }
}
// ANCHOR_END: double-well

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drift_is_the_slope_of_the_potential_downhill() {
        let well = DoubleWell { height: 1.3, tilt: 0.35, diffusion: 0.9 };
        for x in [-1.7, -0.4, 0.2, 1.1] {
            let h = 1e-5;
            let slope = (well.potential(x + h) - well.potential(x - h)) / (2.0 * h);
            // Differences of second order: h² U‴/6, and rounding over h.
            assert!((well.drift(0.0, &x) + slope).abs() < 1e-8, "{x}");
        }
        assert_eq!(well.noise(0.0, &0.3, &2.0), 1.8);
    }
}
