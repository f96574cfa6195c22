//! The problem on which the chapter tries its samplers.

use crate::noised::Noised;
use crate::schedules::{Beta, Interval, NoiseSchedule, VariancePreserving};
use dynamics::Point;
use nalgebra::Matrix1;

// ANCHOR: problem
/// Weight, mean and deviation of the two heaps of data.
pub const HEAPS: [(f64, f64, f64); 2] = [(0.3, -1.5, 0.3), (0.7, 1.0, 0.5)];

/// β from 0.1 to 20 over one unit of time, asked from t = 0.001 on.
pub const SCHEDULE: VariancePreserving =
    VariancePreserving { beta: Beta::SONG, interval: Interval { start: 1e-3, end: 1.0 } };

/// The two heaps under any schedule.
pub fn two_heaps<S: NoiseSchedule>(schedule: S) -> Noised<S, 1> {
    let heap = |(weight, mean, deviation): (f64, f64, f64)| {
        (weight, Point::<1>::new(mean), Matrix1::new(deviation * deviation))
    };
    Noised::new(HEAPS.map(heap), schedule)
}
// ANCHOR_END: problem
