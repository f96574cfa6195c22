//! Methods for stochastic equations. Euler–Maruyama is chapter 1's.

mod milstein;
mod platen;

pub use milstein::Milstein;
pub use platen::Platen;
