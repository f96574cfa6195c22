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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_draw_by_hand() {
        // s = (x y, x) at (2, 0.5): s = (1, 2) and s′ = [[0.5, 2], [1, 0]].
        let s = |x: &Place<2>| Place::<2>::new(x[0] * x[1], x[0]);
        let (x, v) = (Point::<2>::new(2.0, 0.5), Point::<2>::new(2.0, -1.0));
        // s′ v = (−1, 2), v·s′ v = −4, v·s = 0; and with w = (2, 1): 8 and 4.
        let (value, moved) = along(s, &x, &v);
        assert_eq!((value.x, value.y, moved.x, moved.y), (1.0, 2.0, -1.0, 2.0));
        assert_eq!(sliced_at(s, &x, &v), -4.0);
        assert_eq!(half_sliced_at(s, &x, &v), 2.5 - 4.0);
        let w = Point::<2>::new(2.0, 1.0);
        assert_eq!(sliced_at(s, &x, &w), 8.0 + 8.0);
        assert_eq!(half_sliced_at(s, &x, &w), 2.5 + 8.0);
    }
}
