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
