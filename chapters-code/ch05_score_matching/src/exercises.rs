//! The exercises of chapter 5: tasks, checks, and the slips the grader knows.

mod annealed_langevin;
mod denoising_loss;
mod draws;
mod gradients;
mod guessed_noise;
mod implicit_fit;
mod posterior;
mod sliced_loss;
mod window_density;
mod window_score;

use crate::assignment;
use dynamics::Point;
use grading::{Card, Exercise};
use nalgebra::Matrix3;

/// Values, or slopes, of two features at each draw.
pub type Features<'a> = &'a [[f64; 2]];
/// A score in space as the students meet it.
pub type Field<'a> = &'a dyn Fn(&Point<3>) -> Point<3>;
/// Its derivative at a place along a direction.
pub type Along<'a> = &'a dyn Fn(&Point<3>, &Point<3>) -> Point<3>;
/// A score in the plane as the students meet it: time, or level of noise, and place.
pub type Score<'a> = &'a dyn Fn(f64, &Point<2>) -> Point<2>;
/// Places in the plane.
pub type Points<'a> = &'a [Point<2>];
/// Pairs (x, y) of which a network should learn to make y from x.
pub type Pairs<'a> = &'a [(Point<3>, Point<3>)];
/// The derivatives by V, by W and by b.
pub type Slopes = (Matrix3<f64>, Matrix3<f64>, Point<3>);
type Matrix = Matrix3<f64>;
type FlowAndWeight = (Point<2>, f64);

/// Answers to the exercises, one function each.
#[derive(Clone, Copy)]
pub struct Work {
    /// Exercise 5.1: values, slopes.
    pub implicit_fit: fn(Features, Features) -> [f64; 2],
    /// Exercise 5.2: score, its derivative along a direction, data, directions.
    pub sliced_loss: fn(Field, Along, &[Point<3>], &[Point<3>]) -> f64,
    /// Exercise 5.3: data, h, x.
    pub window_density: fn(&[Vec<f64>], f64, &[f64]) -> f64,
    /// Exercise 5.4: data, h, x.
    pub window_score: fn(Points, f64, &Point<2>) -> Point<2>,
    /// Exercise 5.5: score, t, (α, σ), weight, clean, noise.
    pub denoising_loss: fn(Score, f64, (f64, f64), f64, Points, Points) -> f64,
    /// Exercise 5.6: α, σ, score, slope, x.
    pub posterior: fn(f64, f64, f64, f64, f64) -> (f64, f64),
    /// Exercise 5.7: a, g, σ, λ, guess, x.
    pub guessed_noise: fn(f64, f64, f64, f64, &Point<2>, &Point<2>) -> FlowAndWeight,
    /// Exercise 5.8: V, W, b, data.
    pub gradients: fn(&Matrix, &Matrix, &Point<3>, Pairs) -> Slopes,
    /// Exercise 5.9: score, levels, steps, ratio, noise, start.
    pub annealed_langevin: fn(Score, &[f64], usize, f64, Points, &Point<2>) -> Point<2>,
}

/// What stands in `assignment.rs`.
pub static STUDENT: Work = Work {
    implicit_fit: assignment::implicit_fit,
    sliced_loss: assignment::sliced_loss,
    window_density: assignment::window_density,
    window_score: assignment::window_score,
    denoising_loss: assignment::denoising_loss,
    posterior: assignment::posterior,
    guessed_noise: assignment::guessed_noise,
    gradients: assignment::gradients,
    annealed_langevin: assignment::annealed_langevin,
};

/// Nothing done yet.
pub const UNFINISHED: Work = Work {
    implicit_fit: |_, _| todo!("exercise 5.1"),
    sliced_loss: |_, _, _, _| todo!("exercise 5.2"),
    window_density: |_, _, _| todo!("exercise 5.3"),
    window_score: |_, _, _| todo!("exercise 5.4"),
    denoising_loss: |_, _, _, _, _, _| todo!("exercise 5.5"),
    posterior: |_, _, _, _, _| todo!("exercise 5.6"),
    guessed_noise: |_, _, _, _, _, _| todo!("exercise 5.7"),
    gradients: |_, _, _, _| todo!("exercise 5.8"),
    annealed_langevin: |_, _, _, _, _, _| todo!("exercise 5.9"),
};

/// The exercises in order.
pub static EXERCISES: &[Exercise<Work>] = &[
    implicit_fit::EXERCISE,
    sliced_loss::EXERCISE,
    window_density::EXERCISE,
    window_score::EXERCISE,
    denoising_loss::EXERCISE,
    posterior::EXERCISE,
    guessed_noise::EXERCISE,
    gradients::EXERCISE,
    annealed_langevin::EXERCISE,
];

/// The exercises as the page shows them.
pub fn cards() -> Vec<Card> {
    EXERCISES.iter().map(Exercise::card).collect()
}
