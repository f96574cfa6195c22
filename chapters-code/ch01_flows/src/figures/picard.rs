//! Picard iterates closing in on eᵗ.

use crate::picard::picard as iterate;
use evidence::number;
use plot::{Picture, Plot, Style};

/// The iterates k = 0 … 5 for u(x) = x from 1, and the exponential they approach.
pub(super) fn picard() -> Picture {
    todo!()
}
