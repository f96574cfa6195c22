//! Training a score on draws, by noise prediction.

use crate::score_network::ScoreNetwork;
use ch04_reverse_sdes::{Interval, NoiseSchedule};
use dynamics::{Generator, Point};
use neural::{Matrix, Tape, Var};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

// ANCHOR: noised-batch
/// Data noised to times of their own: x = α z + σ ε.
#[derive(Clone, Debug)]
pub struct NoisedBatch {
    /// t, even on [t_min, T].
    pub times: Vec<f64>,
    /// x, a column each.
    pub x: Matrix,
    /// ε.
    pub noise: Matrix,
}

impl NoisedBatch {
    /// `n` draws; `datum` draws one z.
    pub fn draw<const D: usize>(
        schedule: &impl NoiseSchedule,
        datum: impl Fn(&mut Generator) -> Point<D>,
        n: usize,
        draws: &mut Generator,
    ) -> Self {
        let Interval { start, end } = schedule.interval();
        let mut times = Vec::with_capacity(n);
        let (mut x, mut noise) = (Matrix::zeros(D, n), Matrix::zeros(D, n));
        for j in 0..n {
            let t = start + (end - start) * draws.random::<f64>();
            let (alpha, sigma) = (schedule.alpha(t), schedule.sigma(t));
            let z = datum(draws);
            for i in 0..D {
                let e: f64 = StandardNormal.sample(draws);
                noise[(i, j)] = e as f32;
                x[(i, j)] = (alpha * z[i] + sigma * e) as f32;
            }
            times.push(t);
        }
        Self { times, x, noise }
    }
}
// ANCHOR_END: noised-batch

// ANCHOR: noise-loss
/// The mean of |ε(x, t) − ε|² over a batch: denoising score matching with the weight σ².
pub fn noise_loss<'t, S: NoiseSchedule>(
    network: &ScoreNetwork<S>,
    tape: &'t Tape,
    w: &[Var<'t>],
    batch: &NoisedBatch,
) -> Var<'t> {
    let guess = network.noise(tape, w, &batch.times, &batch.x);
    (guess - tape.constant(batch.noise.clone())).squared().column_sums().mean()
}
// ANCHOR_END: noise-loss

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learned::Learned;
    use ch04_reverse_sdes::problem::SCHEDULE;
    use dynamics::Stream;

    #[test]
    fn a_batch_is_noise_at_times_that_are_even() {
        let n = 4000;
        let mut draws = Stream::new(4, "a batch").generator();
        let datum = |draws: &mut Generator| {
            let coin = draws.random::<bool>();
            Point::<2>::new(1.5, if coin { -0.7 } else { 0.9 })
        };
        let batch = NoisedBatch::draw(&SCHEDULE, datum, n, &mut draws);
        let (x, noise) = (&batch.x, &batch.noise);
        let mut upper = 0;
        for (j, &t) in batch.times.iter().enumerate() {
            let left = |i: usize| {
                let noise = SCHEDULE.sigma(t) * f64::from(noise[(i, j)]);
                f64::from(x[(i, j)]) - noise
            };
            // What is left is α z, up to the rounding of f32 of numbers below 8.
            let (first, second) = (left(0), left(1));
            let off = |z: f64, left: f64| (left - SCHEDULE.alpha(t) * z).abs();
            assert!(off(1.5, first) < 2e-6, "{first} at {t}");
            assert!(off(-0.7, second).min(off(0.9, second)) < 2e-6, "{second} at {t}");
            upper += usize::from(off(0.9, second) < off(-0.7, second));
        }
        // The coin: 5.8 standard errors of a count of n/2.
        assert!(upper.abs_diff(n / 2) < 184, "{upper} of {n}");

        let Interval { start, end } = SCHEDULE.interval();
        let mut times = batch.times.clone();
        times.sort_by(f64::total_cmp);
        assert!(start <= times[0] && times[n - 1] <= end);
        let even = |k: usize| (times[k] - start) / (end - start) - k as f64 / n as f64;
        let far = (0..n).map(|k| even(k).abs()).fold(0.0, f64::max);
        assert!(far * (n as f64).sqrt() < 3.1, "times are {far} from even ones");

        let mean = |f: &dyn Fn(f64, f64) -> f64| {
            let columns = noise.column_iter();
            columns.map(|e| f(e[0].into(), e[1].into())).sum::<f64>() / n as f64
        };
        let error = 5.8 / (n as f64).sqrt();
        assert!(mean(&|a, _| a).abs() < error && mean(&|_, b| b).abs() < error);
        assert!(mean(&|a, b| a * b).abs() < error);
        let square = mean(&|a, b| 0.5 * (a * a + b * b));
        assert!((square - 1.0).abs() < error, "{square}");
    }

    #[test]
    fn the_loss_is_the_mean_square_of_what_is_missed_of_the_noise() {
        let network = ScoreNetwork::new(SCHEDULE, 1.3, 2, &[6]);
        // All layers drawn, the last as well.
        let weights = network.mlp.start(Stream::new(2, "weights"));
        let mut draws = Stream::new(3, "five").generator();
        let datum = |_: &mut Generator| Point::<2>::new(1.5, -0.7);
        let batch = NoisedBatch::draw(&SCHEDULE, datum, 5, &mut draws);
        let tape = Tape::new();
        let w: Vec<_> = weights.0.iter().map(|w| tape.parameter(w.clone())).collect();
        let found = noise_loss(&network, &tape, &w, &batch).number();
        let learned = Learned { network, weights };
        let missed = |j: usize| {
            let place = batch.x.columns(j, 1).into_owned();
            let guess = learned.noise(batch.times[j], &place);
            f64::from((guess - batch.noise.columns(j, 1)).norm_squared())
        };
        let by_hand = (0..5).map(missed).sum::<f64>() / 5.0;
        assert!((found - by_hand).abs() < 1e-5 * by_hand, "{found} for {by_hand}");
    }
}
