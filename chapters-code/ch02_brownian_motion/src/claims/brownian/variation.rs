//! Moments of the increments, and what their powers add up to.

use super::worst;
use crate::{brownian_path, normal_moment, quadratic_variation, variation};
use ch01_flows::orders::slope;
use ch01_flows::quadrature::trapezoid;
use dynamics::{Stream, TimeGrid};
use evidence::{Claim, Evidence, STANDARD_ERRORS, Slip, mean_and_error};
use std::f64::consts::PI;

/// `bm-gaussian-moments`.
pub const GAUSSIAN_MOMENTS: Claim = Claim::new(
    "bm-gaussian-moments",
    "the even moments of a normal increment are powers of its variance times one, three, \
     fifteen and so on, the odd ones vanish",
    |_| moments(normal_moment),
    &[
        Slip::new("the factors left out", |_| {
            moments(|p, variance| match p % 2 {
                0 => variance.powi(p as i32 / 2),
                _ => 0.0,
            })
        }),
        Slip::new("even factors in place of odd ones", |_| {
            moments(|p, variance| match p % 2 {
                0 => (1..=p / 2).map(|k| f64::from(2 * k) * variance).product(),
                _ => 0.0,
            })
        }),
        Slip::new("absolute values in place of powers", |_| {
            moments(|p, variance| {
                absolute_moment(p as i32) * variance.powf(f64::from(p) / 2.0)
            })
        }),
    ],
);

/// Against integrals over 12 deviations on both sides, g = 0.7 and Δt = 0.3.
fn moments(moment: fn(u32, f64) -> f64) -> Vec<Evidence> {
    let variance: f64 = 0.49 * 0.3;
    let deviation = variance.sqrt();
    let relative = (1..=8).map(|p| {
        let integrand = |x: f64| {
            x.powi(p as i32) * (-x * x / (2.0 * variance)).exp()
                / (2.0 * PI * variance).sqrt()
        };
        let (low, high) = (-14.0 * deviation, 14.0 * deviation);
        let size = absolute_moment(p as i32) * deviation.powi(p as i32);
        (moment(p, variance) - trapezoid(integrand, low, high, 2000)).abs() / size
    });
    vec![Evidence::at_most(
        "largest relative difference from the integral, moments 1 to 8",
        relative.fold(0.0, f64::max),
        1e-12,
        "rounding of 2000 terms; the tails beyond 14 deviations hold less than 1e-33",
    )]
}

/// E |ε|ᵖ for p from 1 to 8 by the recursion (p − 1) E |ε|ᵖ⁻², from √(2/π) and 1.
fn absolute_moment(p: i32) -> f64 {
    match p {
        0 => 1.0,
        1 => (2.0 / PI).sqrt(),
        _ => f64::from(p - 1) * absolute_moment(p - 2),
    }
}

/// `bm-quadratic-variation`.
pub const QUADRATIC_VARIATION: Claim = Claim::new(
    "bm-quadratic-variation",
    "squares of increments add up to the time that passed, the more surely the finer the \
     grid; higher powers add up to nothing, and the increments themselves stay random",
    |seed| squares(quadratic_variation, variation, seed),
    &[
        Slip::printed("the increments themselves concentrate", "E003-03", |seed| {
            squares(|path| path[path.len() - 1] - path[0], variation, seed)
        }),
        Slip::new("squares of the values in place of the increments", |seed| {
            let values = |path: &[f64]| {
                path.iter().map(|w| w * w).sum::<f64>() / (path.len() - 1) as f64
            };
            squares(values, variation, seed)
        }),
        Slip::new("absolute values in place of squares", |seed| {
            squares(|path| variation(path, 1), variation, seed)
        }),
        Slip::new("third powers with their sign", |seed| {
            let signed = |path: &[f64], p: i32| {
                crate::increments(path).iter().map(|dw| dw.powi(p)).sum()
            };
            squares(quadratic_variation, signed, seed)
        }),
    ],
);

/// The last time.
const T: f64 = 1.7;

/// `sum` on grids of 16 to 512 steps, and sums of the powers 1, 3 and 4 on each.
fn squares(
    sum: fn(&[f64]) -> f64,
    powers: fn(&[f64], i32) -> f64,
    seed: u64,
) -> Vec<Evidence> {
    let paths = 1_000;
    let counts = [16, 32, 64, 128, 256, 512];
    let (mut means, mut spreads, mut others, mut points) =
        (vec![], vec![], vec![], vec![]);
    for n in counts {
        let grid = TimeGrid::new(0.0, T, n);
        let mut generator = Stream::new(seed, "variation").chunk(n as u64);
        let drawn: Vec<Vec<f64>> =
            (0..paths).map(|_| brownian_path(grid, &mut generator)).collect();
        let sums: Vec<f64> = drawn.iter().map(|path| sum(path)).collect();
        let steps = n as f64;
        let what = format!("mean for {n} steps");
        means.push(Evidence::mean(what, &sums, T, seed));
        let what = format!("variance for {n} steps");
        spreads.push(Evidence::variance(what, &sums, 2.0 * T * T / steps, seed));
        let ends: Vec<f64> = drawn.iter().map(|path| path[n]).collect();
        let what = format!("variance of the sum of {n} increments");
        others.push(Evidence::variance(what, &ends, T, seed));
        for p in [1, 3, 4] {
            let sums: Vec<f64> = drawn.iter().map(|path| powers(path, p)).collect();
            let expected = steps * absolute_moment(p) * grid.h().powf(f64::from(p) / 2.0);
            let what = format!("mean sum of powers {p} for {n} steps");
            others.push(Evidence::mean(what, &sums, expected, seed));
        }
        let (_, error) = mean_and_error(sums.iter().copied());
        points.push((grid.h(), paths as f64 * error * error));
    }
    let order = slope(&points);
    vec![
        worst(means),
        worst(spreads),
        Evidence::order(
            "variance in the step",
            order,
            1.0,
            // The logarithm of each variance has the error √(2/1000); the squared distances
            // of six steps, a factor of 2 apart, from their mean add up to 17.5 (ln 2)².
            STANDARD_ERRORS * (2.0 / paths as f64 / 17.5).sqrt() / 2.0_f64.ln(),
            "5.8 standard errors of the fitted slope",
        )
        .sampled(6 * paths as u64, seed),
        worst(others),
    ]
}
