//! Claims on ways back with less noise, and with none.

mod family;
mod forgetting;

pub use family::LAMBDA_FAMILY;
pub use forgetting::FORGETTING;

use super::backwards::PRICES;
use crate::flow::{ProbabilityFlow, flow_drift};
use crate::noising::Noising;
use crate::problem::{SCHEDULE, two_heaps};
use crate::reverse::reverse_drift;
use crate::sampler::way_back;
use crate::ways_back::flow;
use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use ch01_flows::{Rk4, integrate};
use ch03_fokker_planck::{Diffusion, Smooth, fokker_planck};
use dynamics::{Point, Stream, VectorField};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SMatrix, SVector};
use rand::RngExt;
use statrs::distribution::{ContinuousCDF, Normal};

const DERIVATIVES: &str =
    "rounding: derivatives are exact, carried by dual numbers through exponentials";

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// The residual of a balance for the heaps at (t, x), over g² p. Drift and score of the
/// flow nearly cancel where the law is nearly normal, so its own terms are no measure.
fn over_noise(balance: Balance, t: f64, x: &Point<1>) -> f64 {
    let density = two_heaps(SCHEDULE).log_density(t, x).exp();
    balance.residual.abs() / (SCHEDULE.beta.at(t) * density)
}

/// What might carry the law without noise.
#[derive(Clone, Copy)]
enum Change {
    /// The very one.
    Shown,
    /// The drift of the reverse SDE.
    Whole,
    /// The score with the other sign.
    Added,
    /// The drift of the SDE.
    None,
}

/// A diffusion without noise.
struct Tried<P, L> {
    process: P,
    law: L,
    change: Change,
}

impl<P: Diffusion<D>, L: Smooth<D>, const D: usize> Diffusion<D> for Tried<P, L> {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        let forward = self.process.drift(t, x);
        let shown = flow_drift(&self.process, &self.law, t, x);
        match self.change {
            Change::Shown => shown,
            Change::Whole => reverse_drift(&self.process, &self.law, t, x),
            Change::Added => forward * T::from(2.0) - shown,
            Change::None => forward,
        }
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, D>) -> SMatrix<T, D, D> {
        SMatrix::from_element(T::from(0.0))
    }
}

fn flow_check(seed: u64, change: Change) -> Vec<Evidence> {
    let mut draws = Stream::new(seed, "probability flow").generator();
    let law = two_heaps(SCHEDULE);
    let heaps =
        Tried { process: Noising { schedule: SCHEDULE }, law: law.clone(), change };
    let prices = Tried { process: PRICES, law: PRICES, change };
    let field = ProbabilityFlow { schedule: SCHEDULE, score: law.clone() };
    let error = |_| {
        let (t, x) = (draws.random_range(0.02..0.7), draws.random_range(-2.0..2.0));
        let place = Point::<1>::new(x);
        let pair = Point::<2>::from_fn(|_, _| draws.random_range(0.5..2.0));
        let (found, general) = (field.velocity(t, &place), heaps.drift(t, &place));
        [
            over_noise(fokker_planck(&heaps, &law, t, &place), t, &place),
            fokker_planck(&prices, &PRICES, t + 0.1, &pair).relative(),
            (found - general).norm() / (1.0 + general.norm()),
        ]
    };
    let errors: Vec<[f64; 3]> = (0..50).map(error).collect();
    let [of_heaps, of_prices, of_field] =
        [0, 1, 2].map(|i| largest(errors.iter().map(|error| error[i])));
    let residual = "largest residual of 50 of the continuity equation";
    vec![
        Evidence::at_most(
            format!("{residual}, two heaps, over g² p"),
            of_heaps,
            1e-11,
            DERIVATIVES,
        )
        .sampled(50, seed),
        Evidence::at_most(
            format!("{residual}, two prices, over its largest term"),
            of_prices,
            1e-12,
            DERIVATIVES,
        )
        .sampled(50, seed),
        Evidence::at_most(
            "the field by the score against the field by derivatives of the density",
            of_field,
            1e-12,
            "rounding",
        )
        .sampled(50, seed),
    ]
}

/// dZ/dt = f − ½ G Q Gᵀ ∇log p_t.
pub const PROBABILITY_FLOW: Claim = Claim::new(
    "rev-probability-flow",
    "a flow with half of the reverse drift's correction and no noise carries the law \
     through the same times",
    |seed| flow_check(seed, Change::Shown),
    &[
        Slip::new("the whole score", |seed| flow_check(seed, Change::Whole)),
        Slip::new("the score added", |seed| flow_check(seed, Change::Added)),
        Slip::new("the noise left out and nothing put for it", |seed| {
            flow_check(seed, Change::None)
        }),
    ],
);

/// Places at T with a twentieth of N(0, 1) between neighbours.
fn places() -> impl Iterator<Item = Point<1>> {
    let normal = Normal::standard();
    (1..20).map(move |k| Point::<1>::new(normal.inverse_cdf(0.05 * f64::from(k))))
}

/// How far the quantiles have moved after `n` steps from T to t_min.
fn moved(field: &impl VectorField<Point<1>>, n: usize) -> f64 {
    let (law, grid) = (two_heaps(SCHEDULE), way_back(&SCHEDULE, n));
    largest(places().map(|start| {
        let end = integrate(&Rk4, field, grid, start);
        (law.cdf(grid.end, end[0]) - law.cdf(grid.start, start[0])).abs()
    }))
}

fn quantile_check(field: impl VectorField<Point<1>>) -> Vec<Evidence> {
    let errors: Vec<_> = [50, 100, 200, 400]
        .map(|n| (1.0 / f64::from(n), moved(&field, n as usize)))
        .into();
    vec![
        Evidence::at_most(
            "largest change of 19 quantiles from T to t_min, 100 steps",
            errors[1].1,
            1e-6,
            "order 4, held beside this; 1e-6 leaves room for thirty times its constant, and \
             the nearest wrong drift moves a quantile by tenths",
        ),
        Evidence::order(
            "50 to 400 steps of Runge and Kutta",
            slope(&errors),
            4.0,
            0.2,
            "order 4; at 50 steps the next term is a tenth of the first",
        ),
    ]
}

/// F_t(Z_t) is constant.
pub const PF_QUANTILE: Claim = Claim::new(
    "rev-pf-quantile",
    "on the line the probability flow leaves to its left, at every time, the same share \
     of the law",
    |_| quantile_check(flow()),
    &[
        Slip::new("the reverse drift without noise", |_| {
            let flow = flow();
            quantile_check(|t: f64, x: &Point<1>| {
                flow.velocity(t, x) - flow.score.score(t, x) * (0.5 * SCHEDULE.beta.at(t))
            })
        }),
        Slip::new("the score of the data at all times", |_| {
            let law = two_heaps(SCHEDULE);
            let score = |_: f64, x: &Point<1>| law.score(1e-3, x);
            quantile_check(ProbabilityFlow { schedule: SCHEDULE, score })
        }),
        Slip::new("every place kept where it is", |_| {
            quantile_check(|_: f64, _: &Point<1>| Point::<1>::zeros())
        }),
    ],
);
