//! Steps that watch their error.

use crate::claims::draws::largest;
use crate::fields::Growth;
use crate::orders::{Problem, halvings, slope};
use crate::{DormandPrince, Euler, Heun, Tolerance, integrate_adaptive};
use dynamics::{Embedded, Normed, OdeMethod, State, VectorField};
use evidence::{Claim, Evidence, Slip};

/// `flow-adaptive`.
pub const ADAPTIVE: Claim = Claim::new(
    "flow-adaptive",
    "an embedded pair of orders 5 and 4 knows its error and keeps it at the tolerance",
    |_| adaptive(&DormandPrince),
    &[
        Slip::new("clock stopped within the step", |_| adaptive(&StoppedClock)),
        Slip::new("error without the last velocity", |_| adaptive(&WithoutTheLast)),
        Slip::new("a pair of orders 2 and 1", |_| adaptive(&HeunEuler)),
    ],
);

/// The field as it is at time t, whatever the clock says.
fn stopped<S>(field: &(impl VectorField<S> + ?Sized), t: f64) -> impl VectorField<S> {
    move |_: f64, x: &S| field.velocity(t, x)
}

nearly!(
    /// All velocities of a step at its beginning.
    StoppedClock, 5, |field, t, h, x| DormandPrince.step(&stopped(field, t), t, h, x)
);
nearly!(
    /// The step as it is; its error lacks k₇, whose weight is −1/40.
    WithoutTheLast, 5, |field, t, h, x| DormandPrince.step(field, t, h, x)
);
nearly!(
    /// Heun's step, with Euler's as companion.
    HeunEuler, 2, |field, t, h, x| Heun.step(field, t, h, x)
);

/// Declares the error of such a method as a second step to compare with.
macro_rules! with_error {
    ($name:ident, |$field:ident, $t:ident, $h:ident, $x:ident| $pair:expr) => {
        impl Embedded for $name {
            fn step_with_error<S: Normed>(
                &self,
                $field: &(impl VectorField<S> + ?Sized),
                $t: f64,
                $h: f64,
                $x: &S,
            ) -> (S, S) {
                $pair
            }
        }
    };
}

with_error!(StoppedClock, |field, t, h, x| {
    DormandPrince.step_with_error(&stopped(field, t), t, h, x)
});
with_error!(WithoutTheLast, |field, t, h, x| {
    let (y, error) = DormandPrince.step_with_error(field, t, h, x);
    let k7 = field.velocity(t + h, &y);
    (y, error.plus(h / 40.0, &k7))
});
with_error!(HeunEuler, |field, t, h, x| {
    let y = Heun.step(field, t, h, x);
    let error = y.plus(-1.0, &Euler.step(field, t, h, x));
    (y, error)
});

/// The order of `pair`, that of its estimate, and what error control makes of them.
fn adaptive(pair: &impl Embedded) -> Vec<Evidence> {
    let problem =
        Problem { field: Growth, x0: 0.8, end: 3.0, exact: Growth.flow(3.0, 0.8) };
    let errors = problem.errors(pair, &halvings(4, 8));
    let estimate = |k| {
        let h = 0.1 * 0.5_f64.powi(k);
        (h, pair.step_with_error(&Growth, 1.1, h, &1.3).1.abs())
    };
    let estimates: Vec<_> = (0..5).map(estimate).collect();
    // Four tolerances from 1e-5 to 1e-11: errors in units of each, and steps taken.
    let mut worst = 0.0_f64;
    let mut taken = Vec::new();
    for k in [5, 7, 9, 11] {
        let tolerance = 0.1_f64.powi(k);
        let run =
            integrate_adaptive(pair, &Growth, 0.0, 20.0, 1.3, Tolerance::both(tolerance));
        let (end, steps) = run.map_or((f64::NAN, 0), |run| (run.x, run.steps));
        worst = largest([worst, (end - Growth.flow(20.0, 1.3)).abs() / tolerance]);
        taken.push((tolerance, steps as f64));
    }
    vec![
        Evidence::order(
            "16 to 256 steps on u = x cos t up to T = 3",
            slope(&errors),
            5.0,
            0.05,
            "order 5; the last error, 3e-14, is still far above rounding",
        ),
        Evidence::order(
            "the estimated error of one step, from h = 0.1 to 0.00625",
            slope(&estimates),
            5.0,
            0.05,
            "that of the companion of order 4, whose single step errs at order 5",
        ),
        Evidence::at_most(
            "error at T = 20 in tolerances, which run from 1e-5 to 1e-11",
            worst,
            100.0,
            "a hundred steps of at most one tolerance each; most cancel",
        ),
        Evidence::order(
            "how the number of steps grows with the tolerance",
            -slope(&taken),
            0.2,
            0.02,
            "one fifth, since an error of order h⁵ is held at the tolerance",
        ),
    ]
}
