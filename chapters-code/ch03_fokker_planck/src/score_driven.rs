//! Diffusions that keep a given law: Langevin's equation, and what may be added to it.

use crate::flux::along;
use crate::operators::{Diffusion, Smooth};
use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use dynamics::Point;
use nalgebra::{SMatrix, SVector};
use num_dual::{Dual, HyperDual64};

// ANCHOR: score
/// ∇ log p at (t, x), p > 0 with any constant: it cancels in ∇p/p.
pub fn score<T: Number, const D: usize>(
    p: &impl Smooth<D>,
    t: T,
    x: &SVector<T, D>,
) -> SVector<T, D> {
    SVector::from_fn(|i, _| {
        let value = p.at(Dual::from_re(t), &along(x, i));
        value.eps / value.re
    })
}
// ANCHOR_END: score

// ANCHOR: score-driven
/// g: how strong the noise is at a time.
pub trait Strength: Sync {
    /// g(t) ≥ 0: units of x per square root of time.
    fn at<T: Number>(&self, t: T) -> T;
}

impl Strength for f64 {
    fn at<T: Number>(&self, _t: T) -> T {
        T::from(*self)
    }
}

/// dX = ½ g(t)² ∇ log p(X) dt + g(t) dW.
#[derive(Clone, Copy, Debug)]
pub struct ScoreDriven<P, G> {
    /// p.
    pub target: P,
    /// g.
    pub noise: G,
}

impl<P: Smooth<D>, G: Strength, const D: usize> Diffusion<D> for ScoreDriven<P, G> {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        let g = self.noise.at(t);
        score(&self.target, t, x).map(|s| s * g * g * 0.5)
    }

    fn covariance_rate<T: Number>(&self, t: T, _: &SVector<T, D>) -> SMatrix<T, D, D> {
        let g = self.noise.at(t);
        SMatrix::from_diagonal_element(g * g)
    }
}
// ANCHOR_END: score-driven

// ANCHOR: circulating
/// [`ScoreDriven`] with A ∇ log p added to the drift.
#[derive(Clone, Copy, Debug)]
pub struct Circulating<P, G, const D: usize> {
    /// p and g.
    pub langevin: ScoreDriven<P, G>,
    /// A. It keeps p if A = −Aᵀ.
    pub turn: SMatrix<f64, D, D>,
}

impl<P, G, const D: usize> Diffusion<D> for Circulating<P, G, D>
where
    P: Smooth<D>,
    G: Strength,
{
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        let s = score(&self.langevin.target, t, x);
        let turned = |i| (0..D).map(|j| s[j] * self.turn[(i, j)]).sum::<T>();
        self.langevin.drift(t, x) + SVector::from_fn(|i, _| turned(i))
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, D>) -> SMatrix<T, D, D> {
        self.langevin.covariance_rate(t, x)
    }
}
// ANCHOR_END: circulating

// ANCHOR: relative-form
/// The terms of ∇·(p⋆ ∇(p/p⋆)) at x: what [`ScoreDriven`] with g = √2 and the
/// target p⋆ does to a density p.
pub fn relative_form<const D: usize>(
    density: &impl Smooth<D>,
    target: &impl Smooth<D>,
    x: &Point<D>,
) -> Balance {
    let zero = HyperDual64::from_re(0.0);
    let terms = (0..D).flat_map(|i| {
        let mut y = x.map(HyperDual64::from_re);
        (y[i].eps1, y[i].eps2) = (1.0, 1.0);
        let kept = target.at(zero, &y);
        let ratio = density.at(zero, &y) / kept;
        // ∂(p⋆ ∂r) = ∂p⋆ ∂r + p⋆ ∂²r.
        [kept.eps1 * ratio.eps1, kept.re * ratio.eps1eps2]
    });
    Balance::of(terms)
}
// ANCHOR_END: relative-form
