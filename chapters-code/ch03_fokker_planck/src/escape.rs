//! How long a particle stays in its valley.

use crate::double_well::DoubleWell;
use crate::finite_volume::{Cells, Rates};
use crate::solver_error::SolverError;
use crate::theta_scheme::Stepper;
use std::f64::consts::PI;

impl DoubleWell {
    /// U″(x).
    fn curvature(&self, x: f64) -> f64 {
        4.0 * self.height * (3.0 * x * x - 1.0)
    }

    /// The place near `x` where U is level.
    fn level(&self, mut x: f64) -> f64 {
        for _ in 0..50 {
            let slope = 4.0 * self.height * x * (x * x - 1.0) + self.tilt;
            x -= slope / self.curvature(x);
        }
        x
    }

    /// The bottoms of the left and the right valley, and the top of the hill between.
    ///
    /// Only for a tilt that leaves two valleys: below 1.5 times the height.
    pub fn places(&self) -> [f64; 3] {
        [-1.0, 1.0, 0.0].map(|x| self.level(x))
    }

    /// How much higher the hill is than the higher of the two valleys.
    pub fn barrier(&self) -> f64 {
        let [left, right, top] = self.places().map(|x| self.potential(x));
        top - left.max(right)
    }

    /// The rate at which the parts of a cloud in the two valleys settle, by the formula of
    /// Kramers (1940): for each valley √(U″(valley) |U″(top)|)/2π e^{−ΔU/D}, added up.
    ///
    /// What it leaves out is of relative order D/ΔU, D = g²/2.
    pub fn kramers(&self) -> f64 {
        let [left, right, top] = self.places();
        let d = 0.5 * self.diffusion.powi(2);
        let from = |valley: f64| {
            let curvatures = self.curvature(valley) * -self.curvature(top);
            let rise = self.potential(top) - self.potential(valley);
            curvatures.sqrt() / (2.0 * PI) * (-rise / d).exp()
        };
        from(left) + from(right)
    }

    /// `count` cells that hold this well, at rest and on the way there from a start
    /// between the valleys: at the walls it is over thirty times D higher than the hill.
    ///
    /// # Errors
    /// If `count` is below 2.
    pub fn cells(&self, count: usize) -> Result<Cells, SolverError> {
        let d = 0.5 * self.diffusion.powi(2);
        let high = (30.0 * d / self.height + 1.0).sqrt();
        let wall = (1.0 + high).sqrt().max(2.0) + 0.3;
        Cells::new(-wall, wall, count)
    }
}

/// The slowest rate at which a density on these cells settles, from a start right of
/// `middle`: the smallest eigenvalue of −K above 0.
///
/// An implicit step of length h divides the slowest part of what is left by 1 + hλ, however
/// long it is; `guess` is a rate of the right magnitude, and sets h.
///
/// # Errors
/// If `guess` is no number above 0, or so small that 1/`guess` is no number.
pub fn slowest_rate(
    rates: &Rates,
    at_rest: &[f64],
    middle: f64,
    guess: f64,
) -> Result<f64, SolverError> {
    let cells = rates.cells;
    let beyond = |(x, p): (f64, &f64)| if x > middle { *p } else { 0.0 };
    let right =
        |p: &[f64]| cells.width() * cells.centres().zip(p).map(beyond).sum::<f64>();
    let h = 1.0 / guess;
    let mut stepper = Stepper::new(rates, 1.0, h)?;
    let share = right(at_rest);
    let mut p: Vec<f64> =
        cells.centres().zip(at_rest).map(|cell| beyond(cell) / share).collect();
    let mut before = right(&p) - share;
    let mut rate = guess;
    for _ in 0..8 {
        stepper.step(&mut p);
        let now = right(&p) - share;
        rate = (before / now - 1.0) / h;
        before = now;
    }
    Ok(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_rest(well: &DoubleWell, rates: &Rates) -> Vec<f64> {
        let d = 0.5 * well.diffusion.powi(2);
        let weight = |x: f64| (-well.potential(x) / d).exp();
        let weights: Vec<f64> = rates.cells.centres().map(weight).collect();
        let mass = rates.cells.mass(&weights);
        weights.iter().map(|w| w / mass).collect()
    }

    fn settling(well: &DoubleWell, count: usize) -> (Rates, f64) {
        let cells = well.cells(count).expect("cells");
        let rates = Rates::new(cells, |x| well.potential(x), well.diffusion);
        let rates = rates.expect("rates");
        let top = well.places()[2];
        let rate = slowest_rate(&rates, &at_rest(well, &rates), top, well.kramers());
        (rates, rate.expect("a rate"))
    }

    #[test]
    fn the_slowest_rate_is_an_eigenvalue() {
        let well = DoubleWell { height: 0.8, tilt: 0.15, diffusion: 0.9 };
        let (rates, rate) = settling(&well, 60);
        let mut values: Vec<f64> =
            rates.matrix().complex_eigenvalues().iter().map(|v| -v.re).collect();
        values.sort_by(f64::total_cmp);
        // The smallest one is 0, that of the law at rest.
        assert!(values[0].abs() < 1e-10);
        assert!((rate / values[1] - 1.0).abs() < 1e-8, "{rate} against {}", values[1]);
    }

    #[test]
    fn kramers_is_right_up_to_the_next_order() {
        // U = (x² − 1)²: 5U‴²/24U″³ − U⁗/8U″² is 3/16 at the bottom, and the like of it at
        // the top is 3/16 as well. So the rate is smaller by 3D/8.
        let misses = [0.4_f64, 0.3].map(|g| {
            let well = DoubleWell { height: 1.0, tilt: 0.0, diffusion: g };
            let d = 0.5 * g * g;
            let (_, rate) = settling(&well, 1200);
            (rate / well.kramers() - 1.0 + 0.375 * d) / (d * d)
        });
        // What is left is a multiple of D², the same for both, of order one.
        assert!(misses.iter().all(|m| m.abs() < 1.5), "{misses:?}");
    }

    #[test]
    fn places_are_level_and_in_order() {
        let well = DoubleWell { height: 1.3, tilt: 0.4, diffusion: 0.5 };
        let [left, right, top] = well.places();
        assert!(left < top && top < right);
        for x in [left, right, top] {
            let slope = (well.potential(x + 1e-5) - well.potential(x - 1e-5)) / 2e-5;
            assert!(slope.abs() < 1e-9, "{x}");
        }
        assert!(well.barrier() < well.potential(top) - well.potential(left));
        assert!(
            (well.barrier() - (well.potential(top) - well.potential(right))).abs()
                < 1e-12
        );
    }

    #[test]
    fn a_valley_that_nobody_leaves_has_no_rate() {
        let well = DoubleWell { height: 1.0, tilt: 0.2, diffusion: 0.03 };
        assert_eq!(well.kramers(), 0.0);
        let cells = well.cells(400).expect("cells");
        let rates = Rates::new(cells, |x| well.potential(x), 0.03).expect("rates");
        let told = slowest_rate(&rates, &[0.1; 400], 0.0, well.kramers());
        assert!(told.expect_err("no step").to_string().contains("h = inf"));
    }
}
