//! A network's score, the density that it makes, and the distance of that from the truth.

use crate::learned::Learned;
use crate::likelihood::log_density;
use crate::losses::normals;
use crate::score_network::ScoreNetwork;
use crate::toy_models::{Set, distance_of, kept};
use ch04_reverse_sdes::problem::SCHEDULE;
use ch04_reverse_sdes::{NoiseSchedule, Noised, VariancePreserving};
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix2;
use neural::{Matrix, Weights};
use std::f64::consts::PI;

/// The deviation of normal data.
const DEVIATION: f64 = 1.7;

fn network() -> ScoreNetwork<VariancePreserving> {
    ScoreNetwork::new(SCHEDULE, DEVIATION, 2, &[8])
}

/// Places in the plane.
fn places(n: usize) -> Matrix<f64> {
    normals::<f64>(2, n, &mut Stream::new(3, "places in the plane").generator())
        * DEVIATION
}

/// The guess of the noise at (t, x), a column each.
type Guess = fn(t: f64, x: &Matrix<f64>) -> Matrix<f64>;

fn untrained(t: f64, x: &Matrix<f64>) -> Matrix<f64> {
    let (network, times) = (network(), vec![t; x.ncols()]);
    let weights: Weights<f64> = network.start(Stream::new(1, "untrained"));
    network.mlp.evaluate(&weights, &network.input(&times, x)) + network.normal(&times, x)
}

fn noise_check(guess: Guess) -> Vec<Evidence> {
    let one = (1.0, Point::<2>::zeros(), Matrix2::identity() * DEVIATION.powi(2));
    let law = Noised::new([one], SCHEDULE);
    let x = places(12);
    let times = [0.002, 0.13, 0.6];
    let error = times.map(|t: f64| {
        let sigma = (-(-SCHEDULE.beta.integral(t)).exp_m1()).sqrt();
        let found = guess(t, &x);
        let columns = x.column_iter().zip(found.column_iter());
        let off = columns.map(|(x, found)| {
            let score = law.score(t, &Point::<2>::new(x[0], x[1]));
            (score * -sigma - found).norm()
        });
        off.fold(0.0, f64::max)
    });
    let worst = error.into_iter().fold(0.0, f64::max);
    vec![Evidence::at_most(
        "noise of normal data, from −σ times the score of the noised law",
        worst,
        1e-12,
        "two closed forms: rounding",
    )]
}

/// ε(x, t) = σ x/v + net(x/√v, t), v = α² c² + σ².
pub const NETWORK_NOISE: Claim = Claim::new(
    "sm-network-noise",
    "before any training the network knows the noise in normal data of its deviation",
    |_| noise_check(untrained),
    &[
        Slip::new("the root of v", |_| {
            noise_check(|t, x| {
                let network = network();
                network.normal(&vec![t; x.ncols()], x) * network.variance(t).sqrt()
            })
        }),
        Slip::new("the score for the noise", |_| {
            noise_check(|t, x| x * (1.0 / network().variance(t)))
        }),
    ],
);

/// A flow made of a network: u and ∇·u at (t, x).
type Flow = fn(&Learned<VariancePreserving>, f64, &Matrix) -> (Matrix, Vec<f64>);

fn shown(
    learned: &Learned<VariancePreserving>,
    t: f64,
    x: &Matrix,
) -> (Matrix, Vec<f64>) {
    learned.velocity(t, x)
}

/// The divergence times `c`; c = 1 is right.
fn with_divergence(
    learned: &Learned<VariancePreserving>,
    (t, c): (f64, f64),
    x: &Matrix,
) -> (Matrix, Vec<f64>) {
    let (velocity, divergence) = learned.velocity(t, x);
    (velocity, divergence.iter().map(|d| c * d).collect())
}

/// The whole score in place of half of it.
fn whole_score(
    learned: &Learned<VariancePreserving>,
    t: f64,
    x: &Matrix,
) -> (Matrix, Vec<f64>) {
    let (velocity, divergence) = learned.velocity(t, x);
    let a = SCHEDULE.rate(t);
    // u = a x + w and ∇·u = 2 a + ∇·w: w once more.
    let twice = &velocity * 2.0 - x * a as f32;
    (twice, divergence.iter().map(|d| 2.0 * d - 2.0 * a).collect())
}

fn density_check(flow: Flow) -> Vec<Evidence> {
    let network = network();
    let weights = network.start(Stream::new(1, "untrained"));
    let (start, end) = (SCHEDULE.interval.start, SCHEDULE.interval.end);
    // For normal data the flow is x_T = x √(v_T/v₀), and q = N(0, σ_T² v₀/v_T).
    let sigma = (-(-SCHEDULE.beta.integral(end)).exp_m1()).sqrt();
    let variance = sigma.powi(2) * network.variance(start) / network.variance(end);
    let learned = Learned { network, weights };
    let x = places(20).map(|x| x as f32);
    let log_q = log_density(&SCHEDULE, |t, x| flow(&learned, t, x), &x, 60);
    let errors = log_q.into_iter().zip(x.column_iter()).map(|(found, x)| {
        let square = f64::from(x[0]).powi(2) + f64::from(x[1]).powi(2);
        (found + 0.5 * square / variance + (2.0 * PI * variance).ln()).abs()
    });
    vec![Evidence::at_most(
        "log density of twenty places, normal data",
        errors.fold(0.0, f64::max),
        2e-5,
        "f32: 240 evaluations, each rounded to 6e-8 of x² ≈ 10; Runge–Kutta of order 4 adds 1e-6",
    )]
}

/// log q(x) = log N(x_T; 0, σ_T² I) + ∫ ∇·u dt.
pub const MODEL_DENSITY: Claim = Claim::new(
    "sm-model-density",
    "the density of what the flow makes is that of the noise, times the growth of space on the \
     way there",
    |_| density_check(shown),
    &[
        Slip::new("the divergence left out", |_| {
            density_check(|learned, t, x| with_divergence(learned, (t, 0.0), x))
        }),
        Slip::new("the divergence subtracted", |_| {
            density_check(|learned, t, x| with_divergence(learned, (t, -1.0), x))
        }),
        Slip::new("the whole score", |_| density_check(whole_score)),
    ],
);

/// KL of each law to what its network makes of noise, on a grid of 48² places.
fn toys_check(flow: Flow) -> Vec<Evidence> {
    let limits = [0.03, 0.03, 0.2];
    let because = "the goal of the chapter, in nats; the network is what it is, and nothing is drawn";
    let pairs = Set::ALL.into_iter().zip(limits);
    pairs
        .map(|(set, limit)| {
            let learned = kept(set);
            let far = distance_of(set, |t, x| flow(&learned, t, x), 48);
            let what = format!("{}: KL to what the network makes", set.law().name());
            Evidence::at_most(what, far, limit, because)
        })
        .collect()
}

/// KL(p ‖ q) = ∫∫ p (log p − log q).
pub const TOYS: Claim = Claim::new(
    "sm-exp-toys",
    "networks that were told nothing but noise make eight Gaussians and two moons of noise, to \
     within three hundredths of a nat, and a board to within two tenths",
    |_| toys_check(shown),
    &[
        Slip::new("the divergence left out", |_| {
            toys_check(|learned, t, x| with_divergence(learned, (t, 0.0), x))
        }),
        Slip::new("the whole score", |_| toys_check(whole_score)),
    ],
);
