//! The exercises of chapter 4: tasks, checks, and the slips the grader knows.

mod draws;
mod entropy_of_walks;
mod exponential_step;
mod family_member;
mod flow_sampler;
mod noised_score;
mod reverse_drift;
mod reverse_step;
mod schedule_rates;
mod step_between;

use crate::assignment;
use dynamics::Point;
use grading::{Card, Exercise};
use nalgebra::Matrix2;

/// A function of the time as the students meet it.
pub type OfTime<'a> = &'a dyn Fn(f64) -> f64;
/// A score in the plane as the students meet it: time and place.
pub type Score<'a> = &'a dyn Fn(f64, &Point<2>) -> Point<2>;
/// Weight, mean and deviation of each heap.
pub type Heaps<'a> = &'a [(f64, f64, f64)];
/// Length, g, and mean square error of the score of each step.
pub type Steps<'a> = &'a [(f64, f64, f64)];
type Matrix = Matrix2<f64>;
type Pair = (f64, f64);

/// Answers to the exercises, one function each.
#[derive(Clone, Copy)]
pub struct Work {
    /// Exercise 4.1: f, a, ∂₁a, ∂₂a, score.
    pub reverse_drift: fn(&Point<2>, &Matrix, &Matrix, &Matrix, &Point<2>) -> Point<2>,
    /// Exercise 4.2: a, g, score, t, h, x, ξ.
    pub reverse_step: fn(f64, f64, Score, f64, f64, &Point<2>, &Point<2>) -> Point<2>,
    /// Exercise 4.3: α, α̇, σ, σ̇.
    pub schedule_rates: fn(f64, f64, f64, f64) -> Pair,
    /// Exercise 4.4: heaps, α, σ, x.
    pub noised_score: fn(Heaps, f64, f64, f64) -> f64,
    /// Exercise 4.5: (α, σ) earlier and later.
    pub step_between: fn(Pair, Pair) -> Pair,
    /// Exercise 4.6: a, g, score, t_min, T, n, x.
    pub flow_sampler: fn(OfTime, OfTime, Score, f64, f64, usize, &Point<2>) -> Point<2>,
    /// Exercise 4.7: a, g, λ, score, x.
    pub family_member: fn(f64, f64, f64, f64, f64) -> Pair,
    /// Exercise 4.8: (α, σ) now and next, score, x.
    pub exponential_step: fn(Pair, Pair, &Point<2>, &Point<2>) -> Point<2>,
    /// Exercise 4.9: mean and variance of p_T, s, steps.
    pub entropy_of_walks: fn(Pair, f64, Steps) -> f64,
}

/// What stands in `assignment.rs`.
pub static STUDENT: Work = Work {
    reverse_drift: assignment::reverse_drift,
    reverse_step: assignment::reverse_step,
    schedule_rates: assignment::schedule_rates,
    noised_score: assignment::noised_score,
    step_between: assignment::step_between,
    flow_sampler: assignment::flow_sampler,
    family_member: assignment::family_member,
    exponential_step: assignment::exponential_step,
    entropy_of_walks: assignment::entropy_of_walks,
};

/// Nothing done yet.
pub const UNFINISHED: Work = Work {
    reverse_drift: |_, _, _, _, _| todo!("exercise 4.1"),
    reverse_step: |_, _, _, _, _, _, _| todo!("exercise 4.2"),
    schedule_rates: |_, _, _, _| todo!("exercise 4.3"),
    noised_score: |_, _, _, _| todo!("exercise 4.4"),
    step_between: |_, _| todo!("exercise 4.5"),
    flow_sampler: |_, _, _, _, _, _, _| todo!("exercise 4.6"),
    family_member: |_, _, _, _, _| todo!("exercise 4.7"),
    exponential_step: |_, _, _, _| todo!("exercise 4.8"),
    entropy_of_walks: |_, _, _| todo!("exercise 4.9"),
};

/// The exercises in order.
pub static EXERCISES: &[Exercise<Work>] = &[
    reverse_drift::EXERCISE,
    reverse_step::EXERCISE,
    schedule_rates::EXERCISE,
    noised_score::EXERCISE,
    step_between::EXERCISE,
    flow_sampler::EXERCISE,
    family_member::EXERCISE,
    exponential_step::EXERCISE,
    entropy_of_walks::EXERCISE,
];

/// The exercises as the page shows them.
pub fn cards() -> Vec<Card> {
    EXERCISES.iter().map(Exercise::card).collect()
}
