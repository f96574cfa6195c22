//! The law through which nothing flows.

use super::{cloud, distribution, places, through, worst};
use crate::operators::{Diffusion, Smooth};
use crate::zero_flux::ZeroFlux;
use ch01_flows::fields::Number;
use ch01_flows::quadrature::GaussLegendre;
use dynamics::{Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SMatrix, SVector};

/// f = 0.7x − 1.1x³, g² = 0.6 + 0.9x²: noise that grows away from the middle.
#[derive(Clone, Copy)]
struct Uneven;

impl Diffusion<1> for Uneven {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        x.map(|x| x * 0.7 - x * x * x * 1.1)
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        SMatrix::<T, 1, 1>::new(x[0] * x[0] * 0.9 + 0.6)
    }
}

/// With s = x² the exponent is ∫ (0.7 − 1.1 s)/(0.6 + 0.9 s) ds.
fn closed(x: f64) -> f64 {
    let (s, power) = (x * x, (0.7 + 1.1 * 0.6 / 0.9) / 0.9);
    (1.0 + 1.5 * s).powf(power - 1.0) * (-1.1 / 0.9 * s).exp()
}

fn rule() -> GaussLegendre {
    GaussLegendre::new(40)
}

/// The formula as the page has it.
fn shown() -> ZeroFlux<Uneven> {
    ZeroFlux { diffusion: Uneven, from: 0.4, rule: rule() }
}

fn check(candidate: &impl Smooth<1>, seed: u64) -> Vec<Evidence> {
    let places = places::<1>(60, 2.4, seed, "zero flux");
    let at = |x: f64| candidate.at(0.0, &Point::<1>::new(x));
    let ratio = |x: f64| at(x) / at(0.0) / closed(x) - 1.0;
    let places_of_ratio = places.iter().map(|x| ratio(x[0]).abs());
    let grid = TimeGrid::new(0.0, 5.0, 500);
    let start = Point::<1>::new(0.7);
    let ends = cloud(Uneven, grid, start, 4000, Stream::new(seed, "uneven noise"));
    let ends: Vec<f64> = ends.iter().map(|x| x[0]).collect();
    vec![
        Evidence::at_most(
            "flux at 60 places over what the drift carries",
            through(&Uneven, candidate, &places),
            1e-13,
            "rounding: integrals of 40 terms in an exponent up to 7",
        )
        .sampled(60, seed),
        Evidence::at_most(
            "relative error against the closed form there",
            worst(places_of_ratio),
            1e-12,
            "rounding of two exponents up to 7, and of a power",
        )
        .sampled(60, seed),
        Evidence::law(
            "4000 particles from one place at t = 5",
            &ends,
            distribution(at, -5.0, 5.0),
            seed,
        ),
    ]
}

/// The formula without g⁻² in front.
struct NoPrefactor;

impl Smooth<1> for NoPrefactor {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        shown().at(t, x) * Uneven.covariance_rate(t, x)[0]
    }
}

/// [`Uneven`] with the drift, and the root of the noise, multiplied.
struct Altered {
    drift: f64,
    rooted: bool,
}

impl Diffusion<1> for Altered {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        Uneven.drift(t, x).map(|f| f * self.drift)
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        let a = Uneven.covariance_rate(t, x);
        if self.rooted { a.map(|a| a.sqrt()) } else { a }
    }
}

fn altered(drift: f64, rooted: bool) -> ZeroFlux<Altered> {
    ZeroFlux { diffusion: Altered { drift, rooted }, from: 0.4, rule: rule() }
}

/// p ∝ g⁻² exp ∫ 2f/g².
pub const ZERO_FLUX: Claim = Claim::new(
    "fpk-stationary-zero-flux",
    "on the line the law through which nothing flows is read off from drift and noise, \
     and particles settle in it",
    |seed| check(&shown(), seed),
    &[
        Slip::new("no factor before the exponential", |seed| check(&NoPrefactor, seed)),
        Slip::new("the exponent without its 2", |seed| check(&altered(0.5, false), seed)),
        Slip::new("g for its square", |seed| check(&altered(1.0, true), seed)),
    ],
);
