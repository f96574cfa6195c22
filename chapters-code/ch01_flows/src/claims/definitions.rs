//! Trajectories and flows: what they are, that they exist, and that there is one.

use super::draws::{largest, relative, uniform};
use crate::fields::{GaussianBridge, Growth, Linear, Network};
use crate::picard::{picard, picard_bound};
use crate::sampler::sample;
use crate::uniqueness::{SquareRoot, separation_bound};
use crate::{Euler, Heun, Rk4, integrate, transport};
use dynamics::{OdeMethod, Point, Stream, TimeGrid, VectorField};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SMatrix, SVector};
use num_dual::Dual64;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, Normal};

/// A function of (t, x₀) that dual numbers pass through.
type Flow = fn(Dual64, Dual64) -> Dual64;

/// `flow-ode`.
pub const ODE: Claim = Claim::new(
    "flow-ode",
    "the flow collects the trajectories: it moves with the field and starts at the identity",
    |seed| ode(|t, x0| Growth.flow(t, x0), |t, x0| Growth.flow(t, x0), seed),
    &[
        Slip::printed("the flow of the moved point on the left", "E000-01", |seed| {
            let left: Flow = |t, x0| Growth.flow(t, Growth.flow(t, x0));
            ode(left, |t, x0| Growth.flow(t, x0), seed)
        }),
        Slip::printed("time and place swapped at the start", "E004-41", |seed| {
            ode(|t, x0| Growth.flow(t, x0), |t, x0| Growth.flow(x0, t), seed)
        }),
    ],
);

/// ∂ₜ of `left` against u_t(ψ_t(x₀)), and `start` at t = 0 against x₀.
fn ode(left: Flow, start: Flow, seed: u64) -> Vec<Evidence> {
    let points = uniform(seed, "flow-ode", 50, [0.1..3.0, 0.3..2.0]);
    let motion = points.iter().map(|&[t, x0]| {
        let derivative = left(Dual64::new(t, 1.0), Dual64::from(x0)).eps;
        relative(derivative, Growth.at(t, Growth.flow(t, x0)))
    });
    let begin = points
        .iter()
        .map(|&[_, x0]| relative(start(Dual64::from(0.0), Dual64::from(x0)).re, x0));
    vec![
        Evidence::at_most(
            "largest relative difference of ∂ψ/∂t and u(ψ) at 50 points",
            largest(motion),
            1e-12,
            "rounding of ten operations, derivatives by dual numbers",
        ),
        Evidence::at_most(
            "largest relative difference of ψ₀(x) and x",
            largest(begin),
            1e-15,
            "exact but for one rounding",
        ),
    ]
}

/// `flow-linear-example`.
pub const LINEAR_EXAMPLE: Claim = Claim::new(
    "flow-linear-example",
    "a linear field decays exponentially, and Euler's steps multiply by one factor each",
    |seed| linear(DECAY, |t, x| DECAY.flow(t, x), |x| DECAY.at(x), &Euler, seed),
    &[
        Slip::new("growth in place of decay", |seed| {
            let flow: Flow = |t, x| DECAY.flow(-t, x);
            linear(DECAY, flow, |x| DECAY.at(x), &Euler, seed)
        }),
        Slip::printed("the derivative of the flow is the flow", "R001-01", |seed| {
            linear(DECAY, |t, x| DECAY.flow(t, x), |x| x, &Euler, seed)
        }),
        Slip::new("Heun's factors for Euler's", |seed| {
            linear(DECAY, |t, x| DECAY.flow(t, x), |x| DECAY.at(x), &Heun, seed)
        }),
    ],
);

/// θ = 1.3.
const DECAY: Linear = Linear { rate: 1.3 };

/// ∂ₜ of `flow` against `velocity` of it, and `method` against the product of factors.
fn linear(
    field: Linear,
    flow: Flow,
    velocity: fn(f64) -> f64,
    method: &impl OdeMethod,
    seed: u64,
) -> Vec<Evidence> {
    let points = uniform(seed, "flow-linear-example", 50, [0.1..2.0, -2.0..2.0]);
    let motion = points.iter().map(|&[t, x0]| {
        let x = flow(Dual64::new(t, 1.0), Dual64::from(x0));
        relative(x.eps, velocity(x.re))
    });
    let products = (1..=40).map(|n| {
        let x = integrate(method, &field, TimeGrid::new(0.0, 1.0, n), 0.7);
        relative(x, 0.7 * (1.0 - field.rate / n as f64).powi(n as i32))
    });
    // With enough factors the product is the exponential: the error is about θ²/2n.
    let n = 1_000_000;
    let product = 0.7 * (1.0 - field.rate / n as f64).powi(n);
    let limit = flow(Dual64::from(1.0), Dual64::from(0.7)).re;
    vec![
        Evidence::at_most(
            "largest relative difference of ∂ψ/∂t and −θψ at 50 points",
            largest(motion),
            1e-12,
            "rounding of a few operations, derivatives by dual numbers",
        ),
        Evidence::at_most(
            "largest relative difference of n Euler steps and (1 − θ/n)ⁿ x₀, n up to 40",
            largest(products),
            4e-14,
            "rounding: 40 steps of at most four operations, each 1.1e-16, twice over",
        ),
        Evidence::at_most(
            "relative difference of a million factors and the flow",
            relative(product, limit),
            1e-6,
            "θ²/2n = 8.5e-7, the next term of the logarithm",
        ),
    ]
}

/// `flow-model`.
pub const MODEL: Claim = Claim::new(
    "flow-model",
    "a field that carries the standard Gaussian to another one along straight lines",
    |seed| model(&BRIDGE, seed),
    &[
        Slip::new("denominator dropped", |seed| {
            model(&|t: f64, x: &f64| 2.0 - 0.5 * (x - 2.0 * t), seed)
        }),
        Slip::new("the moving mean not subtracted", |seed| {
            model(&|t: f64, x: &f64| 2.0 - 0.5 * x / (1.0 - 0.5 * t), seed)
        }),
    ],
);

/// μ = 2, ς = ½.
const BRIDGE: GaussianBridge = GaussianBridge { mu: 2.0, varsigma: 0.5 };

/// Euler's method with 1 and with 200 steps against the straight path; the law at t = 1.
fn model(field: &impl VectorField<f64>, seed: u64) -> Vec<Evidence> {
    let starts = uniform(seed, "flow-model", 50, [-3.0..3.0]);
    let off = |n: usize| {
        largest(starts.iter().map(|&[x0]| {
            let end = integrate(&Euler, field, TimeGrid::new(0.0, 1.0, n), x0);
            (end - BRIDGE.flow(1.0, x0)).abs()
        }))
    };
    let draws = 20_000;
    let mut generator = Stream::new(seed, "flow-model, law").generator();
    let init = |generator: &mut _| StandardNormal.sample(generator);
    let mut ends: Vec<f64> =
        (0..draws).map(|_| sample(field, 20, init, &mut generator)).collect();
    let data = Normal::new(BRIDGE.mu, BRIDGE.varsigma).expect("a positive deviation");
    vec![
        Evidence::at_most(
            "one Euler step against the straight path",
            off(1),
            1e-14,
            "exact: the path is straight; five roundings of numbers up to 4",
        ),
        Evidence::at_most(
            "200 Euler steps against the straight path",
            off(200),
            2e-13,
            "rounding: 200 steps of numbers up to 4, each 4e-16, twice over",
        ),
        Evidence::at_most(
            "√n times the Kolmogorov–Smirnov distance to N(μ, ς²)",
            kolmogorov_smirnov(&mut ends, |x| data.cdf(x)),
            3.1,
            "exceeded by chance once in 1e8 runs",
        )
        .sampled(draws, seed),
    ]
}

/// √n sup |Fₙ − F| of a sample against a distribution function.
fn kolmogorov_smirnov(sample: &mut [f64], cdf: impl Fn(f64) -> f64) -> f64 {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let distance = sample.iter().enumerate().map(|(i, &x)| {
        let (below, f) = (i as f64 / n, cdf(x));
        (f - below).abs().max((below + 1.0 / n - f).abs())
    });
    n.sqrt() * largest(distance)
}

/// `flow-integral-form`.
pub const INTEGRAL_FORM: Claim = Claim::new(
    "flow-integral-form",
    "Picard's iterates of a linear field are Taylor polynomials and stay within the bound",
    |_| integral_form(picard),
    &[
        Slip::printed("the field frozen at the start", "E003-23", |_| {
            integral_form(|field, grid, x0, rounds| {
                let frozen = |t: f64, _: &f64| field.velocity(t, &x0);
                picard(&frozen, grid, x0, rounds)
            })
        }),
        Slip::new("half of the time", |_| {
            integral_form(|field, grid, x0, rounds| {
                picard(field, TimeGrid::new(0.0, grid.end / 2.0, grid.steps), x0, rounds)
            })
        }),
    ],
);

/// Rounds of Picard's iteration for a linear field.
type Rounds = fn(&Linear, TimeGrid, f64, usize) -> Vec<Vec<f64>>;

/// The ends of 15 iterates for u(x) = Lx against the Taylor polynomials and the bound.
fn integral_form(rounds: Rounds) -> Vec<Evidence> {
    let (l, end, x0) = (1.3, 0.9, 0.7_f64);
    let paths = rounds(&Linear { rate: -l }, TimeGrid::new(0.0, end, 2000), x0, 15);
    let (mut term, mut polynomial) = (x0, x0);
    let (mut from_polynomial, mut of_bound) = (Vec::new(), Vec::new());
    for (k, path) in paths.iter().enumerate().skip(1) {
        term *= l * end / k as f64;
        polynomial += term;
        let x = path[path.len() - 1];
        from_polynomial.push((x - polynomial).abs());
        let error = (x - x0 * (l * end).exp()).abs();
        of_bound.push(error / picard_bound(l, l * x0, end, k));
    }
    vec![
        Evidence::at_most(
            "largest distance of iterate k from the Taylor polynomial of degree k, k = 1 … 15",
            largest(from_polynomial),
            1e-13,
            "Simpson's rule on 2000 steps: h⁴ = 4e-14 times derivatives below 3, over 180",
        ),
        Evidence::at_most(
            "largest share of the error bound, k = 1 … 15",
            largest(of_bound),
            1.0,
            "the statement itself",
        ),
    ]
}

/// `flow-uniqueness`.
pub const UNIQUENESS: Claim = Claim::new(
    "flow-uniqueness",
    "a Lipschitz field keeps neighbours close; the square root lets two paths leave one point",
    |seed| uniqueness(|x| SquareRoot.at(x), &|_: f64, x: &f64| x.sin(), seed),
    &[
        Slip::new("the modulus without the root", |seed| {
            uniqueness(|x| 2.0 * x.abs(), &|_: f64, x: &f64| x.sin(), seed)
        }),
        Slip::new("the root where a Lipschitz field is asked for", |seed| {
            uniqueness(|x| SquareRoot.at(x), &SquareRoot, seed)
        }),
    ],
);

/// Residuals of 0 and t² in ẋ = `root`(x); growth of a small distance under `lipschitz`.
fn uniqueness(
    root: fn(f64) -> f64,
    lipschitz: &impl VectorField<f64>,
    seed: u64,
) -> Vec<Evidence> {
    let residual = |curve: fn(Dual64) -> Dual64| {
        let times = uniform(seed, "flow-uniqueness", 50, [0.0..2.0]);
        largest(times.into_iter().map(|[t]| {
            let x = curve(Dual64::new(t, 1.0));
            (x.eps - root(x.re)).abs()
        }))
    };
    let apart = (1..=8).map(|k| {
        let grid = TimeGrid::new(0.0, f64::from(k) / 4.0, 100);
        let end = |x0| integrate(&Rk4, lipschitz, grid, x0);
        (end(1e-8) - end(0.0)).abs() / separation_bound(1.0, grid.end, 1e-8)
    });
    vec![
        Evidence::at_most(
            "residual of the path 0",
            residual(|t| t * 0.0),
            1e-14,
            "exact",
        ),
        Evidence::at_most(
            "largest residual of the path t² from the same point",
            residual(|t| t * t),
            1e-14,
            "three roundings of numbers up to 4",
        ),
        Evidence::at_most(
            "distance of two paths of ẋ = sin x, from 1e-8 apart, over eᵗ 1e-8",
            largest(apart),
            1.0 + 1e-9,
            "the bound, and the error 2e-10 of Runge–Kutta with 100 steps",
        ),
    ]
}

/// `flow-lipschitz-bound`.
pub const LIPSCHITZ_BOUND: Claim = Claim::new(
    "flow-lipschitz-bound",
    "two particles part at most exponentially, at the rate of the Lipschitz constant",
    |seed| lipschitz_bound(separation_bound, Network::lipschitz_bound, seed),
    &[
        Slip::new("half the constant", |seed| {
            let half = |l: f64, t: f64, d: f64| separation_bound(l / 2.0, t, d);
            lipschitz_bound(half, Network::lipschitz_bound, seed)
        }),
        Slip::new("linear growth", |seed| {
            lipschitz_bound(|l, t, d| (1.0 + l * t) * d, Network::lipschitz_bound, seed)
        }),
        Slip::new("one layer counted", |seed| {
            lipschitz_bound(separation_bound, |network| network.w2.norm(), seed)
        }),
    ],
);

/// Pairs of particles in a random network, in a linear field, and in a network that
/// attains its constant.
fn lipschitz_bound(
    bound: fn(f64, f64, f64) -> f64,
    constant: fn(&Network<2>) -> f64,
    seed: u64,
) -> Vec<Evidence> {
    let network = crate::experiments::network(seed);
    let l = constant(&network);
    let starts = crate::experiments::starts(seed, 2000);
    let mut ends = starts.clone();
    transport(&Rk4, &network, TimeGrid::new(0.0, 1.0, 50), &mut ends);
    let shares = starts.chunks(2).zip(ends.chunks(2)).map(|(start, end)| {
        (end[0] - end[1]).norm() / bound(l, 1.0, (start[0] - start[1]).norm())
    });
    let (rate, t) = (1.3, 0.9);
    let end =
        |x0| integrate(&Rk4, &Linear { rate: -rate }, TimeGrid::new(0.0, t, 1000), x0);
    let linear = (end(1.1_f64) - end(-0.4)).abs();
    // All hidden units stay awake and look along one direction: no room below the bound.
    let (along, inner) = (
        Point::<2>::new(0.6, -1.1),
        SVector::<f64, 10>::from_fn(|i, _| 0.1 + 0.05 * i as f64),
    );
    let aligned = Network::<2> {
        w1: inner * along.transpose(),
        b1: SVector::repeat(10.0),
        w2: SMatrix::<f64, 2, 1>::new(0.7, 0.4) * inner.transpose(),
        b2: SVector::zeros(),
    };
    let slope =
        (aligned.output(&along) - aligned.output(&-along)).norm() / (2.0 * along.norm());
    vec![
        Evidence::at_most(
            "largest share of the bound among 1000 pairs in a random network",
            largest(shares),
            1.0,
            "the statement itself",
        )
        .sampled(2000, seed),
        Evidence::at_most(
            "relative distance from the bound for u(x) = Lx",
            relative(linear, bound(rate, t, 1.5)),
            1e-12,
            "1000 steps of Runge–Kutta: truncation (Lh)⁴/120 = 1.6e-14, rounding 1e-13",
        ),
        Evidence::at_most(
            "relative distance of ‖W₂‖‖W₁‖ from the slope of a network that attains it",
            relative(slope, constant(&aligned)),
            1e-13,
            "rounding of sums of ten terms",
        ),
    ]
}
