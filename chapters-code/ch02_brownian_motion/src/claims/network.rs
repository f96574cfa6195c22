//! The experiments in a random network's field: each is a figure as well, drawn from the
//! same functions.

use crate::experiments::{
    Pulled, RATES, STRENGTHS, diffused, place, redrawn_sweep, strength_sweep,
};
use crate::simulate_paths;
use ch01_flows::experiments::{network, starts};
use ch01_flows::fields::Network;
use ch01_flows::simulator::Noisy;
use dynamics::{Failure, Point, Sde, SdeMethod, Stream, TimeGrid, VectorField};
use evidence::{Claim, Evidence, Slip, mean_and_error};
use nalgebra::SVector;
use statrs::distribution::{ContinuousCDF, Normal};

/// Paths, all of one run or why they stopped.
type Paths = Result<Vec<Vec<Point<2>>>, Failure<Point<2>>>;

/// A way to run the experiment: the field, g, particles, steps, seed.
type Runner = fn(&Network<2>, f64, usize, usize, u64) -> Paths;

/// `bm-exp-diffusion-single`.
pub const DIFFUSION_SINGLE: Claim = Claim::new(
    "bm-exp-diffusion-single",
    "what is left of a particle's path without the drift is Brownian, and a second run repeats it",
    |seed| single(diffused, |_| 0, seed),
    &[
        Slip::printed("weights drawn anew in every call", "E000-14", |seed| {
            single(diffused, |call| call, seed)
        }),
        Slip::new("the noise multiplied by h", |seed| {
            single(
                |field, g, particles, steps, seed| {
                    nearly(NoiseTimesH, field, g, particles, steps, seed)
                },
                |_| 0,
                seed,
            )
        }),
        Slip::printed("one normal number for both coordinates", "E000-03", |seed| {
            single(
                |field, g, particles, steps, seed| {
                    nearly(OneNumber, field, g, particles, steps, seed)
                },
                |_| 0,
                seed,
            )
        }),
    ],
);

/// One particle, run twice: the network of call k is the network of the seed shifted by
/// `shift(k)`, which should be 0.
fn single(run: Runner, shift: fn(u64) -> u64, seed: u64) -> Vec<Evidence> {
    const G: f64 = 1.3;
    let path = |call: u64, steps| {
        let field = network(seed.wrapping_add(shift(call)));
        run(&field, G, 1, steps, seed).map(|mut paths| paths.remove(0))
    };
    let (Ok(short), Ok(again), Ok(long)) = (path(0, 100), path(1, 100), path(2, 4000))
    else {
        return vec![];
    };
    let different = short.iter().zip(&again).filter(|(a, b)| a != b).count();
    let noise: Vec<_> = left_over(&network(seed), &long)
        .into_iter()
        .map(|n| n / (G * (1.0_f64 / 4000.0).sqrt()))
        .collect();
    let both: Vec<f64> = noise.iter().flat_map(|n| [n.x, n.y]).collect();
    let (xs, ys): (Vec<f64>, Vec<f64>) = noise.iter().map(|n| (n.x, n.y)).unzip();
    let normal = Normal::standard();
    vec![
        Evidence::at_most(
            "distance of the number of points from n + 1",
            short.len().abs_diff(101) as f64,
            0.0,
            "counted",
        ),
        Evidence::at_most(
            "points of 101 that a second run does not repeat",
            different as f64,
            0.0,
            "the same bits",
        ),
        Evidence::law(
            "increments without the drift, over g √h, against N(0, 1)",
            &both,
            |x| normal.cdf(x),
            seed,
        ),
        Evidence::covariance("their two coordinates", &xs, &ys, 0.0, seed),
    ]
}

/// X_{i+1} − X_i − h u(X_i) along a path from t = 0 to 1: what the drift does not explain.
fn left_over(field: &Network<2>, path: &[Point<2>]) -> Vec<Point<2>> {
    let h = 1.0 / (path.len() - 1) as f64;
    path.windows(2).map(|x| x[1] - x[0] - h * field.output(&x[0])).collect()
}

/// Nearly Euler–Maruyama: what it adds to x and h f(t, x).
trait Nearly: Sync {
    fn added(&self, h: f64, noise: Point<2>) -> Point<2>;
}

/// Noise that is multiplied by h, though it is of size √h already.
struct NoiseTimesH;

impl Nearly for NoiseTimesH {
    fn added(&self, h: f64, noise: Point<2>) -> Point<2> {
        h * noise
    }
}

/// The same number in both coordinates.
struct OneNumber;

impl Nearly for OneNumber {
    fn added(&self, _h: f64, noise: Point<2>) -> Point<2> {
        Point::<2>::repeat(noise.x)
    }
}

/// A method made of one of these.
struct Step<N>(N);

impl<N: Nearly, E: Sde<Point<2>>> SdeMethod<E, Point<2>, Point<2>> for Step<N> {
    const STRONG_ORDER: f64 = 0.5;
    const WEAK_ORDER: f64 = 1.0;

    fn step(&self, sde: &E, t: f64, h: f64, x: &Point<2>, dw: &Point<2>) -> Point<2> {
        x + h * sde.drift(t, x) + self.0.added(h, sde.noise(t, x, dw))
    }
}

/// [`diffused`] with such a method.
fn nearly(
    method: impl Nearly,
    field: &Network<2>,
    g: f64,
    particles: usize,
    steps: usize,
    seed: u64,
) -> Paths {
    let sde = Noisy { field: |t: f64, x: &Point<2>| field.velocity(t, x), diffusion: g };
    let (grid, noise) = (TimeGrid::new(0.0, 1.0, steps), Stream::new(seed, "noise"));
    simulate_paths(&Step(method), &sde, grid, noise, &starts(seed, particles))
}

/// `bm-exp-diffusion-many`.
pub const DIFFUSION_MANY: Claim = Claim::new(
    "bm-exp-diffusion-many",
    "a hundred particles in one network, each with noise of its own",
    |seed| many(diffused, seed),
    &[
        Slip::new("one noise vector for all particles", |seed| {
            many(
                |field, g, particles, steps, seed| {
                    let starts = starts(seed, particles);
                    let alone = |start: &Point<2>| {
                        let field = |t: f64, x: &Point<2>| field.velocity(t, x);
                        let sde = Noisy { field, diffusion: g };
                        let grid = TimeGrid::new(0.0, 1.0, steps);
                        let noise = Stream::new(seed, "noise");
                        simulate_paths(
                            &crate::EulerMaruyama,
                            &sde,
                            grid,
                            noise,
                            &[*start],
                        )
                        .map(|mut paths| paths.remove(0))
                    };
                    starts.iter().map(alone).collect()
                },
                seed,
            )
        }),
        Slip::new("noise of variance g h", |seed| {
            many(
                |field, g, particles, steps, seed| {
                    diffused(field, f64::sqrt(g), particles, steps, seed)
                },
                seed,
            )
        }),
    ],
);

/// A hundred particles: their noise, particle against particle, and its strength.
fn many(run: Runner, seed: u64) -> Vec<Evidence> {
    const G: f64 = 1.3;
    let field = network(seed);
    let Ok(paths) = run(&field, G, 100, 100, seed) else { return vec![] };
    let noises: Vec<_> = paths.iter().map(|path| left_over(&field, path)).collect();
    let of = |pair: usize| {
        let pairs = noises.chunks(2).flat_map(move |two| two[pair].iter());
        pairs.flat_map(|n| [n.x, n.y]).collect::<Vec<f64>>()
    };
    let all: Vec<f64> = noises.iter().flatten().flat_map(|n| [n.x, n.y]).collect();
    vec![
        Evidence::at_most(
            "distance of the number of paths from 100",
            paths.len().abs_diff(100) as f64,
            0.0,
            "counted",
        ),
        Evidence::covariance(
            "noise of one particle with that of the next",
            &of(0),
            &of(1),
            0.0,
            seed,
        ),
        Evidence::variance(
            "variance of the noise of a step, g² h",
            &all,
            G * G / 100.0,
            seed,
        ),
    ]
}

/// `bm-exp-diffusion-sigma-sweep-single`.
pub const STRENGTH_SWEEP_SINGLE: Claim = Claim::new(
    "bm-exp-diffusion-sigma-sweep-single",
    "with one network and one noise in all panels, weak noise displaces the path in proportion to g",
    |seed| sweep_single(strength_sweep, seed),
    &[
        Slip::printed("weights drawn anew for each panel", "E000-14", |seed| {
            sweep_single(redrawn_sweep, seed)
        }),
        Slip::new("noise drawn anew for each panel", |seed| {
            sweep_single(redrawn_noise, seed)
        }),
        Slip::new("noise of variance g h", |seed| {
            sweep_single(
                |strengths, particles, steps, seed| {
                    let roots: Vec<f64> = strengths.iter().map(|g| g.sqrt()).collect();
                    strength_sweep(&roots, particles, steps, seed)
                },
                seed,
            )
        }),
    ],
);

/// A sweep: strengths, particles, steps, seed; one set of paths for each strength.
type Sweep =
    fn(&[f64], usize, usize, u64) -> Result<Vec<Vec<Vec<Point<2>>>>, Failure<Point<2>>>;

/// The sweep of someone who draws other noise (and other starts) for each panel.
fn redrawn_noise(
    strengths: &[f64],
    particles: usize,
    steps: usize,
    seed: u64,
) -> Result<Vec<Vec<Vec<Point<2>>>>, Failure<Point<2>>> {
    let field = network(seed);
    let panel = |(k, &g): (usize, &f64)| {
        diffused(&field, g, particles, steps, seed.wrapping_add(k as u64))
    };
    strengths.iter().enumerate().map(panel).collect()
}

/// How far the paths with g = 0.01 and g = 0.1 are from the one without noise, particle by
/// particle: the order of the root mean square in g.
fn sweep_single(sweep: Sweep, seed: u64) -> Vec<Evidence> {
    let Ok(panels) = sweep(&[0.0, STRENGTHS[0], STRENGTHS[1]], 100, 100, seed) else {
        return vec![];
    };
    let ends = |panel: usize| panels[panel].iter().map(|path| path[100]);
    let displaced = |panel: usize| {
        let squares = ends(panel).zip(ends(0)).map(|(x, y)| (x - y).norm_squared());
        (squares.sum::<f64>() / 100.0).sqrt()
    };
    let order = (displaced(2) / displaced(1)).log10();
    // Over a unit of time the field turns the noise into at most e^L times as much.
    let l = network(seed).lipschitz_bound();
    let root = f64::exp(l);
    let size = displaced(1) / STRENGTHS[0];
    vec![
        Evidence::order(
            "displacement of the end against g, from 0.01 to 0.1",
            order,
            1.0,
            0.02,
            "the field is linear but for its corners, which a displacement of size g crosses \
             with a chance of size g",
        )
        .sampled(100, seed),
        Evidence::at_most(
            "displacement at g = 0.01, over g, against √2 e^L",
            size / (f64::sqrt(2.0) * root),
            1.5,
            "Grönwall: noise of mean square 2 grows by at most e^L; half as much again for 100 draws",
        )
        .sampled(100, seed),
    ]
}

/// `bm-exp-diffusion-sigma-sweep-many`.
pub const STRENGTH_SWEEP_MANY: Claim = Claim::new(
    "bm-exp-diffusion-sigma-sweep-many",
    "in every panel the cloud is spread by g² in each coordinate beside what the one field does",
    |seed| sweep_many(strength_sweep, seed),
    &[
        Slip::printed("weights drawn anew for each panel", "E000-14", |seed| {
            sweep_many(redrawn_sweep, seed)
        }),
        Slip::new("noise drawn anew for each panel", |seed| {
            sweep_many(redrawn_noise, seed)
        }),
        Slip::new("noise of variance g h", |seed| {
            sweep_many(
                |strengths, particles, steps, seed| {
                    let roots: Vec<f64> = strengths.iter().map(|g| g.sqrt()).collect();
                    strength_sweep(&roots, particles, steps, seed)
                },
                seed,
            )
        }),
    ],
);

/// X₁ − X₀ − Σ h u(X_i) of each particle should be g W₁, with one W in all panels.
fn sweep_many(sweep: Sweep, seed: u64) -> Vec<Evidence> {
    let field = network(seed);
    let Ok(panels) = sweep(&STRENGTHS, 100, 100, seed) else { return vec![] };
    let noise = |panel: usize| -> Vec<Point<2>> {
        let total = |path: &Vec<Point<2>>| left_over(&field, path).into_iter().sum();
        let sums = panels[panel].iter().map(total);
        sums.map(|sum: Point<2>| sum / STRENGTHS[panel]).collect()
    };
    let noises: Vec<_> = (0..STRENGTHS.len()).map(noise).collect();
    let apart = noises
        .iter()
        .flat_map(|panel| panel.iter().zip(&noises[3]).map(|(a, b)| (a - b).norm()));
    let mut evidence = vec![
        Evidence::at_most(
            "largest distance between the noise of two panels, over g",
            apart.fold(0.0, f64::max),
            1e-11,
            "100 sums of numbers of order 1 are rounded, then divided by 0.01",
        )
        .sampled(100, seed),
    ];
    for (g, panel) in STRENGTHS.iter().zip(&noises) {
        let squares = panel.iter().map(|n| n.norm_squared() * g * g);
        let (trace, error) = mean_and_error(squares);
        evidence.push(Evidence::errors(
            format!("g = {g}: mean square of the noise of the end, 2 g²"),
            trace,
            2.0 * g * g,
            error,
            100,
            seed,
        ));
    }
    evidence
}

/// `bm-exp-network-theta-sweep-single`.
pub const RATE_SWEEP_SINGLE: Claim = Claim::new(
    "bm-exp-network-theta-sweep-single",
    "under the true drift a particle forgets its start at the rate θ",
    |seed| rate_single(|theta| Pulled { rate: theta, field: place }, seed),
    &[
        Slip::printed("a network for x, which may be −x", "E000-12", |seed| {
            // Two units, relu(x) and relu(−x) per coordinate, give −x exactly.
            rate_single(|theta| Pulled { rate: theta, field: minus_identity() }, seed)
        }),
        Slip::new("a random network for x", |seed| {
            rate_single(
                |theta| Pulled { rate: theta, field: network(theta.to_bits()) },
                seed,
            )
        }),
        Slip::new("the drift twice as strong", |seed| {
            rate_single(|theta| Pulled { rate: 2.0 * theta, field: place }, seed)
        }),
    ],
);

/// The network whose output is −x: a member of the family, with relu(x) − relu(−x) = x.
fn minus_identity() -> Network<2> {
    let mut network = Network::<2> {
        w1: nalgebra::SMatrix::zeros(),
        b1: SVector::zeros(),
        w2: nalgebra::SMatrix::zeros(),
        b2: SVector::zeros(),
    };
    for i in 0..2 {
        for (unit, sign) in [(2 * i, 1.0), (2 * i + 1, -1.0)] {
            network.w1[(unit, i)] = sign;
            network.w2[(i, unit)] = -sign;
        }
    }
    network
}

/// Steps of the sweeps over θ.
const STEPS: usize = 100;
/// The strength of their noise.
const G: f64 = 0.5;
/// Particles that stand for the law.
const COUNT: usize = 4000;

/// The mean of 4000 particles that leave one place, in units of that place.
fn rate_single<F: VectorField<Point<2>>>(
    drift: fn(f64) -> F,
    seed: u64,
) -> Vec<Evidence> {
    let start = Point::<2>::new(1.7, -0.9);
    let mut evidence = vec![];
    for theta in RATES {
        let Some(ends) = ends(&drift(theta), &[start; COUNT], seed) else {
            return vec![];
        };
        // What Euler's method makes of e^{−θ}.
        let factor = (1.0 - theta / STEPS as f64).powi(STEPS as i32);
        for i in 0..2 {
            let draws: Vec<f64> = ends.iter().map(|x| x[i]).collect();
            let what = format!("θ = {theta}: mean of coordinate {}", i + 1);
            evidence.push(Evidence::mean(what, &draws, factor * start[i], seed));
        }
        evidence.push(Evidence::at_most(
            format!("θ = {theta}: (1 − θh)ⁿ against e^(−θ)"),
            (factor - f64::exp(-theta)).abs(),
            theta * theta / STEPS as f64,
            "Euler's error: |log(1 − y) + y| ≤ y² for y ≤ ½, n times with y = θh",
        ));
    }
    evidence
}

/// Where the particles are at t = 1.
fn ends(
    drift: &impl VectorField<Point<2>>,
    starts: &[Point<2>],
    seed: u64,
) -> Option<Vec<Point<2>>> {
    let field = |t: f64, x: &Point<2>| drift.velocity(t, x);
    let sde = Noisy { field, diffusion: G };
    let mut particles = starts.to_vec();
    let (grid, noise) = (TimeGrid::new(0.0, 1.0, STEPS), Stream::new(seed, "rates"));
    crate::simulate(&crate::EulerMaruyama, &sde, grid, noise, &mut particles).ok()?;
    Some(particles)
}

/// `bm-exp-network-theta-sweep-many`.
pub const RATE_SWEEP_MANY: Claim = Claim::new(
    "bm-exp-network-theta-sweep-many",
    "under the true drift a normal cloud keeps the variance that pull and noise leave it",
    |seed| rate_many(|theta| Pulled { rate: theta, field: place }, 1.0, seed),
    &[
        Slip::printed("a network for x, which may be −x", "E000-12", |seed| {
            rate_many(|theta| Pulled { rate: theta, field: minus_identity() }, 1.0, seed)
        }),
        Slip::new("all particles from one place", |seed| {
            rate_many(|theta| Pulled { rate: theta, field: place }, 0.0, seed)
        }),
    ],
);

/// The covariance of a cloud that starts in N(0, spread² I), where spread should be 1.
fn rate_many<F: VectorField<Point<2>>>(
    drift: fn(f64) -> F,
    spread: f64,
    seed: u64,
) -> Vec<Evidence> {
    let starts: Vec<_> = starts(seed, COUNT).into_iter().map(|x| x * spread).collect();
    let mut evidence = vec![];
    for theta in RATES {
        let Some(ends) = ends(&drift(theta), &starts, seed) else { return vec![] };
        // v ← (1 − θh)² v + g² h, from v = 1.
        let h = 1.0 / STEPS as f64;
        let variance = (0..STEPS)
            .fold(1.0, |v, _| (1.0 - theta * h) * (1.0 - theta * h) * v + G * G * h);
        let exact = f64::exp(-2.0 * theta)
            + G * G * (1.0 - f64::exp(-2.0 * theta)) / (2.0 * theta);
        let (xs, ys): (Vec<f64>, Vec<f64>) = ends.iter().map(|x| (x.x, x.y)).unzip();
        evidence.extend([
            Evidence::variance(format!("θ = {theta}: first"), &xs, variance, seed),
            Evidence::variance(format!("θ = {theta}: second"), &ys, variance, seed),
            Evidence::covariance(format!("θ = {theta}: both"), &xs, &ys, 0.0, seed),
            Evidence::at_most(
                format!("θ = {theta}: that variance against the one without steps"),
                (variance - exact).abs(),
                theta * h,
                "Euler's error in the variance, of order h: less than θ h for θ ≤ 1 and g < 1",
            ),
        ]);
    }
    evidence
}
