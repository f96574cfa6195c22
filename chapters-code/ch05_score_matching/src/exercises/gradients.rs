//! Exercise 5.8: backwards through a network.

use super::draws::{matrix3, misses, point3};
use super::{Pairs, Slopes, UNFINISHED, Work};
use ch01_flows::fields::Number;
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::{Matrix3, SMatrix, SVector};
use num_dual::Dual64;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "gradients",
    number: "5.8",
    title: "Backwards through a network",
    points: 4,
    minutes: 25,
    task: "Write `gradients`: the derivatives of the mean over the data $(x,y)$ of $|V\\tanh(Wx+b)-y|^2$ by $V$, by $W$ and by $b$. \
           Use no differences of the loss, and no second run of the network.",
    hint: "For one datum write down $z=Wx+b$, $u=\\tanh z$ and $r=Vu-y$; then go back. The derivative of $|r|^2$ by $r$ is the first \
           station, and $\\tanh'=1-\\tanh^2$.",
    formula: "sm-reverse-mode",
    check,
    slips: &[
        Known {
            name: "the 2 of the square lost",
            says: "the derivative of |r|² is 2r: everything is half as large as it should be",
            work: Work {
                gradients: |v, w, b, d| scaled(0.5, backwards(RIGHT, v, w, b, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "a sum over the batch",
            says: "the data are added up: the loss is their mean",
            work: Work {
                gradients: |v, w, b, d| {
                    scaled(d.len() as f64, backwards(RIGHT, v, w, b, d))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a mean over coordinates",
            says: "the square is averaged over the coordinates as well: |·|² is their sum",
            work: Work {
                gradients: |v, w, b, d| scaled(1.0 / 3.0, backwards(RIGHT, v, w, b, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "V in place of its transpose",
            says: "the way back goes through Vᵀ: on the way there it was V",
            work: Work {
                gradients: |v, w, b, d| {
                    let way = Way { back: |v| *v, ..RIGHT };
                    backwards(way, v, w, b, d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the slope behind the bend",
            says: "the slope of tanh is asked at tanh z: it belongs to z, before the bend",
            work: Work {
                gradients: |v, w, b, d| {
                    let way = Way { slope: |z| 1.0 - z.tanh().tanh().powi(2), ..RIGHT };
                    backwards(way, v, w, b, d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the bend forgotten",
            says: "the slope of tanh is missing on the way back",
            work: Work {
                gradients: |v, w, b, d| {
                    backwards(Way { slope: |_| 1.0, ..RIGHT }, v, w, b, d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "1 − z² for the slope",
            says: "the slope of tanh is 1 − z²: it is 1 − tanh² z",
            work: Work {
                gradients: |v, w, b, d| {
                    backwards(Way { slope: |z| 1.0 - z * z, ..RIGHT }, v, w, b, d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "V's slope from before the bend",
            says: "the derivative by V has z where tanh z should stand: V was multiplied with tanh z",
            work: Work {
                gradients: |v, w, b, d| {
                    backwards(Way { inner: |z| z, ..RIGHT }, v, w, b, d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "matrices transposed",
            says: "both matrices are transposed: entry (i, j) belongs to output i and input j",
            work: Work {
                gradients: |v, w, b, d| {
                    let (v, w, b) = backwards(RIGHT, v, w, b, d);
                    (v.transpose(), w.transpose(), b)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the last datum alone",
            says: "each datum overwrites what the one before has left: what is owed to all is added",
            work: Work {
                gradients: |v, w, b, d| {
                    let last = &d[d.len() - 1..];
                    scaled(1.0 / d.len() as f64, backwards(RIGHT, v, w, b, last))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "downhill",
            says: "all signs are turned round: r is Vu − y, and the derivative points uphill",
            work: Work {
                gradients: |v, w, b, d| scaled(-1.0, backwards(RIGHT, v, w, b, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "V's derivative transposed",
            says: "the derivative by V is transposed: entry (i, j) belongs to output i and input j",
            work: Work {
                gradients: |v, w, b, d| {
                    let (v, w, b) = backwards(RIGHT, v, w, b, d);
                    (v.transpose(), w, b)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "W's derivative transposed",
            says: "the derivative by W is transposed: entry (i, j) belongs to output i and input j",
            work: Work {
                gradients: |v, w, b, d| {
                    let (v, w, b) = backwards(RIGHT, v, w, b, d);
                    (v, w.transpose(), b)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the 2 lost for V",
            says: "the derivative by V is half as large as it should be: the derivative of |r|² is 2r",
            work: Work {
                gradients: |v, w, b, d| {
                    let (v, w, b) = backwards(RIGHT, v, w, b, d);
                    (v * 0.5, w, b)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the 2 lost for W and b",
            says: "the derivatives by W and b are half as large as they should be: 2r goes back through V, not r",
            work: Work {
                gradients: |v, w, b, d| {
                    let (v, w, b) = backwards(RIGHT, v, w, b, d);
                    (v, w * 0.5, b * 0.5)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a sum, and no 2",
            says: "the data are added up where the loss is their mean, and the 2 of the square is lost",
            work: Work {
                gradients: |v, w, b, d| {
                    scaled(0.5 * d.len() as f64, backwards(RIGHT, v, w, b, d))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "1 − tanh for the slope",
            says: "the slope of tanh is 1 − tanh z: the square is missing",
            work: Work {
                gradients: |v, w, b, d| {
                    backwards(Way { slope: |z| 1.0 - z.tanh(), ..RIGHT }, v, w, b, d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "1 + tanh² for the slope",
            says: "the slope of tanh is 1 + tanh² z: it has a minus, for tanh flattens out",
            work: Work {
                gradients: |v, w, b, d| {
                    backwards(
                        Way { slope: |z| 1.0 + z.tanh().powi(2), ..RIGHT },
                        v,
                        w,
                        b,
                        d,
                    )
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the slope of another bend",
            says: "the slope is u(1 − u): that is the slope of 1/(1 + exp(−z)), and tanh has 1 − u²",
            work: Work {
                gradients: |v, w, b, d| {
                    backwards(
                        Way { slope: |z| z.tanh() * (1.0 - z.tanh()), ..RIGHT },
                        v,
                        w,
                        b,
                        d,
                    )
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "1/cosh for the slope",
            says: "the slope of tanh is 1/cosh z: it is 1/cosh² z, which is 1 − tanh² z",
            work: Work {
                gradients: |v, w, b, d| {
                    backwards(Way { slope: |z| z.cosh().recip(), ..RIGHT }, v, w, b, d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the bend before V",
            says: "the slope of the bend is taken before Vᵀ: on the way back the last step of the way there comes first, and that was V",
            work: Work {
                gradients: |v, w, b, d| {
                    let (mut w_bar, mut b_bar) = (Matrix3::zeros(), Point::<3>::zeros());
                    for (x, y) in d {
                        let u = (w * x + b).map(f64::tanh);
                        let r_bar = (v * u - y) * (2.0 / d.len() as f64);
                        let z_bar =
                            v.transpose() * r_bar.component_mul(&u.map(|u| 1.0 - u * u));
                        w_bar += z_bar * x.transpose();
                        b_bar += z_bar;
                    }
                    (backwards(RIGHT, v, w, b, d).0, w_bar, b_bar)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "b before the bend",
            says: "the derivative by b has not come through the bend: b is added to Wx, before tanh",
            work: Work {
                gradients: |v, w, b, d| {
                    let no_bend = Way { slope: |_| 1.0, ..RIGHT };
                    let (v_bar, w_bar, _) = backwards(RIGHT, v, w, b, d);
                    (v_bar, w_bar, backwards(no_bend, v, w, b, d).2)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "W's derivative with u",
            says: "the derivative by W has u where x should stand: W was multiplied with x",
            work: Work {
                gradients: |v, w, b, d| {
                    let mut w_bar = Matrix3::zeros();
                    for datum in d {
                        let u = (w * datum.0 + b).map(f64::tanh);
                        let (_, _, z_bar) = backwards(RIGHT, v, w, b, &[*datum]);
                        w_bar += z_bar * u.transpose() / d.len() as f64;
                    }
                    let (v_bar, _, b_bar) = backwards(RIGHT, v, w, b, d);
                    (v_bar, w_bar, b_bar)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "V's derivative with x",
            says: "the derivative by V has x where tanh z should stand: V was multiplied with tanh z",
            work: Work {
                gradients: |v, w, b, d| {
                    let mut v_bar = Matrix3::zeros();
                    for (x, y) in d {
                        let r_bar = (v * (w * x + b).map(f64::tanh) - y) * 2.0;
                        v_bar += r_bar * x.transpose() / d.len() as f64;
                    }
                    let (_, w_bar, b_bar) = backwards(RIGHT, v, w, b, d);
                    (v_bar, w_bar, b_bar)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the last datum for all",
            says: "these are the derivatives for the last datum: the mean over all was asked for",
            work: Work {
                gradients: |v, w, b, d| backwards(RIGHT, v, w, b, &d[d.len() - 1..]),
                ..UNFINISHED
            },
        },
        Known {
            name: "the mean datum",
            says: "the data are averaged, and then the derivative is taken: tanh of a mean is not the mean of tanh",
            work: Work {
                gradients: |v, w, b, d| {
                    let n = d.len() as f64;
                    let x = d.iter().map(|d| d.0).sum::<Point<3>>() / n;
                    let y = d.iter().map(|d| d.1).sum::<Point<3>>() / n;
                    backwards(RIGHT, v, w, b, &[(x, y)])
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the data forgotten",
            says: "y is missing in r: r is Vu − y",
            work: Work {
                gradients: |v, w, b, d| {
                    let none: Vec<_> =
                        d.iter().map(|d| (d.0, Point::<3>::zeros())).collect();
                    backwards(RIGHT, v, w, b, &none)
                },
                ..UNFINISHED
            },
        },
    ],
};

/// Where one may go astray.
#[derive(Clone, Copy)]
struct Way {
    /// What the error is multiplied by on its way to u.
    back: fn(&Matrix3<f64>) -> Matrix3<f64>,
    /// The slope of the bend at z.
    slope: fn(f64) -> f64,
    /// What V was multiplied with.
    inner: fn(f64) -> f64,
}

const RIGHT: Way =
    Way { back: Matrix3::transpose, slope: |z| 1.0 - z.tanh().powi(2), inner: f64::tanh };

/// Back along the way, as a mean over the data.
fn backwards(
    way: Way,
    v: &Matrix3<f64>,
    w: &Matrix3<f64>,
    b: &Point<3>,
    data: Pairs,
) -> Slopes {
    let (mut v_bar, mut w_bar, mut b_bar) =
        (Matrix3::zeros(), Matrix3::zeros(), Point::<3>::zeros());
    for (x, y) in data {
        let z = w * x + b;
        let r_bar = (v * z.map(f64::tanh) - y) * 2.0;
        let z_bar = ((way.back)(v) * r_bar).component_mul(&z.map(way.slope));
        v_bar += r_bar * z.map(way.inner).transpose();
        w_bar += z_bar * x.transpose();
        b_bar += z_bar;
    }
    scaled(1.0 / data.len() as f64, (v_bar, w_bar, b_bar))
}

fn scaled(factor: f64, (v, w, b): Slopes) -> Slopes {
    (v * factor, w * factor, b * factor)
}

/// The loss itself, by loops, for numbers of any kind.
fn loss<T: Number>(
    v: &SMatrix<T, 3, 3>,
    w: &SMatrix<T, 3, 3>,
    b: &SVector<T, 3>,
    data: Pairs,
) -> T {
    let one = |(x, y): &(Point<3>, Point<3>)| -> T {
        let u: [T; 3] = std::array::from_fn(|j| {
            ((0..3).map(|k| w[(j, k)] * x[k]).sum::<T>() + b[j]).tanh()
        });
        let r = |i: usize| (0..3).map(|j| v[(i, j)] * u[j]).sum::<T>() - y[i];
        (0..3).map(|i| r(i).powi(2)).sum()
    };
    data.iter().map(one).sum::<T>() / data.len() as f64
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "gradients").generator();
    let (v, w, b) = (matrix3(draws), matrix3(draws), point3(draws) * 0.7);
    let data = [(); 5].map(|()| (point3(draws), point3(draws)));
    let (v_bar, w_bar, b_bar) = (work.gradients)(&v, &w, &b, &data);

    // Every entry is moved by itself, forwards, by dual numbers.
    let (dv, dw, db) =
        (v.map(Dual64::from_re), w.map(Dual64::from_re), b.map(Dual64::from_re));
    let by_v = Matrix3::from_fn(|i, j| {
        let mut moved = dv;
        moved[(i, j)].eps = 1.0;
        loss(&moved, &dw, &db, &data).eps
    });
    let by_w = Matrix3::from_fn(|i, j| {
        let mut moved = dw;
        moved[(i, j)].eps = 1.0;
        loss(&dv, &moved, &db, &data).eps
    });
    let by_b = Point::<3>::from_fn(|i, _| {
        let mut moved = db;
        moved[i].eps = 1.0;
        loss(&dv, &dw, &moved, &data).eps
    });
    let because = "rounding of numbers of order ten: dual numbers are exact";
    [
        ("V", misses(&v_bar, &by_v)),
        ("W", misses(&w_bar, &by_w)),
        ("b", misses(&b_bar, &by_b)),
    ]
    .map(|(what, miss)| {
        Evidence::at_most(
            format!("derivative by {what}, against dual numbers, miss"),
            miss,
            1e-12,
            because,
        )
    })
    .into()
}
