//! Diffusions on the line whose laws are known, to try the derivation on.

use ch01_flows::fields::Number;
use ch02_brownian_motion::{GeometricBrownian, OrnsteinUhlenbeck};
use ch03_fokker_planck::transition::{gbm_transition, normal, ou_transition};
use ch03_fokker_planck::{Diffusion, Smooth};
use nalgebra::{Matrix2, SMatrix, SVector};
use std::f64::consts::TAU;

// ANCHOR: known
/// A diffusion on the line that starts with a law of its own.
pub trait Known: Diffusion<1> {
    /// p_r(y), the density of the state at the time r ≥ 0.
    fn marginal<T: Number>(&self, r: T, y: T) -> T;

    /// p(x at t | y at r), the density of the step, for r before t.
    fn step<T: Number>(&self, r: T, y: T, later: Seen) -> T;
}

/// The place x at which the particle is seen at the time t.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The time of the sighting.
    pub t: f64,
    /// Where it is then.
    pub x: f64,
}

/// The density q of the place at an earlier time, given a later sighting: by Bayes'
/// rule p_r(y) p(x at t | y at r) / p_t(x).
#[derive(Clone, Copy, Debug)]
pub struct Given<K> {
    /// The process.
    pub process: K,
    /// The sighting.
    pub later: Seen,
}

impl<K: Known> Smooth<1> for Given<K> {
    fn at<T: Number>(&self, r: T, y: &SVector<T, 1>) -> T {
        let seen = self.process.marginal(self.later.t, self.later.x);
        let joint =
            self.process.marginal(r, y[0]) * self.process.step(r, y[0], self.later);
        joint / seen
    }
}
// ANCHOR_END: known

/// The density of the state of a process.
#[derive(Clone, Copy, Debug)]
pub struct Marginal<K>(pub K);

impl<K: Known> Smooth<1> for Marginal<K> {
    fn at<T: Number>(&self, r: T, y: &SVector<T, 1>) -> T {
        self.0.marginal(r, y[0])
    }
}

/// An Ornstein–Uhlenbeck process from N(m, v).
#[derive(Clone, Copy, Debug)]
pub struct Pulled {
    /// −θ x and g.
    pub process: OrnsteinUhlenbeck,
    /// m.
    pub mean: f64,
    /// v > 0.
    pub variance: f64,
}

impl Diffusion<1> for Pulled {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        Diffusion::drift(&self.process, t, x)
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        self.process.covariance_rate(t, x)
    }
}

impl Known for Pulled {
    fn marginal<T: Number>(&self, r: T, y: T) -> T {
        let OrnsteinUhlenbeck { rate, diffusion } = self.process;
        let factor = (-r * rate).exp();
        let rest = diffusion.powi(2) / (2.0 * rate);
        let variance = factor * factor * (self.variance - rest) + rest;
        normal(y, factor * self.mean, variance)
    }

    fn step<T: Number>(&self, r: T, y: T, later: Seen) -> T {
        ou_transition(&self.process, -r + later.t, T::from(later.x), y)
    }
}

/// Geometric Brownian motion whose logarithm starts from N(m, v).
#[derive(Clone, Copy, Debug)]
pub struct Grown {
    /// μ x and ς x.
    pub process: GeometricBrownian,
    /// m.
    pub mean: f64,
    /// v > 0.
    pub variance: f64,
}

impl Diffusion<1> for Grown {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        Diffusion::drift(&self.process, t, x)
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        self.process.covariance_rate(t, x)
    }
}

impl Known for Grown {
    fn marginal<T: Number>(&self, r: T, y: T) -> T {
        let GeometricBrownian { growth, volatility } = self.process;
        let noise = volatility.powi(2);
        let mean = r * (growth - 0.5 * noise) + self.mean;
        normal(y.ln(), mean, r * noise + self.variance) / y
    }

    fn step<T: Number>(&self, r: T, y: T, later: Seen) -> T {
        gbm_transition(&self.process, -r + later.t, T::from(later.x), y)
    }
}

/// Two prices dXᵢ = μᵢ Xᵢ dt + Xᵢ dBᵢ, where B gains the covariance C per unit of time,
/// from logarithms with the law N(m, S).
#[derive(Clone, Copy, Debug)]
pub struct Prices {
    /// μ.
    pub growth: [f64; 2],
    /// C, positive definite.
    pub noise: Matrix2<f64>,
    /// m.
    pub mean: [f64; 2],
    /// S, positive definite.
    pub spread: Matrix2<f64>,
}

impl Diffusion<2> for Prices {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::<T, 2>::from_fn(|i, _| x[i] * self.growth[i])
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        SMatrix::<T, 2, 2>::from_fn(|i, j| x[i] * x[j] * self.noise[(i, j)])
    }
}

/// The density of both prices: normal in the logarithms, over x₁ x₂.
impl Smooth<2> for Prices {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        let s = |i, j| t * self.noise[(i, j)] + self.spread[(i, j)];
        let d = |i: usize| {
            let drift = self.growth[i] - 0.5 * self.noise[(i, i)];
            x[i].ln() - t * drift - self.mean[i]
        };
        let det = s(0, 0) * s(1, 1) - s(0, 1) * s(0, 1);
        let square =
            d(0) * d(0) * s(1, 1) - d(0) * d(1) * s(0, 1) * 2.0 + d(1) * d(1) * s(0, 0);
        (-square / det * 0.5).exp() / (det.sqrt() * TAU * x[0] * x[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::Known;
    use ch03_fokker_planck::fokker_planck;
    use dynamics::Point;

    pub const PULLED: Pulled = Pulled {
        process: OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.7 },
        mean: 0.5,
        variance: 0.4,
    };
    pub const GROWN: Grown = Grown {
        process: GeometricBrownian { growth: 0.3, volatility: 0.6 },
        mean: 0.2,
        variance: 0.3,
    };

    /// ∫ p_r(y) p(x at t | y at r) dy by the midpoint rule, over p_t(x).
    fn composed(known: &impl Known, (low, high): (f64, f64)) -> f64 {
        let (n, later) = (4000, Seen { t: 1.1, x: 1.3 });
        let h = (high - low) / n as f64;
        let at = |i: usize| low + (i as f64 + 0.5) * h;
        let joint = |y| known.marginal(0.4, y) * known.step(0.4, y, later);
        (0..n).map(|i| joint(at(i)) * h).sum::<f64>() / known.marginal(later.t, later.x)
    }

    #[test]
    fn a_law_and_a_step_make_the_later_law() {
        // The midpoint rule converges faster than any power for such densities.
        assert!((composed(&PULLED, (-8.0, 8.0)) - 1.0).abs() < 1e-12);
        assert!((composed(&GROWN, (1e-9, 30.0)) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_laws_obey_their_equations() {
        let place = Point::<1>::new(0.9);
        let (pulled, grown) = (Marginal(PULLED), Marginal(GROWN));
        assert!(fokker_planck(&PULLED, &pulled, 0.4, &place).relative() < 1e-14);
        assert!(fokker_planck(&GROWN, &grown, 0.4, &place).relative() < 1e-14);
        let prices = Prices {
            growth: [0.3, -0.2],
            noise: Matrix2::new(0.36, 0.12, 0.12, 0.25),
            mean: [0.2, -0.1],
            spread: Matrix2::new(0.3, -0.1, -0.1, 0.2),
        };
        let place = Point::<2>::new(0.9, 1.4);
        assert!(fokker_planck(&prices, &prices, 0.4, &place).relative() < 1e-14);
        // At the start the logarithms are densest at m, as dense as 1/(2π √det S).
        let median = Point::<2>::new(0.2_f64.exp(), (-0.1_f64).exp());
        let dense = prices.at(0.0, &median) * median[0] * median[1];
        assert!((dense * TAU * 0.05_f64.sqrt() - 1.0).abs() < 1e-14);
    }
}
