//! The generator of a diffusion and its adjoint, on functions that can be differentiated.
//!
//! Derivatives are exact: every function here is differentiated as it stands, by
//! hyper-dual numbers a + bε₁ + cε₂ + dε₁ε₂ with ε₁² = ε₂² = 0, whose part d is the mixed
//! second derivative.

use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use dynamics::Point;
use nalgebra::{SMatrix, SVector};
use num_dual::HyperDual64;
use std::iter::once;

// ANCHOR: diffusion
/// dX = f dt + G dW as averages see it: the drift f and the covariance rate
/// a = G Q Gᵀ of the noise, Q being the covariance of W per unit of time.
///
/// Both are written for any [`Number`], so that they can be differentiated.
pub trait Diffusion<const D: usize>: Sync {
    /// f(x, t).
    fn drift<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D>;

    /// a(x, t), symmetric.
    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, D>) -> SMatrix<T, D, D>;
}

/// A function of time and place that can be differentiated: a density p, or a
/// function φ to be averaged.
pub trait Smooth<const D: usize>: Sync {
    /// Its value at (t, x).
    fn at<T: Number>(&self, t: T, x: &SVector<T, D>) -> T;
}
// ANCHOR_END: diffusion

// ANCHOR: generator
/// a + bε₁ + cε₂ + dε₁ε₂.
type Hyper = HyperDual64;

/// `x` with ε₁ on its coordinate i and ε₂ on its coordinate j.
fn towards<const D: usize>(x: &Point<D>, i: usize, j: usize) -> SVector<Hyper, D> {
    let mut place = x.map(Hyper::from_re);
    place[i].eps1 = 1.0;
    place[j].eps2 = 1.0;
    place
}

/// `t` with ε₁.
fn later(t: f64) -> Hyper {
    Hyper::new(t, 1.0, 0.0, 0.0)
}

/// (∂ₜ + 𝒜) φ at (t, x), where 𝒜 φ = Σ fᵢ ∂ᵢφ + ½ Σ aᵢⱼ ∂ᵢⱼφ: the mean rate
/// of change of φ(t, X) for a particle that is at x.
pub fn generator<const D: usize>(
    diffusion: &impl Diffusion<D>,
    phi: &impl Smooth<D>,
    t: f64,
    x: &Point<D>,
) -> f64 {
    let f = diffusion.drift(t, x);
    let a = diffusion.covariance_rate(t, x);
    let now = Hyper::from_re(t);
    let mut rate = phi.at(later(t), &x.map(Hyper::from_re)).eps1;
    for i in 0..D {
        for j in 0..D {
            let value = phi.at(now, &towards(x, i, j));
            rate += 0.5 * a[(i, j)] * value.eps1eps2;
            if i == j {
                rate += f[i] * value.eps1;
            }
        }
    }
    rate
}
// ANCHOR_END: generator

// ANCHOR: adjoint
/// The terms of 𝒜* p = −Σ ∂ᵢ(fᵢ p) + ½ Σ ∂ᵢⱼ(aᵢⱼ p) at (t, x): the
/// coefficients stand inside the derivatives.
pub fn adjoint_terms<const D: usize>(
    diffusion: &impl Diffusion<D>,
    density: &impl Smooth<D>,
    t: f64,
    x: &Point<D>,
) -> impl Iterator<Item = f64> {
    let now = Hyper::from_re(t);
    let drift = move |i| {
        let y = towards(x, i, i);
        -(diffusion.drift(now, &y)[i] * density.at(now, &y)).eps1
    };
    let noise = move |i, j| {
        let y = towards(x, i, j);
        let a = diffusion.covariance_rate(now, &y)[(i, j)];
        0.5 * (a * density.at(now, &y)).eps1eps2
    };
    (0..D).map(drift).chain((0..D * D).map(move |k| noise(k / D, k % D)))
}
// ANCHOR_END: adjoint

// ANCHOR: fokker-planck
/// The terms of ∂ₜp + Σ ∂ᵢ(fᵢ p) − ½ Σ ∂ᵢⱼ(aᵢⱼ p) at (t, x). They sum to zero if
/// p is the density of the diffusion.
pub fn fokker_planck<const D: usize>(
    diffusion: &impl Diffusion<D>,
    density: &impl Smooth<D>,
    t: f64,
    x: &Point<D>,
) -> Balance {
    let rate = density.at(later(t), &x.map(Hyper::from_re)).eps1;
    Balance::of(once(rate).chain(adjoint_terms(diffusion, density, t, x).map(|v| -v)))
}
// ANCHOR_END: fokker-planck

#[cfg(test)]
mod tests {
    use super::*;

    /// dX = (t x y, −y) dt + noise with a = [[1 + x², x], [x, 2 + t]].
    struct Plane;

    impl Diffusion<2> for Plane {
        fn drift<T: Number>(&self, t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
            SVector::<T, 2>::new(t * x[0] * x[1], -x[1])
        }

        fn covariance_rate<T: Number>(
            &self,
            t: T,
            x: &SVector<T, 2>,
        ) -> SMatrix<T, 2, 2> {
            SMatrix::<T, 2, 2>::new(x[0] * x[0] + 1.0, x[0], x[0], t + 2.0)
        }
    }

    /// t x² y³.
    struct Power;

    impl Smooth<2> for Power {
        fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
            t * x[0] * x[0] * x[1] * x[1] * x[1]
        }
    }

    #[test]
    fn the_generator_agrees_with_derivatives_by_hand() {
        let (t, x, y) = (0.7_f64, 1.3_f64, -0.4_f64);
        let expected = x * x * y.powi(3)
            + t * (t * x * y * 2.0 * x * y.powi(3) - y * 3.0 * x * x * y * y)
            + 0.5 * t * ((1.0 + x * x) * 2.0 * y.powi(3) + 2.0 * x * 6.0 * x * y * y)
            + 0.5 * t * (2.0 + t) * x * x * 6.0 * y;
        let found = generator(&Plane, &Power, t, &Point::<2>::new(x, y));
        assert!((found - expected).abs() < 1e-14);
    }

    #[test]
    fn the_adjoint_agrees_with_derivatives_by_hand() {
        let (t, x, y) = (0.7_f64, 1.3_f64, -0.4_f64);
        // ∂x(t x³ y⁴) − ∂y(x² y⁴), then (1 + x²) x² y³, x³ y³ and (2 + t) x² y³ twice
        // differentiated.
        let expected = -t * (3.0 * t * x * x * y.powi(4) - 4.0 * x * x * y.powi(3))
            + 0.5 * t * (2.0 + 12.0 * x * x) * y.powi(3)
            + t * 9.0 * x * x * y * y
            + 0.5 * t * (2.0 + t) * x * x * 6.0 * y;
        let found: f64 = adjoint_terms(&Plane, &Power, t, &Point::<2>::new(x, y)).sum();
        assert!((found - expected).abs() < 1e-13);
    }
}
