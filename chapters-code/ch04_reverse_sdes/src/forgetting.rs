//! What is left, at the end of the way back, of an error made on it.

use crate::kernel::moments;
use crate::schedules::NoiseSchedule;

// ANCHOR: forgetting
/// ρ = α √(v/v_t): the correlation of X₀ and X_t, for data of variance v > 0.
pub fn correlation(schedule: &impl NoiseSchedule, t: f64, variance: f64) -> f64 {
    let (_, later) = moments(schedule, t, (0.0, variance));
    schedule.alpha(t) * (variance / later).sqrt()
}

/// ρ^{λ²}: the part left at 0 of an error of the mean made at t, by the way back with
/// the noise λ g, for normal data. Each error is counted in deviations of its time.
pub fn remembered(
    schedule: &impl NoiseSchedule,
    t: f64,
    variance: f64,
    lambda: f64,
) -> f64 {
    correlation(schedule, t, variance).powf(lambda * lambda)
}
// ANCHOR_END: forgetting

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prior::returned;
    use crate::schedules::{Cosine, Interval};

    #[test]
    fn the_reverse_equation_forgets_by_the_slope_of_the_exact_way_back() {
        let interval = Interval { start: 0.0, end: 0.98 };
        let (cosine, v) = (Cosine { offset: 0.008, interval }, 0.4);
        for t in [0.1, 0.5, 0.9] {
            // Of a start N(0, s²) in place of N(α m, v_t) the way back keeps c (0 − α m).
            let error = returned(&cosine, t, (0.7, v), 1.3).0 - 0.7;
            let (mean, variance) = moments(&cosine, t, (0.7, v));
            let found = (error / v.sqrt()) / (-mean / variance.sqrt());
            assert!((found - remembered(&cosine, t, v, 1.0)).abs() < 1e-14, "{t}");
        }
        assert_eq!(remembered(&cosine, 0.5, v, 0.0), 1.0);
    }
}
