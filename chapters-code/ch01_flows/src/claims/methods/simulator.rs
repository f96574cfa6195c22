//! One structure for ODEs and SDEs.

use crate::Euler;
use crate::fields::Curved;
use crate::simulator::{EulerMaruyama, Noisy, OdeSimulator, SdeSimulator, Simulator};
use dynamics::{Sde, SdeMethod, State, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};

/// `flow-simulator-interface`.
pub const SIMULATOR_INTERFACE: Claim = Claim::new(
    "flow-simulator-interface",
    "without noise Euler–Maruyama is Euler, and a simulation is the end of its trajectory",
    |seed| simulator(EulerMaruyama, seed),
    &[
        Slip::new("drift at the end of the step", |seed| simulator(DriftAtTheEnd, seed)),
        Slip::new("noise weighed by h", |seed| simulator(NoiseTimesH, seed)),
        Slip::new("noise forgotten", |seed| simulator(Noiseless, seed)),
    ],
);

/// Declares a method for SDEs that is nearly Euler–Maruyama.
macro_rules! nearly_maruyama {
    ($(#[$doc:meta])* $name:ident, |$sde:ident, $t:ident, $h:ident, $x:ident, $dw:ident| $step:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        struct $name;

        impl<E: Sde<f64>> SdeMethod<E, f64, f64> for $name {
            const STRONG_ORDER: f64 = 0.5;
            const WEAK_ORDER: f64 = 1.0;

            fn step(&self, $sde: &E, $t: f64, $h: f64, $x: &f64, $dw: &f64) -> f64 {
                $step
            }
        }
    };
}

nearly_maruyama!(
    /// The drift is taken at t + h.
    DriftAtTheEnd, |sde, t, h, x, dw| {
        x.plus(h, &sde.drift(t + h, x)).plus(1.0, &sde.noise(t, x, dw))
    }
);
nearly_maruyama!(
    /// The noise, which is of size √h already, is multiplied by h.
    NoiseTimesH, |sde, t, h, x, dw| {
        x.plus(h, &sde.drift(t, x)).plus(h, &sde.noise(t, x, dw))
    }
);
nearly_maruyama!(
    /// No noise at all.
    Noiseless, |sde, t, h, x, _dw| x.plus(h, &sde.drift(t, x))
);

/// `method` without noise against Euler, with a given increment against the formula, and
/// both ways to simulate against one another.
fn simulator<M: SdeMethod<Noisy<Curved>, f64, f64> + Copy>(
    method: M,
    seed: u64,
) -> Vec<Evidence> {
    let grid = TimeGrid::new(0.0, 1.0, 100);
    let generator = Stream::new(seed, "flow-simulator-interface").generator();
    let simulator = |diffusion| {
        let sde = Noisy { field: Curved, diffusion };
        SdeSimulator { method, sde, generator: generator.clone() }
    };
    let quiet = simulator(0.0).simulate_trajectory(grid, 0.8);
    let euler =
        OdeSimulator { method: Euler, field: Curved }.simulate_trajectory(grid, 0.8);
    let different =
        quiet.iter().zip(&euler).filter(|(a, b)| a.to_bits() != b.to_bits()).count();
    let sde = Noisy { field: Curved, diffusion: 0.7 };
    let (t, h, x, dw) = (0.3, 0.04, 0.8, -0.27);
    let step = method.step(&sde, t, h, &x, &dw) - (x + h * Curved.at(t, x) + 0.7 * dw);
    let path = simulator(0.7).simulate_trajectory(grid, 0.8);
    let end = simulator(0.7).simulate(grid, 0.8);
    vec![
        Evidence::at_most(
            "points of 101 that differ from Euler's where the noise is zero",
            different as f64,
            0.0,
            "the same bits",
        ),
        Evidence::at_most(
            "a step with noise against x + h f + g ΔW",
            step.abs(),
            1e-15,
            "three roundings of numbers below 1",
        ),
        Evidence::at_most(
            "the simulated end against the end of the trajectory with the same noise",
            (end - path[grid.steps]).abs(),
            0.0,
            "the same bits",
        )
        .sampled(100, seed),
    ]
}
