//! What a score is, what it says of a law, and the loss that one would like to have.

use ch01_flows::quadrature::GaussLegendre;
use dynamics::Point;
use nalgebra::SVector;
use num_dual::{Dual64, DualNum};

// ANCHOR: score
/// The score ∇ log p(x), for a density that is positive at x. A factor may be
/// missing.
pub fn score<const D: usize>(
    density: impl Fn(&SVector<Dual64, D>) -> Dual64,
    x: &Point<D>,
) -> Point<D> {
    Point::<D>::from_fn(|i, _| {
        let mut along = x.map(Dual64::from_re);
        along[i].eps = 1.0;
        density(&along).ln().eps
    })
}
// ANCHOR_END: score

// ANCHOR: mixture-score
/// A round heap: weight w, middle m and deviation c of w N(m, c² I).
pub type Heap<const D: usize> = (f64, Point<D>, f64);

/// The share of each heap in their sum at x. The largest exponent is taken out,
/// so that no x is too far away.
pub fn responsibilities<const D: usize>(heaps: &[Heap<D>], x: &Point<D>) -> Vec<f64> {
    let log = |(w, m, c): &Heap<D>| {
        w.ln() - D as f64 * c.ln() - 0.5 * ((x - m) / *c).norm_squared()
    };
    let top = heaps.iter().map(log).fold(f64::NEG_INFINITY, f64::max);
    let raw = heaps.iter().map(|heap| (log(heap) - top).exp());
    let mut shares: Vec<f64> = raw.collect();
    let total: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|r| *r /= total);
    shares
}

/// ∇ log Σ wₖ N(x; mₖ, cₖ² I): every heap pulls to its middle, by its share.
pub fn mixture_score<const D: usize>(heaps: &[Heap<D>], x: &Point<D>) -> Point<D> {
    let shares = responsibilities(heaps, x);
    let pull = |((_, m, c), r): (&Heap<D>, f64)| (m - x) * (r / (c * c));
    heaps.iter().zip(shares).map(pull).sum()
}
// ANCHOR_END: mixture-score

// ANCHOR: weighted
/// A law as weighted points: E f = Σ w f(x).
pub type Weighted<const D: usize> = Vec<(f64, Point<D>)>;

/// A field of vectors, such as a score or a model of one.
pub type Field<'a, const D: usize> = &'a dyn Fn(&Point<D>) -> Point<D>;

/// The trapezoid rule on the cube [low, high]ᴰ, with `cells` cells of side h along
/// each axis: nodes with the weight p(x) hᴰ. The density must vanish at the faces.
pub fn weighted<const D: usize>(
    density: impl Fn(&Point<D>) -> f64,
    (low, high): (f64, f64),
    cells: usize,
) -> Weighted<D> {
    let (h, side) = ((high - low) / cells as f64, cells + 1);
    let node = |k: usize| {
        let along = |i: usize| k / side.pow(i as u32) % side;
        let x = Point::<D>::from_fn(|i, _| low + h * along(i) as f64);
        (density(&x) * h.powi(D as i32), x)
    };
    (0..side.pow(D as u32)).map(node).collect()
}

/// E f.
pub fn expectation<const D: usize>(
    law: &[(f64, Point<D>)],
    f: impl Fn(&Point<D>) -> f64,
) -> f64 {
    law.iter().map(|(w, x)| w * f(x)).sum()
}
// ANCHOR_END: weighted

// ANCHOR: from-score
/// The law of a score: log p(x) − log p(a) is the integral of the score along
/// the segment from a to x. What comes out is scaled to mass 1.
///
/// The density must be positive, and the score known, all along the segments.
pub fn from_score<const D: usize>(
    score: Field<'_, D>,
    a: &Point<D>,
    cube: (f64, f64),
    cells: usize,
) -> Weighted<D> {
    let rule = GaussLegendre::new(160);
    let log_ratio = |x: &Point<D>| {
        let way = x - a;
        rule.integral(|tau: f64| score(&(a + way * tau)).dot(&way), 0.0, 1.0)
    };
    let mut law = weighted(|x| log_ratio(x).exp(), cube, cells);
    let mass = expectation(&law, |_| 1.0);
    law.iter_mut().for_each(|(w, _)| *w /= mass);
    law
}
// ANCHOR_END: from-score

// ANCHOR: objective
/// J(s) = ½ E_p |s − ∇ log p|².
pub fn objective<const D: usize>(
    p: &[(f64, Point<D>)],
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    0.5 * expectation(p, |x| (s(x) - score(x)).norm_squared())
}
// ANCHOR_END: objective

// ANCHOR: expansion
/// The parts ½ E|s|², E[s·∇ log p] and ½ E|∇ log p|² of J: the first, less the
/// second, and the third.
pub fn expansion<const D: usize>(
    p: &[(f64, Point<D>)],
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> [f64; 3] {
    [
        0.5 * expectation(p, |x| s(x).norm_squared()),
        expectation(p, |x| s(x).dot(&score(x))),
        0.5 * expectation(p, |x| score(x).norm_squared()),
    ]
}
// ANCHOR_END: expansion

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_the_moments_of_its_law() {
        let density = |x: &Point<2>| {
            (-0.5 * (x.x - 0.4).powi(2) - 2.0 * x.y * x.y).exp() / std::f64::consts::PI
        };
        let law = weighted(density, (-9.0, 9.0), 90);
        assert!((expectation(&law, |_| 1.0) - 1.0).abs() < 1e-13);
        assert!((expectation(&law, |x| x.x) - 0.4).abs() < 1e-13);
        assert!((expectation(&law, |x| x.y * x.y) - 0.25).abs() < 1e-13);
    }

    #[test]
    fn far_away_one_heap_has_all_of_the_share() {
        let heaps = [(0.4, Point::<1>::new(-1.2), 0.6), (0.6, Point::<1>::new(1.0), 0.4)];
        let far = Point::<1>::new(900.0);
        assert!((responsibilities(&heaps, &far)[0] - 1.0).abs() < 1e-15);
        assert!((mixture_score(&heaps, &far).x / (-901.2 / 0.36) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn a_grid_goes_from_face_to_face() {
        let grid = weighted(|x: &Point<2>| 1.0 + x.y, (-1.0, 0.5), 3);
        let at = |k: usize| [grid[k].0, grid[k].1.x, grid[k].1.y];
        assert_eq!(grid.len(), 16);
        assert_eq!(at(0), [0.0, -1.0, -1.0]);
        assert_eq!(at(1), [0.0, -0.5, -1.0]);
        assert_eq!(at(4), [0.125, -1.0, -0.5]);
        assert_eq!(at(15), [0.375, 0.5, 0.5]);
    }
}
