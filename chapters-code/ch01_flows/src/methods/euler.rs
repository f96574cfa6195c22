//! Euler's method.

use dynamics::{OdeMethod, State, VectorField};

/// Euler's method: go straight ahead with the velocity at the start of the step.
///
/// Order 1, one evaluation of the field per step.
#[derive(Clone, Copy, Debug)]
pub struct Euler;

// ANCHOR: step
impl OdeMethod for Euler {
    const ORDER: u32 = 1;

    /// x + h u(t, x).
    #[inline]
    fn step<S: State>(
        &self,
        field: &(impl VectorField<S> + ?Sized),
        t: f64,
        h: f64,
        x: &S,
    ) -> S {
        x.plus(h, &field.velocity(t, x))
    }
}
// ANCHOR_END: step
