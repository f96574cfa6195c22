//! Exercise 3.8: the heat of a box.

use super::draws::{between, either_sign};
use super::{UNFINISHED, Work};
use ch01_flows::quadrature::GaussLegendre;
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "heat-box",
    number: "3.8",
    title: "A box of heat",
    points: 2,
    minutes: 15,
    task: "Write `heat_box`: the solution of $\\partial_tp=D\\,\\partial_x^2p$ at $(t,x)$ that begins as the uniform density between \
           `low` and `high`. The distribution function of $\\mathcal N(0,1)$ is handed to you.",
    hint: "Each particle of the box becomes a normal law. Of which variance? Add them up: the integral of a normal \
           density is a difference of two values of its distribution function.",
    formula: "fpk-heat-solution",
    check,
    slips: &[
        Known {
            name: "variance D t",
            says: "the kernel has the variance Dt: it is 2Dt, for D is half of g²",
            work: Work {
                heat_box: |d, t, low, high, cdf, x| {
                    let s = (d * t).sqrt();
                    (cdf((x - low) / s) - cdf((x - high) / s)) / (high - low)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "variance 4Dt",
            says: "the 4Dt in the exponent of the kernel is twice its variance",
            work: Work {
                heat_box: |d, t, low, high, cdf, x| {
                    let s = (4.0 * d * t).sqrt();
                    (cdf((x - low) / s) - cdf((x - high) / s)) / (high - low)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "not divided by the length",
            says: "the box is 1 high: the mass is then its length, and not 1",
            work: Work {
                heat_box: |d, t, low, high, cdf, x| {
                    let s = (2.0 * d * t).sqrt();
                    cdf((x - low) / s) - cdf((x - high) / s)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a variance used as a deviation",
            says: "places are divided by the variance 2Dt: they are divided by its root",
            work: Work {
                heat_box: |d, t, low, high, cdf, x| {
                    let s = 2.0 * d * t;
                    (cdf((x - low) / s) - cdf((x - high) / s)) / (high - low)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "all heat in the middle",
            says: "this starts from a point in the middle of the box: the box is wide",
            work: Work {
                heat_box: |d, t, low, high, _, x| {
                    let middle = 0.5 * (low + high);
                    let normal = Normal::new(middle, (2.0 * d * t).sqrt());
                    normal.map_or(f64::NAN, |normal| normal.pdf(x))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the two walls exchanged",
            says: "the difference is turned round: this density is negative",
            work: Work {
                heat_box: |d, t, low, high, cdf, x| {
                    let s = (2.0 * d * t).sqrt();
                    (cdf((x - high) / s) - cdf((x - low) / s)) / (high - low)
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "heat-box").generator();
    let (d, t) = (between(draws, 0.6, 0.9), between(draws, 0.8, 1.2));
    let low = either_sign(draws, 0.5, 1.0);
    let high = low + between(draws, 1.3, 1.9);
    let standard = Normal::standard();
    let p = |t: f64, x: f64| (work.heat_box)(d, t, low, high, &|z| standard.cdf(z), x);
    // ±14 deviations round the box, piece by piece.
    let rule = GaussLegendre::new(20);
    let (start, end) = (low - 20.0, high + 20.0);
    let piece = (end - start) / 40.0;
    let integral = |f: &dyn Fn(f64) -> f64| -> f64 {
        let from = |k: usize| start + piece * k as f64;
        (0..40).map(|k| rule.integral(f, from(k), from(k + 1))).sum()
    };
    let mass = integral(&|x| p(t, x));
    let middle = 0.5 * (low + high);
    let spread = integral(&|x| (x - middle).powi(2) * p(t, x));
    let begun = (high - low).powi(2) / 12.0;

    // The equation itself, at a place on the slope.
    let x = high + between(draws, 0.2, 0.6);
    let h = 1e-2;
    let slope = |h: f64| (p(t + h, x) - p(t - h, x)) / (2.0 * h);
    let bend = |h: f64| (p(t, x + h) - 2.0 * p(t, x) + p(t, x - h)) / (h * h);
    let fourth = |f: &dyn Fn(f64) -> f64| (4.0 * f(h) - f(2.0 * h)) / 3.0;
    let residual = fourth(&slope) - d * fourth(&bend);
    let early = [(middle, 1.0 / (high - low)), (high + 0.3, 0.0)]
        .map(|(x, expected)| (p(1e-5, x) - expected).abs());
    vec![
        Evidence::at_most(
            "mass, distance from 1",
            (mass - 1.0).abs(),
            1e-10,
            "quadrature of a smooth function, and the digits of the distribution function",
        ),
        Evidence::at_most(
            "growth of the variance over time, against 2D, relative",
            ((spread - begun) / (2.0 * d * t) - 1.0).abs(),
            1e-9,
            "quadrature of a smooth function, and the digits of the distribution function",
        ),
        Evidence::at_most(
            "residual of the heat equation",
            residual.abs(),
            1e-6,
            "differences of fourth order with steps of 0.01",
        ),
        Evidence::at_most(
            "just after the start, distance from the box",
            early[0] + early[1],
            1e-10,
            "the walls are fifty deviations away",
        ),
    ]
}
