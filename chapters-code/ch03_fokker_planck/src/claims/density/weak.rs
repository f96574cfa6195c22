//! The equation under the integral.

use super::altered::Altered;
use super::largest;
use crate::far_start::{FarStart, PROCESS};
use crate::kolmogorov::Forward;
use crate::markov::Warming;
use crate::operators::{Diffusion, Smooth};
use crate::transition::Started;
use crate::weak_form::weak_form;
use ch01_flows::fields::Number;
use ch02_brownian_motion::GeometricBrownian;
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;
use num_dual::Dual64;

/// cos(kx + c).
#[derive(Clone, Copy, Debug)]
struct Wave {
    k: f64,
    c: f64,
}

impl Smooth<1> for Wave {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        (x[0] * self.k + self.c).cos()
    }
}

const WAVE: Wave = Wave { k: 1.1, c: 0.4 };

/// What is done to the integrals.
#[derive(Clone, Copy, Debug)]
enum Parts {
    /// What the page shows.
    Shown,
    /// The second derivative of φ forgotten.
    NoSecondDerivative,
    /// The drift's term keeps its sign when the derivative moves over.
    DriftKeepsItsSign,
    /// Cut where the density is not small.
    CutOff,
}

impl Parts {
    fn integrals<P: Diffusion<1>>(
        self,
        process: &P,
        density: &impl Smooth<1>,
        t: f64,
        range: (f64, f64),
    ) -> [f64; 4] {
        let found = |process: &Altered<'_, P>, range| {
            weak_form(process, density, &WAVE, t, range)
        };
        let right = Altered::not(process);
        let mut all = found(&right, range);
        match self {
            Self::Shown => {}
            Self::NoSecondDerivative => {
                all[1] = found(&Altered { noise: 0.0, ..right }, range)[1];
            }
            Self::DriftKeepsItsSign => {
                all[3] = found(&Altered { drift: -1.0, ..right }, range)[3];
            }
            Self::CutOff => all = found(&right, (range.0, 0.25 * range.1)),
        }
        all
    }
}

/// The largest distance between any two.
fn spread(all: [f64; 4]) -> f64 {
    largest(all.map(|v| largest(all.map(|w| (v - w).abs()))))
}

fn check(parts: Parts) -> Vec<Evidence> {
    let t = 0.4;
    let far = parts.integrals(&PROCESS, &FarStart, t, (-9.0, 9.0));
    let gbm = GeometricBrownian { growth: 0.5, volatility: 0.6 };
    let price = Started { process: gbm, start: 1.4 };
    let product = parts.integrals(&gbm, &price, t, (1e-9, 45.0));
    let warm = Warming { rate: 0.7, heat: 0.3, warming: 1.7 };
    let later = Forward { process: warm, from: (0.1, 0.8) };
    let changing = parts.integrals(&warm, &later, t, (-9.0, 9.0));
    let rate = FarStart.mean_cosine(Dual64::new(t, 1.0), WAVE.k, WAVE.c).eps;
    vec![
        Evidence::at_most(
            "Ornstein–Uhlenbeck from a far start, largest distance of the four integrals",
            spread(far),
            2e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of a sum of at most 3",
        ),
        Evidence::at_most(
            "geometric Brownian motion, largest distance of the four integrals",
            spread(product),
            2e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of a sum of at most 3",
        ),
        Evidence::at_most(
            "a liquid that is being warmed, largest distance of the four integrals",
            spread(changing),
            2e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of a sum of at most 3",
        ),
        Evidence::at_most(
            "the far start's distance from the derivative of the known mean of the cosine",
            largest(far.map(|v| (v - rate).abs())),
            2e-12,
            "rounding: 6000 additions, each known to 1.1e-16 of a sum of at most 3",
        ),
    ]
}

/// ∫ φ ∂ₜp = ∫ p 𝒜φ = ∫ φ′ J = ∫ φ 𝒜*p.
pub const WEAK_FORM: Claim = Claim::new(
    "fpk-weak-form",
    "two integrations by parts carry the derivatives from the test function to the \
     density, and nothing stays behind at the ends",
    |_| check(Parts::Shown),
    &[
        Slip::new("the drift keeps its sign", |_| check(Parts::DriftKeepsItsSign)),
        Slip::new("no second derivative", |_| check(Parts::NoSecondDerivative)),
        Slip::new("ends where the density is not small", |_| check(Parts::CutOff)),
    ],
);
