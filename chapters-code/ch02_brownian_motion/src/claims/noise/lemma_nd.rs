//! Itô's lemma in several dimensions, with correlated noise.

use super::{BROWNIAN, Left, largest};
use crate::ito::{Differential, covariance_rate, ito_nd, noise_matrix};
use crate::{Boat, CorrelatedNoise, EulerMaruyama, OrnsteinUhlenbeck, follow, simulate};
use ch01_flows::fields::Number;
use ch01_flows::orders::halvings;
use dynamics::{Increment, Point, Sde, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, SMatrix, SVector};
use num_dual::{DualNum, HyperDual64};
use rand::RngExt;

/// F(t, x) in ℝᴰ.
type Function<const D: usize> = fn(HyperDual64, &SVector<HyperDual64, D>) -> HyperDual64;

/// A candidate for the lemma in any number of dimensions.
trait Lemma {
    /// dF at (t, x) along an equation driven by noise of covariance Q.
    fn at<const D: usize, const M: usize>(
        function: Function<D>,
        sde: &impl Sde<Point<D>, Point<M>>,
        q: &SMatrix<f64, M, M>,
        t: f64,
        x: &Point<D>,
    ) -> Differential<Point<M>>;
}

/// The lemma of the page.
struct Ito;

impl Lemma for Ito {
    fn at<const D: usize, const M: usize>(
        function: Function<D>,
        sde: &impl Sde<Point<D>, Point<M>>,
        q: &SMatrix<f64, M, M>,
        t: f64,
        x: &Point<D>,
    ) -> Differential<Point<M>> {
        ito_nd(function, sde, q, t, x)
    }
}

/// Only ∂²F/∂xᵢ² for the curvature.
struct Diagonal;

impl Lemma for Diagonal {
    fn at<const D: usize, const M: usize>(
        function: Function<D>,
        sde: &impl Sde<Point<D>, Point<M>>,
        q: &SMatrix<f64, M, M>,
        t: f64,
        x: &Point<D>,
    ) -> Differential<Point<M>> {
        let a = covariance_rate(sde, q, t, x);
        let truth = ito_nd(function, sde, q, t, x);
        let mixed = |i: usize, j: usize| {
            let mut place = x.map(HyperDual64::from);
            place[i] = place[i].derivative1();
            place[j] = place[j].derivative2();
            0.5 * a[(i, j)] * function(t.into(), &place).eps1eps2
        };
        let pairs = (0..D * D).map(|k| (k / D, k % D)).filter(|(i, j)| i != j);
        let dropped: f64 = pairs.map(|(i, j)| mixed(i, j)).sum();
        Differential { drift: truth.drift - dropped, ..truth }
    }
}

/// Noise taken as independent: Q = I.
struct Independent;

impl Lemma for Independent {
    fn at<const D: usize, const M: usize>(
        function: Function<D>,
        sde: &impl Sde<Point<D>, Point<M>>,
        _q: &SMatrix<f64, M, M>,
        t: f64,
        x: &Point<D>,
    ) -> Differential<Point<M>> {
        ito_nd(function, sde, &SMatrix::identity(), t, x)
    }
}

/// Σᵢ ∂F/∂xᵢ G dW: the whole vector G dW for each i, read as the sum of its components.
struct WholeVector;

impl Lemma for WholeVector {
    fn at<const D: usize, const M: usize>(
        function: Function<D>,
        sde: &impl Sde<Point<D>, Point<M>>,
        q: &SMatrix<f64, M, M>,
        t: f64,
        x: &Point<D>,
    ) -> Differential<Point<M>> {
        let slope = |i: usize| {
            let mut place = x.map(HyperDual64::from);
            place[i] = place[i].derivative1();
            function(t.into(), &place).eps1
        };
        let slopes: f64 = (0..D).map(slope).sum();
        let columns = noise_matrix(sde, t, x).row_sum().transpose();
        Differential { noise: columns * slopes, ..ito_nd(function, sde, q, t, x) }
    }
}

/// `bm-ito-lemma-nd`.
pub const ITO_LEMMA_ND: Claim = Claim::new(
    "bm-ito-lemma-nd",
    "in several dimensions every pair of coordinates adds half the mixed second derivative \
     times the covariance that the pair gains per unit of time",
    |seed| ito_lemma_nd::<Ito>(Boat::mean_square_distance, seed),
    &[
        Slip::new("only pairs of one coordinate with itself", |seed| {
            ito_lemma_nd::<Diagonal>(Boat::mean_square_distance, seed)
        }),
        Slip::new("noise taken as independent", |seed| {
            ito_lemma_nd::<Independent>(Boat::mean_square_distance, seed)
        }),
        Slip::printed("the vector in place of its component", "E004-04", |seed| {
            ito_lemma_nd::<WholeVector>(Boat::mean_square_distance, seed)
        }),
        Slip::new("a boat that forgets its heading twice as fast", |seed| {
            let distance: fn(&Boat, f64) -> f64 = |boat, t| {
                let turning = 2.0_f64.sqrt() * boat.turning;
                Boat { turning, ..*boat }.mean_square_distance(t)
            };
            ito_lemma_nd::<Ito>(distance, seed)
        }),
    ],
);

/// (1 + t)(x cos α + y²) + x y.
fn curved<T: Number>(t: T, x: &SVector<T, 3>) -> T {
    (t + 1.0) * (x[0] * x[2].cos() + x[1] * x[1]) + x[0] * x[1]
}

fn ito_lemma_nd<L: Lemma>(distance: fn(&Boat, f64) -> f64, seed: u64) -> Vec<Evidence> {
    let q = Matrix2::new(1.7, 0.6, 0.6, 0.8);
    let noise = CorrelatedNoise::cholesky(q).expect("a covariance");
    let stream = |purpose| Stream::new(seed, purpose);

    // d(e^{−t} X₁X₂) for a pull θ: drift e^{−t}(g² Q₁₂ − (1 + 2θ) X₁X₂).
    let pulled = OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.6 };
    let mut generator = stream("bm-ito-lemma-nd, points").generator();
    let mut off = 0.0;
    for _ in 0..50 {
        let [t, x, y] = [0; 3].map(|_| generator.random_range(-1.5..1.5));
        let place = Point::<2>::new(x, y);
        let d = L::at(|t, x: &_| (-t).exp() * x[0] * x[1], &pulled, &q, t, &place);
        let decay = (-t).exp();
        let drift = decay * (0.36 * 0.6 - 2.4 * x * y);
        let expected = Point::<2>::new(y, x) * (0.6 * decay);
        off = largest([off, (d.drift - drift).abs(), (d.noise - expected).norm()]);
    }

    // The mean of W₁W₂, whose drift is constant.
    let (end, draws) = (1.3, 20_000);
    let product = L::at(|_, x: &_| x[0] * x[1], &BROWNIAN, &q, 0.0, &Point::zeros());
    let mut generator = stream("bm-ito-lemma-nd, product").generator();
    let products: Vec<_> = (0..draws)
        .map(|_| {
            let w = noise.draw(end, &mut generator);
            w.x * w.y
        })
        .collect();

    // The sum of the differentials along the boat's path.
    let gusty = Boat { speed: 0.4, surge: 0.9, turning: 0.8 };
    let start = Point::<3>::new(0.2, -0.5, 0.7);
    let purpose = (seed, "bm-ito-lemma-nd, boat");
    let left = Left::over(end, &halvings(6, 9), 200, purpose, |n, generator| {
        let grid = TimeGrid::new(0.0, end, n);
        let times: Vec<f64> = grid.times().collect();
        let mut path = vec![Point::<2>::zero()];
        for i in 0..n {
            path.push(path[i] + noise.draw(grid.h(), generator));
        }
        let states = follow(&EulerMaruyama, &gusty, &times, &path, start);
        let change = |i: usize| {
            let d = L::at(curved, &gusty, &q, times[i], &states[i]);
            d.drift * grid.h() + d.noise.dot(&(path[i + 1] - path[i]))
        };
        let whole = curved(times[n], &states[n]) - curved(0.0, &start);
        whole - (0..n).map(change).sum::<f64>()
    });

    // How far a boat comes, by simulation. Its noises are independent, and the steps
    // add 2e-4 to its mean square distance of 6.5.
    let boat = Boat { speed: 1.3, surge: 0.6, turning: 0.9 };
    let mut boats = vec![Point::<3>::new(0.0, 0.0, 0.3); 10_000];
    let grid = TimeGrid::new(0.0, 2.1, 100);
    simulate(&EulerMaruyama, &boat, grid, stream("bm-ito-lemma-nd, sea"), &mut boats)
        .expect("a boat moves a bounded way in a step");
    let (sin, cos) = f64::sin_cos(0.3);
    let ahead: Vec<_> = boats.iter().map(|b| cos * b.x + sin * b.y).collect();
    let squares: Vec<_> = boats.iter().map(|b| b.x * b.x + b.y * b.y).collect();

    vec![
        Evidence::at_most(
            "drift and noise of exp(−t) X₁X₂ at 50 points, distance from the closed form",
            off,
            1e-13,
            "rounding of numbers of order ten",
        ),
        Evidence::mean(
            "mean of W₁W₂ for correlated noise",
            &products,
            product.drift * end,
            seed,
        ),
        left.order("what the lemma leaves on the boat's path", 0.5),
        Evidence::mean(
            "mean way of the boat along its first heading",
            &ahead,
            boat.mean_way_ahead(grid.end),
            seed,
        ),
        Evidence::mean(
            "mean square distance of the boat",
            &squares,
            distance(&boat, grid.end),
            seed,
        ),
    ]
}
