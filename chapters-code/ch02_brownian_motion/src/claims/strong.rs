//! Strong orders, sampled on paths that method and solution share.

use super::euler::weak_orders;
use super::nearly::{
    NoiseAtTheEnd, NoiseOfSizeH, WithoutMinusH, WithoutTheHalf, WithoutTheSlope,
};
use super::problems::{
    Affine, GEOMETRIC, OU, STRIDES, Sinh, X0, geometric, ornstein_uhlenbeck, sinh,
};
use crate::moments::order_at_zero;
use crate::orders::Solved;
use crate::{
    Coupled, EulerMaruyama, GeometricBrownian, Milstein, Moments, Order,
    OrnsteinUhlenbeck, brownian_path, follow, moments,
};
use ch01_flows::quadrature::trapezoid;
use dynamics::{Generator, SdeMethod, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use std::f64::consts::PI;

/// Paths on which an order is sampled.
const PATHS: usize = 4000;

/// The steps that belong to [`STRIDES`].
fn steps(grid: TimeGrid) -> Vec<f64> {
    STRIDES.iter().map(|&stride| stride as f64 * grid.h()).collect()
}

/// The order of `method` on `problem`, from 16 to 512 steps: the far end of its 95 %
/// interval must be within 0.05 of `expected`.
pub(super) fn strong_order<E, F, M>(
    of: &str,
    method: &M,
    problem: &Coupled<E, F>,
    expected: f64,
    seed: u64,
) -> Evidence
where
    F: Fn(TimeGrid, &mut Generator) -> Solved,
    M: SdeMethod<E, f64, f64>,
{
    let errors = problem.errors(method, &STRIDES, PATHS, Stream::new(seed, of));
    let order = Order::of(&steps(problem.grid), &errors);
    Evidence::at_most(
        format!(
            "{of}, 16 to 512 steps: strong order {:.3} ± {:.3} (95 %); the interval's far \
             end, distance from {expected}",
            order.slope,
            order.half_interval()
        ),
        (order.slope - expected).abs() + order.half_interval(),
        0.05,
        "the next term bends the line by 0.01 or 0.02, and the interval is as wide",
    )
    .sampled(PATHS as u64, seed)
}

/// E (X_T − x_n)² of `method` on geometric Brownian motion with 64, 128, 256 and 512
/// steps, without sampling.
///
/// It is E X² − 2 E X x + E x², and a step multiplies X by A = exp((μ − ½ς²) h + ς ΔW)
/// and x by some R(ΔW): all three are powers of a mean over the normal law, here by the
/// trapezoid rule.
fn mean_squares(method: &impl SdeMethod<GeometricBrownian, f64, f64>) -> [f64; 4] {
    [64, 128, 256, 512].map(|n| {
        let h = 1.0 / f64::from(n);
        let mean = |weigh: fn(f64, f64) -> f64| {
            let density = |z: f64| (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
            let at = |z: f64| {
                let dw = h.sqrt() * z;
                let exact = GEOMETRIC.solution(1.0, h, dw);
                weigh(exact, method.step(&GEOMETRIC, 0.0, h, &1.0, &dw)) * density(z)
            };
            // Beyond nine deviations the normal law has 1e-18 left.
            trapezoid(at, -9.0, 9.0, 120).powi(n)
        };
        X0 * X0 * (mean(|a, _| a * a) - 2.0 * mean(|a, r| a * r) + mean(|_, r| r * r))
    })
}

/// The order of their roots.
pub(super) fn mean_square_order(
    method: &impl SdeMethod<GeometricBrownian, f64, f64>,
    expected: f64,
) -> Evidence {
    Evidence::order(
        "root mean square error on geometric Brownian motion, 64 to 512 steps, extrapolated \
         to h → 0",
        order_at_zero(&mean_squares(method).map(f64::sqrt)),
        expected,
        0.01,
        "the term left over is of order h², below 1e-3 with 512 steps",
    )
}

/// `bm-em-strong-order`.
pub const EM_STRONG_ORDER: Claim = Claim::new(
    "bm-em-strong-order",
    "on a path Euler–Maruyama errs like the root of the step, and like the step if noise is additive",
    |seed| em_strong_order(EulerMaruyama, geometric(), seed),
    &[
        Slip::new("G where the noise has pushed", |seed| {
            em_strong_order(NoiseAtTheEnd, geometric(), seed)
        }),
        Slip::new("noise of the size of h", |seed| {
            em_strong_order(NoiseOfSizeH, geometric(), seed)
        }),
        Slip::new("a path of its own for the method", |seed| {
            let true_problem = geometric();
            let solved = |grid: TimeGrid, generator: &mut Generator| {
                let (_, end) = (true_problem.solved)(grid, generator);
                (brownian_path(grid, generator), end)
            };
            let Coupled { sde, x0, grid, .. } = true_problem;
            em_strong_order(EulerMaruyama, Coupled { sde, x0, grid, solved }, seed)
        }),
    ],
);

/// Both orders of `method`, and its mean square error with 64 steps against the sum of
/// exact moments.
fn em_strong_order<M, F>(
    method: M,
    problem: Coupled<GeometricBrownian, F>,
    seed: u64,
) -> Vec<Evidence>
where
    F: Fn(TimeGrid, &mut Generator) -> Solved,
    M: SdeMethod<GeometricBrownian, f64, f64> + SdeMethod<OrnsteinUhlenbeck, f64, f64>,
{
    // E (X − x)² = E X² − 2 E X x + E x²: each step multiplies X by exp((μ − ½ς²)h + ςΔW)
    // and x by 1 + μh + ςΔW, whose product has the mean exp(μh) (1 + μh + ς²h).
    let (n, h) = (64, 1.0 / 64.0);
    let GeometricBrownian { growth, volatility } = GEOMETRIC;
    let square = volatility * volatility;
    let product = (growth * h).exp() * (1.0 + growth * h + square * h);
    let own = (1.0 + growth * h).powi(2) + square * h;
    let solution = ((2.0 * growth + square) * h).exp();
    let expected = X0 * X0 * (solution.powi(n) - 2.0 * product.powi(n) + own.powi(n));
    let on_geometric =
        strong_order("geometric Brownian motion", &method, &problem, 0.5, seed);
    let squares = mean_squares(&method);
    let over_h = 2.0 * squares[3] * 512.0 - squares[2] * 256.0;
    let leading = 0.5 * volatility.powi(4) * GEOMETRIC.second_moment(X0, 1.0);
    let coarse = Coupled { grid: TimeGrid::new(0.0, 1.0, 64), ..problem };
    let stream = Stream::new(seed, "bm-em-strong-order");
    let errors = coarse.errors(&method, &[1], 10_000, stream);
    let squares: Vec<f64> = errors[0].iter().map(|e| e * e).collect();
    vec![
        on_geometric,
        strong_order("additive noise", &method, &ornstein_uhlenbeck(), 1.0, seed),
        mean_square_order(&method, 0.5),
        Evidence::at_most(
            "mean square error over h, extrapolated to h → 0: relative distance from \
             ½ ς⁴ T E X_T²",
            (over_h / leading - 1.0).abs(),
            1e-3,
            "the term left over is of order h², 1e-4 with 512 steps",
        ),
        Evidence::mean("mean square error with 64 steps", &squares, expected, seed),
    ]
}

/// `bm-milstein`.
pub const MILSTEIN: Claim = Claim::new(
    "bm-milstein",
    "Milstein's term, half of g g' times the surplus of the squared increment, gives strong order 1",
    |seed| milstein(Milstein, seed),
    &[
        Slip::new("the square without its mean", |seed| milstein(WithoutMinusH, seed)),
        Slip::new("the half forgotten", |seed| milstein(WithoutTheHalf, seed)),
        Slip::new("the slope of g forgotten", |seed| milstein(WithoutTheSlope, seed)),
    ],
);

/// The strong order of `method` on two equations, its mean, and additive noise.
fn milstein<M>(method: M, seed: u64) -> Vec<Evidence>
where
    M: SdeMethod<GeometricBrownian, f64, f64>
        + SdeMethod<OrnsteinUhlenbeck, f64, f64>
        + SdeMethod<Sinh, f64, f64>
        + SdeMethod<Affine, f64, f64>,
{
    let grid = TimeGrid::new(0.0, 1.0, 64);
    let mean = moments(&method, &GEOMETRIC, grid, Moments::of(X0)).first;
    let expected = X0 * (1.0 + GEOMETRIC.growth * grid.h()).powi(64);
    let mut generator = Stream::new(seed, "bm-milstein").generator();
    let path: Vec<f64> = brownian_path(grid, &mut generator);
    let times: Vec<f64> = grid.times().collect();
    let states = follow(&method, &OU, &times, &path, X0);
    let euler = follow(&EulerMaruyama, &OU, &times, &path, X0);
    let different = states.iter().zip(&euler).filter(|(a, b)| a != b).count();
    vec![
        strong_order("geometric Brownian motion", &method, &geometric(), 1.0, seed),
        mean_square_order(&method, 1.0),
        weak_orders(&method, 1.0),
        strong_order("noise b√(1 + x²)", &method, &sinh(), 1.0, seed),
        Evidence::at_most(
            "64 steps of geometric Brownian motion: relative distance of the mean from (1 + μh)ⁿ",
            (mean / expected - 1.0).abs(),
            1e-13,
            "the term has mean 0; a few hundred roundings",
        ),
        Evidence::at_most(
            "states of 65 that differ from Euler–Maruyama's where g is constant",
            different as f64,
            0.0,
            "0 is added: the same bits",
        )
        .sampled(64, seed),
    ]
}
