//! Explicit score matching with a window estimate: what is exact and what is not.

use crate::problem::heaps;
use crate::windows::{Kernel, Windows, explicit_loss, window_score};
use ch01_flows::orders::slope;
use ch01_flows::quadrature::trapezoid;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};

/// A model of the score with nothing special about it.
fn model(x: f64) -> f64 {
    x.sin() - 0.3 * x
}

fn draws(n: usize, seed: u64, k: u64) -> Vec<Point<1>> {
    let (law, mut generator) = (heaps(), Stream::new(seed, "explicit windows").chunk(k));
    (0..n).map(|_| law.sample(&mut generator)).collect()
}

/// ∫ |s − ∇ log q|² q dx from `low` to `high`, over the whole line for our purposes.
fn whole(data: &[Point<1>], h: f64, (low, high, cells): (f64, f64, usize)) -> f64 {
    let q = Windows::new(data, h, Kernel::Gaussian).expect("draws, and a width");
    let term = |x: f64| {
        let place = Point::<1>::new(x);
        (model(x) - window_score(data, h, &place).x).powi(2) * q.density(&place)
    };
    trapezoid(term, low, high, cells)
}

/// E_p |s − ∇ log p|²: what one would like to have.
fn wanted() -> f64 {
    let law = heaps();
    let term = |x: f64| {
        let place = Point::<1>::new(x);
        let density = law.log_density(0.0, &place).exp();
        (model(x) - law.score(0.0, &place).x).powi(2) * density
    };
    trapezoid(term, -8.0, 7.0, 1500)
}

/// The loss of a model, from draws and a width.
type Loss = fn(&[Point<1>], f64, &dyn Fn(f64) -> f64) -> f64;

fn equality(seed: u64, loss: Loss) -> Evidence {
    let (data, h) = (draws(11, seed, 0), 0.45);
    let whole = whole(&data, h, (-8.0, 7.0, 1500));
    let what = "eleven windows, each for itself: distance from the integral over the \
                whole line, over that";
    let because = "rounding: both by the trapezoid rule with cells of h/20 and less";
    Evidence::at_most(what, (loss(&data, h, &model) / whole - 1.0).abs(), 1e-12, because)
        .sampled(11, seed)
}

const SEEDS: u64 = 20;

/// How far the loss on the estimate is from the one on the law, on average, for n draws.
fn replaced(seed: u64, width: fn(f64) -> f64) -> Vec<(f64, f64)> {
    let wanted = wanted();
    let far = |n: usize| {
        let h = width(n as f64);
        let one =
            |k| (whole(&draws(n, seed, k), h, (-5.0, 4.0, 130)) / wanted - 1.0).abs();
        (n as f64, (1..=SEEDS).map(one).sum::<f64>() / SEEDS as f64)
    };
    [50, 500, 5000].map(far).to_vec()
}

fn approximation(seed: u64, width: fn(f64) -> f64) -> Vec<Evidence> {
    let found = replaced(seed, width);
    let last = found[2].1;
    vec![
        Evidence::order(
            "distance from the loss on the law, against the number of draws",
            slope(&found),
            -0.4,
            0.25,
            "h² and 1/(n h³) are n^{−2/5} both; twenty samples of each size, whose mean is \
             known to a sixth, and 50 draws are few",
        )
        .sampled(SEEDS * 5550, seed),
        Evidence::at_most(
            "the same for 5000 draws",
            last,
            0.1,
            "n^{−2/5} = 0.033, three times",
        )
        .sampled(SEEDS * 5000, seed),
    ]
}

fn width(n: f64) -> f64 {
    0.6 * n.powf(-0.2)
}

fn check(seed: u64, loss: Loss) -> Vec<Evidence> {
    let mut found = vec![equality(seed, loss)];
    found.extend(approximation(seed, width));
    found
}

/// E_p |s − ∇ log p|² ≈ E_q |s − ∇ log q|² = (1/n) Σ ∫ |s − ∇ log q|² K_h.
pub const EXPLICIT: Claim = Claim::new(
    "sm-explicit-kde",
    "the explicit loss on an estimate falls exactly into one integral for each window, and \
     approximates the loss on the law the better the more draws there are",
    |seed| check(seed, explicit_loss),
    &[
        Slip::printed("the windows taken for an approximation", "E004-37", |seed| {
            // A mean over the draws is an approximation of a mean over the estimate.
            vec![equality(seed, |data, h, s| {
                let missed = |x: &Point<1>| (s(x.x) - window_score(data, h, x).x).powi(2);
                data.iter().map(missed).sum::<f64>() / data.len() as f64
            })]
        }),
        Slip::new("the estimate taken for the law", |seed| {
            vec![equality(seed, |_, _, _| wanted())]
        }),
        Slip::new("the score of each window for that of the estimate", |seed| {
            vec![equality(seed, |data, h, s| {
                let own = |x: &Point<1>| explicit_loss(&[*x], h, s);
                data.iter().map(own).sum::<f64>() / data.len() as f64
            })]
        }),
        Slip::new("a width that does not shrink", |seed| approximation(seed, |_| 0.6)),
    ],
);
