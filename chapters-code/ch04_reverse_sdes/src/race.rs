//! Samplers side by side: how far from the data, for how many evaluations of the score.

use crate::exact_laws::{OnGrid, distance_of_map, standard_normal};
use crate::exponential_step::exponential_step;
use crate::flow::ProbabilityFlow;
use crate::noised::Noised;
use crate::problem::{HEAPS, SCHEDULE};
use crate::reverse_step::reverse_step;
use crate::sampler::Corrector;
use crate::schedules::VariancePreserving;
use ch01_flows::{Euler, Heun};
use ch03_fokker_planck::langevin::ula_step;
use dynamics::{OdeMethod, Point, VectorField};
use nalgebra::Matrix1;
use std::f64::consts::PI;

/// The law of heaps under the schedule of the chapter.
pub type Law = Noised<VariancePreserving, 1>;

/// The two heaps of the chapter, `narrower` times as narrow.
pub fn heaps(narrower: f64) -> Law {
    let heap = |(weight, mean, deviation): (f64, f64, f64)| {
        let variance = (deviation / narrower).powi(2);
        (weight, Point::<1>::new(mean), Matrix1::new(variance))
    };
    Noised::new(HEAPS.map(heap), SCHEDULE)
}

// ANCHOR: flow-step
/// A step of a method for ODEs on the probability flow, from x at t to the earlier
/// time u.
pub fn flow_step<F: VectorField<Point<1>>>(
    method: &impl OdeMethod,
    score: &F,
    (t, u): (f64, f64),
    x: &Point<1>,
) -> Point<1> {
    let score = |t: f64, x: &Point<1>| score.velocity(t, x);
    let flow = ProbabilityFlow { schedule: SCHEDULE, score };
    method.step(&flow, t, u - t, x)
}
// ANCHOR_END: flow-step

/// Ways back, step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The reverse SDE, by Euler and Maruyama.
    EulerMaruyama,
    /// The probability flow, by Euler.
    Euler,
    /// The probability flow, data and noise mixed anew.
    Exponential,
    /// The probability flow, by Heun.
    Heun,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::EulerMaruyama, Self::Euler, Self::Exponential, Self::Heun];

    /// Evaluations of the score in a step.
    pub fn evaluations(self) -> usize {
        if self == Self::Heun { 2 } else { 1 }
    }

    /// From x at t to the earlier time u; `xi` is a draw from N(0, 1).
    pub fn step<F: VectorField<Point<1>>>(
        self,
        score: &F,
        (t, u): (f64, f64),
        x: &Point<1>,
        xi: &Point<1>,
    ) -> Point<1> {
        match self {
            Self::EulerMaruyama => reverse_step(&SCHEDULE, score, (t, t - u), x, xi),
            Self::Euler => flow_step(&Euler, score, (t, u), x),
            Self::Exponential => exponential_step(&SCHEDULE, score, (t, u), x),
            Self::Heun => flow_step(&Heun, score, (t, u), x),
        }
    }
}

/// Where the steps are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Of one length.
    Even,
    /// Of one length in √t: shorter near the data.
    Roots,
}

impl Plan {
    /// n + 1 times from T to t_min.
    ///
    /// # Panics
    /// If n is 0.
    pub fn times(self, n: usize) -> Vec<f64> {
        assert!(n > 0, "a way back needs at least one step, and not 0");
        let (first, last) = (SCHEDULE.interval.end, SCHEDULE.interval.start);
        let between = |a: f64, b: f64, i: usize| a + (b - a) * (i as f64 / n as f64);
        let time = |i: usize| match self {
            _ if i == n => last,
            Self::Even => between(first, last, i),
            Self::Roots => between(first.sqrt(), last.sqrt(), i).powi(2),
        };
        (0..=n).map(time).collect()
    }
}

/// What a sampler starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// N(0, 1), as in practice.
    Prior,
    /// p_T, which nobody knows in practice.
    Exact,
}

/// A step that may be wrong: a way, a score, two times, a place and a draw.
pub type Step = fn(Way, &Law, (f64, f64), &Point<1>, &Point<1>) -> Point<1>;

/// The step of the way.
pub fn shown(
    way: Way,
    law: &Law,
    times: (f64, f64),
    x: &Point<1>,
    xi: &Point<1>,
) -> Point<1> {
    way.step(law, times, x, xi)
}

/// Largest distance between the distribution functions of the sampler and of the data,
/// both at t_min, after steps between `times`. No draw is made.
pub fn distance(way: Way, step: Step, law: &Law, times: &[f64], start: Start) -> f64 {
    if way == Way::EulerMaruyama {
        return distance_of_chain(chain(step, law, times), law, times, start);
    }
    let still = Point::<1>::new(0.0);
    let map = |x: f64| {
        let move_on = |x, pair: &[f64]| step(way, law, (pair[0], pair[1]), &x, &still);
        times.windows(2).fold(Point::<1>::new(x), move_on)[0]
    };
    let begin = |x: f64| match start {
        Start::Prior => standard_normal(x),
        Start::Exact => law.cdf(times[0], x),
    };
    distance_of_map(begin, map, |y| law.cdf(times[times.len() - 1], y))
}

/// The same for a chain of normal steps.
pub fn distance_of_chain(
    chain: Vec<Kernel<'_>>,
    law: &Law,
    times: &[f64],
    start: Start,
) -> f64 {
    let generated = Generated::new(chain, law, times[0], start);
    // Of the data less than 1e-4 lie further out.
    let places = (-400..=400).map(|i| 0.0075 * f64::from(i));
    let end = times[times.len() - 1];
    let gap = |y: f64| (generated.below(y) - law.cdf(end, y)).abs();
    places.map(gap).fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// The same distance between N(0, 1) and p_T: what a start costs that knows nothing.
pub fn distance_of_start(law: &Law) -> f64 {
    let end = SCHEDULE.interval.end;
    let places = (-400..=400).map(|i| 0.01 * f64::from(i));
    let gap = |y: f64| (standard_normal(y) - law.cdf(end, y)).abs();
    places.map(gap).fold(0.0, f64::max)
}

/// A step from x with a draw ξ from N(0, 1), affine in ξ.
pub type Kernel<'a> = Box<dyn Fn(f64, f64) -> f64 + 'a>;

/// The steps of Euler and Maruyama.
pub fn chain<'a>(step: Step, law: &'a Law, times: &[f64]) -> Vec<Kernel<'a>> {
    let kernel = |pair: &[f64]| -> Kernel<'a> {
        let pair = (pair[0], pair[1]);
        Box::new(move |x, xi| {
            let (x, xi) = (Point::<1>::new(x), Point::<1>::new(xi));
            step(Way::EulerMaruyama, law, pair, &x, &xi)[0]
        })
    };
    times.windows(2).map(kernel).collect()
}

/// The same, each followed by a step of the corrector.
pub fn corrected_chain<'a>(
    corrector: Corrector,
    law: &'a Law,
    times: &[f64],
) -> Vec<Kernel<'a>> {
    let correction = |t: f64| -> Kernel<'a> {
        let eta = corrector.eta(&SCHEDULE, t);
        Box::new(move |x, xi| {
            let (x, xi) = (Point::<1>::new(x), Point::<1>::new(xi));
            ula_step(|x| law.velocity(t, x), eta, &x, &xi)[0]
        })
    };
    let steps = chain(shown, law, times).into_iter();
    let both = steps.zip(&times[1..]).map(|(step, &t)| [step, correction(t)]);
    both.flatten().collect()
}

/// The law of a chain of normal steps.
pub struct Generated<'a> {
    /// Before the last step.
    before: OnGrid,
    last: Kernel<'a>,
}

impl<'a> Generated<'a> {
    /// All steps of `chain`, from the time `first`. Error: less than 1e-6 for the heaps of
    /// this chapter.
    ///
    /// # Panics
    /// If there is no step.
    pub fn new(chain: Vec<Kernel<'a>>, law: &Law, first: f64, start: Start) -> Self {
        Self::spaced(chain, law, (first, start), 0.02)
    }

    fn spaced(
        mut chain: Vec<Kernel<'a>>,
        law: &Law,
        (first, start): (f64, Start),
        widest: f64,
    ) -> Self {
        let narrowest = chain.iter().map(deviation).fold(f64::MAX, f64::min);
        let density = |x: f64| {
            let log = match start {
                Start::Prior => -0.5 * (x * x + (2.0 * PI).ln()),
                Start::Exact => law.log_density(first, &Point::<1>::new(x)),
            };
            log.exp()
        };
        let last = chain.pop().expect("a chain of at least one step");
        // A coarse first step throws wide.
        let begin = OnGrid::new(density, 12.0, widest.min(0.5 * narrowest));
        let before = chain
            .iter()
            .fold(begin, |p, kernel| p.after(|x| kernel(x, 0.0), deviation(kernel)));
        Self { before, last }
    }

    /// Its distribution function.
    pub fn below(&self, y: f64) -> f64 {
        self.before.below(|x| (self.last)(x, 0.0), deviation(&self.last), y)
    }
}

/// The deviation of a step.
fn deviation(kernel: &Kernel<'_>) -> f64 {
    kernel(0.3, 1.0) - kernel(0.3, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Backward;
    use crate::kernel::moments;
    use crate::problem::two_heaps;
    use ch02_brownian_motion::EulerMaruyama;
    use dynamics::SdeMethod;

    #[test]
    fn plans_run_from_the_end_to_the_start() {
        for plan in [Plan::Even, Plan::Roots] {
            let times = plan.times(9);
            assert_eq!((times.len(), times[0], times[9]), (10, 1.0, 1e-3));
            assert!(times.windows(2).all(|pair| pair[1] < pair[0]));
        }
        let times = Plan::Roots.times(9);
        assert!(times[8] - times[9] < 0.1 * (times[0] - times[1]));
    }

    #[test]
    #[should_panic(expected = "at least one step")]
    fn a_plan_of_no_steps_is_told() {
        let _ = Plan::Roots.times(0);
    }

    #[test]
    fn every_way_takes_the_step_it_is_named_after() {
        let (law, (t, u)) = (heaps(1.0), (0.6, 0.45_f64));
        let (x, xi) = (Point::<1>::new(0.7), Point::<1>::new(-1.3));
        let back = |lambda| Backward { schedule: SCHEDULE, score: law.clone(), lambda };
        // In their own time, from 1 − t; the flow is the member without noise.
        let (own, h, dw) = (1.0 - t, t - u, xi * (t - u).sqrt());
        let euler = |lambda, x: &Point<1>, tau: f64| {
            EulerMaruyama.step(&back(lambda), tau, h, x, &dw)
        };
        let ahead = euler(0.0, &x, own);
        let heun = (x + euler(0.0, &ahead, own + h)) * 0.5;
        let found = Way::ALL.map(|way| way.step(&law, (t, u), &x, &xi));
        let near = |k: usize, y: Point<1>| assert!((found[k] - y).norm() < 1e-14, "{k}");
        near(0, euler(1.0, &x, own));
        near(1, ahead);
        near(2, exponential_step(&SCHEDULE, &law, (t, u), &x));
        near(3, heun);
    }

    #[test]
    fn a_corrected_chain_steps_and_corrects_in_turn() {
        let (law, times) = (heaps(1.0), Plan::Roots.times(3));
        let corrector = Corrector { steps: 1, ratio: 0.4, width: 0.3 };
        let chain = corrected_chain(corrector, &law, &times);
        assert_eq!(chain.len(), 6);
        let (x, xi) = (Point::<1>::new(0.7), Point::<1>::new(-1.3));
        for (i, pair) in times.windows(2).enumerate() {
            let step =
                reverse_step(&SCHEDULE, &law, (pair[0], pair[0] - pair[1]), &x, &xi);
            let (eta, t) = (corrector.eta(&SCHEDULE, pair[1]), pair[1]);
            let correction = x + law.score(t, &x) * eta + xi * (2.0 * eta).sqrt();
            assert!((chain[2 * i](0.7, -1.3) - step[0]).abs() < 1e-14);
            assert!((chain[2 * i + 1](0.7, -1.3) - correction[0]).abs() < 1e-14);
        }
    }

    #[test]
    fn every_way_starts_from_what_it_is_told() {
        // One normal heap, and one step: normal again, with known mean and deviation.
        let part = (1.0, Point::<1>::new(0.4), Matrix1::new(0.35));
        let (law, times) = (Noised::new([part], SCHEDULE), [0.5, 0.4]);
        let starts = [
            (Start::Prior, (0.0, 1.0)),
            (Start::Exact, moments(&SCHEDULE, 0.5, (0.4, 0.35))),
        ];
        for way in Way::ALL {
            let at = |x: f64, xi: f64| {
                let (x, xi) = (Point::<1>::new(x), Point::<1>::new(xi));
                way.step(&law, (0.5, 0.4), &x, &xi)[0]
            };
            let kept = at(0.0, 0.0);
            let (factor, noise) = (at(1.0, 0.0) - kept, at(0.0, 1.0) - kept);
            for (start, (mean, variance)) in starts {
                let led = kept + factor * mean;
                let deviation = (factor * factor * variance + noise * noise).sqrt();
                let gap = |i: i32| {
                    let y = 1e-3 * f64::from(i);
                    (standard_normal((y - led) / deviation) - law.cdf(0.4, y)).abs()
                };
                let expected = (-4000..4000).map(gap).fold(0.0, f64::max);
                let found = distance(way, shown, &law, &times, start);
                // Places 0.01 apart, of a gap whose second derivative is below 1.
                assert!((found - expected).abs() < 1.3e-5, "{way:?}, {start:?}");
            }
        }
    }

    #[test]
    fn a_start_that_knows_nothing_is_as_far_as_a_map_that_moves_nothing() {
        let bell = |m: f64| {
            Noised::new([(1.0, Point::<1>::new(m), Matrix1::new(0.3))], SCHEDULE)
        };
        for law in [heaps(1.0), bell(0.8), bell(-0.8)] {
            let moved = distance_of_map(standard_normal, |x| x, |y| law.cdf(1.0, y));
            // Two grids, 0.01 apart, of a gap with a second derivative below 0.01.
            let found = distance_of_start(&law);
            assert!((found - moved).abs() < 1e-5 && found > 1e-4, "{found} {moved}");
        }
    }

    #[test]
    fn a_step_much_shorter_than_the_spacing_is_resolved() {
        let part = (1.0, Point::<1>::new(0.4), Matrix1::new(0.35));
        let (law, times) = (Noised::new([part], SCHEDULE), [0.5, 0.499_99, 0.4]);
        let generated =
            Generated::new(chain(shown, &law, &times), &law, 0.5, Start::Prior);
        let led = chain(shown, &law, &times).iter().fold((0.0, 1.0), |(m, v), step| {
            let kept = step(0.0, 0.0);
            let (factor, noise) = (step(1.0, 0.0) - kept, step(0.0, 1.0) - kept);
            (kept + factor * m, factor * factor * v + noise * noise)
        });
        for y in [-0.9, 0.1, 0.8] {
            let expected = standard_normal((y - led.0) / led.1.sqrt());
            assert!((generated.below(y) - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn too_far_left_and_too_far_right_are_both_far() {
        // The data at t = 0.1, moved as a whole by ± 0.3.
        let law = heaps(1.0);
        for shift in [-0.3, 0.3] {
            let step: Kernel<'_> = Box::new(move |x, xi| x + shift + 0.01 * xi);
            let found = distance_of_chain(vec![step], &law, &[0.1, 0.1], Start::Exact);
            let gap = |i: i32| {
                let y = 1e-3 * f64::from(i);
                (law.cdf(0.1, y - shift) - law.cdf(0.1, y)).abs()
            };
            let expected = (-3000..3000).map(gap).fold(0.0, f64::max);
            // A noise of variance 1e-4, half of it times a slope of the density below 1.
            assert!((found - expected).abs() < 1e-4, "{shift}: {found} {expected}");
        }
    }

    #[test]
    fn a_lost_chain_is_at_no_distance() {
        let step: Kernel<'_> = Box::new(|_, xi| f64::NAN * xi);
        let found = distance_of_chain(vec![step], &heaps(1.0), &[0.1, 0.1], Start::Exact);
        assert!(found.is_nan(), "{found}");
    }

    #[test]
    fn half_the_spacing_makes_no_difference() {
        let (law, times) = (heaps(10.0), Plan::Even.times(32));
        let at = |widest: f64| {
            let chain = chain(shown, &law, &times);
            let generated = Generated::spaced(chain, &law, (1.0, Start::Prior), widest);
            [-1.5, -0.3, 0.9].map(|y| generated.below(y))
        };
        let (coarse, fine) = (at(0.02), at(0.01));
        assert!(coarse.iter().zip(fine).all(|(a, b)| (a - b).abs() < 1e-6));
    }

    #[test]
    fn heaps_are_those_of_the_chapter() {
        let (one, other) = (heaps(1.0), two_heaps(SCHEDULE));
        assert_eq!(one.cdf(0.1, 0.4), other.cdf(0.1, 0.4));
        assert!(heaps(10.0).cdf(0.0, 0.5) - one.cdf(0.0, 0.5) < -0.05);
    }
}
