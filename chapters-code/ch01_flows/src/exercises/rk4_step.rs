//! Exercise 1.3: one step of the classical Runge–Kutta method.

use super::draws::{between, carried_by_seasons, matrix, of_time, point, seasons, slope};
use super::{Field, UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "rk4-step",
    number: "1.3",
    title: "One step of Runge and Kutta",
    points: 3,
    minutes: 20,
    task: "Write `rk4_step`: one step of the classical Runge–Kutta method from $x$ at time $t$ over a \
           time $h$, with four velocities and the weights $\\tfrac16,\\tfrac13,\\tfrac13,\\tfrac16$.",
    hint: "Each velocity is found with the one before it: $k_2$ with $k_1$, $k_3$ with $k_2$, $k_4$ \
           with $k_3$. The two in the middle belong to the time $t+h/2$.",
    formula: "flow-rk4",
    check,
    slips: &[
        Known {
            name: "third velocity from the first",
            says: "k₃ is found with k₁: it should be found with k₂",
            work: Work { rk4_step: third_from_first, ..UNFINISHED },
        },
        Known {
            name: "equal weights",
            says: "the four velocities have equal weights: the two in the middle count twice",
            work: Work {
                rk4_step: |u, t, h, x| {
                    let [k1, k2, k3, k4] = velocities(u, t, h, x);
                    x + h / 4.0 * (k1 + k2 + k3 + k4)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "weights that do not add up to one",
            says: "the weights 1, 1, 1, 1 over 6 do not add up to one: the two velocities in the \
                   middle count twice",
            work: Work {
                rk4_step: |u, t, h, x| {
                    let [k1, k2, k3, k4] = velocities(u, t, h, x);
                    x + h / 6.0 * (k1 + k2 + k3 + k4)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "whole steps to the middle",
            says: "k₂ and k₃ are taken at x + h k: half the time leads half as far, x + h/2 k",
            work: Work {
                rk4_step: |u, t, h, x| {
                    let k1 = u.velocity(t, x);
                    let k2 = u.velocity(t + h / 2.0, &(x + h * k1));
                    let k3 = u.velocity(t + h / 2.0, &(x + h * k2));
                    let k4 = u.velocity(t + h, &(x + h * k3));
                    x + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "fourth velocity in the middle",
            says: "k₄ is taken half a step ahead: it belongs to the end of the step",
            work: Work {
                rk4_step: |u, t, h, x| {
                    let [k1, k2, k3, _] = velocities(u, t, h, x);
                    let k4 = u.velocity(t + h / 2.0, &(x + h / 2.0 * k3));
                    x + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "all velocities at the old time",
            says: "all velocities are taken at time t: k₂ and k₃ belong to t + h/2, k₄ to t + h",
            work: Work {
                rk4_step: |u, t, h, x| {
                    let frozen = move |_: f64, x: &Point<2>| u.velocity(t, x);
                    let [k1, k2, k3, k4] = velocities(&frozen, t, h, x);
                    x + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
                },
                ..UNFINISHED
            },
        },
    ],
};

/// k₁, k₂, k₃, k₄, from which most slips start.
fn velocities(u: Field, t: f64, h: f64, x: &Point<2>) -> [Point<2>; 4] {
    let k1 = u.velocity(t, x);
    let k2 = u.velocity(t + h / 2.0, &(x + h / 2.0 * k1));
    let k3 = u.velocity(t + h / 2.0, &(x + h / 2.0 * k2));
    let k4 = u.velocity(t + h, &(x + h * k3));
    [k1, k2, k3, k4]
}

fn third_from_first(u: Field, t: f64, h: f64, x: &Point<2>) -> Point<2> {
    let k1 = u.velocity(t, x);
    let k2 = u.velocity(t + h / 2.0, &(x + h / 2.0 * k1));
    let k3 = u.velocity(t + h / 2.0, &(x + h / 2.0 * k1));
    let k4 = u.velocity(t + h, &(x + h * k3));
    x + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "rk4-step").generator();
    let (x, a, b, m) = (point(draws), point(draws), point(draws), matrix(draws));
    let (t, h) = (between(draws, 0.2, 0.7), between(draws, 0.2, 0.4));
    let step = work.rk4_step;

    // A linear field: the exponential series of hM, cut after the fourth power.
    let linear = move |_: f64, x: &Point<2>| m * x;
    let series = (1..=4).fold((x, x), |(sum, term), k| {
        let term = h / f64::from(k) * (m * term);
        (sum + term, term)
    });
    let on_linear = (step(&linear, t, h, &x) - series.0).norm();
    // A cubic of the time alone: Simpson's rule is exact.
    let wanted = x + h * a + b * (((t + h).powi(4) - t.powi(4)) / 4.0);
    let on_time = (step(&of_time(a, b, 3), t, h, &x) - wanted).norm();
    // A field whose particles are known: the error of one step is as h⁵.
    let error =
        |h: f64| (step(&seasons, t, h, &x) - carried_by_seasons(t, t + h, &x)).norm();
    let order = slope(error(0.02), error(0.01));

    let rounding = "rounding of numbers of order one";
    vec![
        Evidence::at_most(
            "linear field, distance from the series",
            on_linear,
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "cubic of the time, distance from its integral",
            on_time,
            1e-13,
            rounding,
        ),
        Evidence::order(
            "error of one step",
            order,
            5.0,
            0.3,
            "the next order adds a few h",
        ),
    ]
}
