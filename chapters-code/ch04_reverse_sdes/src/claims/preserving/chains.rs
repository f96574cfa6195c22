//! The chains, and the equation to which they tend.

use super::{BETA, END, VP};
use crate::chains::{
    Link, aged_noise, chain, link_over, noise_variance, product_limit, quotients,
    remains, unrolled,
};
use crate::schedules::{Beta, NoiseSchedule, VariancePreserving};
use ch01_flows::orders::{halvings, slope};
use ch01_flows::quadrature::GaussLegendre;
use ch01_flows::{Rk4, integrate};
use dynamics::{Increment, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use statrs::distribution::{ContinuousCDF, Normal};

/// A link that adds the variance v.
type Form = fn(f64) -> Link;

fn discrete_check(seed: u64, euler: Form, preserving: Form) -> Vec<Evidence> {
    let errors: Vec<_> = (5..10)
        .map(|k| {
            let v = 0.5_f64.powi(k);
            let apart = euler(v).factor - preserving(v).factor;
            (v, (apart - v * v / 8.0).abs())
        })
        .collect();
    let kept = chain(preserving, &Beta::SONG, 1.0, 1000)
        .iter()
        .fold((0.0, 1.0), |moments, link| link.moments(moments))
        .1;
    let rest = (0..400).fold((0.0, 1.0), |moments, _| euler(0.3).moments(moments)).1;
    let mut draws = Stream::new(seed, "one link").generator();
    let link = preserving(0.3);
    let places: Vec<f64> =
        (0..10_000).map(|_| link.step(&0.8, &f64::draw(1.0, &mut draws))).collect();
    let law = Normal::new(0.7_f64.sqrt() * 0.8, 0.3_f64.sqrt()).expect("a deviation");
    vec![
        Evidence::order(
            "difference of the two factors less ⅛ v², v from 1/32 to 1/512",
            slope(&errors),
            3.0,
            0.03,
            "order 3: v³/16, and the next term is 2 % of that at v = 1/32",
        ),
        Evidence::at_most(
            "error of unit variance after 1000 preserving steps",
            (kept - 1.0).abs(),
            1e-13,
            "rounding: a few 1e-16 a step, of which the last hundred steps count",
        ),
        Evidence::at_most(
            "error of the variance 1/(1 − ¼ 0.3) at which 400 steps of Euler and \
             Maruyama rest",
            (rest - 1.0 / (1.0 - 0.25 * 0.3)).abs(),
            1e-14,
            "rounding: a start is forgotten by a factor 0.72 in each step",
        ),
        Evidence::law("10 000 preserving steps", &places, |x| law.cdf(x), seed),
    ]
}

/// 1 − ½ v against √(1 − v).
pub const VP_DISCRETE: Claim = Claim::new(
    "rev-vp-discrete",
    "a step of Euler and Maruyama and the step that keeps unit variance agree to first \
     order, and only the second keeps it",
    |seed| discrete_check(seed, Link::euler, Link::preserving),
    &[
        Slip::new("unit variance for the step of Euler and Maruyama", |seed| {
            discrete_check(seed, Link::euler, Link::euler)
        }),
        Slip::new("the factor without its root", |seed| {
            discrete_check(seed, Link::euler, |v| Link {
                factor: 1.0 - v,
                ..Link::preserving(v)
            })
        }),
        Slip::new("the noise without its root", |seed| {
            discrete_check(seed, Link::euler, |v| Link {
                variance: v * v,
                ..Link::preserving(v)
            })
        }),
        Slip::new("the drift with the whole of β", |seed| {
            discrete_check(
                seed,
                |v| Link { factor: 1.0 - v, ..Link::euler(v) },
                Link::preserving,
            )
        }),
    ],
);

/// a and g² of the equation.
type Rates = fn(f64) -> (f64, f64);
/// Drift and g² read off a link at x, of length h.
type Quotients = fn(&Link, f64, f64) -> (f64, f64);

fn sde_check(rates: Rates, quotients: Quotients) -> Vec<Evidence> {
    let (t, x) = (0.37, 0.8);
    let (a, g2) = rates(t);
    let at = |n: usize| {
        let h = 1.0 / n as f64;
        let (drift, noise) = quotients(&link_over(&BETA, t, h), x, h);
        (h, (drift - a * x).abs(), (noise - g2).abs())
    };
    let quotients: Vec<_> = halvings(6, 11).into_iter().map(at).collect();
    let drifts: Vec<_> = quotients.iter().map(|&(h, error, _)| (h, error)).collect();
    let noises: Vec<_> = quotients.iter().map(|&(h, _, error)| (h, error)).collect();
    let grid = TimeGrid::new(0.0, END, 2000);
    let field = |t: f64, v: &f64| 2.0 * rates(t).0 * v + rates(t).1;
    let followed = integrate(&Rk4, &field, grid, 0.4);
    let chained = |n: usize| {
        let grid = TimeGrid::new(0.0, END, n);
        let links = (0..n).map(|i| link_over(&BETA, grid.time(i), grid.h()));
        let end = links.fold((0.0, 0.4), |moments, link| link.moments(moments)).1;
        (grid.h(), (end - followed).abs())
    };
    let chains: Vec<_> = halvings(6, 11).into_iter().map(chained).collect();
    let grid = TimeGrid::new(0.0, END, 64);
    let links = (0..64).map(|i| link_over(&BETA, grid.time(i), grid.h()));
    let kept = links.fold((0.0, 1.0), |moments, link| link.moments(moments)).1;
    let because = "order 1; at 64 steps the next term is a few percent of the first";
    let order = |what: &str, errors: &[(f64, f64)]| {
        Evidence::order(what, slope(errors), 1.0, 0.05, because)
    };
    vec![
        order("mean of a link, per unit of time, against the drift", &drifts),
        order("variance of a link, per unit of time, against g²", &noises),
        order("64 to 2048 links, variance against that of the equation", &chains),
        Evidence::at_most(
            "error of unit variance after 64 links",
            (kept - 1.0).abs(),
            2e-14,
            "rounding: three times 1e-16 in each link",
        ),
    ]
}

/// dX = −½ β X dt + √β dW, and the chain.
pub const VP_SDE: Claim = Claim::new(
    "rev-vp-sde",
    "the chain that keeps unit variance has the variance-preserving equation for its \
     limit",
    |_| sde_check(|t| (VP.rate(t), VP.noise_rate(t)), quotients),
    &[
        Slip::new("the whole of β in the drift", |_| {
            sde_check(|t| (2.0 * VP.rate(t), VP.noise_rate(t)), quotients)
        }),
        Slip::printed("the accumulated noise taken for its rate", "E004-42", |_| {
            sde_check(|t| (-0.5 * BETA.integral(t), BETA.integral(t)), quotients)
        }),
        Slip::printed("the mean in place of the variance", "E004-34", |_| {
            sde_check(
                |t| (VP.rate(t), VP.noise_rate(t)),
                |link, x, h| (quotients(link, x, h).0, link.moments((x, 0.0)).0 / h),
            )
        }),
    ],
);

type Unrolled = fn(&[Link], f64, &[f64]) -> f64;

fn product_check(seed: u64, unrolled: Unrolled) -> Vec<Evidence> {
    let (n, x0) = (500, 0.8);
    let links = chain(Link::euler, &BETA, END, n);
    let mut noise = vec![0.0; n];
    f64::draw_all(1.0, &mut Stream::new(seed, "links").generator(), &mut noise);
    let walked = links.iter().zip(&noise).fold(x0, |x, (link, xi)| link.step(&x, xi));
    // xₙ is linear in the noises, which are independent: variances add up.
    let response = |i: usize| {
        let mut one = vec![0.0; n];
        one[i] = 1.0;
        unrolled(&links, 0.0, &one).powi(2)
    };
    let variance: f64 = (0..n).map(response).sum();
    let expected = links.iter().fold((0.0, 0.0), |moments, link| link.moments(moments)).1;
    vec![
        Evidence::at_most(
            "500 steps at once against one after the other, the same noises",
            (unrolled(&links, x0, &noise) - walked).abs(),
            1e-13,
            "rounding of a sum of 500 terms below 0.3",
        )
        .sampled(n as u64, seed),
        Evidence::at_most(
            "error of the variance of the sum, 500 steps",
            (variance - expected).abs(),
            1e-13,
            "rounding of a sum of 500 positive terms that is below 1",
        ),
    ]
}

/// x_n = x₀ ∏ κ + Σ √v ξ ∏ κ.
pub const VP_PRODUCT: Claim = Claim::new(
    "rev-vp-product",
    "after many steps the place is the start and every noise, each faded by the factors \
     that came after it",
    |seed| product_check(seed, unrolled),
    &[
        Slip::printed("one noise for all steps", "E003-11", |seed| {
            product_check(seed, |links, x0, noise| {
                unrolled(links, x0, &vec![noise[0]; noise.len()])
            })
        }),
        Slip::new("every noise as faded as the start", |seed| {
            product_check(seed, |links, x0, noise| {
                let still: Vec<_> =
                    links.iter().map(|link| Link { factor: 1.0, ..*link }).collect();
                remains(links)[0] * unrolled(&still, x0, noise)
            })
        }),
        Slip::new("a noise faded by its own step", |seed| {
            product_check(seed, |links, x0, noise| {
                let faded: Vec<f64> =
                    links.iter().zip(noise).map(|(link, xi)| link.factor * xi).collect();
                unrolled(links, x0, &faded)
            })
        }),
    ],
);

/// Limit, and relative error per step length.
type Limit = fn(&Beta, f64) -> (f64, f64);

fn limit_check(limit: Limit) -> Vec<Evidence> {
    let (end, c) = limit(&Beta::SONG, 1.0);
    let at = |n: usize| {
        let product = remains(&chain(Link::euler, &Beta::SONG, 1.0, n))[0];
        let (h, error) = (1.0 / n as f64, product / end - 1.0);
        (h, error.abs(), (error - c * h).abs())
    };
    let errors: Vec<_> = halvings(9, 13).into_iter().map(at).collect();
    let first: Vec<_> = errors.iter().map(|&(h, error, _)| (h, error)).collect();
    let second: Vec<_> = errors.iter().map(|&(h, _, error)| (h, error)).collect();
    let because = "at 512 steps βh is 0.04: the next term is a few percent";
    vec![
        Evidence::order(
            "512 to 8192 factors, relative distance from the limit",
            slope(&first),
            1.0,
            0.05,
            because,
        ),
        Evidence::order(
            "the same, less the first term of the error",
            slope(&second),
            2.0,
            0.06,
            because,
        ),
    ]
}

/// ∏ (1 − ½ βᵢ h) → e^{−B/2}.
pub const VP_PRODUCT_LIMIT: Claim = Claim::new(
    "rev-vp-product-limit",
    "the product of the factors tends to an exponential, with an error of first order \
     that can be told in advance",
    |_| limit_check(product_limit),
    &[
        Slip::printed("equality after finitely many steps", "E003-12", |_| {
            limit_check(|beta, t| (product_limit(beta, t).0, 0.0))
        }),
        Slip::new("the exponent not halved", |_| {
            limit_check(|beta, t| {
                let (limit, c) = product_limit(beta, t);
                (limit * limit, c)
            })
        }),
        Slip::new("the logarithm cut after one term", |_| {
            limit_check(|beta, t| {
                (product_limit(beta, t).0, 0.25 * (beta.at(t) - beta.at(0.0)))
            })
        }),
    ],
);

/// What is left of the noises of a chain, of the noise of one time, and of all noise.
struct Aged {
    sum: fn(&[Link]) -> f64,
    one: fn(&Beta, f64, f64) -> f64,
    all: fn(&VariancePreserving, f64) -> f64,
}

const AGED: Aged =
    Aged { sum: noise_variance, one: aged_noise, all: |vp, t| vp.sigma(t).powi(2) };

fn noise_check(aged: &Aged) -> Vec<Evidence> {
    let all = (aged.all)(&VP, END);
    let integral =
        GaussLegendre::new(24).integral(|r| (aged.one)(&BETA, r, END), 0.0, END);
    let at = |n: usize| {
        let sum = (aged.sum)(&chain(Link::euler, &BETA, END, n));
        (END / n as f64, (sum - all).abs())
    };
    let errors: Vec<_> = halvings(6, 11).into_iter().map(at).collect();
    let links = chain(Link::euler, &BETA, END, 40);
    let walked = links.iter().fold((0.0, 0.0), |moments, link| link.moments(moments)).1;
    vec![
        Evidence::order(
            "64 to 2048 steps, sum of what is left of their noises",
            slope(&errors),
            1.0,
            0.05,
            "order 1; at 64 steps the next term is a few percent of the first",
        ),
        Evidence::at_most(
            "error of the integral over all ages",
            (integral - all).abs(),
            1e-13,
            "24 nodes of Gauss are exact to rounding for a function as smooth",
        ),
        Evidence::at_most(
            "error of the sum for 40 steps, against the variance step by step",
            ((aged.sum)(&links) - walked).abs(),
            1e-14,
            "rounding of a sum of 40 positive terms that is below 1",
        ),
    ]
}

/// ∫ β(r) e^{−(B(t) − B(r))} dr = 1 − e^{−B(t)}.
pub const VP_NOISE_VARIANCE: Claim = Claim::new(
    "rev-vp-noise-variance",
    "what is left of all noises adds up to what is missing of the start's square",
    |_| noise_check(&AGED),
    &[
        Slip::new("variances that fade like means", |_| {
            noise_check(&Aged {
                one: |beta, r, t| (aged_noise(beta, r, t) * beta.at(r)).sqrt(),
                ..AGED
            })
        }),
        Slip::new("noises that do not fade", |_| {
            noise_check(&Aged { one: |beta, r, _| beta.at(r), ..AGED })
        }),
        Slip::new("a noise faded by its own step", |_| {
            noise_check(&Aged {
                sum: |links| {
                    let rests = remains(links);
                    links.iter().zip(rests).map(|(link, r)| link.variance * r * r).sum()
                },
                ..AGED
            })
        }),
        Slip::new("what is missing of the start itself", |_| {
            noise_check(&Aged { all: |vp, t| 1.0 - vp.alpha(t), ..AGED })
        }),
    ],
);
