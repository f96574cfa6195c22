//! What it costs to start from a normal law in place of p_T.

use crate::kernel::moments;
use crate::noised::Noised;
use crate::schedules::NoiseSchedule;
use ch01_flows::quadrature::trapezoid;
use ch03_fokker_planck::transition::normal;
use dynamics::Point;

// ANCHOR: divergence
/// KL(N(m, v) ‖ N(0, s²)) = ½ [m²/s² + δ − ln(1 + δ)] with δ = v/s² − 1, in nats.
pub fn divergence((mean, variance): (f64, f64), s: f64) -> f64 {
    let excess = (variance - s * s) / (s * s);
    0.5 * ((mean / s).powi(2) + excess - excess.ln_1p())
}

/// KL(p_t ‖ N(0, s²)) for a coordinate of normal data with mean m and variance v. Other
/// data with these moments cost at least as much.
pub fn start_cost(
    schedule: &impl NoiseSchedule,
    t: f64,
    data: (f64, f64),
    s: f64,
) -> f64 {
    divergence(moments(schedule, t, data), s)
}
// ANCHOR_END: divergence

// ANCHOR: start-bound
/// For data of any law KL(p_t ‖ N(0, s²)) is at most this, the mean over the data of the
/// cost from one start: E KL(N(α X₀, σ²) ‖ N(0, s²)).
pub fn start_bound(
    schedule: &impl NoiseSchedule,
    t: f64,
    (mean, variance): (f64, f64),
    s: f64,
) -> f64 {
    // The cost has the square of α X₀ in it, and nothing else of X₀.
    let size = (mean * mean + variance).sqrt();
    divergence((schedule.alpha(t) * size, schedule.sigma(t).powi(2)), s)
}
// ANCHOR_END: start-bound

// ANCHOR: returned
/// Mean and variance that the exact way back from N(0, s²) at t brings to normal data.
///
/// X₀ given X_t = y is N(m + c (y − α m), v − c α v), c = α v/(α² v + σ²).
pub fn returned(
    schedule: &impl NoiseSchedule,
    t: f64,
    (mean, variance): (f64, f64),
    s: f64,
) -> (f64, f64) {
    let alpha = schedule.alpha(t);
    let (mean_t, variance_t) = moments(schedule, t, (mean, variance));
    let c = alpha * variance / variance_t;
    (mean - c * mean_t, variance - c * alpha * variance + (c * s).powi(2))
}
// ANCHOR_END: returned

/// KL(p_t ‖ N(0, s²)) of a noised mixture on the line by quadrature.
///
/// Of p ln(p/q) − p + q, which is nowhere negative, so that small divergences keep their
/// digits. The data must lie within ±2 or so, and both laws be wider than a fiftieth of
/// the wider one, as the grid has 4000 places.
pub fn measured_cost<S: NoiseSchedule>(law: &Noised<S, 1>, t: f64, s: f64) -> f64 {
    let (alpha, sigma) = (law.schedule.alpha(t), law.schedule.sigma(t));
    let reach = 9.0 * (s + 2.0 * alpha + sigma);
    let log_start = |x: f64| normal(0.0, 0.0, s * s).ln() - 0.5 * (x / s).powi(2);
    let integrand = |x: f64| {
        let (log_p, log_q) = (law.log_density(t, &Point::<1>::new(x)), log_start(x));
        let gap = log_p - log_q;
        // Times the larger of the two, so that no exponential overflows.
        if gap > 0.0 {
            log_p.exp() * (gap + (-gap).exp_m1())
        } else {
            log_q.exp() * (gap * gap.exp() - gap.exp_m1())
        }
    };
    trapezoid(integrand, -reach, reach, 4000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::SCHEDULE;
    use nalgebra::Matrix1;

    #[test]
    fn quadrature_keeps_the_digits_of_small_divergences() {
        let data = (0.7, 0.4);
        let part = (1.0, Point::<1>::new(data.0), Matrix1::new(data.1));
        let law = Noised::new([part], SCHEDULE);
        for (t, s) in [(0.05, 1.0), (0.5, 1.7), (1.0, 1.0)] {
            let (exact, found) =
                (start_cost(&SCHEDULE, t, data, s), measured_cost(&law, t, s));
            assert!((found / exact - 1.0).abs() < 1e-9, "{t}: {found} {exact}");
        }
    }

    #[test]
    fn the_bound_is_the_mean_cost_of_two_starts() {
        let (m, v, s) = (0.7, 0.4_f64, 1.7);
        for t in [0.05, 0.5] {
            let from = |x| start_cost(&SCHEDULE, t, (x, 0.0), s);
            let mean = 0.5 * (from(m - v.sqrt()) + from(m + v.sqrt()));
            assert!((start_bound(&SCHEDULE, t, (m, v), s) / mean - 1.0).abs() < 1e-13);
        }
    }

    #[test]
    fn a_law_costs_nothing_in_place_of_itself() {
        assert_eq!(divergence((0.0, 2.25), 1.5), 0.0);
    }
}
