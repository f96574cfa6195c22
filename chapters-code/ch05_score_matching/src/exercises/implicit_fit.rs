//! Exercise 5.1: a model without a score to match.

use super::draws::{between, either_sign, miss, six};
use super::{Features, UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::{Matrix2, Vector2};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "implicit-fit",
    number: "5.1",
    title: "A fit without a score",
    points: 3,
    minutes: 15,
    task: "Write `implicit_fit`: the $\\vartheta$ for which the implicit loss over a sample on the line is least, for \
           $s_\\vartheta=\\vartheta_1\\varphi_1+\\vartheta_2\\varphi_2$. Values and slopes of $\\varphi_1$ and $\\varphi_2$ are \
           given at each draw.",
    hint: "In $\\vartheta$ the loss is a parabola: a part with squares, whose coefficients are means of products of values, and a \
           part that is linear. Where are both derivatives zero?",
    formula: "sm-implicit-sample",
    check,
    slips: &[
        Known {
            name: "the divergence subtracted",
            says: "the divergence has the wrong sign: this is the right score turned round, and particles that follow it leave \
                   the data",
            work: Work {
                implicit_fit: |v, s| solved(&squares(v), &means(s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the square without ½",
            says: "the square has lost its ½: the score comes out half as large",
            work: Work {
                implicit_fit: |v, s| solved(&(squares(v) * 2.0), &-means(s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "a mean and a sum",
            says: "the squares are averaged and the slopes added up: the answer grows with the number of draws",
            work: Work {
                implicit_fit: |v, s| solved(&squares(v), &(means(s) * -(s.len() as f64))),
                ..UNFINISHED
            },
        },
        Known {
            name: "one draw fewer below the squares",
            says: "the squares are divided by N − 1: the loss is a mean over N draws, and so the variance it finds has 1/N",
            work: Work {
                implicit_fit: |v, s| {
                    let n = v.len() as f64;
                    solved(&(squares(v) * (n / (n - 1.0))), &-means(s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "each feature by itself",
            says: "each coefficient is found as if the other were zero: the mean of φ₁φ₂ joins them",
            work: Work {
                implicit_fit: |v, s| {
                    let (a, b) = (squares(v), means(s));
                    [-b[0] / a[(0, 0)], -b[1] / a[(1, 1)]]
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "multiplied in place of solved",
            says: "the linear part is multiplied by the matrix of the squares: an equation with that matrix has to be solved",
            work: Work {
                implicit_fit: |v, s| (squares(v) * -means(s)).into(),
                ..UNFINISHED
            },
        },
        Known {
            name: "values in place of slopes",
            says: "the linear part is made of the values: the divergence is made of the slopes",
            work: Work {
                implicit_fit: |v, _| solved(&squares(v), &-means(v)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the ½ kept in the derivative",
            says: "the ½ of the square was kept when it was differentiated: the derivative of ½s² is s times that of s, and the score \
                   comes out twice as large",
            work: Work {
                implicit_fit: |v, s| solved(&(squares(v) / 2.0), &-means(s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "a sum and a mean",
            says: "the squares are added up and the slopes averaged: the answer shrinks with the number of draws",
            work: Work {
                implicit_fit: |v, s| solved(&(squares(v) * v.len() as f64), &-means(s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the product of both counted twice",
            says: "the mean of φ₁φ₂ is counted twice in each equation: 2θ₁θ₂φ₁φ₂ in the square has its ½, and is differentiated by one θ at a time",
            work: Work {
                implicit_fit: |v, s| {
                    let mut a = squares(v);
                    a[(0, 1)] *= 2.0;
                    a[(1, 0)] *= 2.0;
                    solved(&a, &-means(s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "slopes times values",
            says: "the linear part is made of φᵢφᵢ′: the divergence of the model is θ₁φ₁′ + θ₂φ₂′, with no φ in front",
            work: Work {
                implicit_fit: |v, s| {
                    let both =
                        |(v, s): (&[f64; 2], &[f64; 2])| [v[0] * s[0], v[1] * s[1]];
                    let products: Vec<_> = v.iter().zip(s).map(both).collect();
                    solved(&squares(v), &-means(&products))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "an inverse without its signs",
            says: "the inverse of the matrix has lost the minus signs of its two entries off the diagonal",
            work: Work {
                implicit_fit: |v, s| {
                    let (a, b) = (squares(v), -means(s));
                    let inverse =
                        Matrix2::new(a[(1, 1)], a[(0, 1)], a[(1, 0)], a[(0, 0)]);
                    (inverse * b / a.determinant()).into()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "an inverse with its diagonal in place",
            says: "the inverse of a 2 × 2 matrix has the two entries of the diagonal exchanged: here they have stayed",
            work: Work {
                implicit_fit: |v, s| {
                    let (a, b) = (squares(v), -means(s));
                    let inverse =
                        Matrix2::new(a[(0, 0)], -a[(0, 1)], -a[(1, 0)], a[(1, 1)]);
                    (inverse * b / a.determinant()).into()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the determinant forgotten",
            says: "the inverse of the matrix is not divided by its determinant",
            work: Work {
                implicit_fit: |v, s| {
                    let (a, b) = (squares(v), -means(s));
                    let theta = solved(&a, &b);
                    theta.map(|theta| theta * a.determinant())
                },
                ..UNFINISHED
            },
        },
    ],
};

/// The means of φᵢ φⱼ.
fn squares(values: Features) -> Matrix2<f64> {
    let product = |v: &[f64; 2]| Vector2::from(*v) * Vector2::from(*v).transpose();
    values.iter().map(product).sum::<Matrix2<f64>>() / values.len() as f64
}

/// The means of both.
fn means(features: Features) -> Vector2<f64> {
    let sum: Vector2<f64> = features.iter().map(|f| Vector2::from(*f)).sum();
    sum / features.len() as f64
}

/// θ of aθ = b.
fn solved(a: &Matrix2<f64>, b: &Vector2<f64>) -> [f64; 2] {
    let none = Vector2::from_element(f64::NAN);
    a.try_inverse().map_or(none, |inverse| inverse * b).into()
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "implicit-fit").generator();
    let fit = |of: &dyn Fn(f64) -> ([f64; 2], [f64; 2]), data: &[f64]| {
        let (values, slopes): (Vec<_>, Vec<_>) = data.iter().map(|&x| of(x)).unzip();
        (work.implicit_fit)(&values, &slopes)
    };

    // A straight line is the score of a normal law: its mean and variance are the sample's.
    let middle = either_sign(draws, 0.6, 1.3);
    let sample: Vec<f64> =
        (0..7).map(|k| middle + f64::from(k - 3) * between(draws, 0.3, 0.5)).collect();
    let mean = sample.iter().sum::<f64>() / 7.0;
    let variance = sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 7.0;
    let line = fit(&|x| ([x, 1.0], [1.0, 0.0]), &sample);

    // A sample with the moments of a normal law: there the explicit loss, which knows the
    // score and no slope, has its least value at the same θ. It is a parabola, so equal
    // values to both sides say that its derivative is zero.
    let (m, d) = (either_sign(draws, 0.4, 0.8), between(draws, 0.6, 0.9));
    let normal = six().map(|z| m + d * z);
    let (p, q) = (either_sign(draws, 0.3, 0.6), between(draws, 0.4, 0.9));
    let values = |x: f64| [x + p * x * x, x - q];
    let bent = fit(&|x| (values(x), [1.0 + 2.0 * p * x, 1.0]), &normal);
    let explicit = |theta: [f64; 2]| {
        let square = |x: f64| {
            let [first, second] = values(x);
            (theta[0] * first + theta[1] * second + (x - m) / (d * d)).powi(2)
        };
        normal.iter().map(|&x| 0.5 * square(x)).sum::<f64>() / 6.0
    };
    let slope = |i: usize| {
        let at = |step: f64| {
            let mut theta = bent;
            theta[i] += step;
            explicit(theta)
        };
        0.5 * (at(1.0) - at(-1.0))
    };
    let because = "rounding, and an equation of condition below 1000";
    vec![
        Evidence::at_most(
            "a straight line: the variance of the sample, miss",
            miss(-1.0 / line[0], variance),
            1e-11,
            because,
        ),
        Evidence::at_most(
            "a straight line: the mean of the sample, miss",
            miss(-line[1] / line[0], mean),
            1e-11,
            because,
        ),
        Evidence::at_most(
            "normal moments: slope of the explicit loss by the first parameter, miss",
            miss(slope(0), 0.0),
            1e-11,
            because,
        ),
        Evidence::at_most(
            "normal moments: slope of the explicit loss by the second parameter, miss",
            miss(slope(1), 0.0),
            1e-11,
            because,
        ),
    ]
}
