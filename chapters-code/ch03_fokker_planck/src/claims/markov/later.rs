//! What is to be expected from a place.

use super::kolmogorov::{GROWTH, WARM};
use super::variants::{
    Backwards, BackwardsAdjoint, BackwardsInTime, BackwardsTwice, Equation,
};
use crate::finite_volume::Rates;
use crate::kolmogorov::{Expected, looking_back};
use crate::markov::{Line, Transition};
use crate::operators::Smooth;
use crate::outlook::{END, crowd, outlook, particles_from, rates};
use ch01_flows::orders::slope;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use rand::RngExt;

/// Wide enough for all places of the checks.
const LINE: Line = Line { low: -14.0, high: 14.0, cells: 900 };
/// Growth is positive, and its density vanishes with all derivatives at 0.
const POSITIVE: Line = Line { low: 0.0, high: 400.0, cells: 20_000 };
/// When φ is looked at.
const TIME: f64 = 1.4;

fn wave(x: f64) -> f64 {
    (1.3 * x + 0.4).cos()
}

fn kink(x: f64) -> f64 {
    (x - 0.4).max(0.0)
}

/// Places to look from, a time and a place each.
fn views(seed: u64, n: usize) -> impl Iterator<Item = (f64, Point<1>)> {
    let mut draws = Stream::new(seed, "views").generator();
    (0..n).map(move |_| {
        let r = draws.random_range(0.1..1.1);
        (r, Point::<1>::new(draws.random_range(-2.0..2.0)))
    })
}

fn expected(seed: u64) -> Vec<Evidence> {
    let v = Expected { process: WARM, phi: wave, time: TIME, line: LINE };
    let closed = |r: f64, y: f64| {
        let (a, variance) = WARM.hop(r, TIME);
        (-0.5 * 1.69 * variance).exp() * (1.3 * a * y + 0.4).cos()
    };
    let apart = views(seed, 50).map(|(r, y)| (v.at(r, &y) - closed(r, y[0])).abs());
    let cube =
        Expected { process: GROWTH, phi: |x: f64| x.powi(3), time: TIME, line: POSITIVE };
    let (growth, volatility) = (GROWTH.growth, GROWTH.volatility);
    let grown = [(0.2, 0.7), (0.9, 1.6)].map(|(r, y): (f64, f64)| {
        let rate = 3.0 * growth + 3.0 * volatility.powi(2);
        let expected = y.powi(3) * (rate * (TIME - r)).exp();
        (cube.at(r, &Point::<1>::new(y)) / expected - 1.0).abs()
    });
    let settling: Vec<_> = (7..13)
        .map(|k| 0.5_f64.powi(k))
        .map(|span| {
            let near = Line { low: -0.8, high: 2.2, cells: 3000 };
            let late = Expected { line: near, ..v };
            let at = late.at(TIME - span, &Point::<1>::new(0.7));
            (span, (at - wave(0.7)).abs())
        })
        .collect();
    // ∫ v(r, y) p_r(y) dy for a crowd that starts at one place.
    let crowd = |r: f64| {
        let density = |y| WARM.density((0.1, 0.9), (r, y));
        LINE.integral(|y| closed(r, y) * density(y))
    };
    let means = [0.3, 0.6, 0.9, 1.2].map(crowd);
    let spread = means.iter().map(|m| (m - means[0]).abs()).fold(0.0, f64::max);
    vec![
        Evidence::at_most(
            "mean of a wave from 50 places, against its closed form",
            apart.fold(0.0, f64::max),
            1e-13,
            "rounding: the trapezoid rule is exact to all digits here",
        )
        .sampled(50, seed),
        Evidence::at_most(
            "mean of the cube of what grows, from two places, relative error",
            grown.into_iter().fold(0.0, f64::max),
            1e-12,
            "what lies beyond 400, 7.5 deviations of the logarithm away, and rounding",
        ),
        Evidence::order(
            "a mean of what is settled at once, spans 1/128 to 1/4096",
            slope(&settling),
            1.0,
            0.05,
            "order 1; at 1/128 the next term is a few percent",
        ),
        Evidence::at_most(
            "mean over the crowd of what each may expect, at four times, their distance",
            spread,
            1e-14,
            "rounding: sums of 900 terms, none above 1",
        ),
    ]
}

/// The worst balance of ∂ᵣv + 𝒜v for a wave and for a kink.
fn equation<E: Equation>(seed: u64) -> Evidence {
    let wave = Expected { process: WARM, phi: wave, time: TIME, line: LINE };
    let kink = Expected { process: WARM, phi: kink, time: TIME, line: LINE };
    let mut worst = 0.0_f64;
    for (r, y) in views(seed, 20) {
        worst = worst.max(E::balance(&WARM, &wave, r, &y).relative());
        worst = worst.max(E::balance(&WARM, &kink, r, &y).relative());
    }
    Evidence::at_most(
        "means of a wave and of a kink from 20 places, worst balance",
        worst,
        1e-10,
        "rounding: sums of 900 terms of both signs, up to a hundred times their sum",
    )
    .sampled(20, seed)
}

/// What a φ on the cells is expected to be.
type Back = fn(&Rates, Vec<f64>, f64, usize) -> Vec<Vec<f64>>;

/// The double well: the chance to end on the right.
fn well(back: Back, seed: u64) -> Vec<Evidence> {
    let v = outlook(back);
    let n = v.len() - 1;
    let rates = rates();
    let mass = |p: &[f64], v: &[f64]| -> f64 {
        let width = rates.cells.width();
        p.iter().zip(v).map(|(p, v)| p * v * width).sum()
    };
    let densities = crowd();
    let first = mass(&densities[0], &v[n]);
    let apart = densities
        .iter()
        .zip(v.iter().rev())
        .map(|(p, v)| (mass(p, v) - first).abs())
        .fold(0.0, f64::max);
    let mut all = vec![Evidence::at_most(
        "chance of a crowd to end on the right, from its density at each of 61 times, \
         largest distance",
        apart,
        1e-6,
        "Crank–Nicolson: a twelfth of the square of rate times step, for rates of about 1 \
         and a step of 0.002",
    )];
    for (k, start) in [-0.6, 0.1, 0.8].into_iter().enumerate() {
        let particles = particles_from(start, 4000, seed, k);
        let right = particles.iter().filter(|x| **x > 0.0).count() as f64 / 4000.0;
        let cells = rates.cells;
        let place = (start - cells.centre(0)) / cells.width();
        let (i, part) = (place.floor() as usize, place.fract());
        let chance = v[n][i] * (1.0 - part) + v[n][i + 1] * part;
        let error = (chance * (1.0 - chance) / 4000.0).abs().sqrt();
        all.push(Evidence::errors(
            format!(
                "4000 particles from {start}, the part that is on the right at {END}"
            ),
            right,
            chance,
            error,
            4000,
            seed,
        ));
    }
    all
}

fn check<E: Equation>(back: Back, seed: u64) -> Vec<Evidence> {
    let mut all = expected(seed);
    all.push(equation::<E>(seed));
    all.extend(well(back, seed));
    all
}

/// ∂ᵣv + 𝒜v = 0, v(t, y) = φ(y).
pub const BACKWARD_EXPECTATION: Claim = Claim::new(
    "fpk-backward-expectation",
    "what is to be expected of a later quantity, as a function of the place and the time \
     from where one looks, obeys the backward equation and ends as the quantity itself",
    |seed| check::<Backwards>(looking_back, seed),
    &[
        Slip::new("the adjoint", |seed| vec![equation::<BackwardsAdjoint>(seed)]),
        Slip::new("time with the other sign", |seed| {
            vec![equation::<BackwardsInTime>(seed)]
        }),
        Slip::new("the noise without its half", |seed| {
            vec![equation::<BackwardsTwice>(seed)]
        }),
        Slip::new("the matrix not transposed", |seed| {
            well(
                |rates, phi, h, n| {
                    let forth = (rates.matrix() * h).exp();
                    let mut v = vec![nalgebra::DVector::from_vec(phi)];
                    for i in 0..n {
                        v.push(&forth * &v[i]);
                    }
                    v.into_iter().map(|v| v.as_slice().to_vec()).collect()
                },
                seed,
            )
        }),
    ],
);
