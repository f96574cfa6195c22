//! Langevin's equation: a particle with mass in a fluid that brakes it and kicks it.

use crate::OrnsteinUhlenbeck;
use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use ch01_flows::laws::towards;
use dynamics::{Generator, Increment, Point, Sde, TimeGrid};
use nalgebra::SVector;
use num_dual::Dual2_64;

// ANCHOR: medium
/// A fluid at a temperature.
#[derive(Clone, Copy, Debug)]
pub struct Medium {
    /// λ > 0: mass per unit of time.
    pub friction: f64,
    /// k_B T > 0: an energy.
    pub temperature: f64,
}

impl Medium {
    /// √(2λ k_B T): the strength of the random force.
    pub fn strength(&self) -> f64 {
        (2.0 * self.friction * self.temperature).sqrt()
    }

    /// The random force, averaged over a step h > 0: N(0, 2λ k_B T/h I).
    pub fn force<W: Increment>(&self, h: f64, generator: &mut Generator) -> W {
        W::draw(self.strength() / h.sqrt(), generator)
    }

    /// What the random force has added to the momentum at the n + 1 times of
    /// the grid: ∫ η dt, the first value being 0.
    pub fn impulses<W: Increment>(
        &self,
        grid: TimeGrid,
        generator: &mut Generator,
    ) -> Vec<W> {
        let h = grid.h();
        let mut sums = vec![W::zero()];
        for i in 0..grid.steps {
            sums.push(sums[i].plus(h, &self.force(h, generator)));
        }
        sums
    }
}
// ANCHOR_END: medium

impl Medium {
    // ANCHOR: velocity
    /// The velocity of a free particle: m dv = −λ v dt + √(2λ k_B T) dW,
    /// divided by m.
    pub fn velocity(&self, mass: f64) -> OrnsteinUhlenbeck {
        OrnsteinUhlenbeck {
            rate: self.friction / mass,
            diffusion: self.strength() / mass,
        }
    }

    /// E (x_t − x_0)² of a free particle in equilibrium, per coordinate:
    /// 2 (k_B T/λ) (t − τ (1 − e^{−t/τ})), where τ = m/λ.
    pub fn displacement(&self, mass: f64, t: f64) -> f64 {
        let tau = mass / self.friction;
        let run = t + tau * (-t / tau).exp_m1();
        2.0 * self.temperature / self.friction * run
    }
    // ANCHOR_END: velocity
}

// ANCHOR: potential
/// An energy U(x) that depends on the place.
pub trait Potential<const D: usize>: Sync {
    /// U(x).
    fn energy<N: Number>(&self, x: &SVector<N, D>) -> N;

    /// −∇U(x): the energy is differentiated along each axis.
    fn force(&self, x: &Point<D>) -> Point<D> {
        Point::from_fn(|i, _| -self.energy(&towards(x, i)).eps)
    }
}

/// U(x) = x⁴/4 − x²/2: two wells, at −1 and 1, and a barrier of ¼ between.
#[derive(Clone, Copy, Debug)]
pub struct DoubleWell;

impl Potential<1> for DoubleWell {
    fn energy<N: Number>(&self, x: &SVector<N, 1>) -> N {
        let square = x[0] * x[0];
        square * square / 4.0 - square / 2.0
    }
}
// ANCHOR_END: potential

/// A place or a velocity whose coordinates carry two derivatives.
pub type Twice<const D: usize> = SVector<Dual2_64, D>;

// ANCHOR: langevin
/// A place and a velocity.
pub type Phase<const D: usize> = (Point<D>, Point<D>);

/// A particle in a potential and in a fluid; the state is (x, v):
/// dx = v dt, m dv = −∇U(x) dt − λ v dt + √(2λ k_B T) dW.
#[derive(Clone, Copy, Debug)]
pub struct Langevin<U> {
    /// U.
    pub potential: U,
    /// m > 0.
    pub mass: f64,
    /// λ and k_B T.
    pub medium: Medium,
}

impl<U> Langevin<U> {
    /// (−∇U(x) − λ v)/m.
    pub fn acceleration<N: Number, const D: usize>(
        &self,
        x: &Point<D>,
        v: &SVector<N, D>,
    ) -> SVector<N, D>
    where
        U: Potential<D>,
    {
        let push = self.potential.force(x);
        v.zip_map(&push, |v, push| (-v * self.medium.friction + push) / self.mass)
    }
}

impl<U, const D: usize> Sde<Phase<D>, Point<D>> for Langevin<U>
where
    U: Potential<D>,
{
    fn drift(&self, _t: f64, (x, v): &Phase<D>) -> Phase<D> {
        (*v, self.acceleration(x, v))
    }

    fn noise(&self, _t: f64, _: &Phase<D>, dw: &Point<D>) -> Phase<D> {
        (Point::zeros(), dw * (self.medium.strength() / self.mass))
    }
}
// ANCHOR_END: langevin

impl<U> Langevin<U> {
    // ANCHOR: stationary
    /// exp(−(U(x) + ½ m |v|²)/k_B T): the density of equilibrium, but for its
    /// constant.
    pub fn boltzmann<N: Number, const D: usize>(
        &self,
        x: &SVector<N, D>,
        v: &SVector<N, D>,
    ) -> N
    where
        U: Potential<D>,
    {
        let moving = v.iter().map(|&v| v * v).sum::<N>() * (self.mass / 2.0);
        let energy = self.potential.energy(x) + moving;
        (-energy / self.medium.temperature).exp()
    }

    /// What changes a density p at a place (x, v): in each direction what the
    /// motion of x brings, what the motion of v brings, and what the noise
    /// spreads. The terms sum to 0 if p is stationary.
    pub fn rates<const D: usize>(
        &self,
        p: impl Fn(&Twice<D>, &Twice<D>) -> Dual2_64,
        x: &Point<D>,
        v: &Point<D>,
    ) -> Balance
    where
        U: Potential<D>,
    {
        let fixed = |y: &Point<D>| y.map(Dual2_64::from);
        let along = |y: &Point<D>, i: usize| {
            let mut y = fixed(y);
            y[i] = y[i].derivative();
            y
        };
        let carried = |i: usize| -v[i] * p(&along(x, i), &fixed(v)).v1;
        let pushed = |i| {
            let v = along(v, i);
            -(self.acceleration(x, &v)[i] * p(&fixed(x), &v)).v1
        };
        let g = self.medium.strength() / self.mass;
        let spread = |i| g * g / 2.0 * p(&fixed(x), &along(v, i)).v2;
        Balance::of((0..D).flat_map(|i| [carried(i), pushed(i), spread(i)]))
    }
    // ANCHOR_END: stationary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wells_are_at_one_and_the_barrier_is_a_quarter() {
        let at = |x: f64| Point::<1>::new(x);
        for x in [-1.0, 0.0, 1.0] {
            assert_eq!(DoubleWell.force(&at(x)), at(0.0));
        }
        assert_eq!(DoubleWell.energy(&at(0.0)) - DoubleWell.energy(&at(-1.0)), 0.25);
        // Pushed towards the nearer well.
        assert_eq!(DoubleWell.force(&at(0.5)), at(0.375));
        assert_eq!(DoubleWell.force(&at(-2.0)), at(6.0));
    }
}
