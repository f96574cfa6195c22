//! The random force, the velocity it makes, and equilibrium in a potential.

use crate::langevin::{DoubleWell, Langevin, Medium, Phase, Potential, Twice};
use crate::{ExactOu, OrnsteinUhlenbeck, brownian_path, simulate};
use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use ch01_flows::quadrature::{GaussLegendre, trapezoid};
use dynamics::{Generator, Increment, Point, Sde, SdeMethod, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;
use num_dual::{Dual2_64, DualNum};
use rand::RngExt;
use statrs::distribution::{ContinuousCDF, Normal};

/// The fluid of the checks.
pub(super) const MEDIUM: Medium = Medium { friction: 1.3, temperature: 0.7 };
/// The particle's mass.
const MASS: f64 = 0.4;

/// The impulses of a fluid's random force on a grid.
type Impulses = fn(&Medium, TimeGrid, &mut Generator) -> Vec<Point<2>>;

/// `bm-white-noise`.
pub const WHITE_NOISE: Claim = Claim::new(
    "bm-white-noise",
    "the random force adds up to a multiple of Brownian motion, on a coarse grid and on a fine",
    |seed| white_noise(Medium::impulses, seed),
    &[
        Slip::printed(
            "a force whose variance does not know the step",
            "E002-04",
            |seed| {
                let plain: Impulses = |medium, grid, generator| {
                    let (h, strength) = (grid.h(), medium.strength());
                    running(grid, |_| Point::<2>::draw(strength, generator) * h)
                };
                white_noise(plain, seed)
            },
        ),
        Slip::printed("a force that does not change in time", "E002-05", |seed| {
            let constant: Impulses = |medium, grid, generator| {
                let force: Point<2> = medium.force(grid.end - grid.start, generator);
                running(grid, |_| force * grid.h())
            };
            white_noise(constant, seed)
        }),
        Slip::new("half the noise", |seed| {
            let half: Impulses = |medium, grid, generator| {
                let half = Medium { temperature: medium.temperature / 2.0, ..*medium };
                half.impulses(grid, generator)
            };
            white_noise(half, seed)
        }),
    ],
);

/// The running sums of these terms, from 0.
fn running(grid: TimeGrid, mut term: impl FnMut(usize) -> Point<2>) -> Vec<Point<2>> {
    let mut sums = vec![Point::<2>::zeros()];
    for i in 0..grid.steps {
        sums.push(sums[i] + term(i));
    }
    sums
}

/// Impulses over a unit of time and its halves, on two grids.
fn white_noise(impulses: Impulses, seed: u64) -> Vec<Evidence> {
    const COUNT: u64 = 3000;
    let stream = Stream::new(seed, "random force");
    // 2 λ k_B T per unit of time.
    let rate = 2.0 * MEDIUM.friction * MEDIUM.temperature;
    let mut evidence = vec![];
    for steps in [50, 500] {
        let grid = TimeGrid::new(0.3, 1.3, steps);
        let run = |k| impulses(&MEDIUM, grid, &mut stream.chunk(k));
        let runs: Vec<_> = (0..COUNT).map(run).collect();
        let flat = |part: &dyn Fn(&Vec<Point<2>>) -> Point<2>| -> Vec<f64> {
            runs.iter().map(part).flat_map(|p| [p.x, p.y]).collect()
        };
        let whole = flat(&|p| p[steps]);
        let first = flat(&|p| p[steps / 2]);
        let second = flat(&|p| p[steps] - p[steps / 2]);
        let (xs, ys): (Vec<f64>, Vec<f64>) =
            whole.chunks(2).map(|p| (p[0], p[1])).unzip();
        let normal = Normal::new(0.0, rate.sqrt()).expect("a positive deviation");
        let of = |what: &str| format!("{what}, {steps} steps");
        evidence.extend([
            Evidence::variance(of("variance over a unit of time"), &whole, rate, seed),
            Evidence::variance(
                of("variance over its first half"),
                &first,
                rate / 2.0,
                seed,
            ),
            Evidence::covariance(
                of("impulses of the two halves"),
                &first,
                &second,
                0.0,
                seed,
            ),
            Evidence::covariance(
                of("two coordinates of an impulse"),
                &xs,
                &ys,
                0.0,
                seed,
            ),
            Evidence::law(
                of("impulses against the normal law"),
                &whole,
                |p| normal.cdf(p),
                seed,
            ),
        ]);
    }
    let grid = TimeGrid::new(0.3, 1.3, 500);
    let kicked = impulses(&MEDIUM, grid, &mut stream.chunk(0));
    let path: Vec<Point<2>> = brownian_path(grid, &mut stream.chunk(0));
    let apart = kicked.iter().zip(&path).map(|(p, w)| (p - w * rate.sqrt()).norm());
    evidence.push(
        Evidence::at_most(
            "largest distance from √(2λ k_B T) W with the same draws, 500 steps",
            apart.fold(0.0, f64::max),
            1e-12,
            "500 sums of numbers of order 1, each rounded a few times",
        )
        .sampled(500, seed),
    );
    evidence
}

/// `bm-langevin-equation`.
pub const EQUATION: Claim = Claim::new(
    "bm-langevin-equation",
    "braked and kicked, a velocity has the mean square of equipartition and forgets within m/λ",
    |seed| equation(Medium::velocity, seed),
    &[
        Slip::new("the noise divided by the root of the mass", |seed| {
            equation(
                |medium, mass| OrnsteinUhlenbeck {
                    rate: medium.friction / mass,
                    diffusion: medium.strength() / mass.sqrt(),
                },
                seed,
            )
        }),
        Slip::new("half the noise", |seed| {
            equation(
                |medium, mass| {
                    let ou = medium.velocity(mass);
                    OrnsteinUhlenbeck { diffusion: ou.diffusion / 2.0_f64.sqrt(), ..ou }
                },
                seed,
            )
        }),
        Slip::new("friction not divided by the mass", |seed| {
            equation(
                |medium, mass| OrnsteinUhlenbeck {
                    rate: medium.friction,
                    ..medium.velocity(mass)
                },
                seed,
            )
        }),
    ],
);

/// Equilibrium by the exact step, and Newton's law with the random force itself.
fn equation(velocity: fn(&Medium, f64) -> OrnsteinUhlenbeck, seed: u64) -> Vec<Evidence> {
    const COUNT: usize = 8000;
    let ou = velocity(&MEDIUM, MASS);
    let (tau, thermal) = (MASS / MEDIUM.friction, MEDIUM.temperature / MASS);
    // The variance that a step keeps: v = f² v + step(0)².
    let h = 0.7 * tau;
    let factor = ExactOu.step(&ou, 0.0, h, &1.0, &0.0);
    let noise = ExactOu.step(&ou, 0.0, h, &0.0, &h.sqrt());
    let kept = noise * noise / (1.0 - factor * factor);

    let grid = TimeGrid::new(0.0, tau, 3);
    let stream = Stream::new(seed, "velocity");
    let mut draws = stream.chunk(u64::MAX);
    let before: Vec<f64> =
        (0..COUNT).map(|_| f64::draw(thermal.sqrt(), &mut draws)).collect();
    let mut after = before.clone();
    simulate(&ExactOu, &ou, grid, stream, &mut after).expect("a linear step");

    // m Δv = −λ v h + η h, from rest, to equilibrium, and for one τ more.
    let h = tau / 50.0;
    let mut kicks = Stream::new(seed, "kicks").generator();
    let mut newton = |v: f64, steps: usize| {
        (0..steps).fold(v, |v, _| {
            let force: f64 = MEDIUM.force(h, &mut kicks);
            v + h * (force - MEDIUM.friction * v) / MASS
        })
    };
    let settled: Vec<f64> = (0..COUNT).map(|_| newton(0.0, 300)).collect();
    let later: Vec<f64> = settled.iter().map(|&v| newton(v, 50)).collect();
    // What Euler–Maruyama makes of the candidate.
    let wide = ou.euler_limit(h).unwrap_or(f64::INFINITY);
    let lag = wide * (1.0 - ou.rate * h).powi(50);

    // E (x_t − x_0)² is twice the integral of (t − r) times the correlation over lag r.
    let t = 2.3 * tau;
    let correlation = |r: f64| kept * ou.transition(r).0;
    let twice = |r: f64| 2.0 * (t - r) * correlation(r);
    let spread = GaussLegendre::new(24).integral(twice, 0.0, t);
    vec![
        Evidence::at_most(
            "variance that the exact step keeps against k_B T/m, relative",
            (kept / thermal - 1.0).abs(),
            4e-15,
            "fifteen roundings of 2.2e-16",
        ),
        Evidence::covariance(
            "velocities m/λ apart in equilibrium, (k_B T/m)/e",
            &before,
            &after,
            thermal * f64::exp(-1.0),
            seed,
        ),
        Evidence::variance(
            "Newton's law with drawn forces, variance",
            &settled,
            wide,
            seed,
        ),
        Evidence::covariance(
            "Newton's law with drawn forces, velocities m/λ apart",
            &settled,
            &later,
            lag,
            seed,
        ),
        Evidence::at_most(
            "mean square displacement at 2.3 m/λ against the integral, relative",
            (MEDIUM.displacement(MASS, t) / spread - 1.0).abs(),
            2e-14,
            "24 nodes are exact to rounding; the formula loses a digit in t − τ",
        ),
    ]
}

/// x₁⁴/4 − x₁²/2 + 0.3 x₁x₂ + 0.7 x₂²: two wells in the plane, not aligned with the axes.
#[derive(Clone, Copy)]
struct Valleys;

impl Potential<2> for Valleys {
    fn energy<N: Number>(&self, x: &SVector<N, 2>) -> N {
        let (x, y) = (x[0], x[1]);
        x * x * x * x / 4.0 - x * x / 2.0 + x * y * 0.3 + y * y * 0.7
    }
}

/// What the density of equilibrium is taken to be, of one equation.
type Guess<U> = fn(&Langevin<U>) -> Langevin<U>;

/// `bm-langevin-potential`.
pub const POTENTIAL: Claim = Claim::new(
    "bm-langevin-potential",
    "friction and noise balance at the density of Boltzmann, and push and motion do as well",
    |seed| potential(|e| *e, |e| *e, |e| *e, seed),
    &[
        Slip::new("noise of strength λ k_B T", |seed| {
            potential(half_noise, half_noise, |e| *e, seed)
        }),
        Slip::new("kinetic energy without the mass", |seed| {
            potential(|e| *e, |e| *e, |e| Langevin { mass: 1.0, ..*e }, seed)
        }),
        Slip::new("friction that does not know of the noise", |seed| {
            potential(free, free, |e| *e, seed)
        }),
    ],
);

/// The same equation with λ k_B T under the root.
fn half_noise<U: Copy>(equation: &Langevin<U>) -> Langevin<U> {
    let half = equation.medium.temperature / 2.0;
    Langevin { medium: Medium { temperature: half, ..equation.medium }, ..*equation }
}

/// The friction doubled and the noise as before.
fn free<U: Copy>(equation: &Langevin<U>) -> Langevin<U> {
    let Medium { friction, temperature } = equation.medium;
    let medium = Medium { friction: 2.0 * friction, temperature: temperature / 2.0 };
    Langevin { medium, ..*equation }
}

/// The balance at fifty places, and the rates of the means of test functions, for the
/// equation that `wells` (and `valleys` in the plane) makes of the true one and the density
/// of the one that `law` makes of it.
fn potential(
    wells: Guess<DoubleWell>,
    valleys: Guess<Valleys>,
    law: Guess<DoubleWell>,
    seed: u64,
) -> Vec<Evidence> {
    let on_line = Langevin { potential: DoubleWell, mass: MASS, medium: MEDIUM };
    let in_plane = Langevin { potential: Valleys, mass: MASS, medium: MEDIUM };
    let (moving, resting) = (wells(&on_line), law(&on_line));
    let moving_in_plane = valleys(&in_plane);
    let mut draws = Stream::new(seed, "phase space").generator();
    let mut place = || draws.random_range(-1.8..1.8);
    let (mut line, mut plane) = (0.0_f64, 0.0_f64);
    for _ in 0..50 {
        let (x, v) = (Point::<1>::new(place()), Point::<1>::new(place()));
        let p = |x: &Twice<1>, v: &Twice<1>| resting.boltzmann(x, v);
        line = worse(line, moving.rates(p, &x, &v));
        let x = Point::<2>::new(place(), place());
        let v = Point::<2>::new(place(), place());
        let p = |x: &Twice<2>, v: &Twice<2>| in_plane.boltzmann(x, v);
        plane = worse(plane, moving_in_plane.rates(p, &x, &v));
    }
    let means = TESTS.map(|phi| {
        let rate = |x: f64, v: f64| generator(&moving, phi, x, v);
        let weight =
            |x: f64, v: f64| resting.boltzmann(&SVector::from([x]), &SVector::from([v]));
        let over = |f: &dyn Fn(f64, f64) -> f64| {
            let inner = |x: f64| trapezoid(|v| f(x, v) * weight(x, v), -11.0, 11.0, 160);
            trapezoid(inner, -5.0, 5.0, 160)
        };
        over(&|x, v| rate(x, v).residual).abs() / over(&|x, v| rate(x, v).scale)
    });
    vec![
        Evidence::at_most(
            "largest sum of the rates at 50 places on the line, over the largest of them",
            line,
            1e-12,
            "derivatives by dual numbers, exact but for a hundred roundings",
        )
        .sampled(50, seed),
        Evidence::at_most("largest sum of the rates at 50 places in the plane, over the largest of them", plane, 1e-12, "as on the line")
            .sampled(50, seed),
        Evidence::at_most(
            "rate of the mean of three test functions in equilibrium, relative",
            means.into_iter().fold(0.0, f64::max),
            1e-12,
            "the trapezoid rule is exact to rounding for functions that vanish at the ends",
        ),
    ]
}

/// The larger of two relative residuals; not-a-number wins.
fn worse(before: f64, balance: Balance) -> f64 {
    let now = balance.relative();
    if now > before || now.is_nan() { now } else { before }
}

/// A function of place and velocity.
type Test = fn(Dual2_64, Dual2_64) -> Dual2_64;

/// Functions whose means are watched.
const TESTS: [Test; 3] = [
    |x, v| x * v + v * v * 0.5,
    |x, v| (x * 0.7).sin() * v * v * v,
    |x, v| (x + v * 0.6 + 0.3).sin(),
];

/// Itô's lemma for φ(x, v), without its martingale: the terms of the rate of its mean.
fn generator(equation: &Langevin<DoubleWell>, phi: Test, x: f64, v: f64) -> Balance {
    let here: Phase<1> = (Point::<1>::new(x), Point::<1>::new(v));
    let (dx, dv) = equation.drift(0.0, &here);
    let (_, g) = equation.noise(0.0, &here, &Point::<1>::new(1.0));
    let (x, v) = (Dual2_64::from(x), Dual2_64::from(v));
    let (along, across) = (phi(x.derivative(), v), phi(x, v.derivative()));
    Balance::of([dx[0] * along.v1, dv[0] * across.v1, g[0] * g[0] / 2.0 * across.v2])
}
