//! Langevin dynamics: sampling from a density of which only the score is known.

use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Failure, Point, Sde, Stream, TimeGrid};
use std::f64::consts::SQRT_2;

// ANCHOR: langevin
/// dX = ½ g² s(X) dt + g dW. With s = ∇log p the law that stays is p.
#[derive(Clone, Copy, Debug)]
pub struct Langevin<F> {
    /// s, a function of the place: units of 1/x.
    pub score: F,
    /// g > 0: units of x per square root of time.
    pub diffusion: f64,
}

impl<F, const D: usize> Sde<Point<D>> for Langevin<F>
where
    F: Fn(&Point<D>) -> Point<D> + Sync,
{
    /// ½ g² s(x).
    #[inline]
    fn drift(&self, _t: f64, x: &Point<D>) -> Point<D> {
        (self.score)(x) * (0.5 * self.diffusion * self.diffusion)
    }

    /// g ΔW.
    #[inline]
    fn noise(&self, _t: f64, _x: &Point<D>, dw: &Point<D>) -> Point<D> {
        dw * self.diffusion
    }
}
// ANCHOR_END: langevin

// ANCHOR: ula
/// One step of the unadjusted Langevin algorithm: x + η s(x) + √(2η) z, where
/// z is drawn from N(0, I) and η > 0 has units of x².
pub fn ula_step<const D: usize>(
    score: impl Fn(&Point<D>) -> Point<D>,
    eta: f64,
    x: &Point<D>,
    z: &Point<D>,
) -> Point<D> {
    x + score(x) * eta + z * (2.0 * eta).sqrt()
}

/// `n` such steps for every particle, in place: Euler–Maruyama with g = √2 and
/// the step η.
///
/// # Errors
/// If a particle stops being finite: η is too long for the narrowest part of p.
///
/// # Panics
/// If η is not positive.
pub fn ula<const D: usize>(
    score: impl Fn(&Point<D>) -> Point<D> + Sync,
    eta: f64,
    n: usize,
    stream: Stream,
    particles: &mut [Point<D>],
) -> Result<(), Failure<Point<D>>> {
    assert!(eta > 0.0, "the step of a Langevin chain is positive, not {eta}");
    let sde = Langevin { score, diffusion: SQRT_2 };
    let grid = TimeGrid::new(0.0, eta * n as f64, n);
    simulate(&EulerMaruyama, &sde, grid, stream, particles)
}
// ANCHOR_END: ula

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "positive, not -0.1")]
    fn a_step_backwards_is_refused() {
        let stream = Stream::new(1, "backwards");
        let _ = ula(|x: &Point<2>| -x, -0.1, 3, stream, &mut [Point::<2>::zeros()]);
    }

    #[test]
    fn a_chain_that_flies_off_says_so() {
        let mut particles = [Point::<2>::new(1.0, 2.0)];
        let stream = Stream::new(1, "too long");
        let failed = ula(|x: &Point<2>| -x, 3.0, 2000, stream, &mut particles);
        let said = failed.expect_err("twice the bound").to_string();
        assert!(said.contains("smaller steps"), "{said}");
    }
}
