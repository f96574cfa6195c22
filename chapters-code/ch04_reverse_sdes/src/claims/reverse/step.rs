//! The step of the way back, on data of which every moment is known.

use crate::reverse_step::reverse_step;
use crate::schedules::{Beta, Interval, NoiseSchedule, VariancePreserving};
use ch01_flows::orders::slope;
use evidence::{Claim, Evidence, Slip};

/// β = 1 over three units of time.
const FLAT: VariancePreserving = VariancePreserving {
    beta: Beta { start: 1.0, end: 1.0 },
    interval: Interval { start: 0.0, end: 3.0 },
};
/// The data have the law N(0, ¼).
const DATA: f64 = 0.25;

/// Variance of the data noised until t.
fn variance(t: f64) -> f64 {
    FLAT.alpha(t).powi(2) * DATA + FLAT.sigma(t).powi(2)
}

/// A step from t to t − h, with the score of the noised data.
type Step = fn((f64, f64), f64, f64) -> f64;

fn score(t: f64, x: &f64) -> f64 {
    -x / variance(t)
}

fn shown(time: (f64, f64), x: f64, xi: f64) -> f64 {
    reverse_step(&FLAT, &score, time, &x, &xi)
}

/// The variance that n steps make of that of t = 3. A step is linear in place and noise,
/// so two of its values tell what it does to a variance.
fn last_variance(step: Step, n: usize) -> f64 {
    let h = 3.0 / n as f64;
    (0..n).fold(variance(3.0), |v, i| {
        let time = (3.0 - h * i as f64, h);
        step(time, 1.0, 0.0).powi(2) * v + step(time, 0.0, 1.0).powi(2)
    })
}

fn check(step: Step) -> Vec<Evidence> {
    let errors: Vec<_> = (6..12)
        .map(|k| {
            let n = 1 << k;
            (3.0 / f64::from(n), (last_variance(step, n as usize) - DATA).abs())
        })
        .collect();
    vec![
        Evidence::order(
            "64 to 2048 steps back to N(0, ¼), error of the variance",
            slope(&errors),
            1.0,
            0.05,
            "order 1; at 64 steps the next term is a few percent of the first",
        ),
        Evidence::at_most(
            "error of the variance ¼ after 2048 steps",
            errors[5].1,
            1e-3,
            "order 1: with h = 0.0015 and rates up to 4 errors stay below 1e-3",
        ),
    ]
}

/// X_{t−h} = X_t + h [g² s − f] + √h g ξ.
pub const EM_STEP: Claim = Claim::new(
    "rev-em-step",
    "steps of Euler and Maruyama on the reverse equation find the data, with order one",
    |_| check(shown),
    &[
        Slip::new("the forward drift", |_| {
            check(|(t, h), x, xi| shown((t, h), x, xi) + 2.0 * h * FLAT.rate(t) * x)
        }),
        Slip::new("h in place of its root", |_| {
            check(|(t, h), x, xi| shown((t, h), x, h.sqrt() * xi))
        }),
        Slip::new("the score on the wrong clock", |_| {
            check(|(t, h), x, xi| {
                let late = |_: f64, x: &f64| score(3.0 - t, x);
                reverse_step(&FLAT, &late, (t, h), &x, &xi)
            })
        }),
    ],
);
