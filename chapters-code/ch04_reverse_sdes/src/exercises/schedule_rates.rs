//! Exercise 4.3: from a schedule to its equation.

use super::draws::{Plan, between, miss};
use super::{UNFINISHED, Work};
use ch01_flows::{Rk4, integrate};
use dynamics::{Stream, TimeGrid};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "schedule-rates",
    number: "4.3",
    title: "From a schedule to its equation",
    points: 2,
    minutes: 10,
    task: "Write `schedule_rates`: $(a,g^2)$ of the diffusion $dX=aX\\,dt+g\\,dW$ whose kernel is \
           $\\mathcal N(\\alpha X_0,\\,\\sigma^2I)$, from $\\alpha$, $\\dot\\alpha$, $\\sigma$ and $\\dot\\sigma$ at a time.",
    hint: "The variance of the kernel obeys an equation with $a$ and $g^2$ in it. What is the derivative of $\\sigma^2$?",
    formula: "rev-schedule-to-sde",
    check,
    slips: &[
        Known {
            name: "the growth of the variance alone",
            says: "the drift shrinks the noise that is there: g² has to make up for that as well",
            work: Work {
                schedule_rates: |al, dal, s, ds| (dal / al, 2.0 * s * ds),
                ..UNFINISHED
            },
        },
        Known {
            name: "σσ̇ for the derivative of σ²",
            says: "the derivative of σ² is 2σσ̇: the 2 is lost",
            work: Work {
                schedule_rates: |al, dal, s, ds| {
                    (dal / al, s * ds - 2.0 * dal / al * s * s)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a variance fading like a mean",
            says: "the variance fades twice as fast as the mean: its rate is 2a, and not a",
            work: Work {
                schedule_rates: |al, dal, s, ds| {
                    (dal / al, 2.0 * s * ds - dal / al * s * s)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "plus in place of minus",
            says: "the term with the drift has the wrong sign: a is negative, and the noise must be larger for it",
            work: Work {
                schedule_rates: |al, dal, s, ds| {
                    (dal / al, 2.0 * s * ds + 2.0 * dal / al * s * s)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "g in place of g²",
            says: "the second number is g: g² was asked for",
            work: Work {
                schedule_rates: |al, dal, s, ds| {
                    (dal / al, (2.0 * s * ds - 2.0 * dal / al * s * s).sqrt())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "α̇ for a",
            says: "a is a rate, α̇ over α: the drift multiplies what is there at the time, and not the start",
            work: Work {
                schedule_rates: |_, dal, s, ds| (dal, 2.0 * s * ds - 2.0 * dal * s * s),
                ..UNFINISHED
            },
        },
        Known {
            name: "twice the rate",
            says: "a is taken for β: with α = e^(−B/2) the rate of the mean is −β/2",
            work: Work {
                schedule_rates: |al, dal, s, ds| {
                    (2.0 * dal / al, 2.0 * s * ds - 2.0 * dal / al * s * s)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "σ̇ for the derivative of σ²",
            says: "the growth of the deviation stands where that of the variance should: the derivative of σ² is 2σσ̇",
            work: Work {
                schedule_rates: |al, dal, s, ds| (dal / al, ds - 2.0 * dal / al * s * s),
                ..UNFINISHED
            },
        },
        Known {
            name: "σ̇² for the derivative of σ²",
            says: "σ̇ is squared: the derivative of σ² is 2σσ̇",
            work: Work {
                schedule_rates: |al, dal, s, ds| {
                    (dal / al, ds * ds - 2.0 * dal / al * s * s)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the rate of fading",
            says: "a has lost its sign: it is α̇ over α, and negative where α falls",
            work: Work {
                schedule_rates: |al, dal, s, ds| {
                    (-dal / al, 2.0 * s * ds - 2.0 * dal / al * s * s)
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "schedule-rates").generator();
    let rates = work.schedule_rates;

    // The moments of the equation, integrated: α̇ = aα, V̇ = 2aV + g². They must arrive where
    // the schedule does.
    let plan = Plan::draw(draws);
    let (begin, end) = (between(draws, 0.2, 0.4), between(draws, 0.8, 1.1));
    let field = |t: f64, (alpha, v): &(f64, f64)| {
        let (s, ds) = (plan.sigma(t), plan.d_sigma(t));
        let (a, g2) = rates(plan.alpha(t), plan.d_alpha(t), s, ds);
        (a * alpha, 2.0 * a * v + g2)
    };
    let start = (plan.alpha(begin), plan.sigma(begin).powi(2));
    let (alpha, v) = integrate(&Rk4, &field, TimeGrid::new(begin, end, 200), start);

    // Two equations of which the text has both sides: the straight path, and sub-VP noise.
    let t = between(draws, 0.3, 0.8);
    let straight = rates(1.0 - t, -1.0, t, 1.0);
    let (b, beta) = (between(draws, 0.4, 1.2), between(draws, 1.3, 2.5));
    let left = f64::exp(-b);
    let sub = rates(left.sqrt(), -0.5 * beta * left.sqrt(), 1.0 - left, beta * left);
    let rounding = "rounding of numbers of order ten";
    let order = "200 steps of order 4";
    vec![
        Evidence::at_most(
            "factor of the mean, carried by a, miss",
            miss(alpha, plan.alpha(end)),
            1e-9,
            order,
        ),
        Evidence::at_most(
            "variance, carried by a and g², miss",
            miss(v, plan.sigma(end).powi(2)),
            1e-9,
            order,
        ),
        Evidence::at_most(
            "straight path, a and g² against those of the text, miss",
            miss(straight.0, -1.0 / (1.0 - t)) + miss(straight.1, 2.0 * t / (1.0 - t)),
            1e-12,
            rounding,
        ),
        Evidence::at_most(
            "sub-VP noise, a and g² against those of the text, miss",
            miss(sub.0, -0.5 * beta) + miss(sub.1, beta * (1.0 - left.powi(2))),
            1e-12,
            rounding,
        ),
    ]
}
