//! Langevin dynamics down a staircase of noise.

use crate::annealed::Stairs;
use evidence::{Claim, Evidence, Slip};

const CHAINS: usize = 4000;

/// The share of the left heap, 0.4 of the law, among chains that start at the right one.
fn check(seed: u64, stairs: &Stairs) -> Vec<Evidence> {
    let ends = stairs.ends(CHAINS, seed);
    let left = ends.iter().filter(|x| **x < 0.0).count() as f64 / CHAINS as f64;
    let error = (0.4 * 0.6 / CHAINS as f64).sqrt();
    let because = "5.8 standard errors of 4000 chains, and 0.01 because a level is left before it \
         has settled: 40 000 chains put that at 0.004 to 0.007";
    let limit = 5.8 * error + 0.01;
    let what = "share of the left heap, from 0.4";
    vec![
        Evidence::at_most(what, (left - 0.4).abs(), limit, because)
            .sampled(CHAINS as u64, seed),
    ]
}

/// x ← x + ½ η s(σ, x) + √η z, with η in proportion to σ².
pub const ANNEALED: Claim = Claim::new(
    "sm-annealed-langevin",
    "down a staircase of noise, chains that start in one heap find the other, and in the right \
     proportion",
    |seed| check(seed, &Stairs::down()),
    &[
        Slip::new("the lowest level alone", |seed| check(seed, &Stairs::bottom())),
        Slip::new("a staircase that begins too low", |seed| {
            let levels = crate::annealed::levels(1.5, 0.1, 24);
            check(seed, &Stairs { levels, ..Stairs::down() })
        }),
    ],
);
