//! Exercise 1.2: Euler's method in exactly n steps.

use super::draws::{either_sign, point};
use super::{UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use rand::RngExt;
use std::sync::Mutex;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "euler-sampler",
    number: "1.2",
    title: "The sampler, in exactly n steps",
    points: 2,
    minutes: 15,
    task: "Write `euler_sampler`: Euler's method from $t=0$ to $t=1$ in exactly $n$ (`steps`) steps \
           of length $1/n$. Step $i=0,\\dots,n-1$ takes the velocity at time $i/n$. Return the state at $t=1$.",
    hint: "Count the steps with an integer and compute the time from it: `i as f64 / steps as f64`.",
    formula: "flow-euler-sampler",
    check,
    slips: &[
        Known {
            name: "while t < 1",
            says: "the loop runs while t < 1 and adds h to t: rounding leaves t just below 1 after n \
                   steps for many n, and one more step is made",
            work: Work {
                euler_sampler: |u, n, x0| {
                    let (mut x, mut t, h) = (*x0, 0.0, 1.0 / n as f64);
                    while t < 1.0 {
                        x += h * u.velocity(t, &x);
                        t += h;
                    }
                    x
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "time at the end of each step",
            says: "the velocity is taken at the end of each step, (i + 1)/n: Euler's method takes it \
                   at the start",
            work: Work {
                euler_sampler: |u, n, x0| {
                    let h = 1.0 / n as f64;
                    (1..=n).fold(*x0, |x, i| x + h * u.velocity(i as f64 / n as f64, &x))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "one step too many",
            says: "there are n + 1 steps of length 1/n: the last one leaves the interval",
            work: Work {
                euler_sampler: |u, n, x0| {
                    let h = 1.0 / n as f64;
                    (0..=n).fold(*x0, |x, i| x + h * u.velocity(i as f64 / n as f64, &x))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "n points, n − 1 steps",
            says: "n points make n − 1 steps: for n steps there are n + 1 points",
            work: Work {
                euler_sampler: |u, n, x0| {
                    let h = 1.0 / (n - 1) as f64;
                    (0..n - 1).fold(*x0, |x, i| x + h * u.velocity(i as f64 * h, &x))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "number of the step for its time",
            says: "the velocity of step i is taken at t = i: its time is i/n",
            work: Work {
                euler_sampler: |u, n, x0| {
                    (0..n).fold(*x0, |x, i| x + u.velocity(i as f64, &x) / n as f64)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "time stands still",
            says: "the velocity is always taken at t = 0: step i belongs to the time i/n",
            work: Work {
                euler_sampler: |u, n, x0| {
                    (0..n).fold(*x0, |x, _| x + u.velocity(0.0, &x) / n as f64)
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "euler-sampler").generator();
    let (x0, a) = (point(draws), point(draws));
    let rate = either_sign(draws, 0.6, 1.4);
    // Ten tenths do not add up to 1 in floating point, eight eighths do.
    let counts = [8, 10, draws.random_range(3..30), draws.random_range(100..400)];

    let (mut calls, mut times, mut sums, mut powers) =
        (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for n in counts {
        // A field that notes when it is asked, a t: Euler's method sums over i/n.
        let asked = Mutex::new(Vec::new());
        let noting = |t: f64, _: &Point<2>| {
            asked.lock().expect("the field does not panic").push(t);
            a * t
        };
        let end = (work.euler_sampler)(&noting, n, &x0);
        let asked = asked.into_inner().expect("the field does not panic");
        calls += (asked.len() as f64 - n as f64).abs();
        let late = asked.iter().enumerate().map(|(i, t)| (t - i as f64 / n as f64).abs());
        times = late.fold(times, f64::max);
        let sum = (n - 1) as f64 / (2 * n) as f64;
        sums = sums.max((end - (x0 + a * sum)).norm());
        // A linear field: (1 + rate/n)ⁿ x₀.
        let linear = |_: f64, x: &Point<2>| rate * x;
        let power = (1.0 + rate / n as f64).powi(n as i32);
        powers = powers.max(((work.euler_sampler)(&linear, n, &x0) - x0 * power).norm());
    }
    let because = "rounding of a few hundred additions";
    vec![
        Evidence::at_most(
            "velocities too many or too few, for four n",
            calls,
            0.0,
            "a count",
        ),
        Evidence::at_most("largest distance of a time from i/n", times, 1e-12, because),
        Evidence::at_most("velocity a t, distance from the sum", sums, 1e-12, because),
        Evidence::at_most(
            "linear field, distance from the power",
            powers,
            1e-12,
            because,
        ),
    ]
}
