//! The equation of the score.

use super::altered::Altered;
use super::plane::Turning;
use super::{larger, largest};
use crate::double_well::DoubleWell;
use crate::operators::{Diffusion, Smooth};
use crate::score_equation::{log_density_rate, score_rate};
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use dynamics::{Density, Mixture, Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Const, DimMin, SMatrix, SVector};
use num_dual::{Dual64, HyperDual64};
use rand::RngExt;
use std::f64::consts::TAU;

/// dX = −½ β X dt + √β dW with β = b + c t: α = e^{−½∫β}, and the variance is 1 − α².
struct Noising;

/// b and c.
const BETA: (f64, f64) = (0.4, 1.1);

/// ∫ β from 0 to t.
fn total<T: Number>(t: T) -> T {
    t * BETA.0 + t * t * (0.5 * BETA.1)
}

impl<const D: usize> Diffusion<D> for Noising {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        x.map(|v| -v * (t * BETA.1 + BETA.0) * 0.5)
    }

    fn covariance_rate<T: Number>(&self, t: T, _x: &SVector<T, D>) -> SMatrix<T, D, D> {
        SMatrix::<T, D, D>::identity() * (t * BETA.1 + BETA.0)
    }
}

/// log p of round heaps (weight, mean, standard deviation) under this noise.
struct Heaps<const D: usize>([(f64, [f64; D], f64); 2]);

impl<const D: usize> Smooth<D> for Heaps<D> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, D>) -> T {
        let alpha = (-total(t) * 0.5).exp();
        let heap = |(weight, m, s): &(f64, [f64; D], f64)| {
            let v = alpha * alpha * (s * s - 1.0) + 1.0;
            let square: T = (0..D).map(|i| (x[i] - alpha * m[i]).powi(2)).sum();
            (-square / v * 0.5).exp() / (v * TAU).powf(0.5 * D as f64) * *weight
        };
        (heap(&self.0[0]) + heap(&self.0[1])).ln()
    }
}

impl<const D: usize> Heaps<D>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    /// The score at time t, by way of the mixture that every chapter uses.
    fn score(&self, t: f64, x: &Point<D>) -> Point<D> {
        let alpha = (-0.5 * total(t)).exp();
        let part = |(weight, m, s): &(f64, [f64; D], f64)| {
            (*weight, Point::<D>::from(*m), SMatrix::identity() * (s * s))
        };
        let data = Mixture::new(self.0.iter().map(part));
        data.pushed(alpha, (1.0 - alpha * alpha).sqrt()).score(x)
    }
}

/// In the plane, and on the line.
const PLANE: Heaps<2> = Heaps([(0.6, [1.4, -0.8], 0.5), (0.4, [-1.1, 0.5], 0.7)]);
const LINE: Heaps<1> = Heaps([(0.7, [1.6], 0.4), (0.3, [-1.3], 0.6)]);

/// A formula for the rate of log p.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// What the page shows.
    Shown,
    /// Without the square of the score.
    NoSquare,
    /// With the square, but not halved.
    WholeSquare,
    /// Without the divergence of the drift.
    NoDivergence,
}

impl Form {
    /// The rate of log p and that of its gradient.
    fn rates<const D: usize>(
        self,
        process: &impl Diffusion<D>,
        log_density: &impl Smooth<D>,
        t: f64,
        x: &Point<D>,
    ) -> (f64, Point<D>) {
        let right = Altered::not(process);
        let shown = log_density_rate(process, log_density, t, x);
        let gradient = score_rate(process, log_density, t, x);
        // Terms by themselves: of a, with the square and without, from ℓ and −ℓ.
        let term = |process: &Altered<'_, _>, sign: f64| {
            let log = Times(sign, log_density);
            (log_density_rate(process, &log, t, x), score_rate(process, &log, t, x))
        };
        let still = Altered { drift: 0.0, ..right };
        let quiet = Altered { noise: 0.0, pairs: 0.0, ..right };
        match self {
            Self::Shown => (shown, gradient),
            Self::NoSquare | Self::WholeSquare => {
                let ((a, da), (b, db)) = (term(&still, 1.0), term(&still, -1.0));
                let part = if matches!(self, Self::NoSquare) { -0.5 } else { 0.5 };
                (shown + part * (a + b), gradient + part * (da + db))
            }
            Self::NoDivergence => {
                let ((a, da), (b, db)) = (term(&quiet, 1.0), term(&quiet, -1.0));
                (shown - 0.5 * (a + b), gradient - 0.5 * (da + db))
            }
        }
    }
}

/// A multiple of a function.
struct Times<'a, P>(f64, &'a P);

impl<const D: usize, P: Smooth<D>> Smooth<D> for Times<'_, P> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, D>) -> T {
        self.1.at(t, x) * self.0
    }
}

/// Steps in time of the differences.
const STEPS: [f64; 5] = [0.08, 0.04, 0.02, 0.01, 0.005];

/// Largest distances at 30 places: of the rate of log p and of that of the score from exact
/// derivatives, and of the latter from differences of the mixture's scores.
fn noising<const D: usize>(
    form: Form,
    heaps: &Heaps<D>,
    seed: u64,
) -> (f64, f64, [(f64, f64); 5])
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    let mut draws = Stream::new(seed, "places of a score").generator();
    let (mut of_log, mut of_score) = (0.0_f64, 0.0_f64);
    let mut differences = STEPS.map(|h| (h, 0.0_f64));
    for _ in 0..30 {
        let t: f64 = draws.random_range(0.3..1.5);
        let x = Point::<D>::from_fn(|_, _| draws.random_range(-2.0..2.0));
        let (log, score) = form.rates(&Noising, heaps, t, &x);
        let change = heaps.at(Dual64::new(t, 1.0), &x.map(Dual64::from)).eps;
        of_log = larger(of_log, (log - change).abs());
        let mixed = Point::<D>::from_fn(|i, _| {
            let mut y = x.map(HyperDual64::from_re);
            y[i].eps2 = 1.0;
            heaps.at(HyperDual64::new(t, 1.0, 0.0, 0.0), &y).eps1eps2
        });
        of_score = larger(of_score, (score - mixed).norm());
        for (h, worst) in &mut differences {
            let difference =
                (heaps.score(t + *h, &x) - heaps.score(t - *h, &x)) / (2.0 * *h);
            *worst = larger(*worst, (score - difference).norm());
        }
    }
    (of_log, of_score, differences)
}

/// log p of a density.
struct LogOf<'a, P>(&'a P);

impl<const D: usize, P: Smooth<D>> Smooth<D> for LogOf<'_, P> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, D>) -> T {
        self.0.at(t, x).ln()
    }
}

/// Largest distances of both rates, at 30 places, for a process with correlated noise.
fn turning(form: Form, seed: u64) -> f64 {
    let mut draws = Stream::new(seed, "places of a turning score").generator();
    let mut worst = 0.0;
    for _ in 0..30 {
        let t: f64 = draws.random_range(0.2..1.5);
        let x = Point::<2>::from_fn(|_, _| draws.random_range(-2.0..2.0));
        let log_density = LogOf(&Turning);
        let (log, score) = form.rates(&Turning, &log_density, t, &x);
        let change = log_density.at(Dual64::new(t, 1.0), &x.map(Dual64::from)).eps;
        let mixed = Point::<2>::from_fn(|i, _| {
            let mut y = x.map(HyperDual64::from_re);
            y[i].eps2 = 1.0;
            log_density.at(HyperDual64::new(t, 1.0, 0.0, 0.0), &y).eps1eps2
        });
        worst = larger(worst, (log - change).abs());
        worst = larger(worst, (score - mixed).norm());
    }
    worst
}

/// log p of the law that stays in the double well, up to a constant.
struct AtRest(DoubleWell);

impl Smooth<1> for AtRest {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        -potential(&self.0, x[0]) * (2.0 / self.0.diffusion.powi(2))
    }
}

/// U, for any number.
fn potential<T: Number>(well: &DoubleWell, x: T) -> T {
    let w = x * x - 1.0;
    w * w * well.height + x * well.tilt
}

fn check(form: Form, seed: u64) -> Vec<Evidence> {
    let (line, plane) = (noising(form, &LINE, seed), noising(form, &PLANE, seed));
    let well = DoubleWell { height: 0.8, tilt: 0.3, diffusion: 0.9 };
    let moved = [-1.4, -0.6, 0.3, 1.2].map(|x| {
        let x = Point::<1>::new(x);
        form.rates(&well, &AtRest(well), 0.7, &x).1.norm()
    });
    vec![
        Evidence::at_most(
            "two heaps on the line and in the plane, error of the rate of log p",
            larger(line.0, plane.0),
            1e-12,
            "rounding: terms of up to 100",
        ),
        Evidence::at_most(
            "the same, error of the rate of the score",
            larger(line.1, plane.1),
            1e-11,
            "rounding: third derivatives, with terms of up to 1000",
        ),
        Evidence::order(
            "in the plane, that rate against differences of the mixture's scores in time",
            slope(&plane.2),
            2.0,
            0.1,
            "order 2; with h = 0.08 the terms of order 4 are some percent",
        ),
        Evidence::at_most(
            "a turning process with correlated noise, error of both rates",
            turning(form, seed),
            1e-11,
            "rounding: third derivatives, with terms of up to 1000",
        ),
        Evidence::at_most(
            "rate of the score of the law that stays in a double well",
            largest(moved),
            1e-12,
            "rounding: terms of up to 200 that cancel",
        ),
    ]
}

/// ∂ₜs = ∇[½ g² (∇·s + |s|²) − f·s − ∇·f].
pub const SCORE_EQUATION: Claim = Claim::new(
    "fpk-score-equation",
    "with noise that is the same everywhere the score changes by the gradient of one \
     expression in the score and the drift",
    |seed| check(Form::Shown, seed),
    &[
        Slip::new("without the square of the score", |seed| check(Form::NoSquare, seed)),
        Slip::new("the square not halved", |seed| check(Form::WholeSquare, seed)),
        Slip::new("without the divergence of the drift", |seed| {
            check(Form::NoDivergence, seed)
        }),
    ],
);
