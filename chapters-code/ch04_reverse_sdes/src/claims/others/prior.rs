//! A standard normal start in place of what the noise has made of the data.

use super::exploding::heaps;
use super::{BETA, DATA, UNIT, VP, largest};
use crate::kernel::moments;
use crate::noised::Noised;
use crate::noising::Backward;
use crate::prior::{divergence, measured_cost, returned, start_bound, start_cost};
use crate::problem::{SCHEDULE, two_heaps};
use crate::schedules::{Interval, NoiseSchedule, VarianceExploding, VariancePreserving};
use ch01_flows::orders::slope;
use ch01_flows::{Rk4, integrate};
use dynamics::{Point, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix1;

const VE: VarianceExploding =
    VarianceExploding { sigma_min: 0.01, sigma_max: 5.0, interval: UNIT };

/// KL(p_t ‖ N(0, 1)) or a bound of it, for data with a mean and a variance.
type Cost = fn(&VariancePreserving, f64, (f64, f64)) -> f64;
/// Mean and variance that come back from N(0, s²) at t, for such data.
type Returned = fn(&VariancePreserving, f64, (f64, f64), f64) -> (f64, f64);

#[derive(Clone, Copy)]
struct Candidate {
    /// For normal data.
    cost: Cost,
    /// For data of any law, from above.
    bound: Cost,
    /// The deviation of the start under exploding noise.
    start: fn(&VarianceExploding) -> f64,
    /// Mean and variance after the way back.
    returned: Returned,
}

const SHOWN: Candidate = Candidate {
    cost: |vp, t, data| start_cost(vp, t, data, 1.0),
    bound: |vp, t, data| start_bound(vp, t, data, 1.0),
    start: |ve| ve.sigma(ve.interval.end),
    returned: |vp, t, data, s| returned(vp, t, data, s),
};

/// Mean and variance at t = 0 of the way back from N(0, s²) at `end`, with the score of
/// normal data, followed in τ.
fn followed_back(end: f64, s: f64) -> (f64, f64) {
    let schedule =
        VariancePreserving { beta: BETA, interval: Interval { start: 0.0, end } };
    let back = Backward { schedule, score: (), lambda: 1.0 };
    let field = |tau: f64, (m, v): &(f64, f64)| {
        let (place, score) = back.factors(tau);
        let (mean, variance) = moments(&schedule, back.forward_time(tau), DATA);
        let pull = score / variance;
        (place * m - pull * (m - mean), 2.0 * (place - pull) * v + back.noise_rate(tau))
    };
    integrate(&Rk4, &field, TimeGrid::new(0.0, end, 2000), (0.0, s * s))
}

fn mismatch_check(candidate: Candidate) -> Vec<Evidence> {
    let Candidate { cost, bound, start, returned } = candidate;
    let part = |(mean, variance)| (1.0, Point::<1>::new(mean), Matrix1::new(variance));
    let normal = Noised::new([part(DATA)], VP);
    let error = |t| (cost(&VP, t, DATA) / measured_cost(&normal, t, 1.0) - 1.0).abs();
    let far: Vec<_> = [1.5, 1.75, 2.0, 2.25, 2.5]
        .map(|t: f64| ((-BETA.integral(t)).exp(), cost(&VP, t, DATA)))
        .to_vec();
    // Any data: the two heaps, and a heap that is nearly a point.
    let law = two_heaps(SCHEDULE);
    let times = [0.05, 0.25, 0.5, 1.0];
    let from_below = |t| cost(&SCHEDULE, t, heaps()) / measured_cost(&law, t, 1.0);
    let from_above = |t| measured_cost(&law, t, 1.0) / bound(&SCHEDULE, t, heaps());
    let from_starts = |t| {
        // Half of the data at m − √v and half at m + √v: what the bound is the mean of.
        let ((m, v), from) = (heaps(), |x| start_cost(&SCHEDULE, t, (x, 0.0), 1.0));
        let mean = 0.5 * (from(m - v.sqrt()) + from(m + v.sqrt()));
        (mean / bound(&SCHEDULE, t, heaps()) - 1.0).abs()
    };
    let narrow = (0.7, 1e-4);
    let point = Noised::new([part(narrow)], SCHEDULE);
    let point_above = |t| measured_cost(&point, t, 1.0) / bound(&SCHEDULE, t, narrow);
    let (at_end, s) = (VE.interval.end, start(&VE));
    let drowned = measured_cost(&two_heaps(VE), at_end, s);
    let (mean, variance) = heaps();
    let sigma: f64 = VE.sigma(at_end);
    let allowed = 0.5 * (mean * mean + variance) / sigma.powi(2);
    let ends = [0.4, 0.7, 1.0];
    let back = |(t, s)| {
        let (found, followed) = (returned(&VP, t, DATA, s), followed_back(t, s));
        (found.0 - followed.0).abs().max((found.1 - followed.1).abs())
    };
    let arrived = |t| {
        let (m, v) = returned(&VP, t, DATA, 1.0);
        divergence((DATA.0 - m, DATA.1), v.sqrt()) / cost(&VP, t, DATA)
    };
    let never = "never more: the bound is met by nothing but its own kind of data";
    vec![
        Evidence::at_most(
            "cost of normal data against quadrature at 3 times, relative",
            largest([0.4, 0.7, 1.0].map(error)),
            1e-11,
            "quadrature of smooth densities that vanish at both ends, and rounding",
        ),
        Evidence::order(
            "cost of normal data as a power of e^{−B}",
            slope(&far),
            1.0,
            0.02,
            "order 1; at the first time e^{−B} is 0.01 and the next term 0.4 % of the \
             first",
        ),
        Evidence::at_most(
            "two heaps: the cost of normal data with their moments over their own, at \
             most, of 4 times",
            largest(times.map(from_below)),
            1.0,
            never,
        ),
        Evidence::at_most(
            "two heaps: their cost over the bound, at most, of 4 times",
            largest(times.map(from_above)),
            1.0,
            never,
        ),
        Evidence::at_most(
            "bound against the mean cost of two starts at 4 times, relative",
            largest(times.map(from_starts)),
            1e-13,
            "rounding",
        ),
        Evidence::at_most(
            "a heap of deviation 0.01: its cost over the bound, at most, of 4 times",
            largest(times.map(point_above)),
            1.0,
            never,
        ),
        Evidence::at_most(
            "exploding noise, two heaps: their cost over ½ (m² + v)/σ²",
            drowned / allowed,
            1.0,
            never,
        ),
        Evidence::at_most(
            "mean and variance after the way back, error from 3 starts",
            largest([(0.4, 1.0), (0.7, 1.3), (1.0, 0.6)].map(back)),
            1e-12,
            "Runge–Kutta of order 4: rates below 5 in steps of 5e-4, (0.0025)⁴/120 = 3e-13, \
             and the rounding of 2000 steps",
        ),
        Evidence::at_most(
            "cost after the way back over that of the start, at most, of 3 ends",
            largest(ends.map(arrived)),
            1.0,
            "two laws that go the same way do not get further apart",
        ),
    ]
}

/// KL(p_T ‖ N(0, 1)) = ½ [m² e^{−B} + δ − ln(1 + δ)], δ = (v − 1) e^{−B}.
pub const PRIOR_MISMATCH: Claim = Claim::new(
    "rev-prior-mismatch",
    "a standard normal start costs what is left of the data's mean and variance at least, \
     and what is left of one start in the mean at most; on the way back the cost shrinks",
    |_| mismatch_check(SHOWN),
    &[
        Slip::new("a start that costs nothing", |_| {
            mismatch_check(Candidate { cost: |_, _, _| 0.0, ..SHOWN })
        }),
        Slip::new("a standard normal start under exploding noise", |_| {
            mismatch_check(Candidate { start: |_| 1.0, ..SHOWN })
        }),
        Slip::new("the cost of normal data for that of all", |_| {
            mismatch_check(Candidate { bound: SHOWN.cost, ..SHOWN })
        }),
        Slip::new("a bound without the mean", |_| {
            let bound = |vp: &VariancePreserving, t: f64, (_, v): (f64, f64)| {
                start_bound(vp, t, (0.0, v), 1.0)
            };
            mismatch_check(Candidate { bound, ..SHOWN })
        }),
        Slip::new("a way back that forgets its start", |_| {
            mismatch_check(Candidate { returned: |_, _, data, _| data, ..SHOWN })
        }),
    ],
);
