//! Particles in the field of a random network, with noise.

use crate::{EulerMaruyama, simulate_paths};
use ch01_flows::experiments::{network, starts};
use ch01_flows::fields::Network;
use ch01_flows::simulator::Noisy;
use dynamics::{Failure, Point, Stream, TimeGrid, VectorField};

/// The strengths of the noise in the sweeps over g.
pub const STRENGTHS: [f64; 4] = [0.01, 0.1, 1.0, 10.0];

/// The rates of the sweeps over θ.
pub const RATES: [f64; 4] = [0.1, 0.25, 0.5, 1.0];

// ANCHOR: diffused
/// Paths of dX = u(X) dt + g dW in the plane, from t = 0 to 1, in `steps` steps
/// of Euler–Maruyama: `paths[particle][i]`.
///
/// Starts and noise depend on the seed and on nothing else. Two fields, or two
/// strengths g, are so compared on the same draws.
pub fn diffused(
    field: &impl VectorField<Point<2>>,
    g: f64,
    particles: usize,
    steps: usize,
    seed: u64,
) -> Result<Vec<Vec<Point<2>>>, Failure<Point<2>>> {
    let sde = Noisy { field: |t, x: &Point<2>| field.velocity(t, x), diffusion: g };
    let (grid, noise) = (TimeGrid::new(0.0, 1.0, steps), Stream::new(seed, "noise"));
    simulate_paths(&EulerMaruyama, &sde, grid, noise, &starts(seed, particles))
}

/// The same particles under several strengths of noise: one network for all
/// panels, drawn before the first of them.
pub fn strength_sweep(
    strengths: &[f64],
    particles: usize,
    steps: usize,
    seed: u64,
) -> Result<Vec<Vec<Vec<Point<2>>>>, Failure<Point<2>>> {
    let network = network(seed);
    strengths.iter().map(|&g| diffused(&network, g, particles, steps, seed)).collect()
}
// ANCHOR_END: diffused

// ANCHOR: pulled
/// The field −θ u(x): with u(x) = x the drift of the Ornstein–Uhlenbeck
/// process, with a network for u something else.
#[derive(Clone, Debug)]
pub struct Pulled<F> {
    /// θ.
    pub rate: f64,
    /// u.
    pub field: F,
}

impl<F: VectorField<Point<2>>> VectorField<Point<2>> for Pulled<F> {
    fn velocity(&self, t: f64, x: &Point<2>) -> Point<2> {
        -self.rate * self.field.velocity(t, x)
    }
}

/// u(x) = x.
pub fn place(_t: f64, x: &Point<2>) -> Point<2> {
    *x
}
// ANCHOR_END: pulled

/// The sweep of someone whose network is built inside the loop over panels: each panel
/// has other weights, and what is seen is the networks' difference.
pub fn redrawn_sweep(
    strengths: &[f64],
    particles: usize,
    steps: usize,
    seed: u64,
) -> Result<Vec<Vec<Vec<Point<2>>>>, Failure<Point<2>>> {
    let panel = |(k, &g): (usize, &f64)| {
        diffused(&network(seed.wrapping_add(k as u64)), g, particles, steps, seed)
    };
    strengths.iter().enumerate().map(panel).collect()
}

/// How far the first particle ends from where it ends in the first set of paths, for each
/// of the others.
pub fn displacements(panels: &[Vec<Vec<Point<2>>>]) -> Vec<f64> {
    let end = |panel: &Vec<Vec<Point<2>>>| panel[0][panel[0].len() - 1];
    panels[1..].iter().map(|panel| (end(panel) - end(&panels[0])).norm()).collect()
}

/// Paths of dX = −θ u(X) dt + g dW with g = ½, 100 steps: for each rate of [`RATES`], with
/// u(x) = x and with a network for u.
pub fn rate_sweep(particles: usize, seed: u64) -> Vec<[Vec<Vec<Point<2>>>; 2]> {
    let run = |rate: f64| {
        let true_drift = Pulled { rate, field: place };
        let network = Pulled { rate, field: network(seed) };
        let finite = "a Lipschitz field stays finite";
        [
            diffused(&true_drift, 0.5, particles, 100, seed).expect(finite),
            diffused(&network, 0.5, particles, 100, seed).expect(finite),
        ]
    };
    RATES.into_iter().map(run).collect()
}

/// One particle, g = 1, 100 steps: the network's field and the path.
pub fn diffusion_single(seed: u64) -> (Network<2>, Vec<Point<2>>) {
    let (network, mut paths) = diffusion_many(seed, 1);
    (network, paths.remove(0))
}

/// `particles` of them in one field, g = 1, 100 steps.
pub fn diffusion_many(seed: u64, particles: usize) -> (Network<2>, Vec<Vec<Point<2>>>) {
    let network = network(seed);
    let paths = diffused(&network, 1.0, particles, 100, seed);
    (network, paths.expect("a Lipschitz field with g = 1 stays finite"))
}
