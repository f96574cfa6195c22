//! What a wrong score costs, on the line with normal data, where every law is known.

use crate::kernel::moments;
use crate::noising::Backward;
use crate::schedules::{Interval, NoiseSchedule};
use ch01_flows::quadrature::GaussLegendre;
use ch01_flows::{Rk4, integrate};
use dynamics::TimeGrid;

// ANCHOR: path-entropy
/// ½ ∫ g² e dt over the interval of the schedule, in nats, where
/// e(t) = E|s_ϑ − ∇log p_t|² under p_t is the mean square error of a score.
pub fn path_entropy(schedule: &impl NoiseSchedule, error: impl Fn(f64) -> f64) -> f64 {
    let Interval { start, end } = schedule.interval();
    let rate = |t: f64| 0.5 * schedule.noise_rate(t) * error(t);
    GaussLegendre::new(60).integral(rate, start, end)
}
// ANCHOR_END: path-entropy

/// KL(N(m, v) ‖ N(k, w)) = ½ (ln(w/v) + (v + (m − k)²)/w − 1).
pub fn divergence((m, v): (f64, f64), (k, w): (f64, f64)) -> f64 {
    0.5 * ((w / v).ln() + (v + (m - k).powi(2)) / w - 1.0)
}

// ANCHOR: wrong-score
/// Normal data, and a score wrong in two ways: s_ϑ = (1 + ε) ∇log p_t + c α/v_t.
#[derive(Clone, Copy, Debug)]
pub struct WrongScore<S> {
    /// How the data are noised.
    pub schedule: S,
    /// Mean and variance of the data.
    pub data: (f64, f64),
    /// ε.
    pub stretch: f64,
    /// c.
    pub push: f64,
}

impl<S: NoiseSchedule + Copy> WrongScore<S> {
    /// Mean and variance v_t of the noised data.
    pub fn noised(&self, t: f64) -> (f64, f64) {
        moments(&self.schedule, t, self.data)
    }

    /// s_ϑ(t, x).
    pub fn score(&self, t: f64, x: f64) -> f64 {
        let (mean, v) = self.noised(t);
        (1.0 + self.stretch) * (mean - x) / v + self.push * self.schedule.alpha(t) / v
    }

    /// E|s_ϑ − ∇log p_t|² = ε²/v_t + c² α²/v_t².
    pub fn mean_square(&self, t: f64) -> f64 {
        let (_, v) = self.noised(t);
        let push = self.push * self.schedule.alpha(t) / v;
        self.stretch.powi(2) / v + push.powi(2)
    }

    /// Mean and variance to which the reverse SDE with s_ϑ leads those of its start.
    pub fn leads_to(&self, start: (f64, f64), steps: usize) -> (f64, f64) {
        let back = Backward { schedule: self.schedule, score: (), lambda: 1.0 };
        let field = |tau: f64, (mean, variance): &(f64, f64)| {
            let (of_place, of_score) = back.factors(tau);
            let t = back.forward_time(tau);
            // s_ϑ is affine in x; this is its slope.
            let slope = -(1.0 + self.stretch) / self.noised(t).1;
            let rate = of_place + of_score * slope;
            (
                of_place * mean + of_score * self.score(t, *mean),
                2.0 * rate * variance + back.noise_rate(tau),
            )
        };
        let Interval { start: first, end } = self.schedule.interval();
        integrate(&Rk4, &field, TimeGrid::new(0.0, end - first, steps), start)
    }
}
// ANCHOR_END: wrong-score

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedules::{Beta, VariancePreserving};
    use dynamics::Point;

    #[test]
    fn a_standard_case_has_its_known_ratios() {
        // β = 1 over three units of time, data N(0, ¼), started from N(0, 1).
        let schedule = VariancePreserving {
            beta: Beta { start: 1.0, end: 1.0 },
            interval: Interval { start: 0.0, end: 3.0 },
        };
        let cases = [(-0.2, 1.75), (-0.1, 2.0), (0.1, 2.54), (0.2, 2.77)];
        for (stretch, expected) in cases {
            let (data, prior) = ((0.0, 0.25), (0.0, 1.0));
            let wrong = WrongScore { schedule, data, stretch, push: 0.0 };
            let cost = divergence(data, wrong.leads_to(prior, 3000));
            let bound = divergence(wrong.noised(3.0), prior)
                + path_entropy(&schedule, |t| wrong.mean_square(t));
            assert!((bound / cost - expected).abs() < 0.006, "{}", bound / cost);
        }
    }

    #[test]
    fn an_error_of_one_costs_half_the_noise_of_the_interval() {
        let interval = Interval { start: 0.2, end: 0.8 };
        let schedule = VariancePreserving { beta: Beta::SONG, interval };
        let noise: f64 = Beta::SONG.integral(0.8) - Beta::SONG.integral(0.2);
        assert!((path_entropy(&schedule, |_| 1.0) - 0.5 * noise).abs() < 1e-13);
    }

    #[test]
    fn it_is_wrong_by_as_much_as_it_says() {
        let (schedule, t) = (crate::problem::SCHEDULE, 0.2);
        let part = (1.0, Point::<1>::new(0.4), nalgebra::Matrix1::new(0.35));
        let law = crate::Noised::new([part], schedule);
        let wrong = WrongScore { schedule, data: (0.4, 0.35), stretch: 0.3, push: 0.2 };
        let (alpha, v) = (schedule.alpha(t), wrong.noised(t).1);
        let error = |x: f64| {
            let right = law.score(t, &Point::<1>::new(x))[0];
            let expected = 1.3 * right + 0.2 * alpha / v;
            assert!((wrong.score(t, x) - expected).abs() < 1e-13);
            (wrong.score(t, x) - right).powi(2)
        };
        let rate = |x: f64| law.log_density(t, &Point::<1>::new(x)).exp() * error(x);
        let found = ch01_flows::quadrature::trapezoid(rate, -9.0, 9.0, 400);
        assert!((found - wrong.mean_square(t)).abs() < 1e-13);
    }

    #[test]
    fn a_divergence_is_the_integral_it_says() {
        let (p, q) = ((0.3, 0.5), (-0.4, 0.8));
        let log = |(m, v): (f64, f64), x: f64| {
            -0.5 * ((x - m).powi(2) / v + (2.0 * std::f64::consts::PI * v).ln())
        };
        let rate = |x: f64| log(p, x).exp() * (log(p, x) - log(q, x));
        let found = ch01_flows::quadrature::trapezoid(rate, -9.0, 9.0, 400);
        assert!((found - divergence(p, q)).abs() < 1e-13);
        assert_eq!(divergence(p, p), 0.0);
    }

    #[test]
    fn a_score_without_error_costs_nothing() {
        let schedule = crate::problem::SCHEDULE;
        let right = WrongScore { schedule, data: (0.4, 0.35), stretch: 0.0, push: 0.0 };
        assert_eq!(path_entropy(&schedule, |t| right.mean_square(t)), 0.0);
        let end = right.leads_to(right.noised(1.0), 4000);
        assert!(divergence(right.noised(1e-3), end) < 1e-12);
    }
}
