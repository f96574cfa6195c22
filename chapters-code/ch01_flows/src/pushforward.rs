//! What a flow does to a law: expectations and densities of X_t from those of X_0.

use crate::fields::Number;
use crate::quadrature::trapezoid;
use num_dual::{Dual, first_derivative};
use std::f64::consts::TAU;

// ANCHOR: expectation
/// E φ(X_t) = ∫ φ(ψ_t(x)) p₀(x) dx, by the trapezoid rule over `range`.
///
/// The points move and the density stays where it was: p_t is not needed.
/// `range` holds all but a negligible part of p₀, say twelve standard
/// deviations either way.
pub fn expectation(
    phi: impl Fn(f64) -> f64,
    flow: impl Fn(f64) -> f64,
    density: impl Fn(f64) -> f64,
    range: (f64, f64),
) -> f64 {
    trapezoid(|x| phi(flow(x)) * density(x), range.0, range.1, 2000)
}
// ANCHOR_END: expectation

// ANCHOR: pushed-density
/// p_t(y) = p₀(ψ_t⁻¹(y)) |∂ψ_t⁻¹/∂y|, the density of ψ_t(X_0) for X_0 ~ p₀.
///
/// `inverse` is ψ_t⁻¹; its derivative is carried along by a dual number.
pub fn pushed_density<T: Number>(
    density: impl Fn(T) -> T,
    inverse: impl Fn(Dual<T>) -> Dual<T>,
    y: T,
) -> T {
    let (x, stretch) = first_derivative(inverse, y);
    density(x) * stretch.abs()
}
// ANCHOR_END: pushed-density

/// The density of N(mean, deviation²) at x.
pub fn gaussian<T: Number>(x: T, mean: T, deviation: T) -> T {
    let z = (x - mean) / deviation;
    (z * z * -0.5).exp() / (deviation * TAU.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_affine_flow_makes_a_gaussian_of_a_gaussian() {
        for y in [-1.3, 0.2, 2.9] {
            let pushed = pushed_density(
                |x: f64| gaussian(x, 0.4, 0.8),
                |y: Dual<f64>| (y - 0.7) / -1.6,
                y,
            );
            let expected = gaussian(y, 0.7 - 1.6 * 0.4, 1.6 * 0.8);
            assert!((pushed - expected).abs() < 1e-15);
        }
    }

    #[test]
    fn the_expectation_of_one_is_one() {
        let mass = expectation(
            |_| 1.0,
            f64::sin,
            |x| gaussian(x, 0.4, 0.8),
            (0.4 - 9.6, 0.4 + 9.6),
        );
        assert!((mass - 1.0).abs() < 1e-14);
    }
}
