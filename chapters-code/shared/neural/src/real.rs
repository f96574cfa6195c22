//! The numbers of a network: f32 for training, f64 where a check wants more digits.

use nalgebra::{DMatrix, RealField};

/// A matrix of a network. A column is a sample.
pub type Matrix<R = f32> = DMatrix<R>;

/// A real number with a fast exponential.
pub trait Real: RealField + Copy + Send + Sync {
    /// The number nearest to `x`.
    fn new(x: f64) -> Self;

    /// The same number in f64.
    fn get(self) -> f64;

    /// eˣ; outside of the range of the type, its largest and smallest numbers.
    fn fast_exp(self) -> Self;

    /// σ(x) = 1/(1 + e⁻ˣ).
    #[inline(always)]
    fn sigmoid(self) -> Self {
        Self::one() / (Self::one() + (-self).fast_exp())
    }
}

impl Real for f32 {
    #[inline(always)]
    fn new(x: f64) -> Self {
        x as f32
    }

    #[inline(always)]
    fn get(self) -> f64 {
        self.into()
    }

    #[inline(always)]
    fn fast_exp(self) -> Self {
        exp(self)
    }
}

impl Real for f64 {
    #[inline(always)]
    fn new(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn get(self) -> f64 {
        self
    }

    #[inline(always)]
    fn fast_exp(self) -> Self {
        self.exp()
    }
}

// ANCHOR: exp
/// eˣ without a branch, so that a loop over it runs on vectors.
///
/// x = n ln 2 + r with a whole number n and |r| ≤ ½ ln 2. Taylor's series of eʳ to the
/// seventh power misses less than 8e-9 of it, below the rounding of f32; and 2ⁿ is n in
/// the exponent's bits. Relative error at most 3e-7 for |x| ≤ 87; farther out the value
/// at the end of that range.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 87.0);
    // Adding 1.5 · 2²³ leaves no room for a fraction: the sum is rounded to a whole
    // number, which stands in its last bits.
    let shifted = x * std::f32::consts::LOG2_E + 12_582_912.0;
    let n = shifted - 12_582_912.0;
    // ln 2 in two parts; n times the first is exact.
    let r = (x - n * 0.693_359_4) - n * -2.121_944_4e-4;
    let high = 1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0 + r * (1.0 / 5040.0)));
    let series = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * high)));
    f32::from_bits(series.to_bits().wrapping_add(shifted.to_bits() << 23))
}
// ANCHOR_END: exp

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_exponential_is_the_exponential() {
        let worst = (-86_990..=86_990)
            .map(|i| {
                let x = i as f32 * 1e-3;
                let exact = f64::from(x).exp();
                (f64::from(exp(x)) - exact).abs() / exact
            })
            .fold(0.0, f64::max);
        // Rounding of x − n ln 2, of the series and of its last sum: three ulps at most.
        assert!(worst < 3e-7, "relative error {worst:e}");
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn far_out_the_exponential_stays_finite() {
        assert_eq!(exp(-1e9), exp(-87.0));
        assert_eq!(exp(1e9), exp(87.0));
        assert!(exp(-87.0) > 0.0 && exp(87.0).is_finite());
        assert!(exp(f32::NAN).is_nan());
    }

    #[test]
    fn sigmoid_is_one_minus_its_mirror_image() {
        for i in -200..=200 {
            let x = f64::from(i) * 0.1;
            let fast = (x as f32).sigmoid().get();
            let exact = 1.0 / (1.0 + (-f64::from(x as f32)).exp());
            assert!((fast - exact).abs() < 2e-7, "{x}: {fast} for {exact}");
            assert!((x.sigmoid() + (-x).sigmoid() - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn the_series_of_the_exponential_goes_to_the_seventh_power() {
        // Here n is 0 and r is x, near −½ ln 2, where a short series misses most.
        let n = 1000;
        let off = |i: i32| {
            let x = -0.345 + 1e-5 * i as f32;
            f64::from(exp(x)) / f64::from(x).exp() - 1.0
        };
        let mean = (0..n).map(off).sum::<f64>() / f64::from(n);
        // The next term leaves 7e-9. Rounding of 0.7 and of the sums inside comes to 8e-8
        // at most either way, and its mean over a thousand places to 2e-8 with the
        // rounding of the coefficients. Without the last term the mean is 1.5e-7.
        assert!(mean.abs() < 3e-8, "{mean:e}");
    }
}
