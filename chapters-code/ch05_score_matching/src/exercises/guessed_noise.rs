//! Exercise 5.7: a network that guesses the noise.

use super::draws::{between, miss, misses, point};
use super::{UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "guessed-noise",
    number: "5.7",
    title: "A network that guesses the noise",
    points: 2,
    minutes: 10,
    task: "Write `guessed_noise`. A network guesses $\\varepsilon$ in $x=\\alpha z+\\sigma\\varepsilon$. Find from its guess the \
           velocity of the probability flow of $dX=aX\\,dt+g\\,dW$, by the forward clock; and the weight of $|\\varepsilon_\\vartheta-\\varepsilon|^2$ \
           that makes it $\\lambda\\,|s_\\vartheta+\\varepsilon/\\sigma|^2$.",
    hint: "Put $s_\\vartheta$ in terms of $\\varepsilon_\\vartheta$ into the square, and take what is common out of it. The flow is that of chapter 4.",
    formula: "sm-noise-prediction",
    check,
    slips: &[
        Known {
            name: "the noise for the score, with its sign",
            says: "the score is taken for +ε/σ: noise points away from the data, and the score towards them",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, -s, e, x), l / (s * s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "multiplied by σ",
            says: "the score is taken for −σε: it is the noise that is −σ times the score",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| {
                    (flow(a, g, 1.0 / s, e, x), l / (s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise itself for the score",
            says: "the score is taken for −ε: the σ below it is missing",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, 1.0, e, x), l / (s * s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "divided by σ²",
            says: "the guess is divided by σ²: σ² belongs to the noise that was added, which is σε",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, s * s, e, x), l / (s * s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the whole score",
            says: "the score has lost its ½: the whole of it belongs to the reverse SDE, which adds noise",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| {
                    (flow(a, g, 0.5 * s, e, x), l / (s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "g in place of g²",
            says: "the score is multiplied by ½g: it is ½g²",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| {
                    (flow(a, g.sqrt(), s, e, x), l / (s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "backwards",
            says: "this velocity is by the clock of the way back: the forward clock was asked for",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (-flow(a, g, s, e, x), l / (s * s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "σ for σ² in the weight",
            says: "the weight is λ/σ: the σ was taken out of a square",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, s, e, x), l / s),
                ..UNFINISHED
            },
        },
        Known {
            name: "the weight the other way round",
            says: "the weight is λσ²: that turns the loss of the noise into that of the score",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, s, e, x), l * s * s),
                ..UNFINISHED
            },
        },
        Known {
            name: "the weight kept",
            says: "both losses are given one weight: the errors of score and noise differ by the factor σ",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, s, e, x), l),
                ..UNFINISHED
            },
        },
        Known {
            name: "the guess for the score",
            says: "the guess is taken for the score itself, in the flow and in the weight: the score is −1/σ times the guess",
            work: Work {
                guessed_noise: |a, g, _, l, e, x| (flow(a, g, -1.0, e, x), l),
                ..UNFINISHED
            },
        },
        Known {
            name: "the guess for the score, in the flow",
            says: "the flow has the guess where the score should be: the score is −1/σ times the guess",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, -1.0, e, x), l / (s * s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the reverse SDE backwards",
            says: "this is the drift of the reverse SDE by the clock of the way back: the flow has half of the score, and the forward clock was asked for",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| {
                    (-flow(a, g, 0.5 * s, e, x), l / (s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the sign and the half",
            says: "the score is taken for +ε/σ, and has lost its ½ as well",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| {
                    (flow(a, g, -0.5 * s, e, x), l / (s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the linear part turned round",
            says: "a x has a minus: by the forward clock it is carried over as it is",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(-a, g, s, e, x), l / (s * s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the linear part left out",
            says: "a x is missing: the flow shrinks places as the forward equation does",
            work: Work {
                guessed_noise: |_, g, s, l, e, x| (flow(0.0, g, s, e, x), l / (s * s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "σ² for σ throughout",
            says: "the score is taken for −ε/σ²: σ² belongs to the noise that was added, which is σε. So the weight has σ⁴",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| {
                    (flow(a, g, s * s, e, x), l / s.powi(4))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "σ on the wrong side throughout",
            says: "the score is taken for −σε, in the flow and in the weight: it is the noise that is −σ times the score",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, 1.0 / s, e, x), l * s * s),
                ..UNFINISHED
            },
        },
        Known {
            name: "λ left out of the weight",
            says: "λ is missing in the weight: the weight of the score was to be kept",
            work: Work {
                guessed_noise: |a, g, s, _, e, x| (flow(a, g, s, e, x), 1.0 / (s * s)),
                ..UNFINISHED
            },
        },
        Known {
            name: "the weight upside down",
            says: "the weight is σ²/λ: it is the weight that makes the loss of the score from that of the noise, not its inverse",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, s, e, x), s * s / l),
                ..UNFINISHED
            },
        },
        Known {
            name: "σ⁴ in the weight",
            says: "the weight is λ/σ⁴: σ⁴ belongs to a guess of the datum, and has α² above it",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| (flow(a, g, s, e, x), l / s.powi(4)),
                ..UNFINISHED
            },
        },
        Known {
            name: "half a weight",
            says: "the weight has a ½: there is none in the losses of the task",
            work: Work {
                guessed_noise: |a, g, s, l, e, x| {
                    (flow(a, g, s, e, x), 0.5 * l / (s * s))
                },
                ..UNFINISHED
            },
        },
    ],
};

/// a x + ½ g² ε/σ.
fn flow(a: f64, g: f64, sigma: f64, guess: &Point<2>, x: &Point<2>) -> Point<2> {
    x * a + guess * (0.5 * g * g / sigma)
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "guessed-noise").generator();

    // A schedule that no text has: α = 1/(1 + ct), σ² = s² t (1 + t), with α̇ = aα and
    // d(σ²)/dt = 2aσ² + g².
    let (c, s) = (between(draws, 0.5, 0.9), between(draws, 0.6, 0.9));
    let t = between(draws, 0.4, 0.9);
    let alpha = |t: f64| 1.0 / (1.0 + c * t);
    let variance = |t: f64| s * s * t * (1.0 + t);
    let a = -c * alpha(t);
    let g = (s * s * (1.0 + 2.0 * t) - 2.0 * a * variance(t)).sqrt();
    let sigma = variance(t).sqrt();

    // Normal data. The flow keeps a particle at the same number of deviations from the mean;
    // and the noise is guessed as the mean of ε given x.
    let (m, d, from_mean) = (point(draws), between(draws, 0.5, 0.8), point(draws));
    let spread = |t: f64| (alpha(t).powi(2) * d * d + variance(t)).sqrt();
    let way = |t: f64| m * alpha(t) + from_mean * spread(t);
    let guess = from_mean * (sigma / spread(t));
    let lambda = between(draws, 1.4, 2.2);
    let (velocity, weight) = (work.guessed_noise)(a, g, sigma, lambda, &guess, &way(t));
    let quotient = |h: f64| (way(t + h) - way(t - h)) / (2.0 * h);
    let expected = (quotient(1e-3) * 4.0 - quotient(2e-3)) / 3.0;

    // Nobody guesses anything: s = 0 and ε_θ = 0, for noise that happens to be `from_mean`.
    let missed = lambda * (from_mean / sigma).norm_squared();
    vec![
        Evidence::at_most(
            "normal data: velocity, against the particle that keeps its place, miss",
            misses(&velocity, &expected),
            1e-9,
            "differences of order four over 0.001, and rounding over it",
        ),
        Evidence::at_most(
            "nothing guessed: both losses, miss",
            miss(weight * from_mean.norm_squared(), missed),
            1e-12,
            "rounding of numbers of order ten",
        ),
    ]
}
