//! Geometric Brownian motion, to be held against the three solutions.

use ch02_brownian_motion::{EulerMaruyama, GeometricBrownian, simulate};
use dynamics::{Stream, TimeGrid};

/// The process of the experiment.
pub const GBM: GeometricBrownian = GeometricBrownian { growth: 0.3, volatility: 0.7 };

/// Where all particles start.
pub const START: f64 = 0.8;

/// `n` particles at time `t`, by the Euler–Maruyama method.
pub fn prices(n: usize, t: f64, seed: u64) -> Vec<f64> {
    let mut particles = vec![START; n];
    let stream = Stream::new(seed, "geometric Brownian motion from one place");
    let grid = TimeGrid::new(0.0, t, 200);
    simulate(&EulerMaruyama, &GBM, grid, stream, &mut particles)
        .expect("steps of 1/200 keep growth finite");
    particles
}
