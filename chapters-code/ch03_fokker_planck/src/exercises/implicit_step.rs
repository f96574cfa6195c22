//! Exercise 3.9: a step of the solver that keeps mass and sign.

use super::draws::between;
use super::{UNFINISHED, Work};
use crate::{Cells, Rates};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::{DMatrix, DVector};
use rand::RngExt;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "implicit-step",
    number: "3.9",
    title: "A step that keeps what it should",
    points: 4,
    minutes: 25,
    task: "Write `implicit_step`: one implicit step for a density on cells with closed walls, $(1-hK)\\,q=p$, from the rates at \
           which the particles of each cell hop to the right and to the left.",
    hint: "Row $i$ of the system: what cell $i$ has after the step, plus what it has given away in it, less what its \
           two neighbours have given it, is what it had. Then eliminate from one end, or hand the matrix to nalgebra: \
           `DMatrix::from_fn(n, n, |i, j| …)` and `lu().solve(&…)`.",
    formula: "fpk-finite-volume",
    check,
    slips: &[
        Known {
            name: "the explicit step",
            says: "this is p + hKp: the rates act on the density at the beginning, and a long step makes it negative",
            work: Work {
                implicit_step: |r, l, h, p| {
                    let p = DVector::from_column_slice(p);
                    (&p + matrix(r, l, hops) * h * &p).as_slice().to_vec()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "Crank and Nicolson",
            says: "half of the change is taken at the beginning of the step: that is the scheme with θ = ½",
            work: Work {
                implicit_step: |r, l, h, p| {
                    let k = matrix(r, l, hops);
                    let start = DVector::from_column_slice(p);
                    let known = &start + &k * &start * (0.5 * h);
                    solved(&k, 0.5 * h, known.as_slice())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the backward equation",
            says: "the matrix is transposed: a cell is given what its own particles hop with, and that is the equation of \
                   averages, which does not keep mass",
            work: Work {
                implicit_step: |r, l, h, p| solved(&matrix(r, l, hops).transpose(), h, p),
                ..UNFINISHED
            },
        },
        Known {
            name: "the sign of h",
            says: "this solves (1 + hK) q = p: a step backwards in time",
            work: Work {
                implicit_step: |r, l, h, p| solved(&matrix(r, l, hops), -h, p),
                ..UNFINISHED
            },
        },
        Known {
            name: "what leaves to the left",
            says: "a cell gives away what hops to its right only: what hops to its left is counted twice",
            work: Work {
                implicit_step: |r, l, h, p| {
                    let one_way = |r: &[f64], l: &[f64], i: usize, j: usize| {
                        hops(r, l, i, j) + if i == j { l[i] } else { 0.0 }
                    };
                    solved(&matrix(r, l, one_way), h, p)
                },
                ..UNFINISHED
            },
        },
    ],
};

/// The rate at which cell i gains from cell j.
fn hops(right: &[f64], left: &[f64], i: usize, j: usize) -> f64 {
    if i == j {
        -right[i] - left[i]
    } else if i == j + 1 {
        right[j]
    } else if j == i + 1 {
        left[j]
    } else {
        0.0
    }
}

fn matrix(
    right: &[f64],
    left: &[f64],
    entry: impl Fn(&[f64], &[f64], usize, usize) -> f64,
) -> DMatrix<f64> {
    let n = right.len();
    DMatrix::from_fn(n, n, |i, j| entry(right, left, i, j))
}

/// q with (1 − hK) q = p.
fn solved(k: &DMatrix<f64>, h: f64, p: &[f64]) -> Vec<f64> {
    let n = p.len();
    let system = DMatrix::identity(n, n) - k * h;
    let q = system.lu().solve(&DVector::from_column_slice(p));
    q.map_or(vec![f64::NAN; n], |q| q.as_slice().to_vec())
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "implicit-step").generator();
    let (a, b) = (between(draws, 0.6, 1.2), between(draws, 0.3, 0.7));
    let g = between(draws, 0.8, 1.2);
    let cells = Cells::new(-2.0, 2.4, 22).expect("an interval");
    let potential = move |x: f64| a * (0.25 * x.powi(4) - x * x) + b * x;
    let rates = Rates::new(cells, potential, g).expect("a potential");
    let step = |h: f64, p: &[f64]| {
        let q = (work.implicit_step)(&rates.right, &rates.left, h, p);
        // As many numbers as cells, or none of them counts.
        if q.len() == p.len() { q } else { vec![f64::NAN; p.len()] }
    };
    let worst = |v: &mut dyn Iterator<Item = f64>| {
        v.fold(0.0, |worst: f64, x| if x.is_nan() { x } else { worst.max(x) })
    };

    // Everything in one cell, and a step that is long beside the shortest stay.
    let mut spike = vec![0.0; cells.count];
    spike[draws.random_range(5..17)] = 1.0 / cells.width();
    let h = between(draws, 20.0, 40.0) / rates.fastest();
    let q = step(h, &spike);
    let mass = (cells.mass(&q) - 1.0).abs();
    let below = worst(&mut q.iter().map(|q| -q));
    let change = rates.change(&q);
    let residual =
        worst(&mut (0..cells.count).map(|i| (q[i] - spike[i] - h * change[i]).abs()))
            * cells.width();

    // A step without end leads to the law at rest, from any start.
    let rest = step(1e9, &spike);
    let weights: Vec<f64> =
        cells.centres().map(|x| (-2.0 * potential(x) / (g * g)).exp()).collect();
    let total = cells.mass(&weights);
    let peak = worst(&mut weights.iter().copied()) / total;
    let apart =
        worst(&mut rest.iter().zip(&weights).map(|(p, w)| (p - w / total).abs())) / peak;
    vec![
        Evidence::at_most("mass, distance from 1", mass, 1e-11, "rounding"),
        Evidence::at_most(
            "a density below 0, by how much",
            below,
            1e-12,
            "rounding, if the elimination takes differences",
        ),
        Evidence::at_most(
            "distance from what the hops of the new density make of the old one",
            residual,
            1e-11,
            "rounding, in a system of condition below 100",
        ),
        Evidence::at_most(
            "a very long step, distance from the law at rest over its peak",
            apart,
            1e-5,
            "10⁹ times the slowest rate, and rounding times 10⁹",
        ),
    ]
}
