//! Answers to the exercises of chapter 1.

use ch01_flows::Work;
use ch01_flows::exercises::{Field, Function};
use dynamics::Point;

/// A right answer to every exercise.
pub const SOLUTION: Work = Work {
    heun_step,
    euler_sampler,
    rk4_step,
    reversed_velocity,
    carried_density,
    divergence,
    bridge_velocity,
};

fn heun_step(field: Field, t: f64, h: f64, x: &Point<2>) -> Point<2> {
    let k1 = field.velocity(t, x);
    let k2 = field.velocity(t + h, &(x + h * k1));
    x + h / 2.0 * (k1 + k2)
}

fn euler_sampler(field: Field, steps: usize, x0: &Point<2>) -> Point<2> {
    let n = steps as f64;
    let mut x = *x0;
    for i in 0..steps {
        x += field.velocity(i as f64 / n, &x) / n;
    }
    x
}

fn rk4_step(field: Field, t: f64, h: f64, x: &Point<2>) -> Point<2> {
    let k1 = field.velocity(t, x);
    let k2 = field.velocity(t + h / 2.0, &(x + h / 2.0 * k1));
    let k3 = field.velocity(t + h / 2.0, &(x + h / 2.0 * k2));
    let k4 = field.velocity(t + h, &(x + h * k3));
    x + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
}

// With y_τ = x_{T − τ} the chain rule gives dy/dτ = −ẋ_{T − τ}.
fn reversed_velocity(field: Field, end: f64, tau: f64, x: &Point<2>) -> Point<2> {
    -field.velocity(end - tau, x)
}

// The mass p₀(x) dx of a piece now lies on a piece of length φ′(x) dx.
fn carried_density(density: Function, start: Function, stretch: Function, y: f64) -> f64 {
    let x = start(y);
    density(x) / stretch(x)
}

fn divergence(field: Field, t: f64, x: &Point<2>, h: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..2 {
        let (mut before, mut behind) = (*x, *x);
        before[i] += h;
        behind[i] -= h;
        sum +=
            (field.velocity(t, &before)[i] - field.velocity(t, &behind)[i]) / (2.0 * h);
    }
    sum
}

// ẋ_t = μ + (ς − 1) x₀, and x₀ = (x − tμ)/(1 − t + tς).
fn bridge_velocity(mu: f64, varsigma: f64, t: f64, x: f64) -> f64 {
    let x0 = (x - t * mu) / (1.0 - t + t * varsigma);
    mu + (varsigma - 1.0) * x0
}
