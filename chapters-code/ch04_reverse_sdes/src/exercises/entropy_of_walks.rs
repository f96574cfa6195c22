//! Exercise 4.9: what a wrong start and a wrong score cost.

use super::draws::{between, either_sign, miss};
use super::{Steps, UNFINISHED, Work};
use ch01_flows::quadrature::trapezoid;
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use statrs::distribution::{Continuous, Normal};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "entropy-of-walks",
    number: "4.9",
    title: "What short cuts cost",
    points: 3,
    minutes: 20,
    task: "Write `entropy_of_walks`: $\\mathrm{KL}(P\\,\\|\\,Q)$ of whole walks back in steps of Euler and Maruyama. $P$ starts from $p_T$, \
           which is normal here, with the score; $Q$ starts from $\\mathcal N(0,s^2)$ with a score whose mean square error \
           under $P$ is known in each step.",
    hint: "Two terms. For the start, bring both laws to the scale of $s$ and use the divergence from $\\mathcal N(0,1)$. For a step: two \
           normal laws of one variance, with two means.",
    formula: "rev-girsanov-bound",
    check,
    slips: &[
        Known {
            name: "the start forgotten",
            says: "the steps alone are counted: the walks also start from another law, and no score mends that",
            work: Work { entropy_of_walks: |_, _, steps| girsanov(steps), ..UNFINISHED },
        },
        Known {
            name: "the score's part without ½",
            says: "the part of the score has lost its ½: two normal laws of variance v whose means differ by δ are δ²/2v apart",
            work: Work {
                entropy_of_walks: |law, s, steps| start(law, s) + 2.0 * girsanov(steps),
                ..UNFINISHED
            },
        },
        Known {
            name: "g in place of g²",
            says: "an error of the score is weighted with g: its weight is g²",
            work: Work {
                entropy_of_walks: |law, s, steps| {
                    let sum: f64 = steps.iter().map(|(h, g, e)| 0.5 * h * g * e).sum();
                    start(law, s) + sum
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "without the length of a step",
            says: "the lengths of the steps are missing: the sum would grow with the number of steps, and not become an integral",
            work: Work {
                entropy_of_walks: |law, s, steps| {
                    let sum: f64 = steps.iter().map(|(_, g, e)| 0.5 * g * g * e).sum();
                    start(law, s) + sum
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the error squared again",
            says: "the error is squared twice: what is given is the mean of its square",
            work: Work {
                entropy_of_walks: |law, s, steps| {
                    let sum: f64 =
                        steps.iter().map(|(h, g, e)| 0.5 * h * g * g * e * e).sum();
                    start(law, s) + sum
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the start seen from the other side",
            says: "the divergence of the start is turned round: it is that of p_T from the law we start with, with a mean under p_T",
            work: Work {
                entropy_of_walks: |(m, v), s, steps| {
                    let w = s * s;
                    0.5 * ((v / w).ln() + (w + m * m) / v - 1.0) + girsanov(steps)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the start without ½",
            says: "the divergence of the start has lost its ½",
            work: Work {
                entropy_of_walks: |law, s, steps| 2.0 * start(law, s) + girsanov(steps),
                ..UNFINISHED
            },
        },
        Known {
            name: "s for its square",
            says: "s is used as the variance of the start: it is the deviation",
            work: Work {
                entropy_of_walks: |law, s, steps| start(law, s.sqrt()) + girsanov(steps),
                ..UNFINISHED
            },
        },
        Known {
            name: "measured from N(0, 1)",
            says: "the start is compared with N(0, 1): the walks start from N(0, s²)",
            work: Work {
                entropy_of_walks: |law, _, steps| start(law, 1.0) + girsanov(steps),
                ..UNFINISHED
            },
        },
        Known {
            name: "a variance for a deviation",
            says: "the second number of `law` is squared: it is the variance of p_T already",
            work: Work {
                entropy_of_walks: |(m, v), s, steps| {
                    start((m, v * v), s) + girsanov(steps)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the start without −1",
            says: "the divergence of the start has lost its −1: it must vanish where both laws are one",
            work: Work {
                entropy_of_walks: |law, s, steps| start(law, s) + 0.5 + girsanov(steps),
                ..UNFINISHED
            },
        },
    ],
};

/// KL(N(m, v) ‖ N(0, s²)).
fn start((m, v): (f64, f64), s: f64) -> f64 {
    let w = s * s;
    0.5 * ((v + m * m) / w - 1.0 - (v / w).ln())
}

/// ½ Σ h g² e.
fn girsanov(steps: Steps) -> f64 {
    steps.iter().map(|(h, g, e)| 0.5 * h * g * g * e).sum()
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "entropy-of-walks").generator();
    let found = work.entropy_of_walks;
    // ∫ p ln(p/q): the trapezoidal rule is exact to rounding for normal densities. Twelve
    // deviations to either side leave nothing out.
    let divergence = |(m, d): (f64, f64), (k, e): (f64, f64)| {
        let [p, q] = [(m, d), (k, e)]
            .map(|(m, d)| Normal::new(m, d).expect("a deviation above 0"));
        let rate = |x: f64| p.pdf(x) * (p.ln_pdf(x) - q.ln_pdf(x));
        trapezoid(rate, m - 12.0 * d, m + 12.0 * d, 400)
    };
    let law = (either_sign(draws, 0.4, 0.9), between(draws, 0.4, 0.8));
    let s = between(draws, 1.3, 1.8);
    let steps = [(); 4].map(|()| {
        (between(draws, 0.1, 0.4), between(draws, 1.3, 1.9), between(draws, 0.3, 0.8))
    });
    let from_start = divergence((law.0, law.1.sqrt()), (0.0, s));
    // A score that is wrong by the same amount everywhere: the means of the step differ by
    // h g² times it.
    let of_steps: f64 = steps
        .iter()
        .map(|(h, g, e)| {
            let deviation = h.sqrt() * g;
            divergence((0.0, deviation), (h * g * g * e.sqrt(), deviation))
        })
        .sum();
    let right = steps.map(|(h, g, _)| (h, g, 0.0));
    let because = "rounding: the quadrature is exact for normal densities";
    vec![
        Evidence::at_most(
            "a right score: the start alone, against an integral, miss",
            miss(found(law, s, &right), from_start),
            1e-12,
            because,
        ),
        Evidence::at_most(
            "a right start: the steps alone, against integrals, miss",
            miss(found((0.0, s * s), s, &steps), of_steps),
            1e-12,
            because,
        ),
        Evidence::at_most(
            "both, miss",
            miss(found(law, s, &steps), from_start + of_steps),
            1e-12,
            because,
        ),
    ]
}
