//! The score of a window estimate.

use super::largest;
use crate::memory::{LAST, draws, nearest, remembered};
use crate::windows::{Kernel, Windows, shares, window_score};
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual64, DualNum};
use rand::RngExt;
use std::f64::consts::TAU;

/// The score of an estimate from draws and a width, at a place.
type Score = fn(&[Point<2>], f64, &Point<2>) -> Point<2>;

/// Against derivatives of the logarithm of the estimate.
fn slopes(seed: u64, score: Score) -> Evidence {
    let (data, h) = (draws(9, seed), 0.6);
    let q = Windows::new(data.clone(), h, Kernel::Gaussian).expect("draws, and a width");
    let mut places = Stream::new(seed, "places in the plane").generator();
    let errors = (0..40).map(|_| {
        let x = Point::<2>::from_fn(|_, _| places.random_range(-2.0..2.0));
        let slope = Point::<2>::from_fn(|i, _| {
            let mut place = x.map(Dual64::from_re);
            place[i].eps = 1.0;
            q.density(&place).ln().eps
        });
        (score(&data, h, &x) - slope).norm() / (1.0 + slope.norm())
    });
    let because = "rounding: derivatives are exact, carried by dual numbers";
    let what = "distance from the slope of the logarithm, largest of 40 places";
    Evidence::at_most(what, largest(errors), 1e-12, because).sampled(40, seed)
}

/// The denoising loss on the draws alone: places xₖ + h ε, targets −ε/h. Away from its
/// least value by a field φ it must grow by the mean of |φ|², without a term linear in φ.
fn denoising(seed: u64, score: Score) -> Evidence {
    let (data, h) = (draws(5, seed), 0.6);
    let mut numbers = Stream::new(seed, "directions").generator();
    let ways: [[f64; 6]; 20] =
        std::array::from_fn(|_| std::array::from_fn(|_| numbers.random_range(-1.0..1.0)));
    let field = |a: &[f64; 6], y: &Point<2>| {
        let first = a[0] + a[1] * (a[2] + 2.0 * y.x + y.y).sin();
        Point::<2>::new(first, a[3] * y.x + a[4] * (y.y - a[5]).cos())
    };
    // For each way the mean of 2 φ·(s − target), and that of |φ|².
    let mut sums = [[0.0; 2]; 20];
    let (cells, step) = (160, 0.1);
    let nodes = (0..=cells).flat_map(|i| (0..=cells).map(move |j| [i, j]));
    for [i, j] in nodes {
        let u = Point::<2>::new(f64::from(i), f64::from(j)) * step;
        let u = u.map(|u| u - 8.0);
        let weight = (-0.5 * u.norm_squared()).exp() / TAU * step * step;
        for x in &data {
            let y = x + u * h;
            let missed = score(&data, h, &y) + u / h;
            for (sum, way) in sums.iter_mut().zip(&ways) {
                let phi = field(way, &y);
                sum[0] += weight * 2.0 * phi.dot(&missed);
                sum[1] += weight * phi.norm_squared();
            }
        }
    }
    let errors = sums.map(|[linear, square]| linear.abs() / square.sqrt());
    let because = "rounding of 129 605 terms, and the trapezoid rule with cells of h/10";
    let what = "slope of the denoising loss in 20 directions, largest, over their length";
    Evidence::at_most(what, largest(errors), 1e-11, because).sampled(20, seed)
}

/// Noise carried back with this score: it ends on the draws.
fn memory(seed: u64, score: Score) -> Evidence {
    let data = draws(12, seed);
    let ends = remembered(&data, 200, seed, |h, x| score(&data, h, x));
    let far = ends.iter().map(|end| nearest(&data, end) / LAST);
    let because = "the ends are draws with noise of this deviation: 200 of them are all \
                   within 7.5 deviations but for one case in 10¹⁰";
    let what = "200 ways back: largest distance of an end from the nearest draw, in \
                units of the last width 0.01";
    Evidence::at_most(what, largest(far), 7.5, because).sampled(200, seed)
}

fn check(seed: u64, score: Score) -> Vec<Evidence> {
    vec![slopes(seed, score), denoising(seed, score), memory(seed, score)]
}

/// ∇ log q = Σ γₖ (xₖ − x)/h².
pub const SCORE: Claim = Claim::new(
    "sm-kde-score",
    "the score of a Gaussian window estimate points to a mean of the draws, weighted by \
     nearness; it is the best denoiser of the draws, and it leads noise back to them",
    |seed| check(seed, window_score),
    &[
        Slip::new("every draw with the same weight", |seed| {
            check(seed, |data, h, x| {
                let mean = data.iter().sum::<Point<2>>() / data.len() as f64;
                (mean - x) / (h * h)
            })
        }),
        Slip::new("the nearest draw alone", |seed| {
            vec![slopes(seed, |data, h, x| {
                let shares = shares(data, h, x);
                let k = (0..data.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
                (data[k.expect("a draw")] - x) / (h * h)
            })]
        }),
        Slip::new("h for h²", |seed| {
            check(seed, |data, h, x| window_score(data, h, x) * h)
        }),
        Slip::new("away from the draws", |seed| {
            vec![slopes(seed, |data, h, x| -window_score(data, h, x))]
        }),
    ],
);
