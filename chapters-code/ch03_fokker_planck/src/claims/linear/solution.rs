//! The transition matrix, and the solution along a path of the noise.

use super::reference::{Plane, psi};
use crate::linear::exp;
use crate::{
    AsSde, Eddy, LinearSde, Solution, exponential_of_integral, transition_matrix,
};
use ch01_flows::orders::{halvings, slope};
use ch01_flows::{DormandPrince, Tolerance, integrate_adaptive};
use ch02_brownian_motion::{EulerMaruyama, brownian_path, follow};
use dynamics::{Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, Vector2};

/// Ψ(t, r) of an equation in the plane, from (r, t).
type Psi = fn(Plane, f64, f64) -> Matrix2<f64>;

/// The function of the page, in steps that are short enough for ten digits.
fn in_steps(sde: Plane, r: f64, t: f64) -> Matrix2<f64> {
    transition_matrix(&sde, TimeGrid::new(r, t, STEPS))
}

/// Steps of Runge–Kutta.
const STEPS: usize = 1 << 11;
/// The three times of the checks.
const TIMES: [f64; 3] = [0.3, 0.9, 1.7];
/// (‖K‖h)⁴ ‖K‖ t/120 is 8e-12 for ‖K‖ = 5 and the time 1.4.
const TRUNCATION: f64 = 1e-11;

fn transition(psi: Psi) -> Vec<Evidence> {
    let [r, m, t] = TIMES;
    let whole = psi(Plane::Eddy, r, t);
    let because = "order 4: (‖K‖h)⁴‖K‖t/120 with ‖K‖ < 5 and 2048 steps";
    let trace = |u: f64| -3.3 * u;
    let scaled = exponential_of_integral(&Plane::Scaled, (r, t));
    vec![
        Evidence::at_most(
            "Ψ(t, m) Ψ(m, r) − Ψ(t, r), largest entry",
            (psi(Plane::Eddy, m, t) * psi(Plane::Eddy, r, m) - whole).amax(),
            TRUNCATION,
            because,
        ),
        Evidence::at_most(
            "Ψ(r, t) Ψ(t, r) − I, largest entry",
            (psi(Plane::Eddy, t, r) * whole - Matrix2::identity()).amax(),
            TRUNCATION,
            because,
        ),
        Evidence::at_most(
            "det Ψ over exp ∫ tr K, distance from 1",
            (whole.determinant() / (trace(t) - trace(r)).exp() - 1.0).abs(),
            TRUNCATION,
            because,
        ),
        Evidence::order(
            "8 to 128 exponentials e^{hK}, each of K in the middle of a step",
            slope(&short_exponentials(&whole)),
            2.0,
            0.05,
            "order 2: what does not commute is of order h³ in a step",
        ),
        Evidence::at_most(
            "Ψ − exp ∫ K where all K(t) commute, largest entry",
            (psi(Plane::Scaled, r, t) - scaled).amax(),
            TRUNCATION,
            because,
        ),
    ]
}

/// Pairs (h, distance of Ψ from a product of exponentials).
fn short_exponentials(psi: &Matrix2<f64>) -> Vec<(f64, f64)> {
    let [r, _, t] = TIMES;
    let error = |n: usize| {
        let grid = TimeGrid::new(r, t, n);
        let product = (0..n).fold(Matrix2::identity(), |product, i| {
            let middle = 0.5 * (grid.time(i) + grid.time(i + 1));
            exp(&(Eddy.matrix(middle) * grid.h())) * product
        });
        (grid.h(), (product - psi).norm())
    };
    halvings(3, 7).into_iter().map(error).collect()
}

/// `fpk-transition-matrix`.
pub const TRANSITION_MATRIX: Claim = Claim::new(
    "fpk-transition-matrix",
    "the columns of the transition matrix are solutions, its values compose, and it is \
     the exponential of an integral where the matrices commute",
    |_| transition(in_steps),
    &[
        Slip::printed("the exponential of the integral", "E004-30", |_| {
            transition(|sde, r, t| exponential_of_integral(&sde, (r, t)))
        }),
        Slip::new("K as it was at the start", |_| {
            transition(|sde, r, t| exp(&(sde.matrix(r) * (t - r))))
        }),
        Slip::new("K on the right of Ψ", |_| {
            transition(|sde, r, t| {
                let grid = TimeGrid::new(r, t, STEPS);
                transition_matrix(&Transposed(sde), grid).transpose()
            })
        }),
        Slip::new("from the later time to the earlier", |_| {
            transition(|sde, r, t| in_steps(sde, t, r))
        }),
    ],
);

/// Kᵀ for K.
struct Transposed(Plane);

impl LinearSde<2, 2> for Transposed {
    fn matrix(&self, t: f64) -> Matrix2<f64> {
        self.0.matrix(t).transpose()
    }

    fn push(&self, t: f64) -> Vector2<f64> {
        self.0.push(t)
    }

    fn diffusion(&self, t: f64) -> Matrix2<f64> {
        self.0.diffusion(t)
    }
}

/// How the solution on a grid of times is made, and which of two states it starts from:
/// X at time 0, or X at the first of the times.
type Formula = (fn(&[f64]) -> Solution<2, 2>, fn([Point<2>; 2]) -> Point<2>);

/// The functions of the page.
const PAGE: Formula = (|times| Solution::new(&Eddy, times), |[_, x]| x);

/// The end of the paths.
const END: f64 = 1.6;
/// Steps of the grid on which the integral is summed.
const FINE: usize = 1 << 13;
/// Paths.
const COUNT: usize = 80;
/// X at time 0.
const START: Point<2> = Point::<2>::new(0.8, -0.3);

fn solution((build, choose): Formula, seed: u64) -> Vec<Evidence> {
    let grid = TimeGrid::new(0.0, END, FINE);
    let times: Vec<f64> = grid.times().collect();
    let stream = Stream::new(seed, "a linear equation on a path");
    let path = |k| brownian_path::<Point<2>>(grid, &mut stream.chunk(k));
    let paths: Vec<_> = (0..COUNT as u64).map(path).collect();
    let (k, whole) = (FINE * 7 / 16, build(&times));
    let (first, second) = (build(&times[..=k]), build(&times[k..]));
    let ends: Vec<_> = paths.iter().map(|path| whole.on(path, &START)).collect();
    let broken = paths.iter().zip(&ends).map(|(path, end)| {
        let middle = first.on(&path[..=k], &START);
        (second.on(&path[k..], &choose([START, middle])) - end).norm()
    });
    vec![
        Evidence::at_most(
            "stopped at 0.7 and started again there, largest distance on 80 paths",
            broken.fold(0.0, f64::max),
            1e-12,
            "rounding in 8192 steps",
        ),
        Evidence::order(
            "without noise, 32 to 256 steps",
            slope(&without_noise(build)),
            4.0,
            0.1,
            "order 4 of Runge–Kutta; with 32 steps the next term is a few percent",
        ),
        Evidence::order(
            "Euler–Maruyama on the same path, 32 to 256 steps, root mean square of 80 paths",
            slope(&euler(&times, &paths, &ends)),
            1.0,
            0.1,
            "order 1 for noise that does not depend on x; with 32 steps the next term is 5 %",
        )
        .sampled(COUNT as u64, seed),
    ]
}

/// Pairs (h, error) along the path W = 0.
fn without_noise(build: fn(&[f64]) -> Solution<2, 2>) -> Vec<(f64, f64)> {
    let field = |t: f64, x: &Point<2>| Eddy.matrix(t) * x + Eddy.push(t);
    let tolerance = Tolerance::both(1e-13);
    let exact = integrate_adaptive(&DormandPrince, &field, 0.0, END, START, tolerance);
    let exact = exact.expect("a linear field").x;
    let error = |n: usize| {
        let grid = TimeGrid::new(0.0, END, n);
        let times: Vec<f64> = grid.times().collect();
        let end = build(&times).on(&vec![Vector2::zeros(); n + 1], &START);
        (grid.h(), (end - exact).norm())
    };
    halvings(5, 8).into_iter().map(error).collect()
}

/// Pairs (h, root mean square distance of Euler–Maruyama from the formula's ends).
fn euler(times: &[f64], paths: &[Vec<Point<2>>], ends: &[Point<2>]) -> Vec<(f64, f64)> {
    let distance = |n: usize| {
        let every = FINE / n;
        let coarse: Vec<f64> = times.iter().step_by(every).copied().collect();
        let squares = paths.iter().zip(ends).map(|(path, end)| {
            let path: Vec<_> = path.iter().step_by(every).copied().collect();
            let states = follow(&EulerMaruyama, &AsSde(Eddy), &coarse, &path, START);
            (states[n] - end).norm_squared()
        });
        (END / n as f64, (squares.sum::<f64>() / COUNT as f64).sqrt())
    };
    halvings(5, 8).into_iter().map(distance).collect()
}

/// `fpk-linear-solution`.
pub const SOLUTION: Claim = Claim::new(
    "fpk-linear-solution",
    "the solution is the start, the push and each increment of the noise, all carried to \
     the end by the transition matrix",
    |seed| solution(PAGE, seed),
    &[
        Slip::printed("the state at time 0 for that at the start", "E004-08", |seed| {
            solution((PAGE.0, |[first, _]| first), seed)
        }),
        Slip::new("the noise is not carried on", |seed| {
            let build = |times: &[f64]| {
                let mut solution = Solution::new(&Eddy, times);
                for (kick, t) in solution.kicks.iter_mut().zip(times) {
                    *kick = Eddy.diffusion(*t);
                }
                solution
            };
            solution((build, PAGE.1), seed)
        }),
        Slip::new("the push is not carried on", |seed| {
            let build = |times: &[f64]| {
                let sum = |u: f64| Vector2::new(0.7 * u, 0.4 * u - 0.3 * u * u);
                let push = sum(times[times.len() - 1]) - sum(times[0]);
                Solution { push, ..Solution::new(&Eddy, times) }
            };
            solution((build, PAGE.1), seed)
        }),
        Slip::new("the noise is carried back", |seed| {
            let build = |times: &[f64]| {
                let mut solution = Solution::new(&Eddy, times);
                let back = psi(times[times.len() - 1], times[0]);
                for kick in &mut solution.kicks {
                    // Ψ(t₀, tᵢ), not Ψ(t, tᵢ).
                    *kick = back * *kick;
                }
                solution
            };
            solution((build, PAGE.1), seed)
        }),
    ],
);
