//! The cosine schedule.

use super::{beginning, equation, followed, in_steps, largest};
use crate::between::between;
use crate::schedules::{Cosine, Interval, NoiseSchedule};
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use evidence::{Claim, Evidence, Slip};
use std::f64::consts::FRAC_PI_2;

const SHOWN: Cosine =
    Cosine { offset: 0.008, interval: Interval { start: 1e-3, end: 0.98 } };

/// What might be α, σ and β.
#[derive(Clone, Copy)]
enum Candidate {
    /// Those of the page.
    Shown,
    /// α = cos φ.
    NotDivided,
    /// α = cos² φ / cos² φ₀.
    Squared,
    /// β = −a.
    HalfRate,
    /// σ² = 1 − α² as it stands, where both are nearly equal too.
    Cancelled,
}

impl NoiseSchedule for Candidate {
    fn interval(&self) -> Interval {
        SHOWN.interval
    }

    fn alpha<T: Number>(&self, t: T) -> T {
        let alpha = SHOWN.alpha(t);
        match self {
            Self::NotDivided => alpha * (FRAC_PI_2 * 0.008 / 1.008).cos(),
            Self::Squared => alpha * alpha,
            Self::Shown | Self::HalfRate | Self::Cancelled => alpha,
        }
    }

    fn sigma<T: Number>(&self, t: T) -> T {
        match self {
            Self::Squared | Self::Cancelled => (-self.alpha(t).powi(2) + 1.0).sqrt(),
            Self::Shown | Self::NotDivided | Self::HalfRate => SHOWN.sigma(t),
        }
    }

    fn rate<T: Number>(&self, t: T) -> T {
        SHOWN.rate(t)
    }

    fn noise_rate<T: Number>(&self, t: T) -> T {
        match self {
            Self::HalfRate => SHOWN.noise_rate(t) * 0.5,
            _ => SHOWN.noise_rate(t),
        }
    }
}

fn cosine_check(seed: u64, schedule: Candidate) -> Vec<Evidence> {
    let circle = [0.02, 0.2, 0.5, 0.9].map(|t: f64| {
        let (alpha, sigma): (f64, f64) = (schedule.alpha(t), schedule.sigma(t));
        (alpha * alpha + sigma * sigma - 1.0).abs()
    });
    // The chain as it was published: shares of the noise that are renewed in 50 steps.
    let left = |t: f64| ((t + 0.008) / 1.008 * FRAC_PI_2).cos().powi(2);
    let share = |i: i32| {
        let (from, to) = (f64::from(i) / 50.0, f64::from(i + 1) / 50.0);
        let published = 1.0 - left(to) / left(from);
        (between(&schedule, from, to).variance - published).abs()
    };
    let shares = largest((0..49).map(share));
    // What is left of β (1 − t)/2 − 1 near the end.
    let end: Vec<_> = [0.1, 0.07, 0.05, 0.03, 0.02]
        .map(|rest: f64| {
            let beta: f64 = schedule.noise_rate(1.0 - rest);
            (rest, (0.5 * beta * rest - 1.0).abs())
        })
        .to_vec();
    let (angle, early): (f64, f64) = (FRAC_PI_2 * 0.008 / 1.008, 1e-12);
    let first = 2.0 * angle.tan() * FRAC_PI_2 / 1.008 * early;
    let small: f64 = schedule.sigma(early);
    vec![
        equation(seed, schedule),
        beginning(&schedule),
        followed(&schedule),
        in_steps(seed, &schedule),
        Evidence::at_most(
            "distance of α² + σ² from 1 at 4 times",
            largest(circle),
            4e-15,
            "rounding of two squares and of a product of sines",
        ),
        Evidence::at_most(
            "renewed shares of 49 of 50 steps against those published",
            shares,
            5e-14,
            "rounding of an angle near ½ π, over its distance 0.03 from there",
        ),
        Evidence::order(
            "distance of ½ β (1 − t) from 1 as a power of 1 − t",
            slope(&end),
            2.0,
            0.02,
            "tan is odd: order 2, and the next term is less than a percent of the first",
        ),
        Evidence::at_most(
            "σ² at t = 1e-12 against 2 tan φ₀ times the angle since, relative",
            (small * small / first - 1.0).abs(),
            1e-9,
            "the next term is the angle over tan 2φ₀, 6e-11",
        ),
    ]
}

/// α = cos φ / cos φ₀, σ² = 1 − α², β = π/(1 + s) tan φ.
pub const COSINE: Claim = Claim::new(
    "rev-cosine",
    "the cosine schedule keeps unit variance, is the chain that was published, and its \
     rate grows without bound where nothing is left of the data",
    |seed| cosine_check(seed, Candidate::Shown),
    &[
        Slip::new("the cosine squared for the factor", |seed| {
            cosine_check(seed, Candidate::Squared)
        }),
        Slip::new("the cosine not divided by its start", |seed| {
            cosine_check(seed, Candidate::NotDivided)
        }),
        Slip::new("half the rate", |seed| cosine_check(seed, Candidate::HalfRate)),
        Slip::new("one less the square, rounded away", |seed| {
            cosine_check(seed, Candidate::Cancelled)
        }),
    ],
);
