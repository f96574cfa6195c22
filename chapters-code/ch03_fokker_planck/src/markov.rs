//! The Markov step on the line: through the places between, and by increments.

use crate::operators::Diffusion;
use crate::transition::{gbm_transition, normal, ou_transition};
use ch01_flows::fields::Number;
use ch02_brownian_motion::{GeometricBrownian, OrnsteinUhlenbeck};
use nalgebra::{SMatrix, SVector};

// ANCHOR: transition
/// A time, and the place of a particle at it.
pub type Event<T = f64> = (T, T);

/// A Markov process on the line whose transition density is known.
pub trait Transition: Sync {
    /// p(x at t | y at r), where `from` is (r, y), `to` is (t, x), and r < t.
    fn density<T: Number>(&self, from: Event<T>, to: Event<T>) -> T;
}

/// dX = −θ X dt + √(a + b t) dW: pulled to 0 in a liquid that is being warmed.
#[derive(Clone, Copy, Debug)]
pub struct Warming {
    /// θ > 0, per unit of time.
    pub rate: f64,
    /// a: what the noise adds to the variance per unit of time, at t = 0.
    pub heat: f64,
    /// b: by how much that grows per unit of time.
    pub warming: f64,
}

impl Warming {
    /// The factor e^{−θ(t−r)} of the mean and the variance that the noise adds,
    /// the integral of (a + b s) e^{−2θ(t−s)} from r to t.
    pub fn hop<T: Number>(&self, r: T, t: T) -> (T, T) {
        let (span, twice) = (t - r, 2.0 * self.rate);
        // The integrals of e^{−2θu} and of u e^{−2θu} from 0 to t − r.
        let first = -(-span * twice).exp_m1() / twice;
        let second = (first - span * (-span * twice).exp()) / twice;
        let now = t * self.warming + self.heat;
        ((-span * self.rate).exp(), now * first - second * self.warming)
    }
}

impl Transition for Warming {
    fn density<T: Number>(&self, (r, y): Event<T>, (t, x): Event<T>) -> T {
        let (factor, variance) = self.hop(r, t);
        normal(x, y * factor, variance)
    }
}
// ANCHOR_END: transition

impl Diffusion<1> for Warming {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        SVector::<T, 1>::new(-x[0] * self.rate)
    }

    fn covariance_rate<T: Number>(&self, t: T, _x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        SMatrix::<T, 1, 1>::new(t * self.warming + self.heat)
    }
}

impl Transition for OrnsteinUhlenbeck {
    fn density<T: Number>(&self, (r, y): Event<T>, (t, x): Event<T>) -> T {
        ou_transition(self, t - r, x, y)
    }
}

impl Transition for GeometricBrownian {
    fn density<T: Number>(&self, (r, y): Event<T>, (t, x): Event<T>) -> T {
        gbm_transition(self, t - r, x, y)
    }
}

// ANCHOR: through
/// A stretch of the line that holds all that matters, cut into equal cells.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Its left end.
    pub low: f64,
    /// Its right end.
    pub high: f64,
    /// How many cells.
    pub cells: usize,
}

impl Line {
    /// ∫ f(k) dk by the trapezoid rule, for an f that vanishes at both ends.
    pub fn integral<T: Number>(&self, f: impl Fn(f64) -> T) -> T {
        let width = (self.high - self.low) / self.cells as f64;
        let places = (1..self.cells).map(|i| self.low + width * i as f64);
        places.map(f).sum::<T>() * width
    }
}

/// ∫ p(x at t | k at m) p(k at m | y at r) dk, where m is between r and t.
pub fn through(
    process: &impl Transition,
    from: Event,
    m: f64,
    to: Event,
    line: Line,
) -> f64 {
    line.integral(|k| process.density((m, k), to) * process.density(from, (m, k)))
}

/// p_t(x) = ∫ p(x at t | k at m) p_m(k) dk, from the density at an earlier m.
pub fn arriving(
    process: &impl Transition,
    density: impl Fn(f64) -> f64,
    m: f64,
    to: Event,
    line: Line,
) -> f64 {
    line.integral(|k| process.density((m, k), to) * density(k))
}
// ANCHOR_END: through

// ANCHOR: compose
/// Two hops x ↦ a x + √v ε, one after the other, as one: (a₂ a₁, a₂² v₁ + v₂).
///
/// Hops are pairs (a, v), as [`OrnsteinUhlenbeck::transition`] gives them.
pub fn compose((a1, v1): (f64, f64), (a2, v2): (f64, f64)) -> (f64, f64) {
    (a2 * a1, a2 * a2 * v1 + v2)
}
// ANCHOR_END: compose

// ANCHOR: increments
/// φ_t(Δ, z, h): the density of the increment Δ in a time h > 0 for a particle
/// that stands at z at the time t.
pub fn increment_density(
    process: &impl Transition,
    (t, z): Event,
    delta: f64,
    h: f64,
) -> f64 {
    process.density((t, z), (t + h, z + delta))
}

/// ∫ φ_t(Δ, x − Δ, h) p(x − Δ) dΔ: the density at x after a step h from the
/// density p at the time t. `line` holds the increments.
pub fn step_by_increments(
    process: &impl Transition,
    density: impl Fn(f64) -> f64,
    (t, x): Event,
    h: f64,
    line: Line,
) -> f64 {
    line.integral(|delta| {
        let z = x - delta;
        increment_density(process, (t, z), delta, h) * density(z)
    })
}
// ANCHOR_END: increments

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_warming_the_noise_is_that_of_ornstein_and_uhlenbeck() {
        let (warm, cold) = (
            Warming { rate: 0.7, heat: 0.64, warming: 0.0 },
            OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.8 },
        );
        let (a, v) = warm.hop(0.3, 1.6);
        let (factor, variance) = cold.transition(1.3);
        assert!((a - factor).abs() < 1e-15 && (v - variance).abs() < 1e-15);
        let (from, to): (Event, Event) = ((0.3, 0.5), (1.6, -0.2));
        let apart = warm.density(from, to) - cold.density(from, to);
        assert!(apart.abs() < 1e-15);
    }

    #[test]
    fn the_variance_of_a_hop_is_an_integral_of_the_noise() {
        let warm = Warming { rate: 0.7, heat: 0.4, warming: 1.7 };
        let (r, t) = (0.3, 1.6);
        let noise = |s: f64| (0.4 + 1.7 * s) * (-1.4 * (t - s)).exp();
        let expected =
            ch01_flows::quadrature::GaussLegendre::new(12).integral(noise, r, t);
        assert!((warm.hop(r, t).1 / expected - 1.0).abs() < 1e-14);
    }

    #[test]
    fn three_places_by_hand() {
        let line = Line { low: 0.5, high: 2.1, cells: 4 };
        // At 0.9, 1.3 and 1.7, where the parabola is 0.48, 0.64 and 0.48.
        let found = line.integral(|x| (x - 0.5) * (2.1 - x));
        assert!((found - 0.4 * 1.6).abs() < 1e-15, "{found}");
    }

    #[test]
    fn the_integral_of_a_bump_is_exact() {
        let line = Line { low: -7.0, high: 7.5, cells: 60 };
        let mass = line.integral(|x| (-x * x).exp());
        assert!((mass - std::f64::consts::PI.sqrt()).abs() < 1e-14);
    }
}
