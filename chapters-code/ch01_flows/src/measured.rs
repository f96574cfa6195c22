//! What the experiment measures, beside what theory expects.

use crate::Flags;
use ch01_flows::fields::{Curved, GaussianBridge, Growth, Shear, Swing};
use ch01_flows::orders::{Problem, halvings, slope};
use ch01_flows::reversal::Reversed;
use ch01_flows::step_count::steps_of_the_faulty_loop;
use ch01_flows::{DormandPrince, Euler, Heun, Rk4, integrate, transport};
use chapter::{Run, Table};
use dynamics::{
    CHUNK, OdeMethod, Point, Stream, TimeGrid, VectorField, for_each_chunk,
    sum_over_chunks,
};
use evidence::{STANDARD_ERRORS, kolmogorov_distance};
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, Normal};
use std::f64::consts::TAU;

/// A cloud from N(0, 1) carried along `field` to t = 1. It is worked through in pieces of
/// 64 chunks, each of which draws its own numbers, so the pieces do not show in the result.
fn carried(
    run: &Run<Flags>,
    purpose: &'static str,
    method: &impl OdeMethod,
    field: &impl VectorField<f64>,
    steps: usize,
) -> Vec<f64> {
    let mut cloud = vec![0.0; run.particles_or(20_000, 2_000)];
    let (stream, grid) = (Stream::new(run.seed, purpose), TimeGrid::new(0.0, 1.0, steps));
    let pieces = cloud.len().div_ceil(64 * CHUNK);
    let progress = run.progress(purpose, pieces as u64);
    for (piece, part) in cloud.chunks_mut(64 * CHUNK).enumerate() {
        for_each_chunk(part, |k, chunk| {
            let mut generator = stream.chunk((64 * piece + k) as u64);
            chunk.fill_with(|| StandardNormal.sample(&mut generator));
        });
        transport(method, field, grid, part);
        progress.done(1);
    }
    cloud
}

/// A cloud from N(0, 1) through the bridge by Euler's method: mean, variance and law.
pub(crate) fn bridge(table: Table, run: &Run<Flags>, steps: usize) -> Table {
    let bridge = GaussianBridge { mu: run.extra.mu, varsigma: run.extra.varsigma };
    let cloud = carried(run, "bridge", &Euler, &bridge, steps);
    let (n, GaussianBridge { mu, varsigma }) = (cloud.len() as f64, bridge);
    let mean = sum_over_chunks(&cloud, |x| *x) / n;
    let variance = sum_over_chunks(&cloud, |x| (x - mean).powi(2)) / n;
    let law = Normal::new(mu, varsigma).expect("the deviation is positive");
    // Dvoretzky, Kiefer and Wolfowitz: P(distance > d) ≤ 2 exp(−2 n d²), here 7e-9.
    let furthest = ((2.0 / 7e-9_f64).ln() / (2.0 * n)).sqrt();
    let square = varsigma * varsigma;
    let distance = kolmogorov_distance(&cloud, |x| law.cdf(x));
    table
        .row("bridge, Euler: mean", mean, mu, STANDARD_ERRORS * varsigma / n.sqrt())
        .row(
            "bridge, Euler: variance",
            variance,
            square,
            STANDARD_ERRORS * square * (2.0 / n).sqrt(),
        )
        .row("bridge, Euler: distance of its law", distance, 0.0, furthest)
}

/// A cloud through u = x cos t by Runge–Kutta: the fourth moment.
pub(crate) fn growth(table: Table, run: &Run<Flags>, steps: usize) -> Table {
    let cloud = carried(run, "growth", &Rk4, &Growth, steps);
    let n = cloud.len() as f64;
    let moment = sum_over_chunks(&cloud, |x| x.powi(4)) / n;
    let factor = (4.0 * 1.0_f64.sin()).exp();
    // E Z⁸ − (E Z⁴)² = 105 − 9; and the method's own error, of order h⁴.
    let within = STANDARD_ERRORS * factor * (96.0 / n).sqrt()
        + 3.0 * factor * (1.0 / steps as f64).powi(4);
    table.row("x cos t, Runge–Kutta: mean of x⁴", moment, 3.0 * factor, within)
}

/// The area of a disc that the shear has carried for one unit of time.
pub(crate) fn disc(table: Table, steps: usize) -> Table {
    let mut rim: Vec<_> = (0..20_000)
        .map(|i| TAU * f64::from(i) / 20_000.0)
        .map(|a| Point::<2>::new(0.9 + 0.5 * a.cos(), 0.6 + 0.5 * a.sin()))
        .collect();
    let area = |rim: &[Point<2>]| -> f64 {
        let next = rim.iter().cycle().skip(1);
        rim.iter().zip(next).map(|(p, q)| 0.5 * p.perp(q)).sum()
    };
    let before = area(&rim);
    transport(&Rk4, &Shear, TimeGrid::new(0.0, 1.0, steps), &mut rim);
    // Runge–Kutta's own error, and that of the polygon with 20 000 corners.
    let within = (1.0 / steps as f64).powi(4) + 1e-7;
    table.row("shear, Runge–Kutta: area of a disc", area(&rim), before, within)
}

/// The orders of the four methods, as the claims measure them.
pub(crate) fn orders(table: Table) -> Table {
    let problem = Problem::refined(Curved, 0.3, 1.0);
    let euler = slope(&problem.errors(&Euler, &halvings(7, 10)));
    let heun = slope(&problem.errors(&Heun, &halvings(7, 10)));
    let rk4 = slope(&problem.errors(&Rk4, &halvings(5, 8)));
    let pair = slope(&problem.errors(&DormandPrince, &halvings(4, 6)));
    table
        .row("order of Euler", euler, 1.0, 0.05)
        .row("order of Heun", heun, 2.0, 0.05)
        .row("order of Runge–Kutta", rk4, 4.0, 0.05)
        .row("order of Dormand–Prince", pair, 5.0, 0.05)
}

/// There along sin x + cos t, and back along the field of the film run backwards.
pub(crate) fn return_trip(table: Table) -> Table {
    let error = |n: usize| {
        let grid = TimeGrid::new(0.0, 1.0, n);
        let there = integrate(&Rk4, &Swing, grid, 0.7);
        let back = integrate(&Rk4, &Reversed { field: Swing, end: 1.0 }, grid, there);
        (grid.h(), (back - 0.7).abs())
    };
    let errors: Vec<_> = halvings(3, 6).into_iter().map(error).collect();
    let what = "there and back, Runge–Kutta: error with 64 steps";
    table.row(what, errors[3].1, 0.0, 1e-9).row(
        "there and back: order of that error",
        slope(&errors),
        5.0,
        0.1,
    )
}

/// How many n ≤ 1000 the loop `while t < 1` gets wrong.
pub(crate) fn faulty(table: Table) -> Table {
    let wrong = (1..=1000).filter(|&n| steps_of_the_faulty_loop(n) != n).count();
    table.row("loop “while t < 1”: n ≤ 1000 run twice", wrong as f64, 533.0, 0.0)
}
