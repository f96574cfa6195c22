//! How much of an error the way back forgets.

use super::largest;
use crate::forgetting::{correlation, remembered};
use crate::kernel::moments;
use crate::noising::Backward;
use crate::schedules::{Beta, Interval, NoiseSchedule, VariancePreserving};
use ch01_flows::{Rk4, integrate};
use dynamics::{Increment, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};

/// When the error is made.
const T: f64 = 0.3;
const VP: VariancePreserving =
    VariancePreserving { beta: Beta::SONG, interval: Interval { start: 0.0, end: T } };
/// Mean and variance of the data.
const DATA: (f64, f64) = (0.7, 0.4);

/// The part that is left, from schedule, time, variance and λ.
type Left = fn(&VariancePreserving, f64, f64, f64) -> f64;

/// The error of the mean at 0 over that at T, each in deviations: the mean is followed in
/// τ with the score of normal data.
fn followed(lambda: f64) -> f64 {
    let back = Backward { schedule: VP, score: (), lambda };
    let field = |tau: f64, x: &f64| {
        let (place, score) = back.factors(tau);
        let (mean, variance) = moments(&VP, back.forward_time(tau), DATA);
        place * x - score / variance * (x - mean)
    };
    let (mean, variance) = moments(&VP, T, DATA);
    let wrong = 1.1;
    let end = integrate(&Rk4, &field, TimeGrid::new(0.0, T, 1000), mean + wrong);
    (end - DATA.0) / DATA.1.sqrt() / (wrong / variance.sqrt())
}

fn check(seed: u64, left: Left) -> Vec<Evidence> {
    let lambdas = [0.0, 0.5, 1.0, 2.0];
    let expected = lambdas.map(|lambda| left(&VP, T, DATA.1, lambda));
    let found = lambdas.map(followed);
    let method = "Runge–Kutta of order 4: rates up to 30 in steps of 3e-4, (0.009)⁴/120 \
                  over a time of 0.3";
    let mut all = vec![Evidence::at_most(
        "part of a wrong mean that is left, λ = 0, 0.5, 1 and 2, relative error",
        largest(expected.iter().zip(found).map(|(e, f)| (e / f - 1.0).abs())),
        1e-8,
        method,
    )];
    all.extend((1..4).map(|i| {
        let (less, more) = (lambdas[i - 1], lambdas[i]);
        let what = format!("part that is left with λ = {more}, at most that with {less}");
        Evidence::at_most(what, found[i], found[i - 1], "more noise, less is left")
    }));
    let mut draws = Stream::new(seed, "forgetting").generator();
    let (alpha, sigma) = (VP.alpha(T), VP.sigma(T));
    let later = moments(&VP, T, DATA).1.sqrt();
    let pair = |_| {
        let x = f64::draw(1.0, &mut draws);
        let y = alpha * DATA.1.sqrt() * x + f64::draw(sigma, &mut draws);
        (x, y / later)
    };
    let (xs, ys): (Vec<f64>, Vec<f64>) = (0..4000).map(pair).unzip();
    let rho = correlation(&VP, T, DATA.1);
    all.push(Evidence::covariance(
        "data and noised data, in deviations: their correlation",
        &xs,
        &ys,
        rho,
        seed,
    ));
    all
}

/// δ₀/√v = ρ^{λ²} δ_t/√v_t.
pub const FORGETTING: Claim = Claim::new(
    "rev-forgetting",
    "counted in deviations, the flow keeps an error of the mean, and the more noise there \
     is on the way back the less of it is left",
    |seed| check(seed, remembered),
    &[
        Slip::new("lambda for its square in the exponent", |seed| {
            check(seed, |vp, t, v, lambda| correlation(vp, t, v).powf(lambda))
        }),
        Slip::new("the flow as forgetful as the SDE", |seed| {
            check(seed, |vp, t, v, _| correlation(vp, t, v))
        }),
        Slip::new("the distance itself kept by the flow", |seed| {
            check(seed, |vp, t, v, lambda| {
                let later = moments(vp, t, (0.0, v)).1;
                remembered(vp, t, v, lambda) * (later / v).sqrt()
            })
        }),
    ],
);
