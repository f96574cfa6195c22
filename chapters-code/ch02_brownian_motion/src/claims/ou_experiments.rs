//! The sweeps of the Ornstein–Uhlenbeck process: each is a figure as well, drawn from the
//! same paths.

use crate::ou_experiments::{
    END, RATE, RATES, STEPS, STRENGTHS, ou_paths, spread_starts,
};
use crate::{OrnsteinUhlenbeck, simulate_paths};
use dynamics::{Failure, Sde, SdeMethod, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use statrs::distribution::{ContinuousCDF, Normal};

/// A way to run a panel: rate and strength, starts, number of the panel, seed.
type Runner =
    fn(OrnsteinUhlenbeck, &[f64], u64, u64) -> Result<Vec<Vec<f64>>, Failure<f64>>;

/// Particles that stand for the law in a panel.
const COUNT: usize = 1000;

/// The runner that the figures use.
const SHOWN: Runner = |ou, starts, _, seed| ou_paths(ou, starts, seed);

/// `bm-exp-ou-sigma-sweep`.
pub const SIGMA_SWEEP: Claim = Claim::new(
    "bm-exp-ou-sigma-sweep",
    "ten particles forget their starts at one rate and keep a spread in proportion to the noise",
    |seed| sigma_sweep(SHOWN, seed),
    &[
        Slip::printed("a network for x, which may be −x", "E000-12", |seed| {
            sigma_sweep(
                |ou, starts, _, seed| {
                    let pushed = OrnsteinUhlenbeck { rate: -ou.rate, ..ou };
                    ou_paths(pushed, starts, seed)
                },
                seed,
            )
        }),
        Slip::new("noise drawn anew for each panel", |seed| {
            sigma_sweep(
                |ou, starts, panel, seed| ou_paths(ou, starts, seed.wrapping_add(panel)),
                seed,
            )
        }),
        Slip::new("the noise multiplied by h", |seed| {
            sigma_sweep(
                |ou, starts, _, seed| {
                    let grid = TimeGrid::new(0.0, END, STEPS);
                    let noise = Stream::new(seed, "Ornstein–Uhlenbeck sweep");
                    simulate_paths(&NoiseTimesH, &ou, grid, noise, starts)
                },
                seed,
            )
        }),
    ],
);

/// Euler–Maruyama with noise that is multiplied by h, though it is of size √h already.
struct NoiseTimesH;

impl SdeMethod<OrnsteinUhlenbeck, f64, f64> for NoiseTimesH {
    const STRONG_ORDER: f64 = 0.5;
    const WEAK_ORDER: f64 = 1.0;

    fn step(&self, sde: &OrnsteinUhlenbeck, t: f64, h: f64, x: &f64, dw: &f64) -> f64 {
        x + h * sde.drift(t, x) + h * sde.noise(t, x, dw)
    }
}

/// The panel without noise, the laws of the ends, and the common noise.
fn sigma_sweep(run: Runner, seed: u64) -> Vec<Evidence> {
    let starts = spread_starts(COUNT);
    let panels: Result<Vec<_>, _> = (0_u64..)
        .zip(STRENGTHS)
        .map(|(k, g)| {
            run(OrnsteinUhlenbeck { rate: RATE, diffusion: g }, &starts, k, seed)
        })
        .collect();
    let Ok(panels) = panels else { return vec![] };
    let h = END / STEPS as f64;
    let factor = (1.0 - RATE * h).powi(STEPS as i32);
    let quiet = panels[0].iter().zip(&starts);
    let off = quiet.map(|(path, x0)| (path[STEPS] - factor * x0).abs());
    // What the noise has done to a particle, over g.
    let noise = |k: usize| -> Vec<f64> {
        let pairs = panels[k].iter().zip(&panels[0]);
        pairs.map(|(path, quiet)| (path[STEPS] - quiet[STEPS]) / STRENGTHS[k]).collect()
    };
    let noises = [1, 2, 3].map(noise);
    let apart = noises.iter().flatten().zip(noises[2].iter().cycle());
    // The variance of the chain, by its recursion.
    let variance =
        |g: f64| (0..STEPS).fold(0.0, |v, _| (1.0 - RATE * h).powi(2) * v + g * g * h);
    let normal = Normal::standard();
    let mut evidence = vec![
        Evidence::at_most(
            "distance of the number of points of a path from n + 1",
            panels[0][0].len().abs_diff(STEPS + 1) as f64,
            0.0,
            "counted",
        ),
        Evidence::at_most(
            "largest distance of an end from (1 − θh)ⁿ x₀ for g = 0",
            off.fold(0.0, f64::max),
            1e-12,
            "1000 roundings of numbers of order 10, which shrink on the way",
        ),
        Evidence::at_most(
            "largest distance between the noise of two panels, over g",
            apart.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max),
            1e-11,
            "1000 steps of numbers of order 10 are rounded, then divided by ¼",
        )
        .sampled(COUNT as u64, seed),
    ];
    for (g, panel) in STRENGTHS.iter().zip(&panels).skip(1) {
        let deviation = variance(*g).sqrt();
        let scaled: Vec<f64> = panel
            .iter()
            .zip(&starts)
            .map(|(path, x0)| (path[STEPS] - factor * x0) / deviation)
            .collect();
        evidence.extend([
            Evidence::law(
                format!("{COUNT} standardised ends for g = {g} against the normal law"),
                &scaled,
                |x| normal.cdf(x),
                seed,
            ),
            Evidence::variance(format!("their variance for g = {g}"), &scaled, 1.0, seed),
        ]);
    }
    evidence
}

/// `bm-exp-ou-grid`.
pub const GRID: Claim = Claim::new(
    "bm-exp-ou-grid",
    "in each of sixteen panels the spread is that of the chain, which slow ones have yet to reach",
    |seed| grid(SHOWN, OrnsteinUhlenbeck::euler_variance, seed),
    &[
        Slip::new("the stationary variance", |seed| {
            grid(SHOWN, |ou, h, _| ou.euler_limit(h).unwrap_or(f64::INFINITY), seed)
        }),
        Slip::new("the variance of the process without steps", |seed| {
            grid(SHOWN, |ou, h, n| ou.transition(h * n as f64).1, seed)
        }),
        Slip::new("one rate for all rows", |seed| {
            grid(
                |ou, starts, _, seed| {
                    ou_paths(OrnsteinUhlenbeck { rate: RATE, ..ou }, starts, seed)
                },
                OrnsteinUhlenbeck::euler_variance,
                seed,
            )
        }),
    ],
);

/// All rates times all strengths.
fn grid(
    run: Runner,
    formula: fn(&OrnsteinUhlenbeck, f64, usize) -> f64,
    seed: u64,
) -> Vec<Evidence> {
    let (starts, h) = (spread_starts(COUNT), END / STEPS as f64);
    let (mut evidence, mut off) = (vec![], 0.0_f64);
    for rate in RATES {
        for diffusion in STRENGTHS {
            let ou = OrnsteinUhlenbeck { rate, diffusion };
            let Ok(paths) = run(ou, &starts, 0, seed) else { return vec![] };
            let factor = (1.0 - rate * h).powi(STEPS as i32);
            let ends = paths.iter().zip(&starts);
            let left: Vec<f64> =
                ends.map(|(path, x0)| path[STEPS] - factor * x0).collect();
            let variance = formula(&ou, h, STEPS);
            if diffusion == 0.0 {
                let largest = left.iter().fold(0.0_f64, |a, x| a.max(x.abs()));
                evidence.push(Evidence::at_most(
                    format!(
                        "largest distance from (1 − θh)ⁿ x₀, or the variance, for θ = {rate}, g = 0"
                    ),
                    largest.max(variance),
                    1e-12,
                    "1000 roundings of numbers of order 10, which shrink on the way",
                ));
                continue;
            }
            let step = |v: f64| (1.0 - rate * h).powi(2) * v + diffusion * diffusion * h;
            let recursion = (0..STEPS).fold(0.0, |v, _| step(v));
            off = off.max((variance / recursion - 1.0).abs());
            let what =
                format!("variance of {COUNT} ends for θ = {rate}, g = {diffusion}");
            evidence.push(Evidence::variance(what, &left, variance, seed));
        }
    }
    evidence.push(Evidence::at_most(
        "the formula for the variance against its recursion, twelve panels, relative",
        off,
        1e-12,
        "1000 steps, each with a few roundings of 2.2e-16",
    ));
    evidence
}
