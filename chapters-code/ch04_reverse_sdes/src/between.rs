//! The exact step of a schedule from one time to another.

use crate::chains::Link;
use crate::schedules::{NoiseSchedule, Outside};

// ANCHOR: between
/// X_t = κ X_s + √v ξ from the time s to t ≥ s: κ = α(t)/α(s), and v = σ(t)² − κ² σ(s)²
/// is what the faded noise lacks.
///
/// # Panics
/// If the times are not in order, 0 ≤ s ≤ t ≤ T.
pub fn between(schedule: &impl NoiseSchedule, s: f64, t: f64) -> Link {
    assert!(0.0 <= s && s <= t, "a step runs from s ≥ 0 to t ≥ s, not from {s} to {t}");
    let interval = schedule.interval();
    assert!(t <= interval.end, "{}", Outside { t, interval });
    let factor = schedule.alpha(t) / schedule.alpha(s);
    let faded = factor * schedule.sigma(s);
    let variance = schedule.sigma(t).powi(2) - faded.powi(2);
    // Rounding may leave a step of no length a little below zero.
    Link { factor, variance: variance.max(0.0) }
}
// ANCHOR_END: between

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chains::link_over;
    use crate::problem::SCHEDULE;

    #[test]
    fn of_variance_preserving_noise_it_is_the_link_of_the_chain() {
        let (exact, link) =
            (between(&SCHEDULE, 0.2, 0.3), link_over(&SCHEDULE.beta, 0.2, 0.1));
        // A chain renews the share ΔB, the equation 1 − e^{−ΔB}.
        let renewed = -(-link.variance).exp_m1();
        assert!((exact.variance - renewed).abs() < 1e-14);
        assert!((exact.factor.powi(2) + exact.variance - 1.0).abs() < 1e-14);
        assert_eq!(between(&SCHEDULE, 0.3, 0.3), Link { factor: 1.0, variance: 0.0 });
    }

    #[test]
    fn a_step_too_short_for_its_digits_adds_no_negative_variance() {
        for i in 1..200 {
            let s = 0.005 * f64::from(i);
            let v = between(&SCHEDULE, s, s.next_up().next_up()).variance;
            // At most β = 20 times two units in the last place, and rounding.
            assert!((0.0..1e-14).contains(&v), "{s}: {v}");
        }
    }

    #[test]
    #[should_panic(expected = "not from -0.1 to 0.2")]
    fn a_step_from_before_the_data_is_told() {
        let _ = between(&SCHEDULE, -0.1, 0.2);
    }

    #[test]
    #[should_panic(expected = "not from 0.3 to 0.2")]
    fn a_step_back_is_told() {
        let _ = between(&SCHEDULE, 0.3, 0.2);
    }

    #[test]
    #[should_panic(expected = "to t = 1 and has no t = 1.5")]
    fn a_step_beyond_the_end_is_told() {
        let _ = between(&SCHEDULE, 0.3, 1.5);
    }
}
