//! Steps in time for a density on cells.

use crate::finite_volume::Rates;
use crate::solver_error::SolverError;
use dynamics::TimeGrid;

// ANCHOR: stepper
/// One step of the θ-scheme for dp/dt = K p, factored once for all steps.
///
/// The step solves (1 − θhK) q = p, an implicit step of length θh, and goes
/// on along the straight line from p through q: p + (q − p)/θ.
#[derive(Clone, Debug)]
pub struct Stepper {
    /// θ.
    theta: f64,
    pivots: Vec<Pivot>,
    /// q.
    implicit: Vec<f64>,
}

/// One row of the elimination: 1/d, and what two neighbours hand on.
#[derive(Clone, Copy, Debug)]
struct Pivot {
    inverse: f64,
    from_left: f64,
    from_right: f64,
}

impl Stepper {
    /// Eliminates from the left. No difference is ever taken: every pivot
    /// d = e + θhk⁺ is a sum of positive numbers, and above 1.
    fn factored(rates: &Rates, theta: f64, h: f64) -> Self {
        let along = |k: f64| theta * h * k;
        let mut pivots = Vec::with_capacity(rates.cells.count);
        // e/d and θhk⁺ of the cell on the left.
        let (mut kept, mut handed) = (1.0, 0.0);
        for i in 0..rates.cells.count {
            let (right, left) = (along(rates.right[i]), along(rates.left[i]));
            let e = 1.0 + left * kept;
            let d = e + right;
            let back = rates.left.get(i + 1).map_or(0.0, |k| along(*k));
            pivots.push(Pivot {
                inverse: 1.0 / d,
                from_left: handed / d,
                from_right: back / d,
            });
            (kept, handed) = (e / d, right);
        }
        Self { theta, implicit: vec![0.0; pivots.len()], pivots }
    }

    /// Carries `p` over one step, in place.
    ///
    /// # Panics
    /// If there are not as many numbers as cells.
    pub fn step(&mut self, p: &mut [f64]) {
        let (m, n) = (p.len(), self.pivots.len());
        assert!(m == n, "{m} numbers for {n} cells: one belongs to each");
        let mut y = 0.0;
        let rows = self.implicit.iter_mut().zip(&self.pivots);
        for ((q, pivot), p) in rows.zip(&*p) {
            y = pivot.inverse * p + pivot.from_left * y;
            *q = y;
        }
        let (mut q, on) = (0.0, 1.0 / self.theta);
        let rows = self.implicit.iter().zip(&self.pivots);
        for (p, (y, pivot)) in p.iter_mut().zip(rows).rev() {
            q = y + pivot.from_right * q;
            *p = on * q - (on - 1.0) * *p;
        }
    }
}
// ANCHOR_END: stepper

// ANCHOR: bound
/// The longest step of the θ-scheme that keeps every density positive: with
/// it, no cell gives away more than it has in the explicit part of the step.
/// Infinite for θ = 1.
pub fn positive_step(rates: &Rates, theta: f64) -> f64 {
    1.0 / ((1.0 - theta) * rates.fastest())
}
// ANCHOR_END: bound

impl Stepper {
    /// A step that keeps every density positive: ½ ≤ θ ≤ 1, and h > 0 at most
    /// [`positive_step`].
    ///
    /// # Errors
    /// If θ or h is out of its range; a step that is too long is told its bound.
    pub fn new(rates: &Rates, theta: f64, h: f64) -> Result<Self, SolverError> {
        let stepper = Self::signed(rates, theta, h)?;
        let bound = positive_step(rates, theta);
        if h > bound {
            return Err(SolverError::StepTooLong { theta, h, bound });
        }
        Ok(stepper)
    }

    /// A step of any length, stable for ½ ≤ θ ≤ 1, after which a density may be negative
    /// in places.
    ///
    /// # Errors
    /// If θ is not between ½ and 1, or h not a finite number above 0.
    pub fn signed(rates: &Rates, theta: f64, h: f64) -> Result<Self, SolverError> {
        if !(0.5..=1.0).contains(&theta) {
            return Err(SolverError::NotATheta { theta });
        }
        if !(h > 0.0 && h.is_finite()) {
            return Err(SolverError::NotAStep { h });
        }
        Ok(Self::factored(rates, theta, h))
    }
}

// ANCHOR: solve
/// The density at the end of `times`, from the density `p` at their start:
/// mass kept, nowhere negative.
///
/// # Errors
/// If a step is longer than [`positive_step`] allows, or the cells do not
/// hold the density, at the start or at the end.
pub fn solve(
    rates: &Rates,
    theta: f64,
    times: TimeGrid,
    mut p: Vec<f64>,
) -> Result<Vec<f64>, SolverError> {
    rates.cells.hold(&p)?;
    let mut stepper = Stepper::new(rates, theta, times.h())?;
    for _ in 0..times.steps {
        stepper.step(&mut p);
    }
    rates.cells.hold(&p)?;
    Ok(p)
}
// ANCHOR_END: solve

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finite_volume::Cells;
    use nalgebra::{DMatrix, DVector};

    fn rates() -> Rates {
        let cells = Cells::new(-2.0, 3.0, 9).expect("cells");
        Rates::new(cells, |x| 0.3 * x * x * x - x, 1.3).expect("rates")
    }

    #[test]
    fn a_step_solves_its_linear_system() {
        let (rates, h) = (rates(), 0.37);
        let k = rates.matrix();
        let n = rates.cells.count;
        let start: Vec<f64> = (0..n).map(|i| 1.0 / (1.0 + i as f64)).collect();
        for theta in [0.5, 0.7, 1.0] {
            let one = DMatrix::<f64>::identity(n, n);
            let known =
                (&one + (1.0 - theta) * h * &k) * DVector::from_vec(start.clone());
            let expected = (one - theta * h * &k).lu().solve(&known).expect("solvable");
            let mut p = start.clone();
            Stepper::signed(&rates, theta, h).expect("a step").step(&mut p);
            let error = (DVector::from_vec(p) - expected).amax();
            // Nine equations of condition below 10, in numbers up to 1.
            assert!(error < 1e-14, "{theta}: {error:e}");
        }
    }

    #[test]
    fn a_step_past_the_bound_is_told_the_bound() {
        let rates = rates();
        let bound = positive_step(&rates, 0.5);
        assert!(Stepper::new(&rates, 0.5, bound).is_ok());
        let told = Stepper::new(&rates, 0.5, 1.01 * bound).expect_err("too long");
        assert!(told.to_string().contains(&format!("at most {bound:e}")), "{told}");
        assert_eq!(positive_step(&rates, 1.0), f64::INFINITY);
        assert!(Stepper::new(&rates, 1.0, 1e9).is_ok());
        assert!(Stepper::signed(&rates, 0.5, 1.01 * bound).is_ok());
    }

    #[test]
    fn theta_and_step_have_their_ranges() {
        let rates = rates();
        for theta in [0.49, -1.0, 1.01, f64::NAN] {
            let told =
                Stepper::new(&rates, theta, 0.1).expect_err("no theta").to_string();
            assert!(told.contains(&format!("theta = {theta}")), "{told}");
        }
        for h in [0.0, -0.1, f64::NAN, f64::INFINITY] {
            let told = Stepper::new(&rates, 1.0, h).expect_err("no step").to_string();
            assert!(told.contains(&format!("h = {h}")), "{told}");
        }
    }

    /// A narrow heap in the middle of flat ground.
    fn heap() -> (Rates, Vec<f64>) {
        let cells = Cells::new(-3.0, 3.0, 60).expect("cells");
        let narrow = |x: f64| 2.0 * (-4.0 * std::f64::consts::PI * x * x).exp();
        let start = cells.averages(narrow).expect("held");
        (Rates::new(cells, |_| 0.0, 1.0).expect("rates"), start)
    }

    #[test]
    fn as_many_steps_are_taken_as_the_grid_has() {
        let (rates, mut p) = heap();
        let solved = solve(&rates, 0.7, TimeGrid::new(0.2, 0.23, 3), p.clone());
        let mut stepper = Stepper::new(&rates, 0.7, 0.01).expect("a step");
        (0..3).for_each(|_| stepper.step(&mut p));
        // The step is a difference of times, rounded.
        let solved = solved.expect("held");
        assert!(solved.iter().zip(&p).all(|(a, b)| (a - b).abs() < 1e-13));
    }

    #[test]
    fn a_start_below_zero_is_told_though_the_end_is_not() {
        let (rates, mut p) = heap();
        (p[30], p[29]) = (-0.1, p[29] + p[30] + 0.1);
        let told = solve(&rates, 1.0, TimeGrid::new(0.0, 0.1, 50), p.clone());
        assert!(matches!(told, Err(SolverError::Negative { p: -0.1, .. })), "{told:?}");
        let mut stepper = Stepper::new(&rates, 1.0, 0.002).expect("a step");
        (0..50).for_each(|_| stepper.step(&mut p));
        assert!(rates.cells.hold(&p).is_ok());
    }

    #[test]
    fn a_density_that_reaches_a_wall_is_told() {
        let (rates, start) = heap();
        let early = solve(&rates, 1.0, TimeGrid::new(0.0, 0.1, 50), start.clone());
        assert!(early.is_ok(), "{early:?}");
        let late = solve(&rates, 1.0, TimeGrid::new(0.0, 4.0, 50), start);
        let told = late.expect_err("it spreads to the walls").to_string();
        assert!(told.contains("at the wall -3") && told.contains("1e-6"), "{told}");
    }

    #[test]
    #[should_panic(expected = "8 numbers for 9 cells")]
    fn every_cell_has_its_number() {
        Stepper::signed(&rates(), 1.0, 0.1).expect("a step").step(&mut [0.1; 8]);
    }
}
