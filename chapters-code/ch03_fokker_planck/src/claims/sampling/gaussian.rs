//! The Langevin equation of a Gaussian.

use crate::gaussian_target::{GaussianTarget, Law};
use crate::langevin::Langevin;
use ch01_flows::{Rk4, trajectory};
use dynamics::{Density, Point, Sde, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix3, SMatrix, SVector};

/// A way to tell the score, and a way to tell the law at a time.
#[derive(Clone, Copy)]
struct Candidate {
    score: fn(&GaussianTarget<3>, &Point<3>) -> Point<3>,
    law: fn(&GaussianTarget<3>, f64, f64, &Law<3>) -> Law<3>,
}

/// The functions of the chapter.
const SHOWN: Candidate =
    Candidate { score: GaussianTarget::score, law: GaussianTarget::langevin };

/// g.
const G: f64 = 0.8;

fn target() -> GaussianTarget<3> {
    let covariance = Matrix3::new(1.4, 0.5, -0.3, 0.5, 0.9, 0.2, -0.3, 0.2, 0.7);
    GaussianTarget::new(Point::<3>::new(0.6, -1.1, 0.3), covariance)
        .expect("positive definite")
}

fn start() -> Law<3> {
    let covariance = Matrix3::new(0.5, -0.2, 0.1, -0.2, 1.3, 0.4, 0.1, 0.4, 0.6);
    Law { mean: Point::<3>::new(-2.1, 1.7, 2.4), covariance }
}

/// The score against differences of log p.
fn differences(candidate: Candidate) -> Evidence {
    let (target, law) = (target(), target().law.gaussian());
    let places = [[0.2, 0.9, -1.3], [-3.1, 2.0, 0.4], [4.0, -2.5, 1.9]];
    let off = places.map(|place| {
        let x = Point::<3>::from(place);
        let gradient = Point::<3>::from_fn(|i, _| {
            let e = Point::<3>::ith(i, 1.0);
            0.5 * (law.log_density(&(x + e)) - law.log_density(&(x - e)))
        });
        let found = (candidate.score)(&target, &x);
        (found - gradient).norm() / gradient.norm()
    });
    Evidence::at_most(
        "score against central differences of log p, relative, three places",
        largest(off),
        1e-13,
        "rounding: log p is a quadratic function, and its central differences are exact",
    )
}

/// The drift as a matrix A in −A (x − μ), read off the equation.
fn pull(candidate: Candidate) -> SMatrix<f64, 3, 3> {
    let target = target();
    let score = |x: &Point<3>| (candidate.score)(&target, x);
    let sde = Langevin { score, diffusion: G };
    let centre = target.law.mean;
    let columns = [0, 1, 2].map(|i| {
        let beside = centre + Point::<3>::ith(i, 1.0);
        sde.drift(0.0, &centre) - sde.drift(0.0, &beside)
    });
    SMatrix::from_columns(&columns)
}

/// The covariance that A and g²I leave alone: A C + C Aᵀ = g² I, nine linear equations.
fn stationary(candidate: Candidate) -> Evidence {
    let a = pull(candidate);
    let one = Matrix3::<f64>::identity();
    let system = one.kronecker(&a) + a.kronecker(&one);
    let right = SVector::<f64, 9>::from_column_slice((one * G * G).as_slice());
    let found =
        system.lu().solve(&right).map(|c| Matrix3::from_column_slice(c.as_slice()));
    let expected = target().law.covariance;
    let off = found.map_or(f64::INFINITY, |c| (c - expected).norm() / expected.norm());
    Evidence::at_most(
        "stationary covariance by Lyapunov's equation against Σ, relative",
        off,
        1e-13,
        "rounding: nine equations of condition below 10",
    )
}

/// ṁ = −A (m − μ), Ċ = −A C − C Aᵀ + g² I, by Runge–Kutta.
fn moments(candidate: Candidate) -> Evidence {
    let (target, start, t) = (target(), start(), 1.7);
    let score = |x: &Point<3>| target.score(x);
    let sde = Langevin { score, diffusion: G };
    let a = pull(SHOWN);
    let field = |_t: f64, y: &SVector<f64, 12>| {
        let m = Point::<3>::from_column_slice(&y.as_slice()[..3]);
        let c = Matrix3::from_column_slice(&y.as_slice()[3..]);
        let rate = Matrix3::identity() * (G * G) - a * c - c * a.transpose();
        let drift = sde.drift(0.0, &m);
        SVector::<f64, 12>::from_iterator(drift.iter().chain(rate.iter()).copied())
    };
    let y0 = start.mean.iter().chain(start.covariance.iter()).copied();
    let y0 = SVector::<f64, 12>::from_iterator(y0);
    let y = trajectory(&Rk4, &field, TimeGrid::new(0.0, t, 400), y0)[400];
    let law = (candidate.law)(&target, G, t, &start);
    let found = law.mean.iter().chain(law.covariance.iter()).copied();
    let found = SVector::<f64, 12>::from_iterator(found);
    Evidence::at_most(
        "mean and covariance at t = 1.7 against Runge–Kutta, relative",
        (found - y).norm() / y.norm(),
        1e-11,
        "Runge–Kutta: y⁴ 2At e^(−2At)/120 with y = 2Ah and A = 0.95, the quickest rate, \
         is 6e-12",
    )
}

fn largest<const N: usize>(numbers: [f64; N]) -> f64 {
    numbers.into_iter().fold(0.0, f64::max)
}

fn check(candidate: Candidate) -> Vec<Evidence> {
    vec![differences(candidate), stationary(candidate), moments(candidate)]
}

/// The Langevin equation of a Gaussian is linear.
pub const GAUSSIAN: Claim = Claim::new(
    "fpk-langevin-gaussian",
    "for a Gaussian target the score is a linear pull, and mean and covariance relax \
     exponentially to the target's",
    |_| check(SHOWN),
    &[
        Slip::printed("the density e^(−x²/x), whose score is −1", "E000-07", |_| {
            check(Candidate { score: |_, _| Point::<3>::repeat(-1.0), ..SHOWN })
        }),
        Slip::printed("in proportion only: twice the score", "E000-08", |_| {
            check(Candidate { score: |target, x| target.score(x) * 2.0, ..SHOWN })
        }),
        Slip::new("the covariance not inverted", |_| {
            let score = |target: &GaussianTarget<3>, x: &Point<3>| {
                target.law.covariance * (target.law.mean - x)
            };
            check(Candidate { score, ..SHOWN })
        }),
        Slip::new("the half forgotten: relaxation at the rate g²", |_| {
            check(Candidate {
                law: |p, g, t, start| p.langevin(g, 2.0 * t, start),
                ..SHOWN
            })
        }),
    ],
);
