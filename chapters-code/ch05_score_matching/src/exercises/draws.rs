//! Random parameters for the checks, samples with known moments, and how a miss is measured.

pub use ch01_flows::exercises::draws::{between, either_sign, matrix, point};
use dynamics::{Generator, Point};
use nalgebra::{Matrix2, Matrix3, SMatrix};
use std::f64::consts::SQRT_2;

/// Six equally likely numbers whose moments are those of N(0, 1) up to the fifth.
///
/// The three nodes of the Gauss–Hermite rule, with the weights ⅙, ⅔ and ⅙: for a polynomial
/// of degree five or less a mean over the sample is a mean under the normal law.
pub fn six() -> [f64; 6] {
    let far = 3.0_f64.sqrt();
    [-far, 0.0, 0.0, 0.0, 0.0, far]
}

/// The 6ᴰ points of which each coordinate is one of the [`six`].
pub fn sixes<const D: usize>() -> Vec<Point<D>> {
    let one = six();
    let count = 6_usize.pow(D as u32);
    let digit = |k: usize, i: usize| one[k / 6_usize.pow(i as u32) % 6];
    (0..count).map(|k| Point::<D>::from_fn(|i, _| digit(k, i))).collect()
}

/// A covariance that is neither diagonal nor close to one without an inverse.
pub fn covariance(generator: &mut Generator) -> Matrix2<f64> {
    let root = matrix(generator);
    root * root.transpose() + Matrix2::identity() * 0.3
}

/// A 3 × 3 matrix whose entries are away from 0.
pub fn matrix3(generator: &mut Generator) -> Matrix3<f64> {
    Matrix3::from_fn(|_, _| either_sign(generator, 0.3, 0.9))
}

/// A point of space with all coordinates away from 0.
pub fn point3(generator: &mut Generator) -> Point<3> {
    Point::<3>::from_fn(|_, _| either_sign(generator, 0.4, 1.2))
}

/// |found − expected|, and √2 times as much if `found` is the smaller: two answers that err
/// by one amount to either side are two mistakes, and the grader tells them apart. No simple
/// fraction has this ratio: half too much is not a third too little either.
pub fn miss(found: f64, expected: f64) -> f64 {
    let above = found - expected;
    if above > 0.0 { above } else { -SQRT_2 * above }
}

/// The misses of all entries, as the length of a vector.
pub fn misses<const R: usize, const C: usize>(
    found: &SMatrix<f64, R, C>,
    expected: &SMatrix<f64, R, C>,
) -> f64 {
    found.zip_map(expected, miss).norm()
}
