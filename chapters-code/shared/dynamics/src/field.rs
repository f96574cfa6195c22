//! Right-hand sides: vector fields for ODEs, drift and noise for SDEs.

/// The right-hand side of dx/dt = u(t, x).
///
/// Every closure `Fn(f64, &S) -> S` is a vector field.
pub trait VectorField<S>: Sync {
    /// u(t, x), a velocity: units of x per unit of time.
    fn velocity(&self, t: f64, x: &S) -> S;
}

impl<S, F: Fn(f64, &S) -> S + Sync> VectorField<S> for F {
    #[inline]
    fn velocity(&self, t: f64, x: &S) -> S {
        self(t, x)
    }
}

// ANCHOR: sde
/// dX = f(t, X) dt + G(t, X) dW, read in Itô's sense.
///
/// `noise` applies G to an increment, so that scalar, diagonal, matrix and rectangular
/// G all fit: `W` is the type of the increment, by default that of the state.
pub trait Sde<S, W = S>: Sync {
    /// f(t, x).
    fn drift(&self, t: f64, x: &S) -> S;

    /// G(t, x) ΔW.
    fn noise(&self, t: f64, x: &S, dw: &W) -> S;
}
// ANCHOR_END: sde

/// An SDE with one number g(t, x) in front of the noise: dX = f dt + g dW.
pub trait ScalarNoise<S>: Sde<S> {
    /// g(t, x).
    fn diffusion(&self, t: f64, x: &S) -> f64;

    /// ∂g/∂x, the gradient of g at (t, x). Zero where g depends on time alone.
    fn diffusion_gradient(&self, t: f64, x: &S) -> S;
}
