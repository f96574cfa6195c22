//! Time grids.

/// n equal steps from `start` to `end`.
///
/// Times are computed as start + (end − start)·i/n and never accumulated, so the last
/// one is `end` to the last bit. `end < start` runs backwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeGrid {
    /// Time of point 0.
    pub start: f64,
    /// Time of point `steps`.
    pub end: f64,
    /// Number of steps n.
    pub steps: usize,
}

impl TimeGrid {
    /// `steps` equal steps from `start` to `end`.
    ///
    /// # Panics
    /// If `steps` is 0 or a time is not finite.
    pub fn new(start: f64, end: f64, steps: usize) -> Self {
        assert!(steps > 0, "a time grid from {start} to {end} needs at least one step");
        assert!(
            start.is_finite() && end.is_finite(),
            "a time grid runs between finite times, not from {start} to {end}"
        );
        Self { start, end, steps }
    }

    /// The step h = (end − start)/n.
    pub fn h(&self) -> f64 {
        (self.end - self.start) / self.steps as f64
    }

    /// The time of point `i`, 0 ≤ i ≤ n.
    #[inline]
    pub fn time(&self, i: usize) -> f64 {
        if i == self.steps {
            self.end
        } else {
            self.start + (self.end - self.start) * (i as f64 / self.steps as f64)
        }
    }

    /// All n + 1 times.
    pub fn times(&self) -> impl ExactSizeIterator<Item = f64> + use<> {
        let grid = *self;
        (0..self.steps + 1).map(move |i| grid.time(i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_ends_at_its_end_to_the_last_bit() {
        for n in 1..=1000 {
            let grid = TimeGrid::new(0.1, 0.7, n);
            assert_eq!(grid.time(n), 0.7);
            assert_eq!(grid.times().len(), n + 1);
            assert_eq!(grid.times().next(), Some(0.1));
        }
    }

    #[test]
    fn a_sum_that_rounds_past_the_end_is_not_used() {
        let (start, end) = (0.3, -1.1e-17);
        assert_ne!(start + (end - start), end);
        assert_eq!(TimeGrid::new(start, end, 7).time(7), end);
    }

    #[test]
    fn points_are_a_step_apart() {
        let grid = TimeGrid::new(2.0, -1.0, 6);
        assert_eq!(grid.h(), -0.5);
        assert_eq!(
            grid.times().collect::<Vec<_>>(),
            [2.0, 1.5, 1.0, 0.5, 0.0, -0.5, -1.0]
        );
    }

    #[test]
    #[should_panic(expected = "not from -inf to 1")]
    fn a_grid_does_not_start_infinitely_early() {
        let _ = TimeGrid::new(f64::NEG_INFINITY, 1.0, 3);
    }

    #[test]
    #[should_panic(expected = "not from 0 to NaN")]
    fn a_grid_ends_at_a_number() {
        let _ = TimeGrid::new(0.0, f64::NAN, 3);
    }

    #[test]
    #[should_panic(expected = "at least one step")]
    fn no_steps_is_no_grid() {
        let _ = TimeGrid::new(0.0, 1.0, 0);
    }
}
