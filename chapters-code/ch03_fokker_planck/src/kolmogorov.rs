//! Kolmogorov's two equations, and what is to be expected from a place.

use crate::finite_volume::Rates;
use crate::markov::{Event, Line, Transition};
use crate::operators::{Diffusion, Smooth, generator};
use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use dynamics::Point;
use nalgebra::{DVector, SVector};
use num_dual::Dual64;

// ANCHOR: two-views
/// p(x at t | y at r) as a function of the later event (t, x): where it starts
/// is fixed.
#[derive(Clone, Copy, Debug)]
pub struct Forward<P> {
    /// The process.
    pub process: P,
    /// (r, y).
    pub from: Event,
}

impl<P: Transition> Smooth<1> for Forward<P> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        let (r, y) = self.from;
        self.process.density((T::from(r), T::from(y)), (t, x[0]))
    }
}

/// p(x at t | y at r) as a function of the earlier event (r, y): where it ends
/// is fixed.
#[derive(Clone, Copy, Debug)]
pub struct Backward<P> {
    /// The process.
    pub process: P,
    /// (t, x).
    pub to: Event,
}

impl<P: Transition> Smooth<1> for Backward<P> {
    fn at<T: Number>(&self, r: T, y: &SVector<T, 1>) -> T {
        let (t, x) = self.to;
        self.process.density((r, y[0]), (T::from(t), T::from(x)))
    }
}
// ANCHOR_END: two-views

// ANCHOR: backward-kolmogorov
/// ∂ᵣv + 𝒜v at (r, y), beside the largest of its parts. It is 0 if v(r, y) is
/// the mean of something that is settled later, for a particle at y at the
/// time r.
pub fn backward_kolmogorov<const D: usize>(
    diffusion: &impl Diffusion<D>,
    v: &impl Smooth<D>,
    r: f64,
    y: &Point<D>,
) -> Balance {
    let (here, f) = (y.map(Dual64::from), diffusion.drift(r, y));
    let rate = v.at(Dual64::new(r, 1.0), &here).eps;
    let drifting = (0..D).map(|i| {
        let mut ahead = here;
        ahead[i].eps = 1.0;
        f[i] * v.at(Dual64::from(r), &ahead).eps
    });
    let drifting: f64 = drifting.sum();
    let residual = generator(diffusion, v, r, y);
    let parts = Balance::of([rate, drifting, residual - rate - drifting]);
    Balance { residual, ..parts }
}
// ANCHOR_END: backward-kolmogorov

// ANCHOR: expected
/// v(r, y) = 𝔼[φ(X_t) | X_r = y] = ∫ φ(x) p(x at t | y at r) dx.
#[derive(Clone, Copy, Debug)]
pub struct Expected<P, F> {
    /// The process.
    pub process: P,
    /// φ.
    pub phi: F,
    /// t.
    pub time: f64,
    /// Where x may be.
    pub line: Line,
}

impl<P: Transition, F: Fn(f64) -> f64 + Sync> Smooth<1> for Expected<P, F> {
    fn at<T: Number>(&self, r: T, y: &SVector<T, 1>) -> T {
        let density =
            |x: f64| self.process.density((r, y[0]), (T::from(self.time), T::from(x)));
        self.line.integral(|x| density(x) * (self.phi)(x))
    }
}
// ANCHOR_END: expected

// ANCHOR: looking-back
/// v = 𝔼[φ(X_t) | X_r in cell i] for r = t, t − h, …, t − nh, from φ on the
/// cells: dv/dr = −Kᵀv, where the density obeys dp/dt = K p.
pub fn looking_back(rates: &Rates, phi: Vec<f64>, h: f64, n: usize) -> Vec<Vec<f64>> {
    let back = (rates.matrix().transpose() * h).exp();
    let mut v = vec![DVector::from_vec(phi)];
    for i in 0..n {
        v.push(&back * &v[i]);
    }
    v.into_iter().map(|v| v.as_slice().to_vec()).collect()
}
// ANCHOR_END: looking-back

#[cfg(test)]
mod tests {
    use super::*;
    use ch02_brownian_motion::OrnsteinUhlenbeck;

    /// r y².
    struct Growing;

    impl Smooth<1> for Growing {
        fn at<T: Number>(&self, r: T, y: &SVector<T, 1>) -> T {
            r * y[0] * y[0]
        }
    }

    #[test]
    fn a_balance_is_held_against_its_largest_part() {
        let ou = OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.8 };
        let (r, y) = (1.3, 0.9);
        let balance = backward_kolmogorov(&ou, &Growing, r, &Point::<1>::new(y));
        let (rate, drifting, noise) = (y * y, -0.7 * y * 2.0 * r * y, 0.64 * r);
        assert!((balance.residual - (rate + drifting + noise)).abs() < 1e-15);
        // The drift's part is the largest of the three here.
        assert!((balance.scale + drifting).abs() < 1e-15);
    }
}
