//! Exercise 4.7: the family between flow and reverse SDE.

use super::draws::{between, either_sign, miss};
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "family-member",
    number: "4.7",
    title: "As much noise as you like",
    points: 2,
    minutes: 10,
    task: "Write `family_member`: drift $F$ and noise $G$ of $dY=F\\,d\\tau+G\\,dB$, the way back with $\\lambda$ times the noise, for \
           $dX=aX\\,dt+g\\,dW$ on the line. $\\tau$ grows on the way back.",
    hint: "Take the flow back, and add Langevin dynamics with a noise of strength $\\lambda g$. Which drift keeps the law beside it?",
    formula: "rev-lambda-family",
    check,
    slips: &[
        Known {
            name: "λ in place of λ²",
            says: "the drift has 1 + λ: it is right for 0 and 1 alone. A noise counts by its variance, and so the drift has 1 + λ²",
            work: Work {
                family_member: |a, g, l, s, x| {
                    (-a * x + 0.5 * (1.0 + l) * g * g * s, l * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "without ½",
            says: "the score has lost its ½: with λ = 1 the whole score must come out, and not twice of it",
            work: Work {
                family_member: |a, g, l, s, x| {
                    (-a * x + (1.0 + l * l) * g * g * s, l * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "for dt < 0",
            says: "this is the drift for dt < 0: in a time τ that grows its sign is turned",
            work: Work {
                family_member: |a, g, l, s, x| {
                    (a * x - 0.5 * (1.0 + l * l) * g * g * s, l * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the drift of the reverse SDE for all",
            says: "the drift does not change with λ: less noise needs less of the score to balance it",
            work: Work {
                family_member: |a, g, l, s, x| (-a * x + g * g * s, l * g),
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise of the reverse SDE for all",
            says: "the noise does not change with λ: it is λg",
            work: Work {
                family_member: |a, g, l, s, x| {
                    (-a * x + 0.5 * (1.0 + l * l) * g * g * s, g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the score for Langevin alone",
            says: "there is no score left at λ = 0: the flow has a half of it, and Langevin's part comes on top",
            work: Work {
                family_member: |a, g, l, s, x| (-a * x + l * l * g * g * s, l * g),
                ..UNFINISHED
            },
        },
        Known {
            name: "λ²g for the noise",
            says: "the noise is λ²g: its deviation is λg, and λ² belongs to its variance",
            work: Work {
                family_member: |a, g, l, s, x| {
                    (-a * x + 0.5 * (1.0 + l * l) * g * g * s, l * l * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the forward drift kept",
            says: "the forward drift is to be undone: its sign is turned on the way back",
            work: Work {
                family_member: |a, g, l, s, x| {
                    (a * x + 0.5 * (1.0 + l * l) * g * g * s, l * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a variance for the noise",
            says: "the second number is λ²g²: that is a variance, and G is its root",
            work: Work {
                family_member: |a, g, l, s, x| {
                    (-a * x + 0.5 * (1.0 + l * l) * g * g * s, l * l * g * g)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "downhill",
            says: "the score is subtracted, and drives the particles apart: the way back climbs",
            work: Work {
                family_member: |a, g, l, s, x| {
                    (-a * x - 0.5 * (1.0 + l * l) * g * g * s, l * g)
                },
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "family-member").generator();
    // Normal data under variance-preserving noise, at a time when B has been poured and more
    // comes at the rate β: mean and variance of the law, and how they change.
    let (m0, v0) = (either_sign(draws, 0.6, 1.4), between(draws, 0.3, 0.6));
    let (b, beta) = (between(draws, 0.3, 0.8), between(draws, 1.4, 2.4));
    let (m, v) = (m0 * (-0.5 * b).exp(), 1.0 + (v0 - 1.0) * (-b).exp());
    let (m_rate, v_rate) = (-0.5 * beta * m, (1.0 - v0) * beta * (-b).exp());
    let member = |lambda: f64, x: f64| {
        (work.family_member)(-0.5 * beta, beta.sqrt(), lambda, (m - x) / v, x)
    };
    // Backwards both change at the opposite rate, whatever λ is. A drift that is affine moves
    // the mean by its value there, and the variance by twice its slope; noise adds its square.
    let strengths = [0.0, between(draws, 0.4, 0.7), 1.0, between(draws, 1.4, 1.9)];
    let names = [
        "without noise",
        "with less noise",
        "with the noise of the way there",
        "with more",
    ];
    let mut evidence = Vec::new();
    for (lambda, name) in strengths.into_iter().zip(names) {
        let ahead = between(draws, 0.7, 1.3);
        let ((below, _), (middle, noise), (above, _)) =
            (member(lambda, m - ahead), member(lambda, m), member(lambda, m + ahead));
        let slope = (above - below) / (2.0 * ahead);
        let misses = [
            ("change of the mean", middle, -m_rate),
            ("change of the variance", 2.0 * slope * v + noise * noise, -v_rate),
            ("noise over g", noise.abs() / beta.sqrt(), lambda),
        ];
        evidence.extend(misses.map(|(what, found, expected)| {
            Evidence::at_most(
                format!("{name}: {what}, miss"),
                miss(found, expected),
                1e-12,
                "rounding of numbers of order ten",
            )
        }));
    }
    evidence
}
