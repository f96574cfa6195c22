//! The loss over draws, and the Gaussian that makes it least.

use super::fields::{line, mean};
use super::largest;
use crate::four_losses::law;
use crate::implicit::{GaussianScore, implicit_at, sample_loss};
use crate::problem::heaps;
use crate::spikes::spikes;
use ch01_flows::laws::Place;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, SVector};
use num_dual::{Dual64, DualNum};

type Loss = fn(&dyn Fn(&Place<2>) -> Place<2>, &[Point<2>]) -> f64;
type Fit = fn(&[Point<2>]) -> GaussianScore<2>;

const DRAWS: usize = 50;

fn draws(seed: u64) -> Vec<Point<2>> {
    let (law, mut generator) = (law(), Stream::new(seed, "draws to fit").generator());
    (0..DRAWS).map(|_| law.sample(&mut generator)).collect()
}

/// What can be changed in μ and P, P staying symmetric.
pub(in crate::claims) fn moved(
    score: &GaussianScore<2>,
    k: usize,
    by: f64,
) -> GaussianScore<2> {
    let mut score = *score;
    match k {
        0 | 1 => score.mean[k] += by,
        2 => score.precision += Matrix2::new(by, 0.0, 0.0, 0.0),
        3 => score.precision += Matrix2::new(0.0, by, by, 0.0),
        _ => score.precision += Matrix2::new(0.0, 0.0, 0.0, by),
    }
    score
}

/// The slopes of the loss by each parameter: it is a parabola in each, so that a
/// difference over a wide step is its slope.
fn slopes(seed: u64, loss: Loss, fit: Fit) -> Evidence {
    let data = draws(seed);
    let best = fit(&data);
    let slope = |k: usize| {
        let at = |by: f64| {
            let score = moved(&best, k, by);
            loss(&|x| score.at(x), &data)
        };
        ((at(0.5) - at(-0.5)) / (1.0 + at(0.5).abs())).abs()
    };
    Evidence::at_most(
        "50 draws in the plane: largest slope of the loss by a parameter of the fitted \
         score, relative",
        largest((0..5).map(slope)),
        1e-12,
        "rounding: the loss is a parabola in each, and the difference is its slope",
    )
    .sampled(DRAWS as u64, seed)
}

/// The slopes of the likelihood: derivatives of the mean of log N(μ, P⁻¹) by dual numbers.
fn likelihood(seed: u64, fit: Fit) -> Evidence {
    let data = draws(seed);
    let best = fit(&data);
    let slope = |k: usize| {
        let step = moved(&best, k, 1.0);
        let dual = |at: f64, moved: f64| Dual64::new(at, moved - at);
        let mean = best.mean.zip_map(&step.mean, dual);
        let p = best.precision.zip_map(&step.precision, dual);
        let det = p[(0, 0)] * p[(1, 1)] - p[(0, 1)] * p[(1, 0)];
        let log = |x: &Point<2>| {
            let d: SVector<Dual64, 2> = x.map(Dual64::from) - mean;
            (det.ln() - d.dot(&(p * d))) * 0.5
        };
        let total: Dual64 = data.iter().map(log).sum();
        (total.eps / DRAWS as f64).abs()
    };
    Evidence::at_most(
        "the same draws: largest slope of the mean log-likelihood at the fitted score",
        largest((0..5).map(slope)),
        1e-12,
        "rounding: derivatives are exact, carried by dual numbers",
    )
    .sampled(DRAWS as u64, seed)
}

/// Many draws of the two heaps, and a model that is not their score.
fn many(seed: u64) -> Evidence {
    let s = |x: &Place<1>| x.map(|x: Dual64| x.sin() - x * 0.3);
    let (law, mut generator) = (heaps(), Stream::new(seed, "many draws").generator());
    let at = |_| sample_loss(s, &[law.sample(&mut generator)]);
    let terms: Vec<f64> = (0..20_000).map(at).collect();
    let nodes = line();
    let expected = mean(&nodes, |x, score| {
        let value = x.x.sin() - 0.3 * x.x;
        0.5 * (value - score.x).powi(2) - 0.5 * score.x * score.x
    });
    Evidence::mean("loss over draws of two heaps", &terms, expected, seed)
}

/// The score of narrow windows on the draws: zero at each, and falling with 1/h².
fn steep(seed: u64, loss: Loss) -> Evidence {
    let data: Vec<_> = draws(seed).into_iter().take(12).collect();
    let apart = (0..12).flat_map(|i| (0..i).map(move |j| (i, j)));
    let near = apart.map(|(i, j)| (data[i] - data[j]).norm());
    let h = near.fold(f64::INFINITY, f64::min) / 20.0;
    let steep = loss(&|x| spikes(&data, h, x), &data);
    Evidence::at_most(
        "windows of a twentieth of the least distance of 12 draws: loss of their score \
         times h²/2, distance from −1",
        (steep * h * h / 2.0 + 1.0).abs(),
        1e-12,
        "rounding: the other windows weigh e^{−200}",
    )
    .sampled(12, seed)
}

fn check(seed: u64, loss: Loss, fit: Fit) -> Vec<Evidence> {
    vec![slopes(seed, loss, fit), likelihood(seed, fit), many(seed), steep(seed, loss)]
}

fn shown(data: &[Point<2>]) -> GaussianScore<2> {
    GaussianScore::fit(data).expect("draws that spread")
}

/// J̃ over N draws, and its least value among s = −P(x − μ).
pub const SAMPLE: Claim = Claim::new(
    "sm-implicit-sample",
    "over draws, the loss without the score is least for the Gaussian of their mean and of \
     their covariance with one over their number, which is also the most likely one",
    |seed| check(seed, |s, data| sample_loss(s, data), shown),
    &[
        Slip::new("one draw fewer in the covariance", |seed| {
            check(
                seed,
                |s, data| sample_loss(s, data),
                |data| {
                    let GaussianScore { mean, precision } = shown(data);
                    let n = data.len() as f64;
                    GaussianScore { mean, precision: precision * ((n - 1.0) / n) }
                },
            )
        }),
        Slip::new("the covariance for its inverse", |seed| {
            check(
                seed,
                |s, data| sample_loss(s, data),
                |data| {
                    let GaussianScore { mean, precision } = shown(data);
                    let precision = precision.try_inverse().expect("not flat");
                    GaussianScore { mean, precision }
                },
            )
        }),
        Slip::new("the half forgotten", |seed| {
            let loss: Loss = |s, data| {
                let square = |x: &Point<2>| {
                    s(&ch01_flows::laws::lift(x)).map(|s| s.re).norm_squared()
                };
                let more = data.iter().map(square).sum::<f64>() / data.len() as f64;
                sample_loss(s, data) + 0.5 * more
            };
            check(seed, loss, shown)
        }),
        Slip::new("the divergence along the first axis only", |seed| {
            let loss: Loss = |s, data| {
                let less = |x: &Point<2>| {
                    implicit_at(s, x) - s(&ch01_flows::laws::towards(x, 1))[1].eps
                };
                data.iter().map(less).sum::<f64>() / data.len() as f64
            };
            check(seed, loss, shown)
        }),
    ],
);
