//! Exercise 1.7: the velocity of the Gaussian bridge.

use super::draws::{between, either_sign};
use super::reversed_velocity::largest;
use super::{UNFINISHED, Work};
use crate::{Rk4, integrate};
use dynamics::{Stream, TimeGrid};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "bridge-velocity",
    number: "1.7",
    title: "The velocity of a bridge",
    points: 3,
    minutes: 20,
    task: "A particle that starts at $x_0$ is at $x_t=(1-t+t\\varsigma)\\,x_0+t\\mu$ at time $t$: a \
           straight line from $\\mathcal N(0,1)$ to $\\mathcal N(\\mu,\\varsigma^2)$. Write \
           `bridge_velocity`: the velocity of the particle that is *now* at $x$.",
    hint: "Differentiate $x_t$; then replace $x_0$, which nobody knows at time $t$, by what $x$ and \
           $t$ say it was.",
    formula: "flow-model",
    check,
    slips: &[
        Known {
            name: "x in place of the start",
            says: "the start x₀ is replaced by x itself: solve x = (1 − t + tς) x₀ + tμ for it",
            work: Work {
                bridge_velocity: |mu, s, _, x| mu + (s - 1.0) * x,
                ..UNFINISHED
            },
        },
        Known {
            name: "not centred",
            says: "the start is taken as x/(1 − t + tς): the mean tμ is to be taken off first",
            work: Work {
                bridge_velocity: |mu, s, t, x| mu + (s - 1.0) * x / (1.0 - t + t * s),
                ..UNFINISHED
            },
        },
        Known {
            name: "not scaled",
            says: "the start is taken as x − tμ: it must be divided by 1 − t + tς",
            work: Work {
                bridge_velocity: |mu, s, t, x| mu + (s - 1.0) * (x - t * mu),
                ..UNFINISHED
            },
        },
        Known {
            name: "sign of the spread",
            says: "the derivative of 1 − t + tς is ς − 1, not 1 − ς",
            work: Work {
                bridge_velocity: |mu, s, t, x| {
                    mu + (1.0 - s) * (x - t * mu) / (1.0 - t + t * s)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "mean forgotten",
            says: "the mean moves too: its velocity μ is missing",
            work: Work {
                bridge_velocity: |mu, s, t, x| {
                    (s - 1.0) * (x - t * mu) / (1.0 - t + t * s)
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "bridge-velocity").generator();
    let (mu, varsigma) = (either_sign(draws, 1.2, 2.5), between(draws, 0.3, 0.7));
    let starts: Vec<f64> = (0..8).map(|_| either_sign(draws, 0.3, 2.0)).collect();

    // Along a line the velocity is the difference of its ends.
    let along = starts.iter().flat_map(|&x0| {
        (0..10).map(move |i| {
            let (t, end) = (f64::from(i) / 10.0, mu + varsigma * x0);
            let now = (1.0 - t) * x0 + t * end;
            ((work.bridge_velocity)(mu, varsigma, t, now) - (end - x0)).abs()
        })
    });
    let along = along.fold(0.0, largest);
    // The field carries every start to their ends.
    let field = |t: f64, x: &f64| (work.bridge_velocity)(mu, varsigma, t, *x);
    let carried = starts.iter().map(|&x0| {
        let end = integrate(&Rk4, &field, TimeGrid::new(0.0, 1.0, 100), x0);
        (end - (mu + varsigma * x0)).abs()
    });
    let carried = carried.fold(0.0, largest);
    vec![
        Evidence::at_most("largest error along eight lines", along, 1e-12, "rounding"),
        Evidence::at_most(
            "distance from the ends at t = 1",
            carried,
            1e-7,
            "h⁴ with h = 0.01",
        ),
    ]
}
