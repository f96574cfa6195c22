//! Brownian motion at n times is one Gaussian vector: its covariance and its factor.

use nalgebra::DMatrix;

// ANCHOR: covariance
/// The matrix Cov(W_{tᵢ}, W_{tⱼ}) = min(tᵢ, tⱼ) of one Brownian motion at n
/// times.
pub fn covariance_matrix(times: &[f64]) -> DMatrix<f64> {
    let n = times.len();
    DMatrix::from_fn(n, n, |i, j| times[i].min(times[j]))
}

/// The matrix that makes W_{t₁}, …, W_{tₙ} of n independent draws of N(0, 1).
///
/// Column j is step j, from tⱼ₋₁ to tⱼ with t₀ = 0; row i adds up the steps
/// until tᵢ.
///
/// # Panics
/// If the times do not grow from 0.
pub fn summation_matrix(times: &[f64]) -> DMatrix<f64> {
    let n = times.len();
    let deviation = |j: usize| {
        let (before, t) = (if j == 0 { 0.0 } else { times[j - 1] }, times[j]);
        assert!(t > before, "times grow from 0: {t} does not exceed {before}");
        (t - before).sqrt()
    };
    let steps: Vec<f64> = (0..n).map(deviation).collect();
    DMatrix::from_fn(n, n, |i, j| if j <= i { steps[j] } else { 0.0 })
}
// ANCHOR_END: covariance

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_times_by_hand() {
        let times = [0.25, 2.5];
        let covariance = DMatrix::from_row_slice(2, 2, &[0.25, 0.25, 0.25, 2.5]);
        let factor = DMatrix::from_row_slice(2, 2, &[0.5, 0.0, 0.5, 1.5]);
        assert_eq!(covariance_matrix(&times), covariance);
        assert_eq!(summation_matrix(&times), factor);
    }

    #[test]
    #[should_panic(expected = "0.5 does not exceed 0.5")]
    fn times_must_grow() {
        let _ = summation_matrix(&[0.5, 0.5]);
    }
}
