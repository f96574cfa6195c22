//! Exercise 3.1: the generator in the plane.

use super::draws::{covariance, matrix, point};
use super::{UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::Matrix2;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "mean-rate",
    number: "3.1",
    title: "The mean rate of a function",
    points: 2,
    minutes: 10,
    task: "Write `mean_rate`: $\\mathcal A\\varphi$ at a point of the plane for $dX=f\\,dt+G\\,dW$, where $W$ has the \
           covariance $Q$ per unit of time.",
    hint: "Over a short time the increment of $X$ has the mean $f\\,dt$ and the covariance $a\\,dt$. What is $a$? Then \
           expand $\\varphi$ to second order: the mixed derivative appears twice.",
    formula: "fpk-generator",
    check,
    slips: &[
        Known {
            name: "without ½",
            says: "the second derivatives have lost the ½ of Taylor's formula",
            work: Work {
                mean_rate: |f, g, q, d, dd| {
                    f.dot(d) + pairing(&(g * q * g.transpose()), dd)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "only the diagonal",
            says: "the mixed derivative is missing: noises of two coordinates that are correlated need it",
            work: Work {
                mean_rate: |f, g, q, d, dd| {
                    let a = g * q * g.transpose();
                    f.dot(d) + 0.5 * (a[(0, 0)] * dd[(0, 0)] + a[(1, 1)] * dd[(1, 1)])
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the mixed derivative once",
            says: "the pair (1, 2) is counted, the pair (2, 1) is not: the sum runs over both",
            work: Work {
                mean_rate: |f, g, q, d, dd| {
                    let a = g * q * g.transpose();
                    let upper = a[(0, 0)] * dd[(0, 0)]
                        + a[(0, 1)] * dd[(0, 1)]
                        + a[(1, 1)] * dd[(1, 1)];
                    f.dot(d) + 0.5 * upper
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "Q forgotten",
            says: "a is taken for G Gᵀ: the noise has a covariance of its own, which stands between them",
            work: Work {
                mean_rate: |f, g, _, d, dd| {
                    f.dot(d) + 0.5 * pairing(&(g * g.transpose()), dd)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "Gᵀ Q G",
            says: "the transpose stands on the wrong side: the covariance of G ΔW is G Q Gᵀ h",
            work: Work {
                mean_rate: |f, g, q, d, dd| {
                    f.dot(d) + 0.5 * pairing(&(g.transpose() * q * g), dd)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "no transpose",
            says: "this is G Q G: the covariance of G ΔW is G Q Gᵀ h",
            work: Work {
                mean_rate: |f, g, q, d, dd| f.dot(d) + 0.5 * pairing(&(g * q * g), dd),
                ..UNFINISHED
            },
        },
        Known {
            name: "no drift",
            says: "the drift is forgotten: it carries the particle along the gradient",
            work: Work {
                mean_rate: |_, g, q, _, dd| 0.5 * pairing(&(g * q * g.transpose()), dd),
                ..UNFINISHED
            },
        },
    ],
};

/// Σ aᵢⱼ bᵢⱼ.
fn pairing(a: &Matrix2<f64>, b: &Matrix2<f64>) -> f64 {
    a.component_mul(b).sum()
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "mean-rate").generator();
    let (f, g, q) = (point(draws), matrix(draws) * 0.5, covariance(draws));
    let (x, k) = (point(draws), point(draws) * 0.5);
    let rate = |d: &Point<2>, dd: &Matrix2<f64>| (work.mean_rate)(&f, &g, &q, d, dd);

    // φ = sin(k·x), and the rate as what it is: the mean change per unit of time. Over a
    // step h the noise is one of four corners, which have the mean 0 and the covariance Q h;
    // the quotient then misses the rate by a multiple of h.
    let root = q.cholesky().map_or(Matrix2::zeros(), |cholesky| cholesky.l());
    let (sin, cos) = k.dot(&x).sin_cos();
    let found = rate(&(k * cos), &(k * k.transpose() * -sin));
    let miss = |h: f64| {
        let corners = [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)];
        let end = |(a, b)| x + f * h + g * root * Point::<2>::new(a, b) * h.sqrt();
        let mean = corners.map(|c| k.dot(&end(c)).sin()).iter().sum::<f64>() / 4.0;
        (mean - sin) / h - found
    };
    // Taken to h = 0 along a straight line.
    let limit = 2.0 * miss(1e-4) - miss(2e-4);

    // 𝒜(φψ) − φ 𝒜ψ − ψ 𝒜φ = ∇φ · a ∇ψ: what two functions of one noise share. For linear
    // φ and ψ it is the covariance of k·GΔW and l·GΔW, which needs no matrix a.
    let l = point(draws);
    let (at_k, at_l) = (k.dot(&x), l.dot(&x));
    let none = Matrix2::zeros();
    let product = rate(&(k * at_l + l * at_k), &(k * l.transpose() + l * k.transpose()));
    let shared = product - at_k * rate(&l, &none) - at_l * rate(&k, &none);
    let (along_k, along_l) = (g.tr_mul(&k), g.tr_mul(&l));

    vec![
        Evidence::at_most(
            "distance from the mean change per unit of time",
            limit.abs(),
            1e-6,
            "what is left are terms of order h², and rounding over h",
        ),
        Evidence::at_most(
            "product of two linear functions, beyond the product rule, against their covariance",
            (shared - along_k.dot(&(q * along_l))).abs(),
            1e-11,
            "rounding of numbers of order ten",
        ),
        Evidence::at_most(
            "linear function, its rate against the drift along it",
            (rate(&l, &none) - l.dot(&f)).abs(),
            1e-13,
            "rounding of numbers of order one",
        ),
    ]
}
