//! Finite volumes: a density on cells, and what goes through the faces between them.

use crate::solver_error::SolverError;
use ch01_flows::quadrature::GaussLegendre;
use nalgebra::{DMatrix, DVector};

// ANCHOR: cells
/// `count` equal cells of the interval from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cells {
    /// The left wall.
    pub low: f64,
    /// The right wall.
    pub high: f64,
    /// How many cells.
    pub count: usize,
}

impl Cells {
    /// Δ.
    pub fn width(&self) -> f64 {
        (self.high - self.low) / self.count as f64
    }

    /// The middle of cell `i`, 0 ≤ i < count.
    pub fn centre(&self, i: usize) -> f64 {
        self.low + self.width() * (i as f64 + 0.5)
    }

    /// Δ Σ pᵢ.
    pub fn mass(&self, p: &[f64]) -> f64 {
        self.width() * p.iter().sum::<f64>()
    }
}
// ANCHOR_END: cells

/// The part of the mass that a grid may miss, and how small the density must be in the
/// cells at the walls, relative to its peak.
pub const MISSED: f64 = 1e-6;

/// How far below 0 rounding may take a density, relative to its peak.
const ROUNDING: f64 = 1e-12;

impl Cells {
    /// `count` equal cells from `low` to `high`.
    ///
    /// # Errors
    /// If `low` is not below `high`, one of them is not finite, or `count` is below 2.
    pub fn new(low: f64, high: f64, count: usize) -> Result<Self, SolverError> {
        if !(low.is_finite() && high.is_finite() && low < high) {
            return Err(SolverError::NoInterval { low, high });
        }
        if count < 2 {
            return Err(SolverError::TooFewCells { count });
        }
        Ok(Self { low, high, count })
    }

    /// The middles of all cells, from the left.
    pub fn centres(&self) -> impl DoubleEndedIterator<Item = f64> + use<> {
        let cells = *self;
        (0..cells.count).map(move |i| cells.centre(i))
    }

    /// The mean of `density` over each cell.
    ///
    /// # Errors
    /// If the cells hold less, or more, than the mass 1 by over [`MISSED`], or the density
    /// is not yet small at a wall.
    pub fn averages(
        &self,
        density: impl Fn(f64) -> f64,
    ) -> Result<Vec<f64>, SolverError> {
        // Exact up to degree 9 in each cell.
        let rule = GaussLegendre::new(5);
        let (half, width) = (0.5 * self.width(), self.width());
        let mean = |x: f64| rule.integral(&density, x - half, x + half) / width;
        let p: Vec<f64> = self.centres().map(mean).collect();
        self.hold(&p)?;
        Ok(p)
    }

    /// Says whether the cells hold this density: mass 1, nowhere negative, and next to
    /// nothing at the walls.
    ///
    /// # Errors
    /// As [`Cells::averages`].
    ///
    /// # Panics
    /// If there are not as many numbers as cells.
    pub fn hold(&self, p: &[f64]) -> Result<(), SolverError> {
        self.count_is(p.len());
        let Self { low, high, count } = *self;
        let mass = self.mass(p);
        let missed = (mass - 1.0).abs();
        if missed.is_nan() || missed > MISSED {
            return Err(SolverError::NotHeld { mass, low, high, count });
        }
        let peak = p.iter().copied().fold(0.0, f64::max);
        if let Some(i) = p.iter().position(|p| *p < -ROUNDING * peak) {
            return Err(SolverError::Negative { x: self.centre(i), p: p[i] });
        }
        let share = |i: usize| p[i] / peak;
        for (wall, i) in [(low, 0), (high, count - 1)] {
            if share(i) > MISSED {
                return Err(SolverError::AtTheWall { wall, share: share(i) });
            }
        }
        Ok(())
    }

    /// P(X ≤ x), the density being the same all over a cell.
    ///
    /// # Panics
    /// If there are not as many numbers as cells.
    pub fn below(&self, p: &[f64], x: f64) -> f64 {
        self.count_is(p.len());
        let place = ((x - self.low) / self.width()).clamp(0.0, self.count as f64);
        let whole = place as usize;
        let part = p.get(whole).map_or(0.0, |p| p * (place - whole as f64));
        self.width() * (p[..whole].iter().sum::<f64>() + part)
    }

    /// # Panics
    /// If `given` is not the number of cells.
    pub(crate) fn count_is(&self, given: usize) {
        let count = self.count;
        assert!(given == count, "{given} numbers for {count} cells: one belongs to each");
    }
}

// ANCHOR: hops
/// B(z) = z/(eᶻ − 1), with B(0) = 1: positive, falling, and B(−z) = B(z) + z.
pub fn bernoulli(z: f64) -> f64 {
    if z == 0.0 { 1.0 } else { z / z.exp_m1() }
}

/// The rates at which particles hop over a face, to the right and to the
/// left, where U rises by `rise` from one centre to the next, `width` apart.
///
/// `d` is D = g²/2. Scharfetter & Gummel (1969); the same as the flux of
/// Chang & Cooper (1970).
pub fn hops(d: f64, width: f64, rise: f64) -> (f64, f64) {
    let (z, rate) = (rise / d, d / (width * width));
    (rate * bernoulli(z), rate * bernoulli(-z))
}
// ANCHOR_END: hops

// ANCHOR: rates
/// dX = −U′(X) dt + g dW on cells with closed walls: how often a particle
/// of cell i hops into the next cell on its right or on its left.
#[derive(Clone, Debug)]
pub struct Rates {
    /// Where the cells are.
    pub cells: Cells,
    /// kᵢ⁺ per unit of time; 0 in the last cell.
    pub right: Vec<f64>,
    /// kᵢ⁻ per unit of time; 0 in the first cell.
    pub left: Vec<f64>,
}

impl Rates {
    /// The flux through each inner face: count − 1 numbers, from the left.
    pub fn fluxes(&self, p: &[f64]) -> Vec<f64> {
        let width = self.cells.width();
        let through = |i: usize| {
            let there = self.right[i] * p[i];
            let back = self.left[i + 1] * p[i + 1];
            width * (there - back)
        };
        (0..self.cells.count - 1).map(through).collect()
    }

    /// dp/dt in each cell: what leaves a cell through a face enters the next.
    pub fn change(&self, p: &[f64]) -> Vec<f64> {
        let mut change = vec![0.0; self.cells.count];
        for (i, flux) in self.fluxes(p).iter().enumerate() {
            change[i] -= flux / self.cells.width();
            change[i + 1] += flux / self.cells.width();
        }
        change
    }
}
// ANCHOR_END: rates

/// What a face does with D, the width and the rise of U: [`hops`], or a slip.
pub(crate) type Fit = fn(f64, f64, f64) -> (f64, f64);

impl Rates {
    /// The rates of dX = −U′(X) dt + g dW.
    ///
    /// # Errors
    /// If g is not above 0, or U is not finite at a centre.
    pub fn new(
        cells: Cells,
        potential: impl Fn(f64) -> f64,
        g: f64,
    ) -> Result<Self, SolverError> {
        Self::fitted(cells, potential, g, hops)
    }

    /// As [`Rates::new`], with another rule at the faces.
    pub(crate) fn fitted(
        cells: Cells,
        potential: impl Fn(f64) -> f64,
        g: f64,
        fit: Fit,
    ) -> Result<Self, SolverError> {
        if !(g > 0.0 && g.is_finite()) {
            return Err(SolverError::NoNoise { g });
        }
        let u: Vec<f64> = cells.centres().map(potential).collect();
        if let Some(i) = u.iter().position(|u| !u.is_finite()) {
            return Err(SolverError::NotAPotential { x: cells.centre(i), value: u[i] });
        }
        let (mut right, mut left) = (vec![0.0; cells.count], vec![0.0; cells.count]);
        for (i, u) in u.windows(2).enumerate() {
            (right[i], left[i + 1]) = fit(0.5 * g * g, cells.width(), u[1] - u[0]);
        }
        Ok(Self { cells, right, left })
    }

    /// K: its column j is the change of a density that is 1 in cell j.
    pub fn matrix(&self) -> DMatrix<f64> {
        let n = self.cells.count;
        let unit = |j: usize| DVector::from_fn(n, |i, _| f64::from(i == j));
        let column = |j| DVector::from_vec(self.change(unit(j).as_slice()));
        DMatrix::from_columns(&(0..n).map(column).collect::<Vec<_>>())
    }

    /// The largest kᵢ⁺ + kᵢ⁻: a particle stays in no cell for a shorter time, on
    /// average, than 1 over this.
    pub fn fastest(&self) -> f64 {
        let leaving = self.right.iter().zip(&self.left).map(|(r, l)| r + l);
        leaving.fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bernoulli_has_its_limits_and_its_symmetry() {
        assert_eq!(bernoulli(0.0), 1.0);
        assert_eq!(bernoulli(800.0), 0.0);
        assert_eq!(bernoulli(-800.0), 800.0);
        for z in [1e-12, 1e-3, 0.7, 30.0] {
            assert!((bernoulli(-z) - bernoulli(z) - z).abs() < 1e-14 * (1.0 + z), "{z}");
        }
    }

    #[test]
    fn what_leaves_a_cell_enters_its_neighbour() {
        let cells = Cells::new(-1.0, 2.0, 4).expect("cells");
        let rates = Rates::new(cells, |x| x * x * x - x, 0.7).expect("rates");
        let p = [0.3, 0.1, 0.5, 0.2];
        let change = rates.change(&p);
        assert!(change.iter().sum::<f64>().abs() < 1e-15);
        let second = rates.right[0] * p[0] + rates.left[2] * p[2]
            - (rates.right[1] + rates.left[1]) * p[1];
        assert!((change[1] - second).abs() < 1e-15);
        // The last cell lies high up the slope.
        assert_eq!(rates.fastest(), rates.left[3]);
    }

    #[test]
    fn mass_below_a_place_runs_from_0_to_1() {
        let cells = Cells::new(-1.0, 3.0, 4).expect("cells");
        let p = [0.1, 0.4, 0.3, 0.2];
        assert_eq!(cells.below(&p, -2.0), 0.0);
        assert!((cells.below(&p, 0.5) - 0.3).abs() < 1e-15);
        assert!((cells.below(&p, 3.0) - 1.0).abs() < 1e-15);
        assert!((cells.below(&p, 9.0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn averages_are_means_over_cells() {
        let cells = Cells::new(-1.0, 1.0, 4).expect("cells");
        let p = cells.averages(|x| 15.0 / 16.0 * (1.0 - x * x).powi(2));
        // The polynomial is small at the walls, but not next to nothing.
        assert!(matches!(p, Err(SolverError::AtTheWall { wall: -1.0, .. })), "{p:?}");
        let p = cells
            .averages(|x| if x.abs() < 0.5 { 3.0 * (0.5 - x.abs()) + 0.25 } else { 0.0 });
        assert!((p.expect("held")[1] - 1.0).abs() < 1e-14);
    }

    #[test]
    fn a_grid_that_does_not_hold_the_mass_says_how_much_it_holds() {
        let normal = |x: f64| (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let cells = Cells::new(-1.0, 1.0, 40).expect("cells");
        let told = cells.averages(normal).expect_err("a third is outside").to_string();
        assert!(told.contains("0.683") && told.contains("[-1, 1]"), "{told}");
        assert!(told.contains("0.999999"), "{told}");
        let missed = Cells::new(-1e4, 1e4, 40).expect("cells").averages(normal);
        assert!(matches!(missed, Err(SolverError::NotHeld { .. })), "{missed:?}");
        let doubled =
            Cells::new(-8.0, 8.0, 80).expect("cells").averages(|x| 2.0 * normal(x));
        assert!(doubled.expect_err("mass 2").to_string().contains("mass 2"));
        assert!(cells.averages(|_| f64::NAN).is_err());
        let below = Cells::new(-1.0, 1.0, 4).expect("cells").hold(&[0.0, 2.5, -0.5, 0.0]);
        let told = below.expect_err("negative").to_string();
        assert!(told.contains("-0.5 at x = 0.25"), "{told}");
    }

    #[test]
    fn cells_and_rates_refuse_what_makes_no_sense() {
        for (low, high) in
            [(1.0, 1.0), (2.0, -2.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)]
        {
            let told = Cells::new(low, high, 10).expect_err("no interval").to_string();
            assert!(told.contains(&format!("from {low} to {high}")), "{told}");
        }
        let told = Cells::new(0.0, 1.0, 1).expect_err("one cell").to_string();
        assert!(told.contains("at least 2"), "{told}");
        let cells = Cells::new(0.0, 1.0, 10).expect("cells");
        for g in [0.0, -0.5, f64::NAN] {
            let told = Rates::new(cells, |x| x, g).expect_err("no noise").to_string();
            assert!(told.contains(&format!("g = {g}")), "{told}");
        }
        let told =
            Rates::new(cells, |x| (x - 0.5).ln(), 1.0).expect_err("no log").to_string();
        assert!(told.contains("0.05") && told.contains("NaN"), "{told}");
    }

    #[test]
    #[should_panic(expected = "3 numbers for 10 cells")]
    fn every_cell_has_its_number() {
        let _ = Cells::new(0.0, 1.0, 10).expect("cells").hold(&[0.1; 3]);
    }
}
