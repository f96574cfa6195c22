//! A divergence from one derivative: look along a random direction.

use ch01_flows::laws::Place;
use dynamics::Point;
use nalgebra::SMatrix;
use num_dual::Dual64;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

// ANCHOR: sliced
/// s(x) and s′(x) v: s at x + ε v, for the price of one derivative.
pub fn along<const D: usize>(
    s: impl Fn(&Place<D>) -> Place<D>,
    x: &Point<D>,
    v: &Point<D>,
) -> (Point<D>, Point<D>) {
    let s = s(&x.zip_map(v, Dual64::new));
    (s.map(|s| s.re), s.map(|s| s.eps))
}

/// ½(v·s)² + v·s′(x) v: the implicit loss as it looks along v.
pub fn sliced_at<const D: usize>(
    s: impl Fn(&Place<D>) -> Place<D>,
    x: &Point<D>,
    v: &Point<D>,
) -> f64 {
    let (s, moved) = along(s, x, v);
    0.5 * v.dot(&s).powi(2) + v.dot(&moved)
}

/// ½|s|² + v·s′(x) v: only the divergence is left to chance.
pub fn half_sliced_at<const D: usize>(
    s: impl Fn(&Place<D>) -> Place<D>,
    x: &Point<D>,
    v: &Point<D>,
) -> f64 {
    let (s, moved) = along(s, x, v);
    0.5 * s.norm_squared() + v.dot(&moved)
}
// ANCHOR_END: sliced

// ANCHOR: directions
/// Random directions v with E v vᵀ = I.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directions {
    /// From N(0, I).
    Normal,
    /// Each coordinate 1 or −1 with equal chances.
    Signs,
}

impl Directions {
    /// One of them.
    pub fn draw<const D: usize>(self, draws: &mut impl Rng) -> Point<D> {
        Point::from_fn(|_, _| match self {
            Self::Normal => StandardNormal.sample(draws),
            Self::Signs if draws.random() => 1.0,
            Self::Signs => -1.0,
        })
    }

    /// The variance of v·A v about its mean tr A.
    pub fn variance<const D: usize>(self, a: &SMatrix<f64, D, D>) -> f64 {
        let all = 0.5 * (a + a.transpose()).norm_squared();
        match self {
            Self::Normal => all,
            Self::Signs => all - 2.0 * a.diagonal().norm_squared(),
        }
    }
}
// ANCHOR_END: directions
