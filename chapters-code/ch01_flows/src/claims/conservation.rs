//! Claims on conservation laws.

use crate::balance::Balance;
use crate::conservation::{
    GAMMA, Gas, burgers_flux, conservation_law, euler_flux, euler_state, expanding_gas,
    flattening, residual, turning_gas,
};
use crate::laws::Place;
use crate::quadrature::GaussLegendre;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, SMatrix, SVector, Vector2, Vector4};
use num_dual::Dual64;
use rand::RngExt;

const DERIVATIVES: &str = "rounding: derivatives are exact, carried by dual numbers";

type Motion = fn(Dual64, &Place<2>) -> Gas;

/// The two motions every law is tried on: one has a pressure gradient and no outflow,
/// the other an outflow and no pressure gradient.
const MOTIONS: [(&str, Motion); 2] =
    [("a gas that turns and drifts", turning_gas), ("an expanding gas", expanding_gas)];

/// The largest relative residual over all equations at fifty random places.
fn largest<const K: usize, const D: usize>(
    seed: u64,
    equations: impl Fn(f64, &Point<D>) -> [Balance; K],
) -> f64 {
    let mut draws = Stream::new(seed, "conservation").generator();
    let errors = (0..50).flat_map(|_| {
        let t = draws.random_range(0.4..1.7);
        let x = Point::<D>::from_fn(|_, _| draws.random_range(-2.0..2.0));
        equations(t, &x).map(|balance| balance.relative())
    });
    errors.fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// Evidence for each of the two motions.
fn on_both<const K: usize>(
    seed: u64,
    equations: impl Fn(Motion, f64, &Point<2>) -> [Balance; K],
) -> Vec<Evidence> {
    let of = |(name, motion): (&str, Motion)| {
        let error = largest(seed, |t, x| equations(motion, t, x));
        let what = format!("largest residual of 50 over its largest term, {name}");
        Evidence::at_most(what, error, 1e-9, DERIVATIVES).sampled(50, seed)
    };
    MOTIONS.map(of).into()
}

fn momentum_check(seed: u64, flux: fn(&Gas) -> Matrix2<Dual64>) -> Vec<Evidence> {
    on_both(seed, |gas, t, x| {
        residual(|t, x| gas(t, x).momentum(), |t, x| flux(&gas(t, x)), t, x)
    })
}

/// ∂ₜ(ρv) + ∇·(ρ v⊗v + pI) = 0.
pub const MOMENTUM_EQUATION: Claim = Claim::new(
    "flow-momentum-equation",
    "momentum changes by what is carried along and by the pressure on the boundary",
    |seed| momentum_check(seed, Gas::momentum_flux),
    &[
        Slip::printed("pressure added to every entry", "E004-19", |seed| {
            momentum_check(seed, |gas| {
                let p = gas.pressure;
                gas.momentum_flux()
                    + Matrix2::new(Dual64::from(0.0), p, p, Dual64::from(0.0))
            })
        }),
        Slip::new("pressure left out", |seed| {
            momentum_check(seed, |gas| {
                gas.momentum_flux() - Matrix2::from_diagonal_element(gas.pressure)
            })
        }),
    ],
);

type Energy = fn(&Gas) -> Dual64;

fn energy_check(
    seed: u64,
    energy: Energy,
    flux: fn(&Gas) -> Vector2<Dual64>,
) -> Vec<Evidence> {
    on_both(seed, |gas, t, x| {
        let state = |t, x: &_| SVector::from([energy(&gas(t, x))]);
        residual(state, |t, x| flux(&gas(t, x)).transpose(), t, x)
    })
}

/// ∂ₜE + ∇·(v(E + p)) = 0.
pub const ENERGY_EQUATION: Claim = Claim::new(
    "flow-energy-equation",
    "energy changes by what is carried along and by the work of the pressure",
    |seed| energy_check(seed, Gas::energy, Gas::energy_flux),
    &[
        Slip::new("work of the pressure left out", |seed| {
            energy_check(seed, Gas::energy, |gas| gas.velocity * gas.energy())
        }),
        Slip::new("energy of motion left out", |seed| {
            energy_check(
                seed,
                |gas| gas.pressure / (GAMMA - 1.0),
                |gas| gas.velocity * (gas.pressure / (GAMMA - 1.0) + gas.pressure),
            )
        }),
    ],
);

type EulerFlux = fn(&Vector4<Dual64>) -> SMatrix<Dual64, 4, 2>;

fn euler_check(seed: u64, flux: EulerFlux) -> Vec<Evidence> {
    on_both(seed, |gas, t, x| {
        conservation_law(|t, x| euler_state(&gas(t, x)), flux, t, x)
    })
}

/// (γ − 1)(E − |ρv|²/2ρ).
fn pressure(state: &Vector4<Dual64>) -> Dual64 {
    let motion = (state[1] * state[1] + state[2] * state[2]) / state[0] * 0.5;
    (state[3] - motion) * (GAMMA - 1.0)
}

fn pressure_missing_in_momentum(state: &Vector4<Dual64>) -> SMatrix<Dual64, 4, 2> {
    let mut flux = euler_flux(state);
    flux[(1, 0)] -= pressure(state);
    flux[(2, 1)] -= pressure(state);
    flux
}

/// The Euler equations.
pub const EULER_SYSTEM: Claim = Claim::new(
    "flow-euler-system",
    "mass, momentum and energy of a gas obey one conservation law for four quantities",
    |seed| euler_check(seed, euler_flux),
    &[
        Slip::new("pressure missing in the momentum rows", |seed| {
            euler_check(seed, pressure_missing_in_momentum)
        }),
        Slip::new("pressure missing in the energy row", |seed| {
            euler_check(seed, |state| {
                let mut flux = euler_flux(state);
                for j in 0..2 {
                    flux[(3, j)] -= pressure(state) * state[1 + j] / state[0];
                }
                flux
            })
        }),
    ],
);

type BurgersFlux = fn(&SVector<Dual64, 1>) -> SMatrix<Dual64, 1, 1>;

fn law_check(seed: u64, burgers: BurgersFlux, euler: EulerFlux) -> Vec<Evidence> {
    let error = largest(seed, |t, x| conservation_law(flattening, burgers, t, x));
    let what = "largest residual of 50 over its largest term, Burgers' equation";
    let (t, left, right) = (Dual64::new(0.8, 1.0), Dual64::from(-0.7), Dual64::from(1.9));
    let at = |x| flattening(t, &SVector::from([x]));
    let total = GaussLegendre::new(4).integral(|x| at(x)[0], left, right);
    let inflow = (burgers(&at(left))[0] - burgers(&at(right))[0]).re;
    let whole = (total.eps / inflow - 1.0).abs();
    let mut evidence = vec![
        Evidence::at_most(what, error, 1e-9, DERIVATIVES).sampled(50, seed),
        Evidence::at_most(
            "rate of ∫U over an interval against the flux through its ends, Burgers, relative",
            whole,
            1e-12,
            "rounding: the integrand is linear in x",
        ),
    ];
    evidence.extend(euler_check(seed, euler));
    evidence
}

/// ∂ₜU + ∇·F(U) = 0.
pub const CONSERVATION_LAW: Claim = Claim::new(
    "flow-conservation-law",
    "conserved quantities change at a place only by what flows in and out of it",
    |seed| law_check(seed, burgers_flux, euler_flux),
    &[
        Slip::new("Burgers' flux without its half", |seed| {
            law_check(seed, |u| burgers_flux(u) * Dual64::from(2.0), euler_flux)
        }),
        Slip::printed(
            "flux a vector: one direction for each quantity",
            "E004-20",
            |seed| {
                law_check(seed, burgers_flux, |state| {
                    let mut flux = euler_flux(state);
                    flux.column_mut(1).fill(Dual64::from(0.0));
                    flux
                })
            },
        ),
    ],
);
