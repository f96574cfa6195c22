//! Exercise 1.6: the divergence by central differences.

use super::draws::{between, either_sign, matrix, point};
use super::{Field, UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "divergence",
    number: "1.6",
    title: "The divergence by differences",
    points: 2,
    minutes: 15,
    task: "Write `divergence`: $\\nabla\\cdot u$ of a planar field at $(t,x)$, each derivative by the \
           central difference of the two points at distance $h$ from $x$ along its coordinate.",
    hint: "Four calls of the velocity. For the first coordinate move $x_1$ by $\\pm h$, keep $x_2$, \
           and use the *first* component alone.",
    formula: "flow-divergence-theorem",
    check,
    slips: &[
        Known {
            name: "forward differences",
            says: "these are forward differences: central ones use the points on both sides",
            work: Work {
                divergence: |u, t, x, h| {
                    (0..2)
                        .map(|i| {
                            (u.velocity(t, &moved(x, i, h)) - u.velocity(t, x))[i] / h
                        })
                        .sum()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "factor two",
            says: "the two points lie 2h apart: divide by 2h",
            work: Work {
                divergence: |u, t, x, h| 2.0 * central(u, t, x, h),
                ..UNFINISHED
            },
        },
        Known {
            name: "components crossed",
            says: "this is ∂u₂/∂x₁ + ∂u₁/∂x₂: the divergence pairs each component with its own \
                   coordinate",
            work: Work {
                divergence: |u, t, x, h| {
                    (0..2).map(|i| difference(u, t, x, h, i)[1 - i] / (2.0 * h)).sum()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the curl",
            says: "this is the curl, ∂u₂/∂x₁ − ∂u₁/∂x₂: it measures turning, not spreading",
            work: Work {
                divergence: |u, t, x, h| {
                    let across = |i: usize| difference(u, t, x, h, i)[1 - i] / (2.0 * h);
                    across(0) - across(1)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "both coordinates moved at once",
            says: "both coordinates are moved at once: each derivative moves one and keeps the other",
            work: Work {
                divergence: |u, t, x, h| {
                    let step = Point::<2>::new(h, h);
                    let apart = u.velocity(t, &(x + step)) - u.velocity(t, &(x - step));
                    (apart[0] + apart[1]) / (2.0 * h)
                },
                ..UNFINISHED
            },
        },
    ],
};

fn moved(x: &Point<2>, i: usize, h: f64) -> Point<2> {
    let mut moved = *x;
    moved[i] += h;
    moved
}

fn difference(u: Field, t: f64, x: &Point<2>, h: f64, i: usize) -> Point<2> {
    u.velocity(t, &moved(x, i, h)) - u.velocity(t, &moved(x, i, -h))
}

fn central(u: Field, t: f64, x: &Point<2>, h: f64) -> f64 {
    (0..2).map(|i| difference(u, t, x, h, i)[i] / (2.0 * h)).sum()
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "divergence").generator();
    let (x, m, q, h) =
        (point(draws), matrix(draws), matrix(draws), between(draws, 0.05, 0.1));
    let (t, k) = (between(draws, 0.3, 0.9), either_sign(draws, 0.6, 1.4));

    // Quadratics: central differences are exact.
    let quadratic = move |t: f64, x: &Point<2>| t * (m * x) + q * x.component_mul(x);
    let wanted = t * m.trace() + 2.0 * (q[(0, 0)] * x[0] + q[(1, 1)] * x[1]);
    let exact = ((work.divergence)(&quadratic, t, &x, h) - wanted).abs();
    // A curved field: the error is as h².
    let curved = move |t: f64, x: &Point<2>| {
        Point::<2>::new((k * x[0] + 0.3 * x[1]).exp(), (0.4 * x[0] - t * x[1]).exp())
    };
    let wanted = k * (k * x[0] + 0.3 * x[1]).exp() - t * (0.4 * x[0] - t * x[1]).exp();
    let error = |h: f64| (work.divergence)(&curved, t, &x, h) - wanted;
    // Two errors of opposite signs may cancel: the measure is the error left by Richardson's rule.
    let left = ((4.0 * error(h / 2.0) - error(h)) / 3.0).abs() / (1.0 + wanted.abs());
    vec![
        Evidence::at_most(
            "quadratic field, error",
            exact,
            1e-11,
            "rounding, divided by h > 0.05",
        ),
        Evidence::at_most(
            "exponential field, error after extrapolation",
            left,
            1e-4,
            "h⁴ with h < 0.1",
        ),
    ]
}
