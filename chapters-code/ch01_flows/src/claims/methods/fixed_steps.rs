//! The orders of Euler's, Heun's and Runge and Kutta's methods.

use crate::fields::{Curved, Growth};
use crate::orders::{Problem, halvings, slope};
use crate::{Euler, Heun, Rk4, integrate};
use dynamics::{OdeMethod, State, TimeGrid, VectorField};
use evidence::{Claim, Evidence, Slip};

/// `flow-euler-step`.
pub const EULER_STEP: Claim = Claim::new(
    "flow-euler-step",
    "Euler's method goes straight ahead and is of order 1",
    |_| euler_step(&Euler),
    &[
        Slip::new("clock stopped at 0", |_| euler_step(&EulerAtZero)),
        Slip::new("half a step", |_| euler_step(&HalfEuler)),
    ],
);

nearly!(
    /// Euler's step with the field of time 0.
    EulerAtZero, 1, |field, _t, h, x| x.plus(h, &field.velocity(0.0, x))
);
nearly!(
    /// Euler's step of half the length.
    HalfEuler, 1, |field, t, h, x| x.plus(h / 2.0, &field.velocity(t, x))
);

/// The order of `method` on u = x cos t.
fn euler_step(method: &impl OdeMethod) -> Vec<Evidence> {
    let problem =
        Problem { field: Growth, x0: 1.3, end: 1.0, exact: Growth.flow(1.0, 1.3) };
    let errors = problem.errors(method, &halvings(4, 10));
    let (h, last) = errors[errors.len() - 1];
    vec![
        Evidence::order(
            "16 to 1024 steps on u = x cos t",
            slope(&errors),
            1.0,
            0.05,
            "order 1; with 16 steps the term of order h² is still a few percent",
        ),
        Evidence::at_most(
            "error over h with 1024 steps",
            last / h,
            2.0,
            "½ max |Ẍ| (e^L − 1)/L, with |Ẍ| ≤ 2.3 and L = 1",
        ),
    ]
}

/// The problem on which orders are measured: no closed form, curved in t and in x.
fn curved() -> Problem<Curved> {
    Problem::refined(Curved, 0.8, 1.0)
}

/// `flow-heun`.
pub const HEUN: Claim = Claim::new(
    "flow-heun",
    "Heun's method averages the velocities at both ends and is of order 2",
    |_| heun(&Heun),
    &[
        Slip::new("second velocity at time t", |_| heun(&HeunAtT)),
        Slip::new("second velocity at the old place", |_| heun(&HeunInPlace)),
    ],
);

nearly!(
    /// Heun's step with k₂ taken at time t.
    HeunAtT, 2, |field, t, h, x| {
        let k1 = field.velocity(t, x);
        let k2 = field.velocity(t, &x.plus(h, &k1));
        x.plus(h / 2.0, &k1).plus(h / 2.0, &k2)
    }
);
nearly!(
    /// Heun's step with k₂ taken at x.
    HeunInPlace, 2, |field, t, h, x| {
        let k1 = field.velocity(t, x);
        x.plus(h / 2.0, &k1).plus(h / 2.0, &field.velocity(t + h, x))
    }
);

/// The order of `method` on u = x cos t + sin x, and a step that must be exact.
fn heun(method: &impl OdeMethod) -> Vec<Evidence> {
    let errors = curved().errors(method, &halvings(5, 10));
    let line =
        integrate(method, &|t: f64, _: &f64| 2.0 * t, TimeGrid::new(0.3, 1.7, 3), 0.09);
    vec![
        Evidence::order(
            "32 to 1024 steps on u = x cos t + sin x",
            slope(&errors),
            2.0,
            0.05,
            "order 2; from 32 steps on the term of order h³ is a few percent",
        ),
        Evidence::at_most(
            "error of three steps for u = 2t",
            (line - 2.89).abs(),
            1e-14,
            "the trapezoid is exact for straight lines; ten roundings",
        ),
    ]
}

/// `flow-rk4`.
pub const RK4: Claim = Claim::new(
    "flow-rk4",
    "the classical Runge–Kutta method is of order 4",
    |_| rk4(&Rk4),
    &[
        Slip::new("equal weights", |_| rk4(&Rk4EqualWeights)),
        Slip::new("third velocity from the first", |_| rk4(&Rk4ThirdFromFirst)),
        Slip::new("fourth velocity at the middle", |_| rk4(&Rk4FourthInTheMiddle)),
    ],
);

/// The four velocities with the arguments that the slips change.
fn four<S: State>(
    field: &(impl VectorField<S> + ?Sized),
    (t, h, x): (f64, f64, &S),
    third_from_first: bool,
    last: f64,
) -> [S; 4] {
    let k1 = field.velocity(t, x);
    let k2 = field.velocity(t + h / 2.0, &x.plus(h / 2.0, &k1));
    let base = if third_from_first { &k1 } else { &k2 };
    let k3 = field.velocity(t + h / 2.0, &x.plus(h / 2.0, base));
    let k4 = field.velocity(t + last * h, &x.plus(h, &k3));
    [k1, k2, k3, k4]
}

nearly!(
    /// All four velocities weigh the same.
    Rk4EqualWeights, 4, |field, t, h, x| {
        let k = four(field, (t, h, x), false, 1.0);
        k.iter().fold(x.clone(), |y, k| y.plus(h / 4.0, k))
    }
);
nearly!(
    /// k₃ is taken where k₁ leads, as k₂ is.
    Rk4ThirdFromFirst, 4, |field, t, h, x| {
        let [k1, k2, k3, k4] = four(field, (t, h, x), true, 1.0);
        x.plus(h / 6.0, &k1).plus(h / 3.0, &k2).plus(h / 3.0, &k3).plus(h / 6.0, &k4)
    }
);
nearly!(
    /// k₄ is taken at t + h/2.
    Rk4FourthInTheMiddle, 4, |field, t, h, x| {
        let [k1, k2, k3, k4] = four(field, (t, h, x), false, 0.5);
        x.plus(h / 6.0, &k1).plus(h / 3.0, &k2).plus(h / 3.0, &k3).plus(h / 6.0, &k4)
    }
);

/// The order of `method` on u = x cos t + sin x, and a field it must integrate exactly.
fn rk4(method: &impl OdeMethod) -> Vec<Evidence> {
    let errors = curved().errors(method, &halvings(4, 8));
    let cubic =
        integrate(method, &|t: f64, _: &f64| t.powi(3), TimeGrid::new(0.3, 1.7, 3), 0.0);
    let exact = (1.7_f64.powi(4) - 0.3_f64.powi(4)) / 4.0;
    vec![
        Evidence::order(
            "16 to 256 steps on u = x cos t + sin x",
            slope(&errors),
            4.0,
            0.05,
            "order 4; fewer steps feel the term of order h⁵, more of them rounding",
        ),
        Evidence::at_most(
            "error of three steps for u = t³",
            (cubic - exact).abs(),
            1e-14,
            "Simpson's rule is exact for cubics; 15 roundings of numbers up to 2",
        ),
    ]
}
