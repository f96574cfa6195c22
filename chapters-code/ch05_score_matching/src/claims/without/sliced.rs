//! One direction in place of all.

use super::fields::{IN_PLANE, THREE, mean, plane};
use super::largest;
use crate::implicit::implicit_at;
use crate::sliced::{Directions, along, half_sliced_at, sliced_at};
use ch01_flows::laws::Place;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SMatrix, SVector};
use num_dual::{Dual64, DualNum};
use rand::RngExt;

type Score<const D: usize> = dyn Fn(&Place<D>) -> Place<D>;
type At<const D: usize> = fn(&Score<D>, &Point<D>, &Point<D>) -> f64;

/// Both forms, in space and in the plane.
#[derive(Clone, Copy)]
struct Slices {
    space: [At<3>; 2],
    plane: [At<2>; 2],
}

const SHOWN: Slices = Slices {
    space: [|s, x, v| sliced_at(s, x, v), |s, x, v| half_sliced_at(s, x, v)],
    plane: [|s, x, v| sliced_at(s, x, v), |s, x, v| half_sliced_at(s, x, v)],
};

/// A field in space without symmetry.
fn field(x: &Place<3>) -> Place<3> {
    SVector::<Dual64, 3>::new(
        (x[0] + x[1] * 2.0).sin() - x[2] * x[0],
        x[1].powi(3) * -0.2 + x[0].cos() * 0.7,
        (x[2] * x[1] * 0.5).exp() - x[2] * 1.3 + x[0] * 0.4,
    )
}

/// All points with coordinates from `values`, in D dimensions.
fn all<const D: usize>(values: &[f64]) -> impl Iterator<Item = Point<D>> {
    let n = values.len();
    (0..n.pow(D as u32))
        .map(move |k| Point::from_fn(|i, _| values[k / n.pow(i as u32) % n]))
}

fn check(seed: u64, slices: Slices) -> Vec<Evidence> {
    let mut places = Stream::new(seed, "places in space").generator();
    let places: Vec<_> = (0..20)
        .map(|_| Point::<3>::from_fn(|_, _| places.random_range(-1.5..1.5)))
        .collect();
    let exact = slices.space.map(|at| {
        largest(places.iter().map(|x| {
            let sum: f64 = all::<3>(&[1.0, -1.0]).map(|v| at(&field, x, &v)).sum();
            let expected = implicit_at(field, x);
            (sum / 8.0 - expected).abs() / (1.0 + expected.abs())
        }))
    });
    let signs = Evidence::at_most(
        "mean over all eight sign vectors in space, distance from the loss with \
         the divergence, 20 places, both forms",
        largest(exact),
        1e-13,
        "rounding of eight terms",
    )
    .sampled(20, seed);
    let expected = mean(&plane(), |x, _| implicit_at(IN_PLANE[1], x));
    let sampled = [0, 1].map(|k| {
        let mut draws = Stream::new(seed, "slices").generator();
        let law = &*THREE;
        let terms: Vec<f64> = (0..20_000)
            .map(|_| {
                let x = law.sample(&mut draws);
                let v = Directions::Normal.draw(&mut draws);
                (slices.plane[k])(&IN_PLANE[1], &x, &v)
            })
            .collect();
        let form = ["both terms sliced", "the divergence alone sliced"][k];
        Evidence::mean(format!("{form}, normal directions"), &terms, expected, seed)
    });
    std::iter::once(signs).chain(sampled).collect()
}

/// E[½(v·s)² + v·s′v] = E[½|s|² + ∇·s].
pub const SLICED: Claim = Claim::new(
    "sm-sliced",
    "the loss without the score, looked at along random directions, has the right mean if \
     the directions have the unit matrix for their mean square",
    |seed| check(seed, SHOWN),
    &[
        Slip::new("directions of length one", |seed| {
            check(
                seed,
                Slices {
                    space: [
                        |s, x, v| sliced_at(s, x, &v.normalize()),
                        |s, x, v| half_sliced_at(s, x, &v.normalize()),
                    ],
                    plane: [
                        |s, x, v| sliced_at(s, x, &v.normalize()),
                        |s, x, v| half_sliced_at(s, x, &v.normalize()),
                    ],
                },
            )
        }),
        Slip::new("the half of the square forgotten", |seed| {
            check(
                seed,
                Slices {
                    space: [
                        |s, x, v| {
                            sliced_at(s, x, v) + 0.5 * along(s, x, v).0.dot(v).powi(2)
                        },
                        SHOWN.space[1],
                    ],
                    ..SHOWN
                },
            )
        }),
        Slip::new("the change of s not seen along v", |seed| {
            check(
                seed,
                Slices {
                    space: [
                        |s, x, v| {
                            let (value, moved) = along(s, x, v);
                            0.5 * v.dot(&value).powi(2) + moved.sum()
                        },
                        |s, x, v| {
                            let (value, moved) = along(s, x, v);
                            0.5 * value.norm_squared() + moved.sum()
                        },
                    ],
                    ..SHOWN
                },
            )
        }),
    ],
);

type Variance = fn(Directions, &SMatrix<f64, 4, 4>) -> f64;

/// Signs are two values with equal weights. A normal coordinate has the moments up to the
/// fifth of ±√3 with weight ⅙ each and 0 with weight ⅔, and (v·Av)² has degree four.
fn moments(directions: Directions, a: &SMatrix<f64, 4, 4>) -> (f64, f64) {
    let values: &[f64] = match directions {
        Directions::Signs => &[1.0, -1.0],
        Directions::Normal => &[0.0, 3f64.sqrt(), -(3f64.sqrt())],
    };
    let weight = |v: f64| match directions {
        Directions::Signs => 0.5,
        Directions::Normal if v == 0.0 => 2.0 / 3.0,
        Directions::Normal => 1.0 / 6.0,
    };
    let mean = |f: &dyn Fn(f64) -> f64| -> f64 {
        all::<4>(values)
            .map(|v| v.iter().map(|v| weight(*v)).product::<f64>() * f(v.dot(&(a * v))))
            .sum()
    };
    let first = mean(&|t| t);
    (first, mean(&|t| (t - first).powi(2)))
}

fn trace_check(seed: u64, variance: Variance) -> Vec<Evidence> {
    let mut entries = Stream::new(seed, "a matrix").generator();
    let a = SMatrix::<f64, 4, 4>::from_fn(|_, _| entries.random_range(-2.0..2.0));
    let both = [Directions::Normal, Directions::Signs];
    let counted = both.map(|directions| {
        let (first, second) = moments(directions, &a);
        let said = variance(directions, &a);
        (first - a.trace()).abs().max((second - said).abs() / second)
    });
    let drawn = both.map(|directions| {
        let mut draws = Stream::new(seed, "directions for a trace").generator();
        let traces: Vec<f64> = (0..20_000)
            .map(|_| {
                let v: Point<4> = directions.draw(&mut draws);
                v.dot(&(a * v))
            })
            .collect();
        [
            Evidence::mean(format!("{directions:?}: v·Av"), &traces, a.trace(), seed),
            Evidence::variance(
                format!("{directions:?}: variance of v·Av"),
                &traces,
                variance(directions, &a),
                seed,
            ),
        ]
    });
    let exact = Evidence::at_most(
        "a matrix of four rows: mean and variance of v·Av over all directions, distance \
         from its trace and, relative, from the formula; normal and signs",
        largest(counted),
        1e-12,
        "rounding of 81 terms",
    )
    .sampled(1, seed);
    std::iter::once(exact).chain(drawn.into_iter().flatten()).collect()
}

/// E v·Av = tr A, and its variance.
pub const TRACE: Claim = Claim::new(
    "sm-trace-estimator",
    "a random direction sees the trace of a matrix on average; with signs its scatter comes \
     from the entries off the diagonal alone",
    |seed| trace_check(seed, Directions::variance),
    &[
        Slip::new("a matrix taken for symmetric", |seed| {
            trace_check(seed, |directions, a| match directions {
                Directions::Normal => 2.0 * a.norm_squared(),
                Directions::Signs => {
                    2.0 * (a.norm_squared() - a.diagonal().norm_squared())
                }
            })
        }),
        Slip::new("signs as scattered as normal numbers", |seed| {
            trace_check(seed, |_, a| Directions::Normal.variance(a))
        }),
        Slip::new("the variance of one term halved", |seed| {
            trace_check(seed, |directions, a| 0.5 * directions.variance(a))
        }),
    ],
);
