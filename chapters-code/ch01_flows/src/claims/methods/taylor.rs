//! What one straight step leaves out.

use crate::claims::draws::relative;
use crate::fields::Growth;
use crate::orders::slope;
use crate::taylor::{leading_remainder, remainder};
use evidence::{Claim, Evidence, Slip};
use num_dual::Dual64;

/// `flow-taylor-remainder`.
pub const TAYLOR_REMAINDER: Claim = Claim::new(
    "flow-taylor-remainder",
    "what a straight step leaves out is half the step times the acceleration",
    |_| taylor_remainder(|t, x| leading_remainder(|t, x| Growth.at(t, x), t, x)),
    &[
        Slip::new("the change of place forgotten", |_| {
            // The field held at the place x: only its change in time is left.
            taylor_remainder(|t, x| {
                leading_remainder(|t, _| Growth.at(t, Dual64::from(x)), t, x)
            })
        }),
        Slip::new("the change of time forgotten", |_| {
            taylor_remainder(|t, x| {
                leading_remainder(|_, x| Growth.at(Dual64::from(t), x), t, x)
            })
        }),
        Slip::new("the half forgotten", |_| {
            taylor_remainder(|t, x| 2.0 * leading_remainder(|t, x| Growth.at(t, x), t, x))
        }),
    ],
);

/// R/h of the exact flow against `leading`, and the order of R.
fn taylor_remainder(leading: fn(f64, f64) -> f64) -> Vec<Evidence> {
    let (t, x) = (0.4, 1.3);
    let left_out =
        |h: f64| remainder(x, Growth.flow_between(t, t + h, x), Growth.at(t, x), h);
    let errors: Vec<_> =
        (6..=10).map(|k| 0.5_f64.powi(k)).map(|h| (h, left_out(h).abs())).collect();
    let h = 1e-4;
    vec![
        Evidence::order(
            "what Euler's step leaves out",
            slope(&errors),
            1.0,
            0.05,
            "order 1; h from 1/64 to 1/1024, where the next term is below 3 %",
        ),
        Evidence::at_most(
            "R/h at h = 1e-4, relative difference from ½(∂u/∂t + (∂u/∂x) u)",
            relative(left_out(h) / h, leading(t, x)),
            1e-3,
            "the next term, of order h, with a coefficient below ten",
        ),
    ]
}
