//! Drawing Brownian motion: on a grid, scaled, with dependent coordinates; the experiments.

use super::{coordinate, normal, worst};
use crate::paths::{END, NOISES, PATHS, paths, sigma_sweep};
use crate::{
    BrownianTree, CorrelatedNoise, brownian_path, covariance_matrix, quadratic_variation,
    scaled,
};
use dynamics::{Generator, Increment, Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix3;

/// `bm-simulation`.
pub const SIMULATION: Claim = Claim::new(
    "bm-simulation",
    "adding normal numbers of the size of the root of the step gives the law of Brownian \
     motion on the grid, for steps of any length",
    |seed| simulation(brownian_path, seed),
    &[
        Slip::new("the step in place of its root", |seed| {
            simulation(|grid, g| steps(grid, |_| f64::draw(grid.h(), g)), seed)
        }),
        Slip::new("the root of the time in place of the root of the step", |seed| {
            simulation(
                |grid, g| steps(grid, |i| f64::draw((grid.h() * i as f64).sqrt(), g)),
                seed,
            )
        }),
        Slip::new("one normal number for all the steps", |seed| {
            simulation(
                |grid, g| {
                    let step = f64::draw(grid.h().sqrt(), g);
                    steps(grid, |_| step)
                },
                seed,
            )
        }),
    ],
);

/// A path whose step i, counted from 1, is `step(i)`.
fn steps(grid: TimeGrid, mut step: impl FnMut(usize) -> f64) -> Vec<f64> {
    let mut path = vec![0.0];
    for i in 1..=grid.steps {
        path.push(path[i - 1] + step(i));
    }
    path
}

/// The law of the last value, after few steps and after many.
fn simulation(
    path: fn(TimeGrid, &mut Generator) -> Vec<f64>,
    seed: u64,
) -> Vec<Evidence> {
    let after = |n: usize| {
        let grid = TimeGrid::new(0.4, 2.1, n);
        let mut generator = Stream::new(seed, "simulation").chunk(n as u64);
        let ends: Vec<f64> = (0..20_000).map(|_| path(grid, &mut generator)[n]).collect();
        let what = format!("variance after {n} steps");
        [
            Evidence::variance(what, &ends, 1.7, seed),
            Evidence::law(format!("the law after {n} steps"), &ends, normal(1.7), seed),
        ]
    };
    [1, 7, 100].into_iter().flat_map(after).collect()
}

/// `bm-scaled`.
pub const SCALED: Claim = Claim::new(
    "bm-scaled",
    "noise of strength g gives the variance g squared times t, and a path looked at on \
     another clock and divided by the root of its rate is Brownian motion again",
    |seed| scaling(scaled, seed),
    &[
        Slip::new("the variance g times t", |seed| {
            scaling(|g, path| scaled(g.sqrt(), path), seed)
        }),
        Slip::new("g squared in front of the noise", |seed| {
            scaling(|g, path| scaled(g * g, path), seed)
        }),
    ],
);

fn scaling(scaled: fn(f64, &[f64]) -> Vec<f64>, seed: u64) -> Vec<Evidence> {
    let mut generator = Stream::new(seed, "scaled").generator();
    let grid = TimeGrid::new(0.0, END, 4);
    let paths: Vec<Vec<f64>> =
        (0..20_000).map(|_| brownian_path(grid, &mut generator)).collect();
    let ends = |g: f64| paths.iter().map(|w| scaled(g, w)[4]).collect::<Vec<_>>();
    let strengths = [0.1, 0.5, 1.5, 2.0];
    let variances = strengths.map(|g| {
        let what = format!("variance at time {END} for g = {g}");
        Evidence::variance(what, &ends(g), g * g * END, seed)
    });
    let laws = strengths.map(|g| {
        Evidence::law(format!("the law for g = {g}"), &ends(g), normal(g * g * END), seed)
    });
    // √c W_{t/c} for c = 0.3: three times of a path that lasts 3 on a clock of 0.9.
    let c: f64 = 0.3;
    let clock = (0..20_000).map(|i| {
        let tree =
            BrownianTree::<f64>::new(Stream::new(seed, &format!("clock {i}")), 3.0);
        scaled(c.sqrt(), &tree.path([0.75, 1.5, 3.0]))
    });
    let clock: Vec<_> = clock.collect();
    let expected = covariance_matrix(&[0.75, 1.5, 3.0].map(|t| t * c));
    let at = |k: usize| clock.iter().map(|w| w[k]).collect::<Vec<f64>>();
    let pairs = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];
    let same = pairs.map(|(k, l)| {
        let what = "covariance on another clock";
        Evidence::covariance(what, &at(k), &at(l), expected[(k, l)], seed)
    });
    vec![worst(variances), worst(laws), worst(same)]
}

/// Draws noise over a step h.
type Noise<'a> = &'a dyn Fn(f64, &mut Generator) -> Point<3>;

/// Q.
const Q: Matrix3<f64> = Matrix3::new(2.0, 0.7, -0.4, 0.7, 1.3, 0.3, -0.4, 0.3, 0.8);

fn cholesky() -> CorrelatedNoise<3> {
    CorrelatedNoise::cholesky(Q).expect("Q is positive definite")
}

/// `bm-vector-noise`.
pub const VECTOR_NOISE: Claim = Claim::new(
    "bm-vector-noise",
    "every coordinate has a normal number of its own, and a factor of the covariance \
     matrix makes the numbers depend on one another as they should",
    |seed| {
        let (lower, root) = (cholesky(), CorrelatedNoise::symmetric_root(Q));
        let root = root.expect("Q has no negative eigenvalue");
        let factors = [("Cholesky", lower), ("the symmetric root", root)];
        let evidence = factors.into_iter().flat_map(|(name, noise)| {
            let product = (noise.factor * noise.factor.transpose() - Q).amax();
            let exact = Evidence::at_most(
                format!("{name}: largest entry of L Lᵀ − Q"),
                product,
                1e-14,
                "rounding of a few operations with numbers of order one",
            );
            let mut evidence = vec![exact];
            evidence.extend(vector_noise(name, &|h, g| noise.draw(h, g), seed));
            evidence
        });
        evidence.collect()
    },
    &[
        Slip::printed("one number for all coordinates", "E000-03", |seed| {
            let l = cholesky().factor;
            let same = |h: f64, g: &mut Generator| {
                l * Point::<3>::repeat(f64::draw(h.sqrt(), g))
            };
            vector_noise("one number", &same, seed)
        }),
        Slip::new("the factor transposed", |seed| {
            let factor = cholesky().factor.transpose();
            let noise = CorrelatedNoise { factor };
            vector_noise("transposed", &|h, g| noise.draw(h, g), seed)
        }),
        Slip::new("the covariance in place of its factor", |seed| {
            let noise = CorrelatedNoise { factor: Q };
            vector_noise("no factor", &|h, g| noise.draw(h, g), seed)
        }),
        Slip::new("the step in place of its root", |seed| {
            let noise = cholesky();
            vector_noise("step", &|h, g| noise.draw(h * h, g), seed)
        }),
    ],
);

/// Draws over a step h = 0.3: covariance h Q, and a normal law in a slanted direction.
fn vector_noise(name: &str, noise: Noise, seed: u64) -> Vec<Evidence> {
    let (h, n) = (0.3, 40_000);
    let mut generator = Stream::new(seed, "vector noise").generator();
    let draws: Vec<Point<3>> = (0..n).map(|_| noise(h, &mut generator)).collect();
    let [x, y, z] = [0, 1, 2].map(|i| coordinate(&draws, i));
    let pairs = [
        (&x, &x, Q.m11),
        (&x, &y, Q.m12),
        (&x, &z, Q.m13),
        (&y, &y, Q.m22),
        (&y, &z, Q.m23),
        (&z, &z, Q.m33),
    ];
    let covariances = pairs.map(|(a, b, q)| {
        Evidence::covariance(format!("{name}: covariance"), a, b, h * q, seed)
    });
    let v = Point::<3>::new(0.6, -1.1, 0.8);
    let along: Vec<f64> = draws.iter().map(|w| v.dot(w)).collect();
    let law = normal(h * v.dot(&(Q * v)));
    let what = format!("{name}: law in a slanted direction");
    vec![worst(covariances), Evidence::law(what, &along, law, seed)]
}

/// `bm-exp-paths`.
pub const EXP_PATHS: Claim = Claim::new(
    "bm-exp-paths",
    "a hundred paths of five hundred steps have five hundred and one values each, start at \
     nothing, and have squares of steps that add up to the time",
    |seed| exp_paths(paths(seed, 500), seed),
    &[
        Slip::printed("as many values as steps", "E000-15", |seed| {
            let short = |path: Vec<f64>| path[..500].to_vec();
            exp_paths(paths(seed, 500).into_iter().map(short).collect(), seed)
        }),
        Slip::new("the step in place of its root", |seed| {
            let root = (END / 500.0).sqrt();
            let paths = paths(seed, 500);
            exp_paths(paths.iter().map(|path| scaled(root, path)).collect(), seed)
        }),
        Slip::new("the start left out", |seed| {
            let later = |path: Vec<f64>| path[1..].to_vec();
            exp_paths(paths(seed, 501).into_iter().map(later).collect(), seed)
        }),
    ],
);

fn exp_paths(paths: Vec<Vec<f64>>, seed: u64) -> Vec<Evidence> {
    let shape = paths.iter().filter(|path| path.len() != 501).count();
    let starts = paths.iter().map(|path| path[0].abs()).fold(0.0, f64::max);
    let squares: Vec<f64> = paths.iter().map(|path| quadratic_variation(path)).collect();
    vec![
        Evidence::at_most(
            "distance of the number of paths from 100",
            paths.len().abs_diff(100) as f64,
            0.0,
            "counted",
        ),
        Evidence::at_most(
            "paths that do not have 501 values",
            shape as f64,
            0.0,
            "counted",
        ),
        Evidence::at_most("largest start", starts, 0.0, "exact"),
        // Theory knows the error: one path's sum has the variance 2T²/n.
        Evidence::errors(
            "sum of all squares of steps",
            squares.iter().sum(),
            500.0,
            (100.0_f64 * 2.0 * 25.0 / 500.0).sqrt(),
            PATHS as u64,
            seed,
        ),
    ]
}

/// `bm-exp-sigma-sweep`.
pub const EXP_SIGMA_SWEEP: Claim = Claim::new(
    "bm-exp-sigma-sweep",
    "with the same draws, panels for different strengths of the noise show multiples of \
     the same paths",
    |seed| sweep(sigma_sweep(seed), seed),
    &[
        Slip::new("new draws for each panel", |seed| {
            let mut seeds = seed..;
            let panels = NOISES.map(|g| {
                let paths = paths(seeds.next().expect("endless"), 100);
                paths.iter().map(|path| scaled(g, path)).collect()
            });
            sweep(panels, seed)
        }),
        Slip::new("the root of g in front of the noise", |seed| {
            let paths = paths(seed, 100);
            let panel = |g: f64| paths.iter().map(|w| scaled(g.sqrt(), w)).collect();
            sweep(NOISES.map(panel), seed)
        }),
    ],
);

fn sweep(panels: [Vec<Vec<f64>>; 4], seed: u64) -> Vec<Evidence> {
    let unit = &panels[2];
    let off = panels.iter().zip(NOISES).flat_map(|(panel, g)| {
        let values = panel.iter().flatten().zip(unit.iter().flatten());
        values.map(move |(x, w)| (x - g * w).abs())
    });
    let ends = panels.iter().zip(NOISES).map(|(panel, g)| {
        let ends: Vec<f64> = panel.iter().map(|path| path[100]).collect();
        let what = format!("variance of the ends for g = {g}");
        Evidence::variance(what, &ends, 5.0 * g * g, seed)
    });
    vec![
        Evidence::at_most(
            "largest distance of a value from g times that for g = 1",
            off.fold(0.0, f64::max),
            0.0,
            "the same multiplication",
        ),
        worst(ends),
    ]
}
