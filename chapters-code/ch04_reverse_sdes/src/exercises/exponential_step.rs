//! Exercise 4.8: the step that knows how data and noise are mixed.

use super::draws::{Plan, between, miss_of_point, point};
use super::{UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "exponential-step",
    number: "4.8",
    title: "Split and mix anew",
    points: 2,
    minutes: 10,
    task: "Write `exponential_step`: one exponential step along the probability flow, from $x$ at a time with $(\\alpha,\\sigma)$ to an \
           earlier one. The score at $x$ is given.",
    hint: "The score of a single datum would be $-\\varepsilon/\\sigma$. So the score guesses the noise, and what is then left of $x$ \
           guesses the data.",
    formula: "rev-exponential-step",
    check,
    slips: &[
        Known {
            name: "the noise of the old time",
            says: "the guess of the noise is mixed in with the old σ: nothing is denoised. It takes the new one",
            work: Work {
                exponential_step: |(a, s), (b, _), score, x| {
                    (x + score * (s * s)) * (b / a) - score * (s * s)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the data of the old time",
            says: "the guess of the data is divided and multiplied by one α: x has the α of the old time, and the \
                   mixture that of the new one",
            work: Work {
                exponential_step: |(_, s), (_, u), score, x| {
                    x + score * (s * s) - score * (s * u)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the data themselves",
            says: "this is the guess of the data, free of noise: the step leads to the next time, and there is noise there",
            work: Work {
                exponential_step: |(a, s), _, score, x| (x + score * (s * s)) / a,
                ..UNFINISHED
            },
        },
        Known {
            name: "a plus in the noise",
            says: "the noise has the sign of the score: the score points away from where the noise has led",
            work: Work {
                exponential_step: |now, next, score, x| {
                    mixed(now, next, &(score * now.1), x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the score for the noise",
            says: "the score itself is taken for the noise: it is the noise over σ, so a σ is missing",
            work: Work {
                exponential_step: |now, next, score, x| mixed(now, next, &-score, x),
                ..UNFINISHED
            },
        },
        Known {
            name: "σ² for σ",
            says: "the noise is −σ²·score: that is σε, the noise as it stands in x, and the step multiplies by a σ once more",
            work: Work {
                exponential_step: |now, next, score, x| {
                    mixed(now, next, &(score * -now.1.powi(2)), x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "not divided by α",
            says: "what is left without the noise is α times the data: divide by the α of the time at which x is",
            work: Work {
                exponential_step: |(_, s), (b, u), score, x| {
                    (x + score * (s * s)) * b - score * (s * u)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise by the new σ",
            says: "the noise is guessed with the σ of the new time: ε̂ is −σ times the score, with the σ of the time at which x is",
            work: Work {
                exponential_step: |now, next, score, x| {
                    mixed(now, next, &(score * -next.1), x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "still divided by the new α",
            says: "this is X/α at the new time: multiply by the α of that time",
            work: Work {
                exponential_step: |now, next, score, x| {
                    mixed(now, next, &(score * -now.1), x) / next.0
                },
                ..UNFINISHED
            },
        },
    ],
};

/// α′ (x − σ ε̂)/α + σ′ ε̂.
fn mixed(
    (alpha, sigma): (f64, f64),
    (next_alpha, next_sigma): (f64, f64),
    noise: &Point<2>,
    x: &Point<2>,
) -> Point<2> {
    (x - noise * sigma) * (next_alpha / alpha) + noise * next_sigma
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "exponential-step").generator();
    let plan = Plan::draw(draws);
    let (t, u) = (between(draws, 0.8, 1.1), between(draws, 0.2, 0.4));
    let at = |t: f64| (plan.alpha(t), plan.sigma(t));
    let step = |t: f64, u: f64, score: Point<2>, x: Point<2>| {
        (work.exponential_step)(at(t), at(u), &score, &x)
    };

    // One datum: the flow keeps its noise, and one step does the whole way.
    let (datum, noise) = (point(draws), point(draws));
    let place = |t: f64| datum * plan.alpha(t) + noise * plan.sigma(t);
    let found = step(t, u, -noise / plan.sigma(t), place(t));

    // A normal heap round a point: the flow keeps the number of deviations. A short step
    // goes along its velocity.
    let width = between(draws, 0.4, 0.8);
    let deviation = |t: f64| (plan.alpha(t) * width).hypot(plan.sigma(t));
    let heap = |t: f64| datum * plan.alpha(t) + noise * deviation(t);
    let score = -noise / deviation(t);
    let miss_of = |h: f64| step(t, t - h, score, heap(t)) - heap(t - h);
    let short = 1e-5;
    let stays = step(t, t, score, heap(t));
    vec![
        Evidence::at_most(
            "one datum, one step over the whole way, miss",
            miss_of_point(&found, &place(u)),
            1e-13,
            "rounding of numbers of order one",
        ),
        Evidence::at_most(
            "a heap: what a short step misses, over its length",
            miss_of(short).norm() / short,
            1e-3,
            "a step of order 1 misses a multiple of h², and h is 10⁻⁵",
        ),
        Evidence::at_most(
            "a step of no length, miss",
            miss_of_point(&stays, &heap(t)),
            1e-13,
            "rounding of numbers of order one",
        ),
    ]
}
