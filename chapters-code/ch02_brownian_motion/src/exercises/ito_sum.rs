//! Exercise 2.4: Itô's sum.

use super::draws::{either_sign, rough_path};
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "ito-sum",
    number: "2.4",
    title: "Itô's sum",
    points: 2,
    minutes: 10,
    task: "Write `ito_sum`: the sum that tends to $\\int\\varphi(t,W_t)\\,dW_t$, on a grid of times \
           whose steps need not be equal.",
    hint: "Each increment $W_{i+1}-W_i$ is multiplied by $\\varphi$ at the time and the place at which the step \
           *begins*. `times.len()` points make one step fewer.",
    formula: "bm-ito-integral",
    check,
    slips: &[
        Known {
            name: "the right end",
            says: "φ is taken at the end of each step: it then knows the increment it is multiplied \
                   with, and the sum tends to another number",
            work: Work {
                ito_sum: |phi, t, w| {
                    (1..t.len()).map(|i| phi(t[i], w[i]) * (w[i] - w[i - 1])).sum()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the mean of both ends",
            says: "φ is averaged over both ends of each step: this is Stratonovich's sum",
            work: Work {
                ito_sum: |phi, t, w| {
                    let mean =
                        |i: usize| (phi(t[i], w[i]) + phi(t[i - 1], w[i - 1])) / 2.0;
                    (1..t.len()).map(|i| mean(i) * (w[i] - w[i - 1])).sum()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "dt in place of dW",
            says: "this multiplies by the steps of time: it is the integral of φ dt",
            work: Work {
                ito_sum: |phi, t, w| {
                    (1..t.len())
                        .map(|i| phi(t[i - 1], w[i - 1]) * (t[i] - t[i - 1]))
                        .sum()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the last step left out",
            says: "one step is missing: n + 1 times make n steps",
            work: Work {
                ito_sum: |phi, t, w| {
                    let steps = 1..t.len() - 1;
                    steps.map(|i| phi(t[i - 1], w[i - 1]) * (w[i] - w[i - 1])).sum()
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "ito-sum").generator();
    let (times, path) = rough_path(draws, 40);
    let (end, last) = (times[40], path[40]);
    let c = either_sign(draws, 0.5, 1.5);
    let sum = |phi: &dyn Fn(f64, f64) -> f64| (work.ito_sum)(phi, &times, &path);
    let squares: f64 = path.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
    // Summation by parts: Σ tᵢ ΔWᵢ = T W_T − Σ Wᵢ₊₁ Δtᵢ.
    let parts: f64 =
        times.windows(2).zip(&path[1..]).map(|(t, w)| w * (t[1] - t[0])).sum();
    let rounding = "rounding of a few dozen additions";
    vec![
        Evidence::at_most(
            "φ constant, distance from its product with W at the end",
            (sum(&|_, _| c) - c * last).abs(),
            1e-12,
            rounding,
        ),
        Evidence::at_most(
            "φ = W, distance from half of W² at the end less the squared increments",
            (sum(&|_, w| w) - (last * last - squares) / 2.0).abs(),
            1e-12,
            rounding,
        ),
        Evidence::at_most(
            "φ = t, distance from the sum by parts",
            (sum(&|t, _| t) - (end * last - parts)).abs(),
            1e-12,
            rounding,
        ),
    ]
}
