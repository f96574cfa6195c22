//! Laws that stop at a border.

use super::{largest, spread};
use crate::implicit::{implicit_on, weighted_at};
use ch01_flows::quadrature::GaussLegendre;
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual64, DualNum};
use std::f64::consts::TAU;

/// The rate of waiting times: p = λ e^{−λx} on x > 0, with the score −λ.
const RATE: f64 = 1.7;

type Model = fn(Dual64) -> Dual64;

/// A density on an interval, its score there, and the interval.
type Law = (fn(f64) -> f64, fn(f64) -> f64, (f64, f64));

/// Waiting times; a Gaussian cut at both sides, up to its mass; and 30 x²(1 − x)², which
/// is zero at its ends.
const LAWS: [Law; 3] = [
    (waiting, |_| -RATE, (0.0, 24.0)),
    (|x| (-(x - 0.4).powi(2) / 0.98).exp(), |x| (x - 0.4) / -0.49, (-0.3, 1.9)),
    (|x| 30.0 * (x * (1.0 - x)).powi(2), |x| 2.0 / x - 2.0 / (1.0 - x), (0.0, 1.0)),
];

fn waiting(x: f64) -> f64 {
    RATE * (-RATE * x).exp()
}

const MODELS: [Model; 4] = [
    |_| Dual64::from(-0.9),
    |x| (x * 0.8).sin() - 0.3,
    |x| x * -0.4 + 0.7,
    |x| (x * -0.5).exp() * 1.3,
];

type Loss = fn(&dyn Fn(f64) -> f64, &dyn Fn(Dual64) -> Dual64, (f64, f64)) -> f64;

/// The ϑ for which a loss is the least among s = −ϑ, for waiting times: where the parabola
/// through three of its values turns.
fn turn(loss: impl Fn(f64) -> f64) -> f64 {
    let [low, middle, high] = [0.0, 1.0, 2.0].map(loss);
    1.0 - 0.5 * (high - low) / (high - 2.0 * middle + low)
}

fn check(loss: Loss) -> Vec<Evidence> {
    let rule = GaussLegendre::new(64);
    let apart = LAWS.map(|(p, score, (low, high))| {
        let constants = MODELS.map(|s| {
            let square = |x: f64| p(x) * 0.5 * (s(Dual64::from(x)).re - score(x)).powi(2);
            rule.integral(square, low, high) - loss(&p, &s, (low, high))
        });
        spread(&constants)
    });
    let turns = turn(|a| loss(&waiting, &|_| Dual64::from(-a), (0.0, 24.0)));
    vec![
        Evidence::at_most(
            "waiting times, a cut Gaussian and a law that is zero at its ends: how far the \
             difference of the losses is from one constant, four models",
            largest(apart),
            1e-11,
            "rounding, after Gauss–Legendre with 64 nodes; e^{−1.7·24} is left out",
        ),
        Evidence::at_most(
            format!(
                "waiting times, s = −ϑ: the loss is least at {turns:.4}, distance from \
                     the rate {RATE}"
            ),
            (turns - RATE).abs(),
            1e-10,
            "rounding: the loss is a parabola in ϑ",
        ),
    ]
}

/// J = E[½s² + s′] − [p s] + C on an interval.
pub const BORDER: Claim = Claim::new(
    "sm-ism-boundary",
    "where a density does not vanish at the border of its support, the loss without the \
     score needs what the density and the model are there",
    |_| check(|p, s, ends| implicit_on(p, s, ends)),
    &[
        Slip::printed("nothing but infinity looked at", "E002-09", |_| {
            check(|p, s, ends| implicit_on(p, s, ends) + change(p, s, ends))
        }),
        Slip::new("the ends with the other sign", |_| {
            check(|p, s, ends| implicit_on(p, s, ends) + 2.0 * change(p, s, ends))
        }),
        Slip::new("the field alone at the ends", |_| {
            check(|p, s, ends| {
                implicit_on(p, s, ends) + change(p, s, ends) - change(&|_| 1.0, s, ends)
            })
        }),
    ],
);

/// [p s].
fn change(
    p: &dyn Fn(f64) -> f64,
    s: &dyn Fn(Dual64) -> Dual64,
    (low, high): (f64, f64),
) -> f64 {
    let at = |x: f64| p(x) * s(Dual64::from(x)).re;
    at(high) - at(low)
}

type Weighted = fn(fn(Dual64) -> Dual64, &dyn Fn(Dual64) -> Dual64, f64) -> f64;

/// Weights that vanish at the ends of the three laws.
const WEIGHTS: [fn(Dual64) -> Dual64; 3] =
    [|x| x * x, |x| (x + 0.3) * (-x + 1.9), |x| (x * (TAU / 2.0)).sin()];

fn weighted_check(at: Weighted) -> Vec<Evidence> {
    let rule = GaussLegendre::new(64);
    let loss = |k: usize, s: &dyn Fn(Dual64) -> Dual64| {
        let (p, _, (low, high)) = LAWS[k];
        rule.integral(|x: f64| p(x) * at(WEIGHTS[k], s, x), low, high)
    };
    let apart = [0, 1, 2].map(|k| {
        let (p, score, (low, high)) = LAWS[k];
        let constants = MODELS.map(|s| {
            let square = |x: f64| {
                let weight = p(x) * WEIGHTS[k](Dual64::from(x)).re;
                weight * 0.5 * (s(Dual64::from(x)).re - score(x)).powi(2)
            };
            rule.integral(square, low, high) - loss(k, &s)
        });
        spread(&constants)
    });
    let turns = turn(|a| loss(0, &|_| Dual64::from(-a)));
    vec![
        Evidence::at_most(
            "the same laws with a weight that vanishes at their ends: how far the \
             difference of the weighted losses is from one constant, four models",
            largest(apart),
            1e-11,
            "rounding, after Gauss–Legendre with 64 nodes",
        ),
        Evidence::at_most(
            format!(
                "waiting times, weight x², s = −ϑ: least at {turns:.4}, distance from \
                     the rate {RATE}"
            ),
            (turns - RATE).abs(),
            1e-10,
            "rounding: the loss is a parabola in ϑ",
        ),
    ]
}

/// ½ E w|s − (log p)′|² = E[½ w s² + (w s)′] + C.
pub const WEIGHTED: Claim = Claim::new(
    "sm-ism-weighted",
    "a weight that vanishes at the border makes the loss without the score right again, if \
     it is differentiated together with the model",
    |_| weighted_check(|w, s, x| weighted_at(w, s, x)),
    &[
        Slip::new("the weight not differentiated", |_| {
            weighted_check(|w, s, x| {
                let x = Dual64::new(x, 1.0);
                let (w, s) = (w(x), s(x));
                w.re * (0.5 * s.re * s.re + s.eps)
            })
        }),
        Slip::new("the weight squared in one term", |_| {
            weighted_check(|w, s, x| {
                let value = s(Dual64::from(x)).re;
                let weight = w(Dual64::from(x)).re;
                weighted_at(w, s, x) + 0.5 * (weight * weight - weight) * value * value
            })
        }),
        Slip::new("a weight that does not vanish", |_| {
            weighted_check(|w, s, x| weighted_at(|y| w(y) + 0.5, s, x))
        }),
    ],
);
