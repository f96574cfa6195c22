//! A loss for all times, and its floor.

use super::largest;
use crate::all_times::{floor, growth_per_decade, miss, over_time};
use crate::problem::Blur;
use crate::problem::{HEAPS, heaps};
use crate::windows::window_score;
use ch01_flows::quadrature::trapezoid;
use ch04_reverse_sdes::{Beta, Interval, NoiseSchedule, Noised, VariancePreserving};
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix1, Matrix2};
use std::f64::consts::TAU;

/// A mean over time.
type OverTime = fn(Interval, &dyn Fn(f64) -> f64, &dyn Fn(f64) -> f64) -> f64;

/// For noise that is only added, σ = t.
const LONG: Interval = Interval { start: 0.4, end: 5.0 };
/// Mean and variance of normal data in the plane, along each axis.
const DATA: ([f64; 2], f64) = ([0.7, -0.4], 0.3);
/// The model −A (x − c).
const MODEL: (Matrix2<f64>, [f64; 2]) = (Matrix2::new(0.3, -0.2, 0.1, 0.45), [0.2, 0.5]);

/// The mean of a function of datum and noise, both N(0, I) in the plane: exact for
/// polynomials up to degree 3, which do not tell a normal law from these eight places.
fn normal_mean(f: impl Fn(Point<2>, Point<2>) -> f64) -> f64 {
    let place = |i: usize, side: f64| {
        let mut place = [0.0; 4];
        place[i] = 2.0 * side;
        f(Point::<2>::new(place[0], place[1]), Point::<2>::new(place[2], place[3]))
    };
    (0..4).map(|i| (place(i, 1.0) + place(i, -1.0)) / 8.0).sum()
}

fn time_check(mean: OverTime, weight: fn(f64) -> f64) -> Vec<Evidence> {
    let ((m, v), (a, c)) = (DATA, MODEL);
    let (m, c) = (Point::<2>::from(m), Point::<2>::from(c));
    // By integrals over time, datum and noise.
    let error = |t: f64| {
        let sigma: f64 = Blur.sigma(t);
        normal_mean(|u, noise| {
            let x = m + u * v.sqrt() + noise * sigma;
            miss(sigma, &(-(a * (x - c))), &noise)
        })
    };
    let found = mean(LONG, &weight, &error);
    // By hand: t² |A (m − c)|² + v t² |A|² + 2 − 2 t² tr A + t⁴ |A|², integrated.
    let power = |k: i32| {
        let Interval { start, end } = LONG;
        let k1 = f64::from(k + 1);
        (end.powi(k + 1) - start.powi(k + 1)) / (k1 * (end - start))
    };
    let square = a.norm_squared();
    let second = (a * (m - c)).norm_squared() + v * square - 2.0 * a.trace();
    let by_hand = 2.0 + power(2) * second + power(4) * square;
    vec![Evidence::at_most(
        "normal data in the plane, T = 5: distance from the integral by hand, over that",
        (found / by_hand - 1.0).abs(),
        1e-12,
        "rounding: squares in datum and noise, a polynomial in t",
    )]
}

/// E_t λ(t) E|s + ε/σ|².
pub const TIME_LOSS: Claim = Claim::new(
    "sm-time-loss",
    "the loss for all times is the mean over an even time of the weighted denoising losses",
    |_| time_check(|i, w, e| over_time(i, w, e), |t| t * t),
    &[
        Slip::new("integrated, not averaged", |_| {
            time_check(|i, w, e| over_time(i, w, e) * (i.end - i.start), |t| t * t)
        }),
        Slip::new("divided by T", |_| {
            time_check(
                |i, w, e| over_time(i, w, e) * (i.end - i.start) / i.end,
                |t| t * t,
            )
        }),
        Slip::new("σ for σ²", |_| time_check(|i, w, e| over_time(i, w, e), |t| t)),
        Slip::new("time even in its logarithm", |_| {
            time_check(
                |i, w, e| {
                    let logs = (i.end / i.start).ln() / (i.end - i.start);
                    over_time(i, w, |t| e(t) / (t * logs))
                },
                |t| t * t,
            )
        }),
    ],
);

const BETA: Beta = Beta { start: 0.3, end: 4.0 };
const END: f64 = 1.4;

fn noising(start: f64) -> VariancePreserving {
    VariancePreserving { beta: BETA, interval: Interval { start, end: END } }
}

/// The two heaps, noised.
fn law() -> Noised<VariancePreserving, 1> {
    let heap = |(weight, mean, deviation): (f64, f64, f64)| {
        (weight, Point::<1>::new(mean), Matrix1::new(deviation * deviation))
    };
    Noised::new(HEAPS.map(heap), noising(1e-3))
}

/// E|∇ log p_t|² of the two heaps.
fn square_of_score(t: f64) -> f64 {
    let law = law();
    let term = |x: f64| {
        let place = Point::<1>::new(x);
        law.score(t, &place).x.powi(2) * law.log_density(t, &place).exp()
    };
    trapezoid(term, -8.0, 8.0, 700)
}

/// A floor against time.
type Floor = Box<dyn Fn(f64) -> f64>;

/// The floor of the two heaps, and of normal data N(m, 0.6 I) in three dimensions.
fn floors() -> [(usize, Floor); 2] {
    let sigma = |t: f64| -> f64 { noising(0.0).sigma(t) };
    let normal = move |t: f64| {
        let alpha: f64 = noising(0.0).alpha(t);
        3.0 / (0.6 * alpha * alpha + sigma(t).powi(2))
    };
    [
        (1, Box::new(move |t| floor(1, sigma(t), square_of_score(t)))),
        (3, Box::new(move |t| floor(3, sigma(t), normal(t)))),
    ]
}

/// The floor at a time, from the loss of the exact score: over data and noise.
fn from_the_loss() -> Evidence {
    let (data, law) = (heaps(), law());
    let off = [0.02, 0.2, 0.9].map(|t| {
        let (alpha, sigma): (f64, f64) = (law.schedule.alpha(t), law.schedule.sigma(t));
        let of_datum = |z: f64| {
            let term = |e: f64| {
                let s = law.score(t, &Point::<1>::new(alpha * z + sigma * e));
                miss(sigma, &s, &Point::<1>::new(e)) * (-0.5 * e * e).exp() / TAU.sqrt()
            };
            let density = data.log_density(0.0, &Point::<1>::new(z)).exp();
            density * trapezoid(term, -9.0, 9.0, 180)
        };
        let loss = trapezoid(of_datum, -6.5, 5.0, 250);
        (loss / floor(1, sigma, square_of_score(t)) - 1.0).abs()
    });
    Evidence::at_most(
        "loss of the exact score of the two heaps over data and noise: distance from the \
         floor, over that, at three times",
        largest(off),
        1e-11,
        "rounding, and the tails of the data that are cut, 1e-15 of them with squares of \
         scores up to 400",
    )
}

fn growth(said: fn(usize, f64, f64) -> f64) -> Evidence {
    let off = floors().map(|(d, floor)| {
        let mean = |start: f64| {
            over_time(Interval { start, end: END }, |_| 1.0, &floor) * (END - start) / END
        };
        let grown = mean(1e-8) - mean(1e-7);
        (grown / said(d, END, BETA.start) - 1.0).abs()
    });
    Evidence::at_most(
        "weight 1, t_min from 1e-7 to 1e-8: distance of the growth from what is said, over \
         that, two heaps and a normal law in space",
        largest(off),
        1e-5,
        "1/σ² is 1/β₀t with corrections that are bounded: 1e-7 of it for each unit, some \
         ten of them",
    )
}

fn settles(weight: fn(f64) -> f64) -> Evidence {
    let off = floors().map(|(d, floor)| {
        let mean = |start: f64| over_time(Interval { start, end: END }, weight, &floor);
        (mean(1e-4) - mean(1e-10)).abs() / d as f64
    });
    Evidence::at_most(
        "weight σ², t_min from 1e-4 to 1e-10: change of the mean floor, over d",
        largest(off),
        2e-4 / END,
        "a floor with the weight σ² lies between 0 and d: 1e-4 of time in T, and as much \
         for the mean",
    )
}

/// The floor at σ for 400 data on a ring of radius 1, over that of `k` dimensions, k/σ².
/// By symmetry one datum stands for all; the noise is summed by the trapezoid rule.
fn ring(sigma: f64, k: f64) -> f64 {
    let data: Vec<_> = (0..400)
        .map(|i| {
            let (y, x) = (TAU * f64::from(i) / 400.0).sin_cos();
            Point::<2>::new(x, y)
        })
        .collect();
    let square = |a: f64, b: f64| {
        let noise = Point::<2>::new(a, b);
        let score = window_score(&data, sigma, &(data[0] + noise * sigma));
        score.norm_squared() * (-0.5 * noise.norm_squared()).exp() / TAU
    };
    let mean = trapezoid(|a| trapezoid(|b| square(a, b), -8.0, 8.0, 64), -8.0, 8.0, 64);
    floor(2, sigma, mean) * sigma * sigma / k
}

/// A ring is a line as long as its 400 data are closer than σ, and then a list of points.
fn thin(k: f64) -> Vec<Evidence> {
    vec![
        Evidence::at_most(
            "400 data on a ring in the plane, a third of σ = 0.05 apart: σ² times the floor, \
             over the dimension of a line, distance from 1",
            (ring(0.05, k) - 1.0).abs(),
            0.05 * 0.05,
            "the ring is curved: σ²/2 of it",
        ),
        Evidence::at_most(
            "the same data, 15 times σ = 0.001 apart: σ² times the floor",
            ring(0.001, k).abs(),
            1e-10,
            "rounding: half of the distance is eight σ, and 1e-14 of the noise goes there",
        ),
    ]
}

fn variance(t: f64) -> f64 {
    noising(0.0).sigma(t).powi(2)
}

/// With λ = 1 the floor grows by d ln 10/(T β₀) a decade; with λ = σ² it settles.
pub const DIVERGENCE: Claim = Claim::new(
    "sm-time-loss-divergence",
    "with the same weight at all times the loss of the exact score grows without bound as \
     the first time goes to zero, if the data have a density, and with the variance for the \
     weight it does not",
    |_| {
        let mut found =
            vec![from_the_loss(), growth(growth_per_decade), settles(variance)];
        found.extend(thin(1.0));
        found
    },
    &[
        Slip::printed("the weight one", "E003-16", |_| vec![settles(|_| 1.0)]),
        Slip::new("the weight σ", |_| vec![settles(|t| variance(t).sqrt())]),
        Slip::new("the weight g²", |_| vec![settles(|t| noising(0.0).noise_rate(t))]),
        Slip::new("the rate of the noise forgotten", |_| {
            vec![growth(|d, length, _| growth_per_decade(d, length, 1.0))]
        }),
        Slip::new("the same growth in every dimension", |_| {
            vec![growth(|_, length, beta| growth_per_decade(1, length, beta))]
        }),
        Slip::new("the dimension of the space for that of the data", |_| thin(2.0)),
    ],
);
