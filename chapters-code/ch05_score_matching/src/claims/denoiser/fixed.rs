//! Of which law the score is that noise of one size teaches.

use super::{cases, largest};
use crate::claims::without::fields::{THREE, TWO};
use crate::claims::without::moved;
use crate::implicit::GaussianScore;
use ch03_fokker_planck::ula;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::SMatrix;

const SIGMA: f64 = 0.6;
const DRAWS: usize = 50;
const CHAINS: usize = 4000;

/// Fields in which the learned score of the heaps is moved.
const DIRECTIONS: [fn(f64) -> f64; 4] =
    [|y| y, f64::cos, |y| (2.0 * y).sin(), |y| (-y * y).exp()];

/// What denoising learns: a Gaussian score from draws, and the score of the two heaps.
#[derive(Clone, Copy)]
struct Learned {
    gaussian: fn(&[Point<2>], f64) -> GaussianScore<2>,
    heaps: fn(f64, &Point<1>) -> Point<1>,
}

const SHOWN: Learned = Learned {
    gaussian: GaussianScore::fit_denoising,
    heaps: |sigma, y| TWO.score(sigma, y),
};

fn draws(seed: u64) -> Vec<Point<2>> {
    let mut generator = Stream::new(seed, "draws to be denoised").generator();
    (0..DRAWS).map(|_| THREE.sample(&mut generator)).collect()
}

/// The denoising loss over the draws. It is of second degree in the noise, so that 0 and
/// ±√3 with the weights ⅔ and ⅙ average over all of it.
fn loss(score: &GaussianScore<2>, data: &[Point<2>]) -> f64 {
    let values =
        [(0.0, 2.0 / 3.0), (3f64.sqrt(), 1.0 / 6.0), (-(3f64.sqrt()), 1.0 / 6.0)];
    let noises = values.iter().flat_map(|a| values.iter().map(move |b| (a, b)));
    let over_data = |noise: Point<2>| {
        let miss = |x: &Point<2>| {
            (score.at(&(x + noise * SIGMA)) + noise / SIGMA).norm_squared()
        };
        data.iter().map(miss).sum::<f64>() / data.len() as f64
    };
    noises.map(|(a, b)| a.1 * b.1 * over_data(Point::<2>::new(a.0, b.0))).sum()
}

fn check(seed: u64, learned: Learned) -> Vec<Evidence> {
    let data = draws(seed);
    let best = (learned.gaussian)(&data, SIGMA);
    let slopes = (0..5).map(|k| {
        let at = |by: f64| loss(&moved(&best, k, by), &data);
        ((at(0.5) - at(-0.5)) / (1.0 + at(0.5).abs())).abs()
    });
    let slopes = Evidence::at_most(
        "50 draws in the plane, σ = 0.6: largest slope of the denoising loss by a \
         parameter of the fitted score, relative",
        largest(slopes),
        1e-12,
        "rounding: the loss is a parabola in each, and the difference is its slope",
    )
    .sampled(DRAWS as u64, seed);
    // Langevin with the drift −P and the noise 2I settles where PS + SP = 2I.
    let mean = data.iter().sum::<Point<2>>() / DRAWS as f64;
    let square = |x: &Point<2>| (x - mean) * (x - mean).transpose() / DRAWS as f64;
    let noisy = data.iter().map(square).sum::<SMatrix<f64, 2, 2>>()
        + SMatrix::identity() * SIGMA.powi(2);
    let balance =
        best.precision * noisy + noisy * best.precision - SMatrix::identity() * 2.0;
    let settled = Evidence::at_most(
        "what Langevin with this score does to the covariance of the draws with σ² I \
         added: largest rate",
        balance.abs().max(),
        1e-12,
        "rounding",
    )
    .sampled(DRAWS as u64, seed);
    let all = cases();
    let against = DIRECTIONS.map(|phi| {
        let term = |(weight, x, noise): &(f64, Point<1>, Point<1>)| {
            let y = x + noise * SIGMA;
            weight * phi(y.x) * ((learned.heaps)(SIGMA, &y) + noise / SIGMA).x
        };
        all.iter().map(term).sum::<f64>().abs()
    });
    let against = Evidence::at_most(
        "two heaps: largest slope of the denoising loss of the learned score in four \
         directions",
        largest(against),
        1e-12,
        "rounding of 20 000 terms of either sign",
    );
    let law = &*TWO;
    let mut generator = Stream::new(seed, "where chains begin").generator();
    let mut chains: Vec<_> = (0..CHAINS).map(|_| law.sample(&mut generator)).collect();
    let stream = Stream::new(seed, "chains with a learned score");
    let ran = ula(|y| (learned.heaps)(SIGMA, y), 0.02, 300, stream, &mut chains);
    let ends: Vec<f64> = match ran {
        Ok(()) => chains.iter().map(|x| x.x).collect(),
        Err(_) => vec![f64::NAN],
    };
    let chains = Evidence::law(
        "4000 Langevin chains of 300 steps of 0.02 with it, against the law with noise",
        &ends,
        |y| law.cdf(SIGMA, y),
        seed,
    );
    vec![slopes, settled, against, chains]
}

/// At fixed σ denoising learns the score of q_σ.
pub const SMOOTHED: Claim = Claim::new(
    "sm-dsm-smoothed-law",
    "with noise of one size denoising learns the score of the law with that noise added, \
     and Langevin chains with it draw from that law",
    |seed| check(seed, SHOWN),
    &[
        Slip::printed("the score of the data", "E002-02", |seed| {
            check(
                seed,
                Learned {
                    gaussian: |data, _| {
                        GaussianScore::fit(data).expect("draws that spread")
                    },
                    heaps: |_, y| TWO.score(0.0, y),
                },
            )
        }),
        Slip::new("the deviation of the noise added", |seed| {
            check(
                seed,
                Learned {
                    gaussian: |data, sigma| {
                        GaussianScore::fit_denoising(data, sigma.sqrt())
                    },
                    heaps: |sigma, y| TWO.score(sigma.sqrt(), y),
                },
            )
        }),
        Slip::new("the noise added twice", |seed| {
            check(
                seed,
                Learned {
                    gaussian: |data, sigma| {
                        GaussianScore::fit_denoising(data, sigma * 2f64.sqrt())
                    },
                    heaps: |sigma, y| TWO.score(sigma * 2f64.sqrt(), y),
                },
            )
        }),
    ],
);
