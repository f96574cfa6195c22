//! A step back that knows how noise and data are mixed.

use crate::schedules::NoiseSchedule;
use dynamics::{Increment, VectorField};
use std::sync::atomic::{AtomicUsize, Ordering};

// ANCHOR: exponential-step
/// From x at t to the earlier time u along the probability flow, for α, σ > 0.
///
/// The score guesses the noise in x, ε̂ = −σ s, and the data, x̂₀ = (x − σ ε̂)/α.
/// The step mixes them anew: α(u) x̂₀ + σ(u) ε̂. It is exact if the data are one
/// point; otherwise its error over a fixed time is of order 1. One evaluation.
///
/// Song, Meng & Ermon, *Denoising diffusion implicit models* (2021).
///
/// # Panics
/// If t lies outside the interval of the schedule.
pub fn exponential_step<X: Increment>(
    schedule: &impl NoiseSchedule,
    score: &impl VectorField<X>,
    (t, u): (f64, f64),
    x: &X,
) -> X {
    let t = schedule.interval().inside(t);
    let (alpha, sigma) = (schedule.alpha(t), schedule.sigma(t));
    let noise = X::zero().plus(-sigma, &score.velocity(t, x));
    let data = X::zero().plus(1.0 / alpha, &x.plus(-sigma, &noise));
    X::zero().plus(schedule.alpha(u), &data).plus(schedule.sigma(u), &noise)
}
// ANCHOR_END: exponential-step

// ANCHOR: counted
/// A score that counts how often it is asked.
#[derive(Debug, Default)]
pub struct Counted<F> {
    /// The score.
    pub score: F,
    /// Evaluations so far.
    pub calls: AtomicUsize,
}

impl<X, F: VectorField<X>> VectorField<X> for Counted<F> {
    fn velocity(&self, t: f64, x: &X) -> X {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.score.velocity(t, x)
    }
}
// ANCHOR_END: counted

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::SCHEDULE;

    #[test]
    #[should_panic(expected = "from t = 0.001 to t = 1 and has no t = 0")]
    fn a_step_from_where_there_is_no_score_is_told() {
        let _ = exponential_step(&SCHEDULE, &|_: f64, x: &f64| -x, (0.0, 0.5), &0.3);
    }

    #[test]
    fn every_evaluation_is_counted() {
        let score = |t: f64, x: &f64| -t * x;
        let counted = Counted { score, calls: AtomicUsize::new(0) };
        let x = exponential_step(&SCHEDULE, &counted, (0.9, 0.5), &0.3);
        let y = exponential_step(&SCHEDULE, &score, (0.9, 0.5), &0.3);
        assert_eq!(x, y);
        let _ = exponential_step(&SCHEDULE, &counted, (0.5, 0.1), &x);
        assert_eq!(counted.calls.into_inner(), 2);
    }
}
