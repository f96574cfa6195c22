//! Exercise 3.3: two transitions in one.

use super::draws::{between, either_sign};
use super::{Transition, UNFINISHED, Work};
use ch01_flows::quadrature::trapezoid;
use dynamics::{Generator, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use statrs::distribution::{Continuous, Normal};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "compose-steps",
    number: "3.3",
    title: "Two steps in one",
    points: 2,
    minutes: 10,
    task: "Write `compose_steps`: a transition $(a,b,v)$ takes $y$ to a draw from $\\mathcal N(ay+b,\\,v)$. Two of them, one \
           after the other, are a transition again. Which?",
    hint: "Write the first as $k=a_1y+b_1+\\sqrt{v_1}\\,\\varepsilon_1$ and put it into the second. What becomes of \
           $\\varepsilon_1$?",
    formula: "fpk-ck-ou",
    check,
    slips: &[
        Known {
            name: "variances added",
            says: "the earlier noise passes through the later step, which shrinks or stretches it",
            work: Work {
                compose_steps: |(a, b, v), (c, d, w)| (c * a, c * b + d, v + w),
                ..UNFINISHED
            },
        },
        Known {
            name: "the factor not squared",
            says: "the earlier noise is multiplied by the later factor, and its variance by the square",
            work: Work {
                compose_steps: |(a, b, v), (c, d, w)| (c * a, c * b + d, c.abs() * v + w),
                ..UNFINISHED
            },
        },
        Known {
            name: "the order turned round",
            says: "the later transition is applied first",
            work: Work {
                compose_steps: |(c, d, w), (a, b, v)| (c * a, c * b + d, c * c * v + w),
                ..UNFINISHED
            },
        },
        Known {
            name: "shifts added",
            says: "the earlier shift passes through the later step as well: it is multiplied by its factor",
            work: Work {
                compose_steps: |(a, b, v), (c, d, w)| (c * a, b + d, c * c * v + w),
                ..UNFINISHED
            },
        },
        Known {
            name: "deviations added",
            says: "two independent noises: their variances add up, their deviations do not",
            work: Work {
                compose_steps: |(a, b, v), (c, d, w)| {
                    (c * a, c * b + d, (c.abs() * v.sqrt() + w.sqrt()).powi(2))
                },
                ..UNFINISHED
            },
        },
    ],
};

fn transition(draws: &mut Generator) -> Transition {
    let factor = either_sign(draws, 0.4, 0.9);
    (factor, either_sign(draws, 0.4, 1.2), between(draws, 0.3, 1.2))
}

fn density((a, b, v): Transition, y: f64, x: f64) -> f64 {
    Normal::new(a * y + b, v.sqrt()).map_or(f64::NAN, |normal| normal.pdf(x))
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "compose-steps").generator();
    let [one, two, three] = [(); 3].map(|()| transition(draws));
    let join = work.compose_steps;
    // Chapman and Kolmogorov: the integral over all places between. The trapezoidal rule
    // is exact to rounding for normal densities; ±14 is ten deviations and more.
    let y = either_sign(draws, 0.5, 1.2);
    let through = |x: f64| {
        let both = |k: f64| density(two, k, x) * density(one, y, k);
        trapezoid(both, -14.0, 14.0, 400)
    };
    let direct = join(one, two);
    let miss = [-1.3, -0.2, 0.4, 1.1, 2.3]
        .map(|x| (density(direct, y, x) - through(x)).abs())
        .into_iter()
        .fold(0.0, |worst: f64, miss| if miss.is_nan() { miss } else { worst.max(miss) });
    let (left, right) = (join(join(one, two), three), join(one, join(two, three)));
    let apart = [left.0 - right.0, left.1 - right.1, left.2 - right.2];
    let nothing = join(one, (1.0, 0.0, 0.0));
    let moved = [nothing.0 - one.0, nothing.1 - one.1, nothing.2 - one.2];
    let size = |v: [f64; 3]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    let rounding = "rounding of numbers of order one";
    vec![
        Evidence::at_most(
            "density of both steps, distance from the integral over the places between",
            miss,
            1e-11,
            "the quadrature is exact to rounding for normal densities",
        ),
        Evidence::at_most(
            "three steps, joined from the left and from the right",
            size(apart),
            1e-13,
            rounding,
        ),
        Evidence::at_most(
            "a step of no length added, change",
            size(moved),
            1e-14,
            rounding,
        ),
    ]
}
