//! What one short Langevin step does to an average, if the cloud is in the target already.

use crate::langevin::ula_step;
use crate::operators::{Diffusion, Smooth, generator};
use ch01_flows::fields::Number;
use dynamics::{Density, Point};
use nalgebra::{SMatrix, SVector};

// ANCHOR: expansion
/// A drift and noise that are the same everywhere: as a particle sees them that
/// takes one step.
struct Frozen<const D: usize> {
    drift: Point<D>,
    rate: SMatrix<f64, D, D>,
}

impl<const D: usize> Diffusion<D> for Frozen<D> {
    fn drift<T: Number>(&self, _t: T, _x: &SVector<T, D>) -> SVector<T, D> {
        self.drift.map(T::from)
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, D>) -> SMatrix<T, D, D> {
        self.rate.map(T::from)
    }
}

/// Δφ(x).
fn laplacian<const D: usize>(phi: &impl Smooth<D>, x: &Point<D>) -> f64 {
    let rate = SMatrix::identity() * 2.0;
    generator(&Frozen { drift: Point::zeros(), rate }, phi, 0.0, x)
}

/// What a place x of score s adds to the factors of τ and of τ² in the change of
/// E φ over a step τ: s·∇φ + Δφ and ½ (s·∇²φ s − ΔΔφ).
///
/// φ is a polynomial of degree 5 at most: then Δφ has degree 3, and its second
/// differences are ΔΔφ.
pub fn expansion<const D: usize>(
    phi: &impl Smooth<D>,
    x: &Point<D>,
    s: &Point<D>,
) -> [f64; 2] {
    let rate = SMatrix::identity() * 2.0;
    let first = generator(&Frozen { drift: *s, rate }, phi, 0.0, x);
    let along = Frozen { drift: Point::zeros(), rate: s * s.transpose() * 2.0 };
    let here = laplacian(phi, x);
    let beside = |i: usize| {
        let mut e = Point::zeros();
        e[i] = 1.0;
        laplacian(phi, &(x + e)) - 2.0 * here + laplacian(phi, &(x - e))
    };
    let twice: f64 = (0..D).map(beside).sum();
    [first, 0.5 * (generator(&along, phi, 0.0, x) - twice)]
}
// ANCHOR_END: expansion

// ANCHOR: change
/// Three places and their weights that stand for N(0, 1): for polynomials of
/// degree 5 the two laws have the same mean.
const NOISE: [(f64, f64); 3] = [
    (1.0 / 6.0, -1.732_050_807_568_877_2),
    (2.0 / 3.0, 0.0),
    (1.0 / 6.0, 1.732_050_807_568_877_2),
];

/// φ after a step τ from x, averaged over the noise of the step: exact for
/// polynomials φ of degree 5 at most.
pub fn after_step<const D: usize>(
    target: &impl Density<D>,
    phi: &impl Smooth<D>,
    tau: f64,
    x: &Point<D>,
) -> f64 {
    let corners = (0..3_usize.pow(D as u32)).map(|corner| {
        let node = |i: usize| NOISE[corner / 3_usize.pow(i as u32) % 3];
        let weight: f64 = (0..D).map(|i| node(i).0).product();
        let z = Point::<D>::from_fn(|i, _| node(i).1);
        weight * phi.at(0.0, &ula_step(|x| target.score(x), tau, x, &z))
    });
    corners.sum()
}

/// E φ(X_τ) − E φ(X₀), where X₀ has the density p and X_τ is one step τ on.
pub fn change<const D: usize>(
    target: &impl Density<D>,
    phi: &impl Smooth<D>,
    tau: f64,
) -> f64 {
    mean(target, |x| after_step(target, phi, tau, x) - phi.at(0.0, x))
}
// ANCHOR_END: change

/// ∫ f p dx over the cube ±10 by the trapezoid rule with a distance of 0.2, whose error for
/// densities that vanish at the border falls faster than any power of the distance.
pub fn mean<const D: usize>(
    density: &impl Density<D>,
    f: impl Fn(&Point<D>) -> f64,
) -> f64 {
    const SIDE: usize = 101;
    let places = (0..SIDE.pow(D as u32)).map(|k| {
        Point::<D>::from_fn(|i, _| {
            let along = k / SIDE.pow(i as u32) % SIDE;
            0.2 * (along as f64 - 50.0)
        })
    });
    // Where the density is below 1e-30, a polynomial of degree 4 adds nothing.
    let weighted = places.map(|x| (density.density(&x), x)).filter(|(p, _)| *p > 1e-30);
    0.2_f64.powi(D as i32) * weighted.map(|(p, x)| p * f(&x)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Mixture;

    struct Power;

    impl Smooth<2> for Power {
        fn at<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> T {
            x[0] * x[0] * x[0] * x[1] + x[1] * x[1] * x[1] * x[1]
        }
    }

    #[test]
    fn the_expansion_agrees_with_derivatives_by_hand() {
        let (x, y, a, b) = (1.3_f64, -0.4_f64, 0.7_f64, -1.1_f64);
        let found = expansion(&Power, &Point::<2>::new(x, y), &Point::<2>::new(a, b));
        let first = a * 3.0 * x * x * y
            + b * (x.powi(3) + 4.0 * y.powi(3))
            + 6.0 * x * y
            + 12.0 * y * y;
        // φ_xx = 6xy, φ_xy = 3x², φ_yy = 12y², and ΔΔφ = 24.
        let bent = a * a * 6.0 * x * y + 2.0 * a * b * 3.0 * x * x + b * b * 12.0 * y * y;
        assert!((found[0] - first).abs() < 1e-13);
        assert!((found[1] - 0.5 * (bent - 24.0)).abs() < 1e-12);
    }

    #[test]
    fn a_mean_is_that_of_the_law() {
        let law = Mixture::gaussian(Point::<2>::new(0.4, -0.3), 0.9);
        assert!((mean(&law, |_| 1.0) - 1.0).abs() < 1e-13);
        assert!((mean(&law, |x| x.x * x.x) - (0.81 + 0.16)).abs() < 1e-13);
    }
}
