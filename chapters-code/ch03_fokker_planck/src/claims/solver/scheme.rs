//! The scheme: mass, the law it ends in, its orders, and particles beside it.

use crate::finite_volume::{Cells, hops};
use crate::solver_orders::{
    Carry, Problem, Steps, centred, errors_in_space, errors_in_time, largest, scheme,
    stepped, well,
};
use crate::well_experiment::{START, WELL, cells, clouds, normal};
use ch01_flows::orders::slope;
use ch01_flows::quadrature::trapezoid;
use evidence::{Claim, Evidence, Slip};

/// Ornstein–Uhlenbeck in closed form.
fn order_in_space(carry: Carry) -> Evidence {
    Evidence::order(
        "50 to 400 cells, the step with their square, Ornstein–Uhlenbeck in closed form",
        slope(&errors_in_space(carry)),
        2.0,
        0.05,
        "order 2; on 50 cells the terms of order 4 are a few percent",
    )
}

/// The double well against the exponential of a matrix.
fn order_in_time(carry: Carry, theta: f64, expected: f64) -> Evidence {
    Evidence::order(
        &format!(
            "32 to 1024 steps with θ = {theta}, against the exponential of the matrix"
        ),
        slope(&errors_in_time(carry, theta)),
        expected,
        0.05,
        format!("order {expected}; with 32 steps the next term is a few percent"),
    )
}

/// Walls cut into both valleys, where there is mass to lose.
fn mass(carry: Carry) -> Evidence {
    let cells = Cells::new(-1.1, 1.3, 150).expect("an interval");
    let start: Vec<f64> = cells.centres().map(|x| normal(x, START)).collect();
    let before = cells.mass(&start);
    let lost = [0.5, 1.0].map(|theta| {
        let p = carry(&well(cells), (theta, 0.02, 400), start.clone());
        (cells.mass(&p) / before - 1.0).abs()
    });
    Evidence::at_most(
        "part of the mass lost or won in 400 steps with θ = ½ or θ = 1",
        if lost[0] > lost[1] { lost[0] } else { lost[1] },
        2.5e-13,
        "rounding: five times a step, each time by 1.2e-16 at most",
    )
}

/// Long steps from one side of the hill.
fn law_that_stays(carry: Carry) -> Evidence {
    let cells = cells();
    let u = |x: f64| -2.0 * WELL.potential(x) / WELL.diffusion.powi(2);
    let z = trapezoid(|x| u(x).exp(), -2.6, 2.6, 4000);
    let expected: Vec<f64> = cells.centres().map(|x| u(x).exp() / z).collect();
    let start: Vec<f64> = cells.centres().map(|x| normal(x, START)).collect();
    let p = carry(&well(cells), (1.0, 4.0, 400), start);
    let peak = expected.iter().copied().fold(0.0, f64::max);
    Evidence::at_most(
        "largest error over the peak, against the law that stays, after 400 steps of h = 4",
        largest(&p, &expected) / peak,
        1e-12,
        "rounding: 400 steps, and a product of 200 ratios; the start has decayed \
         below it",
    )
}

/// Particles of the same equation.
fn particles(carry: Carry, seed: u64) -> Evidence {
    let (cells, t) = (cells(), 1.5);
    let start: Vec<f64> = cells.centres().map(|x| normal(x, START)).collect();
    let p = carry(&well(cells), (1.0, t / 600.0, 600), start);
    let cloud = clouds(&[0.0, t], 10_000, seed).remove(1);
    Evidence::law(
        "10 000 particles at t = 1.5 in a double well, by Euler and Maruyama's method",
        &cloud,
        |x| cells.below(&p, x),
        seed,
    )
}

fn check(carry: Carry, seed: u64) -> Vec<Evidence> {
    vec![
        mass(carry),
        law_that_stays(carry),
        order_in_space(carry),
        order_in_time(carry, 1.0, 1.0),
        order_in_time(carry, 0.5, 2.0),
        particles(carry, seed),
    ]
}

/// −f p′ + D p″ by central differences, the drift outside the derivative.
fn outside(problem: &Problem, (theta, h, steps): Steps, mut p: Vec<f64>) -> Vec<f64> {
    let Problem { cells, potential, g } = *problem;
    let (n, width) = (cells.count, cells.width());
    let spread = 0.5 * g * g / (width * width);
    let half_drift = |i: usize| {
        let x = cells.centre(i);
        let rise = potential(x + 0.5 * width) - potential(x - 0.5 * width);
        -0.5 * rise / (width * width)
    };
    let from_left: Vec<f64> = (0..n).map(|i| spread + half_drift(i)).collect();
    let from_right: Vec<f64> = (0..n).map(|i| spread - half_drift(i)).collect();
    // At a wall the neighbour that is not there has the density of the cell itself.
    let own = |i: usize| {
        let mirrored = if i == 0 { from_left[i] } else { 0.0 }
            + if i == n - 1 { from_right[i] } else { 0.0 };
        mirrored - 2.0 * spread
    };
    let (mut pivots, mut y) = (vec![0.0; n], vec![0.0; n]);
    for _ in 0..steps {
        for i in 0..n {
            let handed = if i > 0 { theta * h * from_left[i] } else { 0.0 };
            let (before, ratio) = match i {
                0 => (0.0, 0.0),
                i => (y[i - 1], theta * h * from_right[i - 1] / pivots[i - 1]),
            };
            pivots[i] = 1.0 - theta * h * own(i) - handed * ratio;
            y[i] = (p[i] + handed * before) / pivots[i];
        }
        let mut q = 0.0;
        for i in (0..n).rev() {
            q = y[i] + theta * h * from_right[i] / pivots[i] * q;
            p[i] = q / theta - (1.0 / theta - 1.0) * p[i];
        }
    }
    p
}

/// Walls through which particles leave, never to come back.
fn open_walls(problem: &Problem, steps: Steps, p: Vec<f64>) -> Vec<f64> {
    let mut rates = problem.rates();
    let last = problem.cells.count - 1;
    (rates.left[0], rates.right[last]) = (rates.left[1], rates.right[last - 1]);
    stepped(&rates, steps, p)
}

/// The scheme of the chapter.
pub const FINITE_VOLUME: Claim = Claim::new(
    "fpk-finite-volume",
    "cells that trade mass through their faces keep it, end in the right law, and come \
     close to the density",
    |seed| check(scheme, seed),
    &[
        Slip::new("the drift outside the derivative", |seed| check(outside, seed)),
        Slip::new("open walls", |seed| check(open_walls, seed)),
        Slip::new("the mean of both densities at the face", |seed| {
            check(|problem, steps, p| stepped(&problem.fitted(centred), steps, p), seed)
        }),
        Slip::new("g² for D", |seed| {
            check(
                |problem, steps, p| {
                    let doubled = |d, width, rise| hops(2.0 * d, width, rise);
                    stepped(&problem.fitted(doubled), steps, p)
                },
                seed,
            )
        }),
        Slip::new("stopped where the line begins to be drawn on", |seed| {
            check(
                |problem, (theta, h, n), p| {
                    stepped(&problem.rates(), (1.0, theta * h, n), p)
                },
                seed,
            )
        }),
    ],
);
