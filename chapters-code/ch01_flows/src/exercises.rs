//! The exercises of chapter 1: tasks, checks, and the slips the grader knows.

mod bridge_velocity;
mod carried_density;
mod divergence;
pub mod draws;
mod euler_sampler;
mod heun_step;
mod reversed_velocity;
mod rk4_step;

use crate::assignment;
use dynamics::{Point, VectorField};
use grading::{Card, Exercise};

/// A planar field as the students meet it.
pub type Field<'a> = &'a dyn VectorField<Point<2>>;
/// A function of the line as the students meet it.
pub type Function<'a> = &'a dyn Fn(f64) -> f64;

/// Answers to the exercises, one function each.
#[derive(Clone, Copy)]
pub struct Work {
    /// Exercise 1.1: field, t, h, x.
    pub heun_step: fn(Field, f64, f64, &Point<2>) -> Point<2>,
    /// Exercise 1.2: field, steps, x₀.
    pub euler_sampler: fn(Field, usize, &Point<2>) -> Point<2>,
    /// Exercise 1.3: field, t, h, x.
    pub rk4_step: fn(Field, f64, f64, &Point<2>) -> Point<2>,
    /// Exercise 1.4: field, end, τ, x.
    pub reversed_velocity: fn(Field, f64, f64, &Point<2>) -> Point<2>,
    /// Exercise 1.5: density, start, stretch, y.
    pub carried_density: fn(Function, Function, Function, f64) -> f64,
    /// Exercise 1.6: field, t, x, h.
    pub divergence: fn(Field, f64, &Point<2>, f64) -> f64,
    /// Exercise 1.7: μ, ς, t, x.
    pub bridge_velocity: fn(f64, f64, f64, f64) -> f64,
}

/// What stands in `assignment.rs`.
pub static STUDENT: Work = Work {
    heun_step: assignment::heun_step,
    euler_sampler: assignment::euler_sampler,
    rk4_step: assignment::rk4_step,
    reversed_velocity: assignment::reversed_velocity,
    carried_density: assignment::carried_density,
    divergence: assignment::divergence,
    bridge_velocity: assignment::bridge_velocity,
};

/// Nothing done yet.
pub const UNFINISHED: Work = Work {
    heun_step: |_, _, _, _| todo!("exercise 1.1"),
    euler_sampler: |_, _, _| todo!("exercise 1.2"),
    rk4_step: |_, _, _, _| todo!("exercise 1.3"),
    reversed_velocity: |_, _, _, _| todo!("exercise 1.4"),
    carried_density: |_, _, _, _| todo!("exercise 1.5"),
    divergence: |_, _, _, _| todo!("exercise 1.6"),
    bridge_velocity: |_, _, _, _| todo!("exercise 1.7"),
};

/// The exercises in order.
pub static EXERCISES: &[Exercise<Work>] = &[
    heun_step::EXERCISE,
    euler_sampler::EXERCISE,
    rk4_step::EXERCISE,
    reversed_velocity::EXERCISE,
    carried_density::EXERCISE,
    divergence::EXERCISE,
    bridge_velocity::EXERCISE,
];

/// The exercises as the page shows them.
pub fn cards() -> Vec<Card> {
    EXERCISES.iter().map(Exercise::card).collect()
}
