//! Random points for checks.

use dynamics::Stream;
use rand::RngExt;
use std::ops::Range;

/// `N` numbers at each of `count` points, number i uniform in `ranges[i]`.
pub(super) fn uniform<const N: usize>(
    seed: u64,
    purpose: &str,
    count: usize,
    ranges: [Range<f64>; N],
) -> Vec<[f64; N]> {
    let mut generator = Stream::new(seed, purpose).generator();
    (0..count)
        .map(|_| ranges.clone().map(|range| generator.random_range(range)))
        .collect()
}

/// The largest of some errors. Not-a-number wins, so that it never goes unseen.
pub(super) fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    let worse = |a: f64, b: f64| if a.is_nan() || a > b { a } else { b };
    errors.into_iter().fold(0.0, worse)
}

/// |a − b|, divided by the larger of |a| and |b|.
pub(super) fn relative(a: f64, b: f64) -> f64 {
    if a == b { 0.0 } else { (a - b).abs() / a.abs().max(b.abs()) }
}
