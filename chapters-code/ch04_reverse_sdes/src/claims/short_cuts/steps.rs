//! The experiment of the chapter: distance to the data against evaluations of the score.

use super::largest;
use crate::exponential_step::Counted;
use crate::noised::Noised;
use crate::problem::SCHEDULE;
use crate::race::{
    Generated, Kernel, Law, Plan, Start, Step, Way, chain, corrected_chain, distance,
    heaps, shown,
};
use crate::sampler::{Corrector, sample};
use crate::schedules::NoiseSchedule;
use crate::ways_back::{CORRECTED, corrected};
use ch01_flows::orders::slope;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix1;
use std::sync::atomic::AtomicUsize;

/// The orders of the ways, in their order.
const ORDERS: [f64; 4] = [1.0, 1.0, 1.0, 2.0];
const NAMES: [&str; 4] = ["Euler–Maruyama", "Euler", "exponential", "Heun"];

/// What is held to be so.
#[derive(Clone, Copy)]
struct Held {
    step: Step,
    orders: [f64; 4],
    /// Evaluations of a step.
    evaluations: fn(Way) -> usize,
}

const HELD: Held =
    Held { step: shown, orders: ORDERS, evaluations: |way| way.evaluations() };

/// One normal heap.
fn bell() -> Law {
    Noised::new([(1.0, Point::<1>::new(0.4), Matrix1::new(0.35))], SCHEDULE)
}

/// E cos X for N(m, v).
fn mean_cosine((mean, variance): (f64, f64)) -> f64 {
    mean.cos() * (-0.5 * variance).exp()
}

/// Error of E cos X at t_min for normal data, of which each step makes normal places
/// again: no draw is needed.
fn weak_error(way: Way, step: Step, n: usize) -> f64 {
    let law = bell();
    let noised = |t: f64| {
        let (alpha, sigma): (f64, f64) = (SCHEDULE.alpha(t), SCHEDULE.sigma(t));
        (0.4 * alpha, 0.35 * alpha * alpha + sigma * sigma)
    };
    let times = Plan::Even.times(n);
    let led = times.windows(2).fold(noised(1.0), |(mean, variance), pair| {
        let at = |x: f64, xi: f64| {
            let (x, xi) = (Point::<1>::new(x), Point::<1>::new(xi));
            step(way, &law, (pair[0], pair[1]), &x, &xi)[0]
        };
        let kept = at(0.0, 0.0);
        let (factor, noise) = (at(1.0, 0.0) - kept, at(0.0, 1.0) - kept);
        (kept + factor * mean, factor.powi(2) * variance + noise.powi(2))
    });
    (mean_cosine(led) - mean_cosine(noised(1e-3))).abs()
}

/// By how many the calls of a way in 24 steps differ from what is held.
fn count(way: Way, evaluations: usize) -> f64 {
    let counted = Counted { score: heaps(1.0), calls: AtomicUsize::new(0) };
    let (mut x, xi) = (Point::<1>::new(0.3), Point::<1>::new(-0.8));
    for pair in Plan::Even.times(24).windows(2) {
        x = way.step(&counted, (pair[0], pair[1]), &x, &xi);
    }
    (counted.calls.into_inner() as f64 - (24 * evaluations) as f64).abs()
}

/// Draws against the law that was computed for them.
fn law_of_chain(
    what: &str,
    draws: &[f64],
    chain: Vec<Kernel<'_>>,
    seed: u64,
) -> Evidence {
    let generated = Generated::new(chain, &heaps(1.0), 1.0, Start::Prior);
    // A distribution function is a sum over a thousand places: a table, and lines between.
    let at = |i: usize| -6.0 + 0.02 * i as f64;
    let table: Vec<f64> = (0..=600).map(|i| generated.below(at(i))).collect();
    let below = |x: f64| {
        let place = ((x + 6.0) / 0.02).clamp(0.0, 599.999);
        let i = place as usize;
        table[i] + (place - i as f64) * (table[i + 1] - table[i])
    };
    Evidence::law(what, draws, below, seed)
}

/// 4000 draws after 8 steps, far from the data: Euler–Maruyama alone, and corrected.
fn sampled(seed: u64, step: Step) -> [Evidence; 2] {
    let (law, times) = (heaps(1.0), Plan::Even.times(8));
    let mut draws = Stream::new(seed, "eight steps back").generator();
    let plain: Vec<f64> = (0..4000)
        .map(|_| sample::<Point<1>>(&SCHEDULE, &law, 8, &mut draws)[0])
        .collect();
    let how = (8, Corrector { steps: 1, ..CORRECTED.1 });
    let mended = corrected(4000, how, seed);
    [
        law_of_chain(
            "8 steps of Euler–Maruyama, draws against law",
            &plain,
            chain(step, &law, &times),
            seed,
        ),
        law_of_chain(
            "the same with a correction after each",
            &mended,
            corrected_chain(how.1, &law, &times),
            seed,
        ),
    ]
}

fn check(seed: u64, held: Held) -> Vec<Evidence> {
    let mut all = vec![];
    for (k, way) in Way::ALL.into_iter().enumerate() {
        let rows: Vec<_> = [256, 512, 1024, 2048]
            .map(|n| (1.0 / n as f64, weak_error(way, held.step, n)))
            .to_vec();
        all.push(Evidence::order(
            &format!("{}, mean cosine of normal data", NAMES[k]),
            slope(&rows),
            held.orders[k],
            0.05,
            "the next term is of relative size 10/n; n is from 256 on",
        ));
    }
    let law = heaps(1.0);
    for (k, way) in Way::ALL.into_iter().enumerate() {
        let rows: Vec<_> = [32, 64]
            .map(|n| {
                let times = Plan::Even.times(n);
                let far = distance(way, held.step, &law, &times, Start::Exact);
                (1.0 / n as f64, far)
            })
            .to_vec();
        all.push(Evidence::order(
            &format!("{}, largest distance from two heaps", NAMES[k]),
            slope(&rows),
            held.orders[k],
            0.15,
            "the next term is of relative size 10/n, and n is 32 and 64",
        ));
    }
    let counts = Way::ALL.map(|way| count(way, (held.evaluations)(way)));
    all.push(Evidence::at_most(
        "evaluations in 24 steps, difference from what is held",
        largest(counts),
        0.0,
        "exactly",
    ));
    all.extend(sampled(seed, held.step));
    all
}

/// A step that replaces one way by another step.
fn changed(
    only: Way,
    by: fn(&Law, (f64, f64), &Point<1>, &Point<1>) -> Point<1>,
    (way, law, times): (Way, &Law, (f64, f64)),
    (x, xi): (&Point<1>, &Point<1>),
) -> Point<1> {
    if way == only { by(law, times, x, xi) } else { shown(way, law, times, x, xi) }
}

/// Errors of the ways against their evaluations.
pub const EXP_STEPS: Claim = Claim::new(
    "rev-exp-steps",
    "three of four samplers come nearer to the data in proportion to their steps, and \
     one, for twice the evaluations, with the square of their number",
    |seed| check(seed, HELD),
    &[
        Slip::new("order 2 for Euler", |seed| {
            check(seed, Held { orders: [1.0, 2.0, 1.0, 2.0], ..HELD })
        }),
        Slip::new("a step of Heun counted as one evaluation", |seed| {
            check(seed, Held { evaluations: |_| 1, ..HELD })
        }),
        Slip::new("Heun's second velocity at the old place", |seed| {
            let step: Step = |way, law, times, x, xi| {
                let by = |law: &Law, (t, u): (f64, f64), x: &Point<1>, xi: &Point<1>| {
                    let here = Way::Euler.step(law, (t, u), x, xi);
                    let (a, g2) = (SCHEDULE.rate(u), SCHEDULE.noise_rate(u));
                    let velocity = x * a - law.score(u, x) * (0.5 * g2);
                    let there = x - velocity * (t - u);
                    (here + there) * 0.5
                };
                changed(Way::Heun, by, (way, law, times), (x, xi))
            };
            check(seed, Held { step, ..HELD })
        }),
        Slip::new("the exponential step with the noise level of the old time", |seed| {
            let step: Step = |way, law, times, x, xi| {
                let by = |law: &Law, (t, u): (f64, f64), x: &Point<1>, xi: &Point<1>| {
                    let right = Way::Exponential.step(law, (t, u), x, xi);
                    let (before, after): (f64, f64) =
                        (SCHEDULE.sigma(t), SCHEDULE.sigma(u));
                    right + law.score(t, x) * (before * (after - before))
                };
                changed(Way::Exponential, by, (way, law, times), (x, xi))
            };
            check(seed, Held { step, ..HELD })
        }),
        Slip::new("half the variance of the noise", |seed| {
            let step: Step = |way, law, times, x, xi| {
                let by = |law: &Law, (t, u): (f64, f64), x: &Point<1>, xi: &Point<1>| {
                    Way::EulerMaruyama.step(law, (t, u), x, &(xi * 0.5_f64.sqrt()))
                };
                changed(Way::EulerMaruyama, by, (way, law, times), (x, xi))
            };
            check(seed, Held { step, ..HELD })
        }),
    ],
);
