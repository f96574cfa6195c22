//! Drawing from a diffusion model.

use crate::EulerMaruyama;
use dynamics::{Generator, Increment, Sde, SdeMethod, VectorField};

// ANCHOR: sampler
/// dX = u_t(X) dt + g_t dW: a field, and noise of the same strength everywhere.
#[derive(Clone, Copy, Debug)]
pub struct Diffusion<U, G> {
    /// u.
    pub field: U,
    /// g, a function of time.
    pub diffusion: G,
}

impl<S, U, G> Sde<S> for Diffusion<U, G>
where
    S: Increment,
    U: VectorField<S>,
    G: Fn(f64) -> f64 + Sync,
{
    fn drift(&self, t: f64, x: &S) -> S {
        self.field.velocity(t, x)
    }

    fn noise(&self, t: f64, _x: &S, dw: &S) -> S {
        S::zero().plus((self.diffusion)(t), dw)
    }
}

/// One draw from a diffusion model: start where `init` says, take `n` steps of
/// Euler–Maruyama to time 1, each with noise of its own.
///
/// # Panics
/// If `n` is 0.
pub fn sample<S: Increment>(
    model: &(impl Sde<S> + ?Sized),
    n: usize,
    init: impl FnOnce(&mut Generator) -> S,
    generator: &mut Generator,
) -> S {
    assert!(n > 0, "a sampler needs at least one step");
    let h = 1.0 / n as f64;
    let mut x = init(generator);
    for i in 0..n {
        let t = i as f64 / n as f64;
        let dw = S::draw(h.sqrt(), generator);
        x = EulerMaruyama.step(model, t, h, &x, &dw);
    }
    x
}
// ANCHOR_END: sampler

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Stream;

    #[test]
    #[should_panic(expected = "at least one step")]
    fn no_steps_are_refused() {
        let model = Diffusion { field: |_: f64, x: &f64| -x, diffusion: |_| 1.0 };
        let _ = sample(&model, 0, |_| 1.0, &mut Stream::new(3, "sampler").generator());
    }
}
