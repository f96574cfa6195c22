//! Volumes under a flow.

use super::{off, worst};
use crate::fields::Shear;
use crate::integrate;
use crate::laws::{LINEAR, Law, Place, TRACELESS, lift, linear_density};
use crate::methods::Rk4;
use crate::orders::{halvings, slope};
use crate::transport as shown;
use dynamics::{TimeGrid, VectorField};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Vector2;
use num_dual::{Dual64, DualNum};
use std::f64::consts::PI;

/// A field with the stream function 0.7 sin x sin y + xy + 0.3x, so without divergence
/// but not of the form (y + a(t), b(x)).
fn rolls(_t: f64, x: &Place<2>) -> Place<2> {
    let (x, y) = (x[0], x[1]);
    let across = x.sin() * y.cos() * 0.7 + x;
    Vector2::new(across, -(x.cos() * y.sin() * 0.7) - y - 0.3)
}

fn incompressible_check(
    shear: &impl VectorField<Place<2>>,
    rolls: &impl VectorField<Place<2>>,
    law: Law<2>,
) -> Vec<Evidence> {
    let from = Vector2::new(0.8, -0.3);
    let defects = |steps: Vec<usize>, field: &dyn Fn(TimeGrid) -> f64| {
        let defect = |n| {
            let grid = TimeGrid::new(0.2, 1.5, n);
            (grid.h(), (field(grid) - 1.0).abs())
        };
        steps.into_iter().map(defect).collect::<Vec<_>>()
    };
    let sheared = defects(halvings(3, 7), &|grid| {
        shown::flow_determinant(&Rk4, shear, grid, &from)
    });
    let rolled = defects(halvings(4, 8), &|grid| {
        shown::flow_determinant(&Rk4, rolls, grid, &from)
    });
    let area = |field| {
        shown::carried_area(&Rk4, field, TimeGrid::new(0.2, 1.5, 500), &from, 0.7)
    };
    let followed = |x: Vector2<f64>| {
        let field = |t: f64, x: &Place<2>| (law.velocity)(t.into(), x);
        let end = integrate(&Rk4, &field, TimeGrid::new(0.0, 1.3, 500), lift(&x));
        let at_start = (law.density)(0.0.into(), &lift(&x)).re;
        off((law.density)(1.3.into(), &end).re, at_start)
    };
    let starts = [from, Vector2::new(-1.1, 0.4), Vector2::new(0.2, 1.6)];
    vec![
        Evidence::at_most(
            "det ∇ψ − 1 after 128 steps of Runge–Kutta",
            sheared[4].1,
            1e-10,
            "truncation of order h⁵, h = 0.01",
        ),
        Evidence::order(
            "det ∇ψ − 1, u = (y + cos t, −sin x)",
            slope(&sheared),
            5.0,
            0.1,
            "what four halvings leave of the next order; the leading error of Runge–Kutta has no divergence for a field (y + a(t), b(x))",
        ),
        Evidence::order(
            "det ∇ψ − 1, a field with a stream function",
            slope(&rolled),
            4.0,
            0.1,
            "what four halvings leave of the next order",
        ),
        Evidence::at_most(
            "area of a carried circle against πr², relative",
            off(area(shear), PI * 0.49),
            1e-11,
            "truncation of Runge–Kutta after 500 steps",
        ),
        Evidence::at_most(
            "density at the end of three paths of a linear field against that at their start, relative",
            worst(starts.map(followed)),
            1e-9,
            "truncation of Runge–Kutta after 500 steps",
        ),
    ]
}

/// Without divergence volumes stay.
pub const INCOMPRESSIBLE: Claim = Claim::new(
    "flow-incompressible",
    "a field without divergence keeps volumes, and densities along its paths",
    |_| incompressible_check(&Shear, &rolls, TRACELESS),
    &[
        Slip::new("a field without curl instead", |_| {
            let growing = |_: f64, x: &Place<2>| *x;
            let law = Law {
                density: |t, x| linear_density([[1.0, 0.0], [0.0, 1.0]], t, x),
                velocity: |_, x| *x,
            };
            incompressible_check(&growing, &growing, law)
        }),
        Slip::new("a little friction", |_| {
            let friction = |x: &Place<2>| Vector2::new(Dual64::from(0.0), x.y * 0.05);
            incompressible_check(
                &|t: f64, x: &Place<2>| Shear.at(t.into(), x) - friction(x),
                &|t: f64, x: &Place<2>| rolls(t, x) - friction(x),
                LINEAR,
            )
        }),
    ],
);
