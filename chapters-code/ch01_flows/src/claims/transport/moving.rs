//! Domains that move with the field.

use super::{DERIVATIVES, QUADRATURE, off, start, start_below, worst};
use crate::fields::Growth;
use crate::laws::{GROWTH, STEEP, steep_flow};
use crate::transport as shown;
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;
use num_dual::{Dual64, DualNum};

const TABLE: &str = "the library's error function is good to 1e-10";

type OnLine = fn(Dual64, Dual64) -> Dual64;
type Rate = fn(OnLine, OnLine, f64, (f64, f64)) -> f64;

fn reynolds_check(candidate: Rate) -> Vec<Evidence> {
    let (a, b) = (0.3_f64, 1.1_f64);
    // ∫ x² + t over (aeᵗ, beᵗ) is (b³ − a³)e³ᵗ/3 + t(b − a)eᵗ.
    let closed = [0.4, 0.9, 1.3].map(|t: f64| {
        let ends = (a * t.exp(), b * t.exp());
        let expected =
            (b.powi(3) - a.powi(3)) * (3.0 * t).exp() + (b - a) * (1.0 + t) * t.exp();
        off(candidate(|t, x| x * x + t, |_, x| x, t, ends), expected)
    });
    let density: OnLine = |t, x| (x * 1.7 - t).cos() + t * x * 0.6 + 2.0;
    let differentiated = [0.4, 0.9, 1.3].map(|t| {
        let later = Dual64::from(t).derivative();
        let end = |x: f64| steep_flow(later, Dual64::from(x));
        let whole = shown::mass(density, later, (end(a), end(b)));
        let rate = candidate(density, |_, x| x.tanh(), t, (end(a).re, end(b).re));
        off(rate, whole.eps)
    });
    vec![
        Evidence::at_most(
            "rate for ρ = x² + t, u = x against the closed form, relative",
            worst(closed),
            1e-12,
            QUADRATURE,
        ),
        Evidence::at_most(
            "rate for u = tanh x against the derivative of the integral, ends moving, relative",
            worst(differentiated),
            1e-12,
            DERIVATIVES,
        ),
    ]
}

/// d/dt of an integral over a domain that moves with u.
pub const REYNOLDS: Claim = Claim::new(
    "flow-reynolds",
    "the mass of a moving domain changes by what changes inside and what its boundary sweeps up",
    |_| reynolds_check(shown::reynolds),
    &[
        Slip::new("boundary term left out", |_| {
            reynolds_check(|rho, _, t, ends| {
                shown::reynolds(rho, |_, _| Dual64::from(0.0), t, ends)
            })
        }),
        Slip::new("normal at the left end taken as +1", |_| {
            reynolds_check(|rho, u, t, ends| {
                let left = (rho(t.into(), ends.0.into()) * u(t.into(), ends.0.into())).re;
                shown::reynolds(rho, u, t, ends) + 2.0 * left
            })
        }),
    ],
);

type Mass = fn(OnLine, f64, (f64, f64), fn(f64, f64) -> f64) -> f64;

/// ∫ p_t over ψ_t(Ω), by the function shown.
fn carried_mass(p: OnLine, t: f64, domain: (f64, f64), flow: fn(f64, f64) -> f64) -> f64 {
    shown::mass(p, t.into(), (flow(t, domain.0).into(), flow(t, domain.1).into())).re
}

fn mass_check(candidate: Mass) -> Vec<Evidence> {
    let domain = (-0.3, 1.1);
    let expected = start_below(domain.1) - start_below(domain.0);
    let times = [0.3, 0.8, 1.4, 2.2];
    let growth: OnLine = |t, x| (GROWTH.density)(t, &SVector::from([x]));
    let steep: OnLine = |t, x| (STEEP.density)(t, &SVector::from([x]));
    let growth = times
        .map(|t| off(candidate(growth, t, domain, |t, x| Growth.flow(t, x)), expected));
    let steep = times.map(|t| off(candidate(steep, t, domain, steep_flow), expected));
    vec![
        Evidence::at_most(
            "mass carried by x cos t against the normal distribution at the start, relative",
            worst(growth),
            1e-9,
            TABLE,
        ),
        Evidence::at_most(
            "mass carried by tanh x against the same, relative",
            worst(steep),
            1e-9,
            TABLE,
        ),
    ]
}

/// No mass is lost on the way.
pub const MASS_CONSERVATION: Claim = Claim::new(
    "flow-mass-conservation",
    "a set that moves with the flow keeps its probability",
    |_| mass_check(carried_mass),
    &[
        Slip::new("domain kept fixed", |_| {
            mass_check(|p, t, domain, _| carried_mass(p, t, domain, |_, x| x))
        }),
        Slip::new("density kept fixed", |_| {
            mass_check(|_, t, domain, flow| {
                carried_mass(|_, x| start(x), t, domain, flow)
            })
        }),
    ],
);
