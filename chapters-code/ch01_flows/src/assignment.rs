//! Your answers to the exercises of chapter 1.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch01_flows`.
//! A `Point<2>` adds, subtracts and scales as vectors do: `x + h * k`, `x[0]`;
//! `field.velocity(t, &x)` is u(t, x).

#![allow(unused_variables)]

use dynamics::{Point, VectorField};

/// Exercise 1.1 (2 points). One step of Heun's method over [t, t + h]: the mean of the
/// velocity k₁ at (t, x) and the velocity k₂ at (t + h, x + h k₁), for a time h.
pub fn heun_step(
    field: &dyn VectorField<Point<2>>,
    t: f64,
    h: f64,
    x: &Point<2>,
) -> Point<2> {
    todo!("exercise 1.1")
}

/// Exercise 1.2 (2 points). Euler's method from t = 0 to t = 1 in exactly `steps` equal
/// steps, step i at time i/`steps`, counted from 0; the state at t = 1.
pub fn euler_sampler(
    field: &dyn VectorField<Point<2>>,
    steps: usize,
    x0: &Point<2>,
) -> Point<2> {
    todo!("exercise 1.2")
}

/// Exercise 1.3 (3 points). One step of the classical Runge–Kutta method over [t, t + h]:
/// velocities k₁ at the start, k₂ and k₃ in the middle (reached with k₁, then with k₂),
/// k₄ at the end (reached with k₃); their mean with weights 1, 2, 2, 1, for a time h.
pub fn rk4_step(
    field: &dyn VectorField<Point<2>>,
    t: f64,
    h: f64,
    x: &Point<2>,
) -> Point<2> {
    todo!("exercise 1.3")
}

/// Exercise 1.4 (2 points). The velocity at time τ of the film of the flow shown
/// backwards from t = `end`: particles are at x_{end − τ} at time τ.
pub fn reversed_velocity(
    field: &dyn VectorField<Point<2>>,
    end: f64,
    tau: f64,
    x: &Point<2>,
) -> Point<2> {
    todo!("exercise 1.4")
}

/// Exercise 1.5 (3 points). The density at `y` of particles that were drawn from
/// `density` and carried by a flow of the line. `start(y)` is where the particle now at y
/// started, `stretch(x)` > 0 the derivative of the flow map at the starting point x.
pub fn carried_density(
    density: &dyn Fn(f64) -> f64,
    start: &dyn Fn(f64) -> f64,
    stretch: &dyn Fn(f64) -> f64,
    y: f64,
) -> f64 {
    todo!("exercise 1.5")
}

/// Exercise 1.6 (2 points). The divergence ∂u₁/∂x₁ + ∂u₂/∂x₂ at (t, x), each derivative
/// by the central difference of the points at distance `h` on either side.
pub fn divergence(
    field: &dyn VectorField<Point<2>>,
    t: f64,
    x: &Point<2>,
    h: f64,
) -> f64 {
    todo!("exercise 1.6")
}

/// Exercise 1.7 (3 points). The velocity at (t, x) of the field whose particles move as
/// x_t = (1 − t + tς) x₀ + tμ: straight lines that carry N(0, 1) to N(μ, ς²).
pub fn bridge_velocity(mu: f64, varsigma: f64, t: f64, x: f64) -> f64 {
    todo!("exercise 1.7")
}
