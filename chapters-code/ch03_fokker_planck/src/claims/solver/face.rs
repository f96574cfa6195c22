//! The flux through one face.

use crate::finite_volume::{Cells, Fit, Rates, bernoulli, hops};
use crate::solver_orders::{centred, upwind};
use ch01_flows::balance::Balance;
use ch01_flows::orders::slope;
use dynamics::Stream;
use evidence::{Claim, Evidence, Slip};
use rand::RngExt;

/// The flux through the face between two cells.
fn flux(
    fit: Fit,
    (low, width): (f64, f64),
    potential: impl Fn(f64) -> f64,
    g: f64,
    density: impl Fn(f64) -> f64,
) -> (f64, Rates) {
    let cells = Cells::new(low, low + 2.0 * width, 2).expect("two cells");
    let rates = Rates::fitted(cells, potential, g, fit).expect("a finite potential");
    let p: Vec<f64> = cells.centres().map(density).collect();
    (rates.fluxes(&p)[0], rates)
}

/// Straight potentials with a constant flux: U = s x, p = C e^{−sx/D} − J/s.
fn constant_flux(fit: Fit, seed: u64) -> Evidence {
    let mut draws = Stream::new(seed, "flux through a face").generator();
    let mut worst = 0.0_f64;
    for _ in 0..50 {
        let (s, g) = (draws.random_range(0.3..3.0), draws.random_range(0.7..1.6));
        let (width, low) = (draws.random_range(0.2..1.5), draws.random_range(-1.5..0.5));
        let (j, c) = (draws.random_range(-1.0..1.0), draws.random_range(0.2..1.0));
        let d = 0.5 * g * g;
        let density = |x: f64| c * (-s * x / d).exp() - j / s;
        let (found, rates) = flux(fit, (low, width), |x| s * x, g, density);
        let (a, b) = (low + 0.5 * width, low + 1.5 * width);
        let terms =
            [width * rates.right[0] * density(a), width * rates.left[1] * density(b)];
        let scale = terms.iter().fold(j.abs(), |m: f64, v| m.max(v.abs()));
        worst = worst.max(Balance { residual: found - j, scale }.relative());
    }
    Evidence::at_most(
        "50 constant fluxes down straight slopes, error over the largest term",
        worst,
        1e-13,
        "rounding: exponents up to 20 bring twenty roundings each",
    )
    .sampled(50, seed)
}

/// U = 0.7x³ − x and p = 1 + 0.3 sin 2x at the face x = 0.6, cells ever narrower.
fn order(fit: Fit) -> Evidence {
    let (g, x) = (1.3_f64, 0.6_f64);
    let density = |x: f64| 1.0 + 0.3 * (2.0 * x).sin();
    let drift = -(2.1 * x * x - 1.0);
    let exact = drift * density(x) - 0.5 * g * g * 0.6 * (2.0 * x).cos();
    let errors: Vec<_> = (2..9)
        .map(|k| {
            let width = 0.5_f64.powi(k);
            let potential = |x: f64| 0.7 * x * x * x - x;
            let (found, _) = flux(fit, (x - width, width), potential, g, density);
            (width, (found - exact).abs())
        })
        .collect();
    Evidence::order(
        "widths ¼ to 1/256, in a curved potential",
        slope(&errors),
        2.0,
        0.05,
        "order 2; at width ¼ the term of order 4 is a few percent",
    )
}

/// Chang and Cooper's flux: f (δ p₁ + (1 − δ) p₀) − D (p₁ − p₀)/Δ.
fn weighted_mean(fit: Fit) -> Evidence {
    let (d, width) = (0.7_f64, 0.3_f64);
    let mut worst = 0.0_f64;
    for rise in [-9.0, -1.7, -0.2, 0.4, 2.3, 11.0] {
        let (right, left) = fit(d, width, rise);
        let (z, f) = (rise / d, -rise / width);
        let weight = 1.0 - 1.0 / z + 1.0 / z.exp_m1();
        let p0 = f * (1.0 - weight) + d / width;
        let p1 = f * weight - d / width;
        let scale = (d / width).max(f.abs());
        worst = worst.max((width * right - p0).abs() / scale);
        worst = worst.max((width * left + p1).abs() / scale);
    }
    Evidence::at_most(
        "weights of both densities, their error against Chang and Cooper's mean",
        worst,
        1e-14,
        "rounding: 1/z is up to four times the number it is part of",
    )
}

fn check(fit: Fit, seed: u64) -> Vec<Evidence> {
    // B(z) itself, from its series z/(z + z²/2 + z³/6 + …).
    let series = |z: f64| {
        let term = |sum: f64, k: i32| 1.0 + sum * z / f64::from(k);
        1.0 / (2..40).rev().fold(1.0, term)
    };
    let apart = [-2.0, -0.3, -1e-6, 0.0, 1e-9, 0.8, 2.5]
        .map(|z| (bernoulli(z) - series(z)).abs() / series(z));
    vec![
        constant_flux(fit, seed),
        order(fit),
        weighted_mean(fit),
        Evidence::at_most(
            "relative error of B against its series at 7 places",
            apart.into_iter().fold(0.0, f64::max),
            1e-14,
            "rounding: the series sums 40 terms, of both signs where z is below 0",
        ),
    ]
}

/// J = (D/Δ) [B(z) pᵢ − B(−z) pᵢ₊₁].
pub const FACE_FLUX: Claim = Claim::new(
    "fpk-face-flux",
    "between two cells the flux that is constant down a straight slope is taken as it is",
    |seed| check(hops, seed),
    &[
        Slip::new("the mean of both densities at the face", |seed| check(centred, seed)),
        Slip::new("the density upwind of the face", |seed| check(upwind, seed)),
        Slip::new("particles that hop uphill", |seed| {
            check(|d, width, rise| hops(d, width, -rise), seed)
        }),
        Slip::new("g² for D", |seed| {
            check(|d, width, rise| hops(2.0 * d, width, rise), seed)
        }),
    ],
);
