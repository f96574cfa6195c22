//! Exercise 5.6: what a score knows of the data.

use super::draws::{between, miss};
use super::{UNFINISHED, Work};
use ch01_flows::quadrature::trapezoid;
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use statrs::distribution::{Continuous, Normal};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "posterior",
    number: "5.6",
    title: "What a score knows of the data",
    points: 2,
    minutes: 10,
    task: "Write `posterior`: mean and variance of $z$, given that $x=\\alpha z+\\sigma\\varepsilon$, on the line. Given are \
           the first and the second derivative of $\\log p$ at $x$, where $p$ is the density of $x$.",
    hint: "If the data are one point, the variance must come out as 0. With which slope does it?",
    formula: "sm-tweedie",
    check,
    slips: &[
        Known {
            name: "σ for σ² in the mean",
            says: "the score is multiplied by σ in the mean: it is σ²",
            work: Work {
                posterior: |al, s, q, d, x| ((x + s * q) / al, variance(al, s, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "away from the data",
            says: "the score is subtracted: it points towards the data, and the mean lies that way",
            work: Work {
                posterior: |al, s, q, d, x| ((x - s * s * q) / al, variance(al, s, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the mean of the faded data",
            says: "this is the mean of αz: z was asked for",
            work: Work {
                posterior: |al, s, q, d, x| (x + s * s * q, variance(al, s, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "x not divided by α",
            says: "α divides the score alone: the place x is as faded as the rest",
            work: Work {
                posterior: |al, s, q, d, x| (x + s * s * q / al, variance(al, s, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the slope left out",
            says: "the slope of the score is left out of the variance: this is the variance for data spread evenly over the whole line",
            work: Work {
                posterior: |al, s, q, _, x| (mean(al, s, q, x), variance(al, s, 0.0)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the slope with a minus",
            says: "the slope of the score is subtracted: where the density is a hill the slope is negative, and the variance smaller",
            work: Work {
                posterior: |al, s, q, d, x| (mean(al, s, q, x), variance(al, s, -d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "σ for σ² before the slope",
            says: "the slope is multiplied by σ in the variance: it is σ²",
            work: Work {
                posterior: |al, s, q, d, x| {
                    (mean(al, s, q, x), (s / al).powi(2) * (1.0 + s * d))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "α for α² in the variance",
            says: "the variance is divided by α: it is α², for z is scaled by α and a variance by its square",
            work: Work {
                posterior: |al, s, q, d, x| (mean(al, s, q, x), al * variance(al, s, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the deviation",
            says: "the second number is the deviation: the variance was asked for",
            work: Work {
                posterior: |al, s, q, d, x| {
                    (mean(al, s, q, x), variance(al, s, d).sqrt())
                },
                ..UNFINISHED
            },
        },
    ],
};

/// The mean.
fn mean(alpha: f64, sigma: f64, score: f64, x: f64) -> f64 {
    (x + sigma * sigma * score) / alpha
}

/// The variance.
fn variance(alpha: f64, sigma: f64, slope: f64) -> f64 {
    (sigma / alpha).powi(2) * (1.0 + sigma * sigma * slope)
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "posterior").generator();
    let share = between(draws, 0.3, 0.45);
    let heaps = [
        (share, -between(draws, 0.9, 1.3), between(draws, 0.4, 0.6)),
        (1.0 - share, between(draws, 0.7, 1.1), between(draws, 0.3, 0.5)),
    ];
    let (alpha, sigma) = (between(draws, 0.5, 0.8), between(draws, 0.4, 0.7));

    // The noised law is two heaps again; p, p′ and p″ of each are known.
    let derivatives = |x: f64| {
        let [p, first, second] = [0, 1, 2].map(|k| {
            let heap = |&(weight, m, d): &(f64, f64, f64)| {
                let v = (alpha * d).powi(2) + sigma.powi(2);
                let law = Normal::new(alpha * m, v.sqrt());
                let from = (alpha * m - x) / v;
                let factor = [1.0, from, from * from - 1.0 / v][k];
                weight * law.expect("a deviation above 0").pdf(x) * factor
            };
            heaps.iter().map(heap).sum::<f64>()
        });
        let score = first / p;
        (score, second / p - score * score)
    };

    // Bayes' rule. The trapezoidal rule is exact to rounding for such functions, and ±10 is
    // ten deviations and more.
    let moments = |x: f64| {
        let noise = Normal::new(0.0, sigma).expect("a deviation above 0");
        let mass = |power: i32, about: f64| {
            let at = |z: f64| {
                let density = |&(weight, m, d): &(f64, f64, f64)| {
                    weight * Normal::new(m, d).expect("a deviation above 0").pdf(z)
                };
                let data: f64 = heaps.iter().map(density).sum();
                data * noise.pdf(x - alpha * z) * (z - about).powi(power)
            };
            trapezoid(at, -10.0, 10.0, 600)
        };
        let whole = mass(0, 0.0);
        let mean = mass(1, 0.0) / whole;
        (mean, mass(2, mean) / whole)
    };
    let because = "rounding: the quadrature is exact for normal densities";
    let places =
        [(-0.9, "on the left"), (0.1, "between the heaps"), (1.2, "on the right")];
    let mut evidence = Vec::new();
    for (x, what) in places {
        let x = x + between(draws, -0.1, 0.1);
        let (score, slope) = derivatives(x);
        let found = (work.posterior)(alpha, sigma, score, slope, x);
        let expected = moments(x);
        evidence.push(Evidence::at_most(
            format!("mean {what}, against Bayes' rule, miss"),
            miss(found.0, expected.0),
            1e-12,
            because,
        ));
        evidence.push(Evidence::at_most(
            format!("variance {what}, against Bayes' rule, miss"),
            miss(found.1, expected.1),
            1e-12,
            because,
        ));
    }
    evidence
}
