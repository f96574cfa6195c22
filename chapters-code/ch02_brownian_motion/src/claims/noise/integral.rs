//! The integral against Brownian motion and its mean square.

use super::largest;
use crate::{brownian_path, ito_sum, right_sum, stratonovich_sum};
use dynamics::{Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};

/// A sum over a path: the integrand, the path.
type Sum = fn(&[f64], &[f64]) -> f64;
/// What ∫ W dW is, given W_T and T.
type Limit = fn(f64, f64) -> f64;

/// ½(w² − T).
fn ito_limit(w: f64, end: f64) -> f64 {
    (w * w - end) / 2.0
}

/// `bm-ito-integral`.
pub const ITO_INTEGRAL: Claim = Claim::new(
    "bm-ito-integral",
    "sums that weigh each increment by the value at its beginning tend to half of the \
     squared end less half of the time, if the integrand is the path itself",
    |seed| ito_integral(ito_sum, ito_limit, seed),
    &[
        Slip::new("the value at the end of the step", |seed| {
            ito_integral(right_sum, ito_limit, seed)
        }),
        Slip::new("the mean of both ends", |seed| {
            ito_integral(stratonovich_sum, ito_limit, seed)
        }),
        Slip::new("the limit of ordinary calculus", |seed| {
            ito_integral(ito_sum, |w, _| w * w / 2.0, seed)
        }),
    ],
);

fn ito_integral(sum: Sum, limit: Limit, seed: u64) -> Vec<Evidence> {
    let end = 1.7;
    let stream = Stream::new(seed, "bm-ito-integral");
    let mut generator = stream.generator();
    let grid = TimeGrid::new(0.0, end, 200);
    let (mut off, mut by_parts) = (0.0, 0.0);
    for _ in 0..50 {
        let path: Vec<f64> = brownian_path(grid, &mut generator);
        let w = path[grid.steps];
        let squares: f64 = path.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
        off = largest([off, (sum(&path, &path) - (w * w - squares) / 2.0).abs()]);
        // Σ tᵢ(Wᵢ₊₁ − Wᵢ) = T W_T − h Σ Wᵢ₊₁.
        let times: Vec<f64> = grid.times().collect();
        let area: f64 = path[1..].iter().map(|w| w * grid.h()).sum();
        by_parts = largest([by_parts, (sum(&times, &path) - (end * w - area)).abs()]);
    }
    let rounding = "rounding of 200 terms of order one";
    let mut evidence = vec![
        Evidence::at_most(
            "largest distance of Σ W ΔW from ½(W² − Σ ΔW²) on 50 paths of 200 steps",
            off,
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "largest distance of Σ t ΔW from T W − Σ W h",
            by_parts,
            1e-13,
            rounding,
        ),
    ];
    for n in [16_usize, 256] {
        let grid = TimeGrid::new(0.0, end, n);
        let mut generator = stream.chunk(n as u64);
        let distances: Vec<_> = (0..4000)
            .map(|_| {
                let path: Vec<f64> = brownian_path(grid, &mut generator);
                (sum(&path, &path) - limit(path[n], end)).powi(2)
            })
            .collect();
        evidence.push(Evidence::mean(
            format!("mean square distance from the limit after {n} steps"),
            &distances,
            end * end / (2.0 * n as f64),
            seed,
        ));
    }
    evidence
}

/// `bm-ito-isometry`.
pub const ITO_ISOMETRY: Claim = Claim::new(
    "bm-ito-isometry",
    "an integral against noise has mean zero, and its mean square is the integral of the \
     mean square",
    |seed| ito_isometry(ito_sum, mean_of_squares, seed),
    &[
        Slip::new("the stake chosen after the toss", |seed| {
            ito_isometry(right_sum, mean_of_squares, seed)
        }),
        Slip::new("half of the stake chosen after the toss", |seed| {
            ito_isometry(stratonovich_sum, mean_of_squares, seed)
        }),
        Slip::new("the square of the mean", |seed| {
            ito_isometry(
                ito_sum,
                |integrands| {
                    let n = integrands.len() as f64;
                    let mean = |i| {
                        integrands.iter().map(|phi: &Vec<f64>| phi[i]).sum::<f64>() / n
                    };
                    (0..TOSSES).map(|i| mean(i).powi(2)).sum()
                },
                seed,
            )
        }),
    ],
);

/// Tosses of a game that is played out in every way it can go.
const TOSSES: usize = 10;

/// Σ E φᵢ² over the tosses, a mean over all games.
fn mean_of_squares(integrands: &[Vec<f64>]) -> f64 {
    let squares = |phi: &Vec<f64>| phi[..TOSSES].iter().map(|x| x * x).sum::<f64>();
    integrands.iter().map(squares).sum::<f64>() / integrands.len() as f64
}

/// Every game of [`TOSSES`] tosses of ±√h: the walk before and after each.
fn games(h: f64) -> Vec<Vec<f64>> {
    let game = |k: usize| {
        let mut walk = vec![0.0];
        for i in 0..TOSSES {
            let toss = if k >> i & 1 == 1 { h.sqrt() } else { -h.sqrt() };
            walk.push(walk[i] + toss);
        }
        walk
    };
    (0..1 << TOSSES).map(game).collect()
}

/// A stake that depends on the time and on all of the past: (1 + t) W + max W − 0.3.
fn stakes(walk: &[f64], h: f64) -> Vec<f64> {
    let mut highest = 0.0_f64;
    let stake = |(i, &w): (usize, &f64)| {
        highest = highest.max(w);
        (1.0 + h * i as f64) * w + highest - 0.3
    };
    walk.iter().enumerate().map(stake).collect()
}

fn ito_isometry(sum: Sum, squares: fn(&[Vec<f64>]) -> f64, seed: u64) -> Vec<Evidence> {
    let end = 1.7;
    let h = end / TOSSES as f64;
    let games = games(h);
    let integrands: Vec<_> = games.iter().map(|walk| stakes(walk, h)).collect();
    let mean = |f: &dyn Fn(f64) -> f64| {
        let gains = integrands.iter().zip(&games).map(|(phi, w)| f(sum(phi, w)));
        gains.sum::<f64>() / games.len() as f64
    };
    let (first, second) = (mean(&|gain| gain), mean(&|gain| gain * gain));

    let n = 50;
    let grid = TimeGrid::new(0.0, end, n);
    let mut generator = Stream::new(seed, "bm-ito-isometry").generator();
    let sums: Vec<_> = (0..20_000)
        .map(|_| {
            let path: Vec<f64> = brownian_path(grid, &mut generator);
            sum(&path, &path)
        })
        .collect();
    let moments: Vec<_> = sums.iter().map(|sum| sum * sum).collect();
    vec![
        Evidence::at_most(
            "mean gain over all 1024 games of ten tosses",
            first.abs(),
            1e-13,
            "rounding of 1024 numbers of order one",
        ),
        Evidence::at_most(
            "their mean square gain, less h Σ E φ²",
            (second - h * squares(&integrands)).abs(),
            1e-12,
            "rounding of 1024 numbers of order ten",
        ),
        Evidence::mean("mean of Σ W ΔW on Brownian paths", &sums, 0.0, seed),
        Evidence::mean(
            "its mean square, which is ½T² − ½Th",
            &moments,
            end * (end - grid.h()) / 2.0,
            seed,
        ),
    ]
}
