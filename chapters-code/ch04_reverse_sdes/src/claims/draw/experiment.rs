//! Two heaps, drawn with noise, without, and with corrections.

use crate::problem::{SCHEDULE, two_heaps};
use crate::reverse_step::reverse_step;
use crate::sampler::{Corrector, way_back};
use crate::schedules::NoiseSchedule;
use crate::ways_back::{
    CORRECTED, along, backward, corrected, ends, flow, starts, stochastic,
};
use dynamics::{Increment, Point, Sde, Stream, VectorField};
use evidence::{Claim, Evidence, Slip};

const DRAWS: usize = 5000;
const STEPS: usize = 300;

fn law(what: &str, draws: &[f64], seed: u64) -> Evidence {
    let law = two_heaps(SCHEDULE);
    // A particle that was lost makes of the law nothing at all.
    let draws = if draws.is_empty() { &[f64::NAN] } else { draws };
    Evidence::law(what, draws, |x| law.cdf(1e-3, x), seed)
}

fn with_noise(seed: u64, sde: &impl Sde<Point<1>>) -> Vec<Evidence> {
    let draws = ends(&stochastic(sde, &starts(DRAWS, seed), STEPS, seed));
    let left: Vec<f64> =
        draws.iter().map(|x| if *x < -0.5 { 1.0 } else { 0.0 }).collect();
    let expected = two_heaps(SCHEDULE).cdf(1e-3, -0.5);
    vec![
        law("reverse SDE, 300 steps", &draws, seed),
        Evidence::mean("reverse SDE, share of the left heap", &left, expected, seed),
    ]
}

fn without(seed: u64, field: &impl VectorField<Point<1>>) -> Evidence {
    law(
        "probability flow, 40 steps of order 4",
        &ends(&along(field, &starts(DRAWS, seed), 40)),
        seed,
    )
}

fn few_steps(seed: u64, how: (usize, Corrector)) -> Evidence {
    law("6 steps, each corrected 15 times", &corrected(7000, how, seed), seed)
}

fn check(seed: u64) -> Vec<Evidence> {
    let mut all = with_noise(seed, &backward(1.0));
    all.push(without(seed, &flow()));
    all.push(few_steps(seed, CORRECTED));
    all
}

/// The drift of one member of the family with the noise of another.
struct Mixed<B> {
    drift: B,
    noise: B,
}

impl<B: Sde<Point<1>>> Sde<Point<1>> for Mixed<B> {
    fn drift(&self, tau: f64, y: &Point<1>) -> Point<1> {
        self.drift.drift(tau, y)
    }

    fn noise(&self, tau: f64, y: &Point<1>, dw: &Point<1>) -> Point<1> {
        self.noise.noise(tau, y, dw)
    }
}

/// As [`corrected`], with corrections x + η s alone.
fn climbed(count: usize, seed: u64) -> Vec<f64> {
    let (law, (n, corrector)) = (two_heaps(SCHEDULE), CORRECTED);
    let grid = way_back(&SCHEDULE, n);
    let mut draws = Stream::new(seed, "climbed").generator();
    let mut one = || {
        let start = Point::<1>::draw(1.0, &mut draws);
        (0..n).fold(start, |x, i| {
            let (xi, time) = (Point::draw(1.0, &mut draws), (grid.time(i), -grid.h()));
            let x = reverse_step(&SCHEDULE, &law, time, &x, &xi);
            let t = grid.time(i + 1);
            let (alpha, sigma): (f64, f64) = (SCHEDULE.alpha(t), SCHEDULE.sigma(t));
            let narrowest = (alpha * corrector.width).powi(2) + sigma * sigma;
            let eta = corrector.ratio.powi(2) * narrowest;
            (0..corrector.steps).fold(x, |x, _| x + law.score(t, &x) * eta)
        })[0]
    };
    (0..count).map(|_| one()).collect()
}

/// The way back with noise, without, and in few steps with corrections.
pub const EXP_REVERSE: Claim = Claim::new(
    "rev-exp-reverse",
    "with noise, without noise, and in few steps each of which is corrected, draws from a \
     normal law come back as two heaps of the right shape and weight",
    check,
    &[
        Slip::new("the flow run with the drift of the SDE", |seed| {
            let back = backward(1.0);
            let field = |t: f64, x: &Point<1>| -Sde::drift(&back, 1.0 - t, x);
            vec![without(seed, &field)]
        }),
        Slip::new("the SDE run with the drift of the flow", |seed| {
            with_noise(seed, &Mixed { drift: backward(0.0), noise: backward(1.0) })
        }),
        Slip::new("a corrector that climbs and draws no noise", |seed| {
            vec![law("6 steps, each corrected 15 times", &climbed(7000, seed), seed)]
        }),
        Slip::new("no corrections", |seed| {
            let (n, corrector) = CORRECTED;
            vec![few_steps(seed, (n, Corrector { steps: 0, ..corrector }))]
        }),
    ],
);
