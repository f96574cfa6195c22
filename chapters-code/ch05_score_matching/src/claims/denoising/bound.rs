//! There and back again, and what a guess must miss.

use super::{NOISE, in_plane, largest, line, plane};
use crate::denoising::{Noise, Table, constant};
use crate::score::{Field, expectation, objective};
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};

/// Three clean values and four noisy ones.
const TABLE: Table<3, 4> = Table {
    clean: [0.5, 0.3, 0.2],
    noisy: [[0.4, 0.3, 0.2, 0.1], [0.15, 0.05, 0.45, 0.35], [0.1, 0.25, 0.05, 0.6]],
};

/// E φ(x, z′) over a walk there and back.
type Walk = fn(&Table<3, 4>, &dyn Fn(usize, usize) -> f64) -> f64;

fn walks(walk: Walk) -> Vec<Evidence> {
    let cells = (0..12).map(|k| {
        let cell = |x: usize, z: usize| f64::from(u8::from((x, z) == (k % 4, k / 4)));
        let probability = TABLE.clean[k / 4] * TABLE.noisy[k / 4][k % 4];
        (walk(&TABLE, &cell) - probability).abs()
    });
    let cells = largest(cells);
    let phi = |x: usize, z: usize| ((x as f64) - 1.7 * z as f64).sin() + 0.2 * x as f64;
    vec![
        Evidence::at_most(
            "probability of each of the twelve pairs (x, z′) against that of (x, z), \
             largest difference",
            cells,
            1e-15,
            "rounding",
        ),
        Evidence::at_most(
            "the mean of a function of both",
            (walk(&TABLE, &phi) - TABLE.there(phi)).abs(),
            1e-14,
            "rounding",
        ),
    ]
}

fn back_by(
    table: &Table<3, 4>,
    share: impl Fn(usize, usize, usize) -> f64,
    phi: &dyn Fn(usize, usize) -> f64,
) -> f64 {
    let mut sum = 0.0;
    for z in 0..3 {
        for x in 0..4 {
            for other in 0..3 {
                let weight = table.clean[z] * table.noisy[z][x];
                sum += weight * share(z, x, other) * phi(x, other);
            }
        }
    }
    sum
}

/// E E E φ(x, z′) = E E φ(x, z).
pub const TOWER: Claim = Claim::new(
    "sm-tower-lemma",
    "who spoils a datum, forgets it and draws one of those that may lie behind has a pair \
     of the same law as before",
    |_| walks(|table, phi| table.there_and_back(phi)),
    &[
        Slip::printed("the second datum drawn from all data", "E004-38", |_| {
            walks(|table, phi| back_by(table, |_, _, other| table.clean[other], phi))
        }),
        Slip::new("Bayes' rule without the weights of the data", |_| {
            walks(|table, phi| {
                let share = |_: usize, x: usize, other: usize| {
                    let column: f64 = table.noisy.iter().map(|row| row[x]).sum();
                    table.noisy[other][x] / column
                };
                back_by(table, share, phi)
            })
        }),
        Slip::new("the way there taken for the way back", |_| {
            walks(|table, phi| {
                let share = |_: usize, x: usize, other: usize| table.noisy[other][x];
                back_by(table, share, phi)
            })
        }),
    ],
);

/// The mean over data behind the noisy one, and the gap.
type Behind<const D: usize> = fn(Noise, &[(f64, Point<D>)], Field<'_, D>) -> f64;
/// From noise and data.
type Gap<const D: usize> = fn(Noise, &[(f64, Point<D>)]) -> f64;

fn gaps(behind: (Behind<1>, Behind<2>), gap: (Gap<1>, Gap<2>)) -> Vec<Evidence> {
    let (data, points) = (line(), plane());
    let both = |q: f64, model: f64| (q - model).abs() / model.abs();
    let same = super::on_line(|_, _, s| {
        both(behind.0(NOISE, &data, s), NOISE.denoising(&data, s))
    });
    let same_plane = in_plane(|_, _, s| {
        both(behind.1(NOISE, &points, s), NOISE.denoising(&points, s))
    });
    let line_gap = gap.0(NOISE, &data);
    let plane_gap = gap.1(NOISE, &points);
    let rest = super::on_line(|q, score, s| {
        both(line_gap, NOISE.denoising(&data, s) - 2.0 * objective(q, score, s))
    });
    let rest_plane = in_plane(|q, score, s| {
        both(plane_gap, NOISE.denoising(&points, s) - 2.0 * objective(q, score, s))
    });
    let [of_theorem, ..] =
        super::on_line(|q, score, _| both(line_gap, constant(q, NOISE.sigma, score)));
    let because = "rounding: the sums are over grids whose own error is below it, and the \
                   gap is not small beside the losses";
    vec![
        Evidence::at_most(
            "the mean over what may lie behind against the denoising loss, on the line and \
             in the plane, six models, largest relative error",
            largest(same.into_iter().chain(same_plane)),
            1e-11,
            because,
        ),
        Evidence::at_most(
            "the gap against denoising loss less explicit loss, largest of six models",
            largest(rest.into_iter().chain(rest_plane)),
            1e-10,
            because,
        ),
        Evidence::at_most(
            "the gap against the constant C of the two losses",
            of_theorem,
            1e-10,
            because,
        ),
    ]
}

fn from_all<const D: usize>(
    noise: Noise,
    data: &[(f64, Point<D>)],
    s: Field<'_, D>,
) -> f64 {
    noise.mean_of_pairs(data, |x, _| {
        expectation(data, |z| (s(x) - noise.kernel_score(x, z)).norm_squared())
    })
}

/// tr Cov[z | x], as if arrows had the length of the way and not the way over σ².
fn of_data<const D: usize>(noise: Noise, data: &[(f64, Point<D>)]) -> f64 {
    noise.gap(data) * noise.sigma.powi(4) / noise.alpha.powi(2)
}

/// E|s − ∇ log p|² ≤ E E[|s − ∇ₓ log p(x | z)|² | x], and the gap is a mean covariance.
pub const GAP: Claim = Claim::new(
    "sm-jensen-gap",
    "the explicit loss is at most the denoising loss, and what lies between is the mean \
     spread of the arrows at a noisy place, whatever the model",
    |_| {
        gaps(
            (
                |noise, data, s| noise.mean_behind(data, s),
                |noise, data, s| noise.mean_behind(data, s),
            ),
            (|noise, data| noise.gap(data), |noise, data| noise.gap(data)),
        )
    },
    &[
        Slip::printed("the mean over all data", "E004-38", |_| {
            gaps(
                (from_all, from_all),
                (|noise, data| noise.gap(data), |noise, data| noise.gap(data)),
            )
        }),
        Slip::new("the spread of the data for that of the arrows", |_| {
            gaps(
                (
                    |noise, data, s| noise.mean_behind(data, s),
                    |noise, data, s| noise.mean_behind(data, s),
                ),
                (of_data, of_data),
            )
        }),
        Slip::new("no gap", |_| {
            gaps(
                (
                    |noise, data, s| noise.mean_behind(data, s),
                    |noise, data, s| noise.mean_behind(data, s),
                ),
                (|_, _| 0.0, |_, _| 0.0),
            )
        }),
    ],
);
