//! Sampled measurements, each with its standard error from the same draws.

use crate::Evidence;

/// Standard errors by which a true sampled number may miss: with normal errors it misses
/// more in 7 of 10⁹ checks.
pub const STANDARD_ERRORS: f64 = 5.8;

/// √n D of a Kolmogorov–Smirnov test that a true law may show: more in one of 10⁸ checks.
pub const KOLMOGOROV: f64 = 3.1;

impl Evidence {
    /// The mean of `draws` against `expected`, in standard errors of these draws.
    pub fn mean(
        what: impl Into<String>,
        draws: &[f64],
        expected: f64,
        seed: u64,
    ) -> Self {
        let (mean, error) = mean_and_error(draws.iter().copied());
        Self::errors(what, mean, expected, error, draws.len() as u64, seed)
    }

    /// The variance of `draws` against `expected`, in standard errors.
    pub fn variance(
        what: impl Into<String>,
        draws: &[f64],
        expected: f64,
        seed: u64,
    ) -> Self {
        Self::covariance(what, draws, draws, expected, seed)
    }

    /// The covariance of pairs of draws against `expected`, in standard errors.
    ///
    /// # Panics
    /// If there are not as many of the one as of the other.
    pub fn covariance(
        what: impl Into<String>,
        xs: &[f64],
        ys: &[f64],
        expected: f64,
        seed: u64,
    ) -> Self {
        let (m, n) = (xs.len(), ys.len());
        assert!(m == n, "{m} draws of the one and {n} of the other: they come in pairs");
        let (x, _) = mean_and_error(xs.iter().copied());
        let (y, _) = mean_and_error(ys.iter().copied());
        let products = xs.iter().zip(ys).map(|(a, b)| (a - x) * (b - y));
        let (covariance, error) = mean_and_error(products);
        // Both means were fitted to the same draws.
        let unbiased = covariance * n as f64 / (n as f64 - 1.0);
        Self::errors(what, unbiased, expected, error, n as u64, seed)
    }

    /// A sampled number against `expected`, in standard errors of size `error`.
    ///
    /// An error of 0 with a number that is not the expected one is infinitely many.
    pub fn errors(
        what: impl Into<String>,
        sampled: f64,
        expected: f64,
        error: f64,
        samples: u64,
        seed: u64,
    ) -> Self {
        let distance = (sampled - expected).abs();
        let errors = if distance == 0.0 { 0.0 } else { distance / error };
        let what = format!(
            "{}: {} for {}, distance in standard errors",
            what.into(),
            crate::number(sampled),
            crate::number(expected)
        );
        let because = format!(
            "{STANDARD_ERRORS} standard errors: 7 of 10⁹ true checks miss by more"
        );
        Self::at_most(what, errors, STANDARD_ERRORS, because).sampled(samples, seed)
    }

    /// √n D of the Kolmogorov–Smirnov test: D is the largest distance between the
    /// distribution function of the draws and `cdf`.
    pub fn law(
        what: impl Into<String>,
        draws: &[f64],
        cdf: impl Fn(f64) -> f64,
        seed: u64,
    ) -> Self {
        let n = draws.len() as f64;
        let what = format!("{}: √n times the distance of the laws", what.into());
        let measured = n.sqrt() * kolmogorov_distance(draws, cdf);
        let because = "Kolmogorov–Smirnov: 1 of 10⁸ true checks shows more";
        Self::at_most(what, measured, KOLMOGOROV, because)
            .sampled(draws.len() as u64, seed)
    }
}

/// The mean of the draws and its standard error. Not-a-number among them stays so.
pub fn mean_and_error(draws: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = draws.clone().count() as f64;
    let mean = draws.clone().sum::<f64>() / n;
    let spread = draws.map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (spread / n).sqrt())
}

/// sup |F_n − F|: the largest distance between the distribution function of the draws and
/// `cdf`. Not-a-number if a draw is.
pub fn kolmogorov_distance(draws: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    if draws.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let steps = sorted.iter().enumerate().map(|(i, x)| {
        let f = cdf(*x);
        (f - i as f64 / n).abs().max((f - (i + 1) as f64 / n).abs())
    });
    steps.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_and_variances_are_counted_in_standard_errors() {
        // Mean 2.5, variance 5/3 (n − 1), standard error of the mean √(5/12).
        let draws = [1.0, 2.0, 3.0, 4.0];
        let mean = Evidence::mean("x", &draws, 2.0, 9);
        assert!((mean.measured - 0.5 / (5.0_f64 / 12.0).sqrt()).abs() < 1e-14);
        assert_eq!((mean.samples, mean.seed), (Some(4), Some(9)));
        // (x − m)² is 2.25, 0.25, 0.25, 2.25: deviation √(4/3), of the mean √(1/3).
        let variance = Evidence::variance("x", &draws, 1.0, 9);
        let expected = (5.0 / 3.0 - 1.0) / (1.0_f64 / 3.0).sqrt();
        assert!((variance.measured - expected).abs() < 1e-14);
    }

    #[test]
    fn covariances_have_their_sign() {
        let (xs, ys) = ([1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0]);
        assert_eq!(Evidence::covariance("", &xs, &ys, -5.0 / 3.0, 0).measured, 0.0);
        assert!(Evidence::covariance("", &xs, &ys, 5.0 / 3.0, 0).measured > 5.0);
    }

    #[test]
    fn no_spread_is_no_excuse() {
        assert_eq!(Evidence::mean("", &[2.0; 9], 2.0, 0).measured, 0.0);
        assert!(!Evidence::mean("", &[2.0; 9], 2.1, 0).holds());
        assert!(!Evidence::mean("", &[2.0, f64::NAN], 2.0, 0).holds());
        assert!(!Evidence::law("", &[0.2, f64::NAN], |x| x, 0).holds());
    }

    #[test]
    fn evenly_spread_points_are_half_a_step_from_the_uniform_law() {
        let draws: Vec<f64> =
            (0..40).map(|i| (f64::from(i) + 0.5) / 40.0).rev().collect();
        assert!((kolmogorov_distance(&draws, |x| x) - 1.0 / 80.0).abs() < 1e-15);
        assert_eq!(kolmogorov_distance(&[0.25; 4], |x| x), 0.75);
        let law = Evidence::law("", &draws, |x| x, 0);
        assert!((law.measured - 40.0_f64.sqrt() / 80.0).abs() < 1e-14);
    }
}
