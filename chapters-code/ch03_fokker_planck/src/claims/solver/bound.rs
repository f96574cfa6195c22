//! The longest step that keeps every density positive.

use crate::finite_volume::{Cells, Rates};
use crate::theta_scheme::{Stepper, positive_step};
use crate::well_experiment::{WELL, cells};
use ch01_flows::quadrature::GaussLegendre;
use evidence::{Claim, Evidence, Slip};
use nalgebra::DVector;

/// A bound for the step, given θ.
type Bound = fn(&Rates, f64) -> f64;

/// All mass in cell `i`.
fn spike(rates: &Rates, i: usize) -> Vec<f64> {
    let mut p = vec![0.0; rates.cells.count];
    p[i] = 1.0 / rates.cells.width();
    p
}

/// The most negative density in 20 steps from any of nine cells, over the start's peak.
fn below_zero(rates: &Rates, theta: f64, h: f64) -> f64 {
    let (n, width) = (rates.cells.count, rates.cells.width());
    let mut lowest = 0.0_f64;
    for i in (0..9).map(|k| k * (n - 1) / 8) {
        let (mut p, mut stepper) =
            (spike(rates, i), Stepper::signed(rates, theta, h).expect("in range"));
        for _ in 0..20 {
            stepper.step(&mut p);
            lowest = p.iter().copied().fold(lowest, f64::min);
        }
    }
    -lowest * width
}

/// One step from a spike on flat ground: what is left in its cell at twice the bound.
fn at_twice_the_bound(bound: Bound, theta: f64) -> Evidence {
    let cells = Cells::new(-3.0, 3.1, 401).expect("an interval");
    let g = 0.8;
    let flat = Rates::new(cells, |_| 0.7, g).expect("rates");
    let mut p = spike(&flat, 200);
    let h = 2.0 * bound(&flat, theta);
    Stepper::signed(&flat, theta, h.min(1e6)).expect("in range").step(&mut p);
    // λ = hD/Δ² is 1/(1 − θ) where the bound is right.
    let lambda = 1.0 / (1.0 - theta);
    let expected =
        1.0 / (theta * (1.0 + 4.0 * theta * lambda).sqrt()) - (1.0 - theta) / theta;
    Evidence::at_most(
        format!(
            "spike on flat ground, θ = {theta}: {} of it left after a step of twice the \
             bound, error against the formula",
            evidence::number(p[200] * cells.width())
        ),
        (p[200] * cells.width() - expected).abs(),
        1e-13,
        "rounding; the walls are 200 cells away, each of which halves what it hands on",
    )
}

/// One implicit step against the mean of the exact density over exponential times.
fn random_time() -> Evidence {
    let (cells, h) = (Cells::new(-1.5, 1.4, 8).expect("an interval"), 0.3);
    let rates = Rates::new(cells, |x| WELL.potential(x), 0.8).expect("rates");
    let k = rates.matrix();
    let start = DVector::from_vec(spike(&rates, 4));
    // Forty mean times cut off e⁻⁴⁰.
    let (rule, part) = (GaussLegendre::new(8), 0.5 * h);
    let at = |s: f64, i: usize| ((&k * s).exp() * &start)[i] * (-s / h).exp() / h;
    let mut p: Vec<f64> = start.iter().copied().collect();
    Stepper::signed(&rates, 1.0, h).expect("in range").step(&mut p);
    let mut worst = 0.0_f64;
    for i in [3, 4, 6] {
        let mean: f64 = (0..80)
            .map(|n| {
                let from = part * f64::from(n);
                rule.integral(|s| at(s, i), from, from + part)
            })
            .sum();
        worst = worst.max((mean - p[i]).abs() * cells.width());
    }
    Evidence::at_most(
        "an implicit step against the mean over exponential times, at three cells",
        worst,
        1e-13,
        "rounding; 8 nodes on each half of a mean time leave less",
    )
}

fn check(bound: Bound) -> Vec<Evidence> {
    let well = Rates::new(cells(), |x| WELL.potential(x), WELL.diffusion).expect("rates");
    let kept = |theta: f64| {
        let h = bound(&well, theta).min(1e6);
        Evidence::at_most(
            format!(
                "depth below 0 over the start's peak, 20 steps as long as the bound, θ = {theta}"
            ),
            below_zero(&well, theta, h),
            1e-15,
            "rounding: one difference of two numbers that may be equal",
        )
    };
    vec![
        kept(0.5),
        kept(0.7),
        Evidence::at_most(
            "depth below 0 over the start's peak, 20 steps of h = 50, θ = 1",
            below_zero(&well, 1.0, 50.0_f64.min(bound(&well, 1.0))),
            0.0,
            "exactly: only sums of positive numbers are taken",
        ),
        at_twice_the_bound(bound, 0.5),
        at_twice_the_bound(bound, 0.7),
        random_time(),
    ]
}

/// (1 − θ) h (kᵢ⁺ + kᵢ⁻) ≤ 1.
pub const POSITIVE_STEP: Claim = Claim::new(
    "fpk-positive-step",
    "an implicit step keeps every density positive, and one that is partly explicit does \
     so if no cell can give away more than it has",
    |_| check(positive_step),
    &[
        Slip::new("one neighbour counted", |_| {
            check(|rates, theta| {
                let right = rates.right.iter().copied().fold(0.0, f64::max);
                1.0 / ((1.0 - theta) * right)
            })
        }),
        Slip::new("theta for its complement", |_| {
            check(|rates, theta| 1.0 / (theta * rates.fastest()))
        }),
        Slip::new("Crank and Nicolson with every step", |_| check(|_, _| f64::INFINITY)),
    ],
);
