//! Chapter 4, *Reverse SDEs*: a diffusion run backwards, why that is possible, and what
//! each short cut costs.
//!
//! Clock N: the data are at t = 0, noise is at t = T. In order of appearance: the
//! conditional density backwards, the reverse SDE, affine diffusions and the laws they
//! make, the schedules, samplers, the family between the SDE and an ODE, and the price of
//! steps, of wrong starts and of wrong scores.

// Backwards in time.
pub mod conditional;
pub mod known;
pub mod reverse;

// The reverse SDE.
pub mod backward_noise;
mod film;
pub mod noising;
pub mod problem;
pub mod reverse_step;

// Noise by plan.
pub mod affine;
pub mod noised;
pub mod schedules;

// Variance preserving.
pub mod chains;
pub mod kernel;

// Other schedules.
pub mod between;
pub mod prior;

// Drawing from the data.
pub mod sampler;
pub mod ways_back;

// Without noise.
pub mod flow;
pub mod forgetting;

// What short cuts cost.
pub mod exact_laws;
pub mod exponential_step;
pub mod race;
pub mod wrong_score;

// The chapter as the book knows it.
pub mod assignment;
pub mod claims;
pub mod errata;
pub mod exercises;
pub mod figures;

pub use affine::Affine;
pub use between::between;
pub use chains::Link;
pub use claims::CLAIMS;
pub use errata::ERRATA;
pub use exercises::{EXERCISES, STUDENT, UNFINISHED, Work, cards};
pub use figures::FIGURES;
pub use flow::{ProbabilityFlow, flow_drift};
pub use noised::Noised;
pub use noising::{Backward, Noising};
pub use problem::two_heaps;
pub use reverse::{Reversed, Turned, reverse_drift};
pub use reverse_step::reverse_step;
pub use sampler::{Corrector, sample, sample_corrected, way_back};
pub use schedules::{
    Beta, Cosine, Interval, NoiseSchedule, Outside, Straight, SubVariancePreserving,
    VarianceExploding, VariancePreserving,
};
