//! Drawing from the data with nothing but a score.

use crate::reverse_step::reverse_step;
use crate::schedules::{Interval, NoiseSchedule};
use ch03_fokker_planck::langevin::ula_step;
use dynamics::{Generator, Increment, Point, TimeGrid, VectorField};

// ANCHOR: sampler
/// From T to t_min in `n` steps.
///
/// # Panics
/// If `n` is 0.
pub fn way_back(schedule: &impl NoiseSchedule, n: usize) -> TimeGrid {
    let Interval { start, end } = schedule.interval();
    TimeGrid::new(end, start, n)
}

/// One draw: start from N(0, σ_T² I), take `n` steps of the reverse SDE.
///
/// The score is evaluated `n` times, at T, T − h, …, t_min + h. Errors: of the
/// start, of order α_T; of the steps, of order h; of the score.
///
/// # Panics
/// If `n` is 0.
pub fn sample<X: Increment>(
    schedule: &impl NoiseSchedule,
    score: &impl VectorField<X>,
    n: usize,
    generator: &mut Generator,
) -> X {
    let grid = way_back(schedule, n);
    let start = X::draw(schedule.sigma(grid.start), generator);
    (0..n).fold(start, |x, i| {
        let xi = X::draw(1.0, generator);
        reverse_step(schedule, score, (grid.time(i), -grid.h()), &x, &xi)
    })
}
// ANCHOR_END: sampler

// ANCHOR: corrector
/// Langevin steps at one time, each of length η = r² (α² w² + σ²).
#[derive(Clone, Copy, Debug)]
pub struct Corrector {
    /// How many.
    pub steps: usize,
    /// r; below ½, lest the steps have a bias of their own.
    pub ratio: f64,
    /// w, the deviation of the data where they are narrowest: no part of p_t is
    /// narrower than √(α² w² + σ²). 0 is always safe, and slow.
    pub width: f64,
}

impl Corrector {
    /// η at time t.
    ///
    /// # Panics
    /// If ratio or width is negative or no number.
    pub fn eta(&self, schedule: &impl NoiseSchedule, t: f64) -> f64 {
        let sound = self.ratio >= 0.0 && self.width >= 0.0;
        assert!(sound, "ratio and width are at least 0, unlike {self:?}");
        let (alpha, sigma) = (schedule.alpha(t), schedule.sigma(t));
        self.ratio.powi(2) * ((alpha * self.width).powi(2) + sigma * sigma)
    }

    /// `x`, drawn nearer to the law of time t. One evaluation of the score a step.
    pub fn correct<const D: usize>(
        &self,
        schedule: &impl NoiseSchedule,
        score: &impl VectorField<Point<D>>,
        t: f64,
        x: Point<D>,
        generator: &mut Generator,
    ) -> Point<D> {
        let eta = self.eta(schedule, t);
        (0..self.steps).fold(x, |x, _| {
            let z = Point::draw(1.0, generator);
            ula_step(|x| score.velocity(t, x), eta, &x, &z)
        })
    }
}

/// As [`sample`], with the corrector at work after every step back. The score is
/// evaluated n (1 + steps) times.
///
/// # Panics
/// If `n` is 0.
pub fn sample_corrected<const D: usize>(
    schedule: &impl NoiseSchedule,
    score: &impl VectorField<Point<D>>,
    (n, corrector): (usize, Corrector),
    generator: &mut Generator,
) -> Point<D> {
    let grid = way_back(schedule, n);
    let start = Point::draw(schedule.sigma(grid.start), generator);
    (0..n).fold(start, |x, i| {
        let xi = Point::draw(1.0, generator);
        let time = (grid.time(i), -grid.h());
        let x = reverse_step(schedule, score, time, &x, &xi);
        corrector.correct(schedule, score, grid.time(i + 1), x, generator)
    })
}
// ANCHOR_END: corrector

#[cfg(test)]
mod tests {
    use super::*;
    use crate::VariancePreserving;
    use crate::problem::{SCHEDULE, two_heaps};
    use dynamics::Stream;
    use std::sync::Mutex;

    const NONE: Corrector = Corrector { steps: 0, ratio: 0.3, width: 0.3 };

    #[test]
    fn a_sampler_without_corrections_is_the_plain_one() {
        let law = two_heaps(SCHEDULE);
        let stream = Stream::new(4, "sampler");
        let plain: Point<1> = sample(&SCHEDULE, &law, 20, &mut stream.generator());
        let corrected =
            sample_corrected(&SCHEDULE, &law, (20, NONE), &mut stream.generator());
        assert_eq!(plain, corrected);
    }

    #[test]
    fn a_correction_asks_for_the_score_of_the_time_reached() {
        let times = Mutex::new(Vec::new());
        let score = |t: f64, x: &Point<1>| {
            times.lock().expect("one thread").push(t);
            -x
        };
        let corrector = Corrector { steps: 2, ..NONE };
        let mut draws = Stream::new(4, "sampler").generator();
        let _ = sample_corrected(&SCHEDULE, &score, (3, corrector), &mut draws);
        let grid = way_back(&SCHEDULE, 3);
        let expected = [0, 1, 1, 1, 2, 2, 2, 3, 3].map(|i| grid.time(i));
        assert_eq!(*times.lock().expect("one thread"), expected);
    }

    #[test]
    fn the_way_back_spans_the_interval_of_the_schedule() {
        let short = Interval { start: 0.02, end: 0.8 };
        let schedule = VariancePreserving { interval: short, ..SCHEDULE };
        let times = Mutex::new(Vec::new());
        let score = |t: f64, _: &f64| {
            times.lock().expect("one thread").push(t);
            0.0
        };
        let mut draws = Stream::new(4, "sampler").generator();
        let _: f64 = sample(&schedule, &score, 3, &mut draws);
        let times = times.into_inner().expect("one thread");
        assert_eq!(times.len(), 3);
        let near =
            times.iter().zip([0.8, 0.54, 0.28]).all(|(a, b)| (a - b).abs() < 1e-15);
        assert!(near, "{times:?}");
        assert_eq!(way_back(&schedule, 3).end, 0.02);
    }

    #[test]
    fn a_correction_is_as_long_as_the_law_is_narrow() {
        let corrector = Corrector { steps: 1, ratio: 0.4, width: 0.3 };
        // Pure noise at the end; at t_min all of the data and σ² = B = 1.1e-4.
        assert!((corrector.eta(&SCHEDULE, 1.0) - 0.16).abs() < 1e-5);
        assert!((corrector.eta(&SCHEDULE, 1e-3) - 0.16 * 0.0901).abs() < 1e-5);
    }

    #[test]
    #[should_panic(expected = "at least 0, unlike")]
    fn a_ratio_that_is_no_number_is_told() {
        let _ = Corrector { ratio: f64::NAN, ..NONE }.eta(&SCHEDULE, 0.5);
    }

    #[test]
    #[should_panic(expected = "at least one step")]
    fn no_steps_are_refused() {
        let mut draws = Stream::new(4, "sampler").generator();
        let _: Point<1> = sample(&SCHEDULE, &two_heaps(SCHEDULE), 0, &mut draws);
    }
}
