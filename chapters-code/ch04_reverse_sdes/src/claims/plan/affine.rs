//! Mean, variance and law of an affine equation.

use crate::affine::{Affine, total};
use ch01_flows::orders::slope;
use ch01_flows::quadrature::trapezoid;
use ch01_flows::{Rk4, integrate};
use ch02_brownian_motion::{EulerMaruyama, simulate};
use ch03_fokker_planck::transition::normal;
use dynamics::{Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use statrs::distribution::{ContinuousCDF, Normal};

/// dX = (−(1 + t) X + sin t) dt + (0.4 + 0.3 t) dW.
const AGEING: Affine =
    Affine { rate: |t| -1.0 - t, push: f64::sin, diffusion: |t| 0.4 + 0.3 * t };
const END: f64 = 1.3;
const START: f64 = 1.4;

const METHOD: &str = "Runge–Kutta of order 4 in 2000 steps: below 1e-12";

type Mean = fn(&Affine, f64, f64) -> f64;

fn mean_check(mean: Mean) -> Vec<Evidence> {
    let grid = TimeGrid::new(0.0, END, 2000);
    let field = |t: f64, x: &f64| (AGEING.rate)(t) * x + (AGEING.push)(t);
    let followed = integrate(&Rk4, &field, grid, START);
    let error = (mean(&AGEING, END, START) - followed).abs();
    vec![Evidence::at_most("error of the mean at t = 1.3", error, 1e-11, METHOD)]
}

/// e(t) = e^{A(t)} (X₀ + ∫ e^{−A(r)} b(r) dr).
pub const AFFINE_MEAN: Claim = Claim::new(
    "rev-affine-mean",
    "the mean is the start and all later pushes, each faded since its own time",
    |_| mean_check(Affine::mean),
    &[
        Slip::new("pushes that do not fade", |_| {
            mean_check(|affine, t, x0| {
                let still = Affine { rate: |_| 0.0, ..*affine };
                let quiet = Affine { push: |_| 0.0, ..*affine };
                quiet.mean(t, x0) + still.mean(t, 0.0)
            })
        }),
        Slip::new("the rate of the end for all times", |_| {
            mean_check(|affine, t, x0| {
                Affine { rate: |_| (AGEING.rate)(END), ..*affine }.mean(t, x0)
            })
        }),
    ],
);

type Variance = fn(&Affine, f64) -> f64;

/// The variance that n steps of Euler and Maruyama make: (1 + a h)² V + g² h.
fn recursion(affine: &Affine, t: f64, n: usize) -> (f64, f64) {
    let grid = TimeGrid::new(0.0, t, n);
    let h = grid.h();
    (0..n).fold((START, 0.0), |(m, v), i| {
        let time = grid.time(i);
        let factor = 1.0 + h * (affine.rate)(time);
        let noise = (affine.diffusion)(time).powi(2) * h;
        (factor * m + h * (affine.push)(time), factor * factor * v + noise)
    })
}

fn variance_check(variance: Variance) -> Vec<Evidence> {
    let grid = TimeGrid::new(0.0, END, 2000);
    let field =
        |t: f64, v: &f64| 2.0 * (AGEING.rate)(t) * v + (AGEING.diffusion)(t).powi(2);
    let followed = integrate(&Rk4, &field, grid, 0.0);
    let found = variance(&AGEING, END);
    let errors: Vec<_> = (5..11)
        .map(|k| {
            let n = 1_usize << k;
            (END / n as f64, (recursion(&AGEING, END, n).1 - found).abs())
        })
        .collect();
    vec![
        Evidence::at_most(
            "error of the variance at t = 1.3",
            (found - followed).abs(),
            1e-12,
            METHOD,
        ),
        Evidence::order(
            "32 to 1024 steps of Euler and Maruyama, error of their variance",
            slope(&errors),
            1.0,
            0.05,
            "order 1; at 32 steps the next term is a few percent of the first",
        ),
    ]
}

/// V = e^{2A} ∫ e^{−2A} g².
pub const AFFINE_VARIANCE: Claim = Claim::new(
    "rev-affine-variance",
    "the variance given the start is that of all noises, faded twice as fast as the mean",
    |_| variance_check(Affine::variance),
    &[
        Slip::printed("the variance of the start given the start", "E004-31", |_| {
            variance_check(|affine, _| affine.variance(0.0))
        }),
        Slip::new("noises that fade like the mean", |_| {
            variance_check(|affine, t| {
                let slow = Affine { rate: |t| 0.5 * (AGEING.rate)(t), ..*affine };
                slow.variance(t)
            })
        }),
        Slip::new("noises that do not fade", |_| {
            variance_check(|affine, t| Affine { rate: |_| 0.0, ..*affine }.variance(t))
        }),
    ],
);

type Total = fn(&Affine, f64, (f64, f64)) -> (f64, f64);

fn total_check(total: Total) -> Vec<Evidence> {
    // Three starts with their shares.
    let starts = [(0.2, -1.0), (0.5, 0.6), (0.3, 1.9)];
    let mean: f64 = starts.iter().map(|(w, x)| w * x).sum();
    let spread = starts.iter().map(|(w, x)| w * (x - mean).powi(2)).sum();
    let variance = AGEING.variance(END);
    let bells = starts.map(|(w, x)| (w, AGEING.mean(END, x)));
    let density =
        |x: f64| -> f64 { bells.iter().map(|&(w, m)| w * normal(x, m, variance)).sum() };
    let moment =
        |f: &dyn Fn(f64) -> f64| trapezoid(|x| f(x) * density(x), -6.0, 6.0, 800);
    let expected = moment(&|x| x);
    let (found_mean, found) = total(&AGEING, END, (mean, spread));
    let because = "quadrature of a density that vanishes at both ends, to rounding";
    vec![
        Evidence::at_most(
            "error of the mean, three starts",
            (found_mean - expected).abs(),
            1e-12,
            because,
        ),
        Evidence::at_most(
            "error of the variance, three starts",
            (found - moment(&|x| (x - expected).powi(2))).abs(),
            1e-12,
            because,
        ),
    ]
}

/// Var X_t = V + e^{2A} Var X₀.
pub const TOTAL_VARIANCE: Claim = Claim::new(
    "rev-total-variance",
    "the variance of all is the mean of the variances and the variance of the means",
    |_| total_check(total),
    &[
        Slip::new("the variance of the means omitted", |_| {
            total_check(|affine, t, (mean, _)| total(affine, t, (mean, 0.0)))
        }),
        Slip::new("starts that fade once", |_| {
            total_check(|affine, t, (mean, spread)| {
                total(affine, t, (mean, spread * (-affine.growth(t)).exp()))
            })
        }),
    ],
);

/// Mean and variance at t from x₀.
type Law = fn(&Affine, f64, f64) -> (f64, f64);

fn law_check(seed: u64, law: Law) -> Vec<Evidence> {
    let (mean, variance) = law(&AGEING, END, START);
    let mut places = vec![START; 4000];
    let (grid, noise) = (TimeGrid::new(0.0, END, 500), Stream::new(seed, "affine law"));
    simulate(&EulerMaruyama, &AGEING, grid, noise, &mut places).expect("finite");
    let normal = Normal::new(mean, variance.sqrt()).expect("a deviation");
    let errors: Vec<_> = (5..11)
        .map(|k| {
            let n = 1_usize << k;
            (END / n as f64, (recursion(&AGEING, END, n).0 - mean).abs())
        })
        .collect();
    vec![
        Evidence::law("4000 particles, 500 steps", &places, |x| normal.cdf(x), seed),
        Evidence::order(
            "32 to 1024 steps of Euler and Maruyama, error of their mean",
            slope(&errors),
            1.0,
            0.05,
            "order 1; at 32 steps the next term is a few percent of the first",
        ),
    ]
}

/// X_t | X₀ ~ N(e(t), V(t)).
pub const AFFINE_GAUSSIAN: Claim = Claim::new(
    "rev-affine-gaussian",
    "given the start the place is normal, with these two moments, which a chain of steps \
     has in the limit only",
    |seed| law_check(seed, |affine, t, x0| (affine.mean(t, x0), affine.variance(t))),
    &[
        Slip::printed("two steps taken for the limit", "E004-33", |seed| {
            law_check(seed, |affine, t, _| recursion(affine, t, 2))
        }),
        Slip::new("the deviation for the variance", |seed| {
            law_check(seed, |affine, t, x0| {
                (affine.mean(t, x0), affine.variance(t).sqrt())
            })
        }),
        Slip::new("the start for the mean", |seed| {
            law_check(seed, |affine, t, x0| (x0, affine.variance(t)))
        }),
    ],
);
