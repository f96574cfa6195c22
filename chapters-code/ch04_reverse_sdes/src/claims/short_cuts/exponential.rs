//! The step that mixes data and noise anew.

use super::largest;
use crate::exponential_step::exponential_step;
use crate::noising::Backward;
use crate::race::{Law, heaps};
use crate::schedules::{
    Beta, Cosine, Interval, NoiseSchedule, SubVariancePreserving, VarianceExploding,
    VariancePreserving,
};
use ch01_flows::orders::slope;
use ch01_flows::{Rk4, integrate};
use dynamics::{Increment, Point, Sde, Stream, TimeGrid, VectorField};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Vector2;
use num_dual::Dual64;
use rand::RngExt;

const INTERVAL: Interval = Interval { start: 1e-3, end: 0.9 };
const BETA: Beta = Beta { start: 0.3, end: 4.0 };
const DATA: Point<2> = Vector2::new(0.8, -0.5);

/// What might become of a step.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    Shown,
    /// σ(t) in place of σ(u).
    OldNoise,
    /// The score with the opposite sign, taken for the noise.
    NotScaled,
    /// The whole score of the reverse SDE, and no noise.
    Twice,
    /// The place taken for the data.
    PlaceForData,
}

impl Change {
    fn step<X: Increment>(
        self,
        schedule: &impl NoiseSchedule,
        score: &impl VectorField<X>,
        (t, u): (f64, f64),
        x: &X,
    ) -> X {
        let right = exponential_step(schedule, score, (t, u), x);
        let (alpha, sigma): (f64, f64) = (schedule.alpha(t), schedule.sigma(t));
        let (alpha_u, sigma_u): (f64, f64) = (schedule.alpha(u), schedule.sigma(u));
        let s = score.velocity(t, x);
        let faded = X::zero().plus(alpha_u / alpha, x);
        match self {
            Self::Shown => right,
            Self::OldNoise => right.plus(sigma * (sigma_u - sigma), &s),
            // By the formula with ε̂ = −s.
            Self::NotScaled => faded.plus(alpha_u * sigma / alpha - sigma_u, &s),
            Self::Twice => right.plus(1.0, &right).plus(-1.0, &faded),
            Self::PlaceForData => X::zero().plus(alpha_u, x).plus(-sigma * sigma_u, &s),
        }
    }

    /// d(x/α)/dt along the flow by the score alone, −½ g² s/α, against ε̂ d(σ/α)/dt.
    fn residual(self, schedule: &(impl NoiseSchedule + Copy), t: f64, s: f64) -> f64 {
        let dual = Dual64::new(t, 1.0);
        let ratio = schedule.sigma(dual) / schedule.alpha(dual);
        let (alpha, sigma): (f64, f64) = (schedule.alpha(t), schedule.sigma(t));
        let noise = if self == Self::NotScaled { -s } else { -sigma * s };
        let times = if self == Self::Twice { 2.0 } else { 1.0 };
        // The flow is `Backward` with λ = 0: only the part with the score is left.
        let back = Backward { schedule: *schedule, score: (), lambda: 0.0 };
        let (_, of_score) = back.factors(schedule.interval().end - t);
        let moved = -of_score * s / alpha;
        (moved - times * noise * ratio.eps).abs() / moved.abs()
    }
}

/// Three uneven steps for data that are one point, in the plane.
fn one_point(schedule: &impl NoiseSchedule, change: Change, noise: Point<2>) -> f64 {
    let on = |t: f64| DATA * schedule.alpha(t) + noise * schedule.sigma(t);
    let score = |t: f64, x: &Point<2>| {
        let (alpha, sigma): (f64, f64) = (schedule.alpha(t), schedule.sigma(t));
        (DATA * alpha - x) / (sigma * sigma)
    };
    let times = [0.9, 0.5, 0.13, 0.01];
    let move_on =
        |x: Point<2>, pair: &[f64]| change.step(schedule, &score, (pair[0], pair[1]), &x);
    (times.windows(2).fold(on(0.9), move_on) - on(0.01)).norm()
}

/// Errors over [0.2, 0.6] for the two heaps, from one place.
fn errors(law: &Law, change: Change) -> Vec<(f64, f64)> {
    let back = Backward { schedule: law.schedule, score: law.clone(), lambda: 0.0 };
    let field = |tau: f64, y: &Point<1>| Sde::drift(&back, tau, y);
    let start = Point::<1>::new(0.7);
    let exact = integrate(&Rk4, &field, TimeGrid::new(0.4, 0.8, 2000), start);
    let error = |n: usize| {
        let grid = TimeGrid::new(0.6, 0.2, n);
        let end = (0..n).fold(start, |x, i| {
            change.step(&law.schedule, law, (grid.time(i), grid.time(i + 1)), &x)
        });
        (-grid.h(), (end - exact).norm())
    };
    [64, 128, 256, 512].map(error).to_vec()
}

fn check(seed: u64, change: Change) -> Vec<Evidence> {
    let vp = VariancePreserving { beta: BETA, interval: INTERVAL };
    let sub = SubVariancePreserving { beta: BETA, interval: INTERVAL };
    let ve = VarianceExploding { sigma_min: 0.02, sigma_max: 6.0, interval: INTERVAL };
    let cosine = Cosine { offset: 0.008, interval: INTERVAL };
    let mut draws = Stream::new(seed, "exponential step").generator();
    let mut equation: Vec<f64> = vec![];
    for _ in 0..8 {
        let (t, s) = (draws.random_range(0.02..0.88), draws.random_range(-3.0..-0.5));
        equation.push(change.residual(&vp, t, s));
        equation.push(change.residual(&sub, t, s));
        equation.push(change.residual(&ve, t, s));
        equation.push(change.residual(&cosine, t, s));
    }
    let noise = Point::<2>::from_fn(|_, _| draws.random_range(0.4..1.2));
    let point = [
        one_point(&vp, change, noise),
        one_point(&sub, change, noise),
        one_point(&ve, change, noise),
        one_point(&cosine, change, noise),
    ];
    let rows = errors(&heaps(1.0), change);
    vec![
        Evidence::at_most(
            "relative difference of the two sides of the equation, 4 schedules, 8 places",
            largest(equation),
            1e-12,
            "rounding; the derivative is exact, carried by dual numbers",
        )
        .sampled(32, seed),
        Evidence::at_most(
            "data of one point in the plane: error after 3 uneven steps, 4 schedules",
            largest(point),
            1e-12,
            "rounding, in scores that multiply it by 1/σ² = 740 at most",
        )
        .sampled(4, seed),
        Evidence::order(
            "error for two heaps against the step",
            slope(&rows),
            1.0,
            0.05,
            "order 1; the next term is of relative size 0.01 here",
        ),
    ]
}

/// d(X/α) = ε̂ d(σ/α), and X_u = α(u) x̂₀ + σ(u) ε̂.
pub const EXPONENTIAL_STEP: Claim = Claim::new(
    "rev-exponential-step",
    "seen as a share of the data's size, a place of the flow moves with the guessed \
     noise alone; held fixed over a step it gives a step of order one, exact if the \
     data are one point",
    |seed| check(seed, Change::Shown),
    &[
        Slip::new("the noise level of the old time", |seed| {
            check(seed, Change::OldNoise)
        }),
        Slip::new("the score not scaled to a noise", |seed| {
            check(seed, Change::NotScaled)
        }),
        Slip::new("the score of the reverse SDE, without noise", |seed| {
            check(seed, Change::Twice)
        }),
        Slip::new("the place taken for the data", |seed| {
            check(seed, Change::PlaceForData)
        }),
    ],
);
