//! Exercise 3.7: the law in which a Langevin chain settles.

use super::draws::between;
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "settled-variance",
    number: "3.7",
    title: "Where the chain settles",
    points: 2,
    minutes: 10,
    task: "Write `settled_variance`: the chain of exercise 3.6, on the line, aims at $\\mathcal N(\\mu,v)$. In which variance \
           does it settle, for $0<\\eta<2v$?",
    hint: "The score is $-(x-\\mu)/v$. How does one step change the variance, and which variance does it leave alone?",
    formula: "fpk-ula-bias",
    check,
    slips: &[
        Known {
            name: "the law aimed at",
            says: "this is the variance of the law aimed at: the steps are not infinitely short, and the chain misses it",
            work: Work { settled_variance: |v, _| v, ..UNFINISHED },
        },
        Known {
            name: "v left out of the bias",
            says: "1/(1 − η/2) belongs to v = 1: it is the ratio of η and v that counts",
            work: Work { settled_variance: |v, eta| v / (1.0 - eta / 2.0), ..UNFINISHED },
        },
        Known {
            name: "too small",
            says: "the sign of the bias is turned: the steps overshoot, and the chain is too wide",
            work: Work {
                settled_variance: |v, eta| v / (1.0 + eta / (2.0 * v)),
                ..UNFINISHED
            },
        },
        Known {
            name: "one step only",
            says: "this is the variance after one step from the law aimed at: the next steps add to the bias",
            work: Work { settled_variance: |v, eta| v + eta * eta / v, ..UNFINISHED },
        },
        Known {
            name: "first order only",
            says: "v + η/2 is right to first order in η: for a longer step the chain is wider still",
            work: Work { settled_variance: |v, eta| v + 0.5 * eta, ..UNFINISHED },
        },
        Known {
            name: "twice the bias",
            says: "the ½ is lost: the chain would break down at η = v, and it does so at 2v",
            work: Work { settled_variance: |v, eta| v / (1.0 - eta / v), ..UNFINISHED },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "settled-variance").generator();
    let v = between(draws, 1.3, 2.5);
    let settled = |eta: f64| (work.settled_variance)(v, eta);
    // What the chain does, draw by draw: each noise, of variance 2η, is multiplied by
    // 1 − η/v in every later step. 4000 steps forget the start, and what came before them.
    let added = |eta: f64| {
        let carry = (1.0 - eta / v).powi(2);
        (0..4000).fold(0.0, |variance, _| carry * variance + 2.0 * eta)
    };
    let wide = [0.06, 0.5, 1.1, 1.7].map(|share| {
        let eta = share * v;
        (settled(eta) / added(eta) - 1.0).abs()
    });
    let worst = wide
        .into_iter()
        .fold(0.0, |worst: f64, miss| if miss.is_nan() { miss } else { worst.max(miss) });
    let short = 1e-6 * v;
    vec![
        Evidence::at_most(
            "distance from the sum of all the noise so far, relative",
            worst,
            1e-11,
            "rounding of a few thousand additions",
        ),
        Evidence::at_most(
            "bias of a short step over the step, distance from ½",
            ((settled(short) - v) / short - 0.5).abs(),
            1e-6,
            "η/v = 10⁻⁶ is what the next order adds, and rounding over η/v",
        ),
    ]
}
