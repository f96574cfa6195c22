//! The unadjusted Langevin algorithm and its bias.

use super::one_step::two;
use crate::gaussian_target::GaussianTarget;
use crate::langevin::{Langevin, ula, ula_step};
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{
    Density, Failure, Increment, Mixture, Point, Sde, SdeMethod, Stream, TimeGrid,
};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix3, SMatrix};
use statrs::distribution::{ContinuousCDF, Normal};
use std::f64::consts::SQRT_2;

/// A run of the chain: target, η, steps, seed, particles.
type Runner =
    fn(&Mixture<2>, f64, usize, u64, &mut [Point<2>]) -> Result<(), Failure<Point<2>>>;

/// The function of the chapter.
const SHOWN: Runner = |p, eta, n, seed, particles| {
    ula(|x: &Point<2>| p.score(x), eta, n, stream(seed), particles)
};

fn stream(seed: u64) -> Stream {
    Stream::new(seed, "unadjusted Langevin")
}

/// `ula` against its step, on the same draws; and the chain from one far point.
fn check(run: Runner, seed: u64) -> Vec<Evidence> {
    const ETA: f64 = 0.01;
    let p = two();
    let mut few: Vec<_> = (0..5).map(|k| Point::<2>::new(f64::from(k), -1.3)).collect();
    let mut stepped = few.clone();
    let mut generator = stream(seed).chunk(0);
    for _ in 0..40 {
        for x in &mut stepped {
            let z = Point::<2>::draw(1.0, &mut generator);
            *x = ula_step(|x| p.score(x), ETA, x, &z);
        }
    }
    let same = run(&p, ETA, 40, seed, &mut few).map_or(f64::INFINITY, |()| {
        few.iter().zip(&stepped).map(|(a, b)| (a - b).norm()).fold(0.0, f64::max)
    });
    let mut particles = vec![Point::<2>::new(4.0, 4.0); 4000];
    if run(&p, ETA, 1000, seed, &mut particles).is_err() {
        return vec![];
    }
    let (mean, covariance) = (p.mean(), p.covariance());
    let along = |i: usize| particles.iter().map(|x| x[i]).collect::<Vec<f64>>();
    let (xs, ys) = (along(0), along(1));
    let cdf = |x: f64| {
        let part = |w: f64, m: f64, v: f64| {
            w * Normal::new(m, v.sqrt()).expect("a deviation").cdf(x)
        };
        part(0.6, 0.9, 0.8) + part(0.4, -0.8, 0.5)
    };
    vec![
        Evidence::at_most(
            "five particles, 40 steps, against the step on the same draws",
            same,
            1e-12,
            "rounding of 40 steps, which the score may enlarge a little",
        ),
        Evidence::law("4000 particles from (4, 4), first coordinate", &xs, cdf, seed),
        Evidence::mean("their mean, second coordinate", &ys, mean.y, seed),
        Evidence::variance("their variance there", &ys, covariance[(1, 1)], seed),
        Evidence::covariance("their covariance", &xs, &ys, covariance[(0, 1)], seed),
    ]
}

/// Euler–Maruyama for the score of `p`, its noise multiplied by `factor`.
struct Loud<'a> {
    p: &'a Mixture<2>,
    factor: f64,
}

impl Sde<Point<2>> for Loud<'_> {
    fn drift(&self, _t: f64, x: &Point<2>) -> Point<2> {
        self.p.score(x)
    }

    fn noise(&self, _t: f64, _x: &Point<2>, dw: &Point<2>) -> Point<2> {
        dw * self.factor
    }
}

/// A run whose noise has this factor in front of ΔW.
fn loud(
    p: &Mixture<2>,
    factor: f64,
    (eta, n): (f64, usize),
    seed: u64,
    particles: &mut [Point<2>],
) -> Result<(), Failure<Point<2>>> {
    let grid = TimeGrid::new(0.0, eta * n as f64, n);
    simulate(&EulerMaruyama, &Loud { p, factor }, grid, stream(seed), particles)
}

/// The unadjusted Langevin algorithm.
pub const ULA: Claim = Claim::new(
    "fpk-ula",
    "a step along the score and noise of twice its length lead from one far point to \
     samples of the target",
    |seed| check(SHOWN, seed),
    &[
        Slip::printed("the noise multiplied by the step", "E002-06", |seed| {
            check(
                |p, eta, n, seed, particles| {
                    loud(p, (2.0 * eta).sqrt(), (eta, n), seed, particles)
                },
                seed,
            )
        }),
        Slip::new("noise √η: no two under the root", |seed| {
            check(
                |p, eta, n, seed, particles| loud(p, 1.0, (eta, n), seed, particles),
                seed,
            )
        }),
        Slip::new("half the score with the noise √(2η)", |seed| {
            check(
                |p, eta, n, seed, particles| {
                    let score = |x: &Point<2>| p.score(x) * 0.5;
                    ula(score, eta, n, stream(seed), particles)
                },
                seed,
            )
        }),
        Slip::new("one normal number for both coordinates", |seed| {
            check(
                |p, eta, n, seed, particles| {
                    let score = |x: &Point<2>| p.score(x);
                    let sde = Langevin { score, diffusion: SQRT_2 };
                    let grid = TimeGrid::new(0.0, eta * n as f64, n);
                    simulate(&OneNumber, &sde, grid, stream(seed), particles)
                },
                seed,
            )
        }),
    ],
);

/// Euler–Maruyama that gives the first coordinate's noise to both.
struct OneNumber;

impl<E: Sde<Point<2>>> SdeMethod<E, Point<2>, Point<2>> for OneNumber {
    const STRONG_ORDER: f64 = 0.5;
    const WEAK_ORDER: f64 = 1.0;

    fn step(&self, sde: &E, t: f64, h: f64, x: &Point<2>, dw: &Point<2>) -> Point<2> {
        EulerMaruyama.step(sde, t, h, x, &Point::<2>::repeat(dw.x))
    }
}

/// The limit of the covariance, and the law after one step.
#[derive(Clone, Copy)]
struct Candidate {
    limit: fn(&GaussianTarget<3>, f64) -> Option<SMatrix<f64, 3, 3>>,
    step: fn(&GaussianTarget<3>, f64) -> SMatrix<f64, 3, 3>,
}

/// The functions of the chapter.
const BIASED: Candidate = Candidate {
    limit: GaussianTarget::ula_limit,
    step: |target, eta| target.ula_step(eta, &target.law).covariance,
};

/// Eigenvalues 0.4, 1 and 2.2, turned.
fn target() -> GaussianTarget<3> {
    let turn = nalgebra::Rotation3::from_euler_angles(0.4, -0.7, 1.1).into_inner();
    let spread = Matrix3::from_diagonal(&Point::<3>::new(NARROW, 1.0, 2.2));
    let covariance = turn * spread * turn.transpose();
    let mean = Point::<3>::new(0.6, -1.1, 0.3);
    GaussianTarget::new(mean, 0.5 * (covariance + covariance.transpose()))
        .expect("positive definite")
}

/// The smallest eigenvalue.
const NARROW: f64 = 0.4;

/// The law of one step from the law `before`, read off the step itself, which is affine in
/// place and noise.
fn stepped(before: &SMatrix<f64, 3, 3>, eta: f64) -> SMatrix<f64, 3, 3> {
    let target = target();
    let step = |x: &Point<3>, z: &Point<3>| ula_step(|x| target.score(x), eta, x, z);
    let (centre, still) = (target.law.mean, Point::<3>::zeros());
    let rest = step(&centre, &still);
    let axes = [0, 1, 2].map(|i| Point::<3>::ith(i, 1.0));
    let a = Matrix3::from_columns(&axes.map(|e| step(&(centre + e), &still) - rest));
    let b = Matrix3::from_columns(&axes.map(|e| step(&centre, &e) - rest));
    a * before * a.transpose() + b * b.transpose()
}

fn bias(candidate: Candidate, seed: u64) -> Vec<Evidence> {
    let (target, eta) = (target(), 0.3);
    let covariance = target.law.covariance;
    let after = (candidate.step)(&target, eta);
    let expected = stepped(&covariance, eta);
    let one_step = (after - expected).norm() / (expected - covariance).norm();
    let Some(limit) = (candidate.limit)(&target, eta) else { return vec![] };
    let moved = (stepped(&limit, eta) - limit).norm() / covariance.norm();
    // A start that is far too wide, and as many steps as the widest part needs.
    let far = (0..250).fold(covariance * 30.0, |c, _| stepped(&c, eta));
    let reached = (far - limit).norm() / covariance.norm();
    let around = [0.5, 0.99, 0.999_9, 1.000_1, 1.01, 3.0].map(|part| {
        let eta = 2.0 * NARROW * part;
        let grown = (0..2).fold(Matrix3::identity(), |c, _| {
            stepped(&c, eta) - stepped(&Matrix3::zeros(), eta)
        });
        // Two steps multiply the narrow direction by (1 − η/λ)⁴.
        let settles = grown.symmetric_eigenvalues().max() < 1.0;
        (candidate.limit)(&target, eta).is_some() != settles
    });
    let wrong = around.into_iter().filter(|wrong| *wrong).count();
    let narrow = Point::<3>::from(
        covariance
            .symmetric_eigen()
            .eigenvectors
            .column(covariance.symmetric_eigenvalues().imin()),
    );
    let mut particles = vec![target.law.mean; 10_000];
    let eta = 0.5;
    let run = ula(
        |x: &Point<3>| target.score(x),
        eta,
        60,
        Stream::new(seed, "bias of Langevin chains"),
        &mut particles,
    );
    let Some(settled) = (candidate.limit)(&target, eta).filter(|_| run.is_ok()) else {
        return vec![];
    };
    let along: Vec<f64> = particles.iter().map(|x| narrow.dot(x)).collect();
    vec![
        Evidence::at_most(
            "covariance after one step from the target, error over the change",
            one_step,
            1e-13,
            "rounding: the change is a tenth of the covariance",
        ),
        Evidence::at_most(
            "limit of the covariance, moved by a step, relative",
            moved,
            1e-13,
            "rounding",
        ),
        Evidence::at_most(
            "covariance of 250 steps from thirty times Σ, distance from the limit, relative",
            reached,
            1e-13,
            "(1 − 0.3/2.2)⁵⁰⁰ = 1e-32, and rounding",
        ),
        Evidence::at_most(
            "verdicts on six steps about the bound that are wrong",
            wrong as f64,
            0.0,
            "counted",
        ),
        Evidence::variance(
            "10 000 particles after 60 steps of 0.5, the narrow direction",
            &along,
            narrow.dot(&(settled * narrow)),
            seed,
        ),
    ]
}

/// What the step does to the law.
pub const ULA_BIAS: Claim = Claim::new(
    "fpk-ula-bias",
    "the chain settles in a law that is too wide by a part that grows with the step, \
     and beyond a longest step it settles nowhere",
    |seed| bias(BIASED, seed),
    &[
        Slip::printed(
            "the iteration converges to the target itself",
            "E002-15",
            |seed| {
                let limit = |p: &GaussianTarget<3>, eta: f64| {
                    p.ula_limit(eta).map(|_| p.law.covariance)
                };
                bias(Candidate { limit, ..BIASED }, seed)
            },
        ),
        Slip::printed(
            "a step of any length leaves the target alone",
            "E004-13",
            |seed| bias(Candidate { step: |p, _| p.law.covariance, ..BIASED }, seed),
        ),
        Slip::new("too narrow by as much", |seed| {
            bias(Candidate { limit: |p, eta| p.ula_limit(-eta), ..BIASED }, seed)
        }),
        Slip::new("the bound of the mean direction for all", |seed| {
            let limit = |p: &GaussianTarget<3>, eta: f64| {
                let mean = p.law.covariance.trace() / 3.0;
                (eta < 2.0 * mean).then(|| p.ula_limit(eta).unwrap_or(p.law.covariance))
            };
            bias(Candidate { limit, ..BIASED }, seed)
        }),
    ],
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gaussian_target::Law;

    #[test]
    fn the_law_of_a_chain_is_that_of_its_steps() {
        let (target, eta) = (target(), 0.21);
        let start =
            Law { mean: Point::<3>::new(3.0, 1.0, -2.0), covariance: Matrix3::zeros() };
        let law = target.ula_law(eta, 7, &start);
        let covariance = (0..7).fold(Matrix3::zeros(), |c, _| stepped(&c, eta));
        assert!((law.covariance - covariance).norm() < 1e-13);
        let still = Point::<3>::zeros();
        let mean = (0..7)
            .fold(start.mean, |x, _| ula_step(|x| target.score(x), eta, &x, &still));
        assert!((law.mean - mean).norm() < 1e-13);
    }
}
