//! What one straight step leaves out.

use num_dual::Dual64;

// ANCHOR: remainder
/// R = (X_{t+h} − X_t)/h − u_t(X_t): what Euler's step leaves out, per unit
/// of time.
pub fn remainder(before: f64, after: f64, velocity: f64, h: f64) -> f64 {
    (after - before) / h - velocity
}

/// ½ (∂_t u + (∂_x u) u) at (t, x): R/h for small steps. Both derivatives are
/// exact.
pub fn leading_remainder(u: impl Fn(Dual64, Dual64) -> Dual64, t: f64, x: f64) -> f64 {
    let in_time = u(Dual64::new(t, 1.0), Dual64::from(x));
    let in_place = u(Dual64::from(t), Dual64::new(x, 1.0));
    0.5 * (in_time.eps + in_place.eps * in_place.re)
}
// ANCHOR_END: remainder
