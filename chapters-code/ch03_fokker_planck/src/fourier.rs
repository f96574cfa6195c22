//! Fourier's transform on ℝᴰ, by sums, and what it makes of derivatives.

use dynamics::Point;
use nalgebra::{Complex, SMatrix, SVector};
use std::f64::consts::PI;
use std::iter::Sum;
use std::ops::Mul;

/// Where sums are taken: `count` places from −`reach` to `reach` in every direction.
///
/// A sum over them, times the volume that belongs to each, is the trapezoid rule: for a
/// function that is smooth and next to nothing beyond `reach` its error is that of
/// rounding as soon as the places are close enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// The largest coordinate.
    pub reach: f64,
    /// Places in each direction, at least 2.
    pub count: usize,
}

impl Lattice {
    /// ∫ f(x) dx over ℝᴰ.
    pub fn integral<T, const D: usize>(&self, f: impl Fn(&Point<D>) -> T) -> T
    where
        T: Sum + Mul<f64, Output = T>,
    {
        let width = 2.0 * self.reach / (self.count - 1) as f64;
        let all = 0..self.count.pow(D as u32);
        let place = |n: usize| {
            let digit = |k: usize| (n / self.count.pow(k as u32)) % self.count;
            Point::from_fn(|k, _| -self.reach + width * digit(k) as f64)
        };
        all.map(|n| f(&place(n))).sum::<T>() * width.powi(D as i32)
    }
}

// ANCHOR: pair
/// p̃(λ) = ∫ p(x) e^{−iλ·x} dx.
pub fn transform<const D: usize>(
    p: impl Fn(&Point<D>) -> f64,
    lambda: &Point<D>,
    places: &Lattice,
) -> Complex<f64> {
    places.integral(|x| Complex::cis(-lambda.dot(x)) * p(x))
}

/// p(x) = (2π)^{−D} ∫ p̃(λ) e^{iλ·x} dλ.
pub fn inverse<const D: usize>(
    waves: impl Fn(&Point<D>) -> Complex<f64>,
    x: &Point<D>,
    frequencies: &Lattice,
) -> Complex<f64> {
    let wave = |l: &Point<D>| waves(l) * Complex::cis(l.dot(x));
    let sum: Complex<f64> = frequencies.integral(wave);
    sum / (2.0 * PI).powi(D as i32)
}
// ANCHOR_END: pair

// ANCHOR: box
/// The transform of the even density over an interval, at λ:
/// e^{−iλm} sin(λr)/(λr), with the middle m and half the length r.
pub fn box_transform(lambda: f64, (low, high): (f64, f64)) -> Complex<f64> {
    let (m, r) = (0.5 * (low + high), 0.5 * (high - low));
    let turn = lambda * r;
    let ratio = if turn == 0.0 { 1.0 } else { turn.sin() / turn };
    Complex::cis(-lambda * m) * ratio
}
// ANCHOR_END: box

// ANCHOR: normal-transform
/// The transform of N(μ, Σ) at λ: exp(−iλᵀμ − ½λᵀΣλ).
pub fn normal_transform<const D: usize>(
    mean: &Point<D>,
    covariance: &SMatrix<f64, D, D>,
    lambda: &Point<D>,
) -> Complex<f64> {
    let square = lambda.dot(&(covariance * lambda));
    Complex::new(-0.5 * square, -lambda.dot(mean)).exp()
}
// ANCHOR_END: normal-transform

// ANCHOR: rules
/// The transform of ∇·v at λ, from that of v: iλ·ṽ.
pub fn of_divergence<const D: usize>(
    lambda: &Point<D>,
    v: &SVector<Complex<f64>, D>,
) -> Complex<f64> {
    let terms = lambda.iter().zip(v.iter());
    terms.map(|(lambda, v)| Complex::new(0.0, *lambda) * v).sum()
}

/// The transform of D∇p at λ, from that of p: iDλ p̃.
pub fn of_gradient<const D: usize>(
    lambda: &Point<D>,
    d: &SMatrix<f64, D, D>,
    p: Complex<f64>,
) -> SVector<Complex<f64>, D> {
    (d * lambda).map(|component| Complex::new(0.0, component) * p)
}
// ANCHOR_END: rules

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lattice_sees_every_direction() {
        // ∫ x² y⁴ z² e^{−|x|²} = (√π/2)(3√π/4)(√π/2).
        let lattice = Lattice { reach: 7.0, count: 31 };
        let power = |x: &Point<3>| x[0].powi(2) * x[1].powi(4) * x[2].powi(2);
        let mass: f64 = lattice.integral(|x| power(x) * (-x.norm_squared()).exp());
        assert!((mass - 0.1875 * PI.powf(1.5)).abs() < 1e-13, "{mass}");
    }
}
