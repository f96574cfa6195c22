//! Exercise 1.4: the film shown backwards.

use super::draws::{between, carried_by_seasons, point, seasons};
use super::{UNFINISHED, Work};
use crate::{Rk4, integrate};
use dynamics::{Point, Stream, TimeGrid};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "time-reversal",
    number: "1.4",
    title: "The film shown backwards",
    points: 2,
    minutes: 10,
    task: "Particles follow $\\dot x_t=u_t(x_t)$ up to $t=T$ (`end`). Write `reversed_velocity`: the \
           field, in its own time $\\tau$ from $0$ to $T$, that leads them back the way they came.",
    hint: "Differentiate $y_\\tau=x_{T-\\tau}$ with respect to $\\tau$ by the chain rule.",
    formula: "flow-time-reversal",
    check,
    slips: &[
        Known {
            name: "no minus sign",
            says: "the time runs backwards but the velocity has kept its sign",
            work: Work {
                reversed_velocity: |u, end, tau, x| u.velocity(end - tau, x),
                ..UNFINISHED
            },
        },
        Known {
            name: "time not reversed",
            says: "the velocity is turned round but taken at time τ: the film is at T − τ then",
            work: Work {
                reversed_velocity: |u, _, tau, x| -u.velocity(tau, x),
                ..UNFINISHED
            },
        },
        Known {
            name: "negative time",
            says: "the velocity is taken at τ − T, before the film began: it should be T − τ",
            work: Work {
                reversed_velocity: |u, end, tau, x| -u.velocity(tau - end, x),
                ..UNFINISHED
            },
        },
        Known {
            name: "place reflected",
            says: "the place is reflected, u(−x): only the direction and the time turn round",
            work: Work {
                reversed_velocity: |u, end, tau, x| -u.velocity(end - tau, &-x),
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "time-reversal").generator();
    let (x0, drift, end) = (point(draws), point(draws), between(draws, 1.1, 1.6));
    // Particles at e^{…} x₀ + drift t³: neither even nor odd in time or place.
    let at = |t: f64| carried_by_seasons(0.0, t, &x0) + drift * t.powi(3);
    let field = |t: f64, x: &Point<2>| {
        let driven = drift * t.powi(3);
        seasons(t, &(x - driven)) + 3.0 * t * t * drift
    };
    // Along a known path, against a central difference of the path itself.
    let h = 1e-5;
    let along = (1..10).map(|i| {
        let tau = end * f64::from(i) / 10.0;
        let wanted = (at(end - tau - h) - at(end - tau + h)) / (2.0 * h);
        ((work.reversed_velocity)(&field, end, tau, &at(end - tau)) - wanted).norm()
    });
    let along = along.fold(0.0, largest);
    // All the way back, by a method of fourth order.
    let back = |tau: f64, x: &Point<2>| (work.reversed_velocity)(&field, end, tau, x);
    let returned = integrate(&Rk4, &back, TimeGrid::new(0.0, end, 400), at(end));
    let missed = (returned - x0).norm();
    vec![
        Evidence::at_most(
            "largest distance from the velocity of the film",
            along,
            1e-7,
            "central differences with h = 1e-5 of a path of size 10",
        ),
        Evidence::at_most(
            "distance from the start, back at it",
            missed,
            1e-6,
            "h⁴ with h < 0.004",
        ),
    ]
}

/// The larger of two errors; not-a-number if one of them is.
pub fn largest(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}
