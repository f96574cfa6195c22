//! The double well seen from each place: how likely one is to end on the right.

use crate::finite_volume::{Cells, Rates};
use crate::theta_scheme::{positive_step, solve};
use crate::well_experiment::{START, WELL, normal};
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Stream, TimeGrid};

/// When it is settled who is on the right.
pub const END: f64 = 3.0;
/// The time from one view to the next.
pub const STEP: f64 = 0.05;

/// Cells that hold the well, each all on the left of 0 or all on the right.
pub fn cells() -> Cells {
    Cells::new(-2.4, 2.4, 96).expect("an interval")
}

/// How particles hop between them.
pub fn rates() -> Rates {
    Rates::new(cells(), |x| WELL.potential(x), WELL.diffusion)
        .expect("a finite potential")
}

/// The chance of being right of 0 at the end, on each cell, at the end and at the times
/// before it, [`STEP`] apart, by `back`.
pub fn outlook(
    back: impl Fn(&Rates, Vec<f64>, f64, usize) -> Vec<Vec<f64>>,
) -> Vec<Vec<f64>> {
    let right = cells().centres().map(|x| f64::from(u8::from(x > 0.0))).collect();
    back(&rates(), right, STEP, (END / STEP).round() as usize)
}

/// The density of the crowd at the times 0, [`STEP`], …, [`END`].
pub fn crowd() -> Vec<Vec<f64>> {
    let rates = rates();
    let steps = (STEP / positive_step(&rates, 0.5)).ceil() as usize;
    let mut p = cells().averages(|x| normal(x, START)).expect("the cells hold the start");
    let mut seen = vec![p.clone()];
    for k in 0..(END / STEP).round() as usize {
        let from = STEP * k as f64;
        let grid = TimeGrid::new(from, from + STEP, steps);
        p = solve(&rates, 0.5, grid, p).expect("the cells hold the well");
        seen.push(p.clone());
    }
    seen
}

/// The places at the end of `n` particles that start from one place.
pub fn particles_from(start: f64, n: usize, seed: u64, which: usize) -> Vec<f64> {
    let stream = Stream::new(seed, &format!("from one place of the well, {which}"));
    let mut particles = vec![start; n];
    let grid = TimeGrid::new(0.0, END, (END / 0.005).round() as usize);
    simulate(&EulerMaruyama, &WELL, grid, stream, &mut particles)
        .expect("the walls of the well keep particles finite");
    particles
}
