//! Claims on the other schedules, and on what a start from a normal law costs.

mod cosine;
mod exploding;
mod prior;
mod sub;

pub use cosine::COSINE;
pub use exploding::{VE_RESCALED, VE_SDE};
pub use prior::PRIOR_MISMATCH;
pub use sub::{SUBVP_BOUND, SUBVP_SDE, SUBVP_TRANSITION};

use crate::between::between;
use crate::kernel::{moments, transition};
use crate::noising::Noising;
use crate::schedules::{Beta, Interval, NoiseSchedule, VariancePreserving};
use ch01_flows::fields::Number;
use ch01_flows::{Rk4, integrate};
use ch03_fokker_planck::{Smooth, fokker_planck};
use dynamics::{Point, Stream, TimeGrid};
use evidence::Evidence;
use nalgebra::{SVector, Vector2};
use rand::RngExt;

const UNIT: Interval = Interval { start: 1e-3, end: 1.0 };
/// No constant of it is 1.
const BETA: Beta = Beta { start: 0.3, end: 4.0 };
const VP: VariancePreserving = VariancePreserving { beta: BETA, interval: UNIT };
/// Mean and variance of normal data.
const DATA: (f64, f64) = (0.7, 0.4);
const START: Point<2> = Vector2::new(0.8, -0.5);

/// The kernel of a schedule from one start, as a function of time and place.
struct Kernel<S>(S);

impl<S: NoiseSchedule> Smooth<2> for Kernel<S> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        transition(&self.0, t, x, &START)
    }
}

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// The kernel in its equation.
fn equation(seed: u64, schedule: impl NoiseSchedule + Copy) -> Evidence {
    let mut draws = Stream::new(seed, "other schedules").generator();
    let end = schedule.interval().end;
    let residual = |_| {
        let t = draws.random_range(0.05 * end..end);
        let (alpha, sigma): (f64, f64) = (schedule.alpha(t), schedule.sigma(t));
        let around = Point::<2>::from_fn(|_, _| draws.random_range(-1.5..1.5));
        let x = START * alpha + around * sigma;
        fokker_planck(&Noising { schedule }, &Kernel(schedule), t, &x).relative()
    };
    Evidence::at_most(
        "residual of the equation in the plane over its largest term, at 30 places",
        largest((0..30).map(residual)),
        1e-12,
        "rounding: derivatives are exact, carried by dual numbers",
    )
    .sampled(30, seed)
}

/// α(0) = 1 and σ(0) = 0.
fn beginning(schedule: &impl NoiseSchedule) -> Evidence {
    let (alpha, sigma): (f64, f64) = (schedule.alpha(0.0), schedule.sigma(0.0));
    Evidence::at_most(
        "distance of α(0) from 1 and of σ(0) from 0",
        (alpha - 1.0).abs() + sigma,
        0.0,
        "exactly",
    )
}

/// Mean and variance, against what drift and noise make of those of the data.
fn followed(schedule: &impl NoiseSchedule) -> Evidence {
    let end = 0.9 * schedule.interval().end;
    let field = |t: f64, (m, v): &(f64, f64)| {
        let (a, g2) = (schedule.rate(t), schedule.noise_rate(t));
        (a * m, 2.0 * a * v + g2)
    };
    let (mean, variance) = integrate(&Rk4, &field, TimeGrid::new(0.0, end, 2000), DATA);
    let found = moments(schedule, end, DATA);
    Evidence::at_most(
        "error of mean and variance, over the variance",
        ((found.0 - mean).abs() + (found.1 - variance).abs()) / variance,
        2e-12,
        "Runge–Kutta of order 4 in 2000 steps. For noise alone it is Simpson's rule, with \
         a rate of 12 an error of (12/2200)⁴/2880 = 3e-13; and the rounding of the steps",
    )
}

/// Six exact steps over uneven lengths, against one.
fn in_steps(seed: u64, schedule: &impl NoiseSchedule) -> Evidence {
    let mut draws = Stream::new(seed, "uneven steps").generator();
    let end = schedule.interval().end;
    let mut times: Vec<f64> = (0..5).map(|_| draws.random_range(0.0..end)).collect();
    times.extend([0.0, end]);
    times.sort_by(f64::total_cmp);
    let links = times.windows(2).map(|pair| between(schedule, pair[0], pair[1]));
    let (mean, variance) = links.fold(DATA, |moments, link| link.moments(moments));
    let found = moments(schedule, end, DATA);
    Evidence::at_most(
        "mean and variance in six exact steps of uneven lengths, over the variance",
        ((found.0 - mean).abs() + (found.1 - variance).abs()) / variance,
        1e-14,
        "rounding of six steps",
    )
    .sampled(5, seed)
}
