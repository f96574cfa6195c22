//! The vocabulary of the book: what a state, a field, an SDE, a method, a time grid,
//! a density and a stream of random numbers are.
//!
//! A problem, a method, a time grid and noise are four things, and none owns another.
//! A step is a pure function of (t, h, x); a method declares its order, and one test
//! holds every method to it. The methods themselves live in the chapters that explain
//! them: Euler, Heun and Runge–Kutta in chapter 1, Milstein in chapter 2.

mod density;
mod ensemble;
mod field;
mod increment;
mod method;
mod schedule;
mod state;
mod stream;
mod time;

pub use density::{Density, Mixture};
pub use ensemble::{CHUNK, for_each_chunk, sum_over_chunks, try_for_each_chunk};
pub use field::{ScalarNoise, Sde, VectorField};
pub use increment::Increment;
pub use method::{Embedded, Failure, OdeMethod, SdeMethod};
pub use schedule::{Coefficients, Linear, Schedule};
pub use state::{Normed, Point, State};
pub use stream::{Generator, Stream};
pub use time::TimeGrid;
