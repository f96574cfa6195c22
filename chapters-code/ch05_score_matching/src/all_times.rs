//! One loss for the score at all times, its floor, and what else may be predicted.

use ch01_flows::quadrature::GaussLegendre;
use ch04_reverse_sdes::Interval;
use dynamics::Point;

// ANCHOR: time-loss
/// |s + ε/σ|²: what a guess s of the score misses of the target −ε/σ.
pub fn miss<const D: usize>(sigma: f64, s: &Point<D>, noise: &Point<D>) -> f64 {
    (s + noise / sigma).norm_squared()
}

/// E λ(t) e(t) for t even on [t_min, T], t_min > 0: the mean of a weighted error.
///
/// Integrated in ln t, since errors grow like 1/t at the start: smooth in ln t, with
/// up to ten decades, they are exact to 1e-13.
///
/// # Panics
/// If the interval does not begin after 0.
pub fn over_time(
    interval: Interval,
    weight: impl Fn(f64) -> f64,
    error: impl Fn(f64) -> f64,
) -> f64 {
    let Interval { start, end } = interval;
    assert!(start > 0.0, "the interval begins at {start}: begin it after 0");
    let term = |log: f64| {
        let t = log.exp();
        weight(t) * error(t) * t
    };
    let integral = GaussLegendre::new(80).integral(term, start.ln(), end.ln());
    integral / (end - start)
}
// ANCHOR_END: time-loss

// ANCHOR: floor
/// d/σ² − E|∇ log p_t|²: what the exact score itself misses at a time, from σ and the
/// mean square of the score.
pub fn floor(d: usize, sigma: f64, square_of_score: f64) -> f64 {
    d as f64 / (sigma * sigma) - square_of_score
}

/// (d/Tβ₀) ln 10: by this much the mean floor with the weight 1 grows when t_min is
/// made ten times smaller, if the noise begins at the rate β₀ and T is the length.
pub fn growth_per_decade(d: usize, length: f64, beta: f64) -> f64 {
    d as f64 * 10.0_f64.ln() / (length * beta)
}
// ANCHOR_END: floor

// ANCHOR: noise-prediction
/// ε̂ = −σ s: the guess of the noise that goes with a guess of the score.
pub fn noise_of<const D: usize>(sigma: f64, s: &Point<D>) -> Point<D> {
    s * -sigma
}

/// ẑ = (x − σ ε̂)/α: the guess of the datum that goes with it.
pub fn datum_of<const D: usize>(
    (alpha, sigma): (f64, f64),
    x: &Point<D>,
    noise: &Point<D>,
) -> Point<D> {
    (x - noise * sigma) / alpha
}

/// What |ε̂ − ε|² and |ẑ − z|² are multiplied by to give |s + ε/σ|².
pub fn weights(alpha: f64, sigma: f64) -> [f64; 2] {
    [1.0 / sigma.powi(2), alpha.powi(2) / sigma.powi(4)]
}
// ANCHOR_END: noise-prediction

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_over_time_is_a_mean() {
        let interval = Interval { start: 1e-9, end: 2.5 };
        assert!((over_time(interval, |_| 0.7, |_| 1.0) - 0.7).abs() < 1e-13);
        // ∫ dt/t = ln 10 for each decade.
        let log = over_time(interval, |t| t, |t| 1.0 / (t * t)) * (2.5 - 1e-9);
        assert!((log - 2.5e9_f64.ln()).abs() < 1e-11);
    }

    #[test]
    #[should_panic(expected = "begin it after 0")]
    fn time_begins_after_0() {
        over_time(Interval { start: 0.0, end: 1.0 }, |_| 1.0, |_| 1.0);
    }

    #[test]
    #[should_panic(expected = "begins at -0.5: begin it after 0")]
    fn time_does_not_begin_before_0() {
        over_time(Interval { start: -0.5, end: 1.0 }, |_| 1.0, |_| 1.0);
    }
}
