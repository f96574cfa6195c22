//! Your answers to the exercises of chapter 5.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch05_score_matching`.
//! A `Point<2>` adds, subtracts and scales as vectors do, has entries `x[0]`, a product
//! `x.dot(&y)` and a square `x.norm_squared()`; a matrix has entries `a[(0, 1)]`, products
//! `a * b` and `a * x`, and a `transpose()`; `x * y.transpose()` is the matrix of all
//! products of entries. Everything drawn at random is handed to you: nothing here needs a
//! generator. The data are at t = 0, as everywhere in the chapter.

#![allow(unused_variables)]

use dynamics::Point;
use nalgebra::Matrix3;

/// Exercise 5.1 (3 points). The θ for which the implicit loss over a sample on the line is
/// least, for the model s(x) = θ₁ φ₁(x) + θ₂ φ₂(x). For each draw, `values` holds φ₁ and φ₂
/// there, and `slopes` their derivatives.
pub fn implicit_fit(values: &[[f64; 2]], slopes: &[[f64; 2]]) -> [f64; 2] {
    todo!("exercise 5.1")
}

/// Exercise 5.2 (3 points). The sliced loss over a sample: an estimate of the implicit loss,
/// with the square of s whole and the divergence from one direction for each draw; draw k
/// has the direction `directions[k]`. The directions are vectors of length 1, drawn evenly
/// from the sphere. `along(x, v)` is the derivative of s at x along v, the vector s′(x) v.
pub fn sliced_loss(
    score: &dyn Fn(&Point<3>) -> Point<3>,
    along: &dyn Fn(&Point<3>, &Point<3>) -> Point<3>,
    data: &[Point<3>],
    directions: &[Point<3>],
) -> f64 {
    todo!("exercise 5.2")
}

/// Exercise 5.3 (2 points). The estimate at `x` of a density, from windows of Epanechnikov
/// of width `h` on the draws. `x` and every draw have the same number of coordinates, which
/// may be 1, 2, 3 or more.
pub fn window_density(data: &[Vec<f64>], h: f64, x: &[f64]) -> f64 {
    todo!("exercise 5.3")
}

/// Exercise 5.4 (2 points). The score at `x` of the estimate from Gaussian windows of width
/// `h` on the draws. It is asked far out as well, where every window is too small for a
/// number.
pub fn window_score(data: &[Point<2>], h: f64, x: &Point<2>) -> Point<2> {
    todo!("exercise 5.4")
}

/// Exercise 5.5 (3 points). The denoising loss of a score at the time `t`, with `weight` in
/// front of the square and no ½: the mean over a batch. `plan` is (α, σ) at `t`; draw k of
/// the data is `clean[k]`, and its noise, from N(0, I), is `noise[k]`. `score` takes a time
/// and a place.
pub fn denoising_loss(
    score: &dyn Fn(f64, &Point<2>) -> Point<2>,
    t: f64,
    plan: (f64, f64),
    weight: f64,
    clean: &[Point<2>],
    noise: &[Point<2>],
) -> f64 {
    todo!("exercise 5.5")
}

/// Exercise 5.6 (2 points). Mean and variance of z, given that α z + σ ε = `x`, on the
/// line. `score` and `slope` are the first and the second derivative at `x` of the logarithm
/// of the noised density.
pub fn posterior(alpha: f64, sigma: f64, score: f64, slope: f64, x: f64) -> (f64, f64) {
    todo!("exercise 5.6")
}

/// Exercise 5.7 (2 points). A network guesses the noise ε in x = α z + σ ε; its guess at `x`
/// is `guess`. First, the velocity at `x` of the probability flow of dX = a X dt + g dW, by
/// the forward clock. Second, the weight w for which w times the squared error of the guess
/// is `lambda` times the square in the denoising loss.
pub fn guessed_noise(
    a: f64,
    g: f64,
    sigma: f64,
    lambda: f64,
    guess: &Point<2>,
    x: &Point<2>,
) -> (Point<2>, f64) {
    todo!("exercise 5.7")
}

/// Exercise 5.8 (4 points). The derivatives of the mean over the data (x, y) of
/// |V tanh(W x + b) − y|² by V, by W and by b, in this order; tanh acts on each entry. Entry
/// (i, j) of the first is the derivative by entry (i, j) of V, and so for W.
pub fn gradients(
    v: &Matrix3<f64>,
    w: &Matrix3<f64>,
    b: &Point<3>,
    data: &[(Point<3>, Point<3>)],
) -> (Matrix3<f64>, Matrix3<f64>, Point<3>) {
    todo!("exercise 5.8")
}

/// Exercise 5.9 (3 points). Annealed Langevin dynamics from `start`: at each level of noise
/// σ, in the order in which they are given, `steps` steps of the length `ratio` times σ².
/// This length is the η of the section on the staircase, and not that of chapter 3. `score`
/// takes σ and a place. `noise` holds a draw from N(0, I) for every step, in order.
pub fn annealed_langevin(
    score: &dyn Fn(f64, &Point<2>) -> Point<2>,
    levels: &[f64],
    steps: usize,
    ratio: f64,
    noise: &[Point<2>],
    start: &Point<2>,
) -> Point<2> {
    todo!("exercise 5.9")
}
