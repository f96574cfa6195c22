//! Films of a process at rest, and ways back from their ends.

use crate::backward_noise::backward_increment;
use crate::known::{Marginal, Pulled};
use crate::reverse::Reversed;
use ch02_brownian_motion::{EulerMaruyama, ExactOu, OrnsteinUhlenbeck};
use dynamics::{Increment, SdeMethod, Stream, TimeGrid};
use std::f64::consts::SQRT_2;

/// An Ornstein–Uhlenbeck process, θ = 1 and g² = 2, that is at rest: N(0, 1) at all times.
pub const REST: Pulled = Pulled {
    process: OrnsteinUhlenbeck { rate: 1.0, diffusion: SQRT_2 },
    mean: 0.0,
    variance: 1.0,
};

/// One hundred steps over one unit of time.
pub fn grid() -> TimeGrid {
    TimeGrid::new(0.0, 1.0, 100)
}

/// A path of the process with the increments of its noise.
pub struct Path {
    /// n + 1 places.
    pub places: Vec<f64>,
    /// n increments.
    pub noise: Vec<f64>,
}

/// What might drive the way back over the step from place i + 1 to place i.
pub type Driver = fn(&Path, usize) -> f64;

/// `n` paths of the process at rest.
pub fn paths(n: usize, seed: u64) -> Vec<Path> {
    let mut draws = Stream::new(seed, "a film of a process at rest").generator();
    let h = grid().h();
    let one = |_| {
        let mut places = vec![f64::draw(1.0, &mut draws)];
        let noise: Vec<f64> =
            (0..grid().steps).map(|_| f64::draw(h.sqrt(), &mut draws)).collect();
        for dw in &noise {
            let x = places[places.len() - 1];
            places.push(ExactOu.step(&REST.process, 0.0, h, &x, dw));
        }
        Path { places, noise }
    };
    (0..n).map(one).collect()
}

/// W̄ read off the path.
pub fn backward(path: &Path, i: usize) -> f64 {
    let (t, h) = (grid().time(i + 1), grid().h());
    let (before, now) = (path.places[i], path.places[i + 1]);
    backward_increment(&REST, &Marginal(REST), (t, h), now, before)
}

/// The forward noise, its increments in opposite order and with opposite sign.
pub fn own_reversed(path: &Path, i: usize) -> f64 {
    -path.noise[i]
}

/// The way back from the last place, driven by `driver`: n + 1 places, the last first.
pub fn way_back(path: &Path, driver: Driver) -> Vec<f64> {
    let reversed = Reversed { process: REST, law: Marginal(REST), end: 1.0 };
    let (n, h) = (grid().steps, grid().h());
    let mut places = vec![path.places[n]];
    for i in (0..n).rev() {
        let (tau, x) = (1.0 - grid().time(i + 1), places[places.len() - 1]);
        let dw = driver(path, i);
        places.push(EulerMaruyama.step(&reversed, tau, h, &x, &dw));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_by_the_noise_read_off_a_path_is_the_path() {
        let path = &paths(1, 3)[0];
        let back = way_back(path, backward);
        assert_eq!(back.len(), path.places.len());
        // A rounding of 1e-16 is pulled on by 1 + h in each of 100 steps.
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-13;
        assert!(back.iter().zip(path.places.iter().rev()).all(near));
    }

    #[test]
    fn a_path_keeps_the_noise_that_drove_it() {
        let path = &paths(1, 3)[0];
        let h = grid().h();
        // x e^{−h}, and dW as long as the noise of an exact step.
        let long = ((1.0 - (-2.0 * h).exp()) / h).sqrt();
        for (i, dw) in path.noise.iter().enumerate() {
            let pushed = path.places[i + 1] - path.places[i] * (-h).exp();
            assert!((pushed - long * dw).abs() < 1e-14);
            assert_eq!(own_reversed(path, i), -dw);
        }
    }
}
