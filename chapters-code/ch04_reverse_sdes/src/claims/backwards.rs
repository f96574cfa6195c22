//! Claims on the law of the past, given the future.

mod drift;
mod reversed;

pub use drift::SDE_1D;
pub use reversed::{CONDITIONAL_PDE, PRICES, SDE_GENERAL};

use crate::conditional::{Here, conditional_terms, here, joint_terms, product_terms};
use crate::known::{Grown, Known, Pulled, Seen};
use ch01_flows::balance::Balance;
use ch02_brownian_motion::{GeometricBrownian, OrnsteinUhlenbeck};
use ch03_fokker_planck::transition::normal;
use dynamics::Stream;
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual2_64, Dual64};
use rand::RngExt;

/// dX = −0.8 X dt + 0.7 dW from N(0.5, 0.4).
const PULLED: Pulled = Pulled {
    process: OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.7 },
    mean: 0.5,
    variance: 0.4,
};

/// dX = 0.3 X dt + 0.6 X dW, whose logarithm starts from N(0.2, 0.3).
const GROWN: Grown = Grown {
    process: GeometricBrownian { growth: 0.3, volatility: 0.6 },
    mean: 0.2,
    variance: 0.3,
};

/// Where these two are looked at.
const PULLED_PLACES: (f64, f64) = (-1.2, 1.6);
const GROWN_PLACES: (f64, f64) = (0.5, 2.5);

const DERIVATIVES: &str =
    "rounding: derivatives are exact, carried by dual numbers through exponentials";

/// The largest of `error(r, y, later)` at 50 random times and places.
fn worst(
    (low, high): (f64, f64),
    seed: u64,
    error: impl Fn(f64, f64, Seen) -> f64,
) -> f64 {
    let mut draws = Stream::new(seed, "past and future").generator();
    let one = |_| {
        let r = draws.random_range(0.2..0.8);
        let t = r + draws.random_range(0.3..0.9);
        let (y, x) = (draws.random_range(low..high), draws.random_range(low..high));
        error(r, y, Seen { t, x })
    };
    // Not-a-number wins.
    (0..50).map(one).fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// Evidence from both processes.
fn on_both(seed: u64, pulled: f64, grown: f64) -> Vec<Evidence> {
    let of = |what: &str, error: f64| {
        let what = format!("largest residual of 50 over its largest term, {what}");
        Evidence::at_most(what, error, 1e-12, DERIVATIVES).sampled(50, seed)
    };
    vec![of("constant noise", pulled), of("noise that grows with x", grown)]
}

/// ∂_r of p_r(y) p(x at t | y at r), by its own derivative.
fn joint_rate(process: &impl Known, r: f64, y: f64, later: Seen) -> f64 {
    let (now, y) = (Dual64::from_re(r).derivative(), Dual64::from_re(y));
    (process.marginal(now, y) * process.step(now, y, later)).eps
}

fn residual<const K: usize>(
    process: &impl Known,
    terms: fn(&Here) -> [f64; K],
    scale: impl Fn(Seen) -> f64,
) -> impl Fn(f64, f64, Seen) -> f64 {
    move |r, y, later| {
        let found = joint_rate(process, r, y, later) / scale(later);
        let terms = terms(&here(process, r, y, later));
        Balance::of(terms.into_iter().chain([-found])).relative()
    }
}

fn joint_check(seed: u64, terms: fn(&Here) -> [f64; 4]) -> Vec<Evidence> {
    let pulled = residual(&PULLED, terms, |_| 1.0);
    let grown = residual(&GROWN, terms, |_| 1.0);
    on_both(seed, worst(PULLED_PLACES, seed, pulled), worst(GROWN_PLACES, seed, grown))
}

/// ∂_r [p_r(y) p(x|y)] = p ∂_r p(x|y) + p(x|y) ∂_r p.
pub const JOINT_EVOLUTION: Claim = Claim::new(
    "rev-joint-evolution",
    "the density of a pair of places changes with the earlier time by the backward \
     equation of the step and the forward equation of the start",
    |seed| joint_check(seed, joint_terms),
    &[
        Slip::new("the sign of the backward equation", |seed| {
            joint_check(seed, |here| {
                let [a, b, c, d] = joint_terms(here);
                [-a, -b, c, d]
            })
        }),
        Slip::new("the forward equation for both", |seed| {
            joint_check(seed, |here| {
                let [_, _, c, d] = joint_terms(here);
                let Here { p, step, f, g2, .. } = *here;
                [-p.re * (f * step).v1, p.re * 0.5 * (g2 * step).v2, c, d]
            })
        }),
    ],
);

fn conditional_check(seed: u64, terms: fn(&Here) -> [f64; 3]) -> Vec<Evidence> {
    let pulled = residual(&PULLED, terms, |seen| PULLED.marginal(seen.t, seen.x));
    let grown = residual(&GROWN, terms, |seen| GROWN.marginal(seen.t, seen.x));
    on_both(seed, worst(PULLED_PLACES, seed, pulled), worst(GROWN_PLACES, seed, grown))
}

/// ∂_r q = −∂(f q) − ½ g² p ∂²(q/p) + ½ (q/p) ∂²(g² p).
pub const CONDITIONAL_RAW: Claim = Claim::new(
    "rev-conditional-raw",
    "divided by the density of the later place, the pair's equation is that of the past",
    |seed| conditional_check(seed, conditional_terms),
    &[
        Slip::new("the last term without q over p", |seed| {
            conditional_check(seed, |here| {
                let [a, b, _] = conditional_terms(here);
                [a, b, 0.5 * (here.g2 * here.p).v2]
            })
        }),
        Slip::new("q in place of q over p under the second derivative", |seed| {
            conditional_check(seed, |here| {
                let [a, _, c] = conditional_terms(here);
                [a, -0.5 * here.g2.re * here.q.v2, c]
            })
        }),
    ],
);

type Product = fn(Dual2_64, Dual2_64, Dual2_64) -> [f64; 3];

fn product_check(seed: u64, terms: Product) -> Vec<Evidence> {
    let error = |_, y, _: Seen| {
        let y = Dual2_64::from_re(y).derivative();
        let p = normal(y, Dual2_64::from(0.3), Dual2_64::from(0.8));
        let q = normal(y, Dual2_64::from(-0.4), Dual2_64::from(0.5));
        let g2 = y * y + 1.0;
        let whole = (g2 * q).v2;
        Balance::of(terms(p, q, g2).into_iter().chain([-whole])).relative()
    };
    let what = "largest residual of 50 over its largest term, two normal densities";
    let error = worst(PULLED_PLACES, seed, error);
    vec![Evidence::at_most(what, error, 1e-12, DERIVATIVES).sampled(50, seed)]
}

/// ∂²(g² q) = g² p ∂²(q/p) + (q/p) ∂²(g² p) + 2 ∂(g² p) ∂(q/p).
pub const PRODUCT_IDENTITY: Claim = Claim::new(
    "rev-product-identity",
    "the second derivative of a product of two is that of each times the other, and \
     twice the product of the first ones",
    |seed| product_check(seed, product_terms),
    &[
        Slip::new("the mixed term once", |seed| {
            product_check(seed, |p, q, g2| {
                let [a, b, c] = product_terms(p, q, g2);
                [a, b, 0.5 * c]
            })
        }),
        Slip::new("g² outside the first derivative", |seed| {
            product_check(seed, |p, q, g2| {
                let [a, b, _] = product_terms(p, q, g2);
                [a, b, 2.0 * g2.re * p.v1 * (q / p).v1]
            })
        }),
    ],
);
