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

#[cfg(test)]
mod tests {
    use super::*;
    use ch04_reverse_sdes::VariancePreserving;
    use ch04_reverse_sdes::problem::SCHEDULE;
    use dynamics::Stream;
    use neural::Tape;

    /// Every layer drawn, the last as well.
    fn drawn() -> Learned<VariancePreserving> {
        let network = ScoreNetwork::new(SCHEDULE, 1.3, 2, &[6, 5]);
        let weights = network.mlp.start(Stream::new(2, "weights"));
        Learned { network, weights }
    }

    fn places() -> Matrix {
        Matrix::from_column_slice(2, 3, &[0.4, -1.3, 2.1, 0.8, -0.6, -0.2])
    }

    #[test]
    fn at_its_start_it_knows_the_score_of_a_normal_law() {
        let Learned { network, .. } = drawn();
        let weights = network.start(Stream::new(2, "weights"));
        let learned = Learned { network, weights };
        for t in [0.02, 0.2, 0.7] {
            // For σ² = 1 − α² the variance of α z + σ ε is 1 + α² (c² − 1).
            let alpha: f64 = SCHEDULE.alpha(t);
            let v = 1.0 + alpha * alpha * (1.3 * 1.3 - 1.0);
            let exact = places() * (-1.0 / v) as f32;
            let error = (learned.score(t, &places()) - exact).amax();
            // Numbers up to 2 with seven digits, rounded a few times.
            assert!(error < 1e-6, "t = {t}: {error:e}");
        }
    }

    #[test]
    fn the_noise_is_that_of_the_network_in_training() {
        let Learned { network, weights } = drawn();
        let tape = Tape::new();
        let w: Vec<_> = weights.0.iter().map(|w| tape.constant(w.clone())).collect();
        let trained = network.noise(&tape, &w, &[0.3; 3], &places()).value();
        let learned = Learned { network, weights };
        let noise = learned.noise(0.3, &places());
        assert!((&noise - trained).amax() < 1e-6);
        let sigma: f64 = SCHEDULE.sigma(0.3);
        let back = learned.score(0.3, &places()) * sigma as f32;
        assert!((noise + back).amax() < 1e-6);
    }

    #[test]
    fn the_velocity_is_that_of_the_flow_and_its_divergence_a_sum_of_slopes() {
        let learned = drawn();
        let t = 0.13;
        let (u, divergence) = learned.velocity(t, &places());
        let (a, g2) = (SCHEDULE.rate(t), SCHEDULE.noise_rate(t));
        let s = learned.score(t, &places());
        let flow = places() * a as f32 - s * (0.5 * g2) as f32;
        assert!((&u - flow).amax() < 1e-5, "{u}");
        // Central differences: f32 leaves 1e-6/h, and h² times a third derivative.
        let h = 1.0 / 64.0;
        let moved = |i: usize, h: f32| {
            let mut x = places();
            x.row_mut(i).add_scalar_mut(h);
            learned.velocity(t, &x).0
        };
        for (j, found) in divergence.into_iter().enumerate() {
            let slope =
                |i: usize| (moved(i, h)[(i, j)] - moved(i, -h)[(i, j)]) / (2.0 * h);
            let sum = f64::from(slope(0) + slope(1));
            let off = found - sum;
            assert!(off.abs() < 1e-3, "column {j}: {found} and {sum}");
        }
    }
}
