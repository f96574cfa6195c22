//! Exercise 3.2: the flux of probability.

use super::draws::between;
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use statrs::distribution::{Continuous, ContinuousCDF, Gamma, Normal};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "probability-flux",
    number: "3.2",
    title: "What goes past a place",
    points: 2,
    minutes: 15,
    task: "Write `probability_flux`: the flux $J$ of $dX=f\\,dt+g(X)\\,dW$ (Itô), from the values of $f$, $g$, $g'$, $p$ \
           and $\\partial_xp$ at a place.",
    hint: "Write $\\partial_tp=-\\partial_x(fp)+\\frac12\\partial_x^2(g^2p)$ as $-\\partial_xJ$. The derivative that is left \
           acts on the product $g^2p$.",
    formula: "fpk-flux-form",
    check,
    slips: &[
        Known {
            name: "g² outside the derivative",
            says: "this is Fick's flux: the noise depends on the place, and the derivative acts on it too",
            work: Work {
                probability_flux: |f, g, _, p, p_x| f * p - 0.5 * g * g * p_x,
                ..UNFINISHED
            },
        },
        Known {
            name: "half of the slope of the noise",
            says: "the derivative of g² is 2 g g′: with the ½ in front, g g′ p remains, and not half of it",
            work: Work {
                probability_flux: |f, g, g_x, p, p_x| {
                    f * p - 0.5 * (g * g_x * p + g * g * p_x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "without ½",
            says: "the noise has lost its ½",
            work: Work {
                probability_flux: |f, g, g_x, p, p_x| {
                    f * p - (2.0 * g * g_x * p + g * g * p_x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise with a plus",
            says: "noise carries mass from where there is much to where there is little: its sign is minus",
            work: Work {
                probability_flux: |f, g, g_x, p, p_x| {
                    f * p + g * g_x * p + 0.5 * g * g * p_x
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the drift alone",
            says: "this is the flux of chapter 1: here the noise carries mass as well",
            work: Work { probability_flux: |f, _, _, p, _| f * p, ..UNFINISHED },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "probability-flux").generator();
    let flux = work.probability_flux;

    // Growth with noise: ln(X/x₀) is N((μ − ς²/2) t, ς² t). What has gone past x is what is
    // no longer below it, so J = −∂ₜ P(X ≤ x).
    let (mu, varsigma) = (between(draws, 0.3, 0.9), between(draws, 0.4, 0.7));
    let (x0, t) = (between(draws, 0.7, 1.4), between(draws, 0.6, 1.2));
    let standard = Normal::standard();
    let place = |x: f64, t: f64| {
        ((x / x0).ln() - (mu - varsigma * varsigma / 2.0) * t) / (varsigma * t.sqrt())
    };
    let ahead = varsigma * t.sqrt() * between(draws, 0.3, 1.0);
    let x = x0 * ((mu - varsigma * varsigma / 2.0) * t + ahead).exp();
    let growth = {
        let (z, s) = (place(x, t), varsigma * t.sqrt());
        let p = standard.pdf(z) / (x * s);
        flux(mu * x, varsigma * x, varsigma, p, -p / x * (1.0 + z / s))
    };
    let below = |t: f64| standard.cdf(place(x, t));
    let slope = |h: f64| (below(t + h) - below(t - h)) / (2.0 * h);
    let passed = -(4.0 * slope(1e-3) - slope(2e-3)) / 3.0;

    // dX = κ(μ − X) dt + ς√X dW rests in a gamma law, and then nothing goes past any place.
    let (kappa, level) = (between(draws, 0.5, 1.5), between(draws, 1.0, 2.0));
    let (shape, rate) = {
        let rate = 2.0 * kappa / (varsigma * varsigma);
        (rate * level, rate)
    };
    let gamma = Gamma::new(shape, rate).expect("shape and rate are positive");
    let y = level * between(draws, 0.6, 1.5);
    let p = gamma.pdf(y);
    let (g, g_x) = (varsigma * y.sqrt(), varsigma / (2.0 * y.sqrt()));
    let drift = kappa * (level - y);
    let at_rest = flux(drift, g, g_x, p, p * ((shape - 1.0) / y - rate));
    let largest = (drift.abs() + g * g_x + g * g * (shape / y + rate)) * p;
    vec![
        Evidence::at_most(
            "growth with noise, what has gone past over the flux, distance from 1",
            (passed / growth - 1.0).abs(),
            1e-6,
            "what a difference of fourth order leaves",
        ),
        Evidence::at_most(
            "flux at rest over the largest flux there could be",
            at_rest.abs() / largest,
            1e-13,
            "rounding",
        ),
        Evidence::at_most(
            "without noise, distance from what the drift carries",
            (flux(drift, 0.0, 0.0, p, 0.7) - drift * p).abs(),
            1e-14,
            "rounding",
        ),
    ]
}
