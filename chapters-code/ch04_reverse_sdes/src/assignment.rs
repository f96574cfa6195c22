//! Your answers to the exercises of chapter 4.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch04_reverse_sdes`.
//! A `Point<2>` adds, subtracts and scales as vectors do, and has entries `x[0]`; a matrix
//! has entries `a[(0, 1)]` and a product `a * x`. Normal numbers are handed to you: nothing
//! here needs a generator. The data are at t = 0, as everywhere in the chapter.

#![allow(unused_variables)]

use dynamics::Point;
use nalgebra::Matrix2;

/// Exercise 4.1 (3 points). The drift of the reversed diffusion in its own time τ, which
/// grows on the way back, at a point of the plane where the diffusion has the drift `f` and
/// the covariance rate `a`. `a_x` and `a_y` are the derivatives of `a` by the first and by
/// the second coordinate; `score` is ∇log p there.
pub fn reverse_drift(
    f: &Point<2>,
    a: &Matrix2<f64>,
    a_x: &Matrix2<f64>,
    a_y: &Matrix2<f64>,
    score: &Point<2>,
) -> Point<2> {
    todo!("exercise 4.1")
}

/// Exercise 4.2 (2 points). One step of Euler and Maruyama on the way back of
/// dX = a X dt + g dW, from `x` at the time `t` to the time `t` − `h`, h > 0. `a` and `g`
/// are the values at `t`; `score` takes a time and a place; `xi` is a draw from N(0, I).
pub fn reverse_step(
    a: f64,
    g: f64,
    score: &dyn Fn(f64, &Point<2>) -> Point<2>,
    t: f64,
    h: f64,
    x: &Point<2>,
    xi: &Point<2>,
) -> Point<2> {
    todo!("exercise 4.2")
}

/// Exercise 4.3 (2 points). (a, g²) of the diffusion dX = a X dt + g dW that has the kernel
/// N(α X₀, σ² I), from the values of α, dα/dt, σ and dσ/dt at a time; α > 0.
pub fn schedule_rates(alpha: f64, d_alpha: f64, sigma: f64, d_sigma: f64) -> (f64, f64) {
    todo!("exercise 4.3")
}

/// Exercise 4.4 (3 points). The score at `x` of α X₀ + σ ε, where X₀ is drawn from a mixture
/// of normal laws on the line: `heaps` holds weight, mean and deviation of each, and the
/// weights add up to 1. It is asked far out as well, where every density is too small for a
/// number.
pub fn noised_score(heaps: &[(f64, f64, f64)], alpha: f64, sigma: f64, x: f64) -> f64 {
    todo!("exercise 4.4")
}

/// Exercise 4.5 (2 points). Factor and deviation of the step from an earlier time to a later
/// one: given X at the earlier time, X at the later one has the law
/// N(factor · X, deviation² I). `earlier` and `later` are (α, σ) of the two times.
pub fn step_between(earlier: (f64, f64), later: (f64, f64)) -> (f64, f64) {
    todo!("exercise 4.5")
}

/// Exercise 4.6 (4 points). A sampler without noise: from `x` at the time T = `end`, the
/// probability flow of dX = a X dt + g dW back to `t_min`, in `n` equal steps of Heun's
/// method. `a` and `g` take a time, `score` a time and a place.
pub fn flow_sampler(
    a: &dyn Fn(f64) -> f64,
    g: &dyn Fn(f64) -> f64,
    score: &dyn Fn(f64, &Point<2>) -> Point<2>,
    t_min: f64,
    end: f64,
    n: usize,
    x: &Point<2>,
) -> Point<2> {
    todo!("exercise 4.6")
}

/// Exercise 4.7 (2 points). Drift and noise of the member λ of the family between the
/// probability flow (λ = 0) and the reverse SDE (λ = 1), for dX = a X dt + g dW on the line:
/// (F, G) of dY = F dτ + G dB, in the own time τ of the way back, at a place `x` where the
/// score is `score`.
pub fn family_member(a: f64, g: f64, lambda: f64, score: f64, x: f64) -> (f64, f64) {
    todo!("exercise 4.7")
}

/// Exercise 4.8 (2 points). The exponential step from `x` at one time to an earlier one.
/// `now` and `next` are (α, σ) at the time of `x` and at the time to which the step leads;
/// `score` is the score at `x`.
pub fn exponential_step(
    now: (f64, f64),
    next: (f64, f64),
    score: &Point<2>,
    x: &Point<2>,
) -> Point<2> {
    todo!("exercise 4.8")
}

/// Exercise 4.9 (3 points). KL(P ‖ Q) of whole walks back on the line, in nats: P is the law
/// they should have, Q the one they have. They start from N(0, s²), s a deviation, in place of
/// p_T, which is normal with the mean and variance `law`. Each step is of Euler and Maruyama;
/// `steps` holds its length h, its g, and the mean square error of the score in it, the mean
/// taken under P.
pub fn entropy_of_walks(law: (f64, f64), s: f64, steps: &[(f64, f64, f64)]) -> f64 {
    todo!("exercise 4.9")
}
