//! The classical Runge–Kutta method.

use dynamics::{OdeMethod, State, VectorField};

/// The classical Runge–Kutta method: one velocity at the start, two in the middle, one
/// at the end, weighted as in Simpson's rule.
///
/// Order 4, four evaluations of the field per step.
#[derive(Clone, Copy, Debug)]
pub struct Rk4;

// ANCHOR: step
impl OdeMethod for Rk4 {
    const ORDER: u32 = 4;

    /// x + h/6 (k₁ + 2k₂ + 2k₃ + k₄).
    #[inline]
    fn step<S: State>(
        &self,
        field: &(impl VectorField<S> + ?Sized),
        t: f64,
        h: f64,
        x: &S,
    ) -> S {
        let k1 = field.velocity(t, x);
        let k2 = field.velocity(t + h / 2.0, &x.plus(h / 2.0, &k1));
        let k3 = field.velocity(t + h / 2.0, &x.plus(h / 2.0, &k2));
        let k4 = field.velocity(t + h, &x.plus(h, &k3));
        let half = x.plus(h / 6.0, &k1).plus(h / 3.0, &k2);
        half.plus(h / 3.0, &k3).plus(h / 6.0, &k4)
    }
}
// ANCHOR_END: step
