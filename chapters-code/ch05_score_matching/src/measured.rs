//! What the program of the chapter trains, draws and measures.

use crate::drawing::draw;
use crate::learned::Learned;
use crate::score_network::ScoreNetwork;
use crate::toy_models::{Set, distance, train_on};
use crate::toys::{EightGaussians, Toy};
use crate::training::NoisedBatch;
use ch04_reverse_sdes::problem::SCHEDULE;
use ch04_reverse_sdes::{Interval, NoiseSchedule, Noised, VariancePreserving};
use dynamics::{Point, Stream};
use evidence::number;
use neural::{Matrix, Progress, Training};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Cells a side of the board on which draws are counted, [−4.8, 4.8]².
const CELLS: usize = 24;
const SIDE: f64 = 9.6 / CELLS as f64;

/// The cell of a place; `None` outside of the board.
fn cell(x: f64, y: f64) -> Option<usize> {
    let at = |x: f64| ((x + 4.8) / SIDE).floor();
    let inside = |k: f64| (0.0..CELLS as f64).contains(&k);
    let (i, j) = (at(x), at(y));
    (inside(i) && inside(j)).then_some(j as usize * CELLS + i as usize)
}

/// The probability of each cell, by 6 × 6 midpoints, and of the rest at the end.
fn probabilities(law: &dyn Toy) -> Vec<f64> {
    let part = SIDE / 6.0;
    let mut cells: Vec<f64> = (0..CELLS * CELLS)
        .map(|k| {
            let corner = |k: usize| -4.8 + SIDE * k as f64;
            let (x, y) = (corner(k % CELLS), corner(k / CELLS));
            let middle = |m: usize| (m as f64 + 0.5) * part;
            let places = (0..36).map(|m| (x + middle(m % 6), y + middle(m / 6)));
            let p = places.map(|(x, y)| law.log_density(&Point::<2>::new(x, y)).exp());
            p.sum::<f64>() * part * part
        })
        .collect();
    cells.push((1.0 - cells.iter().sum::<f64>()).max(0.0));
    cells
}

/// The divergence of Jensen and Shannon between the law and draws, each counted in the
/// cells, in nats: 0 for equal laws, ln 2 for laws that have no cell in common. For n
/// draws of the law itself it is about (cells with draws)/8n.
pub fn counted(law: &dyn Toy, draws: impl Iterator<Item = (f64, f64)>) -> f64 {
    let p = probabilities(law);
    let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
    let mut n = 0.0;
    for (x, y) in draws {
        *counts.entry(cell(x, y).unwrap_or(CELLS * CELLS)).or_default() += 1.0;
        n += 1.0;
    }
    let half =
        |a: f64, b: f64| if a > 0.0 { 0.5 * a * (2.0 * a / (a + b)).ln() } else { 0.0 };
    let q = |k: usize| counts.get(&k).copied().unwrap_or_default() / n;
    p.iter().enumerate().map(|(k, &p)| half(p, q(k)) + half(q(k), p)).sum()
}

/// The loss over 20 000 fresh draws, of a guess of the noise at places with their times.
fn loss_of(set: Set, seed: u64, guess: impl Fn(&NoisedBatch) -> Matrix) -> f64 {
    let (law, mut draws) = (set.law(), Stream::new(seed, "fresh draws").generator());
    let n = 20_000;
    let batch = NoisedBatch::draw(&SCHEDULE, |draws| law.sample(draws), n, &mut draws);
    let off = guess(&batch) - &batch.noise;
    off.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / n as f64
}

/// The loss of a network.
pub fn loss(set: Set, learned: &Learned<VariancePreserving>, seed: u64) -> f64 {
    let network = &learned.network;
    loss_of(set, seed, |NoisedBatch { times, x, .. }| {
        let net = network.mlp.evaluate(&learned.weights, &network.input(times, x));
        net + network.normal(times, x)
    })
}

/// The least loss there is, that of the exact score, for the law whose noised form is a
/// mixture.
pub fn least_loss(set: Set, seed: u64) -> Option<f64> {
    let law = Noised::new(EightGaussians::parts(), SCHEDULE);
    let exact = |NoisedBatch { times, x, .. }: &NoisedBatch| {
        let mut noise = x.clone();
        for (mut column, &t) in noise.column_iter_mut().zip(times) {
            let place = Point::<2>::new(column[0].into(), column[1].into());
            let right = law.score(t, &place) * -SCHEDULE.sigma(t);
            (column[0], column[1]) = (right.x as f32, right.y as f32);
        }
        noise
    };
    (set == Set::Gaussians).then(|| loss_of(set, seed, exact))
}

/// The loss of the guess 0 in the plane: E|ε|².
const NOTHING: f64 = 2.0;

/// Entries of hidden layers times samples in a batch, at most: each is kept for the way
/// back with its slope, which makes about a gigabyte.
const MOST_ENTRIES: usize = 50_000_000;

/// What the program does.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The law.
    pub set: Set,
    /// Hidden layers.
    pub hidden: Vec<usize>,
    /// How they are trained.
    pub training: Training,
    /// Draws.
    pub particles: usize,
}

/// What it found.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Steps done.
    pub steps: usize,
    /// Numbers in the network.
    pub numbers: usize,
    /// The loss over fresh draws.
    pub loss: f64,
    /// The loss of the exact score over the same draws, where it is known.
    pub least_loss: Option<f64>,
    /// The entropy of the law, in nats.
    pub entropy: f64,
    /// KL(law ‖ what the flow makes), in nats, by its density.
    pub kl: f64,
    /// KL of the untrained network.
    pub untrained: f64,
    /// Draws by the reverse SDE in 250 steps, counted.
    pub with_noise: f64,
    /// Draws by the probability flow in 50 steps, counted.
    pub without: f64,
    /// As many draws of the law, counted.
    pub floor: f64,
}

/// Down from T to t_min, even in √t.
fn times(n: usize) -> Vec<f64> {
    let Interval { start, end } = SCHEDULE.interval();
    let share = |i: usize| i as f64 / n as f64;
    let root = |i: usize| end.sqrt() + (start.sqrt() - end.sqrt()) * share(i);
    (0..=n).map(|i| root(i).powi(2)).collect()
}

/// Trains and measures; `watch` is told of the progress with the distance so far.
///
/// # Errors
/// What cannot be carried out, with the way out.
pub fn measure(
    plan: &Plan,
    mut watch: impl FnMut(&Progress<'_>, f64) -> ControlFlow<()>,
) -> Result<Measured, String> {
    let Plan { set, training, particles, .. } = plan;
    let (set, n, seed) = (*set, *particles, training.seed);
    if plan.hidden.contains(&0) {
        return Err(
            "a hidden layer of 0 entries passes nothing on; 64 is a good size".into()
        );
    }
    let entries = training.batch.saturating_mul(plan.hidden.iter().sum());
    if entries > MOST_ENTRIES {
        return Err(format!(
            "a batch of {} through {} entries are {entries} numbers at once, more than the \
             {MOST_ENTRIES} that fit into the memory of most machines: take a smaller --batch, \
             or smaller layers",
            training.batch,
            plan.hidden.iter().sum::<usize>()
        ));
    }
    let network: ScoreNetwork<VariancePreserving> = set.network(&plan.hidden);
    let with = |weights| Learned { network: network.clone(), weights };
    let untrained = with(network.start(Stream::new(seed, set.name())));
    let outcome = train_on(set, &network, training, |progress| {
        let far = distance(set, &with(progress.average.clone()), 24);
        watch(progress, far)
    });
    let outcome = outcome.map_err(|error| error.to_string())?;
    let learned = with(outcome.weights);
    let loss = loss(set, &learned, seed);
    if loss.is_nan() || loss > NOTHING {
        return Err(format!(
            "after {} steps the loss is {}, and whoever guesses 0 has {NOTHING}: the training \
             has diverged; a learning rate below {:e} may help, such as --rate 0.002",
            outcome.steps,
            number(loss),
            training.rate
        ));
    }

    let (law, stream) = (set.law(), Stream::new(seed, "draws of the program"));
    let drawn = |lambda: f64, steps: usize| -> Result<f64, String> {
        let x: Matrix = draw(&SCHEDULE, &learned, lambda, &times(steps), (2, n), stream)
            .map_err(|lost| lost.to_string())?;
        let places = x.column_iter().map(|x| (f64::from(x[0]), f64::from(x[1])));
        Ok(counted(&*law, places))
    };
    let mut own = Stream::new(seed, "draws of the law").generator();
    let true_draws = (0..n).map(|_| law.sample(&mut own)).map(|x| (x.x, x.y));
    Ok(Measured {
        steps: outcome.steps,
        numbers: learned.weights.len(),
        loss,
        least_loss: least_loss(set, seed),
        entropy: law.entropy(),
        kl: distance(set, &learned, 48),
        untrained: distance(set, &untrained, 48),
        with_noise: drawn(1.0, 250)?,
        without: drawn(0.0, 50)?,
        floor: counted(&*law, true_draws),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_the_whole_law() {
        for set in Set::ALL {
            let p = probabilities(&*set.law());
            let total: f64 = p.iter().sum();
            // Midpoints of cells of 0.07 against deviations of 0.2 and more: 1e-4; the
            // edges of the board lie on edges of such cells.
            assert!((total - 1.0).abs() < 1e-4, "{set:?}: {total}");
            assert!(p[CELLS * CELLS] < 1e-3);
        }
    }

    #[test]
    fn draws_of_the_law_are_as_far_as_their_number_says() {
        for set in Set::ALL {
            let (law, n) = (set.law(), 8000);
            let mut draws = Stream::new(2, "counted").generator();
            let far = counted(
                &*law,
                (0..n).map(|_| law.sample(&mut draws)).map(|x| (x.x, x.y)),
            );
            let cells = probabilities(&*law).iter().filter(|p| **p > 1e-4).count() as f64;
            let expected = cells / (8.0 * n as f64);
            assert!(
                (0.6..1.5).contains(&(far / expected)),
                "{set:?}: {far} for {expected}"
            );
        }
    }

    #[test]
    fn laws_that_share_no_cell_are_ln_2_apart() {
        let far = counted(&*Set::Moons.law(), (0..100).map(|_| (4.5, -4.5)));
        assert!((far - std::f64::consts::LN_2).abs() < 1e-6, "{far}");
    }
}
