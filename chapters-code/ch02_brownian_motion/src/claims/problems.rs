//! Equations on which methods are measured.

use crate::orders::{Solved, solved_geometric, solved_ornstein_uhlenbeck};
use crate::{Coupled, GeometricBrownian, Moments, OrnsteinUhlenbeck, brownian_path};
use ch01_flows::{Rk4, integrate};
use dynamics::{Generator, Point, ScalarNoise, Sde, TimeGrid};

/// μ = 0.3, ς = 0.6.
pub(crate) const GEOMETRIC: GeometricBrownian =
    GeometricBrownian { growth: 0.3, volatility: 0.6 };

/// θ = 1.7, g = 0.6.
pub(super) const OU: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 1.7, diffusion: 0.6 };

/// Where paths start.
pub(crate) const X0: f64 = 1.3;

/// 16 to 512 steps on a grid of 512.
pub(crate) const STRIDES: [usize; 6] = [32, 16, 8, 4, 2, 1];

/// The finest grid.
pub(super) fn grid() -> TimeGrid {
    TimeGrid::new(0.0, 1.0, 512)
}

/// Geometric Brownian motion with its solution: noise in proportion to x.
pub(crate) fn geometric()
-> Coupled<GeometricBrownian, impl Fn(TimeGrid, &mut Generator) -> Solved> {
    let solved = solved_geometric(GEOMETRIC, X0);
    Coupled { sde: GEOMETRIC, x0: X0, grid: grid(), solved }
}

/// The Ornstein–Uhlenbeck process with its solution: additive noise.
pub(crate) fn ornstein_uhlenbeck()
-> Coupled<OrnsteinUhlenbeck, impl Fn(TimeGrid, &mut Generator) -> Solved> {
    let solved = solved_ornstein_uhlenbeck(OU, X0);
    Coupled { sde: OU, x0: X0, grid: grid(), solved }
}

/// dX = (a √(1 + X²) + ½ b² X) dt + b √(1 + X²) dW, solved by
/// X_t = sinh(arsinh x₀ + a t + b W_t), as Itô's lemma says.
#[derive(Clone, Copy)]
pub(super) struct Sinh;

impl Sinh {
    /// a.
    const A: f64 = 0.4;
    /// b.
    const B: f64 = 0.7;
}

impl Sde<f64> for Sinh {
    fn drift(&self, _t: f64, x: &f64) -> f64 {
        Self::A * (1.0 + x * x).sqrt() + 0.5 * Self::B * Self::B * x
    }

    fn noise(&self, t: f64, x: &f64, dw: &f64) -> f64 {
        self.diffusion(t, x) * dw
    }
}

impl ScalarNoise<f64> for Sinh {
    fn diffusion(&self, _t: f64, x: &f64) -> f64 {
        Self::B * (1.0 + x * x).sqrt()
    }

    fn diffusion_gradient(&self, _t: f64, x: &f64) -> f64 {
        Self::B * x / (1.0 + x * x).sqrt()
    }
}

/// The equation of [`Sinh`] with its solution.
pub(super) fn sinh() -> Coupled<Sinh, impl Fn(TimeGrid, &mut Generator) -> Solved> {
    let solved = |grid: TimeGrid, generator: &mut Generator| {
        let path: Vec<f64> = brownian_path(grid, generator);
        let time = grid.end - grid.start;
        let end = X0.asinh() + Sinh::A * time + Sinh::B * path[grid.steps];
        (path, end.sinh())
    };
    Coupled { sde: Sinh, x0: X0, grid: grid(), solved }
}

/// dX = (a + b X) dt + (c + e X) dW, where a, b, c and e are functions of time.
#[derive(Clone, Copy)]
pub(super) struct Affine;

impl Affine {
    /// a, b, c, e at time t.
    fn at(t: f64) -> [f64; 4] {
        [
            0.3 * t,
            0.4 + 0.6 * (2.0 * t).cos(),
            0.5 + 0.2 * t * t,
            0.3 + 0.4 * (3.0 * t).sin(),
        ]
    }

    /// E X_T and E X_T² of the solution from `start`, by their differential equations
    /// m′ = a + b m and s′ = 2(a m + b s) + c² + 2 c e m + e² s with 4096 steps of
    /// Runge–Kutta.
    pub(super) fn moments(end: f64, start: Moments) -> Moments {
        let velocity = |t: f64, m: &Point<2>| {
            let ([a, b, c, e], (m, s)) = (Self::at(t), (m.x, m.y));
            let noise = c * c + 2.0 * c * e * m + e * e * s;
            Point::<2>::new(a + b * m, 2.0 * (a * m + b * s) + noise)
        };
        let m = Point::<2>::new(start.first, start.second);
        let m = integrate(&Rk4, &velocity, TimeGrid::new(0.0, end, 4096), m);
        Moments { first: m.x, second: m.y }
    }
}

impl Sde<f64> for Affine {
    fn drift(&self, t: f64, x: &f64) -> f64 {
        let [a, b, _, _] = Self::at(t);
        a + b * x
    }

    fn noise(&self, t: f64, x: &f64, dw: &f64) -> f64 {
        let [_, _, c, e] = Self::at(t);
        (c + e * x) * dw
    }
}

impl ScalarNoise<f64> for Affine {
    fn diffusion(&self, t: f64, x: &f64) -> f64 {
        self.noise(t, x, &1.0)
    }

    fn diffusion_gradient(&self, t: f64, _x: &f64) -> f64 {
        let [_, _, _, e] = Self::at(t);
        e
    }
}
