//! Exercise 3.5: the density at rest, from drift and noise.

use super::draws::between;
use super::{Line, UNFINISHED, Work};
use crate::{Cells, Rates};
use ch01_flows::quadrature::GaussLegendre;
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use statrs::distribution::{Continuous, Gamma, StudentsT};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "density-ratio",
    number: "3.5",
    title: "The law at rest",
    points: 3,
    minutes: 20,
    task: "Write `density_ratio`: $p(\\text{to})/p(\\text{from})$ for the stationary density of $dX=f(X)\\,dt+g(X)\\,dW$ (Itô) whose \
           flux vanishes, to six digits.",
    hint: "Solve $fp=\\frac12(g^2p)'$ for $g^2p$. What is left is an integral over functions you are given: Simpson's rule \
           with a few hundred points will do.",
    formula: "fpk-stationary-zero-flux",
    check,
    slips: &[
        Known {
            name: "without 1/g²",
            says: "the equation gives g² p: the density itself has 1/g² in front, and is larger where there is less noise",
            work: Work {
                density_ratio: |f, g, from, to| (2.0 * potential(f, g, from, to)).exp(),
                ..UNFINISHED
            },
        },
        Known {
            name: "1/g in place of 1/g²",
            says: "the factor in front is 1/g², as the flux has g²",
            work: Work {
                density_ratio: |f, g, from, to| {
                    g(from) / g(to) * (2.0 * potential(f, g, from, to)).exp()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "half the exponent",
            says: "the exponent has f/g²: the ½ of the flux makes it 2f/g²",
            work: Work {
                density_ratio: |f, g, from, to| {
                    before(g, from, to) * potential(f, g, from, to).exp()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "g in place of g² in the exponent",
            says: "the exponent has 2f/g: it is divided by g²",
            work: Work {
                density_ratio: |f, g, from, to| {
                    let one = |x: f64| g(x).sqrt();
                    before(g, from, to) * (2.0 * potential(f, &one, from, to)).exp()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the sign of the drift",
            says: "mass is collected where the drift comes from: the sign of the exponent is turned",
            work: Work {
                density_ratio: |f, g, from, to| {
                    before(g, from, to) * (-2.0 * potential(f, g, from, to)).exp()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "upside down",
            says: "this is p(from)/p(to)",
            work: Work {
                density_ratio: |f, g, from, to| {
                    before(g, to, from) * (2.0 * potential(f, g, to, from)).exp()
                },
                ..UNFINISHED
            },
        },
    ],
};

/// ∫ f/g² dx.
fn potential(f: Line, g: Line, from: f64, to: f64) -> f64 {
    GaussLegendre::new(40).integral(|x: f64| f(x) / g(x).powi(2), from, to)
}

/// g(from)²/g(to)².
fn before(g: Line, from: f64, to: f64) -> f64 {
    (g(from) / g(to)).powi(2)
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "density-ratio").generator();
    let ratio =
        |f: Line, g: Line, from: f64, to: f64| (work.density_ratio)(f, g, from, to);
    let (kappa, s) = (between(draws, 0.4, 0.9), between(draws, 0.6, 0.9));
    let six = "six digits are asked for";

    // dX = κ(m − X) dt + s√X dW: a gamma law (Feller 1951).
    let m = between(draws, 1.2, 1.8);
    let rate = 2.0 * kappa / (s * s);
    let gamma = Gamma::new(rate * m, rate).expect("shape and rate are positive");
    let (from, to) = (between(draws, 0.5, 0.8), between(draws, 1.4, 1.9));
    let feller = ratio(&|x| kappa * (m - x), &|x| s * x.sqrt(), from, to);
    let feller = feller / (gamma.ln_pdf(to) - gamma.ln_pdf(from)).exp() - 1.0;

    // dX = −κX dt + s√(1 + X²) dW: a law of Student, with 1 + 2κ/s² degrees of freedom.
    let freedom = 1.0 + 2.0 * kappa / (s * s);
    let student = StudentsT::new(0.0, 1.0 / freedom.sqrt(), freedom);
    let student = student.expect("scale and freedom are positive");
    let (low, high) = (-between(draws, 0.4, 0.9), between(draws, 1.1, 1.6));
    let wide = ratio(&|x| -kappa * x, &|x| s * (1.0 + x * x).sqrt(), high, low);
    let wide = wide / (student.ln_pdf(low) - student.ln_pdf(high)).exp() - 1.0;

    // A potential and constant noise: each pair of neighbours on a grid trades evenly.
    let tilt = between(draws, 0.2, 0.5);
    let cells = Cells::new(-1.5, 1.5, 30).expect("an interval");
    let potential = |x: f64| 0.25 * x.powi(4) - tilt * x;
    let rates = Rates::new(cells, potential, s).expect("a potential");
    let (i, j) = (4, 21);
    let trade: f64 = (i..j).map(|k| rates.right[k] / rates.left[k + 1]).product();
    let (from, to) = (cells.centre(i), cells.centre(j));
    let even = ratio(&|x| tilt - x.powi(3), &|_| s, from, to) / trade - 1.0;
    vec![
        Evidence::at_most("gamma law, relative error", feller.abs(), 1e-6, six),
        Evidence::at_most(
            "Student's law, leftwards, relative error",
            wide.abs(),
            1e-6,
            six,
        ),
        Evidence::at_most(
            "constant noise, distance from the ratio of hops there and back, relative",
            even.abs(),
            1e-6,
            six,
        ),
    ]
}
