//! Training: batches cut into chunks, on all cores, with the same bits on one.

use crate::adam::Adam;
use crate::average::Average;
use crate::real::{Matrix, Real};
use crate::tape::{Tape, Var};
use crate::weights::Weights;
use dynamics::{Generator, Stream};
use rayon::prelude::*;
use std::error::Error;
use std::fmt;
use std::ops::ControlFlow;

/// Samples in a chunk. Fixed, because chunk k draws its own random numbers, and gradients
/// are added in order; small enough for a layer to stay in the cache of a core.
pub const CHUNK: usize = 256;

/// A plan for a training.
#[derive(Clone, Debug, PartialEq)]
pub struct Training {
    /// How many steps of Adam.
    pub steps: usize,
    /// Samples in each step.
    pub batch: usize,
    /// The rate of Adam at the start.
    pub rate: f64,
    /// Whether the rate falls to 0 along half a cosine, or stays.
    pub fade: bool,
    /// How much the average of the weights keeps in a step: see [`Average`].
    pub decay: f64,
    /// The seed of all draws.
    pub seed: u64,
    /// Steps from one report to the next.
    pub report_every: usize,
}

/// Why a training did not begin, or broke off.
#[derive(Clone, Debug, PartialEq)]
pub enum TrainingError {
    /// A rate that is no positive number.
    Rate(f64),
    /// A batch without samples, or no time between reports.
    Nothing(&'static str),
    /// (samples in a batch, samples there are).
    Batch(usize, usize),
    /// (step, loss, rate): the loss became infinite or no number.
    Diverged(usize, f64, f64),
}

impl fmt::Display for TrainingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rate(rate) => {
                write!(
                    f,
                    "a learning rate is a positive number, not {rate}; 0.001 is a start"
                )
            }
            Self::Nothing(what) => write!(f, "{what} must be at least 1, not 0"),
            Self::Batch(batch, data) => write!(
                f,
                "a batch of {batch} samples, and the data are {data}: take a batch of at most \
                 {data}"
            ),
            Self::Diverged(step, loss, rate) => write!(
                f,
                "the loss became {loss} in step {step}: the training has diverged and nothing \
                 of it was kept; a learning rate below {rate:e} may help"
            ),
        }
    }
}

impl Error for TrainingError {}

/// What is told while a training runs.
#[derive(Debug)]
pub struct Progress<'a, R: Real = f32> {
    /// Steps done.
    pub step: usize,
    /// The mean loss since the last report.
    pub loss: f64,
    /// The average of the weights so far.
    pub average: &'a Weights<R>,
}

/// What a training leaves.
#[derive(Clone, Debug)]
pub struct Outcome<R: Real = f32> {
    /// The average of the weights.
    pub weights: Weights<R>,
    /// Steps done: fewer than planned if it was stopped.
    pub steps: usize,
    /// (steps done, mean loss since the report before), for each report.
    pub losses: Vec<(usize, f64)>,
}

impl Training {
    /// Whether the plan can be carried out.
    ///
    /// # Errors
    /// Names the value that cannot be.
    pub fn check(&self) -> Result<(), TrainingError> {
        if !(self.rate.is_finite() && self.rate > 0.0) {
            return Err(TrainingError::Rate(self.rate));
        }
        for (value, what) in [
            (self.steps, "the number of steps"),
            (self.batch, "the number of samples in a batch"),
            (self.report_every, "the number of steps from one report to the next"),
        ] {
            if value == 0 {
                return Err(TrainingError::Nothing(what));
            }
        }
        Ok(())
    }

    /// Whether a batch can be taken from `data` samples.
    ///
    /// # Errors
    /// If it is larger.
    pub fn check_data(&self, data: usize) -> Result<(), TrainingError> {
        if self.batch > data {
            return Err(TrainingError::Batch(self.batch, data));
        }
        Ok(())
    }

    /// The rate of step `k`, counted from 0.
    fn rate(&self, k: usize) -> f64 {
        if self.fade {
            let phase = std::f64::consts::PI * k as f64 / self.steps as f64;
            self.rate * 0.5 * (1.0 + phase.cos())
        } else {
            self.rate
        }
    }
}

// ANCHOR: train
/// Trains weights, beginning at `start`.
///
/// `loss` puts the mean loss of some samples on a tape: it is given the tape, the weights
/// on it, how many samples, and a generator to draw them with. In each step every chunk of
/// the batch has a tape of its own; the gradients are added in order, so the bits are the
/// same on any number of threads. `watch` is told of the progress and may break it off.
///
/// # Errors
/// If the plan cannot be carried out, or the loss is no longer a finite number.
pub fn train<R: Real>(
    start: &Weights<R>,
    training: &Training,
    loss: impl for<'t> Fn(&'t Tape<R>, &[Var<'t, R>], usize, &mut Generator) -> Var<'t, R>
    + Sync,
    mut watch: impl FnMut(&Progress<'_, R>) -> ControlFlow<()>,
) -> Result<Outcome<R>, TrainingError> {
    training.check()?;
    let stream = Stream::new(training.seed, "training");
    let mut weights = start.clone();
    let mut adam = Adam::new(&weights);
    let mut average = Average::new(&weights, training.decay);
    let mut chunks: Vec<_> = chunk_sizes(training.batch)
        .map(|samples| Chunk {
            samples,
            tape: Tape::new(),
            loss: 0.0,
            gradient: Vec::new(),
        })
        .collect();
    let (count, mut losses, mut since) = (chunks.len(), Vec::new(), 0.0);

    for k in 0..training.steps {
        chunks.par_iter_mut().enumerate().for_each(|(c, chunk)| {
            chunk.tape.clear();
            let tape = &chunk.tape;
            let w: Vec<_> = weights.0.iter().map(|w| tape.parameter(w.clone())).collect();
            let mut draws = stream.chunk((k * count + c) as u64);
            let value = loss(tape, &w, chunk.samples, &mut draws);
            chunk.loss = value.number();
            chunk.gradient = tape.gradients(value, &w);
        });
        let (value, gradient) = together(&mut chunks, training.batch);
        if !value.is_finite() {
            return Err(TrainingError::Diverged(k + 1, value, training.rate));
        }
        adam.step(training.rate(k), &mut weights, &gradient);
        average.take(&weights);

        // A report, now and then and at the end.
        since += value;
        let done = k + 1;
        if done % training.report_every == 0 || done == training.steps {
            let steps = done - losses.last().map_or(0, |&(step, _)| step);
            losses.push((done, since / steps as f64));
            since = 0.0;
            let loss = losses[losses.len() - 1].1;
            let progress = Progress { step: done, loss, average: &average.weights };
            if watch(&progress).is_break() {
                break;
            }
        }
    }
    let steps = losses.last().map_or(0, |&(step, _)| step);
    Ok(Outcome { weights: average.weights, steps, losses })
}

/// Some samples of a batch, with what they say.
struct Chunk<R: Real> {
    samples: usize,
    tape: Tape<R>,
    loss: f64,
    gradient: Vec<Matrix<R>>,
}

/// Loss and gradient of the batch: the means of its chunks', by their samples.
fn together<R: Real>(chunks: &mut [Chunk<R>], batch: usize) -> (f64, Vec<Matrix<R>>) {
    let share = |chunk: &Chunk<R>| chunk.samples as f64 / batch as f64;
    let loss = chunks.iter().map(|chunk| share(chunk) * chunk.loss).sum();
    let mut sum = std::mem::take(&mut chunks[0].gradient);
    let first = R::new(share(&chunks[0]));
    sum.iter_mut().for_each(|g| *g *= first);
    for chunk in &chunks[1..] {
        let share = R::new(share(chunk));
        for (sum, more) in sum.iter_mut().zip(&chunk.gradient) {
            sum.zip_apply(more, |sum, more| *sum += share * more);
        }
    }
    (loss, sum)
}
// ANCHOR_END: train

/// Whole chunks, and what is left.
fn chunk_sizes(batch: usize) -> impl Iterator<Item = usize> {
    (0..batch.div_ceil(CHUNK)).map(move |c| CHUNK.min(batch - c * CHUNK))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Mlp};
    use rand_distr::{Distribution, StandardNormal};

    const PLAN: Training = Training {
        steps: 40,
        batch: 2 * CHUNK + 44,
        rate: 0.01,
        fade: false,
        decay: 0.9,
        seed: 3,
        report_every: 10,
    };

    fn mlp() -> Mlp {
        Mlp { sizes: vec![1, 8, 1], activation: Activation::Tanh }
    }

    /// Learns sin 2x of normal x.
    fn sine<'t>(
        tape: &'t Tape<f64>,
        w: &[Var<'t, f64>],
        samples: usize,
        draws: &mut Generator,
    ) -> Var<'t, f64> {
        let x = Matrix::from_fn(1, samples, |_, _| StandardNormal.sample(draws));
        let y = tape.constant(x.map(|x: f64| (2.0 * x).sin()));
        (mlp().apply(w, tape.constant(x)) - y).squared().mean()
    }

    fn on(threads: usize, plan: &Training) -> Outcome<f64> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let start = mlp().start(Stream::new(1, "start"));
        let go = |_: &Progress<'_, f64>| ControlFlow::Continue(());
        pool.install(|| train(&start, plan, sine, go)).unwrap()
    }

    #[test]
    fn weights_have_the_same_bits_on_any_number_of_threads() {
        let one = on(1, &PLAN);
        for threads in [2, 3] {
            let more = on(threads, &PLAN);
            assert_eq!(one.weights, more.weights, "{threads} threads");
            assert_eq!(one.losses, more.losses);
        }
    }

    #[test]
    fn a_training_is_adam_on_the_mean_over_the_batch() {
        // A rate that fades, and an average that soon forgets: both show in three steps.
        let plan =
            Training { steps: 3, fade: true, decay: 0.15, report_every: 1, ..PLAN };
        let mut losses = Vec::new();
        let start: Weights<f64> = mlp().start(Stream::new(1, "start"));
        let (mut weights, mut adam) = (start.clone(), Adam::new(&start));
        let mut average = Average::new(&start, plan.decay);
        for k in 0..plan.steps {
            // All samples on one tape, in the order of the chunks.
            let tape = Tape::new();
            let w: Vec<_> = weights.0.iter().map(|w| tape.parameter(w.clone())).collect();
            let x: Vec<f64> = (0..3)
                .zip(chunk_sizes(plan.batch))
                .flat_map(|(c, samples)| {
                    let mut draws =
                        Stream::new(plan.seed, "training").chunk((3 * k + c) as u64);
                    let x: Vec<f64> =
                        (0..samples).map(|_| StandardNormal.sample(&mut draws)).collect();
                    x
                })
                .collect();
            let x = Matrix::from_vec(1, plan.batch, x);
            let y = tape.constant(x.map(|x| (2.0 * x).sin()));
            let loss = (mlp().apply(&w, tape.constant(x)) - y).squared().mean();
            losses.push(loss.number());
            adam.step(plan.rate(k), &mut weights, &tape.gradients(loss, &w));
            average.take(&weights);
        }
        let found = on(2, &plan);
        for (report, loss) in found.losses.iter().zip(&losses) {
            assert!((report.1 - loss).abs() < 1e-12, "{} for {loss}", report.1);
        }
        let pairs = found.weights.0.iter().zip(&average.weights.0);
        let error = pairs.map(|(a, b)| (a - b).amax()).fold(0.0, f64::max);
        // Sums of 556 terms in another order; Adam divides by √v, which is not small.
        assert!(error < 1e-12, "{error:e}");
    }

    #[test]
    fn a_training_learns() {
        let plan = Training { steps: 1500, fade: true, ..PLAN };
        let outcome = on(2, &plan);
        assert_eq!((outcome.steps, outcome.losses.len()), (1500, 150));
        let last = outcome.losses[149].1;
        // The best line leaves Var(sin 2x) − Cov(x, sin 2x)², and this bends.
        let line = 0.5 * (1.0 - (-8.0_f64).exp()) - (2.0 * (-2.0_f64).exp()).powi(2);
        assert!(last < 0.1 * line, "{last}, and the best line leaves {line}");
    }

    #[test]
    fn a_rate_that_fades_ends_near_zero() {
        let plan = Training { fade: true, ..PLAN };
        assert_eq!(plan.rate(0), PLAN.rate);
        assert!((plan.rate(20) - 0.5 * PLAN.rate).abs() < 1e-15);
        assert!(plan.rate(39) < 0.01 * PLAN.rate && plan.rate(39) > 0.0);
        assert_eq!(PLAN.rate(39), PLAN.rate);
    }

    #[test]
    fn a_training_that_is_stopped_keeps_what_it_has() {
        let start = mlp().start(Stream::new(1, "start"));
        let stop = |progress: &Progress<'_, f64>| {
            if progress.step == 20 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let stopped = train(&start, &PLAN, sine, stop).unwrap();
        assert_eq!(stopped.steps, 20);
        assert_eq!(stopped.weights, on(2, &Training { steps: 20, ..PLAN }).weights);
    }

    #[test]
    fn a_plan_that_cannot_be_carried_out_is_told() {
        let start: Weights<f64> = mlp().start(Stream::new(1, "start"));
        let told = |plan: Training| {
            let go = |_: &Progress<'_, f64>| ControlFlow::Continue(());
            train(&start, &plan, sine, go).unwrap_err().to_string()
        };
        assert!(told(Training { rate: 0.0, ..PLAN }).contains("not 0; 0.001 is a start"));
        assert!(told(Training { rate: f64::NAN, ..PLAN }).contains("not NaN"));
        assert!(told(Training { rate: f64::INFINITY, ..PLAN }).contains("not inf"));
        assert!(told(Training { rate: -0.5, ..PLAN }).contains("not -0.5"));
        assert!(told(Training { batch: 0, ..PLAN }).contains("samples in a batch"));
        assert!(told(Training { steps: 0, ..PLAN }).contains("number of steps"));
        assert!(told(Training { report_every: 0, ..PLAN }).contains("next"));
        let small = PLAN.check_data(200).unwrap_err().to_string();
        assert!(small.contains("a batch of 556") && small.contains("at most 200"));
        assert_eq!(PLAN.check_data(556), Ok(()));
    }

    #[test]
    fn a_loss_that_diverges_stops_the_training() {
        let start: Weights<f64> = mlp().start(Stream::new(1, "start"));
        let wild = train(
            &start,
            &PLAN,
            |tape, w, _, draws| {
                let infinite = sine(tape, w, 3, draws).scaled(1e300);
                infinite.squared().squared()
            },
            |_| ControlFlow::Continue(()),
        );
        let told = wild.unwrap_err().to_string();
        assert!(told.contains("in step 1") && told.contains("below 1e-2"), "{told}");
    }

    #[test]
    fn a_report_tells_the_mean_loss_since_the_one_before() {
        let each = on(1, &Training { steps: 8, report_every: 1, ..PLAN }).losses;
        let some = on(1, &Training { steps: 8, report_every: 3, ..PLAN }).losses;
        assert_eq!(some.iter().map(|report| report.0).collect::<Vec<_>>(), [3, 6, 8]);
        for ((_, found), steps) in some.into_iter().zip([0..3, 3..6, 6..8]) {
            let count = steps.len() as f64;
            let mean = each[steps].iter().map(|report| report.1).sum::<f64>() / count;
            assert!(found > 0.0 && (found - mean).abs() < 1e-14, "{found} for {mean}");
        }
    }

    #[test]
    fn who_watches_is_told_what_is_kept() {
        let start = mlp().start(Stream::new(1, "start"));
        let (mut told, mut last) = (Vec::new(), None);
        let outcome = train(&start, &PLAN, sine, |progress| {
            told.push((progress.step, progress.loss));
            last = Some(progress.average.clone());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!((told.len(), &told), (4, &outcome.losses));
        assert_eq!(last, Some(outcome.weights));
    }
}
