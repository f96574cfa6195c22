//! What the score of a noisy law knows of the clean datum behind a noisy one.

use crate::implicit::GaussianScore;
use ch01_flows::laws::{Place, lift, towards};
use dynamics::Point;
use nalgebra::{Cholesky, SMatrix};

// ANCHOR: tweedie
/// Mean and covariance of the datum z behind x = α z + σ ε, from the score of the
/// law of x and from its derivatives.
pub fn datum<const D: usize>(
    score: impl Fn(&Place<D>) -> Place<D>,
    (alpha, sigma): (f64, f64),
    x: &Point<D>,
) -> (Point<D>, SMatrix<f64, D, D>) {
    let variance = sigma * sigma;
    let value = score(&lift(x)).map(|s| s.re);
    let mut spread = SMatrix::<f64, D, D>::identity();
    for j in 0..D {
        let slope = score(&towards(x, j)).map(|s| s.eps);
        spread.column_mut(j).axpy(variance, &slope, 1.0);
    }
    ((x + value * variance) / alpha, spread * (variance / (alpha * alpha)))
}
// ANCHOR_END: tweedie

// ANCHOR: denoiser
/// f(y) = y + σ² s(y): the denoiser that belongs to a score.
pub fn denoise<const D: usize>(
    score: impl Fn(&Point<D>) -> Point<D>,
    sigma: f64,
    y: &Point<D>,
) -> Point<D> {
    y + score(y) * (sigma * sigma)
}

/// The weight of a case, a clean datum x, and a noise ε from N(0, I).
pub type Case<const D: usize> = (f64, Point<D>, Point<D>);

/// Σ w |f(x + σ ε) − x|²: shown the noisy datum, asked for the clean one.
pub fn squared_error<const D: usize>(
    f: impl Fn(&Point<D>) -> Point<D>,
    sigma: f64,
    cases: &[Case<D>],
) -> f64 {
    let error = |(weight, x, noise): &Case<D>| {
        weight * (f(&(x + noise * sigma)) - x).norm_squared()
    };
    cases.iter().map(error).sum()
}
// ANCHOR_END: denoiser

// ANCHOR: fixed-noise
impl<const D: usize> GaussianScore<D> {
    /// The one of the least denoising loss over these draws, for noise of
    /// deviation σ > 0: their mean, and the inverse of Ĉ + σ² I.
    ///
    /// # Panics
    /// If there is no draw, one is not finite, or σ is not positive.
    pub fn fit_denoising(data: &[Point<D>], sigma: f64) -> Self {
        assert!(!data.is_empty(), "no draw: a score needs one at least");
        assert!(sigma > 0.0, "the noise is positive, and not {sigma}");
        let n = data.len() as f64;
        let mean = data.iter().sum::<Point<D>>() / n;
        let square = |x: &Point<D>| (x - mean) * (x - mean).transpose();
        let spread = data.iter().map(square).sum::<SMatrix<f64, D, D>>() / n;
        let noisy = spread + SMatrix::identity() * (sigma * sigma);
        let factor = Cholesky::new(noisy).expect("finite draws");
        Self { mean, precision: factor.inverse() }
    }
}
// ANCHOR_END: fixed-noise

// ANCHOR: low-noise
/// What a model is asked to guess at y = x + σ ε.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// −ε/σ, of which the score is the mean.
    Score,
    /// ε.
    Noise,
}

impl Target {
    /// The target.
    pub fn of<const D: usize>(self, sigma: f64, noise: &Point<D>) -> Point<D> {
        match self {
            Self::Score => noise / -sigma,
            Self::Noise => *noise,
        }
    }

    /// The best guess, from the score at y.
    pub fn best<const D: usize>(self, sigma: f64, score: &Point<D>) -> Point<D> {
        match self {
            Self::Score => *score,
            Self::Noise => score * -sigma,
        }
    }
}

/// The slope at θ = 0 of |guess + θ φ − target|²: what a draw tells a parameter.
pub fn slope<const D: usize>(guess: &Point<D>, target: &Point<D>, phi: &Point<D>) -> f64 {
    2.0 * phi.dot(&(guess - target))
}

/// 4 φ·(I/σ² + ∇² log q) φ: the variance of this slope at a noisy place, for the
/// target −ε/σ and the best guess.
pub fn scatter<const D: usize>(
    sigma: f64,
    curvature: &SMatrix<f64, D, D>,
    phi: &Point<D>,
) -> f64 {
    4.0 * phi.dot(&(phi / (sigma * sigma) + curvature * phi))
}
// ANCHOR_END: low-noise

#[cfg(test)]
mod tests {
    use super::*;
    use crate::denoising::Noise;

    #[test]
    fn noise_spreads_what_lies_in_a_line() {
        let data = [Point::<2>::new(0.5, 1.0), Point::<2>::new(-0.5, -1.0)];
        assert!(GaussianScore::fit(&data).is_err());
        // Ĉ = [[¼, ½], [½, 1]].
        let fit = GaussianScore::fit_denoising(&data, 0.5);
        let noisy = SMatrix::<f64, 2, 2>::new(0.5, 0.5, 0.5, 1.25);
        assert!((fit.precision * noisy - SMatrix::identity()).norm() < 1e-14);
    }

    #[test]
    #[should_panic(expected = "positive, and not 0")]
    fn no_noise_is_refused() {
        let _ = GaussianScore::fit_denoising(&[Point::<2>::zeros()], 0.0);
    }

    #[test]
    #[should_panic(expected = "positive, and not -0.3")]
    fn negative_noise_is_refused() {
        let _ = GaussianScore::fit_denoising(&[Point::<2>::zeros()], -0.3);
    }

    #[test]
    #[should_panic(expected = "positive, and not NaN")]
    fn noise_that_is_no_number_is_refused() {
        let _ = GaussianScore::fit_denoising(&[Point::<2>::zeros()], f64::NAN);
    }

    #[test]
    #[should_panic(expected = "no draw")]
    fn no_draw_is_refused() {
        let _ = GaussianScore::<2>::fit_denoising(&[], 0.3);
    }

    #[test]
    fn an_error_by_hand() {
        // f(y) = 2y at y = x + σ ε = (1, −1.5): 2y − x = (1.5, −4).
        let case = (0.5, Point::<2>::new(0.5, 1.0), Point::<2>::new(1.0, -5.0));
        let error = squared_error(|y| y * 2.0, 0.5, &[case, case]);
        assert!((error - (2.25 + 16.0)).abs() < 1e-14);
    }

    #[test]
    fn what_a_draw_tells_is_a_slope_and_scatters_as_said() {
        // Three data in the plane, so that all is known of what lies behind a place.
        let data = [(0.2, [0.3, -0.8]), (0.5, [-0.6, 0.4]), (0.3, [0.9, 0.7])];
        let data = data.map(|(w, z)| (w, Point::<2>::from_row_slice(&z)));
        let (noise, x) = (Noise { alpha: 1.0, sigma: 0.7 }, Point::<2>::new(0.2, 0.1));
        let phi = Point::<2>::new(0.8, -1.3);
        let best = noise.marginal_score(&data, &x);
        let slopes = data.map(|(_, z)| slope(&best, &noise.kernel_score(&x, &z), &phi));
        let shares = noise.posterior(&data, &x);
        let mean = |f: &dyn Fn(f64) -> f64| -> f64 {
            slopes.iter().zip(&shares).map(|(s, share)| share * f(*s)).sum()
        };
        assert!(mean(&|s| s).abs() < 1e-14);
        let h = 1e-4;
        let curvature = SMatrix::<f64, 2, 2>::from_fn(|i, j| {
            let mut way = Point::<2>::zeros();
            way[j] = h;
            let score = |x: Point<2>| noise.marginal_score(&data, &x)[i];
            (score(x + way) - score(x - way)) / (2.0 * h)
        });
        let (found, said) = (mean(&|s| s * s), scatter(0.7, &curvature, &phi));
        // The difference has the error h²/6 times a third derivative of about 100.
        assert!((found - said).abs() < 2e-6, "{found} {said}");
        // And the sign: |guess + θ φ − target|² is a parabola in θ.
        let target = Point::<2>::new(-0.4, 0.9);
        let loss = |theta: f64| (best + phi * theta - target).norm_squared();
        let by = 0.5 * (loss(1.0) - loss(-1.0));
        assert!((slope(&best, &target, &phi) - by).abs() < 1e-14);
    }
}
