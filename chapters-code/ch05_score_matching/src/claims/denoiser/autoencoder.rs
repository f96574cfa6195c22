//! The best denoiser, and where its arrow points.

use super::{cases, largest};
use crate::denoiser::{Case, denoise, squared_error};
use crate::problem::heaps;
use crate::windows::window_score;
use dynamics::{Increment, Point, Stream};
use evidence::{Claim, Evidence, Slip};
use rand::RngExt;

const SIGMA: f64 = 0.7;

type Error = fn(&dyn Fn(&Point<1>) -> Point<1>, f64, &[Case<1>]) -> f64;
/// Where the arrow from y ends, from the score, σ, y, and the datum that made y.
type End = fn(&dyn Fn(&Point<2>) -> Point<2>, f64, &Point<2>, &Point<2>) -> Point<2>;
type Best = fn(&dyn Fn(&Point<1>) -> Point<1>, f64, &Point<1>) -> Point<1>;

#[derive(Clone, Copy)]
struct Ways {
    best: Best,
    error: Error,
    end: End,
}

const SHOWN: Ways = Ways {
    best: |s, sigma, y| denoise(s, sigma, y),
    error: |f, sigma, cases| squared_error(f, sigma, cases),
    end: |s, sigma, y, _| denoise(s, sigma, y),
};

fn check(seed: u64, ways: Ways) -> Vec<Evidence> {
    let cases = cases();
    let law = heaps();
    let score = |y: &Point<1>| law.score(SIGMA, y);
    let best = |y: &Point<1>| (ways.best)(&score, SIGMA, y);
    let mean = |f: &dyn Fn(&Point<1>, &Point<1>) -> f64| -> f64 {
        let term = |(weight, x, noise): &Case<1>| weight * f(x, &(x + noise * SIGMA));
        cases.iter().map(term).sum()
    };
    let least = (ways.error)(&best, SIGMA, &cases);
    let mut numbers = Stream::new(seed, "other denoisers").generator();
    let others = (0..20).map(|_| {
        let a: [f64; 4] = std::array::from_fn(|_| numbers.random_range(-1.0..1.0));
        let phi = |y: &Point<1>| {
            Point::<1>::new(a[0] + a[1] * y.x + a[2] * (a[3] + 2.0 * y.x).sin())
        };
        let other = (ways.error)(&|y| best(y) + phi(y), SIGMA, &cases);
        let more = mean(&|_, y| phi(y).norm_squared());
        ((other - least) / more - 1.0).abs()
    });
    let others = Evidence::at_most(
        "two heaps, σ = 0.7, 20 other denoisers: how much more they err, over the mean \
         square by which they differ from the best, distance from 1",
        largest(others),
        1e-11,
        "rounding of 20 000 terms of either sign",
    )
    .sampled(20, seed);
    let square = mean(&|_, y| score(y).norm_squared());
    let said = SIGMA.powi(2) - SIGMA.powi(4) * square;
    let spread = |of: &dyn Fn(&Point<1>, &Point<1>) -> f64| {
        let first = mean(of);
        mean(&|x, y| (of(x, y) - first).powi(2))
    };
    let data = spread(&|x, _| x.x);
    let drawn = spread(&|_, y| best(y).x);
    let floor = Evidence::at_most(
        "its own error, distance from d σ² − σ⁴ E|∇ log q|²; and that error with the \
         variance of what it answers, distance from the variance of the data",
        (least - said).abs().max((least + drawn - data).abs()),
        1e-12,
        "rounding; the trapezoid rule in data and noise",
    );
    let data = [Point::<2>::new(-0.8, 0.5), Point::<2>::new(1.4, -0.3)];
    let (middle, half) = ((data[0] + data[1]) / 2.0, (data[1] - data[0]) / 2.0);
    let mut draws = Stream::new(seed, "noise on two data").generator();
    let ends = (0..40).map(|k| {
        let (sigma, clean) = (1.1, data[k % 2]);
        let y = clean + Point::<2>::draw(sigma, &mut draws);
        let end = (ways.end)(&|y| window_score(&data, sigma, y), sigma, &y, &clean);
        let turn = (half.dot(&(y - middle)) / (sigma * sigma)).tanh();
        (end - (middle + half * turn)).norm()
    });
    let ends = Evidence::at_most(
        "two data in the plane, σ = 1.1, 40 noisy places: largest distance of the end of \
         the arrow from the mean that Bayes' rule gives",
        largest(ends),
        1e-13,
        "rounding",
    )
    .sampled(40, seed);
    vec![others, floor, ends]
}

/// f*(y) = E[x | y] = y + σ² ∇ log q_σ(y).
pub const AUTOENCODER: Claim = Claim::new(
    "sm-dae",
    "the best denoiser answers with the mean of the clean data behind a noisy one, which \
     lies where the score of the noisy law points",
    |seed| check(seed, SHOWN),
    &[
        Slip::printed("the clean datum for input", "E002-11", |seed| {
            let error: Error = |f, _, cases| squared_error(f, 0.0, cases);
            check(seed, Ways { error, ..SHOWN })
        }),
        Slip::printed("the arrow ends at the clean datum", "E002-14", |seed| {
            check(seed, Ways { end: |_, _, _, clean| *clean, ..SHOWN })
        }),
        Slip::new("leave it as it is", |seed| {
            check(seed, Ways { best: |_, _, y| *y, ..SHOWN })
        }),
        Slip::new("σ for σ²", |seed| {
            check(
                seed,
                Ways {
                    best: |s, sigma, y| denoise(s, sigma.sqrt(), y),
                    end: |s, sigma, y, _| denoise(s, sigma.sqrt(), y),
                    ..SHOWN
                },
            )
        }),
        Slip::new("away from the score", |seed| {
            check(
                seed,
                Ways {
                    best: |s, sigma, y| denoise(|y| -s(y), sigma, y),
                    end: |s, sigma, y, _| denoise(|y| -s(y), sigma, y),
                    ..SHOWN
                },
            )
        }),
    ],
);
