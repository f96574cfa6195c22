//! Claims on variance-preserving noise: its discrete chains, its kernel, and its way back.

mod chains;
mod kernel;

pub use chains::{VP_DISCRETE, VP_NOISE_VARIANCE, VP_PRODUCT, VP_PRODUCT_LIMIT, VP_SDE};
pub use kernel::{VP_MARGINAL_MOMENTS, VP_REVERSE, VP_TRANSITION};

use crate::schedules::{Beta, Interval, VariancePreserving};

/// Unlike the chapter's test problem: no constant of it is 1.
const BETA: Beta = Beta { start: 0.3, end: 4.0 };
const VP: VariancePreserving =
    VariancePreserving { beta: BETA, interval: Interval { start: 1e-3, end: 1.0 } };
const END: f64 = 0.9;
