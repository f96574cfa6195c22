//! The one-step methods of the chapter, each in a file of its own.

mod dopri;
mod euler;
mod heun;
mod rk4;

pub use dopri::DormandPrince;
pub use euler::Euler;
pub use heun::Heun;
pub use rk4::Rk4;
