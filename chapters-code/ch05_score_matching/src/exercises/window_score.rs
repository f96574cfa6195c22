//! Exercise 5.4: the score of an estimate.

use super::draws::{between, either_sign, miss, misses};
use super::{Points, UNFINISHED, Work};
use crate::windows::{Kernel, Windows};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use num_dual::{Dual64, DualNum};
use std::f64::consts::TAU;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "window-score",
    number: "5.4",
    title: "The score of an estimate",
    points: 2,
    minutes: 15,
    task: "Write `window_score`: $\\nabla\\log q(x)$ of the estimate $q$ from Gaussian windows of width $h$ on the draws, in the \
           plane. It must hold far from all draws as well, where every $e^{-|x-x_k|^2/2h^2}$ is rounded to zero.",
    hint: "The shares do not change if all of them are multiplied by one number. Which number makes the largest of them 1?",
    formula: "sm-kde-score",
    check,
    slips: &[
        Known {
            name: "every draw with the same weight",
            says: "all draws pull alike: each has a share, and those that are near have most",
            work: Work {
                window_score: |data, h, x| pulled(data, x, |_| 1.0) / (h * h),
                ..UNFINISHED
            },
        },
        Known {
            name: "too small for a number",
            says: "far out every window is rounded to zero, and zero is divided by zero: take the largest exponent out first",
            work: Work {
                window_score: |data, h, x| {
                    let windows = data.iter().map(|y| window(h, x, y));
                    let total: f64 = windows.sum();
                    let pulls = data.iter().map(|y| (y - x) * window(h, x, y));
                    pulls.sum::<Point<2>>() / (total * h * h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "h in place of h²",
            says: "the pull is divided by h: it is h²",
            work: Work {
                window_score: |data, h, x| pulled(data, x, gaussian(h)) / h,
                ..UNFINISHED
            },
        },
        Known {
            name: "not divided by h²",
            says: "this is the way to the mean of the draws nearby: the score is that way over h²",
            work: Work {
                window_score: |data, h, x| pulled(data, x, gaussian(h)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the wrong way",
            says: "every draw pushes: a score points to where the density is higher",
            work: Work {
                window_score: |data, h, x| pulled(data, x, gaussian(h)) / (-h * h),
                ..UNFINISHED
            },
        },
        Known {
            name: "the exponent without ½",
            says: "the shares have lost the ½ in the exponent: they are those of windows narrower by √2",
            work: Work {
                window_score: |data, h, x| {
                    pulled(data, x, gaussian(h / 2.0_f64.sqrt())) / (h * h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the nearest draw alone",
            says: "the nearest draw alone is heard: the others have their shares too",
            work: Work {
                window_score: |data, h, x| pulled(data, x, gaussian(1e-3 * h)) / (h * h),
                ..UNFINISHED
            },
        },
        Known {
            name: "the slope of the density",
            says: "this is ∇q: the score is ∇ log q = ∇q/q",
            work: Work {
                window_score: |data, h, x| {
                    let pulls = data.iter().map(|y| (y - x) * window(h, x, y));
                    let mass = data.len() as f64 * TAU * h * h;
                    pulls.sum::<Point<2>>() / (mass * h * h)
                },
                ..UNFINISHED
            },
        },
    ],
};

/// e^{−|x − y|²/2h²}.
fn window(h: f64, x: &Point<2>, y: &Point<2>) -> f64 {
    (-0.5 * (x - y).norm_squared() / (h * h)).exp()
}

/// −r²/2h² of r².
fn gaussian(h: f64) -> impl Fn(f64) -> f64 {
    move |r2| -0.5 * r2 / (h * h)
}

/// The mean of y − x with shares whose logarithm depends on the squared distance.
fn pulled(data: Points, x: &Point<2>, log_share: impl Fn(f64) -> f64) -> Point<2> {
    let log = |y: &Point<2>| log_share((x - y).norm_squared());
    let top = data.iter().map(log).fold(f64::NEG_INFINITY, f64::max);
    let (mut sum, mut total) = (Point::<2>::zeros(), 0.0);
    for y in data {
        let share = (log(y) - top).exp();
        sum += (y - x) * share;
        total += share;
    }
    sum / total
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "window-score").generator();
    let h = between(draws, 0.5, 0.8);
    let mut place = |near: f64| {
        Point::<2>::new(near + between(draws, -0.2, 0.2), between(draws, -1.5, 1.5))
    };
    let data = [-1.4, -0.6, 0.2, 1.0].map(&mut place);
    let places = [-0.7, 0.5, 2.5].map(&mut place);
    let q = Windows::new(data, h, Kernel::Gaussian).expect("draws, and a width");
    let found = |x: &Point<2>| (work.window_score)(&data, h, x);
    let whats =
        ["among the draws on the left", "among those on the right", "beside them"];
    let mut evidence: Vec<_> = places
        .iter()
        .zip(whats)
        .map(|(x, what)| {
            // The derivative of log q along each axis.
            let slope = Point::<2>::from_fn(|i, _| {
                let mut moving = x.map(Dual64::from_re);
                moving[i].eps = 1.0;
                q.density(&moving).ln().eps
            });
            Evidence::at_most(
                format!("score {what}, against the derivative of log q, miss"),
                misses(&found(x), &slope),
                1e-12,
                "rounding: dual numbers are exact",
            )
        })
        .collect();

    // Far out along the first axis the draws that are not the nearest have shares below
    // e⁻⁴⁰: 0.4 nearer at a distance of 80 makes 64 in |x − xₖ|², which is divided by 2h².
    let side = either_sign(draws, 80.0, 120.0);
    let x = Point::<2>::new(side, between(draws, -1.0, 1.0));
    let nearest = if side > 0.0 { data[3] } else { data[0] };
    let (far, alone) = (found(&x), (nearest - x) / (h * h));
    let no_numbers = far.iter().filter(|s| s.is_nan()).count();
    let size = if no_numbers > 0 { 1.0 } else { far.dot(&alone) / alone.norm_squared() };
    let across =
        if no_numbers > 0 { 0.0 } else { far.perp(&alone) / alone.norm_squared() };
    evidence.push(Evidence::at_most(
        "entries of the score at a distance of a hundred that are no numbers",
        no_numbers as f64,
        0.0,
        "the score is finite everywhere",
    ));
    evidence.push(Evidence::at_most(
        "score at a distance of a hundred, against the nearest draw alone, relative miss",
        miss(size, 1.0).hypot(miss(across, 0.0)),
        1e-10,
        "rounding: exponents are of the order 30 000",
    ));
    evidence
}
