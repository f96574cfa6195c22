//! The continuity equation and the flux.

use super::{DERIVATIVES, off, start, start_below, worst};
use crate::balance::Balance;
use crate::laws::{GROWTH, LINEAR, Law, STEEP, lift, steep_flow, towards};
use crate::transport as shown;
use dynamics::{Generator, Point, Stream};
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual64, DualNum};
use rand::RngExt;

/// Fifty times in (0.2, 1.7) with points of a box of ±2.
fn places<const D: usize>(seed: u64, purpose: &str) -> Vec<(f64, Point<D>)> {
    let mut draws = Stream::new(seed, purpose).generator();
    let coordinate = |draws: &mut Generator| draws.random_range(-2.0..2.0);
    (0..50)
        .map(|_| {
            let t = draws.random_range(0.2..1.7);
            (t, Point::<D>::from_fn(|_, _| coordinate(&mut draws)))
        })
        .collect()
}

type Equation<const D: usize> = fn(&Law<D>, f64, &Point<D>) -> Balance;

fn continuity_check(seed: u64, line: Equation<1>, plane: Equation<2>) -> Vec<Evidence> {
    let places_1 = places::<1>(seed, "continuity on the line");
    let places_2 = places::<2>(seed, "continuity in the plane");
    let on_line = |law| worst(places_1.iter().map(|(t, x)| line(law, *t, x).relative()));
    let in_plane = worst(places_2.iter().map(|(t, x)| plane(&LINEAR, *t, x).relative()));
    let residual = |of: &str, value| {
        let what = format!("largest residual of 50 over its largest term, {of}");
        Evidence::at_most(what, value, 1e-9, DERIVATIVES).sampled(50, seed)
    };
    vec![
        residual("u = x cos t, Gaussian", on_line(&GROWTH)),
        residual("u = tanh x, density by change of variables", on_line(&STEEP)),
        residual("u = Ax in the plane", in_plane),
    ]
}

/// u·∇p at (t, x).
fn advection<const D: usize>(law: &Law<D>, t: f64, x: &Point<D>) -> f64 {
    let slope = |i| (law.density)(t.into(), &towards(x, i)).eps;
    let velocity = (law.velocity)(t.into(), &lift(x));
    (0..D).map(|i| velocity[i].re * slope(i)).sum()
}

/// dp/dt + ∇·(pu), with the derivative along the motion.
fn total_derivative<const D: usize>(law: &Law<D>, t: f64, x: &Point<D>) -> Balance {
    let right = shown::continuity(law, t, x);
    let extra = advection(law, t, x);
    Balance { residual: right.residual + extra, scale: right.scale.max(extra.abs()) }
}

/// ∂ₜp + u·∇p: the density carried along unchanged.
fn only_carried<const D: usize>(law: &Law<D>, t: f64, x: &Point<D>) -> Balance {
    let rate = (law.density)(Dual64::from(t).derivative(), &lift(x)).eps;
    Balance::of([rate, advection(law, t, x)])
}

/// ∂ₜp + ∇·(pu) = 0.
pub const CONTINUITY_EQUATION: Claim = Claim::new(
    "flow-continuity-equation",
    "the density at a fixed place changes by what flows in and out",
    |seed| continuity_check(seed, shown::continuity, shown::continuity),
    &[
        Slip::printed("total derivative on the left", "E003-04", |seed| {
            continuity_check(seed, total_derivative, total_derivative)
        }),
        Slip::new("velocity outside the divergence", |seed| {
            continuity_check(seed, only_carried, only_carried)
        }),
    ],
);

/// P(X_t ≤ x) = Φ((ψ_t⁻¹(x) − m)/s), with its derivative in time.
fn below(inverse: fn(Dual64, Dual64) -> Dual64, t: f64, x: f64) -> Dual64 {
    let came_from = inverse(Dual64::from(t).derivative(), x.into());
    Dual64::new(start_below(came_from.re), start(came_from.re) * came_from.eps)
}

fn flux_check(seed: u64, candidate: fn(&Law<1>, f64, &Point<1>) -> f64) -> Vec<Evidence> {
    let places = places::<1>(seed, "flux");
    let error = |law: &Law<1>, inverse| {
        worst(
            places
                .iter()
                .map(|(t, x)| off(candidate(law, *t, x), below(inverse, *t, x[0]).eps)),
        )
    };
    let what =
        |of: &str| format!("rate of P(X ≤ x) at 50 points against −J, {of}, relative");
    let growth = error(&GROWTH, |t, x| x * (-t.sin()).exp());
    let steep = error(&STEEP, |t, x| steep_flow(-t, x));
    vec![
        Evidence::at_most(what("u = x cos t"), growth, 1e-11, DERIVATIVES)
            .sampled(50, seed),
        Evidence::at_most(what("u = tanh x"), steep, 1e-11, DERIVATIVES)
            .sampled(50, seed),
    ]
}

/// d/dt P(X_t ≤ x) = −J.
pub const FLUX_FORM: Claim = Claim::new(
    "flow-flux-form",
    "the probability to the left of a place falls by the flux through it",
    |seed| flux_check(seed, |law, t, x| -shown::flux(law, t, x)[0]),
    &[
        Slip::new("sign of the flux", |seed| {
            flux_check(seed, |law, t, x| shown::flux(law, t, x)[0])
        }),
        Slip::new("velocity without the density", |seed| {
            flux_check(seed, |law, t, x| -(law.velocity)(t.into(), &lift(x))[0].re)
        }),
    ],
);
