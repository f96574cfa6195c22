//! What the reverse drift does to averages and to particles.

use super::{GROWN, PULLED};
use crate::known::{Given, Grown, Known, Marginal, Pulled, Seen};
use crate::reverse::{Reversed, backward_rate, reverse_drift};
use ch01_flows::fields::Number;
use ch01_flows::quadrature::trapezoid;
use ch02_brownian_motion::{EulerMaruyama, simulate};
use ch03_fokker_planck::Smooth;
use dynamics::{Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual64, HyperDual64};
use statrs::distribution::{ContinuousCDF, Normal};

/// The coefficients at a place.
#[derive(Clone, Copy)]
struct Coefficients {
    /// f̄.
    drift: f64,
    /// g².
    noise: f64,
    /// ∂g².
    lean: f64,
}

/// A rule for the rate of a mean.
type Rule = fn(Coefficients, HyperDual64) -> f64;

fn shown(at: Coefficients, phi: HyperDual64) -> f64 {
    backward_rate(at.drift, at.noise, phi)
}

/// Mean and variance of y (Pulled) or ln y (Grown) at r, given the later place.
fn normal_past<T: Number>(prior: (T, T), factor: T, noise: T, seen: T) -> (T, T) {
    let (mean, variance) = prior;
    let precision = variance.recip() + factor * factor / noise;
    let pull = mean / variance + factor * seen / noise;
    (pull / precision, precision.recip())
}

fn pulled_past<T: Number>(process: &Pulled, r: T, later: Seen) -> (T, T) {
    let (rate, rest) = (
        process.process.rate,
        process.process.diffusion.powi(2) / (2.0 * process.process.rate),
    );
    let (aged, factor) = ((-r * rate).exp(), ((r - later.t) * rate).exp());
    let variance = aged * aged * (process.variance - rest) + rest;
    let noise = (-(factor * factor) + 1.0) * rest;
    normal_past((aged * process.mean, variance), factor, noise, T::from(later.x))
}

fn grown_past<T: Number>(process: &Grown, r: T, later: Seen) -> (T, T) {
    let noise = process.process.volatility.powi(2);
    let drift = process.process.growth - 0.5 * noise;
    let prior = (r * drift + process.mean, r * noise + process.variance);
    let left = -r + later.t;
    let seen = -(left * drift) + later.x.ln();
    normal_past(prior, T::from(1.0), left * noise, seen)
}

/// E[y²] of N(m, v), and E[y²] of e to the power of it.
fn squares<T: Number>((mean, variance): (T, T)) -> [T; 2] {
    [mean * mean + variance, ((mean + variance) * 2.0).exp()]
}

const LATER: Seen = Seen { t: 1.1, x: 2.1 };
const R: f64 = 0.4;

/// ∫ of the rule over the law of the past, for φ = y².
fn mean_rate(process: impl Known + Copy, (low, high): (f64, f64), rule: Rule) -> f64 {
    let (law, past) = (Marginal(process), Given { process, later: LATER });
    let rate = |y: f64| {
        let place = Point::<1>::new(y);
        let along = Point::<1>::new(y).map(|y| Dual64::from_re(y).derivative());
        let noise = process.covariance_rate(Dual64::from_re(R), &along)[0];
        let drift = reverse_drift(&process, &law, R, &place)[0];
        let at = Coefficients { drift, noise: noise.re, lean: noise.eps };
        let y = HyperDual64::new(y, 1.0, 1.0, 0.0);
        rule(at, y * y) * past.at(R, &place)
    };
    trapezoid(rate, low, high, 4000)
}

fn rates(rule: Rule) -> [Evidence; 2] {
    let now = Dual64::from_re(R).derivative();
    let expected = [
        squares(pulled_past(&PULLED, now, LATER))[0].eps,
        squares(grown_past(&GROWN, now, LATER))[1].eps,
    ];
    let found =
        [mean_rate(PULLED, (-9.0, 9.0), rule), mean_rate(GROWN, (1e-6, 40.0), rule)];
    let of = |i: usize, what: &str| {
        Evidence::at_most(
            format!("rate of the mean square of the past, {what}, relative error"),
            (found[i] / expected[i] - 1.0).abs(),
            1e-9,
            "quadrature of 4000 intervals, exact to rounding for densities that vanish \
             with all derivatives at both ends",
        )
    };
    [of(0, "constant noise"), of(1, "noise that grows with x")]
}

/// Particles from x = 2.1 at t = 1.1 back to t = 0, against the law of the past there.
fn particles(seed: u64) -> Evidence {
    let reversed = Reversed { process: PULLED, law: Marginal(PULLED), end: LATER.t };
    let mut places = vec![LATER.x; 4000];
    let (grid, noise) = (TimeGrid::new(0.0, LATER.t, 400), Stream::new(seed, "the past"));
    simulate(&EulerMaruyama, &reversed, grid, noise, &mut places).expect("finite");
    let (mean, variance) = pulled_past(&PULLED, 0.0, LATER);
    let law = Normal::new(mean, variance.sqrt()).expect("a deviation");
    Evidence::law("4000 particles run backwards", &places, |x| law.cdf(x), seed)
}

fn check(seed: u64, rule: Rule) -> Vec<Evidence> {
    rates(rule).into_iter().chain([particles(seed)]).collect()
}

/// dX = f̄ dt + g dW̄ with dt < 0 and dW̄² = |dt|.
pub const SDE_1D: Claim = Claim::new(
    "rev-sde-1d",
    "particles that run backwards with the reverse drift have the law of the past",
    |seed| check(seed, shown),
    &[
        Slip::printed("noise replaced by time", "E003-09", |seed| {
            check(seed, |at, phi| (at.drift - at.noise.sqrt()) * phi.eps1)
        }),
        Slip::new("the square of the noise counted as dt", |seed| {
            check(seed, |at, phi| backward_rate(at.drift, -at.noise, phi))
        }),
        Slip::new("the slope of g² left out", |seed| {
            check(seed, |at, phi| backward_rate(at.drift + at.lean, at.noise, phi))
        }),
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_of_the_past_is_its_density() {
        let past = Given { process: PULLED, later: LATER };
        let (mean, variance) = pulled_past(&PULLED, R, LATER);
        let density = |y: f64| past.at(R, &Point::<1>::new(y));
        let second = trapezoid(|y| y * y * density(y), -9.0, 9.0, 2000);
        assert!((second - mean * mean - variance).abs() < 1e-12);
        let past = Given { process: GROWN, later: LATER };
        let density = |y: f64| past.at(R, &Point::<1>::new(y));
        let second = trapezoid(|y| y * y * density(y), 1e-6, 40.0, 8000);
        assert!((second / squares(grown_past(&GROWN, R, LATER))[1] - 1.0).abs() < 1e-10);
    }
}
