//! One structure for ODEs and SDEs: a simulator knows a step, and so whole paths.

use dynamics::{
    Generator, Increment, OdeMethod, Sde, SdeMethod, State, TimeGrid, VectorField,
};
use std::ops::Mul;

// ANCHOR: simulator
/// Something that moves a state by one step. Paths follow.
pub trait Simulator<S: State> {
    /// The state at t + h, given `x` at t.
    fn step(&mut self, t: f64, h: f64, x: &S) -> S;

    /// All n + 1 states on the grid, the first being `x0`.
    fn simulate_trajectory(&mut self, grid: TimeGrid, x0: S) -> Vec<S> {
        let mut states = vec![x0];
        for i in 0..grid.steps {
            states.push(self.step(grid.time(i), grid.h(), &states[i]));
        }
        states
    }

    /// The last of them, without keeping the others.
    fn simulate(&mut self, grid: TimeGrid, x0: S) -> S {
        (0..grid.steps).fold(x0, |x, i| self.step(grid.time(i), grid.h(), &x))
    }
}

// ANCHOR: euler-maruyama
/// Euler–Maruyama: Euler's step for the drift, and the noise of the step on
/// top.
#[derive(Clone, Copy, Debug)]
pub struct EulerMaruyama;

impl<S: State, W, E: Sde<S, W> + ?Sized> SdeMethod<E, S, W> for EulerMaruyama {
    const STRONG_ORDER: f64 = 0.5;
    const WEAK_ORDER: f64 = 1.0;

    /// x + h f(t, x) + G(t, x) ΔW.
    fn step(&self, sde: &E, t: f64, h: f64, x: &S, dw: &W) -> S {
        x.plus(h, &sde.drift(t, x)).plus(1.0, &sde.noise(t, x, dw))
    }
}
// ANCHOR_END: euler-maruyama
// ANCHOR_END: simulator

/// Simulates an ODE with a method of the chapter.
#[derive(Clone, Copy, Debug)]
pub struct OdeSimulator<M, F> {
    /// Euler, Heun, …
    pub method: M,
    /// u.
    pub field: F,
}

impl<S: State, M: OdeMethod, F: VectorField<S>> Simulator<S> for OdeSimulator<M, F> {
    fn step(&mut self, t: f64, h: f64, x: &S) -> S {
        self.method.step(&self.field, t, h, x)
    }
}

/// Simulates an SDE on the line, drawing its own noise.
#[derive(Clone, Debug)]
pub struct SdeSimulator<M, E> {
    /// Euler–Maruyama, …
    pub method: M,
    /// The drift and the noise.
    pub sde: E,
    /// Where the noise comes from.
    pub generator: Generator,
}

impl<E: Sde<f64>, M: SdeMethod<E, f64, f64>> Simulator<f64> for SdeSimulator<M, E> {
    fn step(&mut self, t: f64, h: f64, x: &f64) -> f64 {
        let dw = f64::draw(h.sqrt(), &mut self.generator);
        self.method.step(&self.sde, t, h, x, &dw)
    }
}

/// dX = u_t(X) dt + g dW: an ODE with noise of constant strength g added, in each
/// coordinate its own.
#[derive(Clone, Copy, Debug)]
pub struct Noisy<F> {
    /// u.
    pub field: F,
    /// g ≥ 0.
    pub diffusion: f64,
}

impl<S, F> Sde<S> for Noisy<F>
where
    S: State + Copy + Mul<f64, Output = S>,
    F: VectorField<S>,
{
    fn drift(&self, t: f64, x: &S) -> S {
        self.field.velocity(t, x)
    }

    fn noise(&self, _t: f64, _x: &S, dw: &S) -> S {
        *dw * self.diffusion
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Growth;
    use crate::{Rk4, trajectory};
    use dynamics::Stream;

    #[test]
    fn the_noise_of_a_step_has_variance_g_squared_h() {
        let sde = Noisy { field: |_: f64, _: &f64| 0.0, diffusion: 0.7 };
        let generator = Stream::new(5, "simulator").generator();
        let mut simulator = SdeSimulator { method: EulerMaruyama, sde, generator };
        let n = 20_000;
        let path = simulator.simulate_trajectory(TimeGrid::new(0.0, 8.0, n), 0.0);
        let squares: f64 = path.windows(2).map(|x| (x[1] - x[0]).powi(2)).sum();
        // The sum has mean g² T; its standard error is √(2/n) of that.
        let expected = 0.49 * 8.0;
        assert!((squares / expected - 1.0).abs() < 5.8 * (2.0 / n as f64).sqrt());
    }
    #[test]
    fn drift_and_noise_are_those_of_the_start_of_the_step() {
        /// dX = (t + X) dt + tX dW: both parts tell where and when they are asked.
        struct Both;

        impl Sde<f64> for Both {
            fn drift(&self, t: f64, x: &f64) -> f64 {
                t + x
            }

            fn noise(&self, t: f64, x: &f64, dw: &f64) -> f64 {
                t * x * dw
            }
        }

        let moved = EulerMaruyama.step(&Both, 0.3, 0.04, &0.8, &-0.27);
        assert!((moved - (0.8 + 0.04 * 1.1 - 0.24 * 0.27)).abs() < 1e-15);
    }

    #[test]
    fn a_simulation_follows_its_grid_backwards_too() {
        let grid = TimeGrid::new(1.9, 0.2, 17);
        let mut simulator = OdeSimulator { method: Rk4, field: Growth };
        let path = simulator.simulate_trajectory(grid, 0.8);
        assert_eq!(path, trajectory(&Rk4, &Growth, grid, 0.8));
        assert_eq!(simulator.simulate(grid, 0.8), path[17]);
    }
}
