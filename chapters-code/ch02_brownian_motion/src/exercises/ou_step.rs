//! Exercise 2.8: the exact step of the Ornstein–Uhlenbeck process.

use super::draws::{between, either_sign};
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "ou-step",
    number: "2.8",
    title: "A step of any length",
    points: 3,
    minutes: 20,
    task: "Write `ou_step`: a step of $dX=-\\theta X\\,dt+g\\,dW$ over a time $h$ that is exact in law, \
           however long $h$ is.",
    hint: "Given $X_t=x$, the process a time $h$ later is normal. Its mean decays, and its variance grows towards \
           $g^2/2\\theta$.",
    formula: "bm-ou-exact-step",
    check,
    slips: &[
        Known {
            name: "Euler–Maruyama",
            says: "this is Euler–Maruyama: it is exact only as h tends to 0",
            work: Work {
                ou_step: |theta, g, h, x, e| x - theta * h * x + g * h.sqrt() * e,
                ..UNFINISHED
            },
        },
        Known {
            name: "e^(−θh) in the variance",
            says: "the variance has e^(−θh) in place of e^(−2θh): the noise decays as the mean does, \
                   and its square twice as fast",
            work: Work {
                ou_step: |theta, g, h, x, e| {
                    let decay = (-theta * h).exp();
                    decay * x + (g * g * (1.0 - decay) / (2.0 * theta)).sqrt() * e
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "θ in place of 2θ",
            says: "the variance is divided by θ: it should be 2θ, and is twice too large",
            work: Work {
                ou_step: |theta, g, h, x, e| {
                    let decay = (-theta * h).exp();
                    decay * x + (g * g * (1.0 - decay * decay) / theta).sqrt() * e
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a variance used as a deviation",
            says: "the noise is multiplied by its variance: the root is missing",
            work: Work {
                ou_step: |theta, g, h, x, e| {
                    let decay = (-theta * h).exp();
                    decay * x + g * g * (1.0 - decay * decay) / (2.0 * theta) * e
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise of Brownian motion",
            says: "the mean decays, and the noise has the variance g² h of a motion without a pull",
            work: Work {
                ou_step: |theta, g, h, x, e| (-theta * h).exp() * x + g * h.sqrt() * e,
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "ou-step").generator();
    let (theta, g) = (between(draws, 0.4, 1.6), between(draws, 0.4, 1.6));
    let (first, second) = (between(draws, 0.3, 1.0), between(draws, 0.3, 1.0));
    let x = either_sign(draws, 0.6, 1.5);
    let step = |h: f64, x: f64, e: f64| (work.ou_step)(theta, g, h, x, e);
    // A step is affine in x and in the draw.
    let factor = |h: f64| (step(h, x, 0.0) - step(h, 0.0, 0.0)) / x;
    let variance = |h: f64| (step(h, x, 1.0) - step(h, x, 0.0)).powi(2);
    let bend = step(first, x, -2.0) - step(first, x, 0.0)
        + 2.0 * (step(first, x, 1.0) - step(first, x, 0.0));
    let both = first + second;
    let carried = factor(second).powi(2) * variance(first) + variance(second);
    let tiny = 1e-6 / theta;
    let rounding = "rounding of numbers of order one";
    let first_order = "θh = 10⁻⁶ is what the next order adds";
    vec![
        Evidence::at_most(
            "two steps against one: factors of the mean",
            (factor(first) * factor(second) - factor(both)).abs(),
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "two steps against one: variances",
            (carried - variance(both)).abs(),
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "short step: decay of the mean per unit of time against θ, relative",
            ((1.0 - factor(tiny)) / (theta * tiny) - 1.0).abs(),
            2e-6,
            first_order,
        ),
        Evidence::at_most(
            "short step: variance per unit of time against g², relative",
            (variance(tiny) / (g * g * tiny) - 1.0).abs(),
            2e-6,
            first_order,
        ),
        Evidence::at_most(
            "step from 0 without a draw",
            step(first, 0.0, 0.0).abs(),
            1e-14,
            rounding,
        ),
        Evidence::at_most(
            "distance from a straight line in the draw",
            bend.abs(),
            1e-13,
            rounding,
        ),
    ]
}
