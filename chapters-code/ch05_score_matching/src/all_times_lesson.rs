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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::heaps;
    use std::cell::Cell;

    #[test]
    fn the_law_starts_at_the_two_heaps() {
        for x in [-2.3, 0.1, 1.7].map(Point::<1>::new) {
            let (here, there) =
                (law().log_density(0.0, &x), heaps().log_density(0.0, &x));
            assert!((here - there).abs() < 1e-13);
        }
    }

    #[test]
    fn a_lesson_asks_as_often_and_weighs_as_it_says() {
        let asked = Cell::new(0);
        let lesson = |seed: u64| {
            let model = learned(seed, |pair| {
                asked.set(asked.get() + 1);
                assert!((pair.weight - SCHEDULE.sigma(pair.t).powi(2)).abs() < 1e-15);
                pair
            });
            model.expect("enough draws")
        };
        let (one, other) = (lesson(1), lesson(2));
        assert_eq!(asked.get(), 2 * QUESTIONS);
        assert_eq!((one.parts.len(), one.parts[0].shape()), (20, (1, 17)));
        assert_ne!(one.parts[3], other.parts[3]);
        // The first place is that of 250 steps with the noise of its seed.
        let mut noise = Stream::new(4, "drawn with a learned score").generator();
        let first = sample::<Point<1>>(&SCHEDULE, &one, 250, &mut noise).x;
        let places = drawn(&one, 3, 4);
        assert_eq!((places.len(), places[0]), (3, first));
    }
}
