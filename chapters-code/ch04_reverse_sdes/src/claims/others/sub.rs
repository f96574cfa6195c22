//! Noise that comes more slowly at first.

use super::{BETA, UNIT, VP, beginning, equation, followed, in_steps, largest};
use crate::kernel::moments;
use crate::problem::SCHEDULE;
use crate::schedules::{
    Beta, Interval, NoiseSchedule, SubVariancePreserving, VariancePreserving, rates,
};
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use ch01_flows::{Rk4, integrate};
use dynamics::{Coefficients, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual64, DualNum};
use rand::RngExt;

const SUB: SubVariancePreserving = SubVariancePreserving { beta: BETA, interval: UNIT };

/// f(t, x) on the line, and g²(t).
#[derive(Clone, Copy)]
struct Equation {
    drift: fn(f64, f64) -> f64,
    noise_rate: fn(f64) -> f64,
}

const SHOWN: Equation =
    Equation { drift: |t, x| SUB.rate(t) * x, noise_rate: |t| SUB.noise_rate(t) };

fn sde_check(seed: u64, equation: Equation) -> Vec<Evidence> {
    let Equation { drift, noise_rate } = equation;
    let mut draws = Stream::new(seed, "sub-VP equation").generator();
    let error = |_| {
        let (t, x) = (draws.random_range(0.05..1.0), draws.random_range(-2.0..2.0));
        let now = Dual64::from_re(t).derivative();
        let alpha = (BETA.integral(now) * -0.5).exp();
        let sigma = -(-BETA.integral(now)).exp() + 1.0;
        let (a, g2) = rates(Coefficients {
            alpha: alpha.re,
            sigma: sigma.re,
            d_alpha: alpha.eps,
            d_sigma: sigma.eps,
        });
        (drift(t, x) - a * x).abs().max((noise_rate(t) - g2).abs())
    };
    let from_kernel = largest((0..30).map(error));
    let (grid, start) = (TimeGrid::new(0.0, 1.0, 2000), 1.7);
    let mean = integrate(&Rk4, &|t: f64, m: &f64| drift(t, *m), grid, start);
    // The rate at which two starts come together, twice, and the noise.
    let fading = |t: f64| drift(t, 1.0) - drift(t, 0.0);
    let field = |t: f64, v: &f64| 2.0 * fading(t) * v + noise_rate(t);
    let variance = integrate(&Rk4, &field, grid, 0.0);
    let found = moments(&SUB, 1.0, (start, 0.0));
    vec![
        Evidence::at_most(
            "drift and g² against those of α = e^{−B/2}, σ = 1 − e^{−B}, at 30 places",
            from_kernel,
            1e-13,
            "rounding: derivatives are exact, carried by dual numbers",
        )
        .sampled(30, seed),
        Evidence::at_most(
            "error of the mean at t = 1 from the start 1.7",
            (mean - found.0).abs(),
            1e-12,
            "Runge–Kutta of order 4 in 2000 steps, with rates up to 2",
        ),
        Evidence::at_most(
            "error of the variance there",
            (variance - found.1).abs(),
            1e-12,
            "Runge–Kutta of order 4 in 2000 steps, with rates up to 4",
        ),
    ]
}

/// dX = −½ β X dt + √(β (1 − e^{−2B})) dW.
pub const SUBVP_SDE: Claim = Claim::new(
    "rev-subvp-sde",
    "the square of the variance-preserving deviation, taken for a deviation, has an \
     equation with the same drift and a noise that begins with nothing",
    |seed| sde_check(seed, SHOWN),
    &[
        Slip::printed("a drift without the state", "E004-36", |seed| {
            sde_check(seed, Equation { drift: |t, _| SUB.rate(t), ..SHOWN })
        }),
        Slip::new("e^{−B} in the noise", |seed| {
            let noise_rate = |t: f64| {
                let alpha: f64 = SUB.alpha(t);
                BETA.at(t) * (1.0 - alpha * alpha)
            };
            sde_check(seed, Equation { noise_rate, ..SHOWN })
        }),
        Slip::new("the growth of the variance alone", |seed| {
            let noise_rate = |t: f64| {
                let left: f64 = SUB.alpha(t).powi(2);
                2.0 * BETA.at(t) * left * (1.0 - left)
            };
            sde_check(seed, Equation { noise_rate, ..SHOWN })
        }),
    ],
);

/// What might be α and σ.
#[derive(Clone, Copy)]
enum Sub {
    /// Those of the page.
    Shown,
    /// σ² = 1 − e^{−2B}.
    DoubleExponent,
    /// σ² = 1 − e^{−B}.
    NotSquared,
    /// α = e^{−B}.
    WholeExponent,
}

impl NoiseSchedule for Sub {
    fn interval(&self) -> Interval {
        SUB.interval
    }

    fn alpha<T: Number>(&self, t: T) -> T {
        let alpha = SUB.alpha(t);
        match self {
            Self::WholeExponent => alpha * alpha,
            Self::Shown | Self::DoubleExponent | Self::NotSquared => alpha,
        }
    }

    fn sigma<T: Number>(&self, t: T) -> T {
        match self {
            Self::DoubleExponent => (-(BETA.integral(t) * -2.0).exp_m1()).sqrt(),
            Self::NotSquared => SUB.sigma(t).sqrt(),
            Self::Shown | Self::WholeExponent => SUB.sigma(t),
        }
    }

    fn rate<T: Number>(&self, t: T) -> T {
        SUB.rate(t)
    }

    fn noise_rate<T: Number>(&self, t: T) -> T {
        SUB.noise_rate(t)
    }
}

fn transition_check(seed: u64, schedule: Sub) -> Vec<Evidence> {
    vec![
        equation(seed, schedule),
        beginning(&schedule),
        followed(&schedule),
        in_steps(seed, &schedule),
    ]
}

/// X_t | X₀ ~ N(X₀ e^{−B/2}, (1 − e^{−B})² I).
pub const SUBVP_TRANSITION: Claim = Claim::new(
    "rev-subvp-transition",
    "the start fades as under variance-preserving noise, and the variance of the noise is \
     the square of that one's",
    |seed| transition_check(seed, Sub::Shown),
    &[
        Slip::new("double the exponent in the variance", |seed| {
            transition_check(seed, Sub::DoubleExponent)
        }),
        Slip::new("the variance without its square", |seed| {
            transition_check(seed, Sub::NotSquared)
        }),
        Slip::new("the whole exponent in the mean", |seed| {
            transition_check(seed, Sub::WholeExponent)
        }),
    ],
);

/// The variance that comes with preserving noise and with sub-VP noise, at a time.
type Pair = fn(&VariancePreserving, &SubVariancePreserving, f64) -> (f64, f64);

fn bound_check(pair: Pair) -> Vec<Evidence> {
    let sub_of = |vp: &VariancePreserving| SubVariancePreserving {
        beta: vp.beta,
        interval: vp.interval,
    };
    let times: Vec<f64> = (0..=200).map(|k| (0.9_f64).powi(k)).collect();
    let both = |vp: VariancePreserving| {
        let at = |&t: &f64| pair(&vp, &sub_of(&vp), t);
        times.iter().map(at).collect::<Vec<_>>()
    };
    let all: Vec<_> = [VP, SCHEDULE].into_iter().flat_map(both).collect();
    let square = |&(vp, sub): &(f64, f64)| (sub / (vp * vp) - 1.0).abs();
    let above = all.iter().filter(|(vp, sub)| sub >= vp).count();
    let start: Vec<_> = [1e-4, 3e-5, 1e-5, 3e-6]
        .map(|t| (t, pair(&SCHEDULE, &sub_of(&SCHEDULE), t).1.sqrt()))
        .to_vec();
    vec![
        Evidence::at_most(
            "distance of the sub-VP variance from the square of the other, relative",
            largest(all.iter().map(square)),
            4e-15,
            "rounding of a root and of squares",
        ),
        Evidence::at_most(
            "times of 402, from 7e-10 to 1, at which it is not below the other",
            above as f64,
            0.0,
            "exactly",
        ),
        Evidence::order(
            "deviation as a power of the time, near t = 0",
            slope(&start),
            1.0,
            0.02,
            "B = 0.1 t (1 + 99.5 t): at t = 1e-4 the second term is a percent",
        ),
    ]
}

/// (1 − e^{−B})² < 1 − e^{−B} for 0 < B < ∞.
pub const SUBVP_BOUND: Claim = Claim::new(
    "rev-subvp-bound",
    "the variance of sub-VP noise is the square of that of preserving noise and always \
     below it",
    |_| bound_check(|vp, sub, t| (vp.sigma(t).powi(2), sub.sigma(t).powi(2))),
    &[
        Slip::new("the other way round", |_| {
            bound_check(|vp, sub, t| (sub.sigma(t).powi(2), vp.sigma(t).powi(2)))
        }),
        Slip::new("the deviation for the variance", |_| {
            bound_check(|vp, sub, t| (vp.sigma(t).powi(2), sub.sigma(t)))
        }),
        Slip::new("twice the noise in place of its square", |_| {
            bound_check(|vp, sub, t| {
                let beta = Beta { start: 2.0 * sub.beta.start, end: 2.0 * sub.beta.end };
                let double = VariancePreserving { beta, interval: vp.interval };
                (vp.sigma(t).powi(2), double.sigma(t).powi(2))
            })
        }),
    ],
);
