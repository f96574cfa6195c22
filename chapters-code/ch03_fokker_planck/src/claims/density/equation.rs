//! The Fokker–Planck equation, on the line and in the plane.

use super::altered::Altered;
use super::largest;
use super::plane::{Prices, Turning};
use crate::far_start::{FarStart, PROCESS};
use crate::operators::{Diffusion, Smooth};
use crate::transition::normal;
use crate::where_g_stands::{Placed, Placement};
use crate::where_g_stands_experiment::{GBM, START, prices};
use ch01_flows::fields::Number;
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Generator, Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Cholesky, SMatrix, SVector};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

/// An equation that a density might obey.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    place: Placement,
    /// Factors of the drift, of a's diagonal and of what stands beside it.
    drift: f64,
    noise: f64,
    pairs: f64,
}

/// The Fokker–Planck equation.
const SHOWN: Candidate =
    Candidate { place: Placement::Inside, drift: 1.0, noise: 1.0, pairs: 1.0 };

impl Candidate {
    fn at(place: Placement) -> Self {
        Self { place, ..SHOWN }
    }

    /// The largest relative residual at 60 places and times.
    fn residual<const D: usize>(
        self,
        process: &impl Diffusion<D>,
        density: &impl Smooth<D>,
        mut draw: impl FnMut() -> (f64, Point<D>),
    ) -> f64 {
        let Self { place, drift, noise, pairs } = self;
        let process = Altered { process, drift, noise, pairs };
        let residual =
            |(t, x): (f64, Point<D>)| place.terms(&process, density, t, &x).relative();
        largest((0..60).map(|_| residual(draw())))
    }
}

/// Growth and noise in proportion to what there is, the noise louder by the day.
struct Louder;

/// μ, ς and the rate at which the square of the noise grows.
const LOUDER: (f64, f64, f64) = (0.4, 0.5, 0.9);

impl Diffusion<1> for Louder {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        SVector::<T, 1>::new(x[0] * LOUDER.0)
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        let square = (t * LOUDER.2 + 1.0) * LOUDER.1.powi(2);
        SMatrix::<T, 1, 1>::new(square * x[0] * x[0])
    }
}

impl Smooth<1> for Louder {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        let variance = (t + t * t * (0.5 * LOUDER.2)) * LOUDER.1.powi(2);
        normal(x[0].ln(), t * LOUDER.0 - variance * 0.5 + 0.3, variance) / x[0]
    }
}

const ROUNDING: &str = "rounding: derivatives are exact, and the exponent, up to 30, is \
                        known to 1e-15 of it";

fn on_the_line(candidate: Candidate, seed: u64) -> Vec<Evidence> {
    let mut draws = Stream::new(seed, "equation on the line").generator();
    let mut place = |low: f64, high: f64| {
        let t = draws.random_range(0.3..2.0);
        (t, Point::<1>::new(draws.random_range(low..high)))
    };
    let solution = Placed { place: candidate.place, gbm: GBM, start: START };
    let far = candidate.residual(&PROCESS, &FarStart, || place(-3.0, 3.0));
    let product = candidate.residual(&GBM, &solution.inside(), || place(0.3, 3.0));
    let louder = candidate.residual(&Louder, &Louder, || place(0.3, 3.0));
    let own = candidate.residual(&GBM, &solution, || place(0.3, 3.0));
    let t = 1.0;
    let cloud = prices(10_000, t, seed);
    vec![
        Evidence::at_most(
            "Ornstein–Uhlenbeck from a far start, residual over the largest term",
            far,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "geometric Brownian motion, residual over the largest term",
            product,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "the same with noise that grows in time, residual over the largest term",
            louder,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "what solves the equation with g at its place, residual over the largest term",
            own,
            1e-13,
            ROUNDING,
        ),
        Evidence::law(
            "10 000 particles of geometric Brownian motion against that solution",
            &cloud,
            |x| solution.below(t, x),
            seed,
        ),
    ]
}

/// ∂ₜp = −∂ₓ(f p) + ½ ∂ₓ²(g² p).
pub const EQUATION_1D: Claim = Claim::new(
    "fpk-equation-1d",
    "the density of a diffusion changes by its drift and by half the second derivative of \
     squared noise times density",
    |seed| on_the_line(SHOWN, seed),
    &[
        Slip::new("g² between the derivatives", |seed| {
            on_the_line(Candidate::at(Placement::Between), seed)
        }),
        Slip::new("g² outside", |seed| {
            on_the_line(Candidate::at(Placement::Outside), seed)
        }),
        Slip::new("no one half", |seed| {
            on_the_line(Candidate { noise: 2.0, ..SHOWN }, seed)
        }),
        Slip::new("the drift with the other sign", |seed| {
            on_the_line(Candidate { drift: -1.0, ..SHOWN }, seed)
        }),
    ],
);

/// Mean and covariance of 10 000 particles of the turning process against its density's.
fn turning_particles(seed: u64) -> Vec<Evidence> {
    let t = 0.7;
    let (m0, c0) = Turning.moments(0.0);
    let (m, c) = Turning.moments(t);
    let factor = Cholesky::new(c0).expect("a covariance").l();
    let mut generator = Stream::new(seed, "starts in the plane").generator();
    let draw = |generator: &mut Generator| {
        let noise = Point::<2>::from_fn(|_, _| StandardNormal.sample(generator));
        m0 + factor * noise
    };
    let mut cloud: Vec<_> = (0..10_000).map(|_| draw(&mut generator)).collect();
    let (grid, stream) = (TimeGrid::new(0.0, t, 140), Stream::new(seed, "turning"));
    simulate(&EulerMaruyama, &Turning, grid, stream, &mut cloud)
        .expect("a stable linear drift");
    let axis = |i: usize| cloud.iter().map(|x| x[i]).collect::<Vec<f64>>();
    let (x, y) = (axis(0), axis(1));
    vec![
        Evidence::mean("the second mean of 10 000 particles", &y, m[1], seed),
        Evidence::covariance("their covariance", &x, &y, c[(0, 1)], seed),
    ]
}

fn in_the_plane(candidate: Candidate, seed: u64) -> Vec<Evidence> {
    let mut draws = Stream::new(seed, "equation in the plane").generator();
    let mut place = |low: f64, high: f64| {
        let t = draws.random_range(0.3..2.0);
        (t, Point::<2>::from_fn(|_, _| draws.random_range(low..high)))
    };
    let turning = candidate.residual(&Turning, &Turning, || place(-1.5, 1.5));
    let prices = candidate.residual(&Prices, &Prices, || place(0.4, 2.5));
    let mut all = vec![
        Evidence::at_most(
            "linear drift and correlated noise, residual over the largest term",
            turning,
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "two prices that move together, residual over the largest term",
            prices,
            1e-13,
            ROUNDING,
        ),
    ];
    all.extend(turning_particles(seed));
    all
}

/// ∂ₜp = −Σ ∂ᵢ(fᵢ p) + ½ Σ ∂ᵢⱼ(aᵢⱼ p).
pub const EQUATION_ND: Claim = Claim::new(
    "fpk-equation-nd",
    "in several dimensions every pair of coordinates takes part, with the covariance rate \
     of the noise inside both derivatives",
    |seed| in_the_plane(SHOWN, seed),
    &[
        Slip::printed("the sum over i = j only", "E004-05", |seed| {
            in_the_plane(Candidate { pairs: 0.0, ..SHOWN }, seed)
        }),
        Slip::new("the covariance rate between the derivatives", |seed| {
            in_the_plane(Candidate::at(Placement::Between), seed)
        }),
        Slip::new("the covariance rate outside", |seed| {
            in_the_plane(Candidate::at(Placement::Outside), seed)
        }),
        Slip::new("each pair once", |seed| {
            in_the_plane(Candidate { pairs: 0.5, ..SHOWN }, seed)
        }),
        Slip::new("no one half", |seed| {
            in_the_plane(Candidate { noise: 2.0, pairs: 2.0, ..SHOWN }, seed)
        }),
    ],
);
