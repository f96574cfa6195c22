//! Answers to the exercises of chapter 4.

use ch04_reverse_sdes::Work;
use ch04_reverse_sdes::exercises::{Heaps, OfTime, Score, Steps};
use dynamics::Point;
use nalgebra::Matrix2;

/// A right answer to every exercise.
pub const SOLUTION: Work = Work {
    reverse_drift,
    reverse_step,
    schedule_rates,
    noised_score,
    step_between,
    flow_sampler,
    family_member,
    exponential_step,
    entropy_of_walks,
};

// −f̄ = −f + ∇·a + a ∇log p.
fn reverse_drift(
    f: &Point<2>,
    a: &Matrix2<f64>,
    a_x: &Matrix2<f64>,
    a_y: &Matrix2<f64>,
    score: &Point<2>,
) -> Point<2> {
    let mut back = Point::<2>::zeros();
    for i in 0..2 {
        let divergence = a_x[(i, 0)] + a_y[(i, 1)];
        let along = a[(i, 0)] * score[0] + a[(i, 1)] * score[1];
        back[i] = -f[i] + divergence + along;
    }
    back
}

fn reverse_step(
    a: f64,
    g: f64,
    score: Score,
    t: f64,
    h: f64,
    x: &Point<2>,
    xi: &Point<2>,
) -> Point<2> {
    x + h * (g * g * score(t, x) - a * x) + h.sqrt() * g * xi
}

// α̇ = aα, d(σ²)/dt = 2aσ² + g².
fn schedule_rates(alpha: f64, d_alpha: f64, sigma: f64, d_sigma: f64) -> (f64, f64) {
    let a = d_alpha / alpha;
    (a, 2.0 * sigma * (d_sigma - a * sigma))
}

fn noised_score(heaps: Heaps, alpha: f64, sigma: f64, x: f64) -> f64 {
    let mut logs = Vec::new();
    let mut pulls = Vec::new();
    for (weight, mean, deviation) in heaps {
        let variance = (alpha * deviation).powi(2) + sigma.powi(2);
        let from = x - alpha * mean;
        logs.push((weight / variance.sqrt()).ln() - from * from / (2.0 * variance));
        pulls.push(-from / variance);
    }
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut total, mut sum) = (0.0, 0.0);
    for (log, pull) in logs.iter().zip(pulls) {
        let share = (log - largest).exp();
        total += share;
        sum += share * pull;
    }
    sum / total
}

// κ takes the noise with it: σ_t² = κ² σ_s² + deviation².
fn step_between(earlier: (f64, f64), later: (f64, f64)) -> (f64, f64) {
    let factor = later.0 / earlier.0;
    let faded = factor * earlier.1;
    (factor, (later.1 * later.1 - faded * faded).sqrt())
}

fn flow_sampler(
    a: OfTime,
    g: OfTime,
    score: Score,
    t_min: f64,
    end: f64,
    n: usize,
    x: &Point<2>,
) -> Point<2> {
    let velocity = |t: f64, x: &Point<2>| a(t) * x - 0.5 * g(t) * g(t) * score(t, x);
    let h = (end - t_min) / n as f64;
    let mut x = *x;
    for k in 0..n {
        let t = end - k as f64 * h;
        let first = velocity(t, &x);
        let second = velocity(t - h, &(x - h * first));
        x -= 0.5 * h * (first + second);
    }
    x
}

fn family_member(a: f64, g: f64, lambda: f64, score: f64, x: f64) -> (f64, f64) {
    (-a * x + 0.5 * (1.0 + lambda * lambda) * g * g * score, lambda * g)
}

fn exponential_step(
    now: (f64, f64),
    next: (f64, f64),
    score: &Point<2>,
    x: &Point<2>,
) -> Point<2> {
    let noise = -now.1 * score;
    let data = (x - now.1 * noise) / now.0;
    next.0 * data + next.1 * noise
}

// A divergence does not change if both laws are divided by s.
fn entropy_of_walks(law: (f64, f64), s: f64, steps: Steps) -> f64 {
    let (mean, variance) = (law.0 / s, law.1 / (s * s));
    let mut entropy = 0.5 * (mean * mean + variance - 1.0 - variance.ln());
    for (h, g, error) in steps {
        entropy += 0.5 * h * g * g * error;
    }
    entropy
}
