//! What a wrong score can cost at most.

use super::largest;
use crate::schedules::{Beta, Interval, NoiseSchedule, VariancePreserving};
use crate::wrong_score::{WrongScore, divergence, path_entropy};
use evidence::{Claim, Evidence, Slip};

/// Unlike the chapter's test problem: no constant of it is 1, and much of the start is
/// left at the end.
pub const END: f64 = 0.9;
const VP: VariancePreserving = VariancePreserving {
    beta: Beta { start: 0.3, end: 4.0 },
    interval: Interval { start: 0.0, end: END },
};
const DATA: (f64, f64) = (0.4, 0.35);
/// What the way back starts from in practice.
pub const PRIOR: (f64, f64) = (0.0, 1.0);

/// A wrong score for the data of the claim.
pub type Wrong = WrongScore<VariancePreserving>;

/// Data and schedule of the claim, with a wrong score.
pub fn wrong(stretch: f64, push: f64) -> Wrong {
    WrongScore { schedule: VP, data: DATA, stretch, push }
}

/// KL(p₀ ‖ p₀^ϑ), from the equations of mean and variance.
pub fn cost(wrong: &Wrong, start: (f64, f64)) -> f64 {
    divergence(DATA, wrong.leads_to(start, 2000))
}

/// What a start and a score may cost.
type Bound = fn(&Wrong, (f64, f64)) -> f64;

fn along(wrong: &Wrong) -> f64 {
    path_entropy(&VP, |t| wrong.mean_square(t))
}

/// What start and score may cost, in nats.
pub fn bound(wrong: &Wrong, start: (f64, f64)) -> f64 {
    divergence(wrong.noised(END), start) + along(wrong)
}

fn check(bound: Bound) -> Vec<Evidence> {
    let held = |wrong: &Wrong, start| cost(wrong, start) / bound(wrong, start);
    let stretched = [-0.3, -0.2, -0.1, 0.1, 0.2, 0.3].map(|stretch| {
        let wrong = wrong(stretch, 0.0);
        [held(&wrong, wrong.noised(END)), held(&wrong, PRIOR)]
    });
    // S/(S + v) of the bound is reached, with S = σ²/α² at T.
    let noise = (VP.sigma(END) / VP.alpha(END)).powi(2);
    let reached = noise / (noise + DATA.1);
    let pushed = [-0.6, 0.25, 0.7].map(|push| {
        let wrong = wrong(0.0, push);
        (held(&wrong, wrong.noised(END)) / reached - 1.0).abs()
    });
    let right = wrong(0.0, 0.0);
    vec![
        Evidence::at_most(
            "cost over bound, largest of 12 cases with a stretched score",
            largest(stretched.into_iter().flatten()),
            1.0,
            "the bound",
        ),
        Evidence::at_most(
            "a push in proportion to α/v: relative error of the share of the bound reached",
            largest(pushed),
            1e-10,
            "Runge–Kutta of order 4: rates below 9 in steps of 0.00045, and rounding",
        ),
        Evidence::at_most(
            "cost over bound with the right score and a start from N(0, 1)",
            held(&right, PRIOR),
            1.0,
            "the bound",
        ),
    ]
}

/// KL(p₀ ‖ p₀^ϑ) ≤ KL(p_T ‖ π) + ½ ∫ g² E|s_ϑ − ∇log p_t|² dt.
pub const GIRSANOV_BOUND: Claim = Claim::new(
    "rev-girsanov-bound",
    "what is drawn differs from the data by no more than the start does, and half the \
     error of the score, squared and weighted by the noise",
    |_| check(bound),
    &[
        Slip::new("a quarter in place of a half", |_| {
            check(|wrong, start| bound(wrong, start) - 0.5 * along(wrong))
        }),
        Slip::new("no half", |_| {
            check(|wrong, start| bound(wrong, start) + along(wrong))
        }),
        Slip::new("the start forgotten", |_| check(|wrong, _| along(wrong))),
        Slip::new("the error not squared", |_| {
            check(|wrong, start| {
                divergence(wrong.noised(END), start)
                    + path_entropy(&VP, |t| wrong.mean_square(t).sqrt())
            })
        }),
        Slip::new("the deviation of the noise in place of its variance", |_| {
            check(|wrong, start| {
                let weigh = |t: f64| wrong.mean_square(t) / VP.noise_rate(t).sqrt();
                divergence(wrong.noised(END), start) + path_entropy(&VP, weigh)
            })
        }),
    ],
);
