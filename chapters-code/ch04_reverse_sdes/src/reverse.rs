//! The drift that runs a diffusion backwards, and the diffusion that has it.

use ch01_flows::fields::Number;
use ch03_fokker_planck::{Diffusion, Smooth};
use dynamics::{Point, Sde};
use nalgebra::{SMatrix, SVector};
use num_dual::{Dual, HyperDual64};

// ANCHOR: reverse-drift
/// The reverse drift f̄ = f − (1/p) ∇·(a p) at (t, x), where p is the density of the
/// diffusion: f̄ᵢ = fᵢ − (1/p) Σⱼ ∂ⱼ(aᵢⱼ p).
///
/// Not a number where p is so small that it is rounded to 0.
pub fn reverse_drift<T: Number, const D: usize>(
    diffusion: &impl Diffusion<D>,
    law: &impl Smooth<D>,
    t: T,
    x: &SVector<T, D>,
) -> SVector<T, D> {
    let (now, p) = (Dual::from_re(t), law.at(t, x));
    let mut drift = diffusion.drift(t, x);
    for j in 0..D {
        let mut place = x.map(Dual::from_re);
        place[j].eps = T::from(1.0);
        let flow = diffusion.covariance_rate(now, &place) * law.at(now, &place);
        for i in 0..D {
            drift[i] -= flow[(i, j)].eps / p;
        }
    }
    drift
}

/// A diffusion run backwards from the time `end`: dY = −f̄(Y, end − τ) dτ + G dB, in its
/// own time τ = end − t, which grows.
#[derive(Clone, Copy, Debug)]
pub struct Reversed<P, L> {
    /// The diffusion that runs forwards.
    pub process: P,
    /// Its density.
    pub law: L,
    /// The time at which the way back begins.
    pub end: f64,
}

impl<P, L, const D: usize> Diffusion<D> for Reversed<P, L>
where
    P: Diffusion<D>,
    L: Smooth<D>,
{
    fn drift<T: Number>(&self, tau: T, y: &SVector<T, D>) -> SVector<T, D> {
        -reverse_drift(&self.process, &self.law, -tau + self.end, y)
    }

    fn covariance_rate<T: Number>(&self, tau: T, y: &SVector<T, D>) -> SMatrix<T, D, D> {
        self.process.covariance_rate(-tau + self.end, y)
    }
}

/// A function of (t, x), told by τ = end − t.
#[derive(Clone, Copy, Debug)]
pub struct Turned<L> {
    /// The function.
    pub law: L,
    /// The time at which the way back begins.
    pub end: f64,
}

impl<L: Smooth<D>, const D: usize> Smooth<D> for Turned<L> {
    fn at<T: Number>(&self, tau: T, x: &SVector<T, D>) -> T {
        self.law.at(-tau + self.end, x)
    }
}
// ANCHOR_END: reverse-drift

/// On the line, to be simulated. One noise drives the particle: √a dB.
impl<P: Diffusion<1>, L: Smooth<1>> Sde<f64> for Reversed<P, L> {
    fn drift(&self, tau: f64, y: &f64) -> f64 {
        Diffusion::drift(self, tau, &Point::<1>::new(*y))[0]
    }

    fn noise(&self, tau: f64, y: &f64, dw: &f64) -> f64 {
        self.covariance_rate(tau, &Point::<1>::new(*y))[0].sqrt() * dw
    }
}

// ANCHOR: backward-rate
/// How fast a mean of φ grows with t when particles come from the future, at a place
/// with the reverse drift f̄ and the noise g²: f̄ φ′ − ½ g² φ″.
///
/// `phi` carries φ′ in its first parts and φ″ in the mixed one. The sign of the second
/// term is that of dt: steps back in time are negative, dW̄² is not.
pub fn backward_rate(drift: f64, noise: f64, phi: HyperDual64) -> f64 {
    drift * phi.eps1 - 0.5 * noise * phi.eps1eps2
}
// ANCHOR_END: backward-rate
