//! Drawing from a flow model.

use dynamics::{Generator, State, VectorField};

// ANCHOR: sampler
/// One draw from a flow model: start where `init` says, take `n` steps of
/// Euler's method to time 1. The field is evaluated exactly n times, at the
/// times i/n.
///
/// # Panics
/// If `n` is 0.
pub fn sample<S: State>(
    field: &(impl VectorField<S> + ?Sized),
    n: usize,
    init: impl FnOnce(&mut Generator) -> S,
    generator: &mut Generator,
) -> S {
    assert!(n > 0, "a sampler needs at least one step");
    let h = 1.0 / n as f64;
    let mut x = init(generator);
    for i in 0..n {
        let t = i as f64 / n as f64; // computed, never added up
        x.add_scaled(h, &field.velocity(t, &x));
    }
    x
}
// ANCHOR_END: sampler

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Growth;
    use crate::{Euler, integrate};
    use dynamics::{Stream, TimeGrid};
    use rand::RngExt;

    #[test]
    fn a_draw_is_eulers_method_from_a_drawn_start() {
        let stream = Stream::new(3, "sampler");
        let drawn =
            sample(&Growth, 37, |g| g.random_range(1.0..2.0), &mut stream.generator());
        let x0 = stream.generator().random_range(1.0..2.0);
        assert_eq!(drawn, integrate(&Euler, &Growth, TimeGrid::new(0.0, 1.0, 37), x0));
    }

    #[test]
    #[should_panic(expected = "at least one step")]
    fn no_steps_are_refused() {
        let _ = sample(&Growth, 0, |_| 1.0, &mut Stream::new(3, "sampler").generator());
    }
}
