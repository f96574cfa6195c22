//! Exercise 3.6: a step of Langevin dynamics.

use super::draws::{between, covariance, point};
use super::{UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::Matrix2;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "langevin-step",
    number: "3.6",
    title: "A step of Langevin dynamics",
    points: 2,
    minutes: 10,
    task: "Write `langevin_step`: one step of the unadjusted Langevin algorithm in the plane, from $x$ with the step \
           $\\eta$, towards the law whose score is given. $\\varepsilon\\sim\\mathcal N(0,I)$ is handed to you.",
    hint: "It is the step of Euler and Maruyama for $dX=\\nabla\\log p_\\star\\,dt+\\sqrt2\\,dW$.",
    formula: "fpk-ula",
    check,
    slips: &[
        Known {
            name: "√2 η",
            says: "the root has lost its η: the noise is √(2η) ε, and √2 η ε is far too little",
            work: Work {
                langevin_step: |s, eta, x, e| x + eta * s(x) + 2f64.sqrt() * eta * e,
                ..UNFINISHED
            },
        },
        Known {
            name: "√η",
            says: "the noise is √η ε: with the whole score, g = √2, and the noise is √(2η) ε",
            work: Work {
                langevin_step: |s, eta, x, e| x + eta * s(x) + eta.sqrt() * e,
                ..UNFINISHED
            },
        },
        Known {
            name: "half the score",
            says: "two conventions are mixed: half the score belongs to the noise √η ε",
            work: Work {
                langevin_step: |s, eta, x, e| {
                    x + 0.5 * eta * s(x) + (2.0 * eta).sqrt() * e
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the step of g = 1",
            says: "this is a step for g = 1, with half the score and the noise √η ε: it goes half as far as η says",
            work: Work {
                langevin_step: |s, eta, x, e| x + 0.5 * eta * s(x) + eta.sqrt() * e,
                ..UNFINISHED
            },
        },
        Known {
            name: "downhill",
            says: "the score is subtracted: it points uphill, and that is where the step goes",
            work: Work {
                langevin_step: |s, eta, x, e| x - eta * s(x) + (2.0 * eta).sqrt() * e,
                ..UNFINISHED
            },
        },
        Known {
            name: "the score after the noise",
            says: "the score is taken where the noise has led: it belongs to the beginning of the step",
            work: Work {
                langevin_step: |s, eta, x, e| {
                    let y = x + (2.0 * eta).sqrt() * e;
                    y + eta * s(&y)
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "langevin-step").generator();
    let (centre, c) = (point(draws), covariance(draws));
    let (x, eta) = (point(draws), between(draws, 0.05, 0.2));
    let inverse = c.try_inverse().unwrap_or(Matrix2::zeros());
    let score = move |x: &Point<2>| inverse * (centre - x);
    let step = |x: Point<2>, e: Point<2>| (work.langevin_step)(&score, eta, &x, &e);
    let zero = Point::<2>::zeros();
    // A normal law goes through a step as through any affine map: covariances are
    // products of its coefficients.
    let still = step(centre, zero);
    let units = [Point::<2>::x(), Point::<2>::y()];
    let columns = |f: &dyn Fn(Point<2>) -> Point<2>| {
        Matrix2::from_columns(&units.map(|e| f(e) - still))
    };
    let carry = columns(&|e| step(centre + e, zero));
    let noise = columns(&|e| step(centre, e));
    let after = carry * c * carry.transpose() + noise * noise.transpose();
    // A score that is no straight line, and the mean over ±ε: the noise leaves it alone.
    let bent = |x: &Point<2>| Point::<2>::new(-x[0].powi(3), (x[0] - x[1]).sin());
    let e = point(draws);
    let either = |sign: f64| (work.langevin_step)(&bent, eta, &x, &(e * sign));
    let mean = (either(1.0) + either(-1.0)) / 2.0;
    let velocity = ((mean - x) / eta - bent(&x)).norm();
    vec![
        Evidence::at_most(
            "step from the centre of a normal law without noise",
            (still - centre).norm(),
            1e-14,
            "rounding",
        ),
        Evidence::at_most(
            "covariance after a step from the law aimed at, against η² C⁻¹ more",
            (after - c - inverse * (eta * eta)).norm() / c.norm(),
            1e-13,
            "rounding, and an inverse of condition below 10³",
        ),
        Evidence::at_most(
            "mean over ±ε, its velocity against the score at the beginning",
            velocity,
            1e-12,
            "rounding over a step of 0.05",
        ),
    ]
}
