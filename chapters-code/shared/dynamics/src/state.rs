//! What explicit methods need of a state: x + h k, and of an error: its size.

use nalgebra::{ClosedAddAssign, DMatrix, SVector, Scalar};
use std::ops::{Add, Mul};

/// A point of ℝᴰ.
pub type Point<const D: usize> = SVector<f64, D>;

/// Something a method can move: it knows x + h k, and nothing else is asked of it.
///
/// Holds for `f64`, for points (of floats or of dual numbers), for pairs such as
/// (x, log p), and for batches of `f32` columns.
pub trait State: Clone {
    /// x + h k.
    fn plus(&self, h: f64, k: &Self) -> Self;

    /// x ← x + h k, without a new allocation where the state owns memory.
    fn add_scaled(&mut self, h: f64, k: &Self) {
        *self = self.plus(h, k);
    }
}

impl State for f64 {
    #[inline]
    fn plus(&self, h: f64, k: &f64) -> f64 {
        self + h * k
    }
}

impl<T, const D: usize> State for SVector<T, D>
where
    T: Scalar + Copy + Add<Output = T> + Mul<f64, Output = T> + ClosedAddAssign,
{
    #[inline]
    fn plus(&self, h: f64, k: &Self) -> Self {
        self.zip_map(k, |x, k| x + k * h)
    }
}

impl<A: State, B: State> State for (A, B) {
    #[inline]
    fn plus(&self, h: f64, k: &Self) -> Self {
        (self.0.plus(h, &k.0), self.1.plus(h, &k.1))
    }
}

/// A batch: columns are particles.
impl State for DMatrix<f32> {
    fn plus(&self, h: f64, k: &Self) -> Self {
        let mut moved = self.clone();
        moved.add_scaled(h, k);
        moved
    }

    fn add_scaled(&mut self, h: f64, k: &Self) {
        self.zip_apply(k, |x, k| *x += h as f32 * k);
    }
}

/// A state whose size can be measured, which error control needs.
pub trait Normed: State {
    /// √(mean of (eᵢ / (abs + rel · max(|xᵢ|, |yᵢ|)))²) over the coordinates: the error
    /// `self` of a step from `x` to `y`, in units of the tolerance. At most 1 is good.
    fn scaled_norm(&self, x: &Self, y: &Self, absolute: f64, relative: f64) -> f64;

    /// True if every coordinate is finite.
    fn is_finite(&self) -> bool;
}

impl Normed for f64 {
    fn scaled_norm(&self, x: &f64, y: &f64, absolute: f64, relative: f64) -> f64 {
        (self / (absolute + relative * x.abs().max(y.abs()))).abs()
    }

    fn is_finite(&self) -> bool {
        f64::is_finite(*self)
    }
}

impl<const D: usize> Normed for Point<D> {
    fn scaled_norm(&self, x: &Self, y: &Self, absolute: f64, relative: f64) -> f64 {
        let squares: f64 = (0..D)
            .map(|i| self[i].scaled_norm(&x[i], &y[i], absolute, relative).powi(2))
            .sum();
        (squares / D as f64).sqrt()
    }

    fn is_finite(&self) -> bool {
        self.iter().all(|x| x.is_finite())
    }
}

impl<A: Normed, B: Normed> Normed for (A, B) {
    fn scaled_norm(&self, x: &Self, y: &Self, absolute: f64, relative: f64) -> f64 {
        let first = self.0.scaled_norm(&x.0, &y.0, absolute, relative);
        first.max(self.1.scaled_norm(&x.1, &y.1, absolute, relative))
    }

    fn is_finite(&self) -> bool {
        self.0.is_finite() && self.1.is_finite()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_moves_by_h_times_k() {
        assert_eq!(2.0.plus(0.5, &3.0), 3.5);
        assert_eq!(
            Point::<2>::new(1.0, 2.0).plus(2.0, &Point::<2>::new(3.0, -1.0)),
            Point::<2>::new(7.0, 0.0)
        );
        assert_eq!(
            (1.0, Point::<1>::new(2.0)).plus(0.5, &(4.0, Point::<1>::new(-2.0))),
            (3.0, Point::<1>::new(1.0))
        );
        let batch = DMatrix::from_row_slice(1, 2, &[1.0_f32, 2.0]);
        assert_eq!(batch.plus(0.5, &batch), DMatrix::from_row_slice(1, 2, &[1.5, 3.0]));
    }

    #[test]
    fn an_error_of_one_tolerance_has_norm_one() {
        let (x, y) = (Point::<2>::new(1.0, -4.0), Point::<2>::new(2.0, 3.0));
        let tolerance = Point::<2>::new(0.1 + 0.01 * 2.0, 0.1 + 0.01 * 4.0);
        assert!((tolerance.scaled_norm(&x, &y, 0.1, 0.01) - 1.0).abs() < 1e-15);
        // The size counts, whichever end of the step is the larger and whatever its sign.
        assert!((0.14.scaled_norm(&3.0, &-4.0, 0.1, 0.01) - 1.0_f64).abs() < 1e-15);
        // Only one of two coordinates is off: the root mean square is 1/√2.
        let half = Point::<2>::new(tolerance.x, 0.0);
        assert!((half.scaled_norm(&x, &y, 0.1, 0.01) - 0.5_f64.sqrt()).abs() < 1e-15);
        // A pair is as bad as its worse half.
        assert_eq!((0.2, 0.5).scaled_norm(&(0.0, 0.0), &(0.0, 0.0), 0.1, 0.0), 5.0);
        assert_eq!((0.5, 0.2).scaled_norm(&(0.0, 0.0), &(0.0, 0.0), 0.1, 0.0), 5.0);
    }

    #[test]
    fn one_bad_coordinate_makes_a_state_not_finite() {
        assert!((1.0, Point::<2>::new(0.0, 2.0)).is_finite());
        assert!(!(1.0, Point::<2>::new(0.0, f64::NAN)).is_finite());
        assert!(!(f64::INFINITY, Point::<2>::zeros()).is_finite());
    }
}
