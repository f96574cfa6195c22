//! What a numerical method is: a pure step and a declared order.

use crate::{Normed, State, VectorField};
use std::fmt;

/// An explicit one-step method for dx/dt = u(t, x).
pub trait OdeMethod: Sync {
    /// Global order p: over a fixed time the error falls like hᵖ.
    const ORDER: u32;

    /// The state at t + h, given `x` at t. `h` may be negative.
    fn step<S: State>(
        &self,
        field: &(impl VectorField<S> + ?Sized),
        t: f64,
        h: f64,
        x: &S,
    ) -> S;
}

/// A method that also says how wrong its step is.
pub trait Embedded: OdeMethod {
    /// The state at t + h and an estimate of its error, from the same evaluations.
    ///
    /// The estimate is the difference of two steps of neighbouring orders, so it is of
    /// the size of the worse one.
    fn step_with_error<S: Normed>(
        &self,
        field: &(impl VectorField<S> + ?Sized),
        t: f64,
        h: f64,
        x: &S,
    ) -> (S, S);
}

/// A one-step method for those equations dX = f dt + G dW (Itô) that are of type `E`.
///
/// What a method asks of an equation stands in its `impl`: Euler–Maruyama asks for drift
/// and noise, Milstein's method for ∂g/∂x as well. So a method that does not fit an
/// equation does not compile.
pub trait SdeMethod<E: ?Sized, S, W>: Sync {
    /// E |error| on one path falls like h to this power, for general noise.
    const STRONG_ORDER: f64;
    /// The error of an expectation E φ(X_T) falls like h to this power.
    const WEAK_ORDER: f64;

    /// The state at t + h, given `x` at t and the increment `dw` over [t, t + h], of
    /// variance h per coordinate. `h > 0`.
    fn step(&self, sde: &E, t: f64, h: f64, x: &S, dw: &W) -> S;
}

/// Why a simulation stopped before its end.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure<S> {
    /// A step led to a state that is not finite.
    NotFinite {
        /// Time at the start of that step.
        t: f64,
        /// The last finite state.
        x: S,
    },
    /// Error control asked for a step too small to change t.
    StepTooSmall {
        /// Where it got stuck.
        t: f64,
        /// The step it asked for.
        h: f64,
        /// The state there.
        x: S,
    },
    /// More steps than allowed.
    TooManySteps {
        /// How many were allowed.
        steps: usize,
        /// The time reached.
        t: f64,
        /// The state there.
        x: S,
    },
}

impl<S: fmt::Debug> fmt::Display for Failure<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NotFinite { t, x } => write!(
                f,
                "the step from t = {t} at x = {x:?} leads to a state that is not finite: \
                 take smaller steps, or look at the field there"
            ),
            Failure::StepTooSmall { t, h, x } => write!(
                f,
                "at t = {t}, x = {x:?} error control asks for a step of {h:e}, too small \
                 to change t: the field is not smooth there, or the tolerance is out of reach"
            ),
            Failure::TooManySteps { steps, t, x } => write!(
                f,
                "{steps} steps reach only t = {t}, x = {x:?}: allow more steps, or loosen \
                 the tolerance"
            ),
        }
    }
}

impl<S: fmt::Debug> std::error::Error for Failure<S> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_where_it_happened_and_what_may_help() {
        let said = |failure: Failure<f64>| failure.to_string();
        let lost = said(Failure::NotFinite { t: 0.4, x: 1.5 });
        assert!(lost.contains("t = 0.4 at x = 1.5") && lost.contains("smaller steps"));
        let stuck = said(Failure::StepTooSmall { t: 0.4, h: 1e-17, x: 1.5 });
        assert!(stuck.contains("t = 0.4, x = 1.5") && stuck.contains("a step of 1e-17"));
        let spent = said(Failure::TooManySteps { steps: 70, t: 0.4, x: 1.5 });
        assert!(spent.contains("70 steps") && spent.contains("t = 0.4, x = 1.5"));
    }
}
