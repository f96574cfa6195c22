//! The product that can be computed, and two losses with one minimum.

use super::{NOISE, in_plane, largest, line, plane};
use crate::denoising::{Noise, constant, explicit_and_constant};
use crate::score::{Field, expectation, objective};
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};

/// From noise, data and a model.
type Cross<const D: usize> = fn(Noise, &[(f64, Point<D>)], Field<'_, D>) -> f64;

const BECAUSE: &str =
    "rounding: both sides are sums over grids whose own error is below it";

fn crosses(one: Cross<1>, two: Cross<2>) -> Vec<Evidence> {
    let (data, points) = (line(), plane());
    let on_line = super::on_line(|q, score, s| {
        let exact = expectation(q, |x| s(x).dot(&score(x)));
        (one(NOISE, &data, s) - exact).abs() / exact.abs()
    });
    let in_plane = in_plane(|q, score, s| {
        let exact = expectation(q, |x| s(x).dot(&score(x)));
        (two(NOISE, &points, s) - exact).abs() / exact.abs()
    });
    vec![
        Evidence::at_most(
            "two heaps and four models: E[s·∇ log p] over the noisy law against the mean \
             over clean data and noise, largest relative error",
            largest(on_line),
            1e-11,
            BECAUSE,
        ),
        Evidence::at_most(
            "four points in the plane and two models: the same",
            largest(in_plane),
            1e-11,
            BECAUSE,
        ),
    ]
}

/// The clean datum of one pair with the noisy one of another.
fn strangers<const D: usize>(
    noise: Noise,
    data: &[(f64, Point<D>)],
    s: Field<'_, D>,
) -> f64 {
    noise.mean_of_pairs(data, |x, _| {
        expectation(data, |z| s(x).dot(&noise.kernel_score(x, z)))
    })
}

fn at_clean<const D: usize>(
    noise: Noise,
    data: &[(f64, Point<D>)],
    s: Field<'_, D>,
) -> f64 {
    noise.mean_of_pairs(data, |x, z| s(z).dot(&noise.kernel_score(x, z)))
}

fn by_clean<const D: usize>(
    noise: Noise,
    data: &[(f64, Point<D>)],
    s: Field<'_, D>,
) -> f64 {
    noise.cross_term(data, s) * -noise.alpha
}

/// E[s·∇ log p_t] = E E[s·∇ₓ log p(x | z)].
pub const CROSS: Claim = Claim::new(
    "sm-cross-term",
    "the mean product of a model with the score of noisy data is its mean product with \
     the score of the noise on the datum it was put on",
    |_| {
        crosses(
            |noise, data, s| noise.cross_term(data, s),
            |noise, data, s| noise.cross_term(data, s),
        )
    },
    &[
        Slip::new("noisy and clean data of different pairs", |_| {
            crosses(strangers, strangers)
        }),
        Slip::new("the model asked at the clean datum", |_| crosses(at_clean, at_clean)),
        Slip::new("the derivative by the clean datum", |_| crosses(by_clean, by_clean)),
    ],
);

/// What the denoising loss is said to be: noisy law, σ, score, model.
type Right<const D: usize> =
    fn(&[(f64, Point<D>)], f64, Field<'_, D>, Field<'_, D>) -> f64;

fn equals(one: Right<1>, two: Right<2>) -> Vec<Evidence> {
    let (data, points) = (line(), plane());
    let on_line = super::on_line(|q, score, s| {
        (one(q, NOISE.sigma, score, s) / NOISE.denoising(&data, s) - 1.0).abs()
    });
    let in_plane = in_plane(|q, score, s| {
        (two(q, NOISE.sigma, score, s) / NOISE.denoising(&points, s) - 1.0).abs()
    });
    vec![
        Evidence::at_most(
            "two heaps and four models: explicit loss and constant against the denoising \
             loss, largest relative error",
            largest(on_line),
            1e-11,
            BECAUSE,
        ),
        Evidence::at_most(
            "four points in the plane and two models: the same",
            largest(in_plane),
            1e-11,
            BECAUSE,
        ),
    ]
}

fn nothing<const D: usize>(
    q: &[(f64, Point<D>)],
    _: f64,
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    2.0 * objective(q, score, s)
}

fn half<const D: usize>(
    q: &[(f64, Point<D>)],
    sigma: f64,
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    objective(q, score, s) + constant(q, sigma, score)
}

fn one_dimension<const D: usize>(
    q: &[(f64, Point<D>)],
    sigma: f64,
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    let all = explicit_and_constant(q, sigma, score, s);
    all - (D as f64 - 1.0) / (sigma * sigma)
}

fn target_alone<const D: usize>(
    q: &[(f64, Point<D>)],
    sigma: f64,
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    2.0 * objective(q, score, s) + D as f64 / (sigma * sigma)
}

/// J_DSM(s) = E_q|s − ∇ log q|² + C, C = d/σ² − E_q|∇ log q|².
pub const EQUIVALENCE: Claim = Claim::new(
    "sm-dsm-equivalence",
    "the denoising loss is the explicit loss for the noisy law and a positive constant \
     that no model changes",
    |_| equals(explicit_and_constant, explicit_and_constant),
    &[
        Slip::printed("the same loss, without a constant", "E003-15", |_| {
            equals(nothing, nothing)
        }),
        Slip::printed("a half on one side", "E002-03", |_| equals(half, half)),
        Slip::new("the mean square of the target for the constant", |_| {
            equals(target_alone, target_alone)
        }),
        Slip::new("one dimension for all", |_| equals(one_dimension, one_dimension)),
    ],
);
