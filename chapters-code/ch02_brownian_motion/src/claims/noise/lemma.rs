//! Itô's lemma on the line.

use super::{BROWNIAN, Left, largest};
use crate::ito::{Differential, ito, square_of_increment};
use crate::{EulerMaruyama, GeometricBrownian, OrnsteinUhlenbeck, brownian_path, follow};
use ch01_flows::fields::Number;
use ch01_flows::orders::halvings;
use dynamics::{ScalarNoise, Sde, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual2_64, DualNum};
use rand::RngExt;

/// F(t, x), as the lemma wants it.
type Function = fn(Dual2_64, Dual2_64) -> Dual2_64;
/// dF of a function along an equation, at t and x.
type Lemma<'a> =
    &'a dyn Fn(Function, &dyn ScalarNoise<f64>, f64, f64) -> Differential<f64>;
/// The terms of (f h + g ΔW)², from f, g, h and ΔW.
type Square = fn(f64, f64, f64, f64) -> [f64; 3];

/// `bm-ito-lemma`.
pub const ITO_LEMMA: Claim = Claim::new(
    "bm-ito-lemma",
    "a function of a noisy path changes by its change in time, its slope times the change of \
     the path, and half its curvature times the squared strength of the noise times the time",
    |seed| ito_lemma(&|function, sde, t, x| ito(function, sde, t, x), TERMS, seed),
    &[
        Slip::new("the curvature forgotten", |seed| with_term(|_, _| 0.0, seed)),
        Slip::new("the half forgotten", |seed| with_term(|g, c| g * g * c, seed)),
        Slip::new("g in place of its square", |seed| with_term(|g, c| 0.5 * g * c, seed)),
        Slip::new("the change in time forgotten", |seed| {
            ito_lemma(
                &|function, sde, t, x| {
                    let rate = function(Dual2_64::from(t).derivative(), x.into()).v1;
                    let truth = ito(function, sde, t, x);
                    Differential { drift: truth.drift - rate, ..truth }
                },
                TERMS,
                seed,
            )
        }),
        Slip::printed("dx in place of dW in the mixed term", "E003-02", |seed| {
            let printed: Square = |f, g, h, dw| {
                let dx = f * h + g * dw;
                [(f * h).powi(2), 2.0 * f * g * dx * h, (g * dw).powi(2)]
            };
            ito_lemma(&|function, sde, t, x| ito(function, sde, t, x), printed, seed)
        }),
    ],
);

const TERMS: Square = square_of_increment;

/// The check with `term(g, ∂²F/∂x²)` in place of ½ g² ∂²F/∂x².
fn with_term(term: fn(f64, f64) -> f64, seed: u64) -> Vec<Evidence> {
    ito_lemma(
        &|function, sde, t, x| {
            let curvature = function(t.into(), Dual2_64::from(x).derivative()).v2;
            let g = sde.diffusion(t, &x);
            let truth = ito(function, sde, t, x);
            let wrong = term(g, curvature) - 0.5 * g * g * curvature;
            Differential { drift: truth.drift + wrong, ..truth }
        },
        TERMS,
        seed,
    )
}

/// A function with every kind of change: (1 + t²) x² + sin(x + t).
fn curved<T: Number>(t: T, x: T) -> T {
    (t * t + 1.0) * x * x + (x + t).sin()
}

fn ito_lemma(lemma: Lemma<'_>, square: Square, seed: u64) -> Vec<Evidence> {
    let mut evidence = exact(lemma, square, seed);

    // The sum of the differentials along a path.
    let end = 1.3;
    let pulled = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.6 };
    let purpose = (seed, "bm-ito-lemma");
    let left = Left::over(end, &halvings(5, 9), 600, purpose, |n, generator| {
        let grid = TimeGrid::new(0.0, end, n);
        let times: Vec<f64> = grid.times().collect();
        let path: Vec<f64> = brownian_path(grid, generator);
        let states = follow(&EulerMaruyama, &pulled, &times, &path, 0.7);
        let change = |i: usize| {
            let d = lemma(curved, &pulled, times[i], states[i]);
            d.drift * grid.h() + d.noise * (path[i + 1] - path[i])
        };
        let whole = curved(times[n], states[n]) - curved(0.0, states[0]);
        whole - (0..n).map(change).sum::<f64>()
    });
    evidence.push(left.order("what the lemma leaves on a path", 0.5));

    // W³ − Σ(3W²ΔW + 3Wh) = Σ [3W(ΔW² − h) + ΔW³], of mean square 9hT² + 6h²T.
    let n = 128;
    let grid = TimeGrid::new(0.0, end, n);
    let mut generator = Stream::new(seed, "bm-ito-lemma, cube").generator();
    let squares: Vec<_> = (0..4000)
        .map(|_| {
            let path: Vec<f64> = brownian_path(grid, &mut generator);
            let change = |i: usize| {
                let d = lemma(|_, x| x * x * x, &BROWNIAN, grid.time(i), path[i]);
                d.drift * grid.h() + d.noise * (path[i + 1] - path[i])
            };
            (path[n].powi(3) - (0..n).map(change).sum::<f64>()).powi(2)
        })
        .collect();
    let expected = 9.0 * grid.h() * end * end + 6.0 * grid.h().powi(2) * end;
    let what = format!("mean square of what is left of W³ after {n} steps");
    evidence.push(Evidence::mean(what, &squares, expected, seed));
    evidence
}

/// Differentials that are known in closed form, and the square of a change.
fn exact(lemma: Lemma<'_>, square: Square, seed: u64) -> Vec<Evidence> {
    let growth = GeometricBrownian { growth: 0.4, volatility: 0.7 };
    let pulled = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.6 };
    let mut generator = Stream::new(seed, "bm-ito-lemma, points").generator();
    let (mut logarithm, mut unwound, mut squared) = (0.0, 0.0, 0.0);
    for _ in 0..50 {
        let (t, x) = (generator.random_range(0.1..2.0), generator.random_range(0.2..3.0));
        let d = lemma(|_, x| x.ln(), &growth, t, x);
        let rate = growth.growth - growth.volatility.powi(2) / 2.0;
        logarithm = largest([logarithm, (d.drift - rate).abs(), (d.noise - 0.7).abs()]);
        let d = lemma(|t, x| (t * 0.8).exp() * x, &pulled, t, x);
        let stretch = (0.8 * t).exp();
        unwound = largest([
            unwound,
            (d.drift / stretch).abs(),
            (d.noise / stretch - pulled.diffusion).abs(),
        ]);
        let (h, dw) = (generator.random_range(0.01..0.3), x - 1.6);
        let (f, g) = (pulled.drift(t, &x), pulled.diffusion(t, &x));
        let terms: f64 = square(f, g, h, dw).iter().sum();
        squared = largest([squared, (terms - (f * h + g * dw).powi(2)).abs()]);
    }
    let rounding = "rounding of numbers of order one";
    vec![
        Evidence::at_most(
            "ln X of geometric Brownian motion: distance of drift and noise from μ − ½ς² and \
             ς at 50 points",
            logarithm,
            1e-14,
            rounding,
        ),
        Evidence::at_most(
            "X exp(θt) of an equation that pulls back: distance from no drift and noise g \
             exp(θt), over exp(θt)",
            unwound,
            1e-14,
            rounding,
        ),
        Evidence::at_most(
            "terms of the square of a change, distance of their sum from the square",
            squared,
            1e-14,
            rounding,
        ),
    ]
}
