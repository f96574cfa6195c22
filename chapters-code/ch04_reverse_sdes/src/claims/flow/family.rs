//! Any amount of noise on the way back.

use super::{DERIVATIVES, largest, over_noise};
use crate::noised::Noised;
use crate::noising::Backward;
use crate::problem::{SCHEDULE, two_heaps};
use crate::reverse::Turned;
use crate::schedules::VariancePreserving;
use crate::ways_back::{backward, ends, starts, stochastic};
use ch01_flows::fields::Number;
use ch03_fokker_planck::{Diffusion, fokker_planck};
use dynamics::{Point, Sde, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SMatrix, SVector};
use rand::RngExt;

/// One member of the family for the drift and one for the noise.
struct Tried {
    drift: Backward<VariancePreserving, Noised<VariancePreserving, 1>>,
    noise: Backward<VariancePreserving, Noised<VariancePreserving, 1>>,
}

impl Diffusion<1> for Tried {
    fn drift<T: Number>(&self, tau: T, y: &SVector<T, 1>) -> SVector<T, 1> {
        Diffusion::drift(&self.drift, tau, y)
    }

    fn covariance_rate<T: Number>(&self, tau: T, y: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        self.noise.covariance_rate(tau, y)
    }
}

impl Sde<Point<1>> for Tried {
    fn drift(&self, tau: f64, y: &Point<1>) -> Point<1> {
        Sde::drift(&self.drift, tau, y)
    }

    fn noise(&self, tau: f64, y: &Point<1>, dw: &Point<1>) -> Point<1> {
        self.noise.noise(tau, y, dw)
    }
}

/// Which λ the drift takes and which the noise.
type Split = fn(f64) -> (f64, f64);

fn tried(split: Split, lambda: f64) -> Tried {
    let (drift, noise) = split(lambda);
    Tried { drift: backward(drift), noise: backward(noise) }
}

fn check(seed: u64, split: Split) -> Vec<Evidence> {
    let law = Turned { law: two_heaps(SCHEDULE), end: 1.0 };
    let mut draws = Stream::new(seed, "family").generator();
    let mut all: Vec<_> = [0.0, 0.5, 1.0, 2.0]
        .map(|lambda| {
            let member = tried(split, lambda);
            let residual = |_| {
                let tau = draws.random_range(0.3..0.98);
                let place = Point::<1>::new(draws.random_range(-2.0..2.0));
                over_noise(fokker_planck(&member, &law, tau, &place), 1.0 - tau, &place)
            };
            let error = largest((0..30).map(residual));
            let what = format!("largest residual of 30 over g² p, λ = {lambda}");
            Evidence::at_most(what, error, 1e-11, DERIVATIVES).sampled(30, seed)
        })
        .into();
    let paths = stochastic(&tried(split, 0.5), &starts(2000, seed), 200, seed);
    let law = two_heaps(SCHEDULE);
    let what = "2000 particles, 200 steps, λ = 0.5";
    let places = if paths.is_empty() { vec![f64::NAN] } else { ends(&paths) };
    all.push(Evidence::law(what, &places, |x| law.cdf(1e-3, x), seed));
    all
}

/// dX = [f − ½ (1 + λ²) g² ∇log p] dt + λ g dW̄.
pub const LAMBDA_FAMILY: Claim = Claim::new(
    "rev-lambda-family",
    "whatever the strength of the noise on the way back, one correction of the drift keeps \
     the laws as they were",
    |seed| check(seed, |lambda| (lambda, lambda)),
    &[
        // (1 + d²)/2 with d² = λ.
        Slip::new("lambda for its square in the drift", |seed| {
            check(seed, |lambda| (lambda.sqrt(), lambda))
        }),
        Slip::new("the square of lambda before the noise", |seed| {
            check(seed, |lambda| (lambda, lambda * lambda))
        }),
        Slip::new("the whole score for every lambda", |seed| {
            check(seed, |lambda| (1.0, lambda))
        }),
    ],
);
