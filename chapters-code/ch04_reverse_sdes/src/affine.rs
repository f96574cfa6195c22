//! Affine equations on the line: mean and variance in closed form, whatever the
//! coefficients do in time.

use ch01_flows::quadrature::GaussLegendre;
use dynamics::Sde;

// ANCHOR: affine
/// dX = (a(t) X + b(t)) dt + g(t) dW on the line.
#[derive(Clone, Copy, Debug)]
pub struct Affine {
    /// a, per unit of time.
    pub rate: fn(f64) -> f64,
    /// b, units of x per unit of time.
    pub push: fn(f64) -> f64,
    /// g, units of x per square root of time.
    pub diffusion: fn(f64) -> f64,
}

impl Affine {
    /// A(t) = ∫₀ᵗ a.
    pub fn growth(&self, t: f64) -> f64 {
        rule().integral(self.rate, 0.0, t)
    }

    /// e(t) = E[X_t | X₀ = x₀] = e^{A(t)} (x₀ + ∫₀ᵗ e^{−A(r)} b(r) dr).
    pub fn mean(&self, t: f64, x0: f64) -> f64 {
        let aged = |r: f64| (-self.growth(r)).exp() * (self.push)(r);
        self.growth(t).exp() * (x0 + rule().integral(aged, 0.0, t))
    }

    /// V(t) = Var(X_t | X₀) = e^{2A(t)} ∫₀ᵗ e^{−2A(r)} g(r)² dr.
    pub fn variance(&self, t: f64) -> f64 {
        let aged = |r: f64| (-2.0 * self.growth(r)).exp() * (self.diffusion)(r).powi(2);
        (2.0 * self.growth(t)).exp() * rule().integral(aged, 0.0, t)
    }
}

/// Exact to rounding for coefficients as smooth as ours.
fn rule() -> GaussLegendre {
    GaussLegendre::new(24)
}
// ANCHOR_END: affine

impl Sde<f64> for Affine {
    fn drift(&self, t: f64, x: &f64) -> f64 {
        (self.rate)(t) * x + (self.push)(t)
    }

    fn noise(&self, t: f64, _x: &f64, dw: &f64) -> f64 {
        (self.diffusion)(t) * dw
    }
}

// ANCHOR: total
/// Mean and variance of X_t if X₀ has the mean m and the variance v:
/// e(t) from m, and V(t) + e^{2A(t)} v.
pub fn total(affine: &Affine, t: f64, (mean, variance): (f64, f64)) -> (f64, f64) {
    let carried = (2.0 * affine.growth(t)).exp() * variance;
    (affine.mean(t, mean), affine.variance(t) + carried)
}
// ANCHOR_END: total
