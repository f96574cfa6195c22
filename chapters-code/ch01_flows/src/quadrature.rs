//! Integrals over an interval: the trapezoid rule and Gauss–Legendre.

use crate::fields::Number;
use std::f64::consts::PI;

/// The trapezoid rule with `n` intervals.
///
/// Of second order in general; for functions that vanish with all derivatives at both
/// ends, and for periodic ones over a period, the error falls faster than any power of
/// the step, which is why the book integrates against Gaussians with it.
pub fn trapezoid(f: impl Fn(f64) -> f64, low: f64, high: f64, n: usize) -> f64 {
    let h = (high - low) / n as f64;
    let inner: f64 = (1..n).map(|i| f(low + h * i as f64)).sum();
    h * (inner + (f(low) + f(high)) / 2.0)
}

/// Gauss–Legendre quadrature: exact for polynomials of degree up to 2n − 1.
///
/// Works on dual numbers, ends included, so an integral over a moving interval can be
/// differentiated as it stands.
#[derive(Clone, Debug)]
pub struct GaussLegendre {
    /// Pairs (node, weight) on [−1, 1].
    nodes: Vec<(f64, f64)>,
}

impl GaussLegendre {
    /// The rule with `n` nodes, n ≥ 1.
    pub fn new(n: usize) -> Self {
        let node = |i: usize| {
            // Newton's method from Tricomi's estimate of the i-th root of Pₙ.
            let mut x = (PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
            for _ in 0..8 {
                let (value, slope) = legendre(n, x);
                x -= value / slope;
            }
            let (_, slope) = legendre(n, x);
            (x, 2.0 / ((1.0 - x * x) * slope * slope))
        };
        Self { nodes: (0..n).map(node).collect() }
    }

    /// ∫ f(x) dx from `low` to `high`.
    pub fn integral<T>(&self, f: impl Fn(T) -> T, low: T, high: T) -> T
    where
        T: Number,
    {
        let (middle, half) = ((low + high) * 0.5, (high - low) * 0.5);
        let at = |&(x, weight): &(f64, f64)| f(middle + half * x) * weight;
        self.nodes.iter().map(at).sum::<T>() * half
    }

    /// The places between `low` and `high` with their weights, for sums over many places
    /// at once: ∫ f(x) dx ≈ Σ weight · f(place).
    pub fn places(&self, low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> {
        let (middle, half) = ((low + high) * 0.5, (high - low) * 0.5);
        self.nodes.iter().map(move |&(x, weight)| (middle + half * x, weight * half))
    }
}

/// Pₙ(x) and its derivative, by the three-term recursion; |x| < 1.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (0.0, 1.0);
    for k in 0..n {
        let k = k as f64;
        (before, value) = (value, ((2.0 * k + 1.0) * x * value - k * before) / (k + 1.0));
    }
    (value, n as f64 * (before - x * value) / (1.0 - x * x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_dual::Dual64;

    #[test]
    fn gauss_legendre_is_exact_up_to_degree_2n_minus_1() {
        for n in 1..30 {
            let rule = GaussLegendre::new(n);
            let power = 2 * n as i32 - 1;
            let expected =
                (1.7_f64.powi(power + 1) - 0.4_f64.powi(power + 1)) / (power + 1) as f64;
            let measured = rule.integral(|x: f64| x.powi(power), 0.4, 1.7);
            assert!(
                (measured / expected - 1.0).abs() < 1e-13,
                "{n}: {measured} {expected}"
            );
        }
        let beyond = GaussLegendre::new(2).integral(|x: f64| x.powi(4), -1.0, 1.0);
        assert!((beyond - 0.4).abs() > 0.1, "degree 2n is not integrated exactly");
    }

    #[test]
    fn an_integral_over_a_moving_interval_is_differentiated_with_its_ends() {
        // ∫ from t to t² of x³ dx = (t⁸ − t⁴)/4.
        let t = Dual64::new(1.3, 1.0);
        let measured = GaussLegendre::new(4).integral(|x| x * x * x, t, t * t);
        let expected = 2.0 * 1.3_f64.powi(7) - 1.3_f64.powi(3);
        assert!((measured.eps - expected).abs() < 1e-12);
    }

    #[test]
    fn the_trapezoid_rule_is_spectral_for_gaussians() {
        let mass = trapezoid(|x| (-x * x).exp(), -7.0, 7.5, 60);
        assert!((mass - PI.sqrt()).abs() < 1e-14);
    }
}
