//! From a step to a trajectory, from one particle to many, from fixed steps to steps
//! that watch their error.

use dynamics::{
    Embedded, Failure, Normed, OdeMethod, State, TimeGrid, VectorField, for_each_chunk,
};

// ANCHOR: integrate
/// The state at the end of `grid`, started at `x0` at its beginning.
///
/// A state that stops being finite stays so: check the result where the field
/// may blow up, or use [`integrate_adaptive`].
pub fn integrate<S: State>(
    method: &impl OdeMethod,
    field: &(impl VectorField<S> + ?Sized),
    grid: TimeGrid,
    x0: S,
) -> S {
    let h = grid.h();
    (0..grid.steps).fold(x0, |x, i| method.step(field, grid.time(i), h, &x))
}
// ANCHOR_END: integrate

/// All n + 1 states on the grid, the first being `x0`.
pub fn trajectory<S: State>(
    method: &impl OdeMethod,
    field: &(impl VectorField<S> + ?Sized),
    grid: TimeGrid,
    x0: S,
) -> Vec<S> {
    let h = grid.h();
    let mut states = Vec::with_capacity(grid.steps + 1);
    states.push(x0);
    for i in 0..grid.steps {
        states.push(method.step(field, grid.time(i), h, &states[i]));
    }
    states
}

// ANCHOR: transport
/// Carries a whole ensemble along the field, in place and on all cores.
///
/// A chunk of particles goes through all times before the next one is
/// fetched, so that it stays in cache; the innermost loop runs over
/// particles, which a compiler can take several at a time. Same bits on any
/// number of threads, no allocation.
pub fn transport<S: State + Send>(
    method: &impl OdeMethod,
    field: &(impl VectorField<S> + ?Sized),
    grid: TimeGrid,
    particles: &mut [S],
) {
    let h = grid.h();
    for_each_chunk(particles, |_, chunk| {
        for i in 0..grid.steps {
            let t = grid.time(i);
            for x in chunk.iter_mut() {
                *x = method.step(field, t, h, x);
            }
        }
    });
}
// ANCHOR_END: transport

/// How wrong a step may be: `absolute` + `relative` · |x| in each coordinate.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// In units of x. Positive, so that a state of 0 is allowed an error.
    pub absolute: f64,
    /// As a share of |x|.
    pub relative: f64,
}

impl Tolerance {
    /// The same number for both.
    pub fn both(tolerance: f64) -> Self {
        Self { absolute: tolerance, relative: tolerance }
    }
}

/// Where an adaptive integration came out, and what it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Adaptive<S> {
    /// The state at the end.
    pub x: S,
    /// Steps taken.
    pub steps: usize,
    /// Trial steps thrown away because their error was too large.
    pub rejected: usize,
    /// The times visited, from start to end: `steps` + 1 of them.
    pub times: Vec<f64>,
}

/// Trial steps after which [`integrate_adaptive`] gives up.
pub const MOST_STEPS: usize = 100_000;

// ANCHOR: adaptive
/// Integrates from `t0` to `t1` (either may be the later) with steps as long
/// as the tolerance allows.
///
/// The error of a step of length h is about C h⁵ for a pair of orders 5 and
/// 4. So an error of δ tolerances asks for a step δ^{−1/5} times as long; we
/// take nine tenths of that, and never change by more than a factor of five.
///
/// # Errors
/// [`Failure::NotFinite`] where the field leads to no number, however short
/// the step; [`Failure::StepTooSmall`] where no step that changes t is good
/// enough; [`Failure::TooManySteps`] after [`MOST_STEPS`] trials.
///
/// # Panics
/// If the absolute tolerance is not positive, or the relative one negative.
pub fn integrate_adaptive<M: Embedded, S: Normed>(
    method: &M,
    field: &(impl VectorField<S> + ?Sized),
    t0: f64,
    t1: f64,
    x0: S,
    tolerance: Tolerance,
) -> Result<Adaptive<S>, Failure<S>> {
    let Tolerance { absolute, relative } = tolerance;
    assert!(absolute > 0.0 && relative >= 0.0, "no step meets {tolerance:?}");
    let mut run = Adaptive { x: x0, steps: 0, rejected: 0, times: vec![t0] };
    let (mut t, mut h) = (t0, (t1 - t0) / 100.0);
    while t != t1 {
        if run.steps + run.rejected == MOST_STEPS {
            let (steps, x) = (MOST_STEPS, run.x);
            return Err(Failure::TooManySteps { steps, t, x });
        }
        // The last step ends at t1 to the last bit.
        let last = (t1 - t).abs() <= h.abs();
        let step = if last { t1 - t } else { h };
        let (y, error) = method.step_with_error(field, t, step, &run.x);
        let finite = y.is_finite() && error.is_finite();
        let delta = error.scaled_norm(&run.x, &y, absolute, relative);
        if finite && delta <= 1.0 {
            t = if last { t1 } else { t + step };
            run.x = y;
            run.steps += 1;
            run.times.push(t);
        } else {
            run.rejected += 1;
        }
        let order = f64::from(M::ORDER);
        let wanted = if finite { 0.9 * delta.powf(-1.0 / order) } else { 0.0 };
        h = step * wanted.clamp(0.2, 5.0);
        if t != t1 && t + h == t {
            let x = run.x;
            return Err(if finite {
                Failure::StepTooSmall { t, h, x }
            } else {
                Failure::NotFinite { t, x }
            });
        }
    }
    Ok(run)
}
// ANCHOR_END: adaptive

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::{Growth, Shear};
    use crate::{DormandPrince, Euler, Rk4};
    use dynamics::{CHUNK, Point};
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    /// The pair of Dormand and Prince on a field on the line.
    fn adaptive(
        field: &impl VectorField<f64>,
        (t0, t1): (f64, f64),
        x0: f64,
        tolerance: Tolerance,
    ) -> Result<Adaptive<f64>, Failure<f64>> {
        integrate_adaptive(&DormandPrince, field, t0, t1, x0, tolerance)
    }

    #[test]
    fn the_last_of_a_trajectory_is_the_integral() {
        let grid = TimeGrid::new(0.2, 1.7, 13);
        let path = trajectory(&Rk4, &Growth, grid, 0.8);
        assert_eq!(path.len(), 14);
        assert_eq!(path[0], 0.8);
        assert_eq!(path[13], integrate(&Rk4, &Growth, grid, 0.8));
    }

    #[test]
    fn an_ensemble_moves_as_its_particles_do() {
        let start = |i: usize| Point::<2>::new(i as f64 * 1e-3, 1.0 - i as f64 * 2e-3);
        for grid in [TimeGrid::new(0.3, 1.1, 7), TimeGrid::new(1.1, 0.3, 7)] {
            let mut particles: Vec<_> = (0..CHUNK + 5).map(start).collect();
            transport(&Rk4, &Shear, grid, &mut particles);
            for (i, x) in particles.iter().enumerate() {
                assert_eq!(*x, integrate(&Rk4, &Shear, grid, start(i)));
            }
        }
    }

    #[test]
    fn a_reversed_grid_runs_backwards() {
        let there = integrate(&Rk4, &Growth, TimeGrid::new(0.0, 1.5, 200), 0.8);
        let back = integrate(&Rk4, &Growth, TimeGrid::new(1.5, 0.0, 200), there);
        // Twice the error of order h⁴ = 3e-9, most of which cancels.
        assert!((back - 0.8).abs() < 1e-9);
        let run = adaptive(&Growth, (1.5, 0.0), there, Tolerance::both(1e-9));
        let run = run.expect("a smooth field");
        assert!((run.x - 0.8).abs() < 1e-8);
        assert!(run.times.windows(2).all(|t| t[1] < t[0]));
    }

    #[test]
    fn an_adaptive_run_accounts_for_its_steps() {
        let run = adaptive(&Growth, (0.0, 9.0), 1.3, Tolerance::both(1e-8));
        let run = run.expect("a smooth field");
        assert_eq!(run.times.len(), run.steps + 1);
        assert_eq!((run.times[0], run.times[run.steps]), (0.0, 9.0));
        assert!(run.times.windows(2).all(|t| t[1] > t[0]));
    }

    #[test]
    fn a_step_with_an_error_above_the_tolerance_is_taken_again() {
        // The first trial is a hundredth of the way; choose the tolerance so that its
        // error is a tenth above the tolerance, which is too much, if not by much.
        let (_, error) = DormandPrince.step_with_error(&Growth, 0.0, 0.09, &1.3);
        let tolerance = Tolerance { absolute: error.abs() / 1.1, relative: 0.0 };
        let run = adaptive(&Growth, (0.0, 9.0), 1.3, tolerance);
        let run = run.expect("a smooth field");
        let retried = 0.09 * 0.9 * 1.1_f64.powf(-0.2);
        assert!(run.rejected >= 1 && (run.times[1] - retried).abs() < 1e-12);
    }

    #[test]
    fn a_hopeless_step_shrinks_to_a_fifth() {
        let tolerance = Tolerance { absolute: 1e-14, relative: 0.0 };
        let (_, error) = DormandPrince.step_with_error(&Growth, 0.0, 0.09, &1.3);
        // Its error asks for less than a fifth; so does no later trial.
        assert!(error.abs() / 1e-14 > 4.5_f64.powi(5));
        let run = adaptive(&Growth, (0.0, 9.0), 1.3, tolerance);
        let first = run.expect("a smooth field").times[1];
        assert!(first <= 0.09 / 5.0 + 1e-15, "{first}");
    }

    #[test]
    fn the_next_step_follows_from_the_error_of_this_one() {
        let tolerance = Tolerance { absolute: 1e-7, relative: 1e-6 };
        let run = adaptive(&Growth, (0.0, 9.0), 1.3, tolerance);
        let times = run.expect("a smooth field").times;
        let (y, error) = DormandPrince.step_with_error(&Growth, 0.0, 0.09, &1.3);
        let delta = error.abs() / (1e-7 + 1e-6 * y);
        let next = 0.09 * 0.9 * delta.powf(-0.2);
        // Well inside the bounds of a fifth and five times, so the rule itself is seen.
        assert!(next > 0.1 && next < 0.4, "{next}");
        assert!(
            (times[1] - 0.09).abs() < 1e-15 && (times[2] - times[1] - next).abs() < 1e-12
        );
    }

    #[test]
    fn a_step_grows_fivefold_and_shrinks_to_a_fifth_at_most() {
        // Nothing to see until 0.9, then a wall. The steps are 1/100, 5/100 and 25/100;
        // the fourth, 125/100, is cut to end at 1, meets the wall, and shrinks to a fifth
        // of what was tried.
        let wall = |t: f64, _: &f64| if t < 0.9 { 0.0 } else { 1e9 };
        let tolerance = Tolerance { absolute: 1e-3, relative: 0.0 };
        let run = adaptive(&wall, (0.0, 1.0), 1.0, tolerance);
        let times = run.expect("each side of the wall is smooth").times;
        let expected = [0.0, 0.01, 0.06, 0.31, 0.31 + 0.69 / 5.0];
        for (time, expected) in times.iter().zip(expected) {
            assert!((time - expected).abs() < 1e-15, "{time} {expected}");
        }
    }

    #[test]
    fn the_last_step_is_no_splinter() {
        // 0.3 + (t₁ − 0.3) rounds past this t₁. The last step lands on it all the same,
        // and needs no step of 1e-17 to mend what rounding left.
        let end = -1.1e-17;
        let run = adaptive(&Growth, (0.3, end), 1.3, Tolerance::both(1e-3));
        let times = run.expect("a smooth field").times;
        assert_eq!(times.last(), Some(&end));
        assert!(times.windows(2).all(|t| t[0] - t[1] > 1e-3), "{times:?}");
    }

    #[test]
    fn every_evaluation_belongs_to_a_step_taken_or_rejected() {
        let evaluations = AtomicUsize::new(0);
        let jump = |t: f64, x: &f64| {
            evaluations.fetch_add(1, Relaxed);
            if t < 1.0 / 3.0 { *x } else { -2.0 * x }
        };
        let run = adaptive(&jump, (0.0, 1.0), 1.0, Tolerance::both(1e-8));
        let run = run.expect("each side of the jump is smooth");
        assert!(run.rejected > 0);
        assert_eq!(evaluations.into_inner(), 7 * (run.steps + run.rejected));
    }

    #[test]
    fn nothing_to_do_takes_no_steps() {
        let run = adaptive(&Growth, (2.0, 2.0), 1.3, Tolerance::both(1e-8));
        let expected = Adaptive { x: 1.3, steps: 0, rejected: 0, times: vec![2.0] };
        assert_eq!(run, Ok(expected));
    }

    #[test]
    fn a_field_that_is_no_number_is_told_with_its_place() {
        let wall = |t: f64, x: &f64| if t > 0.4 { f64::NAN } else { *x };
        let run = adaptive(&wall, (0.0, 1.0), 1.0, Tolerance::both(1e-8));
        let Err(Failure::NotFinite { t, x }) = run else { panic!("{run:?}") };
        assert!((t - 0.4).abs() < 1e-12, "{t}");
        // The error of the way there, at the tolerance.
        assert!((x - 0.4_f64.exp()).abs() < 1e-6, "{x}");
        // Fixed steps do not look: the state says so.
        assert!(integrate(&Euler, &wall, TimeGrid::new(0.0, 1.0, 10), 1.0).is_nan());
    }

    #[test]
    fn an_explosion_is_told_with_its_time() {
        // x' = x² from 1 is 1/(1 − t).
        let square = |_: f64, x: &f64| x * x;
        let run = adaptive(&square, (0.0, 2.0), 1.0, Tolerance::both(1e-8));
        // The steps shrink like 1 − t = 1/x. They no longer change a t near 1 when x is
        // about 1e15, and by then x is far from overflowing.
        let Err(Failure::StepTooSmall { t, h, x }) = run else { panic!("{run:?}") };
        assert!((t - 1.0).abs() < 1e-6 && t + h == t, "{t} {h}");
        assert!(x > 1e14 && x < 1e17, "{x}");
    }

    #[test]
    fn a_jump_of_the_field_costs_steps_but_not_accuracy() {
        let jump = |t: f64, x: &f64| if t < 1.0 / 3.0 { *x } else { -2.0 * x };
        let run = adaptive(&jump, (0.0, 1.0), 1.0, Tolerance::both(1e-8));
        let run = run.expect("each side of the jump is smooth");
        assert!(run.rejected > 3, "{}", run.rejected);
        assert!((run.x - (1.0_f64 / 3.0 - 4.0 / 3.0).exp()).abs() < 1e-6);
    }

    #[test]
    fn a_state_that_sticks_to_a_jump_is_told() {
        // x' = −sign x reaches 0 at t = 1 and has nowhere to go.
        let evaluations = AtomicUsize::new(0);
        let sign = |_: f64, x: &f64| {
            evaluations.fetch_add(1, Relaxed);
            -x.signum()
        };
        let run = adaptive(&sign, (0.0, 9.0), 1.0, Tolerance::both(1e-10));
        // A step across 0 errs by a share of its length. So steps of about 1e-8 pass, a
        // million times what rounding of t needs, and the trials are used up first.
        let Err(Failure::TooManySteps { steps, t, x }) = run else { panic!("{run:?}") };
        assert!(t > 1.0 && t < 1.01 && x.abs() < 1e-7, "{t} {x}");
        assert_eq!(steps, MOST_STEPS);
        assert_eq!(evaluations.into_inner(), 7 * MOST_STEPS);
    }

    #[test]
    fn a_state_that_overflows_is_told() {
        // The velocity and the estimated error are finite; the state is not.
        let run =
            adaptive(&|_: f64, _: &f64| 1e308, (0.0, 9.0), 0.0, Tolerance::both(1e-8));
        let Err(Failure::NotFinite { t, x }) = run else { panic!("{run:?}") };
        assert!((t - f64::MAX / 1e308).abs() < 1e-14 && x.is_finite(), "{t} {x}");
    }

    #[test]
    fn a_step_to_where_the_field_is_no_number_is_taken_again() {
        let (y, _) = DormandPrince.step_with_error(&Growth, 0.0, 0.01, &1.3);
        // Only the seventh velocity is taken there, and only the error knows of it.
        let hole = |t: f64, x: &f64| if *x == y { f64::NAN } else { Growth.at(t, *x) };
        let run = adaptive(&hole, (0.0, 1.0), 1.3, Tolerance::both(1e-6));
        let run = run.expect("the field has one hole");
        assert!(run.rejected >= 1 && (run.times[1] - 0.002).abs() < 1e-15, "{run:?}");
    }

    #[test]
    #[should_panic(expected = "no step meets Tolerance")]
    fn a_negative_share_is_refused() {
        let tolerance = Tolerance { absolute: 1e-6, relative: -1e-6 };
        let _ = adaptive(&Growth, (0.0, 1.0), 1.0, tolerance);
    }

    #[test]
    #[should_panic(expected = "no step meets Tolerance")]
    fn a_tolerance_of_zero_is_refused() {
        let _ = adaptive(&Growth, (0.0, 1.0), 1.0, Tolerance::both(0.0));
    }
}
