//! The discrete chains from which variance-preserving noise comes, step by step and all
//! steps at once.

use crate::schedules::Beta;
use ch01_flows::quadrature::GaussLegendre;
use dynamics::{Increment, TimeGrid};

// ANCHOR: link
/// One step of a chain: X ← κ X + √v ξ with ξ ~ N(0, I).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// κ.
    pub factor: f64,
    /// v ≥ 0, the variance that the step adds.
    pub variance: f64,
}

impl Link {
    /// The step of Euler and Maruyama: κ = 1 − ½ v.
    ///
    /// # Panics
    /// If v is negative.
    pub fn euler(v: f64) -> Self {
        assert!(v >= 0.0, "a step adds a variance of at least 0, and not {v}");
        Self { factor: 1.0 - 0.5 * v, variance: v }
    }

    /// The step that keeps unit variance: κ² + v = 1.
    ///
    /// # Panics
    /// If v lies outside [0, 1]: a step cannot renew more than all there is.
    pub fn preserving(v: f64) -> Self {
        assert!(
            (0.0..=1.0).contains(&v),
            "a step renews a share in [0, 1] and not {v}: take shorter steps"
        );
        Self { factor: (1.0 - v).sqrt(), variance: v }
    }

    /// κ x + √v ξ.
    pub fn step<X: Increment>(&self, x: &X, xi: &X) -> X {
        X::zero().plus(self.factor, x).plus(self.variance.sqrt(), xi)
    }

    /// Mean and variance after the step: κ m and κ² s + v.
    pub fn moments(&self, (mean, variance): (f64, f64)) -> (f64, f64) {
        (self.factor * mean, self.factor.powi(2) * variance + self.variance)
    }
}
// ANCHOR_END: link

// ANCHOR: quotients
/// The preserving link over [t, t + h]. It renews ΔB = B(t + h) − B(t).
pub fn link_over(beta: &Beta, t: f64, h: f64) -> Link {
    Link::preserving(beta.integral(t + h) - beta.integral(t))
}

/// Drift and g² at x as a link of length h shows them:
/// (E X′ − x)/h and Var X′/h.
pub fn quotients(link: &Link, x: f64, h: f64) -> (f64, f64) {
    let (mean, variance) = link.moments((x, 0.0));
    ((mean - x) / h, variance / h)
}
// ANCHOR_END: quotients

// ANCHOR: chain
/// n links over [0, t], h = t/n; the ith adds βᵢ h, with βᵢ = β(i h).
pub fn chain<F>(form: F, beta: &Beta, t: f64, n: usize) -> Vec<Link>
where
    F: Fn(f64) -> Link,
{
    let grid = TimeGrid::new(0.0, t, n);
    (0..n).map(|i| form(beta.at(grid.time(i)) * grid.h())).collect()
}

/// rᵢ = κᵢ κᵢ₊₁ … κₙ₋₁ for i = 0, …, n. At the end r₀ of the start is left,
/// and rᵢ₊₁ of the noise of step i.
pub fn remains(chain: &[Link]) -> Vec<f64> {
    let mut remains = vec![1.0];
    for link in chain.iter().rev() {
        remains.push(remains[remains.len() - 1] * link.factor);
    }
    remains.reverse();
    remains
}

/// All steps at once: xₙ = x₀ r₀ + Σ √vᵢ ξᵢ rᵢ₊₁.
pub fn unrolled(chain: &[Link], x0: f64, noise: &[f64]) -> f64 {
    let remains = remains(chain);
    let parts = chain.iter().zip(noise).zip(&remains[1..]);
    let noises = parts.map(|((link, xi), r)| link.variance.sqrt() * xi * r);
    x0 * remains[0] + noises.sum::<f64>()
}
// ANCHOR_END: chain

// ANCHOR: product-limit
/// The limit e^{−B/2} of ∏ (1 − ½ βᵢ h), and c of its relative error c h:
/// c = ¼ (β(t) − β(0)) − ⅛ ∫₀ᵗ β².
pub fn product_limit(beta: &Beta, t: f64) -> (f64, f64) {
    // Two nodes integrate polynomials of degree 3 exactly.
    let rule = GaussLegendre::new(2);
    let squares = rule.integral(|r: f64| beta.at(r).powi(2), 0.0, t);
    let c = 0.25 * (beta.at(t) - beta.at(0.0)) - 0.125 * squares;
    ((-0.5 * beta.integral(t)).exp(), c)
}
// ANCHOR_END: product-limit

// ANCHOR: noise-variance
/// Σ vᵢ r²ᵢ₊₁: the variance of xₙ given x₀.
pub fn noise_variance(chain: &[Link]) -> f64 {
    let remains = remains(chain);
    let left = |(link, r): (&Link, &f64)| link.variance * r * r;
    chain.iter().zip(&remains[1..]).map(left).sum()
}

/// β(r) e^{−(B(t) − B(r))}: what is left at t of the variance that came at r,
/// per unit of r.
pub fn aged_noise(beta: &Beta, r: f64, t: f64) -> f64 {
    beta.at(r) * (beta.integral(r) - beta.integral(t)).exp()
}
// ANCHOR_END: noise-variance

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "not 1.2: take shorter steps")]
    fn more_than_all_cannot_be_renewed() {
        let _ = Link::preserving(1.2);
    }

    #[test]
    #[should_panic(expected = "at least 0, and not -0.2")]
    fn a_step_takes_no_variance_away() {
        let _ = Link::euler(-0.2);
    }

    #[test]
    #[should_panic(expected = "at least one step")]
    fn a_chain_of_nothing_is_told() {
        let _ = chain(Link::euler, &Beta::SONG, 1.0, 0);
    }

    #[test]
    #[should_panic(expected = "not -0.2: take shorter steps")]
    fn less_than_nothing_cannot_be_renewed() {
        let _ = Link::preserving(-0.2);
    }

    #[test]
    fn what_remains_is_the_product_of_the_later_factors() {
        let links = [0.9, 0.5, -0.2].map(|factor| Link { factor, variance: 0.1 });
        let expected = [-0.09, -0.1, -0.2, 1.0];
        let found = remains(&links);
        assert_eq!(found.len(), expected.len());
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-16));
        assert_eq!(remains(&[]), [1.0]);
    }

    #[test]
    fn a_renewal_of_everything_forgets_the_start() {
        assert_eq!(Link::preserving(1.0).step(&7.0, &-1.3), -1.3);
        assert_eq!(Link::preserving(0.0).step(&7.0, &-1.3), 7.0);
    }
}
