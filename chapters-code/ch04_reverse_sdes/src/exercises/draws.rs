//! Random parameters for the checks, and how a miss is measured.

pub use ch01_flows::exercises::draws::{between, either_sign, matrix, point};
use dynamics::{Generator, Point};
use nalgebra::Matrix2;
use std::f64::consts::SQRT_2;
use std::ops::{Mul, Sub};

/// A covariance that is neither diagonal nor close to one without an inverse.
pub fn covariance(generator: &mut Generator) -> Matrix2<f64> {
    // A matrix times its transpose is a covariance; the rest keeps it away from the edge.
    let root = matrix(generator);
    root * root.transpose() + Matrix2::identity() * 0.3
}

/// |found − expected|, √2 times as much if `found` is the smaller: two answers that err by
/// one amount to either side are two mistakes, and the grader tells them apart. So it does
/// with twice the right answer and a third of it, as no fraction times √2 is a fraction.
pub fn miss(found: f64, expected: f64) -> f64 {
    let above = found - expected;
    if above > 0.0 { above } else { -SQRT_2 * above }
}

/// The misses of both coordinates, as the length of a vector.
pub fn miss_of_point(found: &Point<2>, expected: &Point<2>) -> f64 {
    miss(found[0], expected[0]).hypot(miss(found[1], expected[1]))
}

/// q(0) from q(h), q(h/2), q(h/4), up to a multiple of h³.
pub fn limit<T>(q: impl Fn(f64) -> T, h: f64) -> T
where
    T: Copy + Mul<f64, Output = T> + Sub<Output = T>,
{
    let (coarse, middle, fine) = (q(h), q(h / 2.0), q(h / 4.0));
    let (first, second) = (middle * 2.0 - coarse, fine * 2.0 - middle);
    second * (4.0 / 3.0) - first * (1.0 / 3.0)
}

/// A schedule that no text has: α = 1/(1 + ct), σ² = s² t (1 + t).
#[derive(Clone, Copy)]
pub struct Plan {
    /// c > 0.
    pub c: f64,
    /// s > 0.
    pub s: f64,
}

impl Plan {
    /// Neither preserves variance nor explodes.
    pub fn draw(generator: &mut Generator) -> Self {
        Self { c: between(generator, 0.5, 0.9), s: between(generator, 0.6, 0.9) }
    }

    /// α.
    pub fn alpha(self, t: f64) -> f64 {
        1.0 / (1.0 + self.c * t)
    }

    /// σ.
    pub fn sigma(self, t: f64) -> f64 {
        self.variance(t).sqrt()
    }

    /// σ².
    fn variance(self, t: f64) -> f64 {
        self.s.powi(2) * t * (1.0 + t)
    }

    /// α̇.
    pub fn d_alpha(self, t: f64) -> f64 {
        -self.c * self.alpha(t).powi(2)
    }

    /// σ̇.
    pub fn d_sigma(self, t: f64) -> f64 {
        self.s.powi(2) * (1.0 + 2.0 * t) / (2.0 * self.sigma(t))
    }

    /// a of its equation.
    pub fn a(self, t: f64) -> f64 {
        -self.c * self.alpha(t)
    }

    /// g of its equation.
    pub fn g(self, t: f64) -> f64 {
        let grown = 1.0 + 2.0 * t + 2.0 * self.c * self.alpha(t) * t * (1.0 + t);
        self.s * grown.sqrt()
    }

    /// Mean and covariance at t of data N(m, C).
    pub fn noised(
        self,
        t: f64,
        m: &Point<2>,
        c: &Matrix2<f64>,
    ) -> (Point<2>, Matrix2<f64>) {
        let alpha = self.alpha(t);
        (m * alpha, c * alpha.powi(2) + Matrix2::identity() * self.variance(t))
    }
}

/// The inverse of a covariance.
pub fn inverse(c: &Matrix2<f64>) -> Matrix2<f64> {
    c.try_inverse().expect("a covariance from `covariance` has an inverse")
}
