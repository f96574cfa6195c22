//! Your answers to the exercises of chapter 2.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch02_brownian_motion`.
//! A `Point<2>` adds, subtracts and scales as vectors do: `x + h * k`, `x[0]`; a matrix has
//! entries `q[(0, 1)]`; `field.velocity(t, &x)` is u(t, x). Normal numbers are handed to
//! you: nothing here needs a generator.

#![allow(unused_variables)]

use dynamics::{Point, ScalarNoise, VectorField};
use nalgebra::Matrix2;

/// Exercise 2.1 (1 point). Brownian motion a time `h` later, if it is at `w` now and
/// `normal` is a draw from N(0, 1).
pub fn brownian_step(w: f64, h: f64, normal: f64) -> f64 {
    todo!("exercise 2.1")
}

/// Exercise 2.2 (2 points). Brownian motion halfway between two times that are `span`
/// apart, if it is at `a` at the earlier and at `b` at the later; `normal` is a draw from
/// N(0, 1).
pub fn bridge_midpoint(a: f64, b: f64, span: f64, normal: f64) -> f64 {
    todo!("exercise 2.2")
}

/// Exercise 2.3 (3 points). The increment over a time `h` of a Brownian motion in the
/// plane with covariance `q` (per unit of time, symmetric and positive definite), from
/// two independent draws of N(0, 1).
pub fn correlated_increment(q: &Matrix2<f64>, h: f64, normals: &Point<2>) -> Point<2> {
    todo!("exercise 2.3")
}

/// Exercise 2.4 (2 points). Itô's sum for ∫ φ(t, W_t) dW_t over the grid `times`, where
/// the Brownian motion has the values `path`, as many as there are times.
pub fn ito_sum(phi: &dyn Fn(f64, f64) -> f64, times: &[f64], path: &[f64]) -> f64 {
    todo!("exercise 2.4")
}

/// Exercise 2.5 (3 points). The drift of F(t, X_t), where dX = f dt + g dW, from the
/// values of f, g, ∂F/∂t, ∂F/∂x and ∂²F/∂x² at (t, X_t).
pub fn ito_drift(f: f64, g: f64, f_t: f64, f_x: f64, f_xx: f64) -> f64 {
    todo!("exercise 2.5")
}

/// Exercise 2.6 (3 points). One step of Milstein's method from `x` at time `t` over a
/// time `h`, driven by the increment `dw`. `sde` has `drift(t, &x)`,
/// `diffusion(t, &x)` and `diffusion_gradient(t, &x)`: f, g and ∂g/∂x.
pub fn milstein_step(sde: &dyn ScalarNoise<f64>, t: f64, h: f64, x: f64, dw: f64) -> f64 {
    todo!("exercise 2.6")
}

/// Exercise 2.7 (3 points). One draw of a diffusion model: Euler–Maruyama for
/// dX = u(t, X) dt + g(t) dW from t = 0 to 1 in exactly `steps` steps from `x0`. Each call
/// of `normal()` gives two fresh draws of N(0, 1).
pub fn diffusion_sampler(
    field: &dyn VectorField<Point<2>>,
    g: &dyn Fn(f64) -> f64,
    steps: usize,
    x0: &Point<2>,
    normal: &mut dyn FnMut() -> Point<2>,
) -> Point<2> {
    todo!("exercise 2.7")
}

/// Exercise 2.8 (3 points). The Ornstein–Uhlenbeck process dX = −θ X dt + g dW a time `h`
/// later, however long, if it is at `x` now and `normal` is a draw from N(0, 1).
pub fn ou_step(theta: f64, g: f64, h: f64, x: f64, normal: f64) -> f64 {
    todo!("exercise 2.8")
}
