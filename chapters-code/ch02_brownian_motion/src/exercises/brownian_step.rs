//! Exercise 2.1: a step of Brownian motion.

use super::draws::{between, either_sign};
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "brownian-step",
    number: "2.1",
    title: "A step of Brownian motion",
    points: 1,
    minutes: 5,
    task: "Write `brownian_step`: Brownian motion is at $w$. Where is it a time $h$ later, if \
           $\\varepsilon\\sim\\mathcal N(0,1)$ is the draw that decides?",
    hint: "The increment has variance $h$. What is its standard deviation?",
    formula: "bm-simulation",
    check,
    slips: &[
        Known {
            name: "h in place of √h",
            says: "the noise is multiplied by h: then its variance is h², and with shorter steps \
                   the motion dies out",
            work: Work { brownian_step: |w, h, e| w + h * e, ..UNFINISHED },
        },
        Known {
            name: "no step",
            says: "the noise is not scaled at all: each step then has variance 1, however short",
            work: Work { brownian_step: |w, _, e| w + e, ..UNFINISHED },
        },
        Known {
            name: "the start forgotten",
            says: "this is the increment: the motion starts from w",
            work: Work { brownian_step: |_, h, e| h.sqrt() * e, ..UNFINISHED },
        },
        Known {
            name: "the variance taken for h/2",
            says: "the increment has half the variance: over h it is h",
            work: Work {
                brownian_step: |w, h, e| w + (h / 2.0).sqrt() * e,
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "brownian-step").generator();
    let (w, h) = (either_sign(draws, 0.5, 1.5), between(draws, 0.1, 0.6));
    let step = work.brownian_step;
    // A linear function of the draw: what stands at 0, and the square of the slope.
    let variance = |h: f64| (step(w, h, 1.0) - step(w, h, 0.0)).powi(2);
    let bend =
        step(w, h, -2.0) - step(w, h, 0.0) + 2.0 * (step(w, h, 1.0) - step(w, h, 0.0));
    let rounding = "rounding of numbers of order one";
    vec![
        Evidence::at_most(
            "distance from a straight line in the draw",
            bend.abs(),
            1e-13,
            rounding,
        ),
        Evidence::at_most("mean against w", (step(w, h, 0.0) - w).abs(), 1e-14, rounding),
        Evidence::at_most("variance against h", (variance(h) - h).abs(), 1e-14, rounding),
        Evidence::at_most(
            "variance of four times the step, over that of one, against 4",
            (variance(4.0 * h) / variance(h) - 4.0).abs(),
            1e-13,
            rounding,
        ),
    ]
}
