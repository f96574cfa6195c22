//! Exercise 3.4: the exact step of a linear equation.

use super::draws::{between, covariance, either_sign, matrix, point};
use super::{Moments, UNFINISHED, Work};
use ch01_flows::quadrature::GaussLegendre;
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::Matrix2;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "linear-step",
    number: "3.4",
    title: "A linear step of any length",
    points: 4,
    minutes: 30,
    task: "Write `linear_step`: mean and covariance a time $h$ later of $dX=KX\\,dt+\\text{noise}$ with the covariance rate \
           $a$. The step is exact, however long it is, and $K$ and $a$ need not commute.",
    hint: "The mean is multiplied by $\\Psi=e^{Kh}$. For the covariance, each bit of noise is carried on by what is left of \
           the step. The integral can be had by quadrature, or from one exponential: that of the $4\\times4$ matrix \
           with the blocks $-Kh$, $ah$, $0$, $K^\\top h$.",
    formula: "fpk-linear-exact-step",
    check,
    slips: &[
        Known {
            name: "Ψ once",
            says: "the covariance is multiplied by Ψ from the left only: it is a square, and Ψᵀ belongs on its right",
            work: Work {
                linear_step: |k, a, h, m, c| {
                    let psi = (k * h).exp();
                    (psi * m, psi * c + noise(k, a, h))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the transpose on the wrong side",
            says: "this is Ψᵀ C Ψ: the covariance of Ψ X is Ψ C Ψᵀ",
            work: Work {
                linear_step: |k, a, h, m, c| {
                    let psi = (k * h).exp();
                    (psi * m, psi.transpose() * c * psi + noise(k, a, h))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "2K",
            says: "the start's covariance is multiplied by e^(2Kh): that is Ψ C Ψᵀ only if K is symmetric and commutes with C",
            work: Work {
                linear_step: |k, a, h, m, c| {
                    ((k * h).exp() * m, (k * (2.0 * h)).exp() * c + noise(k, a, h))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise of Brownian motion",
            says: "the noise has the covariance a h: what comes early in the step is carried on by the drift",
            work: Work {
                linear_step: |k, a, h, m, c| {
                    let psi = (k * h).exp();
                    (psi * m, psi * c * psi.transpose() + a * h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a certain start",
            says: "the covariance of the start is forgotten",
            work: Work {
                linear_step: |k, a, h, m, _| ((k * h).exp() * m, noise(k, a, h)),
                ..UNFINISHED
            },
        },
        Known {
            name: "Euler's step",
            says: "this takes 1 + Kh for the exponential: it is exact only as h tends to 0",
            work: Work {
                linear_step: |k, a, h, m, c| {
                    let psi = Matrix2::identity() + k * h;
                    (psi * m, psi * c * psi.transpose() + a * h)
                },
                ..UNFINISHED
            },
        },
    ],
};

/// ∫ e^{Ks} a e^{Kᵀs} ds from 0 to h, by quadrature.
fn noise(k: &Matrix2<f64>, a: &Matrix2<f64>, h: f64) -> Matrix2<f64> {
    let rule = GaussLegendre::new(20);
    Matrix2::from_fn(|i, j| {
        let rate = |s: f64| {
            let psi = (k * s).exp();
            (psi * a * psi.transpose())[(i, j)]
        };
        rule.integral(rate, 0.0, h)
    })
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "linear-step").generator();
    let (k, a) = (matrix(draws), covariance(draws));
    let (m, c) = (point(draws), covariance(draws));
    let (first, second) = (between(draws, 0.3, 0.6), between(draws, 0.3, 0.6));
    let step = |h: f64, (m, c): &Moments| (work.linear_step)(&k, &a, h, m, c);
    let start = (m, c);
    let apart = |x: &Moments, y: &Moments| (x.0 - y.0).norm() + (x.1 - y.1).norm();
    let two = step(second, &step(first, &start));
    let one = step(first + second, &start);

    // A short step: mean and covariance begin to change as the coefficients say.
    let h = 1e-6;
    let soon = step(h, &start);
    let rates = ((soon.0 - m) / h, (soon.1 - c) / h);
    let through = k * c;
    let expected = (k * m, through + through.transpose() + a);

    // No noise: the area of the ellipse of C changes as the flow says, e^{2 tr(K) h} for
    // its square.
    let none = Matrix2::zeros();
    let (_, carried) = (work.linear_step)(&k, &none, first, &m, &c);
    let area = carried.determinant() / c.determinant() / (2.0 * first * k.trace()).exp();

    // An equation made to leave N(0, C) alone: K = −(a/2 + S) C⁻¹ with S skew.
    let skew = either_sign(draws, 0.4, 1.1);
    let inverse = c.try_inverse().unwrap_or(none);
    let resting = -(a * 0.5 + Matrix2::new(0.0, skew, -skew, 0.0)) * inverse;
    let origin = Point::<2>::zeros();
    let (_, stays) = (work.linear_step)(&resting, &a, first, &origin, &c);
    let size = 1.0 + one.1.norm() + one.0.norm();
    vec![
        Evidence::at_most(
            "two steps against one, relative",
            apart(&two, &one) / size,
            1e-11,
            "rounding, in exponentials of matrices of order one",
        ),
        Evidence::at_most(
            "short step, distance of the rates from those of the equation",
            apart(&rates, &expected),
            2e-4,
            "h = 10⁻⁶ times second derivatives below 100 is what the next order adds",
        ),
        Evidence::at_most(
            "no noise, area of the ellipse against that of chapter 1, relative",
            (area - 1.0).abs(),
            1e-11,
            "rounding, and a difference of products",
        ),
        Evidence::at_most(
            "a law that the equation leaves alone, change of its covariance",
            (stays - c).norm() / c.norm(),
            1e-11,
            "rounding, and an inverse of condition below 10³",
        ),
    ]
}
