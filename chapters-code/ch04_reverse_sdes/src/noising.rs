//! The forward diffusion of a schedule, and what runs it backwards.

use crate::noised::Noised;
use crate::schedules::NoiseSchedule;
use ch01_flows::fields::Number;
use ch03_fokker_planck::Diffusion;
use dynamics::{Increment, Sde, VectorField};
use nalgebra::{SMatrix, SVector};

// ANCHOR: noising
/// dX = a(t) X dt + g(t) dW: the data drown.
#[derive(Clone, Copy, Debug)]
pub struct Noising<S> {
    /// a and g.
    pub schedule: S,
}

impl<S: NoiseSchedule, X: Increment> Sde<X> for Noising<S> {
    fn drift(&self, t: f64, x: &X) -> X {
        X::zero().plus(self.schedule.rate(t), x)
    }

    fn noise(&self, t: f64, _x: &X, dw: &X) -> X {
        X::zero().plus(self.schedule.noise_rate(t).sqrt(), dw)
    }
}
// ANCHOR_END: noising

impl<S: NoiseSchedule, const D: usize> Diffusion<D> for Noising<S> {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        x * self.schedule.rate(t)
    }

    fn covariance_rate<T: Number>(&self, t: T, _x: &SVector<T, D>) -> SMatrix<T, D, D> {
        SMatrix::from_diagonal_element(self.schedule.noise_rate(t))
    }
}

// ANCHOR: reverse
/// The diffusions that run a schedule's noise backwards, in their own time τ = T − t:
///
/// dY = [−f + ½ (1 + λ²) g² s](Y, T − τ) dτ + λ g(T − τ) dB,
///
/// with the score s = ∇ log p_t. λ = 1 is the reverse SDE, λ = 0 the probability flow.
#[derive(Clone, Copy, Debug)]
pub struct Backward<S, F> {
    /// The schedule of the forward diffusion.
    pub schedule: S,
    /// s(t, x), asked by the forward clock.
    pub score: F,
    /// λ ≥ 0.
    pub lambda: f64,
}

impl<S: NoiseSchedule, F> Backward<S, F> {
    /// t = T − τ.
    pub fn forward_time<T: Number>(&self, tau: T) -> T {
        -tau + self.schedule.interval().end
    }

    /// The factors −a of the place and ½ (1 + λ²) g² of the score in the drift.
    pub fn factors<T: Number>(&self, tau: T) -> (T, T) {
        let t = self.forward_time(tau);
        let half = 0.5 * (1.0 + self.lambda.powi(2));
        (-self.schedule.rate(t), self.schedule.noise_rate(t) * half)
    }

    /// λ² g².
    pub fn noise_rate<T: Number>(&self, tau: T) -> T {
        self.schedule.noise_rate(self.forward_time(tau)) * self.lambda.powi(2)
    }
}

impl<S, F, X> Sde<X> for Backward<S, F>
where
    S: NoiseSchedule,
    F: VectorField<X>,
    X: Increment,
{
    fn drift(&self, tau: f64, y: &X) -> X {
        let (of_place, of_score) = self.factors(tau);
        let score = self.score.velocity(self.forward_time(tau), y);
        X::zero().plus(of_place, y).plus(of_score, &score)
    }

    fn noise(&self, tau: f64, _y: &X, dw: &X) -> X {
        X::zero().plus(self.noise_rate(tau).sqrt(), dw)
    }
}
// ANCHOR_END: reverse

/// With the exact score: a diffusion that can be differentiated.
impl<S: NoiseSchedule, const D: usize> Diffusion<D> for Backward<S, Noised<S, D>> {
    fn drift<T: Number>(&self, tau: T, y: &SVector<T, D>) -> SVector<T, D> {
        let (of_place, of_score) = self.factors(tau);
        let score = self.score.score(self.forward_time(tau), y);
        y * of_place + score * of_score
    }

    fn covariance_rate<T: Number>(&self, tau: T, _y: &SVector<T, D>) -> SMatrix<T, D, D> {
        SMatrix::from_diagonal_element(self.noise_rate(tau))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::SCHEDULE;

    #[test]
    fn forwards_it_is_one_equation_to_simulate_and_to_differentiate() {
        let (noising, x) = (Noising { schedule: SCHEDULE }, SVector::from([0.3, -0.4]));
        let (beta, dw) = (0.1 + 19.9 * 0.3_f64, SVector::from([0.2, 0.1]));
        let (drift, noise) = (-0.5 * beta * x, beta.sqrt() * dw);
        assert!((Sde::drift(&noising, 0.3, &x) - drift).norm() < 1e-14);
        assert!((noising.noise(0.3, &x, &dw) - noise).norm() < 1e-14);
        assert!((Diffusion::drift(&noising, 0.3, &x) - drift).norm() < 1e-14);
        let rate = SMatrix::<f64, 2, 2>::identity() * beta;
        assert!((noising.covariance_rate(0.3, &x) - rate).norm() < 1e-14);
    }
}
