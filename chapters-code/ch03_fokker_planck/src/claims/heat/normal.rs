//! A normal start, and a coefficient that changes with time.

use super::{COVARIANCE, D, MEAN, PLANE, larger, residual};
use crate::finite_volume::{Cells, Rates};
use crate::fourier::{Lattice, normal_transform, transform};
use crate::heat::{Heat, normal_density, spread};
use crate::operators::{Diffusion, Smooth};
use crate::theta_scheme::Stepper;
use ch01_flows::fields::Number;
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, SMatrix, SVector};

/// Finer, for the product of two bells is narrower than both.
const FINE: Lattice = Lattice { reach: 12.0, count: 91 };

/// The density at (t, x) from N(MEAN, COVARIANCE): as shown, unless a slip says else.
trait FromNormal: Sync {
    fn at<T: Number>(&self, heat: &Heat<2>, t: T, x: &SVector<T, 2>) -> T;
}

struct Shown;
impl FromNormal for Shown {
    fn at<T: Number>(&self, heat: &Heat<2>, t: T, x: &SVector<T, 2>) -> T {
        heat.from_normal((&MEAN, &COVARIANCE), t, x)
    }
}

/// Time counted otherwise.
struct Hurried(f64);
impl FromNormal for Hurried {
    fn at<T: Number>(&self, heat: &Heat<2>, t: T, x: &SVector<T, 2>) -> T {
        heat.from_normal((&MEAN, &COVARIANCE), t * self.0, x)
    }
}

/// Deviations added where variances should be: in every direction of the axes.
struct Deviations;
impl FromNormal for Deviations {
    fn at<T: Number>(&self, heat: &Heat<2>, t: T, x: &SVector<T, 2>) -> T {
        let spread = SMatrix::<T, 2, 2>::from_fn(|i, j| {
            let (a, b) = (COVARIANCE[(i, j)], heat.d[(i, j)]);
            if i == j {
                ((t * 2.0 * b).sqrt() + a.sqrt()).powi(2)
            } else {
                t * 2.0 * b + a
            }
        });
        normal_density(&(x - MEAN.map(T::from)), &spread)
    }
}

/// A candidate as a density.
struct Spreading<'a, F> {
    heat: Heat<2>,
    law: &'a F,
}

impl<F: FromNormal> Smooth<2> for Spreading<'_, F> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        self.law.at(&self.heat, t, x)
    }
}

fn gaussian(law: &impl FromNormal, seed: u64) -> Vec<Evidence> {
    let heat = Heat::new(D).expect("positive definite");
    let p = Spreading { heat, law };
    let t = 0.7;
    let (mut smeared, mut waves) = (0.0_f64, 0.0_f64);
    for (a, b) in [(0.1, -1.2), (1.4, 0.3), (-0.8, 0.5), (2.1, -2.4)] {
        let x = Point::<2>::new(a, b);
        let start = |y: &Point<2>| normal_density(&(y - MEAN), &COVARIANCE);
        let found: f64 = FINE.integral(|y| start(y) * heat.kernel(t, &(x - y)));
        smeared = larger(smeared, (p.at(t, &x) - found).abs());
        // The same numbers as frequencies.
        let product = normal_transform(&MEAN, &COVARIANCE, &x) * heat.decay(t, &x);
        waves = larger(waves, (transform(|y| p.at(t, y), &x, &PLANE) - product).norm());
    }
    vec![
        residual("heat from a normal start", &heat, &p, &MEAN, seed),
        Evidence::at_most(
            "the start smeared with the kernel by a sum over the plane, four places",
            smeared,
            1e-13,
            "rounding: the product of both bells has two thirds of its deviation for a step",
        ),
        Evidence::at_most(
            "its transform by a sum over the plane, against two transforms multiplied",
            waves,
            1e-13,
            "rounding: a sum of 61² terms that cancel",
        ),
    ]
}

/// `fpk-heat-gaussian`.
pub const HEAT_GAUSSIAN: Claim = Claim::new(
    "fpk-heat-gaussian",
    "heat from a normal start stays normal, and the covariances add",
    |seed| gaussian(&Shown, seed),
    &[
        Slip::new("the variance tD", |seed| gaussian(&Hurried(0.5), seed)),
        Slip::new("the whole covariance rate for D", |seed| {
            gaussian(&Hurried(2.0), seed)
        }),
        Slip::new("deviations added", |seed| gaussian(&Deviations, seed)),
    ],
);

/// Heat whose coefficient changes with time: D(t) = D₀ (0.4 + t²) + D₁ sin 2t, in N
/// coordinates.
struct Stove;

impl<const N: usize> Diffusion<N> for Stove {
    fn drift<T: Number>(&self, _t: T, _x: &SVector<T, N>) -> SVector<T, N> {
        SVector::from_element(T::from(0.0))
    }

    fn covariance_rate<T: Number>(&self, t: T, _x: &SVector<T, N>) -> SMatrix<T, N, N> {
        let other = Matrix2::new(0.2, -0.1, -0.1, 0.3);
        SMatrix::from_fn(|i, j| {
            (t * t + 0.4) * (2.0 * D[(i, j)]) + (t * 2.0).sin() * (2.0 * other[(i, j)])
        })
    }
}

/// The covariance that a stove adds until t.
trait Spread: Sync {
    fn until<T: Number, const N: usize>(&self, t: T) -> SMatrix<T, N, N>;
}

struct Integral;
impl Spread for Integral {
    fn until<T: Number, const N: usize>(&self, t: T) -> SMatrix<T, N, N> {
        spread(&Stove, t)
    }
}

/// t times the rate at this part of the time.
struct AtOnce(f64);
impl Spread for AtOnce {
    fn until<T: Number, const N: usize>(&self, t: T) -> SMatrix<T, N, N> {
        let origin = SVector::<T, N>::from_element(T::from(0.0));
        let rate: SMatrix<T, N, N> = Stove.covariance_rate(t * self.0, &origin);
        rate.map(|a| a * t)
    }
}

/// The heat of a stove from a normal start.
struct Warmed<'a, S>(&'a S);

impl<S: Spread> Smooth<2> for Warmed<'_, S> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        let covariance = self.0.until::<T, 2>(t) + COVARIANCE.map(T::from);
        normal_density(&(x - MEAN.map(T::from)), &covariance)
    }
}

/// The variance that cells gain under the first coordinate's noise until `end`.
///
/// On flat ground each step of the scheme adds 2Dh to the variance, whatever its θ, as long
/// as no wall is felt.
fn gained_on_cells(end: f64, steps: usize) -> f64 {
    let cells = Cells::new(-14.0, 14.0, 280).expect("an interval");
    let normal =
        |x: f64| normal_density(&SVector::from([x - 0.3]), &SMatrix::from([[0.5]]));
    let mut p = cells.averages(normal).expect("held");
    let variance = |p: &[f64]| {
        let moment = |k: i32| {
            let terms = cells.centres().zip(p).map(|(x, p)| x.powi(k) * p);
            terms.sum::<f64>() / p.iter().sum::<f64>()
        };
        moment(2) - moment(1).powi(2)
    };
    let before = variance(&p);
    let h = end / steps as f64;
    for n in 0..steps {
        let middle = h * (n as f64 + 0.5);
        let a: SMatrix<f64, 1, 1> = Stove.covariance_rate(middle, &Point::<1>::new(0.0));
        let rates = Rates::new(cells, |_| 0.0, a[(0, 0)].sqrt()).expect("noise");
        Stepper::signed(&rates, 1.0, h).expect("in range").step(&mut p);
    }
    variance(&p) - before
}

fn time_dependent(law: &impl Spread, seed: u64) -> Vec<Evidence> {
    let (end, steps) = (1.3, 100);
    let gained = gained_on_cells(end, steps);
    let found = law.until::<f64, 1>(end)[(0, 0)];
    // The midpoint rule: h²/24 times the difference of a′ at both ends.
    let h = end / steps as f64;
    let slope = |t: f64| 2.0 * (D[(0, 0)] * 2.0 * t + 0.2 * 2.0 * (2.0 * t).cos());
    let rule = h * h / 24.0 * (slope(end) - slope(0.0)).abs();
    vec![
        residual(
            "a coefficient that changes with time",
            &Stove,
            &Warmed(law),
            &MEAN,
            seed,
        ),
        Evidence::at_most(
            "variance gained by cells in 100 steps, each with D at its middle: error",
            (gained - found).abs(),
            2.0 * rule,
            "twice the error of the midpoint rule; the rest of the scheme is exact here",
        ),
    ]
}

/// `fpk-heat-time-dependent`.
pub const TIME_DEPENDENT: Claim = Claim::new(
    "fpk-heat-time-dependent",
    "where the coefficient changes with time, the kernel's covariance is twice its integral",
    |seed| time_dependent(&Integral, seed),
    &[
        Slip::printed("the coefficient of now for all the time", "E004-23", |seed| {
            time_dependent(&AtOnce(1.0), seed)
        }),
        Slip::new("the coefficient of the start", |seed| {
            time_dependent(&AtOnce(0.0), seed)
        }),
        Slip::new("the coefficient half way", |seed| time_dependent(&AtOnce(0.5), seed)),
    ],
);
