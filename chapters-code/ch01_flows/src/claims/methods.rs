//! Claims on the methods: what a step leaves out, their orders, and the loops around them.

/// Declares a method that is nearly one of the chapter's.
macro_rules! nearly {
    ($(#[$doc:meta])* $name:ident, $order:expr, |$field:ident, $t:ident, $h:ident, $x:ident| $step:expr) => {
        $(#[$doc])*
        struct $name;

        impl OdeMethod for $name {
            const ORDER: u32 = $order;

            fn step<S: State>(
                &self,
                $field: &(impl VectorField<S> + ?Sized),
                $t: f64,
                $h: f64,
                $x: &S,
            ) -> S {
                $step
            }
        }
    };
}

mod adaptive;
mod fixed_steps;
mod sampler;
mod simulator;
mod taylor;

pub use adaptive::ADAPTIVE;
pub use fixed_steps::{EULER_STEP, HEUN, RK4};
pub use sampler::EULER_SAMPLER;
pub use simulator::SIMULATOR_INTERFACE;
pub use taylor::TAYLOR_REMAINDER;
