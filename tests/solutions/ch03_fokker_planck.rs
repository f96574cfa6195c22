//! Answers to the exercises of chapter 3.

use ch03_fokker_planck::Work;
use ch03_fokker_planck::exercises::{Line, Moments, Plane, Transition};
use dynamics::Point;
use nalgebra::{Matrix2, Matrix4};

/// A right answer to every exercise.
pub const SOLUTION: Work = Work {
    mean_rate,
    probability_flux,
    compose_steps,
    linear_step,
    density_ratio,
    langevin_step,
    settled_variance,
    heat_box,
    implicit_step,
};

fn mean_rate(
    f: &Point<2>,
    g: &Matrix2<f64>,
    q: &Matrix2<f64>,
    gradient: &Point<2>,
    hessian: &Matrix2<f64>,
) -> f64 {
    let a = g * q * g.transpose();
    let mut rate = 0.0;
    for i in 0..2 {
        rate += f[i] * gradient[i];
        for j in 0..2 {
            rate += 0.5 * a[(i, j)] * hessian[(i, j)];
        }
    }
    rate
}

// J = f p − ½ (g² p)′.
fn probability_flux(f: f64, g: f64, g_x: f64, p: f64, p_x: f64) -> f64 {
    f * p - g * g_x * p - 0.5 * g * g * p_x
}

// a₂(a₁y + b₁ + noise₁) + b₂ + noise₂.
fn compose_steps((a1, b1, v1): Transition, (a2, b2, v2): Transition) -> Transition {
    (a2 * a1, a2 * b1 + b2, a2 * a2 * v1 + v2)
}

// The exponential of [[−K, a], [0, Kᵀ]] h has Ψᵀ below on the right, and above it N with
// Ψ N = ∫ e^{Ks} a e^{Kᵀs} ds.
fn linear_step(
    k: &Matrix2<f64>,
    a: &Matrix2<f64>,
    h: f64,
    mean: &Point<2>,
    covariance: &Matrix2<f64>,
) -> Moments {
    let mut blocks = Matrix4::zeros();
    blocks.fixed_view_mut::<2, 2>(0, 0).copy_from(&(-k * h));
    blocks.fixed_view_mut::<2, 2>(0, 2).copy_from(&(a * h));
    blocks.fixed_view_mut::<2, 2>(2, 2).copy_from(&(k.transpose() * h));
    let blocks = blocks.exp();
    let psi = blocks.fixed_view::<2, 2>(2, 2).transpose();
    let noise = psi * blocks.fixed_view::<2, 2>(0, 2);
    (psi * mean, psi * covariance * psi.transpose() + noise)
}

// (g² p)′/(g² p) = 2f/g²; the integral by Simpson's rule.
fn density_ratio(f: Line, g: Line, from: f64, to: f64) -> f64 {
    let slope = |x: f64| 2.0 * f(x) / (g(x) * g(x));
    let n = 1000;
    let h = (to - from) / n as f64;
    let mut sum = slope(from) + slope(to);
    for i in 1..n {
        let weight = if i % 2 == 1 { 4.0 } else { 2.0 };
        sum += weight * slope(from + h * i as f64);
    }
    (g(from) / g(to)).powi(2) * (sum * h / 3.0).exp()
}

fn langevin_step(score: Plane, eta: f64, x: &Point<2>, normal: &Point<2>) -> Point<2> {
    x + eta * score(x) + (2.0 * eta).sqrt() * normal
}

// w = (1 − η/v)² w + 2η.
fn settled_variance(variance: f64, eta: f64) -> f64 {
    variance / (1.0 - eta / (2.0 * variance))
}

fn heat_box(d: f64, t: f64, low: f64, high: f64, cdf: Line, x: f64) -> f64 {
    let deviation = (2.0 * d * t).sqrt();
    (cdf((x - low) / deviation) - cdf((x - high) / deviation)) / (high - low)
}

// Row i: (1 + h right[i] + h left[i]) q[i] − h right[i−1] q[i−1] − h left[i+1] q[i+1] = p[i].
fn implicit_step(right: &[f64], left: &[f64], h: f64, p: &[f64]) -> Vec<f64> {
    let n = p.len();
    let (mut pivot, mut known) = (vec![0.0; n], p.to_vec());
    for i in 0..n {
        pivot[i] = 1.0 + h * (right[i] + left[i]);
        if i > 0 {
            let share = h * right[i - 1] / pivot[i - 1];
            pivot[i] -= share * h * left[i];
            known[i] += share * known[i - 1];
        }
    }
    let mut q = vec![0.0; n];
    for i in (0..n).rev() {
        let from_right = if i + 1 < n { h * left[i + 1] * q[i + 1] } else { 0.0 };
        q[i] = (known[i] + from_right) / pivot[i];
    }
    q
}
