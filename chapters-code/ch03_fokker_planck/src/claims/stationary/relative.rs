//! What Langevin's equation does to a density, written with the ratio to its target; and
//! what it does with a target that is its own law.

use super::{places, three, unrest, worst};
use crate::bumps::Bumps;
use crate::operators::{Diffusion, Smooth, adjoint_terms};
use crate::score_driven::{ScoreDriven, relative_form};
use ch01_flows::balance::Balance;
use dynamics::{Increment, Point, Stream};
use evidence::{Claim, Evidence, Slip, mean_and_error};
use nalgebra::{Matrix2, Vector2};
use num_dual::HyperDual64;

/// A law of two bumps that is not the target.
fn two() -> Bumps<2> {
    Bumps::new([
        (0.65, Vector2::new(-0.4, 0.9), Matrix2::new(0.8, -0.2, -0.2, 0.5)),
        (0.35, Vector2::new(0.8, -0.7), Matrix2::new(0.3, 0.1, 0.1, 0.6)),
    ])
}

/// The rate of change of a density, given the density, the target and the place.
type Form = fn(&Bumps<2>, &Bumps<2>, &Point<2>) -> Balance;

/// The middle of the formula, −∇·((p/p⋆) ∇q) + Δp, with q = p⋆.
fn middle(p: &Bumps<2>, kept: &Bumps<2>, q: &Bumps<2>, x: &Point<2>) -> Balance {
    let zero = HyperDual64::from_re(0.0);
    Balance::of((0..2).flat_map(|i| {
        let mut y = x.map(HyperDual64::from_re);
        (y[i].eps1, y[i].eps2) = (1.0, 1.0);
        let [p, kept, q] = [p, kept, q].map(|p| p.at(zero, &y));
        let ratio = p / kept;
        [-ratio.eps1 * q.eps1, -ratio.re * q.eps1eps2, p.eps1eps2]
    }))
}

fn check(first: Form, second: Form, seed: u64) -> Vec<Evidence> {
    let places = places::<2>(50, 2.0, seed, "relative form");
    let langevin = ScoreDriven { target: three(), noise: 2.0_f64.sqrt() };
    let apart = |form: Form| {
        worst(places.iter().map(|x| {
            let adjoint = Balance::of(adjoint_terms(&langevin, &two(), 0.0, x));
            let found = form(&two(), &three(), x);
            let scale = adjoint.scale.max(found.scale);
            Balance { residual: found.residual - adjoint.residual, scale }.relative()
        }))
    };
    let at_target = |x: &Point<2>| {
        let p = three();
        // A ratio of 1 has no slope: each term is 0 up to rounding.
        second(&p, &p, x).scale / p.at(0.0, x)
    };
    let because = "rounding: quotients of densities, twice differentiated";
    vec![
        Evidence::at_most(
            "with the ratio before the slope, against the equation of the density, 50 places",
            apart(first),
            1e-13,
            because,
        )
        .sampled(50, seed),
        Evidence::at_most(
            "as the slope of the ratio, against the equation of the density, 50 places",
            apart(second),
            1e-13,
            because,
        )
        .sampled(50, seed),
        Evidence::at_most(
            "largest term of the second form where the density is the target, over it",
            worst(places.iter().map(at_target)),
            1e-13,
            because,
        )
        .sampled(50, seed),
    ]
}

/// ∂ₜp = −∇·((p/p⋆)∇p⋆) + Δp = ∇·(p⋆ ∇(p/p⋆)).
pub const RELATIVE_FORM: Claim = Claim::new(
    "fpk-langevin-relative-form",
    "Langevin's equation evens out the ratio of the density to its target",
    |seed| check(|p, kept, x| middle(p, kept, kept, x), relative_form, seed),
    &[
        Slip::printed(
            "the slope of the density for that of the target",
            "E002-12",
            |seed| check(|p, kept, x| middle(p, kept, p, x), relative_form, seed),
        ),
        Slip::new("the ratio upside down", |seed| {
            let turned: Form = |p, kept, x| relative_form(kept, p, x);
            check(|p, kept, x| middle(p, kept, kept, x), turned, seed)
        }),
    ],
);

/// The law whose score drives, given the law of the moment.
type Follows = fn(Bumps<2>) -> Bumps<2>;

/// The law of the moment itself.
fn own(law: Bumps<2>) -> Bumps<2> {
    law
}

/// A target that stays where it is.
fn fixed(_: Bumps<2>) -> Bumps<2> {
    Bumps::new([(1.0, Vector2::zeros(), Matrix2::from_diagonal_element(TARGET))])
}

/// The variance of [`fixed`], and of the cloud at the start.
const TARGET: f64 = 0.4;
const START: f64 = 1.7;

/// Particles, time, steps.
const COUNT: usize = 4000;
const TIME: f64 = 0.8;
const STEPS: usize = 40;

/// The first coordinates of a normal cloud in the plane at the start and at the end.
/// In each step the particles follow the score of a law that is told their own, which is
/// normal with the cloud's mean and variances.
fn drifting(follows: Follows, seed: u64) -> [Vec<f64>; 2] {
    let mut draws = Stream::new(seed, "own score").generator();
    let centre = Point::<2>::new(0.6, -0.3);
    let mut start = || {
        let away: Point<2> = Increment::draw(START.sqrt(), &mut draws);
        centre + away
    };
    let mut cloud: Vec<Point<2>> = (0..COUNT).map(|_| start()).collect();
    let firsts = |cloud: &[Point<2>]| cloud.iter().map(|x| x[0]).collect::<Vec<f64>>();
    let before = firsts(&cloud);
    let h = TIME / STEPS as f64;
    for _ in 0..STEPS {
        let n = COUNT as f64;
        let mean = cloud.iter().sum::<Point<2>>() / n;
        let square = |x: &Point<2>| (x - mean) * (x - mean).transpose();
        let covariance = cloud.iter().map(square).sum::<Matrix2<f64>>() / n;
        let target = follows(Bumps::new([(1.0, mean, covariance)]));
        let langevin = ScoreDriven { target, noise: 2.0_f64.sqrt() };
        for x in &mut cloud {
            let kick: Point<2> = Increment::draw((2.0 * h).sqrt(), &mut draws);
            *x += langevin.drift(0.0, x) * h + kick;
        }
    }
    [before, firsts(&cloud)]
}

fn variance(draws: &[f64]) -> f64 {
    let (mean, _) = mean_and_error(draws.iter().copied());
    mean_and_error(draws.iter().map(|x| (x - mean).powi(2))).0
}

/// What is said of the variance at the end, given that at the start.
type Said = fn(f64) -> f64;

fn frozen(follows: Follows, said: Said, seed: u64) -> Vec<Evidence> {
    let places = places::<2>(50, 2.0, seed, "own score");
    let moved = [two(), three()].map(|law| {
        let target = follows(law.clone());
        let langevin = ScoreDriven { target, noise: 2.0_f64.sqrt() };
        unrest(&langevin, &law, 0.0, &places)
    });
    let [before, after] = drifting(follows, seed);
    let v = variance(&before);
    // 2(X − m)√2 dW adds 8v dt to the variance of (X − m)², particle by particle.
    let error = (8.0 * v * TIME / COUNT as f64).sqrt();
    vec![
        Evidence::at_most(
            "rate of change of two laws with their own score over its largest term",
            worst(moved),
            1e-13,
            "rounding",
        )
        .sampled(50, seed),
        Evidence::errors(
            "variance of 4000 particles that follow the score of their own cloud, t = 0.8",
            variance(&after),
            said(v),
            error,
            COUNT as u64,
            seed,
        ),
    ]
}

/// −∇·(p ∇ log p) + Δp = 0.
pub const FREEZES: Claim = Claim::new(
    "fpk-own-score-freezes",
    "driven by the score of its own law a process moves its particles and never its law",
    |seed| frozen(own, |v| v, seed),
    &[
        Slip::printed("the own score said to lead to the target", "E004-11", |seed| {
            frozen(own, |v| TARGET + (v - TARGET) * (-2.0 * TIME / TARGET).exp(), seed)
        }),
        Slip::new("the score of a fixed target in its place", |seed| {
            frozen(fixed, |v| v, seed)
        }),
    ],
);
