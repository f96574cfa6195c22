//! The exercises of chapter 3: tasks, checks, and the slips the grader knows.

mod compose_steps;
mod density_ratio;
mod draws;
mod heat_box;
mod implicit_step;
mod langevin_step;
mod linear_step;
mod mean_rate;
mod probability_flux;
mod settled_variance;

use crate::assignment;
use dynamics::Point;
use grading::{Card, Exercise};
use nalgebra::Matrix2;

/// A function on the line as the students meet it.
pub type Line<'a> = &'a dyn Fn(f64) -> f64;
/// A field in the plane as the students meet it.
pub type Plane<'a> = &'a dyn Fn(&Point<2>) -> Point<2>;
/// Numbers, one for each cell.
pub type OfCells<'a> = &'a [f64];
/// (a, b, v): given y, the law N(a y + b, v).
pub type Transition = (f64, f64, f64);
/// A mean and a covariance in the plane.
pub type Moments = (Point<2>, Matrix2<f64>);
type Matrix = Matrix2<f64>;

/// Answers to the exercises, one function each.
#[derive(Clone, Copy)]
pub struct Work {
    /// Exercise 3.1: f, G, Q, ∇φ, ∂ᵢⱼφ.
    pub mean_rate: fn(&Point<2>, &Matrix, &Matrix, &Point<2>, &Matrix) -> f64,
    /// Exercise 3.2: f, g, g′, p, ∂ₓp.
    pub probability_flux: fn(f64, f64, f64, f64, f64) -> f64,
    /// Exercise 3.3: earlier, later.
    pub compose_steps: fn(Transition, Transition) -> Transition,
    /// Exercise 3.4: K, a, h, mean, covariance.
    pub linear_step: fn(&Matrix, &Matrix, f64, &Point<2>, &Matrix) -> Moments,
    /// Exercise 3.5: f, g, from, to.
    pub density_ratio: fn(Line, Line, f64, f64) -> f64,
    /// Exercise 3.6: score, η, x, normal.
    pub langevin_step: fn(Plane, f64, &Point<2>, &Point<2>) -> Point<2>,
    /// Exercise 3.7: v, η.
    pub settled_variance: fn(f64, f64) -> f64,
    /// Exercise 3.8: D, t, low, high, cdf, x.
    pub heat_box: fn(f64, f64, f64, f64, Line, f64) -> f64,
    /// Exercise 3.9: right, left, h, p.
    pub implicit_step: fn(OfCells, OfCells, f64, OfCells) -> Vec<f64>,
}

/// What stands in `assignment.rs`.
pub static STUDENT: Work = Work {
    mean_rate: assignment::mean_rate,
    probability_flux: assignment::probability_flux,
    compose_steps: assignment::compose_steps,
    linear_step: assignment::linear_step,
    density_ratio: assignment::density_ratio,
    langevin_step: assignment::langevin_step,
    settled_variance: assignment::settled_variance,
    heat_box: assignment::heat_box,
    implicit_step: assignment::implicit_step,
};

/// Nothing done yet.
pub const UNFINISHED: Work = Work {
    mean_rate: |_, _, _, _, _| todo!("exercise 3.1"),
    probability_flux: |_, _, _, _, _| todo!("exercise 3.2"),
    compose_steps: |_, _| todo!("exercise 3.3"),
    linear_step: |_, _, _, _, _| todo!("exercise 3.4"),
    density_ratio: |_, _, _, _| todo!("exercise 3.5"),
    langevin_step: |_, _, _, _| todo!("exercise 3.6"),
    settled_variance: |_, _| todo!("exercise 3.7"),
    heat_box: |_, _, _, _, _, _| todo!("exercise 3.8"),
    implicit_step: |_, _, _, _| todo!("exercise 3.9"),
};

/// The exercises in order.
pub static EXERCISES: &[Exercise<Work>] = &[
    mean_rate::EXERCISE,
    probability_flux::EXERCISE,
    compose_steps::EXERCISE,
    linear_step::EXERCISE,
    density_ratio::EXERCISE,
    langevin_step::EXERCISE,
    settled_variance::EXERCISE,
    heat_box::EXERCISE,
    implicit_step::EXERCISE,
];

/// The exercises as the page shows them.
pub fn cards() -> Vec<Card> {
    EXERCISES.iter().map(Exercise::card).collect()
}
