//! Weak errors without a single draw: the moments of a method, from step to step.

use dynamics::{SdeMethod, TimeGrid};

/// E X and E X².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// E X.
    pub first: f64,
    /// E X².
    pub second: f64,
}

impl Moments {
    /// Those of a number that is not random.
    pub fn of(x: f64) -> Self {
        Self { first: x, second: x * x }
    }
}

// ANCHOR: moments
/// Weights and places of a law on three points that has the moments 0, 1, 0, 3,
/// 0 of N(0, 1): for polynomials of degree 5 the two laws have the same mean.
const NORMAL: [(f64, f64); 3] = [
    (1.0 / 6.0, -1.732_050_807_568_877_2),
    (2.0 / 3.0, 0.0),
    (1.0 / 6.0, 1.732_050_807_568_877_2),
];

/// The first two moments of a method's state after all steps of `grid`, without
/// a draw.
///
/// Exact, but for rounding, where f and g are affine in x: then a step of each
/// of our methods is α x + β, where α and β are polynomials in ΔW of degree 2
/// at most, and α and β do not depend on x.
pub fn moments<E: ?Sized, M: SdeMethod<E, f64, f64>>(
    method: &M,
    sde: &E,
    grid: TimeGrid,
    start: Moments,
) -> Moments {
    let h = grid.h();
    (0..grid.steps).map(|i| grid.time(i)).fold(start, |m, t| {
        let (mut first, mut second) = (0.0, 0.0);
        for (weight, normal) in NORMAL {
            let dw = h.sqrt() * normal;
            let beta = method.step(sde, t, h, &0.0, &dw);
            let alpha = method.step(sde, t, h, &1.0, &dw) - beta;
            first += weight * (alpha * m.first + beta);
            second += weight
                * (alpha * alpha * m.second + 2.0 * alpha * beta * m.first + beta * beta);
        }
        Moments { first, second }
    })
}
// ANCHOR_END: moments

// ANCHOR: order-at-zero
/// The order of a method, from its errors at steps of which each is half of the
/// one before.
///
/// Two neighbours e(h) = C hᵖ (1 + c h + …) give p + c h/(2 ln 2) + … as their
/// slope, and the next two half of that excess: twice the last slope less the
/// one before is free of it.
///
/// # Panics
/// If there are fewer than three errors.
pub fn order_at_zero(errors: &[f64]) -> f64 {
    let n = errors.len();
    assert!(n >= 3, "two slopes need three errors, not {n}");
    let slope = |i: usize| (errors[i] / errors[i + 1]).log2();
    2.0 * slope(n - 2) - slope(n - 3)
}
// ANCHOR_END: order-at-zero

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EulerMaruyama, OrnsteinUhlenbeck};

    #[test]
    fn the_three_points_have_the_moments_of_the_normal_law() {
        for (power, expected) in (0..).zip([1.0, 0.0, 1.0, 0.0, 3.0, 0.0]) {
            let moment: f64 = NORMAL.iter().map(|(w, x)| w * x.powi(power)).sum();
            assert!((moment - expected).abs() < 1e-15, "{power}: {moment}");
        }
    }

    #[test]
    fn a_step_of_euler_maruyama_has_known_moments() {
        let sde = OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.4 };
        let start = Moments { first: 0.3, second: 0.5 };
        let one = moments(&EulerMaruyama, &sde, TimeGrid::new(0.0, 0.1, 1), start);
        let q: f64 = 1.0 - 0.07;
        assert!((one.first - q * 0.3).abs() < 1e-15);
        assert!((one.second - (q * q * 0.5 + 0.016)).abs() < 1e-15);
    }

    #[test]
    fn the_first_term_beyond_the_order_is_taken_off() {
        let error = |k: i32| {
            let h = 0.5_f64.powi(k);
            3.0 * h * h * (1.0 + 2.0 * h)
        };
        let order = order_at_zero(&[error(6), error(7), error(8)]);
        // What is left is of order h²: c² h²/ln 2 and its like.
        assert!((order - 2.0).abs() < 5e-4, "{order}");
    }
}
