//! Random parameters and fields for the checks.

use dynamics::{Generator, Point};
use nalgebra::Matrix2;
use rand::RngExt;

/// A number between `low` and `high`.
pub fn between(generator: &mut Generator, low: f64, high: f64) -> f64 {
    generator.random_range(low..high)
}

/// A number between `low` and `high`, with either sign.
pub fn either_sign(generator: &mut Generator, low: f64, high: f64) -> f64 {
    let size = between(generator, low, high);
    if generator.random_bool(0.5) { size } else { -size }
}

/// A point with both coordinates away from 0.
pub fn point(generator: &mut Generator) -> Point<2> {
    Point::<2>::from_fn(|_, _| either_sign(generator, 0.6, 1.7))
}

/// A matrix whose entries are away from 0.
pub fn matrix(generator: &mut Generator) -> Matrix2<f64> {
    Matrix2::from_fn(|_, _| either_sign(generator, 0.6, 1.4))
}

/// (a₁, a₂) + (b₁, b₂) t^k of the time alone.
pub fn of_time(
    a: Point<2>,
    b: Point<2>,
    k: i32,
) -> impl Fn(f64, &Point<2>) -> Point<2> + Sync {
    move |t, _| a + b * t.powi(k)
}

/// (x₁ cos t, −x₂ sin 2t), whose particles are at (x₁ e^{sin t}, x₂ e^{−sin² t}) if they
/// were at (x₁, x₂) at t = 0.
pub fn seasons(t: f64, x: &Point<2>) -> Point<2> {
    Point::<2>::new(x[0] * t.cos(), -x[1] * (2.0 * t).sin())
}

/// Where a particle of [`seasons`] is at `t` that is at `x` at `s`.
pub fn carried_by_seasons(s: f64, t: f64, x: &Point<2>) -> Point<2> {
    let exponents = |t: f64| Point::<2>::new(t.sin(), -t.sin().powi(2));
    x.component_mul(&(exponents(t) - exponents(s)).map(f64::exp))
}

/// |log₂(e(h)/e(h/2)) − p|: how far an error is from shrinking as hᵖ.
pub fn slope(coarse: f64, fine: f64) -> f64 {
    (coarse / fine).log2()
}
