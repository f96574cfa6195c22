//! The experiment of the chapter: two heaps drawn in three ways.

use crate::flow::ProbabilityFlow;
use crate::noised::Noised;
use crate::noising::Backward;
use crate::problem::{SCHEDULE, two_heaps};
use crate::sampler::{Corrector, sample_corrected, way_back};
use crate::schedules::VariancePreserving;
use ch01_flows::{Rk4, trajectory};
use ch02_brownian_motion::{EulerMaruyama, simulate_paths};
use dynamics::{Increment, Point, Sde, Stream, TimeGrid, VectorField};

/// Places on the line, from T to t_min.
pub type Path = Vec<Point<1>>;

/// The reverse SDE of the two heaps with the noise λ, the score being exact.
pub fn backward(
    lambda: f64,
) -> Backward<VariancePreserving, Noised<VariancePreserving, 1>> {
    Backward { schedule: SCHEDULE, score: two_heaps(SCHEDULE), lambda }
}

/// The probability flow of the two heaps.
pub fn flow() -> ProbabilityFlow<VariancePreserving, Noised<VariancePreserving, 1>> {
    ProbabilityFlow { schedule: SCHEDULE, score: two_heaps(SCHEDULE) }
}

/// `count` draws from N(0, 1).
pub fn starts(count: usize, seed: u64) -> Vec<Point<1>> {
    let mut draws = Stream::new(seed, "ways back: starts").generator();
    (0..count).map(|_| Point::draw(1.0, &mut draws)).collect()
}

/// From `starts` through the own time of an SDE that runs back, in `n` steps. Nothing if
/// a particle was lost.
pub fn stochastic(
    sde: &impl Sde<Point<1>>,
    starts: &[Point<1>],
    n: usize,
    seed: u64,
) -> Vec<Path> {
    let back = way_back(&SCHEDULE, n);
    let own = TimeGrid::new(0.0, back.start - back.end, n);
    let noise = Stream::new(seed, "ways back: noise");
    simulate_paths(&EulerMaruyama, sde, own, noise, starts).unwrap_or_default()
}

/// From `starts` along a field by the forward clock, from T to t_min, by Runge and Kutta.
pub fn along(
    field: &impl VectorField<Point<1>>,
    starts: &[Point<1>],
    n: usize,
) -> Vec<Path> {
    let path = |x: &Point<1>| trajectory(&Rk4, field, way_back(&SCHEDULE, n), *x);
    starts.iter().map(path).collect()
}

/// Far too few steps back, and steps of the corrector after each: 96 evaluations.
pub const CORRECTED: (usize, Corrector) =
    (6, Corrector { steps: 15, ratio: 0.45, width: 0.3 });

/// `count` draws in few steps, each corrected.
pub fn corrected(count: usize, how: (usize, Corrector), seed: u64) -> Vec<f64> {
    let law = two_heaps(SCHEDULE);
    let mut draws = Stream::new(seed, "ways back: corrected").generator();
    (0..count).map(|_| sample_corrected(&SCHEDULE, &law, how, &mut draws)[0]).collect()
}

/// The last places.
pub fn ends(paths: &[Path]) -> Vec<f64> {
    paths.iter().filter_map(|path| path.last()).map(|x| x[0]).collect()
}
