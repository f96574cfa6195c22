//! What averages over an ensemble do in time.
//!
//! An ensemble is a list of places with weights that sum to 1: n particles of weight 1/n
//! each, or the nodes of a quadrature.

use crate::operators::{Diffusion, Smooth, generator};
use dynamics::Point;
use nalgebra::SMatrix;

// ANCHOR: martingale
/// φ(X_t, t) − φ(X₀, 0) − ∫ (∂ₜ + 𝒜) φ(X_r, r) dr along one path: what is left
/// of a change when the generator's part is taken off. Its mean is 0.
///
/// The integral is the sum over the steps, each with the value at its
/// beginning: the mean is 0 but for terms of the size of a step.
///
/// # Panics
/// If there is no state, or there are not as many states as times.
pub fn martingale<const D: usize>(
    diffusion: &impl Diffusion<D>,
    phi: &impl Smooth<D>,
    times: &[f64],
    path: &[Point<D>],
) -> f64 {
    let (n, m) = (times.len(), path.len());
    assert!(n == m && n > 0, "{m} states at {n} times: each has its own");
    let value = |i: usize| phi.at(times[i], &path[i]);
    let mut left = value(n - 1) - value(0);
    for (t, x) in times.windows(2).zip(path) {
        left -= generator(diffusion, phi, t[0], x) * (t[1] - t[0]);
    }
    left
}
// ANCHOR_END: martingale

// ANCHOR: expectation-rate
/// d/dt E φ(X_t, t): the mean of (∂ₜ + 𝒜) φ over an ensemble of pairs (weight,
/// place) whose weights sum to 1.
pub fn expectation_rate<const D: usize>(
    diffusion: &impl Diffusion<D>,
    phi: &impl Smooth<D>,
    t: f64,
    ensemble: &[(f64, Point<D>)],
) -> f64 {
    ensemble.iter().map(|(w, x)| w * generator(diffusion, phi, t, x)).sum()
}
// ANCHOR_END: expectation-rate

// ANCHOR: moment-rates
/// dm/dt and dC/dt for the mean and the covariance of an ensemble of pairs
/// (weight, place) whose weights sum to 1.
///
/// dm/dt = E f, dC/dt = E[f (X − m)ᵀ] + E[(X − m) fᵀ] + E a.
pub fn moment_rates<const D: usize>(
    diffusion: &impl Diffusion<D>,
    t: f64,
    ensemble: &[(f64, Point<D>)],
) -> (Point<D>, SMatrix<f64, D, D>) {
    let mean: Point<D> = ensemble.iter().map(|(w, x)| x * *w).sum();
    let (mut velocity, mut spreading) = (Point::zeros(), SMatrix::zeros());
    for (w, x) in ensemble {
        let f = diffusion.drift(t, x);
        let product = f * (x - mean).transpose();
        velocity += f * *w;
        let a = diffusion.covariance_rate(t, x);
        spreading += (product + product.transpose() + a) * *w;
    }
    (velocity, spreading)
}
// ANCHOR_END: moment-rates

// ANCHOR: closure
/// dm/dt and dv/dt on the line if the ensemble is *taken for* normal, with the
/// moments of N(m, v) in place of those it has; v ≥ 0.
///
/// The three places have the moments of N(m, v) up to the fifth. That is enough
/// for a drift of degree 4 and a covariance rate of degree 5.
pub fn normal_closure(
    diffusion: &impl Diffusion<1>,
    t: f64,
    m: f64,
    v: f64,
) -> (f64, f64) {
    let far = (3.0 * v).sqrt();
    let places = [(1.0 / 6.0, m - far), (2.0 / 3.0, m), (1.0 / 6.0, m + far)];
    let normal = places.map(|(weight, x)| (weight, Point::<1>::new(x)));
    let (velocity, spreading) = moment_rates(diffusion, t, &normal);
    (velocity[0], spreading[0])
}
// ANCHOR_END: closure

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Brownian, DoubleWell};
    use ch01_flows::fields::Number;
    use nalgebra::{Matrix2, SVector};

    /// (1 + t) x₁ x₂².
    struct Power;

    impl Smooth<2> for Power {
        fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
            (t + 1.0) * x[0] * x[1] * x[1]
        }
    }

    const NOISE: Brownian<2> = Brownian { covariance: Matrix2::new(0.9, 0.3, 0.3, 0.7) };

    #[test]
    fn the_parts_of_a_path_add_up() {
        let path = [[1.0, 2.0], [1.5, 1.0], [0.5, -1.0]].map(Point::<2>::from);
        // ∂ₜφ = x y², 𝒜φ = (1 + t)(0.6 y + 0.7 x), at (1, 2) and (1.5, 1).
        let explained = 0.5 * (4.0 + 1.2 + 0.7) + 0.25 * (1.5 + 1.5 * (0.6 + 1.05));
        let expected = 1.75 * 0.5 - 4.0 - explained;
        let found = martingale(&NOISE, &Power, &[0.0, 0.5, 0.75], &path);
        assert!((found - expected).abs() < 1e-14);
    }

    #[test]
    #[should_panic(expected = "2 states at 3 times")]
    fn each_time_has_its_state() {
        let _ = martingale(&NOISE, &Power, &[0.0, 0.5, 0.75], &[Point::zeros(); 2]);
    }

    #[test]
    fn an_ensemble_of_two_by_hand() {
        let ensemble =
            [(0.25, Point::<2>::new(1.0, 2.0)), (0.75, Point::<2>::new(1.5, 1.0))];
        let expected = 0.25 * (4.0 + 1.5 * 1.9) + 0.75 * (1.5 + 1.5 * 1.65);
        let found = expectation_rate(&NOISE, &Power, 0.5, &ensemble);
        assert!((found - expected).abs() < 1e-14);
        let (velocity, spreading) = moment_rates(&NOISE, 0.5, &ensemble);
        assert_eq!((velocity, spreading), (Point::zeros(), NOISE.covariance));
    }

    /// dX = t (y, −2x) dt + noise with a = t [[0.9, 0.3], [0.3, 0.7]].
    struct Stirred;

    impl Diffusion<2> for Stirred {
        fn drift<T: Number>(&self, t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
            SVector::<T, 2>::new(t * x[1], -t * x[0] * 2.0)
        }

        fn covariance_rate<T: Number>(
            &self,
            t: T,
            _x: &SVector<T, 2>,
        ) -> SMatrix<T, 2, 2> {
            NOISE.covariance.map(|a| t * a)
        }
    }

    #[test]
    fn the_rates_are_those_of_their_time() {
        let ensemble =
            [(0.25, Point::<2>::new(1.0, 2.0)), (0.75, Point::<2>::new(1.5, 1.0))];
        // The mean is (1.375, 1.25), the covariance 3/16 (½, −1)(½, −1)ᵀ.
        let (xx, xy, yy) = (3.0 / 64.0, -3.0 / 32.0, 3.0 / 16.0);
        let carried = Matrix2::new(2.0 * xy, yy - 2.0 * xx, yy - 2.0 * xx, -4.0 * xy);
        for t in [0.6, 1.7] {
            let (velocity, spreading) = moment_rates(&Stirred, t, &ensemble);
            assert!((velocity - Point::<2>::new(1.25, -2.75) * t).norm() < 1e-14);
            assert!((spreading - (carried + NOISE.covariance) * t).norm() < 1e-14);
        }
    }

    #[test]
    fn a_normal_law_in_a_double_well_by_hand() {
        let (m, v) = (0.3_f64, 0.2_f64);
        let well = DoubleWell { height: 0.6, tilt: 0.35, diffusion: 0.9 };
        // E X³ = m³ + 3mv and E X³(X − m) = 3m²v + 3v².
        let velocity = -2.4 * (m.powi(3) + 3.0 * m * v - m) - 0.35;
        let spreading = -4.8 * (3.0 * m * m * v + 3.0 * v * v - v) + 0.81;
        let found = normal_closure(&well, 0.0, m, v);
        assert!((found.0 - velocity).abs() < 1e-14);
        assert!((found.1 - spreading).abs() < 1e-14);
    }
}
