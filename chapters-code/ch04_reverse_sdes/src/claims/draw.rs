//! Claims on drawing from the data.

mod experiment;

pub use experiment::EXP_REVERSE;

use crate::noised::Noised;
use crate::problem::{SCHEDULE, two_heaps};
use crate::reverse_step::reverse_step;
use crate::sampler::{sample, way_back};
use crate::schedules::{NoiseSchedule, VariancePreserving};
use dynamics::{Generator, Increment, Point, Stream, VectorField};
use evidence::{Claim, Evidence, Slip};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const STEPS: usize = 150;
const DRAWS: usize = 4000;

/// A score that counts how often it is asked, and what a rule makes of its time.
struct Counted<R> {
    law: Noised<VariancePreserving, 1>,
    asked: AtomicUsize,
    rule: R,
}

impl<R: Fn(f64) -> f64 + Sync> VectorField<Point<1>> for Counted<R> {
    fn velocity(&self, t: f64, x: &Point<1>) -> Point<1> {
        self.asked.fetch_add(1, Relaxed);
        self.law.velocity((self.rule)(t), x)
    }
}

/// A sampler with a score whose times a rule may change.
trait Sampler: Sync {
    fn draw(&self, score: &impl VectorField<Point<1>>, draws: &mut Generator)
    -> Point<1>;
}

struct Shown;

impl Sampler for Shown {
    fn draw(
        &self,
        score: &impl VectorField<Point<1>>,
        draws: &mut Generator,
    ) -> Point<1> {
        sample(&SCHEDULE, score, STEPS, draws)
    }
}

/// All steps with what becomes of one draw, or what stays of the time left.
struct Wrong {
    one_noise: bool,
    until: usize,
}

impl Sampler for Wrong {
    fn draw(
        &self,
        score: &impl VectorField<Point<1>>,
        draws: &mut Generator,
    ) -> Point<1> {
        let grid = way_back(&SCHEDULE, STEPS);
        let mut xi = Point::draw(1.0, draws);
        let mut x = xi * SCHEDULE.sigma(grid.start);
        for i in 0..self.until {
            if i == 0 || !self.one_noise {
                xi = Point::draw(1.0, draws);
            }
            x = reverse_step(&SCHEDULE, score, (grid.time(i), -grid.h()), &x, &xi);
        }
        x
    }
}

fn check(
    seed: u64,
    sampler: impl Sampler,
    rule: impl Fn(f64) -> f64 + Sync,
) -> Vec<Evidence> {
    let score = Counted { law: two_heaps(SCHEDULE), asked: AtomicUsize::new(0), rule };
    let mut draws = Stream::new(seed, "sampler").generator();
    let places: Vec<f64> =
        (0..DRAWS).map(|_| sampler.draw(&score, &mut draws)[0]).collect();
    let law = &score.law;
    let asked = score.asked.load(Relaxed);
    vec![
        Evidence::law(
            "4000 draws, 150 steps from N(0, 1)",
            &places,
            |x| law.cdf(SCHEDULE.interval().start, x),
            seed,
        ),
        Evidence::at_most(
            "evaluations of the score, beyond 150 for a draw",
            (asked as f64 - (DRAWS * STEPS) as f64).abs(),
            0.0,
            "they are counted",
        ),
    ]
}

/// Start from N(0, σ_T²), take the steps of the reverse SDE.
pub const SAMPLER: Claim = Claim::new(
    "rev-sampler",
    "from a draw of noise, n steps back with n evaluations of the score make a draw of \
     the data",
    |seed| check(seed, Shown, |t| t),
    &[
        Slip::new("the score of the data at all times", |seed| {
            check(seed, Shown, |_| SCHEDULE.interval().start)
        }),
        Slip::new("the clock of the way back given to the score", |seed| {
            check(seed, Shown, |t| SCHEDULE.interval().end - t)
        }),
        Slip::new("one draw for all steps", |seed| {
            check(seed, Wrong { one_noise: true, until: STEPS }, |t| t)
        }),
        Slip::new("a tenth of the way left", |seed| {
            check(seed, Wrong { one_noise: false, until: 9 * STEPS / 10 }, |t| t)
        }),
    ],
);
