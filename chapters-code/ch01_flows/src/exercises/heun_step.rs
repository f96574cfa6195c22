//! Exercise 1.1: one step of Heun's method.

use super::draws::{between, carried_by_seasons, matrix, of_time, point, seasons, slope};
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "heun-step",
    number: "1.1",
    title: "One step of Heun's method",
    points: 2,
    minutes: 15,
    task: "Write `heun_step`: one step of Heun's method from $x$ at time $t$ over a time $h$. Move \
           with the mean of two velocities, $k_1$ at the start and $k_2$ where Euler's step would end.",
    hint: "Call the velocity twice. The second call has another time *and* another place: $t+h$ and \
           $x+hk_1$.",
    formula: "flow-heun",
    check,
    slips: &[
        Known {
            name: "Euler's step",
            says: "this is Euler's step: the second velocity is missing",
            work: Work { heun_step: |u, t, h, x| x + h * u.velocity(t, x), ..UNFINISHED },
        },
        Known {
            name: "the midpoint method",
            says: "this is the midpoint method: it is of second order too, but Heun's method takes \
                   the mean of the velocities at both ends",
            work: Work {
                heun_step: |u, t, h, x| {
                    let k1 = u.velocity(t, x);
                    x + h * u.velocity(t + h / 2.0, &(x + h / 2.0 * k1))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "second velocity at the old time",
            says: "the second velocity is taken at time t: it belongs to the end of the step, t + h",
            work: Work {
                heun_step: |u, t, h, x| {
                    let k1 = u.velocity(t, x);
                    x + h / 2.0 * (k1 + u.velocity(t, &(x + h * k1)))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "sum in place of the mean",
            says: "the two velocities are added: their mean has a factor ½",
            work: Work {
                heun_step: |u, t, h, x| {
                    let k1 = u.velocity(t, x);
                    x + h * (k1 + u.velocity(t + h, &(x + h * k1)))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "Euler's guess without h",
            says: "k₂ is taken at x + k₁: a velocity lasts for a time h, so Euler's step ends at x + h k₁",
            work: Work {
                heun_step: |u, t, h, x| {
                    let k1 = u.velocity(t, x);
                    x + h / 2.0 * (k1 + u.velocity(t + h, &(x + k1)))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "second velocity at the old place",
            says: "the second velocity is taken at x: it belongs to where Euler's step ends, x + h k₁",
            work: Work {
                heun_step: |u, t, h, x| {
                    x + h / 2.0 * (u.velocity(t, x) + u.velocity(t + h, x))
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "heun-step").generator();
    let (x, a, m) = (point(draws), point(draws), matrix(draws));
    let (t, h) = (between(draws, 0.2, 0.7), between(draws, 0.2, 0.4));
    let step = work.heun_step;

    // A linear field: I + hM + h²M²/2, applied to x.
    let linear = move |_: f64, x: &dynamics::Point<2>| m * x;
    let wanted = x + h * (m * x) + h * h / 2.0 * (m * (m * x));
    let on_linear = (step(&linear, t, h, &x) - wanted).norm();
    // A field of the time alone: the trapezium under t².
    let b = point(draws);
    let wanted = x + h * (a + b * ((t * t + (t + h).powi(2)) / 2.0));
    let on_time = (step(&of_time(a, b, 2), t, h, &x) - wanted).norm();
    // A field whose particles are known: the error of one step is as h³.
    let error =
        |h: f64| (step(&seasons, t, h, &x) - carried_by_seasons(t, t + h, &x)).norm();
    let order = slope(error(1e-3), error(5e-4));

    let rounding = "rounding of numbers of order one";
    vec![
        Evidence::at_most(
            "linear field, distance from the exact result",
            on_linear,
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "field of time alone, distance from the trapezium rule",
            on_time,
            1e-13,
            rounding,
        ),
        Evidence::order(
            "error of one step",
            order,
            3.0,
            0.1,
            "the next order adds about h",
        ),
    ]
}
