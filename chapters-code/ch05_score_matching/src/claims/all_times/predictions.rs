//! Score, noise and datum: three guesses, one loss with three weights.

use super::largest;
use crate::all_times::{datum_of, miss, noise_of, weights};
use crate::problem::{HEAPS, heaps};
use ch01_flows::quadrature::trapezoid;
use ch04_reverse_sdes::problem::SCHEDULE;
use ch04_reverse_sdes::{NoiseSchedule, Noised};
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix1;
use rand::RngExt;

/// The guess of the noise, and the weights.
#[derive(Clone, Copy)]
struct Rule {
    line: fn(f64, &Point<1>) -> Point<1>,
    space: fn(f64, &Point<3>) -> Point<3>,
    weights: fn(f64, f64) -> [f64; 2],
}

const SHOWN: Rule = Rule { line: noise_of, space: noise_of, weights };

fn identity(seed: u64, rule: Rule) -> Vec<Evidence> {
    let mut draws = Stream::new(seed, "three guesses").generator();
    let mut cube = || Point::<3>::from_fn(|_, _| draws.random_range(-2.0..2.0));
    let mut off = [0.0; 2];
    for i in 0..40 {
        let t = 0.02 + 0.024 * f64::from(i);
        let at: (f64, f64) = (SCHEDULE.alpha(t), SCHEDULE.sigma(t));
        let (z, noise, s) = (cube(), cube(), cube());
        let x = z * at.0 + noise * at.1;
        let guess = (rule.space)(at.1, &s);
        let wanted = miss(at.1, &s, &noise);
        let [of_noise, of_datum] = (rule.weights)(at.0, at.1);
        let found = [
            of_noise * (guess - noise).norm_squared(),
            of_datum * (datum_of(at, &x, &guess) - z).norm_squared(),
        ];
        off = [0, 1].map(|k| largest([off[k], (found[k] / wanted - 1.0).abs()]));
    }
    let names = ["noise", "datum"];
    [0, 1]
        .map(|k| {
            let what = format!(
                "weighted error of the guess of the {}: distance from that of the score, \
                 over it, 40 times in space",
                names[k]
            );
            // At the last t, 0.956, α is 0.01: x and σ ε̂ agree in two digits.
            let because = "rounding, a hundred times as large where α is a hundredth";
            Evidence::at_most(what, off[k], 1e-11, because).sampled(40, seed)
        })
        .to_vec()
}

/// The mean of ε given the place, over the data.
fn best(rule: Rule) -> Evidence {
    let heap = |(weight, mean, deviation): (f64, f64, f64)| {
        (weight, Point::<1>::new(mean), Matrix1::new(deviation * deviation))
    };
    let (data, law) = (heaps(), Noised::new(HEAPS.map(heap), SCHEDULE));
    let places = [(0.05, -0.7), (0.05, 1.9), (0.3, 0.2), (0.6, -1.1), (0.9, 0.8)];
    let off = places.map(|(t, x)| {
        let (alpha, sigma): (f64, f64) = (SCHEDULE.alpha(t), SCHEDULE.sigma(t));
        // Over the datum; the noise is then (x − α z)/σ.
        let noise = |z: f64| (x - alpha * z) / sigma;
        let joint = |z: f64| {
            let density = data.log_density(0.0, &Point::<1>::new(z)).exp();
            density * (-0.5 * noise(z).powi(2)).exp()
        };
        let mean = trapezoid(|z| noise(z) * joint(z), -7.0, 6.0, 1000)
            / trapezoid(joint, -7.0, 6.0, 1000);
        let score = law.score(t, &Point::<1>::new(x));
        ((rule.line)(sigma, &score).x - mean).abs()
    });
    Evidence::at_most(
        "guess of the noise from the exact score: distance from its mean given the place, \
         largest of five",
        largest(off),
        1e-12,
        "rounding: the trapezoid rule for smooth functions that vanish at the ends",
    )
}

fn check(seed: u64, rule: Rule) -> Vec<Evidence> {
    let mut found = identity(seed, rule);
    found.push(best(rule));
    found
}

/// |s + ε/σ|² = |ε̂ − ε|²/σ² = α² |ẑ − z|²/σ⁴, and ε* = E[ε | x].
pub const NOISE_PREDICTION: Claim = Claim::new(
    "sm-noise-prediction",
    "to guess the score, the noise or the datum is the same task with different weights, \
     and the best guess of the noise is its mean given the place",
    |seed| check(seed, SHOWN),
    &[
        Slip::new("one over σ for one over σ²", |seed| {
            check(
                seed,
                Rule {
                    weights: |alpha, sigma| {
                        let [noise, datum] = weights(alpha, sigma);
                        [noise * sigma, datum]
                    },
                    ..SHOWN
                },
            )
        }),
        Slip::new("the factor of the datum forgotten", |seed| {
            check(
                seed,
                Rule {
                    weights: |alpha, sigma| {
                        let [noise, datum] = weights(alpha, sigma);
                        [noise, datum / (alpha * alpha)]
                    },
                    ..SHOWN
                },
            )
        }),
        Slip::new("the noise with the sign of the score", |seed| {
            check(
                seed,
                Rule {
                    line: |sigma, s| -noise_of(sigma, s),
                    space: |sigma, s| -noise_of(sigma, s),
                    ..SHOWN
                },
            )
        }),
    ],
);
