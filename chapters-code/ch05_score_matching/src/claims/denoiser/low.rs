//! What happens to a denoising loss when the noise is small.

use super::{cases, largest};
use crate::denoiser::{Case, Target, scatter, slope};
use crate::problem::heaps;
use ch01_flows::laws::towards;
use ch01_flows::orders;
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix1;

const SIGMAS: [f64; 3] = [0.04, 0.02, 0.01];

type Scatter = fn(f64, &Matrix1<f64>, &Point<1>) -> f64;

/// The target for the score, that for the noise, and what is said of the scatter.
#[derive(Clone, Copy)]
struct Says {
    score: Target,
    noise: Target,
    scatter: Scatter,
}

const SHOWN: Says = Says {
    score: Target::Score,
    noise: Target::Noise,
    scatter: |s, c, p| scatter(s, c, p),
};

/// The mean square of the target, the error of the best guess, and the variance of the
/// slope for φ = 0.4 + sin y.
fn measured(cases: &[Case<1>], target: Target, sigma: f64) -> [f64; 3] {
    let law = heaps();
    let mut sums = [0.0; 3];
    for (weight, x, noise) in cases {
        let y = x + noise * sigma;
        let (asked, best) =
            (target.of(sigma, noise), target.best(sigma, &law.score(sigma, &y)));
        sums[0] += weight * asked.norm_squared();
        sums[1] += weight * (best - asked).norm_squared();
        sums[2] += weight * slope(&best, &asked, &phi(&y)).powi(2);
    }
    sums
}

fn phi(y: &Point<1>) -> Point<1> {
    y.map(|y| 0.4 + y.sin())
}

/// What the display says of the three for the score.
fn said(cases: &[Case<1>], says: Says, sigma: f64) -> [f64; 3] {
    let law = heaps();
    let (mut square, mut spread) = (0.0, 0.0);
    for (weight, x, noise) in cases {
        let y = x + noise * sigma;
        square += weight * law.score(sigma, &y).norm_squared();
        let curvature = law.score(sigma.into(), &towards(&y, 0)).map(|s| s.eps);
        spread += weight * (says.scatter)(sigma, &Matrix1::from(curvature), &phi(&y));
    }
    let target = 1.0 / (sigma * sigma);
    [target, target - square, spread]
}

fn check(says: Says) -> Vec<Evidence> {
    let cases = cases();
    let far = [0.5, 0.1, 0.02].map(|sigma| {
        let said = said(&cases, says, sigma);
        let apart = |target: Target, factor: f64| {
            let found = measured(&cases, target, sigma);
            largest((0..3).map(|k| (found[k] / (factor * said[k]) - 1.0).abs()))
        };
        [apart(says.score, 1.0), apart(says.noise, sigma * sigma)]
    });
    let formulas = ["", "with the noise for target, these times σ²: "];
    let [formulas, of_noise] = [0, 1].map(|k| {
        Evidence::at_most(
            format!(
                "two heaps, σ = 0.5, 0.1 and 0.02, {}mean square of the target, least loss \
                 and variance of the slope from one draw, largest relative distance from \
                 the formulas",
                formulas[k]
            ),
            largest(far.map(|far| far[k])),
            1e-11,
            "rounding of 20 000 terms; the trapezoid rule in data and noise",
        )
    });
    let order = |target: Target, k: usize| {
        let at = |sigma: f64| (sigma, measured(&cases, target, sigma)[k]);
        orders::slope(&SIGMAS.map(at))
    };
    let growth = largest([0, 1, 2].map(|k| (order(says.score, k) + 2.0).abs()));
    let calm = largest([0, 1, 2].map(|k| order(says.noise, k).abs()));
    let because = "the next term is σ² E|∇ log q|² ≈ 4σ² of the first: at σ = 0.04, \
                   together with the curvature, a few hundredths";
    vec![
        formulas,
        of_noise,
        Evidence::at_most(
            "from σ = 0.04 to 0.01, the three for the score: largest distance of the power \
             of σ from −2",
            growth,
            0.02,
            because,
        ),
        Evidence::at_most(
            "the three for the noise: largest power of σ",
            calm,
            0.02,
            because,
        ),
    ]
}

/// d/σ², d/σ² − E|∇ log q|², 4 E φ·(I/σ² + ∇² log q) φ.
pub const LOW_NOISE: Claim = Claim::new(
    "sm-low-noise",
    "as the noise gets small, the target of denoising, and for data with a smooth density its \
     least loss and the scatter of its gradients, grow like one over the variance of the \
     noise; with the noise for target all three stay bounded",
    |_| check(SHOWN),
    &[
        Slip::new("a bounded loss for the score", |_| {
            check(Says { score: Target::Noise, ..SHOWN })
        }),
        Slip::new("the same factor for the noise", |_| {
            check(Says { noise: Target::Score, ..SHOWN })
        }),
        Slip::new("one over the deviation", |_| {
            check(Says { scatter: |s, c, p| scatter(s.sqrt(), c, p), ..SHOWN })
        }),
        Slip::new("the spread of the datum forgotten", |_| {
            check(Says { scatter: |s, c, p| scatter(s, &(c * 0.0), p), ..SHOWN })
        }),
    ],
);
