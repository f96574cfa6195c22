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
        Known {
            name: "no pull far out",
            says: "far out the answer is zero: there every window is rounded to zero, but the shares still add up to 1, and the pull is as \
                   long as the way is",
            work: Work {
                window_score: |data, h, x| {
                    let windows = data.iter().map(|y| window(h, x, y));
                    let total: f64 = windows.sum::<f64>().max(f64::MIN_POSITIVE);
                    let pulls = data.iter().map(|y| (y - x) * window(h, x, y));
                    pulls.sum::<Point<2>>() / (total * h * h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "not the largest exponent taken out",
            says: "what is taken out of the exponents is not the largest of them: those above it are then too large for a number",
            work: Work {
                window_score: |data, h, x| {
                    let r2 = |y: &Point<2>| (x - y).norm_squared();
                    let last = data.iter().map(r2).fold(0.0, f64::max);
                    let raw = |y: &Point<2>| (0.5 * (last - r2(y)) / (h * h)).exp();
                    let total: f64 = data.iter().map(raw).sum();
                    let pulls = data.iter().map(|y| (y - x) * (raw(y) / total));
                    pulls.sum::<Point<2>>() / (h * h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a place in place of the way there",
            says: "this is the mean of the draws nearby, over h²: the score is the way there from x",
            work: Work {
                window_score: |data, h, x| (pulled(data, x, gaussian(h)) + x) / (h * h),
                ..UNFINISHED
            },
        },
        Known {
            name: "h in place of h² in the exponent",
            says: "the shares have h in the exponent where h² belongs",
            work: Work {
                window_score: |data, h, x| pulled(data, x, gaussian(h.sqrt())) / (h * h),
                ..UNFINISHED
            },
        },
        Known {
            name: "divided by the number of draws",
            says: "the pull is divided by the number of draws: it cancels in ∇q/q, and the shares add up to 1 as they are",
            work: Work {
                window_score: |data, h, x| {
                    let n = data.len() as f64;
                    pulled(data, x, gaussian(h)) / (n * h * h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "shares that do not add up to 1",
            says: "the largest exponent is taken out, but the windows are not divided by their sum: shares add up to 1",
            work: Work {
                window_score: |data, h, x| {
                    let log = |y: &Point<2>| gaussian(h)((x - y).norm_squared());
                    let top = data.iter().map(log).fold(f64::NEG_INFINITY, f64::max);
                    let pulls = data.iter().map(|y| (y - x) * (log(y) - top).exp());
                    pulls.sum::<Point<2>>() / (h * h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "2h² under the pull",
            says: "the pull is divided by 2h²: the 2 of the exponent goes with the derivative of the square",
            work: Work {
                window_score: |data, h, x| pulled(data, x, gaussian(h)) / (2.0 * h * h),
                ..UNFINISHED
            },
        },
        Known {
            name: "a window without its ½",
            says: "this is the score of windows e^{−|u|²}: the exponent of a Gaussian has ½ in it",
            work: Work {
                window_score: |data, h, x| {
                    let narrow = h / 2.0_f64.sqrt();
                    pulled(data, x, gaussian(narrow)) / (narrow * narrow)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "no h in the exponent",
            says: "the shares do not know the width: the distance in the exponent is divided by h",
            work: Work {
                window_score: |data, h, x| pulled(data, x, gaussian(1.0)) / (h * h),
                ..UNFINISHED
            },
        },
        Known {
            name: "h² above the line in the exponent",
            says: "h² stands above the line in the exponent: `r2 / 2.0 * h * h` is r²h²/2, and r²/2h² needs brackets",
            work: Work {
                window_score: |data, h, x| pulled(data, x, gaussian(1.0 / h)) / (h * h),
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
    // e⁻²⁵: 0.4 nearer at a distance of 50 makes 38 in |x − xₖ|², of which the second axis
    // takes 6 at most, and the rest is divided by 2h². At 50 all windows are rounded to zero;
    // at 600 the ratio of two of them can be too large for a number.
    for (what, distance) in [("fifty", 50.0), ("six hundred", 600.0)] {
        let side = either_sign(draws, distance, 1.15 * distance);
        let x = Point::<2>::new(side, between(draws, -1.0, 1.0));
        let nearest = if side > 0.0 { data[3] } else { data[0] };
        let (far, alone) = (found(&x), (nearest - x) / (h * h));
        let no_numbers = far.iter().filter(|s| s.is_nan()).count();
        let (along, across) = if no_numbers > 0 {
            (1.0, 0.0)
        } else {
            let square = alone.norm_squared();
            (far.dot(&alone) / square, far.perp(&alone) / square)
        };
        evidence.push(Evidence::at_most(
            format!("entries of the score at a distance of {what} that are no numbers"),
            no_numbers as f64,
            0.0,
            "the score is finite everywhere",
        ));
        evidence.push(Evidence::at_most(
            format!(
                "score at a distance of {what}, against the nearest draw alone, \
                 relative miss"
            ),
            miss(along, 1.0).hypot(miss(across, 0.0)),
            1e-8,
            "rounding: exponents are of the order of a million",
        ));
    }
    evidence
}
