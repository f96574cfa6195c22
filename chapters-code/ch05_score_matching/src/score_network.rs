//! A network for scores: noise prediction that begins at the answer for a normal law.

use ch04_reverse_sdes::NoiseSchedule;
use dynamics::Stream;
use neural::{Activation, Matrix, Mlp, Real, Tape, Var, Weights};
use std::f64::consts::PI;

// ANCHOR: network
/// A network that guesses the noise ε in x = α z + σ ε at time t: with c for the
/// deviation of the data,
///
/// ε(x, t) = σ x/v + net(x/√v, features of t),  v = α² c² + σ².
///
/// The first part is what it would have to say if the data were N(0, c² I); the network
/// learns what is missing, and is given a place of the same size at every time.
#[derive(Clone, Debug)]
pub struct ScoreNetwork<S> {
    /// What is learned.
    pub mlp: Mlp,
    /// α and σ.
    pub schedule: S,
    /// c.
    pub deviation: f64,
}

/// Features of a time.
const FEATURES: usize = 7;

impl<S: NoiseSchedule> ScoreNetwork<S> {
    /// For data of `dimension` coordinates, with hidden layers of these sizes.
    pub fn new(schedule: S, deviation: f64, dimension: usize, hidden: &[usize]) -> Self {
        let sizes = [&[dimension + FEATURES], hidden, &[dimension]].concat();
        let mlp = Mlp { sizes, activation: Activation::Silu };
        Self { mlp, schedule, deviation }
    }

    /// Weights to begin with. Those of the last layer are 0, so that the whole begins at
    /// the answer for a normal law.
    ///
    /// # Panics
    /// If a layer has no entries.
    pub fn start<R: Real>(&self, stream: Stream) -> Weights<R> {
        let mut weights = self.mlp.start(stream);
        let last = weights.0.len() - 2;
        weights.0[last].fill(R::zero());
        weights
    }

    /// v = α² c² + σ².
    pub fn variance(&self, t: f64) -> f64 {
        let (alpha, sigma) = (self.schedule.alpha(t), self.schedule.sigma(t));
        (alpha * self.deviation).powi(2) + sigma.powi(2)
    }

    /// The logarithm of noise over signal, and three waves of it.
    fn features(&self, t: f64) -> [f64; FEATURES] {
        let r = (self.schedule.sigma(t) / self.schedule.alpha(t)).ln();
        let wave = |k: f64| (k * PI * r / 10.0).sin_cos();
        let [(s1, c1), (s2, c2), (s3, c3)] = [1.0, 2.0, 3.0].map(wave);
        [r / 4.0, s1, c1, s2, c2, s3, c3]
    }

    /// What `net` is given for each column of `x`, at a time of its own.
    pub fn input<R: Real>(&self, times: &[f64], x: &Matrix<R>) -> Matrix<R> {
        let d = x.nrows();
        let mut input = Matrix::zeros(d + FEATURES, x.ncols());
        for (j, &t) in times.iter().enumerate() {
            let shrink = R::new(1.0 / self.variance(t).sqrt());
            for i in 0..d {
                input[(i, j)] = x[(i, j)] * shrink;
            }
            for (i, feature) in self.features(t).into_iter().enumerate() {
                input[(d + i, j)] = R::new(feature);
            }
        }
        input
    }

    /// σ x/v for each column.
    pub fn normal<R: Real>(&self, times: &[f64], x: &Matrix<R>) -> Matrix<R> {
        let mut normal = x.clone();
        for (mut column, &t) in normal.column_iter_mut().zip(times) {
            column *= R::new(self.schedule.sigma(t) / self.variance(t));
        }
        normal
    }

    /// ε(x, t) on a tape, for each column of `x` at a time of its own.
    pub fn noise<'t, R: Real>(
        &self,
        tape: &'t Tape<R>,
        w: &[Var<'t, R>],
        times: &[f64],
        x: &Matrix<R>,
    ) -> Var<'t, R> {
        let net = self.mlp.apply(w, tape.constant(self.input(times, x)));
        net + tape.constant(self.normal(times, x))
    }
}
// ANCHOR_END: network

#[cfg(test)]
mod tests {
    use super::*;
    use ch04_reverse_sdes::{Interval, Straight};

    /// Where ln(σ/α) = r on straight lines α = 1 − t, σ = t.
    fn time(r: f64) -> f64 {
        1.0 / (1.0 + (-r).exp())
    }

    fn network() -> ScoreNetwork<Straight> {
        let interval = Interval { start: 1e-3, end: 0.99 };
        ScoreNetwork::new(Straight { interval }, 1.7, 2, &[5, 4])
    }

    #[test]
    fn layers_lead_from_place_and_time_to_a_noise() {
        let shapes = network().mlp.shapes();
        assert_eq!(shapes, [(5, 9), (5, 1), (4, 5), (4, 1), (2, 4), (2, 1)]);
        let start: Weights<f64> = network().start(Stream::new(1, "start"));
        let zero: Vec<_> = start.0.iter().map(|w| w.amax() == 0.0).collect();
        assert_eq!(zero, [false, true, false, true, true, true]);
    }

    #[test]
    fn a_time_is_told_by_noise_over_signal_and_its_waves() {
        let x = Matrix::<f64>::zeros(2, 3);
        let input = network().input(&[0.0, 5.0, -5.0].map(time), &x);
        // r, and the turns π r/10, 2π r/10 and 3π r/10, sine before cosine.
        let told = [
            [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0],
            [1.25, 1.0, 0.0, 0.0, -1.0, -1.0, 0.0],
            [-1.25, -1.0, 0.0, 0.0, -1.0, 1.0, 0.0],
        ];
        for (column, told) in input.column_iter().zip(told) {
            let error = (0..7).map(|i| (column[2 + i] - told[i]).abs());
            assert!(error.fold(0.0, f64::max) < 1e-13, "{column}");
        }
    }

    #[test]
    fn every_column_is_scaled_by_its_own_time() {
        let (network, times) = (network(), [0.2, 0.9]);
        let x = Matrix::<f64>::from_column_slice(2, 2, &[0.7, -1.1, 2.3, 0.4]);
        let (input, normal) = (network.input(&times, &x), network.normal(&times, &x));
        for (j, t) in times.into_iter().enumerate() {
            // α² c² + σ² with c = 1.7.
            let v = 2.89 * (1.0 - t) * (1.0 - t) + t * t;
            assert!((network.variance(t) - v).abs() < 1e-15);
            for i in 0..2 {
                assert!((input[(i, j)].powi(2) * v - x[(i, j)].powi(2)).abs() < 1e-14);
                assert!(input[(i, j)] * x[(i, j)] > 0.0);
                assert!((normal[(i, j)] * v / t - x[(i, j)]).abs() < 1e-14);
            }
        }
    }
}
