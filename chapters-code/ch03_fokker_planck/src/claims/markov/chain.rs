//! Chains on three states.

use crate::chain::{Chain, by_way_of};
use dynamics::{Generator, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix3, RowVector3, Vector3};
use rand::RngExt;

/// Steps of the chains.
const STEPS: usize = 6;

/// A law on three states.
fn drawn_law(draws: &mut Generator) -> RowVector3<f64> {
    let parts = RowVector3::from_fn(|_, _| draws.random_range(0.05..1.0));
    parts / parts.sum()
}

/// A chain whose every step has a matrix of its own, so that their order counts.
fn drawn(seed: u64) -> Chain<3> {
    let mut draws = Stream::new(seed, "chain on three states").generator();
    let start = drawn_law(&mut draws).transpose();
    let mut matrix = || Matrix3::from_rows(&[(); 3].map(|()| drawn_law(&mut draws)));
    Chain::new(start, (0..STEPS).map(|_| matrix()).collect()).expect("laws")
}

/// All paths of `n` steps.
fn paths(n: usize) -> impl Iterator<Item = Vec<usize>> {
    let state = |code: usize, i: usize| code / 3_usize.pow(i as u32) % 3;
    (0..3_usize.pow(n as u32 + 1))
        .map(move |code| (0..=n).map(|i| state(code, i)).collect())
}

/// Roundings of sums of up to 3⁷ chances that add up to 1.
const ROUNDING: f64 = 1e-14;

/// The chance of a path.
type Chance = fn(&Chain<3>, &[usize]) -> f64;

fn factorisation(chance: Chance, seed: u64) -> Vec<Evidence> {
    let chain = drawn(seed);
    let total: f64 = paths(4).map(|path| chance(&chain, &path)).sum();
    let mut seen = Vector3::zeros();
    for path in paths(4) {
        seen[path[4]] += chance(&chain, &path);
    }
    let steps: Matrix3<f64> = (1..5).map(|i| chain.between(i - 1, i)).product();
    let apart = (seen - steps.transpose() * chain.law(0)).abs().max();
    // The last step, given everything before it.
    let mut worst = 0.0_f64;
    for mut path in paths(4) {
        let (x, last) = (path[4], chain.between(3, 4));
        let of_path = chance(&chain, &path);
        let of_past: f64 = (0..3)
            .map(|any| {
                path[4] = any;
                chance(&chain, &path)
            })
            .sum();
        worst = worst.max((of_path / of_past - last[(path[3], x)]).abs());
    }
    let because = "rounding: sums of 243 chances that add up to 1";
    vec![
        Evidence::at_most(
            "sum of the chances of all 243 paths, distance from 1",
            (total - 1.0).abs(),
            ROUNDING,
            because,
        )
        .sampled(1, seed),
        Evidence::at_most(
            "law after four steps from the chances of all paths, against the product of \
             the matrices",
            apart,
            ROUNDING,
            because,
        )
        .sampled(1, seed),
        Evidence::at_most(
            "chance of the last step given each of 81 pasts, against the row of the present",
            worst,
            ROUNDING,
            "rounding: a quotient of two products",
        )
        .sampled(1, seed),
    ]
}

/// P(x₀, …, xₙ) = P(x₀) Π P(xᵢ | xᵢ₋₁).
pub const MARKOV_FACTORISATION: Claim = Claim::new(
    "fpk-markov-factorisation",
    "the chance of a path is the chance of its start times that of each step from the \
     state before",
    |seed| factorisation(Chain::chance_of, seed),
    &[
        Slip::new("the product begun a step late", |seed| {
            factorisation(
                |chain, path| {
                    let late = (2..path.len())
                        .map(|i| chain.between(i - 1, i)[(path[i - 1], path[i])]);
                    chain.law(0)[path[0]] * late.product::<f64>()
                },
                seed,
            )
        }),
        Slip::new("the start left out", |seed| {
            factorisation(
                |chain, path| chain.chance_of(path) / chain.law(0)[path[0]],
                seed,
            )
        }),
        Slip::new("each state by itself", |seed| {
            factorisation(
                |chain, path| {
                    let alone = path.iter().enumerate().map(|(i, &x)| chain.law(i)[x]);
                    alone.product()
                },
                seed,
            )
        }),
        Slip::new("rows and columns exchanged", |seed| {
            factorisation(
                |chain, path| {
                    let steps = (1..path.len())
                        .map(|i| chain.between(i - 1, i)[(path[i], path[i - 1])]);
                    chain.law(0)[path[0]] * steps.product::<f64>()
                },
                seed,
            )
        }),
    ],
);

/// P(X_t = x | X_r = y) by way of the time m.
type Way = fn(&Chain<3>, usize, usize, usize) -> Matrix3<f64>;
/// P(X_t = x).
type Law = fn(&Chain<3>, usize) -> Vector3<f64>;

fn way(chain: &Chain<3>, r: usize, m: usize, t: usize) -> Matrix3<f64> {
    by_way_of(&chain.between(r, m), &chain.between(m, t))
}

/// What is left of the chances of whole paths if only their states at r and t count.
fn counted(chain: &Chain<3>, r: usize, t: usize) -> Matrix3<f64> {
    let mut joint = Matrix3::<f64>::zeros();
    for path in paths(STEPS) {
        joint[(path[r], path[t])] += chain.chance_of(&path);
    }
    Matrix3::from_fn(|y, x| joint[(y, x)] / joint.row(y).sum())
}

fn discrete(way: Way, law: Law, seed: u64) -> Vec<Evidence> {
    let chain = drawn(seed);
    let (r, t) = (1, 6);
    let whole = counted(&chain, r, t);
    let (mut apart, mut rows) = (0.0_f64, 0.0_f64);
    for m in r + 1..t {
        let found = way(&chain, r, m, t);
        apart = apart.max((found - whole).abs().max());
        rows = found.row_iter().map(|row| (row.sum() - 1.0).abs()).fold(rows, f64::max);
    }
    let laws = (1..=STEPS).map(|t| {
        let mut seen = Vector3::zeros();
        for path in paths(STEPS) {
            seen[path[t]] += chain.chance_of(&path);
        }
        (law(&chain, t) - seen).abs().max()
    });
    let because = "rounding: sums of 2187 chances that add up to 1";
    vec![
        Evidence::at_most(
            "five steps by way of each of the four times between, rows' sums, distance \
             from 1",
            rows,
            ROUNDING,
            because,
        )
        .sampled(1, seed),
        Evidence::at_most(
            "five steps by way of each time between, against the chances of all paths",
            apart,
            ROUNDING,
            because,
        )
        .sampled(1, seed),
        Evidence::at_most(
            "laws at six times, against the chances of all paths",
            laws.fold(0.0, f64::max),
            ROUNDING,
            because,
        )
        .sampled(1, seed),
    ]
}

/// P(X_t = x | X_r = y) = Σ P(X_t = x | X_k = x_k) P(X_k = x_k | X_r = y).
pub const CK_DISCRETE: Claim = Claim::new(
    "fpk-ck-discrete",
    "from one time to another a chain goes through some state at each time between, and \
     at one such time the chances of all states are added",
    |seed| discrete(way, Chain::law, seed),
    &[
        Slip::printed("a sum over the times between", "E003-06", |seed| {
            discrete(
                |chain, r, _, t| (r + 1..t).map(|m| way(chain, r, m, t)).sum(),
                Chain::law,
                seed,
            )
        }),
        Slip::new("the later steps first", |seed| {
            discrete(
                |chain, r, m, t| by_way_of(&chain.between(m, t), &chain.between(r, m)),
                Chain::law,
                seed,
            )
        }),
        Slip::new("one step too few", |seed| {
            discrete(
                |chain, r, m, t| {
                    by_way_of(&chain.between(r, m - 1), &chain.between(m, t))
                },
                Chain::law,
                seed,
            )
        }),
        Slip::new("the law multiplied from the other side", |seed| {
            discrete(way, |chain, t| chain.between(0, t) * chain.law(0), seed)
        }),
    ],
);
