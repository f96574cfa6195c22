//! Exercise 2.2: the middle of a Brownian bridge.

use super::draws::between;
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "bridge-midpoint",
    number: "2.2",
    title: "Refine a path",
    points: 2,
    minutes: 15,
    task: "Write `bridge_midpoint`: Brownian motion is at $a$ at time $r$ and at $b$ at time $t=r+\\text{span}$. \
           Where is it halfway, if $\\varepsilon\\sim\\mathcal N(0,1)$ is the draw that decides?",
    hint: "The mean lies halfway between $a$ and $b$. For the variance, think of two independent halves of \
           variance $\\text{span}/2$ whose sum is known.",
    formula: "bm-bridge",
    check,
    slips: &[
        Known {
            name: "variance span/2",
            says: "the noise has variance span/2, as if the end were not known: knowing it halves \
                   the variance",
            work: Work {
                bridge_midpoint: |a, b, span, e| (a + b) / 2.0 + (span / 2.0).sqrt() * e,
                ..UNFINISHED
            },
        },
        Known {
            name: "the end forgotten",
            says: "this walks on from a and does not know b: it need not fit the path at the end",
            work: Work {
                bridge_midpoint: |a, _, span, e| a + (span / 2.0).sqrt() * e,
                ..UNFINISHED
            },
        },
        Known {
            name: "a variance used as a deviation",
            says: "span/4 is the variance: the noise is multiplied by its root",
            work: Work {
                bridge_midpoint: |a, b, span, e| (a + b) / 2.0 + span / 4.0 * e,
                ..UNFINISHED
            },
        },
        Known {
            name: "no noise",
            says: "this is the straight line between the two points: a path refined so is smooth",
            work: Work { bridge_midpoint: |a, b, _, _| (a + b) / 2.0, ..UNFINISHED },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "bridge-midpoint").generator();
    let (r, span) = (between(draws, 0.3, 0.9), between(draws, 0.3, 0.9));
    // W_r = √r ε₁ and W_t = W_r + √span ε₂: then the middle is a linear function of three
    // independent normal numbers, and covariances are products of its coefficients.
    let middle = |e: [f64; 3]| {
        let a = r.sqrt() * e[0];
        (work.bridge_midpoint)(a, a + span.sqrt() * e[1], span, e[2])
    };
    let zero = middle([0.0; 3]);
    let m = [
        middle([1.0, 0.0, 0.0]) - zero,
        middle([0.0, 1.0, 0.0]) - zero,
        middle([0.0, 0.0, 1.0]) - zero,
    ];
    let bend = middle([0.0, 0.0, -2.0]) - zero + 2.0 * m[2];
    let half = r + span / 2.0;
    let rounding = "rounding of numbers of order one";
    vec![
        Evidence::at_most("mean against 0", zero.abs(), 1e-14, rounding),
        Evidence::at_most(
            "distance from a straight line in the draw",
            bend.abs(),
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "covariance with the value before, against its time",
            (m[0] * r.sqrt() - r).abs(),
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "covariance with the value after, against the time of the middle",
            (m[0] * r.sqrt() + m[1] * span.sqrt() - half).abs(),
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "standard deviation against the root of the time of the middle",
            (m.iter().map(|c| c * c).sum::<f64>().sqrt() - half.sqrt()).abs(),
            1e-13,
            rounding,
        ),
    ]
}
