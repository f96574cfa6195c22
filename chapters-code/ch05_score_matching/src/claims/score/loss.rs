//! The loss that one would like to have, and its three parts.

use super::{largest, line, nodes, plane};
use crate::problem::{HEAPS, heaps};
use crate::score::{
    Field, Heap, expansion, expectation, mixture_score, objective, weighted,
};
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use std::f64::consts::TAU;

/// J from a law, its score and a model.
type Objective<const D: usize> =
    fn(&[(f64, Point<D>)], Field<'_, D>, Field<'_, D>) -> f64;

/// The score with a mistake φ(x) = 0.7 − 0.4 x: J is half the mean of its square, which
/// takes the first two moments of the heaps.
fn shifted(found: Objective<1>) -> Evidence {
    let heaps = line();
    let score = |x: &Point<1>| mixture_score(&heaps, x);
    let model = |x: &Point<1>| score(x).map(|s| s + 0.7 - 0.4 * x.x);
    let first: f64 = HEAPS.iter().map(|(w, m, _)| w * m).sum();
    let second: f64 = HEAPS.iter().map(|(w, m, c)| w * (m * m + c * c)).sum();
    let exact = 0.5 * (0.49 - 0.56 * first + 0.16 * second);
    Evidence::at_most(
        "the score of the two heaps with a mistake in it: J against the mean square of the \
         mistake, by moments",
        (found(&nodes(&heaps), &score, &model) / exact - 1.0).abs(),
        1e-12,
        "rounding of 157 terms, and the trapezoid rule with cells of a fifth of a deviation",
    )
}

/// N(m, v I) in the plane against the model −ϑ x: ½(ϑ² |m|² + d v (1/v − ϑ)²).
fn spring(found: Objective<2>) -> Evidence {
    let (m, v, theta) = (Point::<2>::new(0.4, -0.7), 0.6, 0.9);
    let density = |x: &Point<2>| (-0.5 * (x - m).norm_squared() / v).exp() / (TAU * v);
    let law = weighted(density, (-8.0, 8.0), 64);
    let value = found(&law, &|x| (m - x) / v, &|x| -x * theta);
    let exact =
        0.5 * (theta * theta * m.norm_squared() + 2.0 * v * (1.0 / v - theta).powi(2));
    Evidence::at_most(
        "a round Gaussian in the plane and a spring about 0: J against the formula",
        (value / exact - 1.0).abs(),
        1e-12,
        "rounding of 4000 terms, and the trapezoid rule with cells of a third of a deviation",
    )
}

fn objectives(on_line: Objective<1>, in_plane: Objective<2>) -> Vec<Evidence> {
    let (two, law) = (line(), heaps());
    let itself =
        on_line(&nodes(&two), &|x| mixture_score(&two, x), &|x| law.score(0.0, x));
    vec![
        Evidence::at_most(
            "J of the score itself, written in another way",
            itself,
            1e-24,
            "rounding: the square of 1e-13 times the largest score",
        ),
        shifted(on_line),
        spring(in_plane),
    ]
}

fn everywhere<const D: usize>(
    p: &[(f64, Point<D>)],
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    let even: Vec<_> = p.iter().map(|(_, x)| (1.0 / p.len() as f64, *x)).collect();
    objective(&even, score, s)
}

fn whole<const D: usize>(
    p: &[(f64, Point<D>)],
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    2.0 * objective(p, score, s)
}

fn cancelled<const D: usize>(
    p: &[(f64, Point<D>)],
    score: Field<'_, D>,
    s: Field<'_, D>,
) -> f64 {
    let mean: Point<D> = p.iter().map(|(w, x)| (s(x) - score(x)) * *w).sum();
    0.5 * mean.norm_squared()
}

/// J(ϑ) = ½ ∫ p |s_ϑ − ∇ log p|² dx.
pub const OBJECTIVE: Claim = Claim::new(
    "sm-objective",
    "half the mean square of the distance from the score, weighed with the law, is zero \
     for the score and the mean square of the mistake for any other field",
    |_| objectives(objective, objective),
    &[
        Slip::new("the same weight everywhere", |_| objectives(everywhere, everywhere)),
        Slip::new("without the half", |_| objectives(whole, whole)),
        Slip::new("mistakes that cancel each other", |_| {
            objectives(cancelled, cancelled)
        }),
    ],
);

/// J from its three parts.
type Parts = fn([f64; 3]) -> f64;

fn sums<const D: usize>(heaps: &[Heap<D>], models: &[Field<'_, D>], parts: Parts) -> f64 {
    let (law, score) = (nodes(heaps), |x: &Point<D>| mixture_score(heaps, x));
    largest(models.iter().map(|s| {
        let whole = objective(&law, &score, *s);
        (parts(expansion(&law, &score, *s)) / whole - 1.0).abs()
    }))
}

fn expanded(parts: Parts) -> Vec<Evidence> {
    let because = "rounding: no part is more than ten times their sum";
    let (line, plane) = (line(), plane());
    let on_line = sums(
        &line,
        &[&|x| x.map(|x| x.sin() - 0.3 * x), &|x| x.map(|x| 0.2 - 1.3 * x), &|_| {
            Point::<1>::new(0.6)
        }],
        parts,
    );
    let in_plane = sums(
        &plane,
        &[&|x| Point::<2>::new(x.y.sin() - x.x, 0.4 * x.x - x.y), &|x| -x * 0.8],
        parts,
    );
    // A round Gaussian N(m, v I): ½ E|∇ log p|² = d/2v.
    let round = [(1.0, Point::<2>::new(0.2, -0.4), 0.7)];
    let law = nodes(&round);
    let [_, _, square] = expansion(&law, &|x| mixture_score(&round, x), &|x| *x);
    vec![
        Evidence::at_most(
            "two heaps and three models: the parts against the whole, largest relative error",
            on_line,
            1e-12,
            because,
        ),
        Evidence::at_most(
            "three heaps in the plane and two models: the same",
            in_plane,
            1e-12,
            because,
        ),
        Evidence::at_most(
            "the last part of a round Gaussian in the plane against d/2v",
            (square * 0.49 - expectation(&law, |_| 1.0)).abs(),
            1e-12,
            "rounding",
        ),
    ]
}

/// J = ½ E|s|² − E[s·∇ log p] + ½ E|∇ log p|².
pub const EXPANSION: Claim = Claim::new(
    "sm-expansion",
    "the loss falls into a part of the model alone, a product of model and score, and a \
     part that no model changes",
    |_| expanded(|[own, both, score]| own - both + score),
    &[
        Slip::new("the two of the product forgotten", |_| {
            expanded(|[own, both, score]| own - 0.5 * both + score)
        }),
        Slip::new("the product added", |_| {
            expanded(|[own, both, score]| own + both + score)
        }),
        Slip::new("the constant dropped and equality kept", |_| {
            expanded(|[own, both, _]| own - both)
        }),
    ],
);
