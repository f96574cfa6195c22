//! The heat equation solved: any start, and a start in one point.

use super::{D, PLANE, larger, largest, noises, residual};
use crate::fourier::{Lattice, box_transform};
use crate::heat::Heat;
use crate::operators::Smooth;
use ch01_flows::fields::Number;
use ch01_flows::quadrature::GaussLegendre;
use dynamics::{Generator, Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Complex, Matrix1, SVector};
use rand::RngExt;
use statrs::function::erf::erf;
use std::f64::consts::PI;

/// The start of the checks on the line: the same density all over this interval.
const BOX: (f64, f64) = (-0.7, 1.3);
/// The second side of the start in the plane.
const SIDE: (f64, f64) = (0.2, 1.1);
/// g of the line, whose D is g²/2.
const NOISE: f64 = 1.1;
/// The time of the checks.
const TIME: f64 = 0.35;

/// What the solution does: as shown, unless a slip changes it.
#[derive(Clone, Copy)]
struct Candidate {
    /// D over the right one.
    scale: f64,
    /// Whether det D is in the normaliser.
    determinant: bool,
    /// Whether the waves turn the other way.
    mirrored: bool,
    /// The power of (4πt) in the normaliser less the right one.
    power: f64,
}

/// The truth.
const SHOWN: Candidate =
    Candidate { scale: 1.0, determinant: true, mirrored: false, power: 0.0 };

impl Candidate {
    fn heat<const N: usize>(&self, heat: Heat<N>) -> Heat<N> {
        let scale = self.scale;
        let determinant = heat.determinant * scale.powi(N as i32);
        Heat {
            d: heat.d * scale,
            inverse: heat.inverse / scale,
            determinant: if self.determinant { determinant } else { 1.0 },
        }
    }

    fn waves<const N: usize>(
        &self,
        heat: Heat<N>,
        start: impl Fn(&Point<N>) -> Complex<f64>,
        x: &Point<N>,
        frequencies: &Lattice,
    ) -> f64 {
        let x = if self.mirrored { -x } else { *x };
        self.heat(heat).from_waves(start, TIME, &x, frequencies)
    }

    fn kernel<T: Number, const N: usize>(
        &self,
        heat: Heat<N>,
        t: T,
        x: &SVector<T, N>,
    ) -> T {
        let kernel = self.heat(heat).kernel(t, x);
        if self.power == 0.0 { kernel } else { kernel * (t * 4.0 * PI).powf(-self.power) }
    }
}

/// The heat of the line.
fn on_the_line() -> Heat<1> {
    let (g, q) = (Matrix1::new(NOISE), Matrix1::new(1.0));
    Heat::of_noise(&g, &q).expect("positive")
}

/// Frequencies of the line: e^{−λ²Dt} is e⁻⁴⁷ at the last.
const LINE: Lattice = Lattice { reach: 15.0, count: 101 };

/// The density of the box on the line at TIME, by waves.
fn box_by_waves(candidate: Candidate, x: f64) -> f64 {
    let start = |lambda: &Point<1>| box_transform(lambda[0], BOX);
    candidate.waves(on_the_line(), start, &Point::<1>::new(x), &LINE)
}

/// Sums of coin tosses of ±g√h from uniform starts in the box.
fn walkers(count: usize, seed: u64) -> Vec<f64> {
    let mut draws = Stream::new(seed, "walkers from a box").generator();
    let step = NOISE * (TIME / 128.0).sqrt();
    let mut walk = || draws.random_range(BOX.0..BOX.1) + step * heads(&mut draws);
    (0..count).map(|_| walk()).collect()
}

/// Heads less tails of 128 tosses.
fn heads(draws: &mut Generator) -> f64 {
    let ones = draws.random::<u64>().count_ones() + draws.random::<u64>().count_ones();
    2.0 * f64::from(ones) - 128.0
}

fn solution(candidate: Candidate, seed: u64) -> Vec<Evidence> {
    let places = [-2.2, -0.9, -0.3, 0.5, 1.1, 1.8, 2.9];
    let (low, high) = BOX;
    let width = 2.0 * NOISE * (0.5 * TIME).sqrt();
    let exact = |x: f64| {
        (erf((x - low) / width) - erf((x - high) / width)) / (2.0 * (high - low))
    };
    let rule = GaussLegendre::new(24);
    let spread = |x: f64| {
        let kernel = |y: f64| {
            candidate.kernel(on_the_line(), TIME, &Point::<1>::new(x - y)) / (high - low)
        };
        rule.integral(kernel, low, high)
    };
    let worst = |density: &dyn Fn(f64) -> f64| {
        largest(places.map(|x| (density(x) - exact(x)).abs()))
    };
    let mut evidence = vec![
        Evidence::at_most(
            "a box on the line by waves, against error functions at seven places",
            worst(&|x| box_by_waves(candidate, x)),
            1e-10,
            "the library's error function is good to ten digits; the tails left out of the \
             sum are e⁻⁴⁷",
        ),
        Evidence::at_most(
            "a box on the line by the kernel, against error functions at seven places",
            worst(&spread),
            1e-10,
            "the library's error function is good to ten digits; 24 nodes on four widths of \
             the kernel leave less",
        ),
        rectangle(candidate),
    ];
    let walked = walkers(10_000, seed);
    for (from, to) in [(-1.6, -0.4), (0.2, 0.8), (1.4, 2.4)] {
        let inside: Vec<f64> =
            walked.iter().map(|x| f64::from(from < *x && *x <= to)).collect();
        let share =
            GaussLegendre::new(8).integral(|x| box_by_waves(candidate, x), from, to);
        let what = format!("part of 10 000 walkers between {from} and {to}");
        evidence.push(Evidence::mean(what, &inside, share, seed));
    }
    evidence
}

/// A rectangle in the plane, whose D mixes the coordinates: waves against the kernel.
fn rectangle(candidate: Candidate) -> Evidence {
    let heat = Heat::new(D).expect("positive definite");
    let area = (BOX.1 - BOX.0) * (SIDE.1 - SIDE.0);
    let rule = GaussLegendre::new(24);
    let waves = Lattice { reach: 18.0, count: 81 };
    let start = |l: &Point<2>| box_transform(l[0], BOX) * box_transform(l[1], SIDE);
    let mut worst = 0.0_f64;
    for x in [(-1.1, 0.3), (0.4, 0.7), (1.6, 1.9), (0.9, -0.8)] {
        let x = Point::<2>::new(x.0, x.1);
        let strip = |u: f64| {
            let kernel = |v: f64| {
                candidate.kernel(heat, TIME, &(x - Point::<2>::new(u, v))) / area
            };
            rule.integral(kernel, SIDE.0, SIDE.1)
        };
        let found = rule.integral(strip, BOX.0, BOX.1);
        worst = larger(worst, (candidate.waves(heat, start, &x, &waves) - found).abs());
    }
    Evidence::at_most(
        "a rectangle in the plane, waves against the kernel at four places",
        worst,
        1e-10,
        "the tails that the sum leaves out: e⁻²³ on the axis along which heat is slowest",
    )
}

/// `fpk-heat-solution`.
pub const HEAT_SOLUTION: Claim = Claim::new(
    "fpk-heat-solution",
    "heat smears every start with a normal kernel, which is the same as to let each of its \
     waves decay",
    |seed| solution(SHOWN, seed),
    &[
        Slip::new("the variance tD", |seed| {
            solution(Candidate { scale: 0.5, ..SHOWN }, seed)
        }),
        Slip::new("a kernel without the determinant", |seed| {
            solution(Candidate { determinant: false, ..SHOWN }, seed)
        }),
        Slip::new("waves that turn the other way", |seed| {
            solution(Candidate { mirrored: true, ..SHOWN }, seed)
        }),
        Slip::new("g² for D", |seed| solution(Candidate { scale: 2.0, ..SHOWN }, seed)),
    ],
);

/// From where the heat of the kernel's checks spreads.
const START: Point<2> = Point::<2>::new(0.6, -0.9);

/// Heat from one point.
struct FromPoint {
    heat: Heat<2>,
    candidate: Candidate,
}

impl Smooth<2> for FromPoint {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        self.candidate.kernel(self.heat, t, &(x - START.map(T::from)))
    }
}

fn kernel(candidate: Candidate, seed: u64) -> Vec<Evidence> {
    let (g, q) = noises();
    let heat = Heat::of_noise(&g, &q).expect("positive definite");
    let p = FromPoint { heat, candidate };
    let t = 0.9;
    let mass: f64 = PLANE.integral(|x| p.at(t, x));
    // Each of three noises is a sum of 128 tosses; Q makes them go together.
    let mut draws = Stream::new(seed, "walkers from a point").generator();
    let factor = q.cholesky().expect("positive definite").l();
    let step = (t / 128.0).sqrt();
    let mut walk = || {
        let tosses = SVector::<f64, 3>::from_fn(|_, _| step * heads(&mut draws));
        START + g * (factor * tosses)
    };
    let ends: Vec<Point<2>> = (0..4000).map(|_| walk()).collect();
    let part = |i: usize| -> Vec<f64> { ends.iter().map(|end| end[i]).collect() };
    let mut evidence = vec![
        residual("the kernel", &heat, &p, &START, seed),
        Evidence::at_most(
            "mass of the kernel in the plane, distance from 1",
            (mass - 1.0).abs(),
            1e-12,
            "rounding: the sum runs ten deviations far, in steps of less than half of one",
        ),
    ];
    for (i, j) in [(0, 0), (0, 1), (1, 1)] {
        let moment: f64 =
            PLANE.integral(|x| (x - START)[i] * (x - START)[j] * p.at(t, x));
        let what =
            format!("covariance ({}, {}) of 4000 walks of 128 tosses", i + 1, j + 1);
        evidence.push(Evidence::covariance(what, &part(i), &part(j), moment, seed));
    }
    evidence
}

/// `fpk-heat-kernel`.
pub const HEAT_KERNEL: Claim = Claim::new(
    "fpk-heat-kernel",
    "heat from one point is normal about it, with the covariance that the noise has \
     gathered",
    |seed| kernel(SHOWN, seed),
    &[
        Slip::new("no determinant in the normaliser", |seed| {
            kernel(Candidate { determinant: false, ..SHOWN }, seed)
        }),
        Slip::new("the variance tD", |seed| {
            kernel(Candidate { scale: 0.5, ..SHOWN }, seed)
        }),
        Slip::new("the normaliser of the line in the plane", |seed| {
            kernel(Candidate { power: -0.5, ..SHOWN }, seed)
        }),
    ],
);
