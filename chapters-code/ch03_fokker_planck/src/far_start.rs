//! An Ornstein–Uhlenbeck process whose particles start far out, on both sides.

use crate::operators::Smooth;
use crate::transition::normal;
use ch01_flows::fields::Number;
use ch02_brownian_motion::{EulerMaruyama, OrnsteinUhlenbeck, simulate_paths};
use dynamics::{Stream, TimeGrid};
use nalgebra::SVector;
use num_dual::{Dual64, DualNum};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, Normal};

/// The process.
pub const PROCESS: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.9 };

/// The two heaps at time 0: weight, mean, standard deviation.
pub const HEAPS: [(f64, f64, f64); 2] = [(0.7, 2.6, 0.25), (0.3, -3.0, 0.4)];

/// The density of the process with that start, at times t ≥ 0.
#[derive(Clone, Copy, Debug)]
pub struct FarStart;

/// Mean and variance at time t of the heap N(m, s²).
fn moments<T: Number>((m, s): (f64, f64), t: T) -> (T, T) {
    let decay = (-t * PROCESS.rate).exp();
    let rest = PROCESS.diffusion.powi(2) / (2.0 * PROCESS.rate);
    (decay * m, decay * decay * (s * s - rest) + rest)
}

impl Smooth<1> for FarStart {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        let heap = |&(weight, m, s): &(f64, f64, f64)| {
            let (mean, variance) = moments((m, s), t);
            normal(x[0], mean, variance) * weight
        };
        heap(&HEAPS[0]) + heap(&HEAPS[1])
    }
}

impl FarStart {
    /// P(X_t ≤ x).
    pub fn below(&self, t: f64, x: f64) -> f64 {
        let heap = |&(weight, m, s): &(f64, f64, f64)| {
            let (mean, variance) = moments((m, s), t);
            let law = Normal::new(mean, variance.sqrt()).expect("a positive deviation");
            weight * law.cdf(x)
        };
        HEAPS.iter().map(heap).sum()
    }

    /// E cos(kX_t + c), by the characteristic function.
    pub fn mean_cosine<T: Number>(&self, t: T, k: f64, c: f64) -> T {
        let heap = |&(weight, m, s): &(f64, f64, f64)| {
            let (mean, variance) = moments((m, s), t);
            (variance * (-0.5 * k * k)).exp() * (mean * k + c).cos() * weight
        };
        HEAPS.iter().map(heap).sum()
    }

    /// d/dt P(X_t ≤ x), by the chain rule: the density of N(0, 1) at z times ∂ₜz, where z
    /// is the distance of x from a heap's mean in standard deviations.
    pub fn below_rate(&self, t: f64, x: f64) -> f64 {
        let heap = |&(weight, m, s): &(f64, f64, f64)| {
            let (mean, variance) = moments((m, s), Dual64::new(t, 1.0));
            let z = (-mean + x) / variance.sqrt();
            weight * normal(z.re, 0.0, 1.0) * z.eps
        };
        HEAPS.iter().map(heap).sum()
    }
}

/// `n` paths on the grid, by the Euler–Maruyama method.
pub fn particles(n: usize, grid: TimeGrid, seed: u64) -> Vec<Vec<f64>> {
    let mut generator = Stream::new(seed, "a far start").generator();
    let mut start = || {
        let right = generator.random::<f64>() < HEAPS[0].0;
        let (_, mean, deviation) = HEAPS[usize::from(!right)];
        let normal: f64 = StandardNormal.sample(&mut generator);
        mean + deviation * normal
    };
    let starts: Vec<f64> = (0..n).map(|_| start()).collect();
    let stream = Stream::new(seed, "particles from a far start");
    simulate_paths(&EulerMaruyama, &PROCESS, grid, stream, &starts)
        .expect("a pull towards 0 keeps particles finite")
}
