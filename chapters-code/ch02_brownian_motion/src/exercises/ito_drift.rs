//! Exercise 2.5: the drift in Itô's lemma.

use super::draws::either_sign;
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "ito-drift",
    number: "2.5",
    title: "The drift of a function",
    points: 3,
    minutes: 15,
    task: "Write `ito_drift`: let $dX=f\\,dt+g\\,dW$. What stands before $dt$ in $dF(t,X_t)$?",
    hint: "Expand $F$ to second order and replace $dW^2$ by $dt$.",
    formula: "bm-ito-lemma",
    check,
    slips: &[
        Known {
            name: "the chain rule of calculus",
            says: "the second derivative is missing: this is the chain rule for smooth paths",
            work: Work { ito_drift: |f, _, f_t, f_x, _| f_t + f * f_x, ..UNFINISHED },
        },
        Known {
            name: "without ½",
            says: "the second derivative has lost its ½ from Taylor's formula",
            work: Work {
                ito_drift: |f, g, f_t, f_x, f_xx| f_t + f * f_x + g * g * f_xx,
                ..UNFINISHED
            },
        },
        Known {
            name: "g in place of g²",
            says: "the increment of X is squared, and with it g",
            work: Work {
                ito_drift: |f, g, f_t, f_x, f_xx| f_t + f * f_x + 0.5 * g * f_xx,
                ..UNFINISHED
            },
        },
        Known {
            name: "time forgotten",
            says: "F depends on t as well: its derivative in time is missing",
            work: Work {
                ito_drift: |f, g, _, f_x, f_xx| f * f_x + 0.5 * g * g * f_xx,
                ..UNFINISHED
            },
        },
        Known {
            name: "noise counted as drift",
            says: "g ∂F/∂x belongs to dW: it has mean zero and is no part of the drift",
            work: Work {
                ito_drift: |f, g, f_t, f_x, f_xx| {
                    f_t + f * f_x + g * f_x + 0.5 * g * g * f_xx
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "ito-drift").generator();
    let [f, g, a, b, t, x] = std::array::from_fn(|_| either_sign(draws, 0.6, 1.3));
    // F = sin(ax + bt), and the drift as what it is: the mean change of F per unit of time.
    // Over a step h the noise is ±g√h with chance ½ each, which has the right mean and
    // variance; the quotient then misses the drift by a multiple of h.
    let value = |t: f64, x: f64| (a * x + b * t).sin();
    let (sin, cos) = (a * x + b * t).sin_cos();
    let drift = (work.ito_drift)(f, g, b * cos, a * cos, -a * a * sin);
    let miss = |h: f64| {
        let up = value(t + h, x + f * h + g * h.sqrt());
        let down = value(t + h, x + f * h - g * h.sqrt());
        ((up + down) / 2.0 - value(t, x)) / h - drift
    };
    // Taken to h = 0 along a straight line.
    let limit = 2.0 * miss(1e-4) - miss(2e-4);
    // e^{λx − λ²g²t/2} of Brownian motion g W has no drift at all.
    let lambda = either_sign(draws, 0.6, 1.3);
    let martingale = (lambda * x - lambda * lambda * g * g * t / 2.0).exp();
    let none = (work.ito_drift)(
        0.0,
        g,
        -lambda * lambda * g * g / 2.0 * martingale,
        lambda * martingale,
        lambda * lambda * martingale,
    );
    // The mean square of g W grows like g² t.
    let root = (work.ito_drift)(0.0, g, 0.0, 2.0 * x, 2.0).abs().sqrt();
    vec![
        Evidence::at_most(
            "root of the drift of the square of g W, against g",
            (root - g.abs()).abs(),
            1e-13,
            "rounding of numbers of order one",
        ),
        Evidence::at_most(
            "distance from the mean change per unit of time",
            limit.abs(),
            1e-6,
            "what is left are terms of order h², and rounding over h",
        ),
        Evidence::at_most(
            "drift of a martingale",
            (none / martingale).abs(),
            1e-13,
            "rounding of numbers of order one",
        ),
    ]
}
