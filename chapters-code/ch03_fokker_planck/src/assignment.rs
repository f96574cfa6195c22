//! Your answers to the exercises of chapter 3.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch03_fokker_planck`.
//! A `Point<2>` adds, subtracts and scales as vectors do, and has entries `x[0]`; a matrix
//! has entries `a[(0, 1)]`, a product `a * b`, a `transpose()`, and `(k * h).exp()` is
//! its matrix exponential. Normal numbers are handed to you: nothing here needs a generator.

#![allow(unused_variables)]

use dynamics::Point;
use nalgebra::Matrix2;

/// Exercise 3.1 (2 points). 𝒜φ at a point of the plane for dX = f dt + G dW, where W has
/// the covariance `q` per unit of time, from the values of f, G, ∇φ and the matrix ∂ᵢⱼφ of
/// second derivatives there.
pub fn mean_rate(
    f: &Point<2>,
    g: &Matrix2<f64>,
    q: &Matrix2<f64>,
    gradient: &Point<2>,
    hessian: &Matrix2<f64>,
) -> f64 {
    todo!("exercise 3.1")
}

/// Exercise 3.2 (2 points). The flux of probability of dX = f dt + g(X) dW (Itô) through
/// a place, from the values of f, g, g′, p and ∂ₓp there.
pub fn probability_flux(f: f64, g: f64, g_x: f64, p: f64, p_x: f64) -> f64 {
    todo!("exercise 3.2")
}

/// Exercise 3.3 (2 points). Two transitions in one. A transition (a, b, v) takes y to a
/// draw from N(a y + b, v). `earlier` acts first, `later` on what comes out of it.
pub fn compose_steps(
    earlier: (f64, f64, f64),
    later: (f64, f64, f64),
) -> (f64, f64, f64) {
    todo!("exercise 3.3")
}

/// Exercise 3.4 (4 points). Mean and covariance, a time `h` later and however long that
/// is, of dX = K X dt + noise with covariance rate `a`, if they are `mean` and
/// `covariance` now. K and `a` need not commute.
pub fn linear_step(
    k: &Matrix2<f64>,
    a: &Matrix2<f64>,
    h: f64,
    mean: &Point<2>,
    covariance: &Matrix2<f64>,
) -> (Point<2>, Matrix2<f64>) {
    todo!("exercise 3.4")
}

/// Exercise 3.5 (3 points). p(to)/p(from) for the stationary density of
/// dX = f(X) dt + g(X) dW (Itô) with vanishing flux, to six digits at least. `to` may lie
/// on either side of `from`; g is above 0 between them.
pub fn density_ratio(
    f: &dyn Fn(f64) -> f64,
    g: &dyn Fn(f64) -> f64,
    from: f64,
    to: f64,
) -> f64 {
    todo!("exercise 3.5")
}

/// Exercise 3.6 (2 points). One step of unadjusted Langevin dynamics from `x` with the
/// step `eta`, towards the law with this score; `normal` is a draw from N(0, I).
pub fn langevin_step(
    score: &dyn Fn(&Point<2>) -> Point<2>,
    eta: f64,
    x: &Point<2>,
    normal: &Point<2>,
) -> Point<2> {
    todo!("exercise 3.6")
}

/// Exercise 3.7 (2 points). The variance in which that chain settles, on the line, if the
/// law aimed at is N(μ, v), v = `variance`, and `eta` is below 2v.
pub fn settled_variance(variance: f64, eta: f64) -> f64 {
    todo!("exercise 3.7")
}

/// Exercise 3.8 (2 points). The density at `x`, a time `t` > 0 later, of ∂ₜp = D ∂ₓₓp, if
/// it begins as the uniform law between `low` and `high`. `cdf` is the distribution function
/// of N(0, 1).
pub fn heat_box(
    d: f64,
    t: f64,
    low: f64,
    high: f64,
    cdf: &dyn Fn(f64) -> f64,
    x: f64,
) -> f64 {
    todo!("exercise 3.8")
}

/// Exercise 3.9 (4 points). One implicit step of length `h` for a density `p` on cells:
/// q with (1 − hK) q = p. A particle of cell i hops into the cell on its right at the rate
/// `right[i]` and into the cell on its left at the rate `left[i]`; `right` ends with 0 and
/// `left` begins with 0. There are at least two cells.
pub fn implicit_step(right: &[f64], left: &[f64], h: f64, p: &[f64]) -> Vec<f64> {
    todo!("exercise 3.9")
}
