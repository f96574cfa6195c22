//! The two heaps, learned at all times at once by bumps, and drawn again.

use crate::problem::HEAPS;
use crate::training_loop::{LinearScore, Pair, TooFew, bump_features, pair};
use ch04_reverse_sdes::problem::SCHEDULE;
use ch04_reverse_sdes::{NoiseSchedule, Noised, VariancePreserving, sample};
use dynamics::{Point, Stream};
use nalgebra::Matrix1;

/// The two heaps of the chapter under the noise of chapter 4.
pub fn law() -> Noised<VariancePreserving, 1> {
    let heap = |(weight, mean, deviation): (f64, f64, f64)| {
        (weight, Point::<1>::new(mean), Matrix1::new(deviation * deviation))
    };
    Noised::new(HEAPS.map(heap), SCHEDULE)
}

/// Questions to the model.
pub const QUESTIONS: usize = 100_000;

// ANCHOR: learned
/// The score of the two heaps from [`QUESTIONS`] pairs with the weight σ²: 17 features
/// in each of 20 parts of the time. `change` may spoil a pair.
///
/// # Errors
/// If a part of the time has too few draws.
pub fn learned(
    seed: u64,
    change: impl Fn(Pair<1>) -> Pair<1>,
) -> Result<LinearScore<1>, TooFew> {
    let (law, mut draws) = (law(), Stream::new(seed, "all noise at once").generator());
    let weight = |t: f64| SCHEDULE.sigma(t).powi(2);
    let mut model = LinearScore::new(bump_features, SCHEDULE.interval, 20);
    let pairs = (0..QUESTIONS).map(|_| {
        let z = law.sample(&mut draws);
        change(pair(&SCHEDULE, weight, &z, &mut draws))
    });
    model.learn(pairs, 1e-6)?;
    Ok(model)
}

/// `n` places drawn with the sampler of chapter 4 in 250 steps.
pub fn drawn(model: &LinearScore<1>, n: usize, seed: u64) -> Vec<f64> {
    let mut generator = Stream::new(seed, "drawn with a learned score").generator();
    (0..n).map(|_| sample::<Point<1>>(&SCHEDULE, model, 250, &mut generator).x).collect()
}
// ANCHOR_END: learned
