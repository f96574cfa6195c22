//! Exercise 4.2: one step of the way back.

use super::draws::{
    Plan, between, covariance, inverse, limit, miss, miss_of_point, point,
};
use super::{Score, UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "reverse-step",
    number: "4.2",
    title: "One step back",
    points: 2,
    minutes: 10,
    task: "Write `reverse_step`: one step of Euler and Maruyama on the way back of $dX=aX\\,dt+g\\,dW$, from $X_t=x$ to \
           $X_{t-h}$. A draw $\\xi\\sim\\mathcal N(0,I)$ is handed to you.",
    hint: "Undo the drift, climb along the score, add noise. All of it is taken at the beginning of the step.",
    formula: "rev-em-step",
    check,
    slips: &[
        Known {
            name: "half the score",
            says: "the score has a ½: that is the probability flow, and beside the noise it undoes half of what it should",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (0.5 * g * g * s(t, x) - a * x) * h + xi * (h.sqrt() * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the forward drift",
            says: "the drift has its forward sign: on the way back it is undone",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (g * g * s(t, x) + a * x) * h + xi * (h.sqrt() * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "downhill",
            says: "the score is subtracted, and drives the particles apart: with h > 0 the way back goes uphill",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (-g * g * s(t, x) - a * x) * h + xi * (h.sqrt() * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "time running on",
            says: "drift and score have the signs they have for dt < 0: for a step h > 0 both are turned",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (a * x - g * g * s(t, x)) * h + xi * (h.sqrt() * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "h in place of √h",
            says: "the noise has lost its root: over a step it is √h g ξ",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (g * g * s(t, x) - a * x) * h + xi * (h * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "g in place of g²",
            says: "the score is multiplied by g: what counts is the variance of the noise, g²",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (g * s(t, x) - a * x) * h + xi * (h.sqrt() * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the score of the new time",
            says: "the score is asked at t − h: the step begins at t, and its place belongs to the law of t",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (g * g * s(t - h, x) - a * x) * h + xi * (h.sqrt() * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the score after the noise",
            says: "the score is taken where the noise has led: it belongs to the beginning of the step",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    let noise = xi * (h.sqrt() * g);
                    x + noise + (g * g * s(t, &(x + noise)) - a * x) * h
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "g² before the noise",
            says: "the noise has g²: that is its variance per unit of time, and its deviation has g",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (g * g * s(t, x) - a * x) * h + xi * (h.sqrt() * g * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise without g",
            says: "the noise has lost its g: over a step it is √h g ξ",
            work: Work {
                reverse_step: |a, g, s, t, h, x, xi| {
                    x + (g * g * s(t, x) - a * x) * h + xi * h.sqrt()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise left out",
            says: "there is no noise: the whole score needs that of the way back beside it",
            work: Work {
                reverse_step: |a, g, s, t, h, x, _| x + (g * g * s(t, x) - a * x) * h,
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "reverse-step").generator();
    let plan = Plan::draw(draws);
    let (t, h) = (between(draws, 0.5, 0.9), between(draws, 0.04, 0.09));
    let (centre, c) = (point(draws), covariance(draws) * 0.5);
    let (x, xi) = (point(draws), point(draws));
    let (a, g) = (plan.a(t), plan.g(t));
    let step = |score: Score, sign: f64| {
        (work.reverse_step)(a, g, score, t, h, &x, &(xi * sign))
    };
    let velocity = |score: Score| ((step(score, 1.0) + step(score, -1.0)) / 2.0 - x) / h;

    // Bayes' rule for normal data: X_{t−l} given X_t = x has a mean and a covariance that
    // need the kernels only, no score and no g.
    let (mean, v) = plan.noised(t, &centre, &c);
    let score = |t: f64, x: &Point<2>| {
        let (mean, v) = plan.noised(t, &centre, &c);
        inverse(&v) * (mean - x)
    };
    let past = |l: f64| {
        let (mean_s, v_s) = plan.noised(t - l, &centre, &c);
        let gain = v_s * inverse(&v) * (plan.alpha(t) / plan.alpha(t - l));
        (mean_s + gain * (x - mean), v_s - gain * v * gain.transpose())
    };
    let drift = limit(|l| (past(l).0 - x) / l, 1e-3);
    let spread = limit(|l| past(l).1.trace() / (2.0 * l), 1e-3);
    let found = velocity(&score);
    let noise = (step(&score, 1.0) - step(&score, -1.0)) / 2.0;

    // A score that is no straight line, and depends on the time.
    let bent = |t: f64, x: &Point<2>| {
        Point::<2>::new((x[1] + 3.0 * t).sin() - x[0].powi(3), t * x[0] * x[1])
    };
    let nothing = |_: f64, _: &Point<2>| Point::<2>::zeros();
    let pull = (velocity(&bent) - velocity(&nothing)) / spread;
    let because =
        "steps l, l/2, l/4 of Bayes' rule leave a multiple of l³, and rounding over l";
    vec![
        Evidence::at_most(
            "mean over ±ξ, its velocity against Bayes' rule for a short time, miss",
            miss_of_point(&found, &drift) / drift.norm(),
            1e-6,
            because,
        ),
        Evidence::at_most(
            "noise along ξ, variance per unit of time against Bayes' rule, miss",
            miss(noise.dot(&xi).powi(2) / (h * xi.norm_squared().powi(2)), spread),
            1e-6,
            because,
        ),
        Evidence::at_most(
            "noise across ξ",
            noise.perp(&xi).abs(),
            1e-13,
            "rounding of numbers of order one",
        ),
        Evidence::at_most(
            "a score that bends: mean velocity over the variance of the noise, miss",
            miss_of_point(&pull, &bent(t, &x)),
            1e-5,
            because,
        ),
    ]
}
