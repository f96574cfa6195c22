//! Conservation laws ∂ₜU + ∇·F(U) = 0, and the motion of a gas as the example.

use crate::balance::Balance;
use crate::laws::{Place, lift, towards};
use dynamics::Point;
use nalgebra::{Matrix2, SMatrix, SVector, Vector2, Vector4};
use num_dual::{Dual64, DualNum};
use std::array::from_fn;
use std::iter::once;

/// The ratio γ of specific heats, that of air.
pub const GAMMA: f64 = 1.4;

// ANCHOR: residual
/// The K equations ∂ₜUₖ + Σⱼ ∂ⱼFₖⱼ at (t, x), for U and F given as functions
/// of (t, x).
///
/// Row k of the flux says where quantity k goes, column j how much of it goes
/// along coordinate j; the divergence sums over columns.
pub fn residual<const K: usize, const D: usize>(
    state: impl Fn(Dual64, &Place<D>) -> SVector<Dual64, K>,
    flux: impl Fn(Dual64, &Place<D>) -> SMatrix<Dual64, K, D>,
    t: f64,
    x: &Point<D>,
) -> [Balance; K] {
    let (now, later) = (Dual64::from(t), Dual64::from(t).derivative());
    let rate = state(later, &lift(x));
    let along: [_; D] = from_fn(|j| flux(now, &towards(x, j)));
    from_fn(|k| {
        let outflow = (0..D).map(|j| along[j][(k, j)].eps);
        Balance::of(once(rate[k].eps).chain(outflow))
    })
}
// ANCHOR_END: residual

// ANCHOR: conservation-law
/// The K equations ∂ₜU + ∇·F(U) for a flux F: ℝᴷ → ℝᴷˣᴰ that depends on U
/// alone.
pub fn conservation_law<const K: usize, const D: usize>(
    state: impl Fn(Dual64, &Place<D>) -> SVector<Dual64, K>,
    flux: impl Fn(&SVector<Dual64, K>) -> SMatrix<Dual64, K, D>,
    t: f64,
    x: &Point<D>,
) -> [Balance; K] {
    residual(&state, |t, x| flux(&state(t, x)), t, x)
}
// ANCHOR_END: conservation-law

/// A gas at one place and time, in the plane.
#[derive(Clone, Copy, Debug)]
pub struct Gas {
    /// ρ.
    pub density: Dual64,
    /// v.
    pub velocity: Vector2<Dual64>,
    /// p.
    pub pressure: Dual64,
}

// ANCHOR: gas
impl Gas {
    /// ρv: what the momentum equation conserves.
    pub fn momentum(&self) -> Vector2<Dual64> {
        self.velocity * self.density
    }

    /// ρ v⊗v + pI: momentum carried along, and pressure on the diagonal
    /// alone.
    pub fn momentum_flux(&self) -> Matrix2<Dual64> {
        let carried = self.momentum() * self.velocity.transpose();
        carried + Matrix2::from_diagonal_element(self.pressure)
    }

    /// E = p/(γ − 1) + ½ρ|v|²: heat and motion.
    pub fn energy(&self) -> Dual64 {
        let motion = self.density * self.velocity.dot(&self.velocity) * 0.5;
        self.pressure / (GAMMA - 1.0) + motion
    }

    /// v(E + p): energy carried along, and the work of the pressure.
    pub fn energy_flux(&self) -> Vector2<Dual64> {
        self.velocity * (self.energy() + self.pressure)
    }
}
// ANCHOR_END: gas

// ANCHOR: euler
/// F(U) of the Euler equations for U = (ρ, ρv, E): four conserved quantities,
/// two directions. The pressure is that of U, p = (γ − 1)(E − |ρv|²/2ρ).
pub fn euler_flux(state: &Vector4<Dual64>) -> SMatrix<Dual64, 4, 2> {
    let [density, mx, my, energy] = (*state).into();
    let (u, v) = (mx / density, my / density);
    let pressure = (energy - (mx * u + my * v) * 0.5) * (GAMMA - 1.0);
    let work = energy + pressure;
    SMatrix::from([
        [mx, mx * u + pressure, my * u, work * u],
        [my, mx * v, my * v + pressure, work * v],
    ])
}
// ANCHOR_END: euler

/// U = (ρ, ρv, E).
pub fn euler_state(gas: &Gas) -> Vector4<Dual64> {
    let momentum = gas.momentum();
    Vector4::new(gas.density, momentum.x, momentum.y, gas.energy())
}

/// Burgers' flux F(U) = U²/2: a quantity that is its own velocity.
pub fn burgers_flux(state: &SVector<Dual64, 1>) -> SMatrix<Dual64, 1, 1> {
    SMatrix::from([[state[0] * state[0] * 0.5]])
}

/// U = (x + 0.3)/(1.7 + t), a solution of Burgers' equation: it flattens out.
pub fn flattening(t: Dual64, x: &Place<1>) -> SVector<Dual64, 1> {
    SVector::from([(x[0] + 0.3) / (t + 1.7)])
}

/// A gas that turns like a wheel at the rate 0.7 and drifts with (0.4, −0.9): the
/// pressure grows outwards and holds it together.
pub fn turning_gas(t: Dual64, x: &Place<2>) -> Gas {
    let (rate, density) = (0.7, 1.3);
    let (dx, dy) = (x.x - t * 0.4, x.y + t * 0.9);
    Gas {
        density: density.into(),
        velocity: Vector2::new(-dy * rate + 0.4, dx * rate - 0.9),
        pressure: (dx * dx + dy * dy) * (0.5 * density * rate * rate) + 0.6,
    }
}

/// A gas that expands with v = x/t, thins out like t⁻² in the plane, and cools.
pub fn expanding_gas(t: Dual64, x: &Place<2>) -> Gas {
    Gas {
        density: t.powi(-2) * 1.3,
        velocity: x / t,
        pressure: t.powf(-2.0 * GAMMA) * 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flux_of_a_state_is_the_flux_of_its_gas() {
        let x = lift(&Vector2::new(0.3, -1.1));
        for gas in [turning_gas(0.8.into(), &x), expanding_gas(0.8.into(), &x)] {
            let flux = euler_flux(&euler_state(&gas));
            for j in 0..2 {
                assert!((flux[(0, j)] - gas.momentum()[j]).re.abs() < 1e-15);
                assert!((flux[(1, j)] - gas.momentum_flux()[(0, j)]).re.abs() < 1e-14);
                assert!((flux[(2, j)] - gas.momentum_flux()[(1, j)]).re.abs() < 1e-14);
                assert!((flux[(3, j)] - gas.energy_flux()[j]).re.abs() < 1e-14);
            }
        }
    }

    #[test]
    fn the_pressure_gradient_of_a_turning_gas_is_its_centripetal_force() {
        // ∂ₓp = ρω²x at t = 0, where the axis is at the origin.
        let gas = turning_gas(0.0.into(), &towards(&Vector2::new(0.6, 0.2), 0));
        assert!((gas.pressure.eps - 1.3 * 0.49 * 0.6).abs() < 1e-15);
    }
}
