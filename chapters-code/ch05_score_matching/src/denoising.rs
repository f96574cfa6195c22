//! A loss for the score of noisy data that asks only for the noise.

use crate::score::{Field, Weighted, expectation, objective, weighted};
use ch01_flows::fields::Number;
use ch03_fokker_planck::transition::normal;
use dynamics::Point;
use nalgebra::SVector;
use std::f64::consts::TAU;

// ANCHOR: kernel-score
/// Noise on a clean datum z: x = α z + σ ε, with ε from N(0, I) and σ > 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noise {
    /// What is left of the datum.
    pub alpha: f64,
    /// The deviation of the noise.
    pub sigma: f64,
}

impl Noise {
    /// p(x | z) = N(x; α z, σ² I).
    pub fn kernel<T: Number, const D: usize>(self, x: &SVector<T, D>, z: &Point<D>) -> T {
        let variance = T::from(self.sigma * self.sigma);
        let mean = z * self.alpha;
        let along = |i: usize| normal(x[i], T::from(mean[i]), variance);
        (0..D).fold(T::from(1.0), |product, i| product * along(i))
    }

    /// ∇ₓ log p(x | z): the way back to α z, over σ².
    pub fn kernel_score<const D: usize>(self, x: &Point<D>, z: &Point<D>) -> Point<D> {
        (z * self.alpha - x) / (self.sigma * self.sigma)
    }
}
// ANCHOR_END: kernel-score

// ANCHOR: denoising
impl Noise {
    /// E f(x, z) over clean data z and the noisy x = α z + σ ε made of them.
    pub fn mean_of_pairs<const D: usize>(
        self,
        data: &[(f64, Point<D>)],
        f: impl Fn(&Point<D>, &Point<D>) -> f64,
    ) -> f64 {
        let normals = standard_normal::<D>();
        let noisy = |z: &Point<D>, e: &Point<D>| z * self.alpha + e * self.sigma;
        let behind = |z: &Point<D>| expectation(&normals, |e| f(&noisy(z, e), z));
        expectation(data, behind)
    }

    /// E |s(x) − ∇ₓ log p(x | z)|²: the denoising loss, without a half.
    pub fn denoising<const D: usize>(
        self,
        data: &[(f64, Point<D>)],
        s: Field<'_, D>,
    ) -> f64 {
        self.mean_of_pairs(data, |x, z| {
            let missed = s(x) - self.kernel_score(x, z);
            missed.norm_squared()
        })
    }
}

/// N(0, I) on a grid whose cells are 0.14 of its deviation.
pub fn standard_normal<const D: usize>() -> Weighted<D> {
    let density =
        |e: &Point<D>| (-0.5 * e.norm_squared()).exp() / TAU.powf(0.5 * D as f64);
    weighted(density, (-8.4, 8.4), 120)
}
// ANCHOR_END: denoising

// ANCHOR: marginal-score
impl Noise {
    /// p(z | x) for each clean datum z, by Bayes' rule: its weight times p(x | z),
    /// over the sum of these. The largest exponent is taken out.
    pub fn posterior<const D: usize>(
        self,
        data: &[(f64, Point<D>)],
        x: &Point<D>,
    ) -> Vec<f64> {
        let exponent = |z: &Point<D>| {
            let noise = (x - z * self.alpha) / self.sigma;
            -0.5 * noise.norm_squared()
        };
        let exponents = data.iter().map(|(_, z)| exponent(z));
        let top = exponents.fold(f64::MIN, f64::max);
        let raw = data.iter().map(|(w, z)| w * (exponent(z) - top).exp());
        let mut shares: Vec<f64> = raw.collect();
        let total: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= total);
        shares
    }

    /// ∇ log p(x) = E[∇ₓ log p(x | z) | x].
    pub fn marginal_score<const D: usize>(
        self,
        data: &[(f64, Point<D>)],
        x: &Point<D>,
    ) -> Point<D> {
        let shares = self.posterior(data, x);
        let arrows = data.iter().map(|(_, z)| self.kernel_score(x, z));
        arrows.zip(shares).map(|(arrow, share)| arrow * share).sum()
    }
}
// ANCHOR_END: marginal-score

// ANCHOR: cross-term
impl Noise {
    /// E[s(x)·∇ₓ log p(x | z)], over clean data and noise.
    pub fn cross_term<const D: usize>(
        self,
        data: &[(f64, Point<D>)],
        s: Field<'_, D>,
    ) -> f64 {
        self.mean_of_pairs(data, |x, z| s(x).dot(&self.kernel_score(x, z)))
    }
}
// ANCHOR_END: cross-term

// ANCHOR: equivalence
/// C = d/σ² − E|∇ log q|², where q is the law of noisy data.
pub fn constant<const D: usize>(
    q: &[(f64, Point<D>)],
    sigma: f64,
    score: Field<'_, D>,
) -> f64 {
    D as f64 / (sigma * sigma) - expectation(q, |x| score(x).norm_squared())
}

/// E_q|s − ∇ log q|² + C, which is the denoising loss.
pub fn explicit_and_constant<const D: usize>(
    q: &[(f64, Point<D>)],
    sigma: f64,
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    2.0 * objective(q, score, s) + constant(q, sigma, score)
}
// ANCHOR_END: equivalence

// ANCHOR: table
/// A pair (z, x) of which each has finitely many values: P(z) and P(x | z).
#[derive(Clone, Copy, Debug)]
pub struct Table<const N: usize, const M: usize> {
    /// P(z).
    pub clean: [f64; N],
    /// P(x | z): a row for each z.
    pub noisy: [[f64; M]; N],
}

impl<const N: usize, const M: usize> Table<N, M> {
    /// P(z | x), by Bayes' rule.
    pub fn posterior(&self, x: usize) -> [f64; N] {
        let joint = |z: usize| self.clean[z] * self.noisy[z][x];
        let raw: [f64; N] = std::array::from_fn(joint);
        raw.map(|share| share / raw.iter().sum::<f64>())
    }

    /// E φ(x, z).
    pub fn there(&self, phi: impl Fn(usize, usize) -> f64) -> f64 {
        let row = |z: usize| (0..M).map(|x| self.noisy[z][x] * phi(x, z)).sum::<f64>();
        (0..N).map(|z| self.clean[z] * row(z)).sum()
    }

    /// E φ(x, z′): z, then x given z, then z′ given x.
    pub fn there_and_back(&self, phi: impl Fn(usize, usize) -> f64) -> f64 {
        self.there(|x, _| {
            let back = self.posterior(x);
            (0..N).map(|other| back[other] * phi(x, other)).sum()
        })
    }
}
// ANCHOR_END: table

// ANCHOR: gap
impl Noise {
    /// E E[|s(x) − ∇ₓ log p(x | z′)|² | x]: for each noisy x the mean over the
    /// clean data z′ that may lie behind it.
    pub fn mean_behind<const D: usize>(
        self,
        data: &[(f64, Point<D>)],
        s: Field<'_, D>,
    ) -> f64 {
        self.mean_of_pairs(data, |x, _| {
            let (shares, guess) = (self.posterior(data, x), s(x));
            let missed = |z: &Point<D>| guess - self.kernel_score(x, z);
            let squares = data.iter().map(|(_, z)| missed(z).norm_squared());
            squares.zip(shares).map(|(square, share)| share * square).sum()
        })
    }

    /// E tr Cov[∇ₓ log p(x | z) | x].
    pub fn gap<const D: usize>(self, data: &[(f64, Point<D>)]) -> f64 {
        self.mean_behind(data, &|x| self.marginal_score(data, x))
    }
}
// ANCHOR_END: gap

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_one_however_far() {
        let data = [(0.3, Point::<2>::new(0.0, 1.0)), (0.7, Point::<2>::new(1.0, 0.0))];
        let noise = Noise { alpha: 0.9, sigma: 0.1 };
        let shares = noise.posterior(&data, &Point::<2>::new(400.0, -3.0));
        assert!((shares[1] - 1.0).abs() < 1e-15 && shares[0] < 1e-300);
    }

    #[test]
    fn the_grid_of_the_noise_has_its_moments() {
        let normals = standard_normal::<2>();
        assert!((expectation(&normals, |_| 1.0) - 1.0).abs() < 1e-14);
        assert!((expectation(&normals, |e| e.x.powi(4)) - 3.0).abs() < 1e-12);
        assert!(expectation(&normals, |e| e.x * e.y).abs() < 1e-14);
    }
}
