//! A method of weak order 2.

use dynamics::{Sde, SdeMethod, State};

// ANCHOR: platen
/// Platen's explicit method of weak order 2, for one Brownian motion.
///
/// Itô; the drift and G do not depend on t. `h > 0`; `dw` is the increment
/// over the same interval, of variance `h`. As G is linear in the increment, G
/// itself is the noise of an increment of 1.
///
/// Kloeden & Platen (1992), (15.1.1).
#[derive(Clone, Copy, Debug)]
pub struct Platen;

impl<S: State, E: Sde<S, f64> + ?Sized> SdeMethod<E, S, f64> for Platen {
    const STRONG_ORDER: f64 = 1.0;
    const WEAK_ORDER: f64 = 2.0;

    fn step(&self, sde: &E, t: f64, h: f64, x: &S, dw: &f64) -> S {
        let (f, g) = (sde.drift(t, x), sde.noise(t, x, &1.0));
        let root = h.sqrt();
        // Where Euler–Maruyama would go, and one root of h to either side of
        // where the drift goes.
        let ahead = x.plus(h, &f).plus(*dw, &g);
        let above = sde.noise(t, &x.plus(h, &f).plus(root, &g), &1.0);
        let below = sde.noise(t, &x.plus(h, &f).plus(-root, &g), &1.0);
        let spread = (dw * dw - h) / (4.0 * root);
        x.plus(0.5 * h, &f)
            .plus(0.5 * h, &sde.drift(t, &ahead))
            .plus(0.5 * dw, &g)
            .plus(0.25 * dw, &above)
            .plus(0.25 * dw, &below)
            .plus(spread, &above)
            .plus(-spread, &below)
    }
}
// ANCHOR_END: platen
