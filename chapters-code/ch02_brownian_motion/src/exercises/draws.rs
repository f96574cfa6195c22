//! Random parameters for the checks.

pub use ch01_flows::exercises::draws::{between, either_sign, matrix, point, slope};
use dynamics::{Generator, Increment};

/// Times 0 = t₀ < t₁ < … < t_n with unequal steps, and Brownian motion there.
pub fn rough_path(generator: &mut Generator, n: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut times, mut path) = (vec![0.0], vec![0.0]);
    for i in 0..n {
        let h = between(generator, 0.05, 0.4);
        times.push(times[i] + h);
        path.push(path[i] + f64::draw(h.sqrt(), generator));
    }
    (times, path)
}
