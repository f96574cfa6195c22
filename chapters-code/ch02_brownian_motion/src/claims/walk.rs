//! The walk of coin tosses: its moments, increments and covariance, without sampling.

use crate::walk::{WalkLaw, every_series, walk};
use evidence::{Claim, Evidence, Slip};

/// The step of every walk checked here.
const STEP: f64 = 0.3;
/// The tosses over which means are taken: all 4096 series of them.
const TOSSES: usize = 12;

/// The places of a walk of steps ±δ, from its tosses.
type Walk = fn(f64, &[bool]) -> Vec<f64>;

/// The places of the walk on every series of tosses.
fn every_walk(walk: Walk) -> Vec<Vec<f64>> {
    every_series(TOSSES).map(|tosses| walk(STEP, &tosses)).collect()
}

/// The mean of f over walks.
fn mean(walks: &[Vec<f64>], f: impl Fn(&[f64]) -> f64) -> f64 {
    walks.iter().map(|x| f(x)).sum::<f64>() / walks.len() as f64
}

/// Why two exact sums may differ.
const ROUNDING: &str = "rounding of a sum of 4096 terms of the size of the result";

/// Every toss decides all steps from then on: the first one does.
fn one_toss_for_all(step: f64, tosses: &[bool]) -> Vec<f64> {
    walk(step, &vec![tosses[0]; tosses.len()])
}

/// A tail leaves the walk where it is.
fn a_tail_stands_still(step: f64, tosses: &[bool]) -> Vec<f64> {
    let half = walk(step / 2.0, tosses);
    half.iter().zip(0_u32..).map(|(x, n)| x + step / 2.0 * f64::from(n)).collect()
}

/// Every place from tosses of its own: x(N) adds N tosses that begin at the number N.
fn every_place_anew(step: f64, tosses: &[bool]) -> Vec<f64> {
    let place = |n: usize| {
        let own: Vec<bool> =
            (n..2 * n).map(|i| tosses[(i + n * n / 2) % tosses.len()]).collect();
        walk(step, &own)[n]
    };
    (0..=tosses.len()).map(place).collect()
}

/// `bm-random-walk-moments`.
pub const MOMENTS: Claim = Claim::new(
    "bm-random-walk-moments",
    "the walk is at its start in the mean, and its variance grows by the same amount with \
     every toss",
    |_| moments(walk, |step, n| step * step * n),
    &[
        Slip::new("step times count for the variance", |_| {
            moments(walk, |step, n| step * n)
        }),
        Slip::new("a deviation that grows like the count", |_| {
            moments(walk, |step, n| (step * n).powi(2))
        }),
        Slip::new("one toss for all steps", |_| {
            moments(one_toss_for_all, |step, n| step * step * n)
        }),
        Slip::new("a tail that stands still", |_| {
            moments(a_tail_stands_still, |step, n| step * step * n)
        }),
    ],
);

/// Mean and variance after 1 to 12 tosses, over all series of tosses; after 20 from the
/// law. `variance(δ, N)` is the formula.
fn moments(walk: Walk, variance: fn(f64, f64) -> f64) -> Vec<Evidence> {
    let walks = every_walk(walk);
    let (mut centre, mut spread) = (0.0_f64, 0.0_f64);
    for n in 1..=TOSSES {
        let m = mean(&walks, |x| x[n]);
        let v = mean(&walks, |x| (x[n] - m).powi(2));
        centre = centre.max(m.abs());
        spread = spread.max((v - variance(STEP, n as f64)).abs());
    }
    let law = WalkLaw::new(STEP, 20);
    let m = law.expectation(|x| x);
    let v = law.expectation(|x| (x - m).powi(2));
    vec![
        Evidence::at_most(
            "largest mean after 1 to 12 tosses, over all series of tosses",
            centre,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "the variance after 1 to 12 tosses, largest difference from the formula",
            spread,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "mean after 20 tosses, from the law",
            m.abs(),
            1e-14,
            "rounding of a sum of 21 terms below 1",
        ),
        Evidence::at_most(
            "the variance after 20 tosses, from the law, difference from the formula",
            (v - variance(STEP, 20.0)).abs(),
            1e-14,
            "rounding of a sum of 21 terms below 1",
        ),
    ]
}

/// `bm-random-walk-increments`.
pub const INCREMENTS: Claim = Claim::new(
    "bm-random-walk-increments",
    "what a walk gains between two counts has a variance in proportion to the tosses \
     between, and does not depend on what came before",
    |_| increments(walk, |x, m, n| x[n] - x[m], |step, m, n| step * step * (n - m)),
    &[
        Slip::new("the variances of both ends added", |_| {
            increments(walk, |x, m, n| x[n] - x[m], |step, m, n| step * step * (n + m))
        }),
        Slip::new("a place in place of a gain", |_| {
            increments(walk, |x, m, n| x[n - m], |step, m, n| step * step * (n - m))
        }),
        Slip::new("every place from tosses of its own", |_| {
            increments(
                every_place_anew,
                |x, m, n| x[n] - x[m],
                |step, m, n| step * step * (n - m),
            )
        }),
    ],
);

/// Gains between all pairs of counts up to 12. `gain(x, M, N)` takes the gain from the
/// places; `variance(δ, M, N)` is the formula.
fn increments(
    walk: Walk,
    gain: fn(&[f64], usize, usize) -> f64,
    variance: fn(f64, f64, f64) -> f64,
) -> Vec<Evidence> {
    let walks = every_walk(walk);
    let pairs = (0..=TOSSES).flat_map(|n| (0..=n).map(move |m| (m, n)));
    let (mut centre, mut spread) = (0.0_f64, 0.0_f64);
    for (m, n) in pairs {
        centre = centre.max(mean(&walks, |x| gain(x, m, n)).abs());
        let square = mean(&walks, |x| gain(x, m, n).powi(2));
        spread = spread.max((square - variance(STEP, m as f64, n as f64)).abs());
    }
    // The joint law of x(5) and the gain from 5 to 12: a product of the two laws?
    let (m, n) = (5, TOSSES);
    let (before, after) = (WalkLaw::new(STEP, m), WalkLaw::new(STEP, n - m));
    let near = |a: f64, b: f64| (a - b).abs() < 0.5 * STEP;
    let mut dependence = 0.0_f64;
    for (at, p) in before.places() {
        for (by, q) in after.places() {
            let meets = |x: &[f64]| near(x[m], at) && near(gain(x, m, n), by);
            let joint = mean(&walks, |x| f64::from(u8::from(meets(x))));
            dependence = dependence.max((joint - p * q).abs());
        }
    }
    vec![
        Evidence::at_most(
            "largest mean of a gain, 91 pairs of counts",
            centre,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "mean square of a gain, largest difference from the formula",
            spread,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "joint law of x(5) and of the gain from 5 to 12, largest difference from the \
             product",
            dependence,
            1e-15,
            "all chances are multiples of 1/4096",
        ),
    ]
}

/// `bm-random-walk-covariance`.
pub const COVARIANCE: Claim = Claim::new(
    "bm-random-walk-covariance",
    "two places of one walk share the tosses of the shorter one",
    |_| covariance(walk, |step, m, n| step * step * m.min(n)),
    &[
        Slip::new("the tosses of the longer one", |_| {
            covariance(walk, |step, m, n| step * step * m.max(n))
        }),
        Slip::new("the root of the product", |_| {
            covariance(walk, |step, m, n| step * step * (m * n).sqrt())
        }),
        Slip::new("every place from tosses of its own", |_| {
            covariance(every_place_anew, |step, m, n| step * step * m.min(n))
        }),
    ],
);

/// 𝔼[x(M) x(N)] for all pairs of counts up to 12.
fn covariance(walk: Walk, formula: fn(f64, f64, f64) -> f64) -> Vec<Evidence> {
    let counts = 0..=TOSSES;
    let pairs = counts.clone().flat_map(|n| counts.clone().map(move |m| (m, n)));
    let walks = every_walk(walk);
    let error = pairs.map(|(m, n)| {
        (mean(&walks, |x| x[m] * x[n]) - formula(STEP, m as f64, n as f64)).abs()
    });
    vec![Evidence::at_most(
        "mean product of two places, 169 pairs of counts, largest difference from the \
         formula",
        error.fold(0.0, f64::max),
        1e-13,
        ROUNDING,
    )]
}
