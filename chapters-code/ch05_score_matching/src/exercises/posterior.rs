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
        Known {
            name: "σ for σ² in both",
            says: "both the score and its slope are multiplied by σ: it is σ², here and there",
            work: Work {
                posterior: |al, s, q, d, x| {
                    ((x + s * q) / al, (s / al).powi(2) * (1.0 + s * d))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "both with a minus",
            says: "score and slope are subtracted: both are added, the score points towards the data, and on a hill the slope is below 0",
            work: Work {
                posterior: |al, s, q, d, x| ((x - s * s * q) / al, variance(al, s, -d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "α forgotten",
            says: "this is the mean and the variance of αz: z was asked for",
            work: Work {
                posterior: |_, s, q, d, x| (x + s * s * q, variance(1.0, s, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "α forgotten in the variance",
            says: "this is the variance of αz: that of z is 1/α² times as large",
            work: Work {
                posterior: |al, s, q, d, x| (mean(al, s, q, x), variance(1.0, s, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the score not divided by α",
            says: "α divides x alone: the step σ² times the score is as faded as the place",
            work: Work {
                posterior: |al, s, q, d, x| (x / al + s * s * q, variance(al, s, d)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the slope without σ²",
            says: "the slope is added to 1 without σ²: it is one over the square of a length, and 1 is a number",
            work: Work {
                posterior: |al, s, q, d, x| {
                    (mean(al, s, q, x), (s / al).powi(2) * (1.0 + d))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the variance of the noise",
            says: "the variance has no σ² in front: 1 + σ² times the slope is the variance of the noise ε, and x − σε = αz",
            work: Work {
                posterior: |al, s, q, d, x| {
                    (mean(al, s, q, x), (1.0 + s * s * d) / (al * al))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "σ for σ² before the bracket",
            says: "the variance has σ in front of the bracket: it is σ²",
            work: Work {
                posterior: |al, s, q, d, x| (mean(al, s, q, x), variance(al, s, d) / s),
                ..UNFINISHED
            },
        },
        Known {
            name: "the 1 lost",
            says: "the variance of the noise itself is missing: it is σ² and σ⁴ times the slope, over α²",
            work: Work {
                posterior: |al, s, q, d, x| {
                    (mean(al, s, q, x), variance(al, s, d) - (s / al).powi(2))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the slope for p″/p",
            says: "the square of the score is subtracted from the slope: the second derivative of log p has it already",
            work: Work {
                posterior: |al, s, q, d, x| {
                    (mean(al, s, q, x), variance(al, s, d - q * q))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "p″/p for the slope",
            says: "the square of the score is added to the slope: this is p″/p, which belongs to the mean of a square and not to a variance",
            work: Work {
                posterior: |al, s, q, d, x| {
                    (mean(al, s, q, x), variance(al, s, d + q * q))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the mean of z²",
            says: "the second number is the mean of z²: take the square of the mean away from it",
            work: Work {
                posterior: |al, s, q, d, x| {
                    (mean(al, s, q, x), variance(al, s, d) + mean(al, s, q, x).powi(2))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise for the datum",
            says: "this is the mean and the variance of the noise ε: z was asked for",
            work: Work {
                posterior: |_, s, q, d, _| (-s * q, 1.0 + s * s * d),
                ..UNFINISHED
            },
        },
        Known {
            name: "in the other order",
            says: "the variance comes first: mean and variance were asked for, in this order",
            work: Work {
                posterior: |al, s, q, d, x| (variance(al, s, d), mean(al, s, q, x)),
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
