//! Solution maps along one path of noise.

use crate::{BrownianTree, SolutionMap};
use dynamics::{Sde, Stream};
use evidence::{Claim, Evidence, Slip};

/// `bm-stochastic-flow`.
pub const STOCHASTIC_FLOW: Claim = Claim::new(
    "bm-stochastic-flow",
    "along one path of noise the solution maps compose, and on the line they keep the order",
    |seed| stochastic_flow(|map, _, (r, t), x| map.map(r, t, x), seed),
    &[
        Slip::printed("no flow: noise drawn anew for every journey", "E000-04", |seed| {
            stochastic_flow(
                |map, journey, (r, t), x| with_path(map, journey).map(r, t, x),
                seed,
            )
        }),
        Slip::new("the duration in place of both times", |seed| {
            stochastic_flow(
                |map, _, (r, t), x| {
                    let begin = map.times.iter().position(|time| *time == r);
                    let end = map.times.iter().position(|time| *time == t);
                    let steps = end.unwrap_or(0) - begin.unwrap_or(0);
                    map.map(0.0, map.times[steps], x)
                },
                seed,
            )
        }),
    ],
);

/// dX = (X − X³) dt + ½ dW.
#[derive(Clone, Copy)]
struct TwoWells;

impl Sde<f64> for TwoWells {
    fn drift(&self, _t: f64, x: &f64) -> f64 {
        x - x * x * x
    }

    fn noise(&self, _t: f64, _x: &f64, dw: &f64) -> f64 {
        0.5 * dw
    }
}

/// The same map on another path.
fn with_path(map: &SolutionMap<TwoWells>, journey: u64) -> SolutionMap<TwoWells> {
    let path = BrownianTree::new(Stream::new(journey, "another path"), 2.0);
    SolutionMap { path, ..map.clone() }
}

/// A journey from r to t that begins at x: the map, the number of the journey, the times.
type Journey = fn(&SolutionMap<TwoWells>, u64, (f64, f64), f64) -> f64;

/// Journeys at one go and with a stop, and pairs of neighbours.
fn stochastic_flow(journey: Journey, seed: u64) -> Vec<Evidence> {
    // Steps of no common length, from 0.01 to 0.05.
    let mut times = vec![0.0_f64];
    while times[times.len() - 1] < 2.0 {
        let t = times[times.len() - 1];
        times.push((t + 0.03 + 0.02 * (9.0 * t).sin()).min(2.0));
    }
    let path = BrownianTree::new(Stream::new(seed, "bm-stochastic-flow"), 2.0);
    let stop = times[times.len() / 3];
    let map = SolutionMap { sde: TwoWells, path, times };
    let starts: Vec<f64> = (0..40).map(|i| -1.9 + 0.1 * f64::from(i)).collect();
    let mut number = seed;
    let mut go = |times: (f64, f64), x: f64| {
        number = number.wrapping_add(1);
        journey(&map, number, times, x)
    };
    let mut apart = 0.0_f64;
    let mut crossed = 0;
    for &x in &starts {
        let whole = go((0.0, 2.0), x);
        let halfway = go((0.0, stop), x);
        apart = apart.max((go((stop, 2.0), halfway) - whole).abs());
        crossed += usize::from(go((0.0, 2.0), x + 0.05) <= whole);
    }
    vec![
        Evidence::at_most(
            "40 starts: largest distance between a journey and the same with a stop",
            apart,
            0.0,
            "the same operations on the same numbers",
        )
        .sampled(40, seed),
        Evidence::at_most(
            "pairs of 40 that have changed places at the end",
            crossed as f64,
            0.0,
            "x + h (x − x³) grows with x, for steps up to 0.05 and |x| up to 2.6",
        )
        .sampled(40, seed),
    ]
}
