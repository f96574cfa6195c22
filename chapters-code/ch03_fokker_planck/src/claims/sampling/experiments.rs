//! Experiments with Langevin dynamics: each is a figure as well, drawn from the same
//! functions.

use crate::gaussian_target::{GaussianTarget, Law};
use crate::langevin_experiments::{
    END, LINE_STEPS, NETWORK_STEPS, PLANE_STEPS, STRENGTHS, draws, ends, line, plane,
    quarters, score, score_times, time,
};
use ch01_flows::experiments::network;
use dynamics::{Failure, Point, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Const, DimMin, Matrix2};
use statrs::distribution::{ContinuousCDF, Normal};

/// Particles that stand for the law.
const COUNT: usize = 4000;
/// g on the line and in the plane.
const G: f64 = 1.0;

/// What a slip may change: where the clouds start, the score that moves them, and the time
/// that belongs to a step.
struct Candidate<const D: usize> {
    start: fn() -> Law<D>,
    score: fn(&GaussianTarget<D>, &Point<D>) -> Point<D>,
    time: fn(usize, usize) -> f64,
}

/// `fpk-exp-langevin-kde`.
pub const LINE: Claim = Claim::new(
    "fpk-exp-langevin-kde",
    "a cloud that starts four deviations off the target has its law after twenty units \
     of time, and on the way the law of its own steps",
    |seed| on_the_line(&LINE_SHOWN, seed),
    &[
        Slip::printed("a start in the target, where nothing moves", "E000-10", |seed| {
            let start = || line().0.law;
            on_the_line(&Candidate { start, ..LINE_SHOWN }, seed)
        }),
        Slip::printed("the number of the step read as the time", "E000-11", |seed| {
            on_the_line(&Candidate { time: |i, _| i as f64, ..LINE_SHOWN }, seed)
        }),
        Slip::new("the score of a variance of 2", |seed| {
            on_the_line(&Candidate { score: |p, x| p.score(x) * 0.5, ..LINE_SHOWN }, seed)
        }),
    ],
);

/// The experiment as it is shown.
const LINE_SHOWN: Candidate<1> =
    Candidate { start: || line().1, score: GaussianTarget::score, time };

/// `fpk-exp-langevin-2d`.
pub const PLANE: Claim = Claim::new(
    "fpk-exp-langevin-2d",
    "a round cloud far off takes on the place, the shape and the slant of a correlated \
     target, the wide direction last",
    |seed| in_the_plane(&PLANE_SHOWN, seed),
    &[
        Slip::printed("a start in the target, where nothing moves", "E000-10", |seed| {
            let start = || plane().0.law;
            in_the_plane(&Candidate { start, ..PLANE_SHOWN }, seed)
        }),
        Slip::printed("the number of the step read as the time", "E000-11", |seed| {
            in_the_plane(&Candidate { time: |i, _| i as f64, ..PLANE_SHOWN }, seed)
        }),
        Slip::new("the covariance not inverted", |seed| {
            let score =
                |p: &GaussianTarget<2>, x: &Point<2>| p.law.covariance * (p.law.mean - x);
            in_the_plane(&Candidate { score, ..PLANE_SHOWN }, seed)
        }),
        Slip::new("the two coordinates as if they were independent", |seed| {
            let score = |p: &GaussianTarget<2>, x: &Point<2>| {
                let spread = p.law.covariance.diagonal();
                (p.law.mean - x).component_div(&spread)
            };
            in_the_plane(&Candidate { score, ..PLANE_SHOWN }, seed)
        }),
    ],
);

/// The experiment as it is shown.
const PLANE_SHOWN: Candidate<2> =
    Candidate { start: || plane().1, score: GaussianTarget::score, time };

/// The clouds of a candidate after each quarter, and the laws of the chain there.
fn run<const D: usize>(
    target: &GaussianTarget<D>,
    start: &Law<D>,
    candidate: &Candidate<D>,
    steps: usize,
    seed: u64,
) -> Option<(Vec<Vec<Point<D>>>, Vec<Law<D>>)>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    let score = |x: &Point<D>| (candidate.score)(target, x);
    let starts = draws(&(candidate.start)(), COUNT, seed);
    let grid = TimeGrid::new(0.0, END, steps);
    let clouds = quarters(score, G, grid, starts, seed).ok()?;
    let eta = 0.5 * G * G * grid.h();
    let laws = (0..=4).map(|k| target.ula_law(eta, k * steps / 4, start)).collect();
    Some((clouds, laws))
}

/// Means of the chain against those of the equation at the times of the panels.
fn means<const D: usize>(
    target: &GaussianTarget<D>,
    start: &Law<D>,
    laws: &[Law<D>],
    time: fn(usize, usize) -> f64,
    steps: usize,
    quickest: f64,
) -> Evidence
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    let off = laws.iter().enumerate().map(|(k, law)| {
        let t = time(k * steps / 4, steps);
        (law.mean - target.langevin(G, t, start).mean).norm()
    });
    // |(1 − y)ⁿ − e^{−ny}| ≤ n y² e^{−ny}, and n y e^{−ny} ≤ 1/e, for y ≤ ½.
    let y = 0.5 * G * G * END / steps as f64 * quickest;
    let far = (start.mean - target.law.mean).norm();
    Evidence::at_most(
        "largest distance of a panel's mean from the equation's at its time",
        off.fold(0.0, f64::max),
        y * far / std::f64::consts::E,
        "Euler's error: |(1 − y)ⁿ − e^(−ny)| ≤ y/e in each direction, y = ½g²h over its \
         variance",
    )
}

/// Two runs on the same draws, of which one starts further off: between them there is no
/// noise, and the distance is that of the chain's means.
fn between_runs<const D: usize>(
    target: &GaussianTarget<D>,
    start: &Law<D>,
    candidate: &Candidate<D>,
    steps: usize,
    seed: u64,
) -> Evidence
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    let run = |from: Point<D>| {
        let score = |x: &Point<D>| (candidate.score)(target, x);
        quarters(score, G, TimeGrid::new(0.0, END, steps), vec![from], seed)
    };
    let (Ok(far), Ok(near)) = (run(start.mean), run(target.law.mean)) else {
        return Evidence::at_most("two runs", f64::NAN, 0.0, "a run stopped");
    };
    let eta = 0.5 * G * G * END / steps as f64;
    let off = (0..=4).map(|k| {
        let mean = target.ula_law(eta, k * steps / 4, start).mean - target.law.mean;
        (far[k][0] - near[k][0] - mean).norm()
    });
    Evidence::at_most(
        "two runs on the same draws, distance from the chain's means, five panels",
        off.fold(0.0, f64::max),
        1e-12,
        "rounding of numbers of order 6 in 1000 steps, which shrinks on the way",
    )
    .sampled(2, seed)
}

/// A cloud along a direction against a normal law.
fn normal(what: String, cloud: &[f64], mean: f64, variance: f64, seed: u64) -> Evidence {
    let law = Normal::new(mean, variance.sqrt()).expect("a variance");
    Evidence::law(what, cloud, |x| law.cdf(x), seed)
}

fn on_the_line(candidate: &Candidate<1>, seed: u64) -> Vec<Evidence> {
    let (target, start) = line();
    let Some((clouds, laws)) = run(&target, &start, candidate, LINE_STEPS, seed) else {
        return vec![];
    };
    let mut evidence: Vec<_> = clouds
        .iter()
        .zip(&laws)
        .enumerate()
        .map(|(k, (cloud, law))| {
            let xs: Vec<f64> = cloud.iter().map(|x| x.x).collect();
            let what = format!("{COUNT} particles at t = {}", 5 * k);
            normal(what, &xs, law.mean.x, law.covariance.x, seed)
        })
        .collect();
    let [first, last] = [0, 4].map(|k| target.divergence(&laws[k]));
    let wide = target.ula_limit(0.5 * G * G * END / LINE_STEPS as f64);
    let excess = wide.map_or(f64::INFINITY, |wide| wide.x - 1.0);
    evidence.extend([
        means(&target, &start, &laws, candidate.time, LINE_STEPS, 1.0),
        between_runs(&target, &start, candidate, LINE_STEPS, seed),
        Evidence::at_most(
            "KL divergence of the chain's law from the target at the end, in nats",
            last,
            0.25 * excess * excess + 0.5 * laws[4].mean.norm_squared(),
            "½ (v − 1 − log v) ≤ ¼ (v − 1)² for v > 1, and ½ m²: what the step leaves",
        ),
        Evidence::at_most(
            "and at the start, distance from 8.318",
            (first - 8.318).abs(),
            5e-4,
            "½ (¼ + 16 − 1 + log 4), to three places",
        ),
    ]);
    evidence
}

fn in_the_plane(candidate: &Candidate<2>, seed: u64) -> Vec<Evidence> {
    let (target, start) = plane();
    let Some((clouds, laws)) = run(&target, &start, candidate, PLANE_STEPS, seed) else {
        return vec![];
    };
    let direction = Point::<2>::new(0.6, 0.8);
    let mut evidence: Vec<_> = clouds
        .iter()
        .zip(&laws)
        .enumerate()
        .map(|(k, (cloud, law))| {
            let along: Vec<f64> = cloud.iter().map(|x| direction.dot(x)).collect();
            let variance = direction.dot(&(law.covariance * direction));
            let what = format!("{COUNT} particles at t = {}, along (0.6, 0.8)", 5 * k);
            normal(what, &along, direction.dot(&law.mean), variance, seed)
        })
        .collect();
    let (xs, ys): (Vec<f64>, Vec<f64>) = clouds[4].iter().map(|x| (x.x, x.y)).unzip();
    let last = laws[4].covariance;
    let narrow = target.law.covariance.symmetric_eigenvalues().min();
    evidence.extend([
        means(&target, &start, &laws, candidate.time, PLANE_STEPS, 1.0 / narrow),
        between_runs(&target, &start, candidate, PLANE_STEPS, seed),
        Evidence::variance("first coordinate at the end", &xs, last.m11, seed),
        Evidence::variance("second coordinate at the end", &ys, last.m22, seed),
        Evidence::covariance("covariance at the end", &xs, &ys, last.m12, seed),
    ]);
    evidence
}

/// A run: g, particles, seed.
type Ends = fn(f64, usize, u64) -> Result<Vec<Point<2>>, Failure<Point<2>>>;

/// `fpk-exp-langevin-network`.
pub const NETWORK: Claim = Claim::new(
    "fpk-exp-langevin-network",
    "with the score itself a normal cloud keeps its law at every strength of the noise, \
     up to the bias of the steps",
    |seed| with_a_network(|g, count, seed| ends(score, g, count, seed), seed),
    &[
        Slip::printed("the score times the output of a network", "E000-13", |seed| {
            with_a_network(
                |g, count, seed| {
                    let network = network(seed);
                    ends(score_times(|x| network.output(x)), g, count, seed)
                },
                seed,
            )
        }),
        Slip::new("a network that says 2", |seed| {
            with_a_network(
                |g, count, seed| {
                    ends(score_times(|_| Point::<2>::repeat(2.0)), g, count, seed)
                },
                seed,
            )
        }),
        Slip::new("a network that says −1", |seed| {
            with_a_network(
                |g, count, seed| {
                    ends(score_times(|_| Point::<2>::repeat(-1.0)), g, count, seed)
                },
                seed,
            )
        }),
    ],
);

/// The covariance of a cloud that starts in the target, for all strengths.
fn with_a_network(run: Ends, seed: u64) -> Vec<Evidence> {
    let target = GaussianTarget::new(Point::<2>::zeros(), Matrix2::identity())
        .expect("positive definite");
    let mut evidence = vec![];
    let mut off = 0.0_f64;
    for g in STRENGTHS {
        let Ok(cloud) = run(g, COUNT, seed) else { return vec![] };
        let eta = 0.5 * g * g / NETWORK_STEPS as f64;
        let law = target.ula_law(eta, NETWORK_STEPS, &target.law).covariance;
        off = off.max((law.m11 - 1.0).abs() / (eta / (2.0 - eta)));
        let (xs, ys): (Vec<f64>, Vec<f64>) = cloud.iter().map(|x| (x.x, x.y)).unzip();
        evidence.extend([
            Evidence::variance(format!("g = {g}: first"), &xs, law.m11, seed),
            Evidence::variance(format!("g = {g}: second"), &ys, law.m22, seed),
            Evidence::covariance(format!("g = {g}: both"), &xs, &ys, law.m12, seed),
        ]);
    }
    evidence.push(Evidence::at_most(
        "growth of the chain's variance over its limit η/(2 − η), four strengths",
        off,
        1.0,
        "the variance of the chain rises from 1 to its limit and stays below it",
    ));
    evidence
}
