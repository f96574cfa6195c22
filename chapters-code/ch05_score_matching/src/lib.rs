//! Chapter 5, *Score matching*: the score of a law, learned from draws alone.
//!
//! Clock N: the data are at t = 0, noise is at t = T. In order of appearance: what a score
//! says; losses that learn it without knowing it (implicit, sliced, by windows, by
//! denoising) and what each of them is worth; all levels of noise at once; a network and
//! its training; and drawing with what was learned.

// The score.
pub mod problem;
pub mod score;

// Without the score.
pub mod implicit;
pub mod sliced;
mod spikes;

// Windows on the data.
mod memory;
pub mod windows;

// Denoising.
pub mod denoising;

// What a denoiser knows.
pub mod denoiser;

// All noise at once.
pub mod all_times;
pub mod all_times_lesson;
pub mod training_loop;

// A network. (Its own code is the crate `neural`.)
pub mod bump_basis;
pub mod four_losses;
pub mod losses;

// Learned and drawn.
pub mod annealed;
pub mod drawing;
pub mod learned;
pub mod likelihood;
pub mod measured;
pub mod score_network;
pub mod toy_models;
pub mod toys;
pub mod training;

// The chapter as the book knows it.
pub mod assignment;
pub mod claims;
pub mod errata;
pub mod exercises;
pub mod figures;

pub use claims::CLAIMS;
pub use errata::ERRATA;
pub use exercises::{EXERCISES, STUDENT, UNFINISHED, Work, cards};
pub use figures::FIGURES;
