//! Claims on the reverse SDE.

mod backward_noise;
mod step;

pub use backward_noise::BACKWARD_BROWNIAN;
pub use step::EM_STEP;

use crate::noised::Noised;
use crate::noising::Backward;
use crate::problem::{SCHEDULE, two_heaps};
use crate::reverse::{Reversed, Turned};
use crate::schedules::{NoiseSchedule, VariancePreserving};
use ch01_flows::fields::Number;
use ch02_brownian_motion::{EulerMaruyama, simulate};
use ch03_fokker_planck::{Diffusion, Smooth, fokker_planck};
use dynamics::{Increment, Point, Sde, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, SMatrix, SVector};
use rand::RngExt;
use std::f64::consts::TAU;

const STEPS: usize = 400;
const DERIVATIVES: &str =
    "rounding: derivatives are exact, carried by dual numbers through exponentials";

/// What might run back from noise to the two heaps.
#[derive(Clone, Copy)]
enum Change {
    /// The very one.
    Shown,
    /// Half of the score.
    Half,
    /// The score with the other sign.
    Subtracted,
    /// The drift added in each step, and not h times the drift.
    NotTimesStep,
    /// The noise left out.
    NoNoise,
}

struct Tried {
    shown: Backward<VariancePreserving, Noised<VariancePreserving, 1>>,
    change: Change,
}

impl Tried {
    fn new(change: Change) -> Self {
        let shown =
            Backward { schedule: SCHEDULE, score: two_heaps(SCHEDULE), lambda: 1.0 };
        Self { shown, change }
    }
}

impl Diffusion<1> for Tried {
    fn drift<T: Number>(&self, tau: T, y: &SVector<T, 1>) -> SVector<T, 1> {
        let right = Diffusion::drift(&self.shown, tau, y);
        let of_place = y * self.shown.factors(tau).0;
        match self.change {
            Change::Half => (right + of_place) * T::from(0.5),
            Change::Subtracted => of_place * T::from(2.0) - right,
            Change::NotTimesStep => right * T::from(STEPS as f64),
            Change::Shown | Change::NoNoise => right,
        }
    }

    fn covariance_rate<T: Number>(&self, tau: T, y: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        let a = self.shown.covariance_rate(tau, y);
        let quiet = matches!(self.change, Change::NoNoise);
        a * T::from(if quiet { 0.0 } else { 1.0 })
    }
}

impl Sde<Point<1>> for Tried {
    fn drift(&self, tau: f64, y: &Point<1>) -> Point<1> {
        Diffusion::drift(self, tau, y)
    }

    fn noise(&self, tau: f64, y: &Point<1>, dw: &Point<1>) -> Point<1> {
        let quiet = matches!(self.change, Change::NoNoise);
        self.shown.noise(tau, y, dw) * if quiet { 0.0 } else { 1.0 }
    }
}

/// Logarithms of two prices: a drift of their own, and noise that is correlated.
#[derive(Clone, Copy)]
struct Logs;

const MOVE: [f64; 2] = [0.12, -0.32];
const NOISE: Matrix2<f64> = Matrix2::new(0.36, 0.12, 0.12, 0.25);

impl Diffusion<2> for Logs {
    fn drift<T: Number>(&self, _t: T, _x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::<T, 2>::from_fn(|i, _| T::from(MOVE[i]))
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        NOISE.map(T::from)
    }
}

/// N((0.2, −0.1) + t MOVE, S + t NOISE).
impl Smooth<2> for Logs {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        let s = |i, j| t * NOISE[(i, j)] + [[0.3, -0.1], [-0.1, 0.2]][i][j];
        let d = |i: usize| x[i] - t * MOVE[i] - [0.2, -0.1][i];
        let det = s(0, 0) * s(1, 1) - s(0, 1) * s(0, 1);
        let square =
            d(0) * d(0) * s(1, 1) - d(0) * d(1) * s(0, 1) * 2.0 + d(1) * d(1) * s(0, 0);
        (-square / det * 0.5).exp() / (det.sqrt() * TAU)
    }
}

/// Logs, with its covariance rate taken for the identity on the way back.
#[derive(Clone, Copy)]
struct Independent;

impl Diffusion<2> for Independent {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        Logs.drift(t, x)
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        SMatrix::<T, 2, 2>::identity()
    }
}

/// The drift of one and the noise of another.
struct Mixed<P> {
    drift: P,
    noise: Reversed<Logs, Logs>,
}

impl<P: Diffusion<2>> Diffusion<2> for Mixed<P> {
    fn drift<T: Number>(&self, tau: T, y: &SVector<T, 2>) -> SVector<T, 2> {
        self.drift.drift(tau, y)
    }

    fn covariance_rate<T: Number>(&self, tau: T, y: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        self.noise.covariance_rate(tau, y)
    }
}

/// Not-a-number wins.
fn largest(errors: impl Iterator<Item = f64>) -> f64 {
    errors.fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// The law of the heaps must solve the equation of what runs back.
fn equation(seed: u64, change: Change) -> Evidence {
    let tried = Tried::new(change);
    let law = Turned { law: two_heaps(SCHEDULE), end: 1.0 };
    let mut draws = Stream::new(seed, "reverse equation").generator();
    let residual = |_| {
        let tau = draws.random_range(0.3..0.98);
        let place = Point::<1>::new(draws.random_range(-2.0..2.0));
        fokker_planck(&tried, &law, tau, &place).relative()
    };
    let error = largest((0..50).map(residual));
    let what = "largest residual of 50 over its largest term, two heaps";
    Evidence::at_most(what, error, 1e-11, DERIVATIVES).sampled(50, seed)
}

/// The same with two noises that are correlated.
fn correlated(seed: u64, process: impl Diffusion<2> + Copy) -> Evidence {
    let mut draws = Stream::new(seed, "correlated noise").generator();
    let residual = |_| {
        let (end, tau) = (draws.random_range(0.9..1.4), draws.random_range(0.1..0.7));
        let place = Point::<2>::from_fn(|_, _| draws.random_range(-1.0..1.0));
        let drift = Reversed { process, law: Logs, end };
        let mixed = Mixed { drift, noise: Reversed { process: Logs, law: Logs, end } };
        fokker_planck(&mixed, &Turned { law: Logs, end }, tau, &place).relative()
    };
    let error = largest((0..50).map(residual));
    let what = "largest residual of 50 over its largest term, two noises";
    Evidence::at_most(what, error, 1e-12, DERIVATIVES).sampled(50, seed)
}

/// Particles from the law of t = 1 back to t = 0.001, against the law there.
fn particles(seed: u64, change: Change) -> Evidence {
    let law = two_heaps(SCHEDULE);
    let mut draws = Stream::new(seed, "noised heaps").generator();
    let (alpha, sigma) = (SCHEDULE.alpha(1.0_f64), SCHEDULE.sigma(1.0_f64));
    let start = |_| {
        let noise = Point::<1>::draw(sigma, &mut draws);
        law.sample(&mut draws) * alpha + noise
    };
    let mut places: Vec<Point<1>> = (0..4000).map(start).collect();
    let (grid, noise) =
        (TimeGrid::new(0.0, 1.0 - 1e-3, STEPS), Stream::new(seed, "reverse SDE"));
    let run = simulate(&EulerMaruyama, &Tried::new(change), grid, noise, &mut places);
    let ends: Vec<f64> = match run {
        Ok(()) => places.iter().map(|x| x[0]).collect(),
        Err(_) => vec![f64::NAN; places.len()],
    };
    Evidence::law("4000 particles, 400 steps", &ends, |x| law.cdf(1e-3, x), seed)
}

fn check(seed: u64, change: Change) -> Vec<Evidence> {
    vec![equation(seed, change), correlated(seed, Logs), particles(seed, change)]
}

/// dX = [f − g² ∇log p] dt + g dW̄, dt < 0.
pub const SDE: Claim = Claim::new(
    "rev-sde",
    "with the score of the current law the reverse equation goes back through the very \
     laws through which the data became noise",
    |seed| check(seed, Change::Shown),
    &[
        Slip::new("half the score", |seed| check(seed, Change::Half)),
        Slip::new("the score with the other sign", |seed| {
            check(seed, Change::Subtracted)
        }),
        Slip::printed("the drift not times the step", "E003-10", |seed| {
            check(seed, Change::NotTimesStep)
        }),
        Slip::new("no noise", |seed| check(seed, Change::NoNoise)),
        Slip::new("the covariance of the noise dropped", |seed| {
            vec![correlated(seed, Independent)]
        }),
    ],
);
