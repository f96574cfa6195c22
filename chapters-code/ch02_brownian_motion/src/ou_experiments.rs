//! Sweeps of the Ornstein–Uhlenbeck process over its rate and its noise.

use crate::{EulerMaruyama, OrnsteinUhlenbeck, simulate_paths};
use dynamics::{Failure, Stream, TimeGrid};

/// The rate θ of the sweep over g.
pub const RATE: f64 = 0.25;

/// The strengths g of both sweeps.
pub const STRENGTHS: [f64; 4] = [0.0, 0.25, 0.5, 1.0];

/// The rates θ of the sweep over both.
pub const RATES: [f64; 4] = [0.1, 0.25, 0.5, 0.9];

/// The time to which the paths run.
pub const END: f64 = 20.0;

/// The number of their steps.
pub const STEPS: usize = 1000;

// ANCHOR: ou-sweep
/// `count` places from −10 to 10, equally spaced, both ends among them.
pub fn spread_starts(count: usize) -> Vec<f64> {
    TimeGrid::new(-10.0, 10.0, count - 1).times().collect()
}

/// Euler–Maruyama's paths from these starts to t = 20 in 1000 steps:
/// `paths[particle][i]`.
///
/// The noise depends on the seed and on nothing else, so that two rates, or
/// two strengths, are compared on the same draws.
pub fn ou_paths(
    ou: OrnsteinUhlenbeck,
    starts: &[f64],
    seed: u64,
) -> Result<Vec<Vec<f64>>, Failure<f64>> {
    let grid = TimeGrid::new(0.0, END, STEPS);
    let noise = Stream::new(seed, "Ornstein–Uhlenbeck sweep");
    simulate_paths(&EulerMaruyama, &ou, grid, noise, starts)
}
// ANCHOR_END: ou-sweep

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_spread_from_end_to_end() {
        let starts = spread_starts(10);
        assert_eq!((starts.len(), starts[0], starts[9]), (10, -10.0, 10.0));
        let apart = starts.windows(2).map(|x| x[1] - x[0] - 20.0 / 9.0);
        assert!(apart.fold(0.0, |a: f64, x| a.max(x.abs())) < 1e-14);
    }
}
