//! Mean and covariance of what lies behind a noisy datum, from the score alone.

use super::largest;
use crate::claims::without::fields::{THREE, TWO, plane};
use crate::denoiser::datum;
use crate::spikes::spikes;
use crate::windows::shares;
use ch01_flows::laws::Place;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::SMatrix;
use num_dual::Dual64;
use rand::RngExt;

type Score<'a, const D: usize> = &'a dyn Fn(&Place<D>) -> Place<D>;
type Moments<const D: usize> = (Point<D>, SMatrix<f64, D, D>);
type Datum<const D: usize> = fn(Score<D>, (f64, f64), &Point<D>) -> Moments<D>;

#[derive(Clone, Copy)]
struct Says {
    line: Datum<1>,
    plane: Datum<2>,
}

const SHOWN: Says =
    Says { line: |s, n, x| datum(s, n, x), plane: |s, n, x| datum(s, n, x) };

/// By Bayes' rule: data with weights, each weighed by the density of the noise that would
/// have taken it to x.
fn bayes<const D: usize>(
    data: &[(Point<D>, f64)],
    (alpha, sigma): (f64, f64),
    x: &Point<D>,
) -> Moments<D> {
    let weigh = |(z, weight): &(Point<D>, f64)| {
        let noise = (x - z * alpha) / sigma;
        weight * (-0.5 * noise.norm_squared()).exp()
    };
    let weights: Vec<f64> = data.iter().map(weigh).collect();
    let total: f64 = weights.iter().sum();
    let pairs = || data.iter().map(|(z, _)| z).zip(weights.iter().map(|w| w / total));
    let mean: Point<D> = pairs().map(|(z, w)| z * w).sum();
    let square = |(z, w): (&Point<D>, f64)| (z - mean) * (z - mean).transpose() * w;
    (mean, pairs().map(square).sum())
}

fn apart<const D: usize>(a: Moments<D>, b: Moments<D>) -> f64 {
    (a.0 - b.0).norm().max((a.1 - b.1).norm())
}

fn places<const D: usize>(seed: u64, n: usize, purpose: &str) -> Vec<Point<D>> {
    let mut draws = Stream::new(seed, purpose).generator();
    (0..n).map(|_| Point::from_fn(|_, _| draws.random_range(-1.6..1.6))).collect()
}

fn check(seed: u64, says: Says) -> Vec<Evidence> {
    let (alpha, sigma) = (0.6, 0.45);
    // The law of αz + σε is that of α(z + σε/α).
    let score = |x: &Place<2>| {
        THREE.score(Dual64::from(sigma / alpha), &(x / Dual64::from(alpha)))
            / Dual64::from(alpha)
    };
    let data: Vec<_> = plane().into_iter().map(|(z, weight, _)| (z, weight)).collect();
    let in_plane = places::<2>(seed, 12, "noisy places").into_iter().map(|x| {
        let found = (says.plane)(&score, (alpha, sigma), &x);
        apart(found, bayes(&data, (alpha, sigma), &x))
    });
    let in_plane = Evidence::at_most(
        "three heaps in the plane, α = 0.6, σ = 0.45, 12 places: largest distance of mean \
         and covariance from those by Bayes' rule",
        largest(in_plane),
        1e-11,
        "rounding of 20 000 terms; the trapezoid rule with cells of 0.07",
    )
    .sampled(12, seed);
    let score = |x: &Place<1>| TWO.score(Dual64::from(0.7), x);
    let data: Vec<_> = (-600..=500)
        .map(|i| {
            let z = Point::<1>::new(0.01 * f64::from(i));
            (z, TWO.log_density(0.0, &z).exp())
        })
        .collect();
    let on_line = places::<1>(seed, 20, "noisy places").into_iter().map(|x| {
        apart((says.line)(&score, (1.0, 0.7), &x), bayes(&data, (1.0, 0.7), &x))
    });
    let on_line = Evidence::at_most(
        "two heaps on the line, α = 1, σ = 0.7, 20 places: the same",
        largest(on_line),
        1e-12,
        "rounding; the trapezoid rule with cells of 0.01",
    )
    .sampled(20, seed);
    let points = places::<2>(seed, 5, "five data");
    let moved: Vec<_> = points.iter().map(|z| z * alpha).collect();
    let score = |x: &Place<2>| spikes(&moved, sigma, x);
    let of_five = places::<2>(seed, 12, "noisy places").into_iter().map(|x| {
        let found = (says.plane)(&score, (alpha, sigma), &x);
        let weighed: Vec<_> =
            points.iter().copied().zip(shares(&moved, sigma, &x)).collect();
        let mean: Point<2> = weighed.iter().map(|(z, w)| z * *w).sum();
        let square = |(z, w): &(Point<2>, f64)| (z - mean) * (z - mean).transpose() * *w;
        apart(found, (mean, weighed.iter().map(square).sum()))
    });
    let of_five = Evidence::at_most(
        "five data in the plane, 12 places: the same, by a sum over the data",
        largest(of_five),
        1e-12,
        "rounding: derivatives are exact, carried by dual numbers",
    )
    .sampled(12, seed);
    vec![in_plane, on_line, of_five]
}

/// E[z | x] and Cov[z | x].
pub const TWEEDIE: Claim = Claim::new(
    "sm-tweedie",
    "the score of the noisy law gives the mean of the clean datum behind a noisy one, and \
     the derivatives of that score give its covariance",
    |seed| check(seed, SHOWN),
    &[
        Slip::new("σ for σ²", |seed| {
            check(
                seed,
                Says {
                    line: |s, (alpha, sigma), x| datum(s, (alpha, sigma.sqrt()), x),
                    plane: |s, (alpha, sigma), x| datum(s, (alpha, sigma.sqrt()), x),
                },
            )
        }),
        Slip::new("against the score", |seed| {
            check(
                seed,
                Says {
                    line: |s, n, x| datum(|x: &Place<1>| -s(x), n, x),
                    plane: |s, n, x| datum(|x: &Place<2>| -s(x), n, x),
                },
            )
        }),
        Slip::new("α forgotten", |seed| {
            check(
                seed,
                Says { plane: |s, (_, sigma), x| datum(s, (1.0, sigma), x), ..SHOWN },
            )
        }),
        Slip::new("the spread of the noise for that of the datum", |seed| {
            check(
                seed,
                Says {
                    line: |s, (alpha, sigma), x| {
                        let (mean, _) = datum(s, (alpha, sigma), x);
                        (mean, SMatrix::identity() * (sigma / alpha).powi(2))
                    },
                    plane: |s, (alpha, sigma), x| {
                        let (mean, _) = datum(s, (alpha, sigma), x);
                        (mean, SMatrix::identity() * (sigma / alpha).powi(2))
                    },
                },
            )
        }),
    ],
);
