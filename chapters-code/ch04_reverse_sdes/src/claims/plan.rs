//! Claims on affine noise, and on the schedules it makes.

mod affine;
mod schedule;

pub use affine::{AFFINE_GAUSSIAN, AFFINE_MEAN, AFFINE_VARIANCE, TOTAL_VARIANCE};
pub use schedule::{EXP_FORWARD, MIXTURE_MARGINAL, SCHEDULE_TO_SDE, TIMES, noised_draws};
