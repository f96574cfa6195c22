//! The solver on cells: what goes through a face, the scheme, and the step it bears.

mod bound;
mod face;
mod scheme;

pub use bound::POSITIVE_STEP;
pub use face::FACE_FLUX;
pub use scheme::FINITE_VOLUME;
