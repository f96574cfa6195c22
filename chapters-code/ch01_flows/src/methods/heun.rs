//! Heun's method.

use dynamics::{OdeMethod, State, VectorField};

/// Heun's method: Euler's step as a trial, then the mean of the velocities at both ends.
///
/// Order 2, two evaluations of the field per step.
#[derive(Clone, Copy, Debug)]
pub struct Heun;

// ANCHOR: step
impl OdeMethod for Heun {
    const ORDER: u32 = 2;

    /// x + h/2 (k₁ + k₂).
    #[inline]
    fn step<S: State>(
        &self,
        field: &(impl VectorField<S> + ?Sized),
        t: f64,
        h: f64,
        x: &S,
    ) -> S {
        let k1 = field.velocity(t, x);
        let k2 = field.velocity(t + h, &x.plus(h, &k1));
        x.plus(h / 2.0, &k1).plus(h / 2.0, &k2)
    }
}
// ANCHOR_END: step
