//! The normal limit of the walk, how fast it comes, and which sums have another.

use crate::pushes::{Push, moment_rate, pushed};
use crate::walk::WalkLaw;
use dynamics::Stream;
use evidence::{Claim, Evidence, Slip};
use statrs::distribution::{Binomial, Cauchy, ContinuousCDF, Discrete, Normal};
use std::f64::consts::PI;

/// g of every motion checked here.
const G: f64 = 0.7;
/// The time Δt over which they run.
const SPAN: f64 = 1.7;

/// N(0, g²Δt).
fn normal() -> Normal {
    Normal::new(0.0, G * SPAN.sqrt()).expect("a positive deviation")
}

/// `bm-scaling-limit`.
pub const SCALING_LIMIT: Claim = Claim::new(
    "bm-scaling-limit",
    "if the square of the step is in proportion to its time, the law of the walk tends to a \
     normal law, at a distance of one over the root of twice pi times the number of tosses",
    |_| scaling_limit(WalkLaw::scaled, WalkLaw::distance_halfway),
    &[
        Slip::new("step in proportion to time", |_| {
            let speed = |g, span, n| WalkLaw::new(g * span / n as f64, n);
            scaling_limit(speed, WalkLaw::distance_halfway)
        }),
        Slip::new("the same step however short the time", |_| {
            scaling_limit(|g, _, n| WalkLaw::new(g, n), WalkLaw::distance_halfway)
        }),
        Slip::new("g for its square", |_| {
            let wrong = |g: f64, span, n| WalkLaw::scaled(g.sqrt(), span, n);
            scaling_limit(wrong, WalkLaw::distance_halfway)
        }),
        Slip::new("the normal law read off at the jump", |_| {
            let at_jump = |law: &WalkLaw, g: fn(f64) -> f64| {
                law.jumps().map(|(x, _, at)| (at - g(x)).abs()).fold(0.0, f64::max)
            };
            scaling_limit(WalkLaw::scaled, at_jump)
        }),
    ],
);

/// The distribution function of N(0, g²Δt).
fn limit(x: f64) -> f64 {
    normal().cdf(x)
}

/// The largest distance from a distribution function, in some sense.
type Distance = fn(&WalkLaw, fn(f64) -> f64) -> f64;

/// The law of n tosses against N(0, g²Δt), for even and odd n. `halfway` is the largest
/// distance when the normal law is read off halfway between jumps.
fn scaling_limit(
    law: fn(f64, f64, usize) -> WalkLaw,
    halfway: Distance,
) -> Vec<Evidence> {
    let (mut variance, mut constant, mut middle) = (0.0_f64, 0.0_f64, 0.0_f64);
    for n in [16, 63, 256, 1023, 4096, 16_384] {
        let (law, count) = (law(G, SPAN, n), n as f64);
        let v = law.expectation(|x| x * x) / (G * G * SPAN);
        variance = variance.max((v - 1.0).abs());
        let ratio = (2.0 * PI * count).sqrt() * law.distance(limit);
        constant = constant.max(count.sqrt() * (ratio - 1.0).abs());
        middle = middle.max(count * halfway(&law, limit));
    }
    // The bound of the proof, N times the distance halfway between jumps.
    let bound = 5.0 / (6.0 * PI);
    vec![
        Evidence::at_most(
            "variance over g²Δt, largest distance from 1 for 16 to 16 384 tosses",
            variance,
            2e-12,
            "rounding: 16 384 additions of relative error 1e-16 each",
        ),
        Evidence::at_most(
            "√N |√(2πN) D − 1|, largest for 16 to 16 384 tosses",
            constant,
            (2.0 * PI).sqrt() * bound,
            "the bound of the proof, √(2π) times 5/(6π)",
        ),
        Evidence::at_most(
            "N times the distance halfway between jumps, largest for 16 to 16 384 tosses",
            middle,
            bound,
            "the bound of the proof, 5/(6π)",
        ),
    ]
}

/// Rate λ of the rare jumps, and half-width γ of the heavy tails per unit of time.
const RATE: f64 = 2.3;
const WIDTH: f64 = 0.6;
/// Pushes in a sum, and how many sums are drawn.
const PUSHES: usize = 200;
const SUMS: usize = 8000;

/// `bm-clt-scope`.
pub const CLT_SCOPE: Claim = Claim::new(
    "bm-clt-scope",
    "many small pushes of finite variance add up to a normal law if large ones die out; rare \
     jumps and heavy tails keep laws of their own",
    |seed| clt_scope(|u, dt| EVEN.size(u, dt), |u, dt| HEAVY.size(u, dt), seed),
    &[
        Slip::printed("heavy tails taken for normal", "E003-08", |seed| {
            clt_scope(|u, dt| HEAVY.size(u, dt), |u, dt| HEAVY.size(u, dt), seed)
        }),
        Slip::new("rare jumps taken for normal", |seed| {
            clt_scope(|u, dt| RARE.size(u, dt), |u, dt| HEAVY.size(u, dt), seed)
        }),
        Slip::new("a width for a deviation", |seed| {
            let narrow = |u, dt: f64| G * dt.sqrt() * (2.0 * u - 1.0);
            clt_scope(narrow, |u, dt| HEAVY.size(u, dt), seed)
        }),
        Slip::new("heavy tails scaled by the root of time", |seed| {
            let rooted = |u, dt: f64| HEAVY.size(u, dt.sqrt());
            clt_scope(|u, dt| EVEN.size(u, dt), rooted, seed)
        }),
    ],
);

const EVEN: Push = Push::Even { g: G };
const RARE: Push = Push::Rare { g: G, rate: RATE };
const HEAVY: Push = Push::Heavy { width: WIDTH };

/// `even` should become normal, `heavy` should stay Cauchy's.
fn clt_scope(
    even: fn(f64, f64) -> f64,
    heavy: fn(f64, f64) -> f64,
    seed: u64,
) -> Vec<Evidence> {
    let sums = |push: fn(f64, f64) -> f64, purpose: &str| {
        let mut generator = Stream::new(seed, purpose).generator();
        let end = |_| pushed(push, SPAN, PUSHES, &mut generator)[PUSHES];
        (0..SUMS).map(end).collect::<Vec<f64>>()
    };
    // Moments per unit of time, for shorter and shorter δt.
    let rate = |push: Push, k, dt| moment_rate(|u, dt| push.size(u, dt), k, dt, CELLS);
    let falling = rate(EVEN, 4, 0.01) / rate(EVEN, 4, 0.02);
    let squares = [EVEN, RARE].map(|push| (rate(push, 2, 0.01) / (G * G) - 1.0).abs());
    let jumps =
        [0.04, 0.02, 0.01].map(|dt| (rate(RARE, 4, dt) * RATE / G.powi(4) - 1.0).abs());
    // A sum of jumps is exactly 0 if as many of them went up as down.
    let (heavy, rare) = (sums(heavy, "heavy"), sums(|u, dt| RARE.size(u, dt), "rare"));
    let still = rare.iter().filter(|x| x.abs() < 1e-9).count() as f64 / SUMS as f64;
    let chance = chance_of_no_gain();
    let error = (chance * (1.0 - chance) / SUMS as f64).sqrt();
    vec![
        Evidence::at_most(
            "variance over g²δt of even pushes and of rare jumps, larger distance from 1",
            f64::max(squares[0], squares[1]),
            2.0 / f64::from(CELLS).powi(2),
            "midpoint rule: relative error 1/n² of n cells, and rounding",
        ),
        Evidence::at_most(
            "fourth moment over δt of even pushes, halved with δt: distance of the ratio \
             from ½",
            (falling - 0.5).abs(),
            1e-12,
            "rounding: in exact arithmetic both sums hold the same factor",
        ),
        Evidence::law(
            "sums of 200 even pushes are normal",
            &sums(even, "even"),
            limit,
            seed,
        ),
        Evidence::at_most(
            "fourth moment over δt of rare jumps over g⁴/λ, largest distance from 1",
            jumps.into_iter().fold(0.0, f64::max),
            1e-12,
            "rounding: λδt of the cells are jumps, a whole number of them",
        ),
        Evidence::errors(
            "sums of rare jumps that are exactly 0",
            still,
            chance,
            error,
            SUMS as u64,
            seed,
        ),
        Evidence::law(
            "sums of 200 heavy pushes are Cauchy's",
            &heavy,
            |x| Cauchy::new(0.0, WIDTH * SPAN).expect("a positive width").cdf(x),
            seed,
        ),
    ]
}

/// Cells of the midpoint rule: λδt/2 of them must be a whole number for every δt tried.
const CELLS: u32 = 20_000;

/// The chance that j jumps among the pushes cancel, summed over j.
fn chance_of_no_gain() -> f64 {
    let jump = RATE * SPAN / PUSHES as f64;
    let jumps = Binomial::new(jump, PUSHES as u64).expect("a chance below 1");
    let cancel = |j: usize| WalkLaw::new(1.0, j).chances[j / 2];
    (0..=40).step_by(2).map(|j| jumps.pmf(j as u64) * cancel(j)).sum()
}
