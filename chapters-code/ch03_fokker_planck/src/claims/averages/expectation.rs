//! Dynkin's formula, and the differential equation of an expectation.

use super::operator::{Factors, Operator};
use super::solved::{
    Cubic, GOMPERTZ, GROWTH, Mixed, OU, PAIR, Solved, ensemble, expectation, normal_nodes,
};
use crate::solver_orders::largest;
use crate::{Brownian, Diffusion, DoubleWell, Smooth, expectation_rate, martingale};
use ch01_flows::fields::Number;
use ch01_flows::quadrature::GaussLegendre;
use ch02_brownian_motion::{EulerMaruyama, simulate_paths};
use dynamics::{Point, Sde, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix1, SVector};
use num_dual::Dual64;
use rand_distr::{Distribution, StandardNormal};

/// What is taken for d/dt E φ(X_t, t) over an ensemble.
trait Rate {
    /// Its value.
    fn of<const D: usize>(
        &self,
        diffusion: &impl Diffusion<D>,
        phi: &impl Smooth<D>,
        t: f64,
        ensemble: &[(f64, Point<D>)],
    ) -> f64;
}

/// The function of the page.
struct Shown;

impl Rate for Shown {
    fn of<const D: usize>(
        &self,
        diffusion: &impl Diffusion<D>,
        phi: &impl Smooth<D>,
        t: f64,
        ensemble: &[(f64, Point<D>)],
    ) -> f64 {
        expectation_rate(diffusion, phi, t, ensemble)
    }
}

impl Rate for Factors {
    fn of<const D: usize>(
        &self,
        diffusion: &impl Diffusion<D>,
        phi: &impl Smooth<D>,
        t: f64,
        ensemble: &[(f64, Point<D>)],
    ) -> f64 {
        ensemble.iter().map(|(w, x)| w * self.at(diffusion, phi, t, x)).sum()
    }
}

/// Everybody is taken to be at the mean.
struct AtTheMean;

impl Rate for AtTheMean {
    fn of<const D: usize>(
        &self,
        diffusion: &impl Diffusion<D>,
        phi: &impl Smooth<D>,
        t: f64,
        ensemble: &[(f64, Point<D>)],
    ) -> f64 {
        let mean: Point<D> = ensemble.iter().map(|(w, x)| x * *w).sum();
        expectation_rate(diffusion, phi, t, &[(1.0, mean)])
    }
}

/// The slip that forgets the curvature.
const NO_CURVATURE: Factors = Factors { own: 0.0, across: 0.0, ..Factors::TRUE };

/// A mean whose derivative in time is taken as it stands, against `rate`.
fn rate_of<const D: usize>(
    name: &str,
    rate: &impl Rate,
    process: &impl Solved<D>,
    phi: &impl Smooth<D>,
    x: Point<D>,
) -> Evidence {
    let (t, h) = (0.2, 0.9);
    let expected = expectation(process, phi, (t, Dual64::new(h, 1.0)), &x).eps;
    let found = rate.of(process, phi, t + h, &ensemble(process, h, &x));
    Evidence::at_most(
        format!("{name}: the mean differentiated in time against the mean rate"),
        (found / expected - 1.0).abs(),
        1e-13,
        "rounding: sums of 41 or 1681 terms, each by a few times 1.2e-16",
    )
}

fn expectation_ode(rate: &impl Rate) -> Vec<Evidence> {
    let place = Point::<1>::new(1.3);
    vec![
        rate_of("Ornstein–Uhlenbeck", rate, &OU, &Cubic, place),
        rate_of("geometric Brownian motion", rate, &GROWTH, &Cubic, place),
        rate_of("Gompertz's growth", rate, &GOMPERTZ, &Cubic, place),
        rate_of(
            "a pair on dependent noise",
            rate,
            &PAIR,
            &Mixed,
            Point::<2>::new(0.8, 1.3),
        ),
    ]
}

/// `fpk-expectation-ode`.
pub const EXPECTATION_ODE: Claim = Claim::new(
    "fpk-expectation-ode",
    "the average of a function changes at the average of its own change and its generator \
     over the ensemble of that moment",
    |_| expectation_ode(&Shown),
    &[
        Slip::new("Itô's term dropped", |_| expectation_ode(&NO_CURVATURE)),
        Slip::new("everybody at the mean", |_| expectation_ode(&AtTheMean)),
        Slip::new("the function's own change forgotten", |_| {
            expectation_ode(&Factors { time: 0.0, ..Factors::TRUE })
        }),
    ],
);

/// x⁴.
struct Fourth;

impl Smooth<1> for Fourth {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        x[0].powi(4)
    }
}

/// x².
struct Second;

impl Smooth<1> for Second {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        x[0] * x[0]
    }
}

/// The first term on the right: from the start of one particle and the mean over all.
type Begin = fn(f64, f64) -> f64;

/// Brownian motion with g² = 1.3 from N(0.4, 0.64), where E X⁴ = m⁴ + 6m²v + 3v².
fn both_sides(begin: Begin, rate: &impl Rate) -> Evidence {
    let (m, v0, q, t) = (0.4_f64, 0.64, 1.3, 0.9);
    let fourth = |v: f64| m.powi(4) + 6.0 * m * m * v + 3.0 * v * v;
    let noise = Brownian { covariance: Matrix1::new(q) };
    let at_time = |r: f64| {
        let place = |z: f64| Point::<1>::new(m + (v0 + q * r).sqrt() * z);
        let nodes: Vec<_> =
            normal_nodes::<1>().iter().map(|(w, z)| (*w, place(z[0]))).collect();
        rate.of(&noise, &Fourth, r, &nodes)
    };
    let gained = GaussLegendre::new(4).integral(at_time, 0.0, t);
    let left = fourth(v0 + q * t);
    let starts = [-0.8, 0.1, 1.2];
    let right = starts.map(|x: f64| begin(x.powi(4), fourth(v0)) + gained);
    Evidence::at_most(
        "both sides for Brownian motion and the fourth power, beside starts at three places",
        largest(&right, &[left; 3]) / left,
        1e-14,
        "rounding: sums of 41 terms, each by a few times 1.2e-16",
    )
}

const WELL: DoubleWell = DoubleWell { height: 0.5, tilt: 0.35, diffusion: 0.9 };

/// What the generator leaves of x² along 4000 paths in the double well.
fn left_over(seen: &DoubleWell, seed: u64) -> Evidence {
    let mut generator = Stream::new(seed, "fpk-dynkin, starts").generator();
    let mut start = || {
        let normal: f64 = StandardNormal.sample(&mut generator);
        0.3 + 0.4 * normal
    };
    let starts: Vec<f64> = (0..4000).map(|_| start()).collect();
    let (grid, noise) = (TimeGrid::new(0.0, 1.0, 200), Stream::new(seed, "fpk-dynkin"));
    let paths =
        simulate_paths(&EulerMaruyama, &WELL, grid, noise, &starts).expect("finite");
    let times: Vec<f64> = grid.times().collect();
    // From x a step of Euler–Maruyama leads to a mean square of x² + h 𝒜x² + h² f². The last
    // term is the method's, and is taken off.
    let own = |x: &f64| (grid.h() * Sde::drift(&WELL, 0.0, x)).powi(2);
    let left: Vec<f64> = paths
        .iter()
        .map(|path| {
            let places: Vec<_> = path.iter().map(|&x| Point::<1>::new(x)).collect();
            let steps = path[..grid.steps].iter().map(own).sum::<f64>();
            martingale(seen, &Second, &times, &places) - steps
        })
        .collect();
    Evidence::mean("left over of the square in a double well", &left, 0.0, seed)
}

/// The check of Dynkin's formula.
fn dynkin(begin: Begin, rate: &impl Rate, seen: &DoubleWell, seed: u64) -> Vec<Evidence> {
    vec![both_sides(begin, rate), left_over(seen, seed)]
}

/// The mean over the starts.
const MEAN: Begin = |_, mean| mean;

/// `fpk-dynkin`.
pub const DYNKIN: Claim = Claim::new(
    "fpk-dynkin",
    "the average of a function is its average at the start and the averages of its generator, \
     added up over time",
    |seed| dynkin(MEAN, &Shown, &WELL, seed),
    &[
        Slip::printed("the start of one particle", "E004-03", |seed| {
            dynkin(|start, _| start, &Shown, &WELL, seed)
        }),
        Slip::new("everybody at the mean", |seed| dynkin(MEAN, &AtTheMean, &WELL, seed)),
        Slip::new("the noise forgotten", |seed| {
            let still = DoubleWell { diffusion: 0.0, ..WELL };
            dynkin(MEAN, &NO_CURVATURE, &still, seed)
        }),
    ],
);
