//! Exercises, verdicts and the harness that grades an assignment.
//!
//! An [`Exercise`] has a check that takes the student's work as an argument and returns
//! [`Evidence`](evidence::Evidence), and the slips students make, as work to be checked
//! in the same way. [`main`] is the whole of a chapter's `tests/assignment.rs`: it asks
//! each question in a child process, so that an endless loop, a stack overflow or an
//! abort costs its own points only. [`audit`] holds the exercises themselves to account.

mod audit;
mod caught;
mod child;
mod exercise;
mod report;
mod settings;
mod trials;
mod verdict;

pub use audit::audit;
pub use exercise::{Card, Exercise, Known};
pub use trials::main;
pub use verdict::{Likeness, Verdict, judge};
