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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// Goes nowhere, and keeps the times at which it was asked.
    struct Asked(Mutex<Vec<f64>>);

    impl Sde<Point<1>> for Asked {
        fn drift(&self, tau: f64, _y: &Point<1>) -> Point<1> {
            self.0.lock().expect("one thread").push(tau);
            Point::<1>::new(0.0)
        }

        fn noise(&self, _tau: f64, _y: &Point<1>, _dw: &Point<1>) -> Point<1> {
            Point::<1>::new(0.0)
        }
    }

    #[test]
    fn an_sde_runs_in_its_own_time_from_0() {
        let asked = Asked(Mutex::new(Vec::new()));
        let paths = stochastic(&asked, &[Point::<1>::new(0.2)], 3, 4);
        assert_eq!((paths.len(), paths[0].len(), ends(&paths)), (1, 4, vec![0.2]));
        let times = asked.0.into_inner().expect("one thread");
        assert_eq!(times.len(), 3);
        assert!(
            times.iter().zip([0.0, 0.333, 0.666]).all(|(a, b)| (a - b).abs() < 1e-15)
        );
    }

    #[test]
    fn a_member_of_the_family_has_the_noise_it_is_asked_for() {
        let (place, dw) = (Point::<1>::new(0.3), Point::<1>::new(0.2));
        let beta: f64 = SCHEDULE.beta.at(0.75);
        let noise = backward(0.6).noise(0.25, &place, &dw)[0];
        assert!((noise - 0.6 * beta.sqrt() * 0.2).abs() < 1e-14);
    }
}
