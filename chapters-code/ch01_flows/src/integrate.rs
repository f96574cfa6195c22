//! From a step to a trajectory, from one particle to many, from fixed steps to steps
//! that watch their error.

use dynamics::{
    Embedded, Failure, Normed, OdeMethod, State, TimeGrid, VectorField, for_each_chunk,
};

// ANCHOR: integrate
/// The state at the end of `grid`, started at `x0` at its beginning.
///
/// A state that stops being finite stays so: check the result where the field may blow
/// up, or use [`integrate_adaptive`].
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
/// A chunk of particles goes through all times before the next one is fetched, so that
/// it stays in cache; the innermost loop runs over particles, which a compiler can take
/// several at a time. Same bits on any number of threads, no allocation.
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
/// Integrates from `t0` to `t1` (either may be the later) with steps as long as the
/// tolerance allows.
///
/// The error of a step of length h is about C h⁵ for a pair of orders 5 and 4. So an
/// error of e tolerances asks for a step e^{−1/5} times as long; we take nine tenths of
/// that, and never change by more than a factor of five.
///
/// # Errors
/// [`Failure::NotFinite`] where the field leads to no number, however short the step;
/// [`Failure::StepTooSmall`] where no step that changes t is good enough;
/// [`Failure::TooManySteps`] after [`MOST_STEPS`] trials.
pub fn integrate_adaptive<S: Normed>(
    method: &impl Embedded,
    field: &(impl VectorField<S> + ?Sized),
    t0: f64,
    t1: f64,
    x0: S,
    tolerance: Tolerance,
) -> Result<Adaptive<S>, Failure<S>> {
    let mut run = Adaptive { x: x0, steps: 0, rejected: 0, times: vec![t0] };
    let (mut t, mut h) = (t0, (t1 - t0) / 100.0);
    while t != t1 {
        if run.steps + run.rejected == MOST_STEPS {
            return Err(Failure::TooManySteps { steps: MOST_STEPS, t, x: run.x });
        }
        // The last step ends at t1 to the last bit.
        let last = (t1 - t).abs() <= h.abs();
        let step = if last { t1 - t } else { h };
        let (y, error) = method.step_with_error(field, t, step, &run.x);
        let finite = y.is_finite() && error.is_finite();
        let e = error.scaled_norm(&run.x, &y, tolerance.absolute, tolerance.relative);
        if finite && e <= 1.0 {
            t = if last { t1 } else { t + step };
            run.x = y;
            run.steps += 1;
            run.times.push(t);
        } else {
            run.rejected += 1;
        }
        let order = method_order(method);
        let factor =
            if finite { (0.9 * e.powf(-1.0 / order)).clamp(0.2, 5.0) } else { 0.2 };
        h = step * factor;
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

/// The declared order of a method, as a number to compute with.
fn method_order<M: OdeMethod>(_: &M) -> f64 {
    f64::from(M::ORDER)
}
