//! Answers to the exercises of chapter 2.

use ch02_brownian_motion::Work;
use ch02_brownian_motion::exercises::{Draw, Field, Integrand};
use dynamics::{Point, ScalarNoise};
use nalgebra::Matrix2;

/// A right answer to every exercise.
pub const SOLUTION: Work = Work {
    brownian_step,
    bridge_midpoint,
    correlated_increment,
    ito_sum,
    ito_drift,
    milstein_step,
    diffusion_sampler,
    ou_step,
};

fn brownian_step(w: f64, h: f64, normal: f64) -> f64 {
    w + h.sqrt() * normal
}

// The two halves are normal with variance span/2 each; given their sum, each has half the
// sum as its mean, and variance span/4.
fn bridge_midpoint(a: f64, b: f64, span: f64, normal: f64) -> f64 {
    (a + b) / 2.0 + (span / 4.0).sqrt() * normal
}

fn correlated_increment(q: &Matrix2<f64>, h: f64, normals: &Point<2>) -> Point<2> {
    let l11 = q[(0, 0)].sqrt();
    let l21 = q[(0, 1)] / l11;
    let l22 = (q[(1, 1)] - l21 * l21).sqrt();
    h.sqrt() * Point::<2>::new(l11 * normals[0], l21 * normals[0] + l22 * normals[1])
}

fn ito_sum(phi: Integrand, times: &[f64], path: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..times.len() - 1 {
        sum += phi(times[i], path[i]) * (path[i + 1] - path[i]);
    }
    sum
}

fn ito_drift(f: f64, g: f64, f_t: f64, f_x: f64, f_xx: f64) -> f64 {
    f_t + f * f_x + 0.5 * g * g * f_xx
}

fn milstein_step(sde: &dyn ScalarNoise<f64>, t: f64, h: f64, x: f64, dw: f64) -> f64 {
    let (g, slope) = (sde.diffusion(t, &x), sde.diffusion_gradient(t, &x));
    x + h * sde.drift(t, &x) + g * dw + 0.5 * g * slope * (dw * dw - h)
}

fn diffusion_sampler(
    field: Field,
    g: &dyn Fn(f64) -> f64,
    steps: usize,
    x0: &Point<2>,
    normal: Draw,
) -> Point<2> {
    let h = 1.0 / steps as f64;
    let mut x = *x0;
    for i in 0..steps {
        let t = i as f64 / steps as f64;
        x += h * field.velocity(t, &x) + g(t) * h.sqrt() * normal();
    }
    x
}

// The mean decays at the rate θ; the variance solves v̇ = −2θ v + g², v = 0 at first.
fn ou_step(theta: f64, g: f64, h: f64, x: f64, normal: f64) -> f64 {
    let variance = g * g * (1.0 - (-2.0 * theta * h).exp()) / (2.0 * theta);
    (-theta * h).exp() * x + variance.sqrt() * normal
}
