//! Expectations after a flow.

use super::{QUADRATURE, RANGE, off, start, worst};
use crate::fields::Growth;
use crate::laws::{START, steep_flow};
use crate::pushforward::{expectation, pushed_density};
use crate::quadrature::trapezoid;
use evidence::{Claim, Evidence, Slip};
use num_dual::Dual;

type Scalar = fn(f64) -> f64;
type Expectation = fn(Scalar, &dyn Fn(f64) -> f64, Scalar, (f64, f64)) -> f64;

fn pushforward_check(candidate: Expectation) -> Vec<Evidence> {
    let (m, s) = START;
    let fourth = m.powi(4) + 6.0 * m.powi(2) * s.powi(2) + 3.0 * s.powi(4);
    let growth = [0.3, 0.9, 1.4, 2.7].map(|t: f64| {
        let measured = candidate(|x| x.powi(4), &|x| Growth.flow(t, x), start, RANGE);
        off(measured, fourth * (4.0 * t.sin()).exp())
    });
    let steep = [0.4, 0.9, 1.3].map(|t: f64| {
        let phi = |y: f64| (1.3 * y).cos() + y;
        let measured = candidate(phi, &|x| steep_flow(t, x), start, RANGE);
        let inverse = |y| steep_flow(Dual::from(-t), y);
        let moved = |y| phi(y) * pushed_density(start, inverse, y);
        off(measured, trapezoid(moved, RANGE.0 - 4.0, RANGE.1 + 4.0, 8000))
    });
    let fourth = "fourth moment under x cos t against the closed form, relative";
    let other = "E[cos 1.3X + X] under tanh x against the integral over the pushed density, relative";
    vec![
        Evidence::at_most(fourth, worst(growth), 1e-9, QUADRATURE),
        Evidence::at_most(other, worst(steep), 1e-9, QUADRATURE),
    ]
}

/// Expectations of X_t are integrals over X_0.
pub const PUSHFORWARD_EXPECTATION: Claim = Claim::new(
    "flow-pushforward-expectation",
    "an expectation after the flow is an integral over the law before it",
    |_| pushforward_check(|phi, flow, p, range| expectation(phi, flow, p, range)),
    &[
        Slip::new("the flow moves the density's argument", |_| {
            pushforward_check(|phi, flow, p, range| {
                expectation(phi, |x| x, |x| p(flow(x)), range)
            })
        }),
        Slip::new("the points stay where they started", |_| {
            pushforward_check(|phi, _, p, range| expectation(phi, |x| x, p, range))
        }),
    ],
);
