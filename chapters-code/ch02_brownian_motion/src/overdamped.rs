//! Langevin's equation without inertia, and how a small mass comes near it.

use crate::langevin::{Langevin, Medium, Potential};
use ch01_flows::fields::Number;
use dynamics::{Point, Sde};
use nalgebra::{DMatrix, SMatrix, SVector};

// ANCHOR: overdamped
/// λ dx = −∇U(x) dt + √(2λ k_B T) dW, divided by λ: no inertia.
#[derive(Clone, Copy, Debug)]
pub struct Overdamped<U> {
    /// U.
    pub potential: U,
    /// λ and k_B T.
    pub medium: Medium,
}

impl<U, const D: usize> Sde<Point<D>> for Overdamped<U>
where
    U: Potential<D>,
{
    /// −∇U(x)/λ.
    fn drift(&self, _t: f64, x: &Point<D>) -> Point<D> {
        self.potential.force(x) / self.medium.friction
    }

    /// √(2 k_B T/λ) ΔW.
    fn noise(&self, _t: f64, _x: &Point<D>, dw: &Point<D>) -> Point<D> {
        dw * (self.medium.strength() / self.medium.friction)
    }
}
// ANCHOR_END: overdamped

// ANCHOR: spring
/// U(x) = k |x|²/2: a spring.
#[derive(Clone, Copy, Debug)]
pub struct Spring {
    /// k > 0.
    pub stiffness: f64,
}

impl<const D: usize> Potential<D> for Spring {
    fn energy<N: Number>(&self, x: &SVector<N, D>) -> N {
        x.iter().map(|&x| x * x).sum::<N>() * (self.stiffness / 2.0)
    }
}

/// A and b of dZ = A Z dt + b dW, where Z = (x, v) is a particle on a spring
/// on the line.
pub fn linear_system(spring: &Langevin<Spring>) -> (SMatrix<f64, 2, 2>, SVector<f64, 2>) {
    let Langevin { potential, mass, medium } = spring;
    let a = SMatrix::<f64, 2, 2>::new(
        0.0,
        1.0,
        -potential.stiffness / mass,
        -medium.friction / mass,
    );
    (a, SVector::<f64, 2>::new(0.0, medium.strength() / mass))
}

/// The covariance Σ that dZ = A Z dt + b dW keeps: AΣ + ΣAᵀ + bbᵀ = 0.
///
/// None if there is no such covariance: the real parts of A's eigenvalues must
/// be negative.
pub fn kept_covariance<const D: usize>(
    a: &SMatrix<f64, D, D>,
    b: &SVector<f64, D>,
) -> Option<SMatrix<f64, D, D>> {
    // One linear equation for each entry of Σ, column by column.
    let a = DMatrix::from_column_slice(D, D, a.as_slice());
    let one = DMatrix::identity(D, D);
    let right = -(b * b.transpose());
    let right = DMatrix::from_column_slice(D * D, 1, right.as_slice());
    let sigma = (one.kronecker(&a) + a.kronecker(&one)).lu().solve(&right)?;
    let sigma = SMatrix::<f64, D, D>::from_column_slice(sigma.as_slice());
    sigma.cholesky().map(|_| sigma) // only a positive one is a covariance
}

/// E x_0 x_t of a particle on a spring in equilibrium: the first entry of
/// e^{At} Σ. None if there is no equilibrium.
pub fn position_correlation(spring: &Langevin<Spring>, t: f64) -> Option<f64> {
    let (a, b) = linear_system(spring);
    Some(((a * t).exp() * kept_covariance(&a, &b)?)[(0, 0)])
}
// ANCHOR_END: spring

#[cfg(test)]
mod tests {
    use super::*;

    fn spring(stiffness: f64) -> Langevin<Spring> {
        let medium = Medium { friction: 1.3, temperature: 0.7 };
        Langevin { potential: Spring { stiffness }, mass: 0.4, medium }
    }

    #[test]
    fn without_a_spring_there_is_no_equilibrium() {
        assert_eq!(position_correlation(&spring(0.0), 0.3), None);
        assert_eq!(position_correlation(&spring(-0.5), 0.3), None);
        assert!(position_correlation(&spring(0.5), 0.3).is_some());
    }

    #[test]
    fn the_matrix_is_that_of_the_equation() {
        let spring = spring(1.5);
        let (a, b) = linear_system(&spring);
        let (x, v) = (Point::<1>::new(0.8), Point::<1>::new(-1.7));
        let (dx, dv) = spring.drift(0.0, &(x, v));
        let moved = a * SVector::<f64, 2>::new(x[0], v[0]);
        assert!((moved - SVector::<f64, 2>::new(dx[0], dv[0])).norm() < 1e-14);
        let (nx, nv) = spring.noise(0.0, &(x, v), &Point::<1>::new(1.0));
        assert_eq!(b, SVector::<f64, 2>::new(nx[0], nv[0]));
    }
}
