//! The one-step methods of the chapter, each in a file of its own.

mod dopri;
mod euler;
mod heun;
mod rk4;

pub use dopri::DormandPrince;
pub use euler::Euler;
pub use heun::Heun;
pub use rk4::Rk4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Curved;
    use crate::orders::{Problem, halvings, slope};
    use dynamics::OdeMethod;

    #[test]
    fn every_method_has_the_order_it_declares() {
        fn measured<M: OdeMethod>(method: &M) {
            let errors =
                Problem::refined(Curved, 0.8, 1.0).errors(method, &halvings(4, 7));
            let (slope, order) = (slope(&errors), f64::from(M::ORDER));
            // So few steps do not tell an order to a tenth, but which one it is.
            assert_eq!(slope.round(), order, "{slope}");
        }
        measured(&Euler);
        measured(&Heun);
        measured(&Rk4);
        measured(&DormandPrince);
    }
}
