//! Noise that drowns data where they are.

use super::{DATA, UNIT, beginning, equation, followed, in_steps, largest};
use crate::between::between;
use crate::kernel::moments;
use crate::noised::Noised;
use crate::prior::{measured_cost, start_cost};
use crate::problem::{HEAPS, two_heaps};
use crate::schedules::{Interval, NoiseSchedule, VarianceExploding};
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use ch01_flows::quadrature::GaussLegendre;
use dynamics::{Increment, Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix1;

/// σ² = 10⁻⁴ (500²ᵗ − 1).
const VE: VarianceExploding =
    VarianceExploding { sigma_min: 0.01, sigma_max: 5.0, interval: UNIT };

/// What might be σ and g².
#[derive(Clone, Copy)]
enum Exploding {
    /// Those of the page.
    Shown,
    /// σ = s₀ rᵗ: as if noise had come before t = 0.
    Early,
    /// g = σ.
    DeviationForRate,
    /// The law given X₀, asked for X₀.
    OfTheStart,
}

impl NoiseSchedule for Exploding {
    fn interval(&self) -> Interval {
        VE.interval
    }

    fn alpha<T: Number>(&self, t: T) -> T {
        VE.alpha(t)
    }

    fn sigma<T: Number>(&self, t: T) -> T {
        match self {
            Self::Early => (VE.sigma(t).powi(2) + VE.sigma_min.powi(2)).sqrt(),
            Self::OfTheStart => VE.sigma(t * 0.0),
            Self::Shown | Self::DeviationForRate => VE.sigma(t),
        }
    }

    fn rate<T: Number>(&self, t: T) -> T {
        VE.rate(t)
    }

    fn noise_rate<T: Number>(&self, t: T) -> T {
        match self {
            Self::DeviationForRate => VE.sigma(t).powi(2),
            Self::Shown | Self::Early | Self::OfTheStart => VE.noise_rate(t),
        }
    }
}

fn sde_check(seed: u64, schedule: Exploding) -> Vec<Evidence> {
    let all = GaussLegendre::new(24).integral(|t: f64| schedule.noise_rate(t), 0.0, 1.0);
    let sigma: f64 = schedule.sigma(1.0);
    // The two heaps, in 4 steps until t = 0.8.
    let law = two_heaps(schedule);
    let links: Vec<_> = [0.0, 0.3, 0.5, 0.65, 0.8]
        .windows(2)
        .map(|pair| between(&schedule, pair[0], pair[1]))
        .collect();
    let mut draws = Stream::new(seed, "two heaps that drown").generator();
    let walk = |_| {
        let start = law.sample(&mut draws)[0];
        links.iter().fold(start, |x, link| link.step(&x, &f64::draw(1.0, &mut draws)))
    };
    let places: Vec<f64> = (0..20_000).map(walk).collect();
    let (mean, variance) = heaps();
    let grown = GaussLegendre::new(24).integral(|t: f64| VE.noise_rate(t), 0.0, 0.8);
    vec![
        equation(seed, schedule),
        beginning(&schedule),
        followed(&schedule),
        in_steps(seed, &schedule),
        Evidence::at_most(
            "relative distance of σ² at the end from the integral of g²",
            (sigma * sigma / all - 1.0).abs(),
            1e-13,
            "Gauss–Legendre with 24 nodes is exact to rounding for this exponential",
        ),
        Evidence::mean("two heaps at t = 0.8, mean", &places, mean, seed),
        Evidence::variance(
            "two heaps at t = 0.8, variance",
            &places,
            variance + grown,
            seed,
        ),
    ]
}

/// Mean and variance of the two heaps.
pub(super) fn heaps() -> (f64, f64) {
    let mean: f64 = HEAPS.iter().map(|(w, m, _)| w * m).sum();
    let square: f64 = HEAPS.iter().map(|(w, m, s)| w * (m * m + s * s)).sum();
    (mean, square - mean * mean)
}

/// dX = g dW, g² = d(σ²)/dt.
pub const VE_SDE: Claim = Claim::new(
    "rev-ve-sde",
    "without a drift the start stays where it is, and the variance gains what the noise \
     brings, in steps of any length",
    |seed| sde_check(seed, Exploding::Shown),
    &[
        Slip::printed("the start given the start", "E004-35", |seed| {
            sde_check(seed, Exploding::OfTheStart)
        }),
        Slip::new("the deviation for the noise rate's root", |seed| {
            sde_check(seed, Exploding::DeviationForRate)
        }),
        Slip::new("noise that is there at the start", |seed| {
            sde_check(seed, Exploding::Early)
        }),
    ],
);

/// KL(p ‖ N(0, 1)), p the law of the rescaled state.
type Cost = fn(&VarianceExploding, f64, (f64, f64)) -> f64;

fn rescaled_check(cost: Cost) -> Vec<Evidence> {
    let wide = VarianceExploding { sigma_max: 500.0, ..VE };
    let part = (1.0, Point::<1>::new(DATA.0), Matrix1::new(DATA.1));
    let (normal, heaps) = (Noised::new([part], wide), two_heaps(wide));
    let error = |t: f64| {
        let measured = measured_cost(&normal, t, wide.sigma(t));
        (cost(&wide, t, DATA) / measured - 1.0).abs()
    };
    let late = [0.8, 0.84, 0.88, 0.92, 0.96];
    let fall = |cost: &dyn Fn(f64) -> f64| slope(&late.map(|t| (wide.sigma(t), cost(t))));
    let because = "σ from 57 to 320: the next term is at most 0.6 % of the first, and falls with σ²";
    vec![
        Evidence::at_most(
            "cost of normal data against quadrature with σ near 0.5, 1.3 and 3, relative",
            largest([0.36, 0.45, 0.53].map(error)),
            1e-11,
            "quadrature of smooth densities that vanish at both ends, and rounding",
        ),
        Evidence::order(
            "cost of normal data as a power of σ",
            fall(&|t| cost(&wide, t, DATA)),
            -2.0,
            0.02,
            because,
        ),
        Evidence::order(
            "the same with mean zero",
            fall(&|t| cost(&wide, t, (0.0, DATA.1))),
            -4.0,
            0.02,
            because,
        ),
        Evidence::order(
            "cost of the two heaps, by quadrature",
            fall(&|t| measured_cost(&heaps, t, wide.sigma(t))),
            -2.0,
            0.02,
            because,
        ),
    ]
}

/// KL of X/σ from N(0, 1): ½ [(m² + v)/σ² − ln(1 + v/σ²)].
pub const VE_RESCALED: Claim = Claim::new(
    "rev-ve-rescaled",
    "divided by the deviation of its noise, a drowned state becomes standard normal, the \
     faster if the data are centred",
    |_| rescaled_check(|ve, t, data| start_cost(ve, t, data, ve.sigma(t))),
    &[
        Slip::new("the state itself", |_| {
            rescaled_check(|ve, t, data| start_cost(ve, t, data, 1.0))
        }),
        Slip::new("divided by the variance", |_| {
            rescaled_check(|ve, t, data| start_cost(ve, t, data, ve.sigma(t).powi(2)))
        }),
        Slip::new("divided by the deviation of the whole", |_| {
            rescaled_check(|ve, t, data| {
                start_cost(ve, t, data, moments(ve, t, data).1.sqrt())
            })
        }),
    ],
);
