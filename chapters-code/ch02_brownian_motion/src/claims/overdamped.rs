//! The limit of a small mass.

use super::langevin::MEDIUM;
use crate::langevin::{Langevin, Medium, Phase, Potential};
use crate::overdamped::{
    Overdamped, Spring, kept_covariance, linear_system, position_correlation,
};
use crate::{EulerMaruyama, OrnsteinUhlenbeck, brownian_path, follow, simulate};
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use dynamics::{Generator, Increment, Point, Sde, SdeMethod, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SMatrix, SVector};
use rand::RngExt;

/// The spring of the checks.
const SPRING: Spring = Spring { stiffness: 1.5 };

/// 0.75 |x|² + cos(x₁ + x₂/2): neither quadratic nor split into coordinates. The Jacobian
/// of its gradient has norm 1.5 + 1.25 at most.
#[derive(Clone, Copy)]
struct Ripples;

/// The Lipschitz constant of ∇U for [`Ripples`].
const RIPPLES: f64 = 2.75;

impl Potential<2> for Ripples {
    fn energy<N: Number>(&self, x: &SVector<N, 2>) -> N {
        (x[0] * x[0] + x[1] * x[1]) * 0.75 + (x[0] + x[1] * 0.5).cos()
    }
}

/// `bm-overdamped-limit`.
pub const LIMIT: Claim = Claim::new(
    "bm-overdamped-limit",
    "as the mass goes to zero the place follows an equation of first order on the same noise",
    |seed| limit(&EulerMaruyama, &SHOWN, seed),
    &[
        Slip::printed("noise times dt", "E002-04", |seed| {
            limit(&NoiseTimesDt, &SHOWN, seed)
        }),
        Slip::new("the push not divided by the friction", |seed| {
            limit(
                &EulerMaruyama,
                &Candidate {
                    spring: Altered { push: MEDIUM.friction, noise: 1.0, ..SHOWN.spring },
                    ripples: Altered {
                        push: MEDIUM.friction,
                        noise: 1.0,
                        ..SHOWN.ripples
                    },
                },
                seed,
            )
        }),
        Slip::new("noise of strength √2 for any friction and temperature", |seed| {
            let noise = MEDIUM.friction / (MEDIUM.friction * MEDIUM.temperature).sqrt();
            limit(
                &EulerMaruyama,
                &Candidate {
                    spring: Altered { push: 1.0, noise, ..SHOWN.spring },
                    ripples: Altered { push: 1.0, noise, ..SHOWN.ripples },
                },
                seed,
            )
        }),
    ],
);

/// The overdamped equation with its two terms multiplied: by 1 it is the one shown.
#[derive(Clone, Copy)]
struct Altered<U> {
    sde: Overdamped<U>,
    push: f64,
    noise: f64,
}

impl<U: Potential<D>, const D: usize> Sde<Point<D>> for Altered<U> {
    fn drift(&self, t: f64, x: &Point<D>) -> Point<D> {
        self.sde.drift(t, x) * self.push
    }

    fn noise(&self, t: f64, x: &Point<D>, dw: &Point<D>) -> Point<D> {
        self.sde.noise(t, x, dw) * self.noise
    }
}

/// The limit equation for both potentials.
struct Candidate {
    spring: Altered<Spring>,
    ripples: Altered<Ripples>,
}

/// The limit as the page shows it.
const SHOWN: Candidate = Candidate {
    spring: Altered {
        sde: Overdamped { potential: SPRING, medium: MEDIUM },
        push: 1.0,
        noise: 1.0,
    },
    ripples: Altered {
        sde: Overdamped { potential: Ripples, medium: MEDIUM },
        push: 1.0,
        noise: 1.0,
    },
};

/// Euler's step with G ε h for the noise, where ε ~ N(0, I).
struct NoiseTimesDt;

impl<const D: usize, E: Sde<Point<D>> + ?Sized> SdeMethod<E, Point<D>, Point<D>>
    for NoiseTimesDt
{
    const STRONG_ORDER: f64 = 0.5;
    const WEAK_ORDER: f64 = 1.0;

    fn step(&self, sde: &E, t: f64, h: f64, x: &Point<D>, dw: &Point<D>) -> Point<D> {
        let normal = dw / h.sqrt();
        x + h * sde.drift(t, x) + h * sde.noise(t, x, &normal)
    }
}

/// On the spring in closed form, in the ripples on sampled paths.
fn limit<M>(method: &M, candidate: &Candidate, seed: u64) -> Vec<Evidence>
where
    M: SdeMethod<Altered<Spring>, Point<1>, Point<1>>
        + SdeMethod<Altered<Ripples>, Point<2>, Point<2>>,
{
    // On the spring the limit is an Ornstein–Uhlenbeck process: its rate and strength.
    let one = Point::<1>::new(1.0);
    let limit = OrnsteinUhlenbeck {
        rate: -candidate.spring.drift(0.0, &one)[0],
        diffusion: candidate.spring.noise(0.0, &one, &one)[0],
    };
    let thermal = MEDIUM.temperature / SPRING.stiffness;
    let kept = limit.diffusion.powi(2) / (2.0 * limit.rate);
    let with = |mass| Langevin { potential: SPRING, mass, medium: MEDIUM };
    let masses: Vec<f64> = (4..=9).map(|k| 0.5_f64.powi(k)).collect();
    let t = 0.3;
    let apart = |&m: &f64| {
        let heavy = position_correlation(&with(m), t).expect("k > 0 has an equilibrium");
        (m, (heavy - kept * limit.transition(t).0).abs())
    };
    let correlations: Vec<_> = masses.iter().map(apart).collect();
    let closed = [0.8, 0.2, 0.05].map(|m| {
        let exact = thermal * oscillator(m, t);
        (position_correlation(&with(m), t).unwrap_or(f64::NAN) / exact - 1.0).abs()
    });
    let variances = [3.0, 0.4, 0.01].map(|m| {
        let (a, b) = linear_system(&with(m));
        let sigma = kept_covariance(&a, &b).expect("k > 0 has an equilibrium");
        let exact = SMatrix::<f64, 2, 2>::new(thermal, 0.0, 0.0, MEDIUM.temperature / m);
        let same = (sigma - exact).norm() / exact.norm();
        same.max((sigma[(0, 0)] / kept - 1.0).abs())
    });
    let distances: Vec<_> = masses.iter().map(|&m| (m, distance(m, &limit, t))).collect();

    // A chain of the limit equation, settled.
    let h = 0.1 / limit.rate.abs();
    let mut ends = vec![Point::<1>::new(0.4); 10_000];
    let (grid, noise) = (TimeGrid::new(0.0, 80.0 * h, 80), Stream::new(seed, "spring"));
    simulate(method, &candidate.spring, grid, noise, &mut ends).expect("a stable chain");
    let ends: Vec<f64> = ends.iter().map(|x| x[0]).collect();
    let wide = thermal / (1.0 - 0.1 / 2.0);

    let (coupled, bound) = ripples(method, &candidate.ripples, seed);
    vec![
        Evidence::order(
            "correlation of places on a spring 0.3 apart, m from 2⁻⁴ to 2⁻⁹",
            slope(&correlations),
            1.0,
            0.1,
            "order 1; the next term is km/λ² = 6 % at the largest mass",
        ),
        Evidence::at_most(
            "the matrix exponential against the two exponentials, relative",
            closed.into_iter().fold(0.0, f64::max),
            1e-12,
            "a hundred roundings; the two exponentials cancel to a tenth",
        ),
        Evidence::at_most(
            "covariances kept on a spring by three masses, and by the limit, relative",
            variances.into_iter().fold(0.0, f64::max),
            1e-12,
            "four linear equations with a condition of a few hundred",
        ),
        Evidence::order(
            "distance on a spring on one noise at t = 0.3, root mean square, in the mass",
            slope(&distances),
            0.5,
            0.1,
            "order ½: what is left is m(v_t − v_0)/λ, of variance m k_B T/λ² each; terms of \
             order m are 10 % at the largest mass",
        ),
        Evidence::variance(
            "10 000 settled chains of the limit, θh = 0.1, k_B T/k with the bias of steps",
            &ends,
            wide,
            seed,
        ),
        Evidence::order(
            "mean distance among ripples in the plane on one noise, m from 0.08 to 0.01",
            slope(&coupled),
            0.5,
            0.1,
            "order ½; 150 paths, the same for all masses",
        )
        .sampled(150, seed),
        Evidence::at_most(
            "largest mean distance among ripples over (2/λ) √(m k_B T d) e^(Lt/λ)",
            bound,
            1.0,
            "the bound of the text",
        )
        .sampled(150, seed),
    ]
}

/// E x_0 x_t over its value at t = 0 on the spring: two exponentials, or a damped
/// oscillation where the roots are complex.
fn oscillator(m: f64, t: f64) -> f64 {
    let (half, k) = (MEDIUM.friction / (2.0 * m), SPRING.stiffness / m);
    let square = half * half - k;
    let root = square.abs().sqrt();
    let (c, s) = if square > 0.0 {
        ((root * t).cosh(), (root * t).sinh())
    } else {
        ((root * t).cos(), (root * t).sin())
    };
    (-half * t).exp() * (c + half / root * s)
}

/// √E (x_t − y_t)² for the spring with mass `m` and the limit on the same noise, from
/// equilibrium with y_0 = x_0: (x, v, y) is linear, so its covariance is known at each time.
fn distance(m: f64, limit: &OrnsteinUhlenbeck, t: f64) -> f64 {
    let spring = Langevin { potential: SPRING, mass: m, medium: MEDIUM };
    let (a2, b2) = linear_system(&spring);
    let mut a = SMatrix::<f64, 3, 3>::zeros();
    a.fixed_view_mut::<2, 2>(0, 0).copy_from(&a2);
    a[(2, 2)] = -limit.rate;
    let b = SVector::<f64, 3>::new(b2[0], b2[1], limit.diffusion);
    let (Some(kept), Some(sigma)) = (kept_covariance(&a, &b), kept_covariance(&a2, &b2))
    else {
        return f64::NAN;
    };
    let mut start = SMatrix::<f64, 3, 3>::zeros();
    start.fixed_view_mut::<2, 2>(0, 0).copy_from(&sigma);
    start[(0, 2)] = sigma[(0, 0)];
    start[(2, 0)] = sigma[(0, 0)];
    start[(2, 2)] = sigma[(0, 0)];
    let e = (a * t).exp();
    let now = kept + e * (start - kept) * e.transpose();
    let apart = SVector::<f64, 3>::new(1.0, 0.0, -1.0);
    (apart.transpose() * now * apart)[(0, 0)].max(0.0).sqrt()
}

/// Pairs (m, mean distance at t = 0.6) of a particle in the ripples from its limit on the
/// same noise, and the largest of these distances over the bound.
fn ripples<M>(method: &M, limit: &Altered<Ripples>, seed: u64) -> (Vec<(f64, f64)>, f64)
where
    M: SdeMethod<Altered<Ripples>, Point<2>, Point<2>>,
{
    const END: f64 = 0.6;
    const COUNT: u64 = 150;
    let grid = TimeGrid::new(0.0, END, 1 << 10);
    let times: Vec<f64> = grid.times().collect();
    let stream = Stream::new(seed, "ripples");
    let runs: Vec<_> = (0..COUNT)
        .map(|k| {
            let mut draws = stream.chunk(k);
            let path: Vec<Point<2>> = brownian_path(grid, &mut draws);
            (path, settled_place(&mut draws), normal(1.0, &mut draws))
        })
        .collect();
    let mean = |&m: &f64| {
        let heavy = Langevin { potential: Ripples, mass: m, medium: MEDIUM };
        let Medium { temperature, .. } = MEDIUM;
        let apart = runs.iter().map(|(path, x, v)| {
            let start: Phase<2> = (*x, v * (temperature / m).sqrt());
            let heavy = follow(&EulerMaruyama, &heavy, &times, path, start);
            let light = follow(method, limit, &times, path, *x);
            (heavy[grid.steps].0 - light[grid.steps]).norm()
        });
        (m, apart.sum::<f64>() / COUNT as f64)
    };
    let pairs: Vec<_> = [0.08, 0.04, 0.02, 0.01].iter().map(mean).collect();
    let Medium { friction, temperature } = MEDIUM;
    let growth = (RIPPLES * END / friction).exp();
    let over = pairs
        .iter()
        .map(|(m, e)| e / (2.0 / friction * (m * temperature * 2.0).sqrt() * growth));
    (pairs.clone(), over.fold(0.0, f64::max))
}

/// A place in equilibrium in the ripples: a draw for the bowl 0.75 |x|², kept with the
/// chance that the cosine leaves it.
fn settled_place(draws: &mut Generator) -> Point<2> {
    let Medium { temperature, .. } = MEDIUM;
    loop {
        let x = normal((temperature / 1.5).sqrt(), draws);
        let ripple = (x[0] + x[1] * 0.5).cos();
        if draws.random::<f64>() < (-(1.0 + ripple) / temperature).exp() {
            return x;
        }
    }
}

/// A draw from N(0, deviation² I).
fn normal(deviation: f64, draws: &mut Generator) -> Point<2> {
    Increment::draw(deviation, draws)
}
