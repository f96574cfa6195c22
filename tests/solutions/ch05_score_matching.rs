//! Answers to the exercises of chapter 5.

use ch05_score_matching::Work;
use ch05_score_matching::exercises::{
    Along, Features, Field, Pairs, Points, Score, Slopes,
};
use dynamics::Point;
use nalgebra::Matrix3;
use std::f64::consts::PI;

/// A right answer to every exercise.
pub const SOLUTION: Work = Work {
    implicit_fit,
    sliced_loss,
    window_density,
    window_score,
    denoising_loss,
    posterior,
    guessed_noise,
    gradients,
    annealed_langevin,
};

// ½ θᵀAθ + b·θ is least where Aθ = −b.
fn implicit_fit(values: Features, slopes: Features) -> [f64; 2] {
    let n = values.len() as f64;
    let (mut a11, mut a12, mut a22) = (0.0, 0.0, 0.0);
    let (mut b1, mut b2) = (0.0, 0.0);
    for ([f1, f2], [d1, d2]) in values.iter().zip(slopes) {
        a11 += f1 * f1 / n;
        a12 += f1 * f2 / n;
        a22 += f2 * f2 / n;
        b1 += d1 / n;
        b2 += d2 / n;
    }
    let determinant = a11 * a22 - a12 * a12;
    [(a12 * b2 - a22 * b1) / determinant, (a12 * b1 - a11 * b2) / determinant]
}

// E vvᵀ = I/3 for directions of length 1.
fn sliced_loss(
    score: Field,
    along: Along,
    data: &[Point<3>],
    directions: &[Point<3>],
) -> f64 {
    let mut sum = 0.0;
    for (x, v) in data.iter().zip(directions) {
        sum += 0.5 * score(x).norm_squared() + 3.0 * along(x, v).dot(v);
    }
    sum / data.len() as f64
}

fn window_density(data: &[Vec<f64>], h: f64, x: &[f64]) -> f64 {
    let d = x.len();
    // The volume of the ball, two dimensions at a time: 1 in none, 2 on the line.
    let (mut volume, mut k) = if d.is_multiple_of(2) { (1.0, 0) } else { (2.0, 1) };
    while k < d {
        k += 2;
        volume *= 2.0 * PI / k as f64;
    }
    let mut sum = 0.0;
    for y in data {
        let mut square = 0.0;
        for (x, y) in x.iter().zip(y) {
            square += (x - y) * (x - y) / (h * h);
        }
        if square < 1.0 {
            sum += 1.0 - square;
        }
    }
    (d + 2) as f64 / (2.0 * volume) * sum / (data.len() as f64 * h.powi(d as i32))
}

fn window_score(data: Points, h: f64, x: &Point<2>) -> Point<2> {
    let nearest =
        data.iter().map(|y| (y - x).norm_squared()).fold(f64::INFINITY, f64::min);
    let (mut total, mut sum) = (0.0, Point::<2>::zeros());
    for y in data {
        let share = ((nearest - (y - x).norm_squared()) / (2.0 * h * h)).exp();
        total += share;
        sum += share * (y - x);
    }
    sum / (total * h * h)
}

fn denoising_loss(
    score: Score,
    t: f64,
    plan: (f64, f64),
    weight: f64,
    clean: Points,
    noise: Points,
) -> f64 {
    let (alpha, sigma) = plan;
    let mut sum = 0.0;
    for (z, epsilon) in clean.iter().zip(noise) {
        let x = alpha * z + sigma * epsilon;
        sum += (score(t, &x) + epsilon / sigma).norm_squared();
    }
    weight * sum / clean.len() as f64
}

fn posterior(alpha: f64, sigma: f64, score: f64, slope: f64, x: f64) -> (f64, f64) {
    let v = sigma * sigma;
    ((x + v * score) / alpha, v * (1.0 + v * slope) / (alpha * alpha))
}

fn guessed_noise(
    a: f64,
    g: f64,
    sigma: f64,
    lambda: f64,
    guess: &Point<2>,
    x: &Point<2>,
) -> (Point<2>, f64) {
    let score = -guess / sigma;
    (a * x - 0.5 * g * g * score, lambda / (sigma * sigma))
}

fn gradients(v: &Matrix3<f64>, w: &Matrix3<f64>, b: &Point<3>, data: Pairs) -> Slopes {
    let (mut by_v, mut by_w) = (Matrix3::zeros(), Matrix3::zeros());
    let mut by_b = Point::<3>::zeros();
    for (x, y) in data {
        let u = (w * x + b).map(f64::tanh);
        let r_bar = (v * u - y) * (2.0 / data.len() as f64);
        let z_bar = (v.transpose() * r_bar).component_mul(&u.map(|u| 1.0 - u * u));
        by_v += r_bar * u.transpose();
        by_w += z_bar * x.transpose();
        by_b += z_bar;
    }
    (by_v, by_w, by_b)
}

fn annealed_langevin(
    score: Score,
    levels: &[f64],
    steps: usize,
    ratio: f64,
    noise: Points,
    start: &Point<2>,
) -> Point<2> {
    let mut x = *start;
    for (i, &sigma) in levels.iter().enumerate() {
        let eta = ratio * sigma * sigma;
        for k in 0..steps {
            let z = noise[i * steps + k];
            x += 0.5 * eta * score(sigma, &x) + eta.sqrt() * z;
        }
    }
    x
}
