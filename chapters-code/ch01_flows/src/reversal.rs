//! The film run backwards.

use dynamics::{State, VectorField};

// ANCHOR: reversed
/// The field of the film run backwards from time T: Y_τ = X_{T−τ} follows
/// −u_{T−τ}(Y_τ).
#[derive(Clone, Copy, Debug)]
pub struct Reversed<F> {
    /// u, the field of the film run forwards.
    pub field: F,
    /// T, where the film ends and its reverse begins.
    pub end: f64,
}

impl<S: State, F: VectorField<S>> VectorField<S> for Reversed<F> {
    fn velocity(&self, tau: f64, y: &S) -> S {
        let u = self.field.velocity(self.end - tau, y);
        // −u, written with what every state can do.
        u.plus(-2.0, &u)
    }
}
// ANCHOR_END: reversed

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_runs_down_from_the_end() {
        // Neither even nor odd in t: a clock that reads τ − T gives another number.
        let film = Reversed { field: |t: f64, x: &f64| t.exp() * x, end: 1.7 };
        assert_eq!(film.velocity(0.4, &0.6), -((1.7_f64 - 0.4).exp() * 0.6));
    }
}
