//! Exercise 5.2: a divergence from one direction.

use super::draws::{between, matrix3, miss, point3, sixes};
use super::{Along, Field, UNFINISHED, Work};
use ch01_flows::fields::Number;
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::{Matrix3, SVector};
use num_dual::Dual64;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "sliced-loss",
    number: "5.2",
    title: "A divergence from one direction",
    points: 3,
    minutes: 15,
    task: "Write `sliced_loss`: an estimate of the implicit loss over a sample in space. Keep the square of $s$ whole, and take the \
           divergence from the derivative along one direction for each draw. The directions have the length 1 and come evenly from the sphere.",
    hint: "The theorem asks for $\\mathbb E\\,vv^\\top=I$. What is the trace of $vv^\\top$ here, and what is its mean?",
    formula: "sm-sliced",
    check,
    slips: &[
        Known {
            name: "the dimension forgotten",
            says: "a direction of length 1 in space has E vvᵀ = I/3: a third of the divergence is all that is seen",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| 0.5 * s(x).norm_squared() + v.dot(&along(x, v)))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the square without ½",
            says: "the square has lost its ½",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| s(x).norm_squared() + slice(along, x, v))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the divergence subtracted",
            says: "the divergence has the wrong sign",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| 0.5 * s(x).norm_squared() - slice(along, x, v))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the square sliced too",
            says: "the square is taken along the direction as well: right on average, but it was to be kept whole, which scatters less",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| 1.5 * s(x).dot(v).powi(2) + slice(along, x, v))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the square sliced, without the dimension",
            says: "the square is taken along the direction, and both terms lack the factor that a direction of length 1 needs",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| 0.5 * s(x).dot(v).powi(2) + v.dot(&along(x, v)))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the dimension times everything",
            says: "the square is whole as it stands: the dimension belongs to the slice alone",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| 1.5 * s(x).norm_squared() + slice(along, x, v))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "along the score in place of the direction",
            says: "the derivative along v is projected on s: the quadratic form has v on both sides",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| {
                        0.5 * s(x).norm_squared() + 3.0 * s(x).dot(&along(x, v))
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a sum in place of a mean",
            says: "the draws are added up: the loss is their mean",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    let term = |x: &Point<3>, v: &Point<3>| {
                        0.5 * s(x).norm_squared() + slice(along, x, v)
                    };
                    x.len() as f64 * mean(x, v, term)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the root of the dimension",
            says: "the slice is multiplied by √3: if v becomes √3 v, then on both sides of the matrix, which makes 3",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| {
                        0.5 * s(x).norm_squared() + slice(along, x, v) / 3.0_f64.sqrt()
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the square sliced, the dimension for the divergence alone",
            says: "the square is taken along the direction, where it is a third of the whole on average: it was to be kept whole",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| 0.5 * s(x).dot(v).powi(2) + slice(along, x, v))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "twice the loss",
            says: "this is twice the loss, |s|² and two divergences: it has the same minimum, but the implicit loss has ½ in front of the square",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| s(x).norm_squared() + 2.0 * slice(along, x, v))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the whole divergence",
            says: "the divergence is the sum over all axes, and the directions are not used: it costs three derivatives for each draw, where one was asked for",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, _| {
                        let axis = |i: usize| Point::<3>::ith(i, 1.0);
                        let divergence: f64 = (0..3).map(|i| along(x, &axis(i))[i]).sum();
                        0.5 * s(x).norm_squared() + divergence
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "not projected on the direction",
            says: "the entries of the derivative along v are added up: it has to be multiplied by v, which takes its part along v",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| 0.5 * s(x).norm_squared() + 3.0 * along(x, v).sum())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "divided by the dimension",
            says: "the slice is divided by 3: on average it is a third of the divergence already, and has to be multiplied",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| {
                        0.5 * s(x).norm_squared() + v.dot(&along(x, v)) / 3.0
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "½ before the divergence too",
            says: "the ½ stands before the divergence as well: it belongs to the square alone",
            work: Work {
                sliced_loss: |s, along, x, v| {
                    mean(x, v, |x, v| 0.5 * (s(x).norm_squared() + slice(along, x, v)))
                },
                ..UNFINISHED
            },
        },
    ],
};

/// 3 vᵀ s′(x) v.
fn slice(along: Along, x: &Point<3>, v: &Point<3>) -> f64 {
    3.0 * v.dot(&along(x, v))
}

/// The mean of a term over draws and their directions.
fn mean(
    data: &[Point<3>],
    directions: &[Point<3>],
    term: impl Fn(&Point<3>, &Point<3>) -> f64,
) -> f64 {
    let sum: f64 = data.iter().zip(directions).map(|(x, v)| term(x, v)).sum();
    sum / data.len() as f64
}

/// A x and products of coordinates: no gradient of anything.
struct Bent {
    a: Matrix3<f64>,
    b: Matrix3<f64>,
}

impl Bent {
    fn at<T: Number>(&self, x: &SVector<T, 3>) -> SVector<T, 3> {
        SVector::from_fn(|i, _| {
            let linear: T = (0..3).map(|j| x[j] * self.a[(i, j)]).sum();
            let products: T =
                (0..3).map(|j| x[j] * x[(j + i) % 3] * self.b[(i, j)]).sum();
            linear + products
        })
    }

    fn along(&self, x: &Point<3>, v: &Point<3>) -> Point<3> {
        let moving = SVector::<Dual64, 3>::from_fn(|i, _| Dual64::new(x[i], v[i]));
        self.at(&moving).map(|s| s.eps)
    }
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "sliced-loss").generator();
    let field = Bent { a: matrix3(draws), b: matrix3(draws) * 0.5 };
    let score = |x: &Point<3>| field.at(x);
    let along = |x: &Point<3>, v: &Point<3>| field.along(x, v);
    let loss = |data: &[Point<3>], directions: &[Point<3>]| {
        (work.sliced_loss)(&score as Field, &along as Along, data, directions)
    };

    // The four diagonals of a cube: over them the mean of v vᵀ is that of the sphere. Each
    // draw of a sample with normal moments meets all four.
    let third = 3.0_f64.sqrt().recip();
    let diagonals =
        [(1.0, 1.0, 1.0), (1.0, -1.0, -1.0), (-1.0, 1.0, -1.0), (-1.0, -1.0, 1.0)]
            .map(|(a, b, c)| Point::<3>::new(a, b, c) * third);
    let (m, d) = (point3(draws), between(draws, 0.5, 0.8));
    let normal: Vec<_> = sixes::<3>().iter().map(|z| m + z * d).collect();
    let (data, directions): (Vec<_>, Vec<_>) =
        normal.iter().flat_map(|x| diagonals.map(|v| (*x, v))).unzip();

    // The explicit loss has no divergence in it, and knows the score of the law. Without the
    // constant ½E|∇log p|² it is the implicit one.
    let truth = |x: &Point<3>| (m - x) / (d * d);
    let explicit = |x: &Point<3>| {
        let (s, right) = (score(x), truth(x));
        0.5 * ((s - right).norm_squared() - right.norm_squared())
    };
    let expected = normal.iter().map(explicit).sum::<f64>() / normal.len() as f64;

    // Two draws and two directions: the same with difference quotients, which are exact for
    // such a field.
    let places = [point3(draws), point3(draws)];
    let ways = [point3(draws).normalize(), point3(draws).normalize()];
    let one = |x: &Point<3>, v: &Point<3>| {
        let slope = 0.5 * (score(&(x + v)) - score(&(x - v))).dot(v);
        score(x).dot(&score(x)) / 2.0 + slope * x.len() as f64
    };
    let by_hand = (one(&places[0], &ways[0]) + one(&places[1], &ways[1])) / 2.0;
    vec![
        Evidence::at_most(
            "normal data, all diagonals: against the explicit loss, miss",
            miss(loss(&data, &directions), expected),
            1e-11,
            "rounding of 864 terms of order ten: the moments are exact",
        ),
        Evidence::at_most(
            "two draws, one direction each, miss",
            miss(loss(&places, &ways), by_hand),
            1e-12,
            "rounding: difference quotients are exact for a polynomial of degree two",
        ),
    ]
}
