//! Networks that have learned the scores of the three laws in the plane.

use crate::learned::Learned;
use crate::likelihood::{divergence, log_density};
use crate::score_network::ScoreNetwork;
use crate::toys::{Checkerboard, EightGaussians, Moons, Toy};
use crate::training::{NoisedBatch, noise_loss};
use ch01_flows::quadrature::GaussLegendre;
use ch04_reverse_sdes::VariancePreserving;
use ch04_reverse_sdes::problem::SCHEDULE;
use dynamics::{Generator, Stream};
use neural::{Matrix, Outcome, Progress, Training, TrainingError, Weights, train};
use std::ops::ControlFlow;
use std::path::Path;

/// One of the three laws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// [`EightGaussians`].
    Gaussians,
    /// [`Moons`].
    Moons,
    /// [`Checkerboard`].
    Checkerboard,
}

impl Set {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Gaussians, Self::Moons, Self::Checkerboard];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gaussians => "gaussians",
            Self::Moons => "moons",
            Self::Checkerboard => "checkerboard",
        }
    }

    /// The law.
    pub fn law(self) -> Box<dyn Toy> {
        match self {
            Self::Gaussians => Box::<EightGaussians>::default(),
            Self::Moons => Box::<Moons>::default(),
            Self::Checkerboard => Box::new(Checkerboard),
        }
    }

    /// A network for it, with hidden layers of these sizes.
    pub fn network(self, hidden: &[usize]) -> ScoreNetwork<VariancePreserving> {
        // About the deviation of a coordinate: a scale, which need not be exact.
        let deviation = match self {
            Self::Gaussians => 2.03,
            Self::Moons => 1.43,
            Self::Checkerboard => 2.31,
        };
        ScoreNetwork::new(SCHEDULE, deviation, 2, hidden)
    }

    /// `n` places on an axis with their weights, for the distance to the truth.
    ///
    /// Midpoints for the smooth laws, whose densities vanish at ±4.8. For the board, whose
    /// density does not, the rule of Gauss and Legendre from edge to edge of its squares,
    /// n/4 places each: towards an edge the density that is made falls steeply, and
    /// there its places lie dense. With 48 the distance is exact to 1e-4; midpoints
    /// would miss a tenth of it.
    pub fn rule(self, n: usize) -> Vec<(f64, f64)> {
        if self == Self::Checkerboard {
            let rule = GaussLegendre::new((n / 4).max(1));
            [-4.0, -2.0, 0.0, 2.0]
                .iter()
                .flat_map(|low| rule.places(*low, low + 2.0))
                .collect()
        } else {
            let side = 9.6 / n as f64;
            (0..n).map(|k| (-4.8 + (k as f64 + 0.5) * side, side)).collect()
        }
    }
}

/// The hidden layers of the networks whose weights are kept.
const HIDDEN: [usize; 3] = [96, 96, 96];

/// How they were trained.
pub const KEPT: Training = Training {
    steps: 40_000,
    batch: 512,
    rate: 1e-3,
    fade: true,
    decay: 0.999,
    seed: 5,
    report_every: 2000,
};

// ANCHOR: train-on
/// Trains a network on draws of a law, by noise prediction.
///
/// # Errors
/// If the plan cannot be carried out, or the training diverges.
pub fn train_on(
    set: Set,
    network: &ScoreNetwork<VariancePreserving>,
    plan: &Training,
    watch: impl FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Result<Outcome, TrainingError> {
    let law = set.law();
    let start = network.start(Stream::new(plan.seed, set.name()));
    let datum = |draws: &mut Generator| law.sample(draws);
    train(
        &start,
        plan,
        |tape, w, n, draws| {
            let batch = NoisedBatch::draw(&SCHEDULE, datum, n, draws);
            noise_loss(network, tape, w, &batch)
        },
        watch,
    )
}
// ANCHOR_END: train-on

/// The folder of the weights that are kept.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/weights");

/// Trains what is kept for a law, and writes its file.
///
/// # Errors
/// If the training diverges or the file cannot be written.
pub fn train_kept(set: Set, watch: &chapter::Watch) -> Result<String, String> {
    let network = set.network(&HIDDEN);
    let path = Path::new(FOLDER).join(set.name()).with_extension("weights");
    // Before minutes are spent on something that has no place to go.
    Weights::can_be_saved(&path).map_err(|error| error.to_string())?;
    watch.begin(set.name(), KEPT.steps as u64);
    let outcome = train_on(set, &network, &KEPT, |progress| {
        let weights = progress.average.clone();
        let far = distance(set, &Learned { network: network.clone(), weights }, 32);
        let words = format!("loss {:.4}  KL {far:.4} nats", progress.loss);
        watch.report(progress.step as u64, words)
    })
    .map_err(|error| error.to_string())?;
    if outcome.steps < KEPT.steps {
        let told =
            format!("stopped after {} steps; the file is as it was", outcome.steps);
        return Ok(told);
    }
    let made = format!("cargo book train -p ch05_score_matching {}", set.name());
    let made = format!("{made}; seed {}, {} steps", KEPT.seed, KEPT.steps);
    outcome.weights.save(&path, &made).map_err(|error| error.to_string())?;
    let hash = outcome.weights.hash();
    let far = distance(set, &Learned { network, weights: outcome.weights }, 48);
    Ok(format!("KL {far:.4} nats; {} ({})", path.display(), &hash[..12]))
}

/// The network whose weights are kept.
///
/// # Panics
/// If the file was changed: its hash is looked at.
pub fn kept(set: Set) -> Learned<VariancePreserving> {
    let bytes: &[u8] = match set {
        Set::Gaussians => include_bytes!("../weights/gaussians.weights"),
        Set::Moons => include_bytes!("../weights/moons.weights"),
        Set::Checkerboard => include_bytes!("../weights/checkerboard.weights"),
    };
    let network = set.network(&HIDDEN);
    let path = Path::new(FOLDER).join(set.name()).with_extension("weights");
    let read = Weights::read(&path, bytes, &network.mlp.shapes());
    let (weights, _) = read.unwrap_or_else(|error| panic!("{error}"));
    Learned { network, weights }
}

/// KL of the law to what is drawn with a network by the probability flow, in nats; `places`
/// a side, in a sum over the plane.
pub fn distance(set: Set, learned: &Learned<VariancePreserving>, places: usize) -> f64 {
    distance_of(set, |t, x| learned.velocity(t, x), places)
}

/// As [`distance`], for any flow.
pub fn distance_of(
    set: Set,
    velocity: impl Fn(f64, &Matrix) -> (Matrix, Vec<f64>) + Sync,
    places: usize,
) -> f64 {
    let log_q = |x: &Matrix| log_density(&SCHEDULE, &velocity, x, 24);
    divergence(&*set.law(), log_q, &set.rule(places))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measured::loss;
    use ch04_reverse_sdes::{Interval, NoiseSchedule};
    use dynamics::Point;
    use std::f64::consts::PI;

    #[test]
    fn a_model_that_says_too_little_everywhere_is_that_far() {
        for set in Set::ALL {
            let law = set.law();
            let log_q = |x: &Matrix| -> Vec<f64> {
                let place = |x: &[f32]| Point::<2>::new(x[0].into(), x[1].into());
                let log = |x: &[f32]| law.log_density(&place(x)) - 0.3;
                x.as_slice().chunks_exact(2).map(log).collect()
            };
            // Places rounded to seven digits, at slopes of log p up to some thirty.
            let far = divergence(&*law, log_q, &set.rule(48));
            assert!((far - 0.3).abs() < 1e-5, "{set:?}: {far}");
        }
    }

    /// A network as it starts: it makes a normal law.
    fn untrained(set: Set) -> Learned<VariancePreserving> {
        let network = set.network(&[4]);
        let weights = network.start(Stream::new(3, "untrained"));
        Learned { network, weights }
    }

    #[test]
    fn a_network_that_has_learned_nothing_is_as_far_as_a_normal_law() {
        for set in Set::ALL {
            let (law, learned) = (set.law(), untrained(set));
            let Interval { start, end } = SCHEDULE.interval;
            // The flow carries N(0, σ_T²) to √(v/v_T) of it, in either coordinate.
            let v = |t: f64| learned.network.variance(t);
            let variance = SCHEDULE.sigma(end).powi(2) * v(start) / v(end);
            let rule = set.rule(48);
            assert_eq!(rule.len(), 48);
            let mut square = 0.0;
            for (x, a) in &rule {
                for (y, b) in &rule {
                    let p = law.log_density(&Point::<2>::new(*x, *y)).exp();
                    square += a * b * p * (x * x + y * y);
                }
            }
            let exact = (2.0 * PI * variance).ln() + 0.5 * square / variance;
            let exact = exact - law.entropy();
            let far = distance(set, &learned, 48);
            assert!((far - exact).abs() < 1e-3, "{set:?}: {far} for {exact}");
            // The scale of a network is that of its law.
            let deviation = (0.5 * square).sqrt();
            let off = learned.network.deviation / deviation - 1.0;
            assert!(off.abs() < 0.05, "{set:?}: {deviation}");
            assert_eq!(learned.network.mlp.sizes, [9, 4, 2]);
        }
    }

    #[test]
    fn a_training_starts_by_seed_and_name_and_is_told_fresh_draws() {
        let plan = Training { steps: 1, batch: 4000, rate: 1e-12, seed: 6, ..KEPT };
        for set in Set::ALL {
            let network = set.network(&[4]);
            let go = |_: &Progress<'_>| ControlFlow::Continue(());
            let outcome = train_on(set, &network, &plan, go).unwrap();
            let weights: Weights = network.start(Stream::new(6, set.name()));
            // A step of 1e-12.
            for (found, start) in outcome.weights.0.iter().zip(&weights.0) {
                assert!((found - start).amax() < 1e-9);
            }
            let expected = loss(set, &Learned { network, weights }, 8);
            let off = outcome.losses[0].1 / expected - 1.0;
            // The deviation of one sample's loss is about the loss itself.
            assert!(off.abs() < 5.8 / 4000.0_f64.sqrt(), "{set:?}: {off}");
        }
    }

    #[test]
    fn what_is_kept_was_made_by_the_plan_and_knows_its_own_law() {
        for set in Set::ALL {
            let path = Path::new(FOLDER).join(set.name()).with_extension("weights");
            let shapes = set.network(&HIDDEN).mlp.shapes();
            let (weights, made) = Weights::load(&path, &shapes).unwrap();
            assert_eq!(weights, kept(set).weights);
            let command = "cargo book train -p ch05_score_matching";
            let plan = format!("seed {}, {} steps", KEPT.seed, KEPT.steps);
            assert_eq!(made, format!("{command} {}; {plan}", set.name()));
            let own = loss(set, &kept(set), 4);
            for other in Set::ALL.into_iter().filter(|other| *other != set) {
                let weights = kept(other).weights;
                let network = set.network(&HIDDEN);
                assert!(own < 0.8 * loss(set, &Learned { network, weights }, 4));
            }
        }
    }
}
