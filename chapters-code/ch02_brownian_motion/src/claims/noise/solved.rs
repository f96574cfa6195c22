//! Geometric Brownian motion, and Stratonovich's reading.

use super::{BROWNIAN, Left, largest};
use crate::integral::converted_sum;
use crate::{
    GeometricBrownian, Stratonovich, brownian_path, ito, ito_sum, right_sum,
    stratonovich_sum,
};
use ch01_flows::orders::halvings;
use dynamics::{Increment, ScalarNoise, Sde, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual2_64, Dual64, DualNum};

/// What is said about geometric Brownian motion: the path as a function of x₀, t and w,
/// and, of x₀ and t, the mean, the second moment and the median.
#[derive(Clone, Copy)]
struct Sayings {
    solution: fn(&GeometricBrownian, f64, Dual2_64, Dual2_64) -> Dual2_64,
    mean: fn(&GeometricBrownian, f64, f64) -> f64,
    second_moment: fn(&GeometricBrownian, f64, f64) -> f64,
    median: fn(&GeometricBrownian, f64, f64) -> f64,
}

impl Sayings {
    const TRUE: Self = Self {
        solution: GeometricBrownian::solution::<Dual2_64>,
        mean: GeometricBrownian::mean,
        second_moment: GeometricBrownian::second_moment,
        median: GeometricBrownian::median,
    };
}

/// `bm-gbm`.
pub const GBM: Claim = Claim::new(
    "bm-gbm",
    "growth with noise in proportion is an exponential whose rate is less than that of the \
     mean by half the squared strength of the noise",
    |seed| gbm(Sayings::TRUE, seed),
    &[
        Slip::new("the rate of ordinary calculus", |seed| {
            let solution = |sde: &GeometricBrownian, x0, t: Dual2_64, w: Dual2_64| {
                (t * sde.growth + w * sde.volatility).exp() * x0
            };
            gbm(Sayings { solution, ..Sayings::TRUE }, seed)
        }),
        Slip::new("the correction added to the mean", |seed| {
            let mean = |sde: &GeometricBrownian, x0: f64, t: f64| {
                x0 * ((sde.growth + sde.volatility.powi(2) / 2.0) * t).exp()
            };
            gbm(Sayings { mean, ..Sayings::TRUE }, seed)
        }),
        Slip::new("the square of the mean for the mean square", |seed| {
            let second_moment = |sde: &GeometricBrownian, x0, t| sde.mean(x0, t).powi(2);
            gbm(Sayings { second_moment, ..Sayings::TRUE }, seed)
        }),
        Slip::new("the mean for the median", |seed| {
            gbm(Sayings { median: GeometricBrownian::mean, ..Sayings::TRUE }, seed)
        }),
    ],
);

fn gbm(sayings: Sayings, seed: u64) -> Vec<Evidence> {
    let sde = GeometricBrownian { growth: 0.4, volatility: 0.6 };
    let (x0, t, draws) = (0.8, 1.3, 100_000);
    let mut generator = Stream::new(seed, "bm-gbm").generator();
    let ws: Vec<_> =
        (0..draws).map(|_| f64::draw(f64::sqrt(t), &mut generator)).collect();
    let value = |t: f64, w: f64| (sayings.solution)(&sde, x0, t.into(), w.into()).re;
    let ends: Vec<_> = ws.iter().map(|&w| value(t, w)).collect();
    let squares: Vec<_> = ends.iter().map(|x| x * x).collect();
    let median = (sayings.median)(&sde, x0, t);
    let above: Vec<_> = ends.iter().map(|&x| f64::from(u8::from(x > median))).collect();
    // The path as a function of (t, W), through Itô's lemma.
    let off = ws[..50].iter().map(|&w| {
        let x = value(t, w);
        let d = ito(|t, w| (sayings.solution)(&sde, x0, t, w), &BROWNIAN, t, w);
        let (drift, noise) = (sde.drift(t, &x), sde.diffusion(t, &x));
        ((d.drift - drift) / x).abs().max(((d.noise - noise) / x).abs())
    });
    vec![
        Evidence::at_most(
            "dX by Itô's lemma at 50 values of W: largest distance from μX dt + ς X dW, over X",
            largest(off),
            1e-14,
            "rounding",
        ),
        Evidence::mean("mean of X", &ends, (sayings.mean)(&sde, x0, t), seed),
        Evidence::mean(
            "mean of X²",
            &squares,
            (sayings.second_moment)(&sde, x0, t),
            seed,
        ),
        Evidence::mean("part of the draws above the median", &above, 0.5, seed),
    ]
}

/// φ, as the conversion wants it.
type Integrand = fn(Dual64) -> Dual64;

/// The reading of Stratonovich: sums, their account in Itô's terms, and the drift of an
/// equation written with the circle.
#[derive(Clone, Copy)]
struct Circle {
    sum: fn(&[f64], &[f64]) -> f64,
    converted: fn(Integrand, f64, &[f64]) -> f64,
    drift: fn(&GeometricBrownian, f64, f64) -> f64,
}

impl Circle {
    const TRUE: Self = Self {
        sum: stratonovich_sum,
        converted: |phi, h, path| converted_sum(phi, h, path),
        drift: |sde, t, x| Stratonovich(*sde).drift(t, &x),
    };
}

/// `bm-stratonovich`.
pub const STRATONOVICH: Claim = Claim::new(
    "bm-stratonovich",
    "sums with the mean of both ends follow ordinary calculus, and differ from Itô's by half \
     the integral of the slope",
    |seed| stratonovich(Circle::TRUE, seed),
    &[
        Slip::new("the value at the beginning", |seed| {
            stratonovich(Circle { sum: ito_sum, ..Circle::TRUE }, seed)
        }),
        Slip::new("the value at the end", |seed| {
            stratonovich(Circle { sum: right_sum, ..Circle::TRUE }, seed)
        }),
        Slip::new("the conversion without the half", |seed| {
            let converted = |phi: Integrand, h, path: &[f64]| {
                let integrand: Vec<_> = path.iter().map(|&w| phi(w.into()).re).collect();
                2.0 * converted_sum(phi, h, path) - ito_sum(&integrand, path)
            };
            stratonovich(Circle { converted, ..Circle::TRUE }, seed)
        }),
        Slip::new("the equation's drift left as it is", |seed| {
            let drift = |sde: &GeometricBrownian, t, x| sde.drift(t, &x);
            stratonovich(Circle { drift, ..Circle::TRUE }, seed)
        }),
        Slip::new("the equation's drift lowered", |seed| {
            let drift = |sde: &GeometricBrownian, t, x| {
                2.0 * sde.drift(t, &x) - Stratonovich(*sde).drift(t, &x)
            };
            stratonovich(Circle { drift, ..Circle::TRUE }, seed)
        }),
    ],
);

fn stratonovich(circle: Circle, seed: u64) -> Vec<Evidence> {
    let end = 1.7;
    let mut generator = Stream::new(seed, "bm-stratonovich").generator();
    let grid = TimeGrid::new(0.0, end, 200);
    let off = (0..50).map(|_| {
        let path: Vec<f64> = brownian_path(grid, &mut generator);
        ((circle.sum)(&path, &path) - path[grid.steps].powi(2) / 2.0).abs()
    });
    let off = largest(off);
    let purpose = (seed, "bm-stratonovich, sine");
    let left = Left::over(end, &halvings(4, 8), 600, purpose, |n, generator| {
        let grid = TimeGrid::new(0.0, end, n);
        let path: Vec<f64> = brownian_path(grid, generator);
        let sines: Vec<_> = path.iter().map(|w| w.sin()).collect();
        let converted = (circle.converted)(|w| w.sin(), grid.h(), &path);
        (circle.sum)(&sines, &path) - converted
    });
    // Ordinary calculus solves dX = μX dt + ς X ∘ dW by x₀ exp(μt + ςW).
    let sde = GeometricBrownian { growth: 0.4, volatility: 0.6 };
    let ordinary = |t: Dual2_64, w: Dual2_64| (t * 0.4 + w * 0.6).exp() * 0.8;
    let differences = (0..50).map(|k| {
        let (t, w) = (0.03 * f64::from(k) + 0.1, 0.1 * f64::from(k) - 2.4);
        let x = ordinary(t.into(), w.into()).re;
        let d = ito(ordinary, &BROWNIAN, t, w);
        let drift = (circle.drift)(&sde, t, x);
        let noise = Stratonovich(sde).noise(t, &x, &1.0);
        ((d.drift - drift) / x).abs().max(((d.noise - noise) / x).abs())
    });
    vec![
        Evidence::at_most(
            "largest distance of the sum for W from ½W² on 50 paths",
            off,
            1e-13,
            "rounding of 200 terms of order one",
        ),
        left.order("sums for sin W against Itô's account of them", 0.5),
        Evidence::at_most(
            "exp(μt + ςW) through Itô's lemma: distance of its drift and noise from those of \
             the equation, over X",
            largest(differences),
            1e-14,
            "rounding",
        ),
    ]
}
