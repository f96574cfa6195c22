//! Noise alone: the equation of its density, and its flux.

use super::{larger, noises, place, residual};
use crate::flux::flux;
use crate::fourier::Lattice;
use crate::heat::{Heat, normal_density};
use crate::noise_flux::{fick_drift, fick_flux};
use crate::operators::{Diffusion, Smooth, fokker_planck, generator};
use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Point, Sde, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, Matrix2x3, Matrix3, SMatrix, SVector};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

/// From where the heat of the checks spreads.
const START: Point<2> = Point::<2>::new(0.4, -1.3);

/// The density of START + G W at the time t, whose covariance is t G Q Gᵀ.
struct Driven(Matrix2<f64>);

impl Smooth<2> for Driven {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        let covariance = self.0.map(|c| t * c);
        normal_density(&(x - START.map(T::from)), &covariance)
    }
}

/// dXᵢ = Xᵢ dBᵢ, where B has this covariance per unit of time.
struct Geometric(Matrix2<f64>);

impl Diffusion<2> for Geometric {
    fn drift<T: Number>(&self, _t: T, _x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::from_element(T::from(0.0))
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        SMatrix::from_fn(|i, j| x[i] * x[j] * self.0[(i, j)])
    }
}

/// Its density from (1.4, 0.8): the logarithms are normal (chapter 2).
struct LogNormal(Matrix2<f64>);

impl Smooth<2> for LogNormal {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        let start = [1.4_f64, 0.8];
        let logs = SVector::from_fn(|i, _| {
            x[i].ln() - T::from(start[i].ln()) + t * (0.5 * self.0[(i, i)])
        });
        normal_density(&logs, &self.0.map(|c| t * c)) / (x[0] * x[1])
    }
}

/// D from G and Q.
type Coefficient = fn(&Matrix2x3<f64>, &Matrix3<f64>) -> Heat<2>;
/// The terms of the equation of the density.
type Terms = fn(&Geometric, &LogNormal, f64, &Point<2>) -> Balance;

fn pure(coefficient: Coefficient, terms: Terms, seed: u64) -> Vec<Evidence> {
    let (g, q) = noises();
    let driven = Driven(g * q * g.transpose());
    let c = Matrix2::new(0.5, 0.2, 0.2, 0.7);
    let (geometric, p) = (Geometric(c), LogNormal(c));
    let mut draws = Stream::new(seed, "places of geometric noise").generator();
    let mut worst = 0.0_f64;
    for _ in 0..50 {
        let t = draws.random_range(0.4..1.6);
        let x = Point::from_fn(|_, _| draws.random_range(0.5..2.5));
        worst = larger(worst, terms(&geometric, &p, t, &x).relative());
    }
    vec![
        residual(
            "the law of G W for three noises in the plane, D constant",
            &coefficient(&g, &q),
            &driven,
            &START,
            seed,
        ),
        Evidence::at_most(
            "geometric noise, whose a depends on the place: residual over its largest \
             term, 50 times and places",
            worst,
            1e-12,
            "rounding: exponents up to ten, and terms that cancel to a hundredth at most",
        )
        .sampled(50, seed),
    ]
}

/// D = ½ G Q Gᵀ.
fn of_noise(g: &Matrix2x3<f64>, q: &Matrix3<f64>) -> Heat<2> {
    Heat::of_noise(g, q).expect("positive definite")
}

/// `fpk-pure-diffusion`.
pub const PURE_DIFFUSION: Claim = Claim::new(
    "fpk-pure-diffusion",
    "the density of noise alone obeys the heat equation, and half the covariance per unit \
     of time is its coefficient",
    |seed| pure(of_noise, fokker_planck, seed),
    &[
        Slip::printed("a diffusion coefficient with a minus", "E004-22", |seed| {
            let turned: Coefficient = |g, q| {
                let heat = of_noise(g, q);
                Heat { d: -heat.d, inverse: -heat.inverse, ..heat }
            };
            pure(turned, fokker_planck, seed)
        }),
        Slip::new("the whole covariance for half of it", |seed| {
            pure(|g, q| of_noise(g, &(q * 2.0)), fokker_planck, seed)
        }),
        Slip::new("noises taken for independent", |seed| {
            pure(|g, _| of_noise(g, &Matrix3::identity()), fokker_planck, seed)
        }),
        Slip::new("the coefficients before the derivatives", |seed| {
            let before: Terms = |noise, p, t, x| {
                // ∂ₜ + 𝒜, and ∂ₜ without the noise.
                let both = generator(noise, p, t, x);
                let rate = generator(&Geometric(Matrix2::zeros()), p, t, x);
                Balance::of([rate, rate - both])
            };
            pure(of_noise, before, seed)
        }),
    ],
);

/// Noise of the plane whose strength depends on place and time: a has a divergence unless
/// `slope` is 0.
#[derive(Clone, Copy)]
struct Patchy {
    slope: f64,
}

impl Diffusion<2> for Patchy {
    fn drift<T: Number>(&self, _t: T, _x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::from_element(T::from(0.0))
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        let (s, xx, yy) = (self.slope, x[0] * x[0], x[1] * x[1]);
        let mixed = (x[0] * s + 1.0) * 0.2;
        SMatrix::<T, 2, 2>::new(
            xx * s + yy * 0.7 + 1.0,
            mixed,
            mixed,
            yy * (0.4 * s) + xx * 0.5 + 1.3,
        ) * (t * 0.5 + 0.7)
    }
}

impl Sde<Point<2>> for Patchy {
    fn drift(&self, _t: f64, _x: &Point<2>) -> Point<2> {
        Point::<2>::zeros()
    }

    fn noise(&self, t: f64, x: &Point<2>, dw: &Point<2>) -> Point<2> {
        let factor = self.covariance_rate(t, x).cholesky().expect("positive definite");
        factor.l() * dw
    }
}

/// Where the particles start.
const MIDDLE: Point<2> = Point::<2>::new(1.2, -0.7);
/// Their covariance there.
const WIDTH: Matrix2<f64> = Matrix2::new(0.3, 0.1, 0.1, 0.2);

/// The time of the fluxes.
const NOW: f64 = 0.6;

/// Where their flux is summed.
const NEAR: Lattice = Lattice { reach: 6.0, count: 61 };

/// Their density there.
struct Cloud;

impl Smooth<2> for Cloud {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> T {
        normal_density(&(x - MIDDLE.map(T::from)), &WIDTH.map(T::from))
    }
}

/// A flux of this noise and density.
type Flux = fn(&Patchy, &Cloud, f64, &Point<2>) -> Point<2>;
/// The drift that makes Fick's flux out of Itô's.
type Drift = fn(&Patchy, f64, &Point<2>) -> Point<2>;

/// How far two vectors are apart, over the larger.
fn apart(a: &Point<2>, b: &Point<2>) -> f64 {
    (a - b).norm() / a.norm().max(b.norm())
}

fn fick(ito: Flux, drift: Drift, seed: u64) -> Vec<Evidence> {
    let (patchy, level) = (Patchy { slope: 0.8 }, Patchy { slope: 0.0 });
    let mut draws = Stream::new(seed, "places of a flux").generator();
    let (mut product, mut free) = (0.0_f64, 0.0_f64);
    for _ in 0..50 {
        let x = place(&mut draws, &MIDDLE, 1.0);
        let corrected =
            ito(&patchy, &Cloud, NOW, &x) + drift(&patchy, NOW, &x) * Cloud.at(0.0, &x);
        product =
            larger(product, apart(&corrected, &fick_flux(&patchy, &Cloud, NOW, &x)));
        free = larger(
            free,
            apart(&ito(&level, &Cloud, NOW, &x), &fick_flux(&level, &Cloud, NOW, &x)),
        );
    }
    let total = |flux: &dyn Fn(&Point<2>) -> Point<2>| NEAR.integral(flux);
    let of_ito = total(&|x| ito(&patchy, &Cloud, NOW, x));
    let of_fick = total(&|x| fick_flux(&patchy, &Cloud, NOW, x));
    let of_drift = total(&|x| drift(&patchy, NOW, x) * Cloud.at(0.0, x));
    let time = 0.4;
    let ends = particles(&patchy, time, seed);
    let mut evidence = vec![
        Evidence::at_most(
            "Itô's flux with the drift ½∇·a, against Fick's at 50 places, relative",
            product,
            1e-12,
            "rounding: the two terms cancel to a hundredth at most",
        )
        .sampled(50, seed),
        Evidence::at_most(
            "both fluxes where ∇·a = 0 and a depends on the place: difference, relative",
            free,
            1e-12,
            "rounding: as above",
        )
        .sampled(50, seed),
        Evidence::at_most(
            "all of Fick's flux, against the mean of ½∇·a, relative",
            apart(&of_fick, &of_drift),
            1e-12,
            "rounding: the cloud is summed over eight deviations, in steps of half of one",
        ),
    ];
    for (i, name) in ["x", "y"].into_iter().enumerate() {
        let drawn: Vec<f64> = ends.iter().map(|end| end[i]).collect();
        let expected = MIDDLE[i] + time * of_ito[i];
        let what =
            format!("mean {name} of 10 000 particles, against all of the flux over 0.4");
        evidence.push(Evidence::mean(what, &drawn, expected, seed));
    }
    evidence
}

/// Particles of dX = G dW in Itô's sense after `time`. The mean of an Euler–Maruyama step
/// without drift is exact for every step.
fn particles(patchy: &Patchy, time: f64, seed: u64) -> Vec<Point<2>> {
    let mut draws = Stream::new(seed, "starts in patchy noise").generator();
    let factor = WIDTH.cholesky().expect("positive definite").l();
    let mut start = || {
        let normal = Point::<2>::from_fn(|_, _| StandardNormal.sample(&mut draws));
        MIDDLE + factor * normal
    };
    let mut all: Vec<Point<2>> = (0..10_000).map(|_| start()).collect();
    let stream = Stream::new(seed, "patchy noise");
    simulate(&EulerMaruyama, patchy, TimeGrid::new(0.0, time, 20), stream, &mut all)
        .expect("twenty steps");
    all
}

/// `fpk-fick`.
pub const FICK: Claim = Claim::new(
    "fpk-fick",
    "Fick's law holds for noise that does not depend on the place, and in general lacks \
     half the divergence of the covariance rate",
    |seed| fick(flux, fick_drift, seed),
    &[
        Slip::printed("Fick's law for every noise", "E004-21", |seed| {
            fick(fick_flux, |_, _, _| Point::<2>::zeros(), seed)
        }),
        Slip::new("the divergence without the half", |seed| {
            fick(flux, |noise, t, x| fick_drift(noise, t, x) * 2.0, seed)
        }),
        Slip::new("each coordinate by itself", |seed| {
            let diagonal: Drift = |noise, t, x| {
                let strength = noise.slope * (t * 0.5 + 0.7);
                Point::<2>::new(strength * x[0], 0.4 * strength * x[1])
            };
            fick(flux, diagonal, seed)
        }),
        Slip::new("a drift towards the quiet", |seed| {
            fick(flux, |noise, t, x| -fick_drift(noise, t, x), seed)
        }),
    ],
);
