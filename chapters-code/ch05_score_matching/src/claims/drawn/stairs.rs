//! Langevin dynamics down a staircase of noise.

use crate::annealed::{Stairs, annealed_langevin, levels};
use crate::problem::Blur;
use ch04_reverse_sdes::Noised;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix1;

const CHAINS: usize = 4000;

/// The share of the left heap, 0.4 of the law, among chains that start at the right one.
fn check(seed: u64, stairs: &Stairs) -> Vec<Evidence> {
    let ends = stairs.ends(CHAINS, seed);
    let left = ends.iter().filter(|x| **x < 0.0).count() as f64 / CHAINS as f64;
    let error = (0.4 * 0.6 / CHAINS as f64).sqrt();
    let because = "5.8 standard errors of 4000 chains, and 0.01 because a level is left before it \
         has settled: 40 000 chains put that at 0.004 to 0.007";
    let limit = 5.8 * error + 0.01;
    let what = "share of the left heap, from 0.4";
    vec![
        Evidence::at_most(what, (left - 0.4).abs(), limit, because)
            .sampled(CHAINS as u64, seed),
    ]
}

/// Chains on one heap N(−0.8, 0.7²), from one place. There the score is −(x + 0.8)/(0.7² +
/// σ²), so a step is linear, and mean and variance of the chains go by a recursion.
fn one_heap(seed: u64) -> Vec<Evidence> {
    let (mean, variance, start, steps, ratio) = (-0.8, 0.49, 2.5, 3, 0.4);
    let heap = (1.0, Point::<1>::new(mean), Matrix1::new(variance));
    let (law, levels) = (Noised::new([heap], Blur), levels(1.3, 0.4, 4));
    let (mut m, mut v) = (start, 0.0);
    for sigma in &levels {
        let eta = ratio * sigma * sigma;
        let kept = 1.0 - 0.5 * eta / (variance + sigma * sigma);
        for _ in 0..steps {
            (m, v) = (mean + kept * (m - mean), kept * kept * v + eta);
        }
    }
    let mut draws = Stream::new(seed, "chains on one heap").generator();
    let n = CHAINS as f64;
    let mut end = || {
        let start = Point::<1>::new(start);
        annealed_langevin(&law, &levels, (steps, ratio), start, &mut draws).x
    };
    let ends: Vec<f64> = (0..CHAINS).map(|_| end()).collect();
    let found = ends.iter().sum::<f64>() / n;
    let spread = ends.iter().map(|x| (x - m).powi(2)).sum::<f64>() / n;
    let because = "5.8 standard errors of 4000 normal numbers";
    let at_most = |what: &str, off: f64| {
        Evidence::at_most(what, off.abs(), 5.8, because).sampled(CHAINS as u64, seed)
    };
    vec![
        at_most(
            "mean of chains on one heap, from its recursion, in standard errors",
            (found - m) / (v / n).sqrt(),
        ),
        at_most(
            "their variance, from its recursion, in standard errors",
            (spread / v - 1.0) / (2.0 / n).sqrt(),
        ),
    ]
}

/// x ← x + ½ η s(σ, x) + √η z, with η in proportion to σ².
pub const ANNEALED: Claim = Claim::new(
    "sm-annealed-langevin",
    "down a staircase of noise, chains that start in one heap find the other, and in the right \
     proportion",
    |seed| [check(seed, &Stairs::down()), one_heap(seed)].concat(),
    &[
        Slip::new("the lowest level alone", |seed| check(seed, &Stairs::bottom())),
        Slip::new("a staircase that begins too low", |seed| {
            let levels = levels(1.5, 0.1, 24);
            check(seed, &Stairs { levels, ..Stairs::down() })
        }),
    ],
);
