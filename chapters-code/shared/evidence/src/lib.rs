//! Evidence, claims and slips.
//!
//! A [`Claim`] is a sentence of the book with a check that returns [`Evidence`]: what was
//! measured, the limit, and why the limit is what it is. A [`Slip`] is the nearest wrong
//! sentence: the same check run on code or parameters that carry a likely mistake. A
//! claim stands when every piece of its evidence holds and every slip is refused by a
//! clear margin.

mod claim;
mod erratum;
mod measured;
mod sampled;
mod trials;

pub use claim::{Claim, ClaimReport, Slip, SlipReport};
pub use erratum::Erratum;
pub use measured::{Evidence, MARGIN, number, rounded};
pub use sampled::{KOLMOGOROV, STANDARD_ERRORS, kolmogorov_distance, mean_and_error};
pub use trials::main;

/// The seed of everything random in the book, unless a flag says otherwise.
pub const SEED: u64 = 20_261_123;
