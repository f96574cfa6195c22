//! A score that was learned, and what can be asked of it.

use crate::score_network::ScoreNetwork;
use ch04_reverse_sdes::NoiseSchedule;
use neural::{Matrix, Weights};

// ANCHOR: learned
/// A network with its weights: a guess of the score at every time.
#[derive(Clone, Debug)]
pub struct Learned<S> {
    /// The shape of the network.
    pub network: ScoreNetwork<S>,
    /// What it has learned.
    pub weights: Weights,
}

impl<S: NoiseSchedule> Learned<S> {
    /// ε(x, t), for every column of `x`.
    pub fn noise(&self, t: f64, x: &Matrix) -> Matrix {
        let times = vec![t; x.ncols()];
        let input = self.network.input(&times, x);
        self.network.mlp.evaluate(&self.weights, &input) + self.network.normal(&times, x)
    }

    /// s(x, t) = −ε(x, t)/σ(t), for every column of `x`.
    pub fn score(&self, t: f64, x: &Matrix) -> Matrix {
        self.noise(t, x) * (-1.0 / self.network.schedule.sigma(t)) as f32
    }

    /// The velocity u = a x − ½ g² s of the probability flow, and its divergence ∇·u, for
    /// every column of `x`.
    pub fn velocity(&self, t: f64, x: &Matrix) -> (Matrix, Vec<f64>) {
        let (network, schedule) = (&self.network, &self.network.schedule);
        let times = vec![t; x.ncols()];
        let input = network.input(&times, x);
        let (d, v, sigma) = (x.nrows(), network.variance(t), schedule.sigma(t));
        // Along coordinate i of x the input moves in its i-th entry, by 1/√v.
        let along = |i: usize| {
            let mut direction = Matrix::zeros(input.nrows(), input.ncols());
            direction.row_mut(i).fill((1.0 / v.sqrt()) as f32);
            direction
        };
        let directions: Vec<_> = (0..d).map(along).collect();
        let (net, moved) = network.mlp.evaluate_along(&self.weights, &input, &directions);
        let noise = net + network.normal(&times, x);

        // −½ g² s = ½ (g²/σ) ε.
        let (a, factor) = (schedule.rate(t), 0.5 * schedule.noise_rate(t) / sigma);
        let divergence = |j: usize| {
            let net: f64 = (0..d).map(|i| f64::from(moved[i][(i, j)])).sum();
            let place = d as f64 * (a + factor * sigma / v);
            place + factor * net
        };
        let velocity = x * a as f32 + noise * factor as f32;
        (velocity, (0..x.ncols()).map(divergence).collect())
    }
}
// ANCHOR_END: learned
