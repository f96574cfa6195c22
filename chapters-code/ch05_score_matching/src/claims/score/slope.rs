//! What a score is, and the score of a mixture.

use super::{largest, line, plane};
use crate::problem::Blur;
use crate::score::{Heap, expectation, mixture_score, responsibilities, score, weighted};
use ch03_fokker_planck::Smooth;
use ch04_reverse_sdes::Noised;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Const, DimMin, SMatrix, SVector};
use num_dual::{Dual64, DualNum};
use rand::RngExt;

/// A density that is differentiated as it stands.
type Density<'a> = &'a dyn Fn(&SVector<Dual64, 2>) -> Dual64;

/// From a density and a place.
type Score = fn(Density<'_>, &Point<2>) -> Point<2>;

/// e^{−U} for a valley that is bent: we know of no formula for its mass.
fn bent(x: &SVector<Dual64, 2>) -> Dual64 {
    let across = x[1] - x[0] * x[0] * 0.4;
    (-(x[0].powi(4) * 0.25 - x[0] * x[0] + x[0] * 0.3 + across * across * 0.7)).exp()
}

/// −∇U, by hand.
fn by_hand(x: &Point<2>) -> Point<2> {
    let across = x.y - 0.4 * x.x * x.x;
    let first = -x.x.powi(3) + 2.0 * x.x - 0.3 + 1.12 * x.x * across;
    Point::<2>::new(first, -1.4 * across)
}

fn places(seed: u64) -> Vec<Point<2>> {
    let mut numbers = Stream::new(seed, "places of a score").generator();
    (0..40).map(|_| Point::<2>::from_fn(|_, _| numbers.random_range(-2.5..2.5))).collect()
}

fn slopes(seed: u64, score: Score) -> Vec<Evidence> {
    let places = places(seed);
    let far = |found: Point<2>, x: &Point<2>| {
        (found - by_hand(x)).norm() / (1.0 + by_hand(x).norm())
    };
    let because = "rounding: derivatives are exact, carried by dual numbers";
    let own = largest(places.iter().map(|x| far(score(&bent, x), x)));
    let seven = |x: &SVector<Dual64, 2>| bent(x) * 7.0;
    let scaled = largest(places.iter().map(|x| far(score(&seven, x), x)));
    let law =
        weighted(|x: &Point<2>| bent(&x.map(Dual64::from_re)).re, (-8.0, 16.0), 240);
    let mass = expectation(&law, |_| 1.0);
    let inside: Vec<_> = law.into_iter().filter(|(w, _)| w / mass > 1e-18).collect();
    let mean =
        Point::<2>::from_fn(|i, _| expectation(&inside, |x| score(&bent, x)[i]) / mass);
    vec![
        Evidence::at_most(
            "distance from a slope taken by hand, largest of 40 places",
            own,
            1e-12,
            because,
        )
        .sampled(40, seed),
        Evidence::at_most("the same for seven times the density", scaled, 1e-12, because)
            .sampled(40, seed),
        Evidence::at_most(
            "mean of the score under its own law",
            mean.norm(),
            1e-11,
            "rounding, the trapezoid rule with cells of a tenth, and 1e-18 of the mass \
             for each node left out",
        ),
    ]
}

/// ∇ log p(x) = ∇p(x)/p(x).
pub const SCORE: Claim = Claim::new(
    "sm-score",
    "the score is the slope of the logarithm of the density by the place; a constant \
     factor does not change it, and its mean under its own law is zero",
    |seed| slopes(seed, |density, x| score(density, x)),
    &[
        Slip::printed("the slope of the density itself", "E003-13", |seed| {
            slopes(seed, |density, x| {
                Point::<2>::from_fn(|i, _| {
                    let mut along = x.map(Dual64::from_re);
                    along[i].eps = 1.0;
                    density(&along).eps
                })
            })
        }),
        Slip::new("the score of statistics, by the parameter", |seed| {
            // For a law that is shifted by a parameter: log p(x − ϑ).
            slopes(seed, |density, x| -score(density, x))
        }),
        Slip::new("the direction alone", |seed| {
            slopes(seed, |density, x| score(density, x).normalize())
        }),
    ],
);

/// From heaps and a place.
type Mixed<const D: usize> = fn(&[Heap<D>], &Point<D>) -> Point<D>;

/// Against slopes of the logarithm of the density, as chapter 4 writes it.
fn against_slopes<const D: usize>(
    seed: u64,
    heaps: &[Heap<D>],
    found: Mixed<D>,
    what: &str,
) -> Evidence
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    let part = |&(w, m, c): &Heap<D>| (w, m, SMatrix::<f64, D, D>::identity() * c * c);
    let law = Noised::new(heaps.iter().map(part), Blur);
    let mut numbers = Stream::new(seed, "places among heaps").generator();
    let errors = (0..50).map(|_| {
        let x = Point::<D>::from_fn(|_, _| numbers.random_range(-3.5..3.5));
        let slope = score(|x| law.at(Dual64::from_re(0.0), x), &x);
        (found(heaps, &x) - slope).norm() / (1.0 + slope.norm())
    });
    let because = "rounding: derivatives are exact, carried by dual numbers";
    Evidence::at_most(what, largest(errors), 1e-12, because).sampled(50, seed)
}

fn mixed(seed: u64, on_line: Mixed<1>, in_plane: Mixed<2>) -> Vec<Evidence> {
    let what = [
        "two heaps on the line: distance from the slope of the log density, largest of 50 \
         places",
        "three heaps in the plane: the same",
    ];
    let far = Point::<1>::new(60.0);
    let pull = (HEAP - far.x) / 0.36;
    vec![
        against_slopes(seed, &line(), on_line, what[0]),
        against_slopes(seed, &plane(), in_plane, what[1]),
        Evidence::at_most(
            "far out on the right: distance from the pull of the wider heap, on the left",
            (on_line(&line(), &far).x / pull - 1.0).abs(),
            1e-14,
            "rounding: the other heap's share is e^{−5700}",
        ),
    ]
}

/// The middle of the wider heap.
const HEAP: f64 = -1.2;

fn by_weight<const D: usize>(heaps: &[Heap<D>], x: &Point<D>) -> Point<D> {
    heaps.iter().map(|(w, m, c)| (m - x) * (w / (c * c))).sum()
}

fn summed<const D: usize>(heaps: &[Heap<D>], x: &Point<D>) -> Point<D> {
    heaps.iter().map(|(_, m, c)| (m - x) / (c * c)).sum()
}

fn deviation<const D: usize>(heaps: &[Heap<D>], x: &Point<D>) -> Point<D> {
    let shares = responsibilities(heaps, x);
    heaps.iter().zip(shares).map(|((_, m, c), r)| (m - x) * (r / c)).sum()
}

fn one_width<const D: usize>(heaps: &[Heap<D>], x: &Point<D>) -> Point<D> {
    // Shares from weight and distance, without the height 1/cᴰ of a heap.
    let raw = |(w, m, c): &Heap<D>| w * (-0.5 * ((x - m) / *c).norm_squared()).exp();
    let total: f64 = heaps.iter().map(raw).sum();
    heaps.iter().map(|heap| (heap.1 - x) * (raw(heap) / total / heap.2.powi(2))).sum()
}

/// ∇ log Σ wₖ N(mₖ, cₖ² I) = Σ γₖ(x) (mₖ − x)/cₖ².
pub const MIXTURE: Claim = Claim::new(
    "sm-mixture-score",
    "the score of heaps is the mean of their pulls, each by its share of the density at \
     the place",
    |seed| mixed(seed, mixture_score, mixture_score),
    &[
        Slip::new("the weights for the shares", |seed| mixed(seed, by_weight, by_weight)),
        Slip::new("the sum of the scores", |seed| mixed(seed, summed, summed)),
        Slip::new("the deviation for the variance", |seed| {
            mixed(seed, deviation, deviation)
        }),
        Slip::new("shares that forget how high a narrow heap is", |seed| {
            mixed(seed, one_width, one_width)[..2].to_vec()
        }),
    ],
);
