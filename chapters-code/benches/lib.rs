//! The work that the benchmarks time, through the public functions of the book.

use dynamics::{Point, Stream, TimeGrid};
use rand_distr::{Distribution, StandardNormal};

/// A cloud of particles drawn onto the unit circle by x' = −y + x(1 − r²),
/// y' = x + y(1 − r²): Runge–Kutta, 100 steps to T = 5.
pub struct Rk4Cloud {
    start: Vec<Point<2>>,
    particles: Vec<Point<2>>,
}

impl Rk4Cloud {
    /// 100 steps to T = 5.
    pub const STEPS: usize = 100;

    /// `particles` starts from N((0.1, 0.1), I).
    pub fn new(particles: usize) -> Self {
        let mut generator = Stream::new(1, "benchmark").generator();
        let mut number = || {
            let normal: f64 = StandardNormal.sample(&mut generator);
            normal + 0.1
        };
        let start: Vec<_> =
            (0..particles).map(|_| Point::<2>::new(number(), number())).collect();
        Self { particles: start.clone(), start }
    }

    /// Carries the cloud from its start to T = 5.
    pub fn run(&mut self) {
        let field = |_t: f64, x: &Point<2>| {
            let g = 1.0 - (x.x * x.x + x.y * x.y);
            Point::<2>::new(-x.y + x.x * g, x.x + x.y * g)
        };
        self.particles.copy_from_slice(&self.start);
        let grid = TimeGrid::new(0.0, 5.0, Self::STEPS);
        ch01_flows::transport(&ch01_flows::Rk4, &field, grid, &mut self.particles);
    }

    /// Mean distance from the origin: 1 after a run.
    pub fn mean_radius(&self) -> f64 {
        self.particles.iter().map(Point::<2>::norm).sum::<f64>()
            / self.particles.len() as f64
    }
}
