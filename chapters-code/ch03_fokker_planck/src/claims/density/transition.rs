//! Two densities in closed form.

use super::largest;
use crate::operators::{Smooth, fokker_planck};
use crate::transition::{gbm_transition, normal, ou_transition};
use crate::weak_form::average;
use crate::where_g_stands_experiment::{GBM, START, prices};
use ch01_flows::fields::Number;
use ch02_brownian_motion::{
    EulerMaruyama, GeometricBrownian, OrnsteinUhlenbeck, simulate,
};
use dynamics::{Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;
use rand::RngExt;
use statrs::distribution::{ContinuousCDF, LogNormal, Normal};

const ROUNDING: &str = "rounding: derivatives are exact, and the exponent, up to 30, is \
                        known to 1e-15 of it";

/// A formula for the Ornstein–Uhlenbeck process from one place.
#[derive(Clone, Copy, Debug)]
enum OuForm {
    Shown,
    /// g²/θ for g²/(2θ).
    TwiceTheVariance,
    /// e^{−θt} in the variance.
    SlowVariance,
    /// The mean stays at x₀.
    MeanStays,
}

#[derive(Clone, Copy, Debug)]
struct OuCandidate {
    form: OuForm,
    ou: OrnsteinUhlenbeck,
    x0: f64,
}

impl Smooth<1> for OuCandidate {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        let (ou, x, x0) = (self.ou, x[0], T::from(self.x0));
        match self.form {
            OuForm::Shown => ou_transition(&ou, t, x, x0),
            OuForm::TwiceTheVariance => {
                let diffusion = ou.diffusion * 2.0_f64.sqrt();
                ou_transition(&OrnsteinUhlenbeck { diffusion, ..ou }, t, x, x0)
            }
            OuForm::SlowVariance => {
                let decay = (-t * ou.rate).exp();
                let rest = ou.diffusion.powi(2) / (2.0 * ou.rate);
                normal(x, x0 * decay, (-decay + 1.0) * rest)
            }
            OuForm::MeanStays => {
                let shift = x0 * (-(-t * ou.rate).exp() + 1.0);
                ou_transition(&ou, t, x - shift, x0)
            }
        }
    }
}

fn ornstein_uhlenbeck(form: OuForm, seed: u64) -> Vec<Evidence> {
    let ou = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.7 };
    let x0 = 1.7;
    let mut draws = Stream::new(seed, "Ornstein–Uhlenbeck density").generator();
    let mut residual = |ou: OrnsteinUhlenbeck| {
        let density = OuCandidate { form, ou, x0 };
        let mut one = || {
            let (t, x) = (draws.random_range(0.3..2.5), draws.random_range(-1.5..2.5));
            fokker_planck(&ou, &density, t, &Point::<1>::new(x)).relative()
        };
        largest((0..40).map(|_| one()))
    };
    let pulled = residual(ou);
    let pushed = residual(OrnsteinUhlenbeck { rate: -0.4, ..ou });
    let at = |ou: OrnsteinUhlenbeck, t: f64, x: f64| {
        OuCandidate { form, ou, x0 }.at(t, &Point::<1>::new(x))
    };
    // With θ = 1e-14 and with θ = 0 the spreading of free noise.
    let free = [1e-14, 0.0].map(|rate| {
        let (t, x) = (1.3, 0.9);
        let known = normal(x, x0, ou.diffusion.powi(2) * t);
        (at(OrnsteinUhlenbeck { rate, ..ou }, t, x) / known - 1.0).abs()
    });
    let late = [-0.9, 0.2, 1.1].map(|x| {
        let known = normal(x, 0.0, ou.diffusion.powi(2) / (2.0 * ou.rate));
        (at(ou, 60.0, x) / known - 1.0).abs()
    });
    let t = 0.9;
    let mut cloud = vec![x0; 5000];
    let (grid, stream) = (TimeGrid::new(0.0, t, 180), Stream::new(seed, "pulled"));
    simulate(&EulerMaruyama, &ou, grid, stream, &mut cloud)
        .expect("a pull towards 0 keeps particles finite");
    let (mean, variance) = moments(&OuCandidate { form, ou, x0 }, t, (-6.0, 8.0));
    let law = Normal::new(mean, variance.sqrt()).expect("a positive deviation");
    vec![
        Evidence::at_most(
            "residual of the equation over its largest term, 40 places",
            pulled,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "the same with θ = −0.4, a push away from 0",
            pushed,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "relative distance from free noise at θ = 1e-14 and at θ = 0",
            largest(free),
            1e-12,
            "the two differ by a few θt = 1.3e-14, and the exponent is known to 1e-15",
        ),
        Evidence::at_most(
            "relative distance from the law at rest at t = 60",
            largest(late),
            1e-12,
            "rounding: e^(−48) of the start is left, 1e-21",
        ),
        Evidence::law(
            "5000 particles at t = 0.9 by Euler and Maruyama's method",
            &cloud,
            |x| law.cdf(x),
            seed,
        ),
    ]
}

/// Mean and variance of a density on the line, by quadrature.
fn moments(density: &impl Smooth<1>, t: f64, range: (f64, f64)) -> (f64, f64) {
    let mean = average(density, |x| x, t, range);
    (mean, average(density, |x| (x - mean).powi(2), t, range))
}

/// p(x, t | x₀) = N(x; x₀ e^{−θt}, g² (1 − e^{−2θt})/(2θ)).
pub const OU_TRANSITION: Claim = Claim::new(
    "fpk-ou-transition",
    "a pulled particle is normal about its decayed start, with a variance that saturates \
     at twice the rate",
    |seed| ornstein_uhlenbeck(OuForm::Shown, seed),
    &[
        Slip::new("g²/θ for the variance at rest", |seed| {
            ornstein_uhlenbeck(OuForm::TwiceTheVariance, seed)
        }),
        Slip::new("the variance at the rate of the mean", |seed| {
            ornstein_uhlenbeck(OuForm::SlowVariance, seed)
        }),
        Slip::new("a mean that stays", |seed| {
            ornstein_uhlenbeck(OuForm::MeanStays, seed)
        }),
    ],
);

/// A formula for geometric Brownian motion from one place.
#[derive(Clone, Copy, Debug)]
enum GbmForm {
    Shown,
    /// The density of ln x, as it is.
    NoFactor,
    /// The rate μ for ln x.
    RateOfTheMean,
    /// The rate μ − ς².
    TwiceTheTerm,
}

impl Smooth<1> for GbmForm {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        let (x, x0, square) = (x[0], T::from(START), GBM.volatility.powi(2));
        let with =
            |growth| gbm_transition(&GeometricBrownian { growth, ..GBM }, t, x, x0);
        match self {
            Self::Shown => with(GBM.growth),
            Self::NoFactor => with(GBM.growth) * x,
            Self::RateOfTheMean => with(GBM.growth + 0.5 * square),
            Self::TwiceTheTerm => with(GBM.growth - 0.5 * square),
        }
    }
}

/// The density of the logarithm.
struct InLog(GbmForm);

impl Smooth<1> for InLog {
    fn at<T: Number>(&self, t: T, y: &SVector<T, 1>) -> T {
        let x = y[0].exp();
        self.0.at(t, &SVector::<T, 1>::new(x)) * x
    }
}

fn geometric(form: GbmForm, seed: u64) -> Vec<Evidence> {
    let mut draws = Stream::new(seed, "lognormal density").generator();
    let mut one = || {
        let (t, x) = (draws.random_range(0.3..2.0), draws.random_range(0.3..3.0));
        fokker_planck(&GBM, &form, t, &Point::<1>::new(x)).relative()
    };
    let residual = largest((0..40).map(|_| one()));
    // Integrals over y = ln x, where dx = e^y dy: nine deviations to either side.
    let (t, in_log) = (1.0, InLog(form));
    let mean_of = |h: &dyn Fn(f64) -> f64| average(&in_log, h, t, (-7.0, 8.0));
    let mass = mean_of(&|_| 1.0);
    let (mean, square) = (mean_of(&|y| y.exp()), mean_of(&|y| (2.0 * y).exp()));
    let log = mean_of(&|y| y) / mass;
    let spread = mean_of(&|y| (y - log).powi(2)) / mass;
    let law = LogNormal::new(log, spread.sqrt()).expect("a positive deviation");
    let cloud = prices(10_000, t, seed);
    vec![
        Evidence::at_most(
            "residual of the equation over its largest term, 40 places",
            residual,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "mass, distance from 1",
            (mass - 1.0).abs(),
            1e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of the sum",
        ),
        Evidence::at_most(
            "mean, relative distance from x₀ exp(μt)",
            (mean / GBM.mean(START, t) - 1.0).abs(),
            1e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of the sum",
        ),
        Evidence::at_most(
            "mean square, relative distance from x₀² exp((2μ + ς²)t)",
            (square / GBM.second_moment(START, t) - 1.0).abs(),
            1e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of the sum",
        ),
        Evidence::law("10 000 particles at t = 1", &cloud, |x| law.cdf(x), seed),
    ]
}

/// ln X_t ~ N(ln x₀ + (μ − ς²/2) t, ς² t).
pub const GBM_TRANSITION: Claim = Claim::new(
    "fpk-gbm-transition",
    "what grows with noise in proportion to itself has a normal logarithm, and the density \
     of the thing itself carries one over its size",
    |seed| geometric(GbmForm::Shown, seed),
    &[
        Slip::new("no factor 1/x", |seed| geometric(GbmForm::NoFactor, seed)),
        Slip::new("the rate of the mean for the logarithm", |seed| {
            geometric(GbmForm::RateOfTheMean, seed)
        }),
        Slip::new("ς² for ς²/2", |seed| geometric(GbmForm::TwiceTheTerm, seed)),
    ],
);
