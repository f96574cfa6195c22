//! The divergence theorem.

use super::{QUADRATURE, off};
use crate::laws::Place;
use crate::transport as shown;
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Vector2, Vector3};
use num_dual::{Dual64, DualNum};
use std::f64::consts::PI;

type Outflow<const D: usize> = fn(fn(&Place<D>) -> Place<D>, &Point<D>, f64) -> f64;

fn divergence_check(disc: Outflow<2>, ball: Outflow<3>) -> Vec<Evidence> {
    let cubes_2 = |x: &Place<2>| x.map(|x| x * x * x);
    let cubes_3 = |x: &Place<3>| x.map(|x| x * x * x);
    let twisted_2 =
        |x: &Place<2>| Vector2::new((x.x * 0.7 + x.y * x.y).sin(), x.x * x.y * x.y - x.x);
    let twisted_3 = |x: &Place<3>| {
        Vector3::new(x.y * x.x.sin(), x.y * x.y * x.z - x.x, (x.z * 0.6 - x.x).exp())
    };
    let (at, above) = (Vector2::new(0.4, -0.9), Vector3::new(0.4, -0.9, 0.3));
    let out = disc(twisted_2, &at, 0.7);
    let inside = shown::source_in_disc(twisted_2, &at, 0.7);
    let out_3 = ball(twisted_3, &above, 0.7);
    let inside_3 = shown::source_in_ball(twisted_3, &above, 0.7);
    let closed_2 = off(disc(cubes_2, &Vector2::zeros(), 1.0), 1.5 * PI);
    let closed_3 = off(ball(cubes_3, &Vector3::zeros(), 1.0), 2.4 * PI);
    vec![
        Evidence::at_most(
            "flux of (x³, y³) out of the unit disc against 3π/2, relative",
            closed_2,
            1e-12,
            QUADRATURE,
        ),
        Evidence::at_most(
            "flux of (x³, y³, z³) out of the unit ball against 12π/5, relative",
            closed_3,
            1e-12,
            QUADRATURE,
        ),
        Evidence::at_most(
            "flux against divergence, a twisted field on a disc off the origin, relative",
            off(out, inside),
            1e-11,
            QUADRATURE,
        ),
        Evidence::at_most(
            "flux against divergence, a twisted field on a ball off the origin, relative",
            off(out_3, inside_3),
            1e-11,
            QUADRATURE,
        ),
    ]
}

/// The field turned back by a quarter: its outward part is what it had along the
/// tangent.
fn along_the_tangent(field: fn(&Place<2>) -> Place<2>) -> impl Fn(&Place<2>) -> Place<2> {
    move |x| {
        let f = field(x);
        Vector2::new(f.y, -f.x)
    }
}

/// What flows out through the surface is what springs up inside.
pub const DIVERGENCE_THEOREM: Claim = Claim::new(
    "flow-divergence-theorem",
    "the flux out of a region is the integral of the divergence over it",
    |_| {
        divergence_check(
            |f, c, r| shown::flux_out_of_disc(f, c, r),
            |f, c, r| shown::flux_out_of_ball(f, c, r),
        )
    },
    &[
        Slip::new("tangent in place of the normal", |_| {
            divergence_check(
                |f, c, r| shown::flux_out_of_disc(along_the_tangent(f), c, r),
                |f, c, r| {
                    let turned = |x: &Place<3>| {
                        let f = f(x);
                        Vector3::new(f.y, -f.x, Dual64::from(0.0))
                    };
                    shown::flux_out_of_ball(turned, c, r)
                },
            )
        }),
        Slip::new("surface element without the radius", |_| {
            divergence_check(
                |f, c, r| shown::flux_out_of_disc(f, c, r) / r,
                |f, c, r| shown::flux_out_of_ball(f, c, r) / r.powi(2),
            )
        }),
    ],
);
