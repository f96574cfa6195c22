//! Exercise 2.3: noise with a given covariance.

use super::draws::{between, matrix};
use super::{UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::Matrix2;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "correlated-increment",
    number: "2.3",
    title: "Noise with a given covariance",
    points: 3,
    minutes: 20,
    task: "Write `correlated_increment`: from $\\varepsilon\\sim\\mathcal N(0,I)$ in the plane make an increment of covariance \
           $hQ$. Do the factorisation $Q=LL^\\top$ of a $2\\times2$ matrix by hand.",
    hint: "Take $L$ lower triangular and compare entries: $L_{11}^2=Q_{11}$, $L_{11}L_{21}=Q_{12}$, \
           $L_{21}^2+L_{22}^2=Q_{22}$.",
    formula: "bm-vector-noise",
    check,
    slips: &[
        Known {
            name: "the transposed factor",
            says: "this multiplies by the transposed factor: LᵀL is not Q",
            work: Work {
                correlated_increment: |q, h, e| h.sqrt() * (factor(q).transpose() * e),
                ..UNFINISHED
            },
        },
        Known {
            name: "Q itself",
            says: "this multiplies by Q: the covariance is then Q² h. A factor of Q is needed, as a \
                   number needs its root",
            work: Work {
                correlated_increment: |q, h, e| h.sqrt() * (q * e),
                ..UNFINISHED
            },
        },
        Known {
            name: "roots entry by entry",
            says: "the root is taken entry by entry: that matrix times its transpose is not Q",
            work: Work {
                correlated_increment: |q, h, e| {
                    h.sqrt() * (q.map(|v| v.abs().sqrt().copysign(v)) * e)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "one normal number for both",
            says: "both coordinates use the same normal number: they are then perfectly correlated",
            work: Work {
                correlated_increment: |q, h, e| {
                    h.sqrt() * (factor(q) * Point::<2>::repeat(e[0]))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "no correlation",
            says: "the two variances are right and the covariance between them is forgotten",
            work: Work {
                correlated_increment: |q, h, e| {
                    h.sqrt()
                        * Point::<2>::new(
                            q[(0, 0)].sqrt() * e[0],
                            q[(1, 1)].sqrt() * e[1],
                        )
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "h in place of √h",
            says: "the noise is multiplied by h: its covariance is then h² Q",
            work: Work {
                correlated_increment: |q, h, e| h * (factor(q) * e),
                ..UNFINISHED
            },
        },
    ],
};

/// L with L Lᵀ = Q, by nalgebra.
fn factor(q: &Matrix2<f64>) -> Matrix2<f64> {
    q.cholesky().map_or(Matrix2::repeat(f64::NAN), |cholesky| cholesky.l())
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "correlated-increment").generator();
    let (root, h) = (matrix(draws), between(draws, 0.1, 0.6));
    // A product of a matrix with its transpose is a covariance; a little more makes it
    // safely positive definite.
    let q = root * root.transpose() + Matrix2::identity() * 0.2;
    let draw = |e: Point<2>| (work.correlated_increment)(&q, h, &e);
    let zero = draw(Point::<2>::zeros());
    let columns = [Point::<2>::x(), Point::<2>::y()].map(|e| draw(e) - zero);
    let m = Matrix2::from_columns(&columns);
    let both = draw(Point::<2>::new(2.0, -3.0)) - zero - m * Point::<2>::new(2.0, -3.0);
    let rounding = "rounding of numbers of order ten";
    vec![
        Evidence::at_most("mean against 0", zero.norm(), 1e-14, rounding),
        Evidence::at_most("distance from a linear map", both.norm(), 1e-12, rounding),
        Evidence::at_most(
            "covariance against h Q",
            (m * m.transpose() - h * q).norm(),
            1e-12,
            rounding,
        ),
    ]
}
