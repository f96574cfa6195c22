//! A density at each time.

use super::largest;
use crate::far_start::{FarStart, HEAPS, PROCESS, particles};
use crate::operators::Smooth;
use crate::weak_form::average;
use ch01_flows::fields::Number;
use ch01_flows::quadrature::GaussLegendre;
use dynamics::TimeGrid;
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;

/// The line, as far as anybody gets.
const RANGE: (f64, f64) = (-9.0, 9.0);
/// The times that are covered in the double integral.
const COVERED: (f64, f64) = (0.3, 3.3);

/// What is taken for the density at time t.
#[derive(Clone, Copy, Debug)]
enum Read {
    /// The density of X_t.
    AtOneTime,
    /// A density of place and time together.
    InPlaceAndTime,
    /// The peak of the first heap at time 0 kept for the normaliser.
    OldPeak,
    /// The density at the start.
    Start,
}

impl Smooth<1> for Read {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        let p = FarStart.at(t, x);
        match self {
            Self::AtOneTime => p,
            Self::InPlaceAndTime => p / (COVERED.1 - COVERED.0),
            Self::OldPeak => {
                let decay = (-t * (2.0 * PROCESS.rate)).exp();
                let rest = PROCESS.diffusion.powi(2) / (2.0 * PROCESS.rate);
                let first = HEAPS[0].2.powi(2);
                p * ((decay * (first - rest) + rest) / first).sqrt()
            }
            Self::Start => FarStart.at(T::from(0.0), x),
        }
    }
}

fn check(read: Read, seed: u64) -> Vec<Evidence> {
    let mass = [0.0, 0.2, 0.7, 1.9, 6.0]
        .map(|t| (average(&read, |_| 1.0, t, RANGE) - 1.0).abs());
    let (k, c, t) = (1.3_f64, 0.4_f64, 0.6);
    let cosine = average(&read, |x| (k * x + c).cos(), t, RANGE);
    let total = GaussLegendre::new(20).integral(
        |t: f64| average(&read, |_| 1.0, t, RANGE),
        COVERED.0,
        COVERED.1,
    );
    let square = average(&read, |x| x * x, t, RANGE);
    let ends = particles(20_000, TimeGrid::new(0.0, t, 120), seed);
    let squares: Vec<f64> = ends.iter().map(|path| path[120].powi(2)).collect();
    vec![
        Evidence::at_most(
            "mass at five times from 0 to 6, largest distance from 1",
            largest(mass),
            1e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of a sum of at most 1",
        ),
        Evidence::at_most(
            "integral over the line and three units of time, distance from 3",
            (total - (COVERED.1 - COVERED.0)).abs(),
            3e-12,
            "rounding: three times as much as a mass of 1",
        ),
        Evidence::at_most(
            "mean of cos(1.3x + 0.4) against the characteristic function",
            (cosine - FarStart.mean_cosine(t, k, c)).abs(),
            1e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of a sum of at most 1",
        ),
        Evidence::mean(
            "mean square of 20 000 particles against the integral",
            &squares,
            square,
            seed,
        ),
    ]
}

/// ∫ p_t dx = 1 at each t, E h(X_t) = ∫ h p_t dx.
pub const NORMALISATION: Claim = Claim::new(
    "fpk-normalisation",
    "at each time the density integrates to one over places, and averages are integrals \
     against it",
    |seed| check(Read::AtOneTime, seed),
    &[
        Slip::printed("a density of place and time together", "E003-25", |seed| {
            check(Read::InPlaceAndTime, seed)
        }),
        Slip::new("the normaliser of another time", |seed| check(Read::OldPeak, seed)),
        Slip::new("the density of the start", |seed| check(Read::Start, seed)),
    ],
);
