//! A cloud and its density in a double well, side by side.

use crate::double_well::DoubleWell;
use crate::finite_volume::{Cells, Rates};
use crate::solver_error::SolverError;
use crate::theta_scheme::{positive_step, solve};
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Stream, TimeGrid};
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::PI;

// ANCHOR: densities
/// The well of the experiment, its left valley the deeper one.
pub const WELL: DoubleWell = DoubleWell { height: 1.0, tilt: 0.2, diffusion: 0.8 };

/// Everyone starts from N(m, s²): nine of ten to the right of the hilltop.
pub const START: (f64, f64) = (0.3, 0.2);

/// Cells that hold the well: at the walls it is over twenty times as high as the hill.
pub fn cells() -> Cells {
    Cells::new(-2.5, 2.5, 200).expect("an interval")
}

/// The densities at `times`, which grow from 0: Crank–Nicolson steps, each no
/// longer than the bound.
///
/// # Errors
/// If the cells do not hold the density.
pub fn densities(times: &[f64]) -> Result<Vec<Vec<f64>>, SolverError> {
    let cells = cells();
    let rates = Rates::new(cells, |x| WELL.potential(x), WELL.diffusion)?;
    let bound = positive_step(&rates, 0.5);
    let mut p = cells.averages(|x| normal(x, START))?;
    let mut seen = vec![p.clone()];
    for t in times.windows(2) {
        let steps = ((t[1] - t[0]) / bound).ceil() as usize;
        p = solve(&rates, 0.5, TimeGrid::new(t[0], t[1], steps), p)?;
        seen.push(p.clone());
    }
    Ok(seen)
}
// ANCHOR_END: densities

/// The density of N(m, s²).
pub fn normal(x: f64, (m, s): (f64, f64)) -> f64 {
    (-0.5 * ((x - m) / s).powi(2)).exp() / (s * (2.0 * PI).sqrt())
}

/// The step of the particles.
const STEP: f64 = 0.005;

/// `n` particles at `times`, which grow from 0, by the Euler–Maruyama method.
pub fn clouds(times: &[f64], n: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut generator = Stream::new(seed, "starts in a double well").generator();
    let mut start = || {
        let normal: f64 = StandardNormal.sample(&mut generator);
        START.0 + START.1 * normal
    };
    let mut particles: Vec<f64> = (0..n).map(|_| start()).collect();
    let mut seen = vec![particles.clone()];
    for (k, t) in times.windows(2).enumerate() {
        let steps = ((t[1] - t[0]) / STEP).round().max(1.0) as usize;
        let stream = Stream::new(seed, &format!("double well, part {k}"));
        let grid = TimeGrid::new(t[0], t[1], steps);
        simulate(&EulerMaruyama, &WELL, grid, stream, &mut particles)
            .expect("the walls of the well keep particles finite");
        seen.push(particles.clone());
    }
    seen
}

/// The part of a cloud in the left valley.
pub fn part_on_the_left(cloud: &[f64]) -> f64 {
    cloud.iter().filter(|x| **x < 0.0).count() as f64 / cloud.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::{Evidence, SEED};

    #[test]
    fn densities_are_of_second_order_in_the_step() {
        let cells = cells();
        let found = densities(&[0.0, 0.3]).expect("the cells hold the well").remove(1);
        let rates = Rates::new(cells, |x| WELL.potential(x), WELL.diffusion);
        let start = cells.averages(|x| normal(x, START)).expect("the cells hold it");
        let grid = TimeGrid::new(0.0, 0.3, 1200);
        let fine =
            solve(&rates.expect("a potential"), 0.5, grid, start).expect("short steps");
        let apart = found.iter().zip(&fine).map(|(p, q)| (p - q).abs());
        let peak = fine.iter().copied().fold(0.0, f64::max);
        let off = apart.fold(0.0, f64::max) / peak;
        // Waves as wide as the start fade at λ = D/s² = 8: Crank–Nicolson steps of 0.002
        // miss λ³h²t/12 = 5e-5, implicit ones λ²ht/2 = 2e-2.
        assert!(off < 2e-4, "{off:e}");
    }

    #[test]
    fn densities_are_those_of_the_particles_at_each_time() {
        let times = [0.0, 0.3, 0.7];
        let solved = densities(&times).expect("the cells hold the well");
        for (p, cloud) in solved.iter().zip(&clouds(&times, 4000, SEED)) {
            let law =
                Evidence::law("4000 particles", cloud, |x| cells().below(p, x), SEED);
            assert!(law.holds(), "{}", law.line());
            let left = cells().below(p, 0.0);
            let error = (left * (1.0 - left) / 4000.0).sqrt();
            assert!((part_on_the_left(cloud) - left).abs() < 5.8 * error);
        }
        // The clouds of two times are far from one another.
        let late = &clouds(&times, 4000, SEED)[2];
        let law = Evidence::law("late", late, |x| cells().below(&solved[1], x), SEED);
        assert!(law.excess() > 1.0, "{}", law.line());
    }
}
