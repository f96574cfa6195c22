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
    use crate::toy_models::kept;
    use ch01_flows::quadrature::trapezoid;

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
    fn what_the_kept_network_draws_is_hardly_further_than_draws_of_the_law() {
        let (set, n) = (Set::Gaussians, 2000);
        let law = set.law();
        let cells = probabilities(&*law).iter().filter(|p| **p > 1e-4).count() as f64;
        // Chance leaves cells/8n, give or take √(2/cells) of it. Laws as near as these are a
        // quarter of their KL apart: both are second-order in p − q, with 1/8 and 1/2.
        let chance = cells / (8.0 * n as f64);
        let apart = 0.25 * distance(set, &kept(set), 48);
        let limit = chance * (1.0 + 5.8 * (2.0 / cells).sqrt()) + apart;
        for (lambda, steps) in [(1.0, 250), (0.0, 50)] {
            let stream = Stream::new(8, "kept");
            let x: Matrix =
                draw(&SCHEDULE, &kept(set), lambda, &times(steps), (2, n), stream)
                    .unwrap();
            let far = counted(&*law, x.column_iter().map(|x| (x[0].into(), x[1].into())));
            assert!(far < limit, "λ = {lambda}: {far} above {limit}");
        }
    }

    #[test]
    fn laws_that_share_no_cell_are_ln_2_apart() {
        let far = counted(&*Set::Moons.law(), (0..100).map(|_| (4.5, -4.5)));
        assert!((far - std::f64::consts::LN_2).abs() < 1e-6, "{far}");
    }

    #[test]
    fn losses_of_a_normal_guess_and_of_the_exact_score_are_what_they_should_be() {
        let set = Set::Gaussians;
        let network = set.network(&[4]);
        let weights = network.start(Stream::new(3, "untrained"));
        let untrained = Learned { network: network.clone(), weights };
        // ε − σ x/v with x = α z + σ ε is α² c² ε/v − α σ z/v: its square over t, with the
        // mean square of z from the heaps.
        let parts = EightGaussians::parts();
        let heaps = parts.iter().map(|(w, m, c)| w * (m.norm_squared() + c.trace()));
        let square: f64 = heaps.sum();
        let Interval { start, end } = SCHEDULE.interval;
        let term = |t: f64| {
            let (alpha, sigma, v) =
                (SCHEDULE.alpha(t), SCHEDULE.sigma(t), network.variance(t));
            let of_noise = (alpha * network.deviation).powi(2) / v;
            2.0 * of_noise.powi(2) + (alpha * sigma / v).powi(2) * square
        };
        let exact = trapezoid(term, start, end, 2000) / (end - start);
        let found = loss(set, &untrained, 5);
        // The deviation of one draw's loss is about the loss itself.
        let error = 5.8 / 20_000.0_f64.sqrt();
        assert!((found / exact - 1.0).abs() < error, "{found} for {exact}");
        assert_ne!(found, loss(set, &untrained, 6));
        // The kept network is within a hundredth of the exact score, and never below.
        let (least, kept) = (least_loss(set, 5).unwrap(), loss(set, &kept(set), 5));
        assert!(least < kept && kept < 1.01 * least, "{least} and {kept}");
        assert_eq!(least_loss(Set::Moons, 5), None);
    }

    #[test]
    fn times_fall_evenly_in_their_roots() {
        let times = times(7);
        let Interval { start, end } = SCHEDULE.interval;
        let (high, low) = (end.sqrt(), start.sqrt());
        assert_eq!(times.len(), 8);
        assert!((times[0] - end).abs() < 1e-15 && (times[7] - start).abs() < 1e-15);
        for pair in times.windows(2) {
            let side = pair[0].sqrt() - pair[1].sqrt();
            assert!((side - (high - low) / 7.0).abs() < 1e-14);
        }
    }

    #[test]
    fn a_report_measures_the_trained_network() {
        let training = Training {
            steps: 30,
            batch: 64,
            rate: 0.01,
            fade: true,
            decay: 0.9,
            seed: 4,
            report_every: 10,
        };
        let plan = Plan {
            set: Set::Moons,
            hidden: vec![8],
            training: training.clone(),
            particles: 300,
        };
        let stop = |progress: &Progress<'_>, far: f64| {
            assert!(far > 0.0);
            if progress.step == 20 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let found = measure(&plan, stop).unwrap();
        // The same by its parts.
        let (set, network) = (Set::Moons, Set::Moons.network(&[8]));
        let go = |progress: &Progress<'_>| stop(progress, 1.0);
        let weights = train_on(set, &network, &training, go).unwrap().weights;
        let start = network.start(Stream::new(4, "moons"));
        let before = Learned { network: network.clone(), weights: start };
        let after = Learned { network, weights };
        assert_eq!((found.steps, found.numbers), (20, 9 * 8 + 8 + 8 * 2 + 2));
        assert_eq!(found.kl, distance(set, &after, 48));
        assert_eq!(found.untrained, distance(set, &before, 48));
        assert_eq!(found.loss, loss(set, &after, 4));
        for (lambda, steps, found) in
            [(1.0, 250, found.with_noise), (0.0, 50, found.without)]
        {
            let stream = Stream::new(4, "draws of the program");
            let x: Matrix =
                draw(&SCHEDULE, &after, lambda, &times(steps), (2, 300), stream).unwrap();
            let places = x.column_iter().map(|x| (x[0].into(), x[1].into()));
            assert_eq!(found, counted(&*set.law(), places));
        }
        // 300 draws of the law: a cell with n p < 1 has a draw or none.
        assert!(found.floor < found.without.min(found.with_noise));
        let (law, mut own) = (set.law(), Stream::new(4, "draws of the law").generator());
        let own: Vec<_> = (0..300).map(|_| law.sample(&mut own)).collect();
        assert_eq!(found.floor, counted(&*law, own.iter().map(|x| (x.x, x.y))));
        let told = measure(&Plan { hidden: vec![8, 0], ..plan }, stop).unwrap_err();
        assert!(told.contains("a hidden layer of 0 entries"));
    }

    /// Even on a board four times as large as that of the cells.
    struct Wide;

    impl Toy for Wide {
        fn name(&self) -> &'static str {
            "wide"
        }

        fn sample(&self, _: &mut dynamics::Generator) -> Point<2> {
            Point::<2>::zeros()
        }

        fn log_density(&self, _: &Point<2>) -> f64 {
            -self.entropy()
        }

        fn entropy(&self) -> f64 {
            (19.2_f64 * 19.2).ln()
        }
    }

    #[test]
    fn what_lies_outside_of_the_cells_is_counted_as_one() {
        assert_eq!(cell(-4.79, -4.79), Some(0));
        assert_eq!(cell(4.79, -4.79), Some(CELLS - 1));
        assert_eq!(cell(-4.79, 4.79), Some(CELLS * (CELLS - 1)));
        for (x, y) in [(4.81, 0.3), (0.3, 4.81), (-4.81, 0.3), (0.3, -4.81)] {
            assert_eq!(cell(x, y), None);
        }
        let p = probabilities(&Wide);
        assert!((p[CELLS * CELLS] - 0.75).abs() < 1e-12);
        assert!((p[77] - 0.25 / (CELLS * CELLS) as f64).abs() < 1e-15);
        // One draw of four inside: 3/4 for 3/4 outside, and in the cells, each of 1/4/576,
        // one with 1/4 and the rest with none.
        let draws = [(0.1, 0.1), (9.0, 0.0), (0.0, -7.0), (5.0, 5.0)];
        let (of_law, of_draws) = (0.25 / 576.0, 0.25);
        let middle: f64 = 0.5 * (of_law + of_draws);
        let shared =
            of_law * f64::ln(of_law / middle) + of_draws * f64::ln(of_draws / middle);
        let by_hand = 0.5 * shared + 0.5 * 575.0 * of_law * 2.0_f64.ln();
        let far = counted(&Wide, draws.into_iter());
        assert!((far - by_hand).abs() < 1e-12, "{far} for {by_hand}");
    }
}
