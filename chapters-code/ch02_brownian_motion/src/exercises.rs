//! The exercises of chapter 2: tasks, checks, and the slips the grader knows.

mod bridge_midpoint;
mod brownian_step;
mod correlated_increment;
mod diffusion_sampler;
mod draws;
mod ito_drift;
mod ito_sum;
mod milstein_step;
mod ou_step;

use crate::assignment;
use dynamics::{Point, ScalarNoise, VectorField};
use grading::{Card, Exercise};
use nalgebra::Matrix2;

/// A planar field as the students meet it.
pub type Field<'a> = &'a dyn VectorField<Point<2>>;
/// A function of time and place as the students meet it.
pub type Integrand<'a> = &'a dyn Fn(f64, f64) -> f64;
/// A strength of noise that depends on time, as the students meet it.
pub type Strength<'a> = &'a dyn Fn(f64) -> f64;
/// The noise of a sampler as the students meet it.
pub type Draw<'a> = &'a mut dyn FnMut() -> Point<2>;

/// Answers to the exercises, one function each.
#[derive(Clone, Copy)]
pub struct Work {
    /// Exercise 2.1: w, h, normal.
    pub brownian_step: fn(f64, f64, f64) -> f64,
    /// Exercise 2.2: a, b, span, normal.
    pub bridge_midpoint: fn(f64, f64, f64, f64) -> f64,
    /// Exercise 2.3: Q, h, normals.
    pub correlated_increment: fn(&Matrix2<f64>, f64, &Point<2>) -> Point<2>,
    /// Exercise 2.4: φ, times, path.
    pub ito_sum: fn(Integrand, &[f64], &[f64]) -> f64,
    /// Exercise 2.5: f, g, F_t, F_x, F_xx.
    pub ito_drift: fn(f64, f64, f64, f64, f64) -> f64,
    /// Exercise 2.6: equation, t, h, x, ΔW.
    pub milstein_step: fn(&dyn ScalarNoise<f64>, f64, f64, f64, f64) -> f64,
    /// Exercise 2.7: field, g, steps, x₀, normal.
    pub diffusion_sampler: fn(Field, Strength, usize, &Point<2>, Draw) -> Point<2>,
    /// Exercise 2.8: θ, g, h, x, normal.
    pub ou_step: fn(f64, f64, f64, f64, f64) -> f64,
}

/// What stands in `assignment.rs`.
pub static STUDENT: Work = Work {
    brownian_step: assignment::brownian_step,
    bridge_midpoint: assignment::bridge_midpoint,
    correlated_increment: assignment::correlated_increment,
    ito_sum: assignment::ito_sum,
    ito_drift: assignment::ito_drift,
    milstein_step: assignment::milstein_step,
    diffusion_sampler: assignment::diffusion_sampler,
    ou_step: assignment::ou_step,
};

/// Nothing done yet.
pub const UNFINISHED: Work = Work {
    brownian_step: |_, _, _| todo!("exercise 2.1"),
    bridge_midpoint: |_, _, _, _| todo!("exercise 2.2"),
    correlated_increment: |_, _, _| todo!("exercise 2.3"),
    ito_sum: |_, _, _| todo!("exercise 2.4"),
    ito_drift: |_, _, _, _, _| todo!("exercise 2.5"),
    milstein_step: |_, _, _, _, _| todo!("exercise 2.6"),
    diffusion_sampler: |_, _, _, _, _| todo!("exercise 2.7"),
    ou_step: |_, _, _, _, _| todo!("exercise 2.8"),
};

/// The exercises in order.
pub static EXERCISES: &[Exercise<Work>] = &[
    brownian_step::EXERCISE,
    bridge_midpoint::EXERCISE,
    correlated_increment::EXERCISE,
    ito_sum::EXERCISE,
    ito_drift::EXERCISE,
    milstein_step::EXERCISE,
    diffusion_sampler::EXERCISE,
    ou_step::EXERCISE,
];

/// The exercises as the page shows them.
pub fn cards() -> Vec<Card> {
    EXERCISES.iter().map(Exercise::card).collect()
}
