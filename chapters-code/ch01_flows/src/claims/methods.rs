//! The methods: what one step leaves out, and the orders of all of them.

use super::draws::{largest, relative};
use crate::fields::{Curved, Growth};
use crate::orders::{Problem, halvings, slope};
use crate::sampler::sample;
use crate::simulator::{EulerMaruyama, Noisy, OdeSimulator, SdeSimulator, Simulator};
use crate::step_count::faulty_loop;
use crate::taylor::{leading_remainder, remainder};
use crate::{DormandPrince, Euler, Heun, Rk4, Tolerance, integrate, integrate_adaptive};
use dynamics::{
    Embedded, Normed, OdeMethod, Sde, SdeMethod, State, Stream, TimeGrid, VectorField,
};
use evidence::{Claim, Evidence, Slip};
use num_dual::Dual64;
use std::cell::RefCell;
use std::sync::Mutex;

/// `flow-taylor-remainder`.
pub const TAYLOR_REMAINDER: Claim = Claim::new(
    "flow-taylor-remainder",
    "what a straight step leaves out is half the step times the acceleration",
    |_| taylor_remainder(|t, x| leading_remainder(|t, x| Growth.at(t, x), t, x)),
    &[
        Slip::new("the change of place forgotten", |_| {
            // The field held at the place x: only its change in time is left.
            taylor_remainder(|t, x| {
                leading_remainder(|t, _| Growth.at(t, Dual64::from(x)), t, x)
            })
        }),
        Slip::new("the change of time forgotten", |_| {
            taylor_remainder(|t, x| {
                leading_remainder(|_, x| Growth.at(Dual64::from(t), x), t, x)
            })
        }),
        Slip::new("the half forgotten", |_| {
            taylor_remainder(|t, x| 2.0 * leading_remainder(|t, x| Growth.at(t, x), t, x))
        }),
    ],
);

/// R/h of the exact flow against `leading`, and the order of R.
fn taylor_remainder(leading: fn(f64, f64) -> f64) -> Vec<Evidence> {
    let (t, x) = (0.4, 1.3);
    let left_out =
        |h: f64| remainder(x, Growth.flow_between(t, t + h, x), Growth.at(t, x), h);
    let errors: Vec<_> =
        (6..=10).map(|k| 0.5_f64.powi(k)).map(|h| (h, left_out(h).abs())).collect();
    let h = 1e-4;
    vec![
        Evidence::order(
            "what Euler's step leaves out",
            slope(&errors),
            1.0,
            0.05,
            "order 1; h from 1/64 to 1/1024, where the next term is below 3 %",
        ),
        Evidence::at_most(
            "R/h at h = 1e-4, relative difference from ½(∂u/∂t + (∂u/∂x) u)",
            relative(left_out(h) / h, leading(t, x)),
            1e-3,
            "the next term, of order h, with a coefficient below ten",
        ),
    ]
}

/// The problem on which orders are measured: no closed form, curved in t and in x.
fn curved() -> Problem<Curved> {
    Problem::refined(Curved, 0.8, 1.0)
}

/// Declares a method that is nearly one of the chapter's.
macro_rules! nearly {
    ($(#[$doc:meta])* $name:ident, $order:expr, |$field:ident, $t:ident, $h:ident, $x:ident| $step:expr) => {
        $(#[$doc])*
        struct $name;

        impl OdeMethod for $name {
            const ORDER: u32 = $order;

            fn step<S: State>(
                &self,
                $field: &(impl VectorField<S> + ?Sized),
                $t: f64,
                $h: f64,
                $x: &S,
            ) -> S {
                $step
            }
        }
    };
}

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

/// `flow-euler-sampler`.
pub const EULER_SAMPLER: Claim = Claim::new(
    "flow-euler-sampler",
    "the sampler evaluates its field exactly n times, at the times i/n",
    |seed| {
        euler_sampler(
            |field, n, x0, seed| {
                sample(
                    field,
                    n,
                    |_| x0,
                    &mut Stream::new(seed, "flow-euler-sampler").generator(),
                )
            },
            seed,
        )
    },
    &[
        Slip::printed("while t < 1 round the loop", "E000-05", |seed| {
            euler_sampler(
                |field, n, x0, _| {
                    let x = RefCell::new(x0);
                    faulty_loop(n, |t, h| {
                        let moved = Euler.step(field, t, h, &*x.borrow());
                        x.replace(moved);
                    });
                    x.into_inner()
                },
                seed,
            )
        }),
        Slip::new("time added up", |seed| {
            euler_sampler(
                |field, n, mut x, _| {
                    let (mut t, h) = (0.0, 1.0 / n as f64);
                    for _ in 0..n {
                        x = Euler.step(field, t, h, &x);
                        t += h;
                    }
                    x
                },
                seed,
            )
        }),
        Slip::new("times at the ends of the steps", |seed| {
            euler_sampler(
                |field, n, x0, _| {
                    let h = 1.0 / n as f64;
                    (1..=n).fold(x0, |x, i| Euler.step(field, i as f64 / n as f64, h, &x))
                },
                seed,
            )
        }),
    ],
);

/// A sampler: field, number of steps, start, seed.
type Sampler = fn(&dyn VectorField<f64>, usize, f64, u64) -> f64;

/// The result for n = 10; evaluations and their times for n = 1 … 1000.
fn euler_sampler(sampler: Sampler, seed: u64) -> Vec<Evidence> {
    let (mut wrong, mut off) = (0, 0.0_f64);
    for n in 1..=1000 {
        let times = Mutex::new(Vec::with_capacity(2 * n));
        let watched = |t: f64, x: &f64| {
            times.lock().expect("one thread").push(t);
            Growth.at(t, *x)
        };
        sampler(&watched, n, 1.3, seed);
        let times = times.into_inner().expect("one thread");
        wrong += usize::from(times.len() != n);
        let errors = times.iter().zip(0..n).map(|(t, i)| (t - i as f64 / n as f64).abs());
        off = off.max(largest(errors));
    }
    let expected = integrate(&Euler, &Growth, TimeGrid::new(0.0, 1.0, 10), 1.3);
    vec![
        Evidence::at_most(
            "distance from Euler's method with 10 steps",
            (sampler(&Growth, 10, 1.3, seed) - expected).abs(),
            0.0,
            "the same operations give the same bits",
        ),
        Evidence::at_most(
            "largest distance of time i from i/n",
            off,
            0.0,
            "the same bits",
        ),
        Evidence::at_most(
            "how many n from 1 to 1000 need other than n evaluations",
            wrong as f64,
            0.0,
            "counted",
        ),
    ]
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

/// `flow-simulator-interface`.
pub const SIMULATOR_INTERFACE: Claim = Claim::new(
    "flow-simulator-interface",
    "without noise Euler–Maruyama is Euler, and a simulation is the end of its trajectory",
    |seed| simulator(EulerMaruyama, seed),
    &[
        Slip::new("drift at the end of the step", |seed| simulator(DriftAtTheEnd, seed)),
        Slip::new("noise weighed by h", |seed| simulator(NoiseTimesH, seed)),
        Slip::new("noise forgotten", |seed| simulator(Noiseless, seed)),
    ],
);

/// Declares a method for SDEs that is nearly Euler–Maruyama.
macro_rules! nearly_maruyama {
    ($(#[$doc:meta])* $name:ident, |$sde:ident, $t:ident, $h:ident, $x:ident, $dw:ident| $step:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        struct $name;

        impl<E: Sde<f64>> SdeMethod<E, f64, f64> for $name {
            const STRONG_ORDER: f64 = 0.5;
            const WEAK_ORDER: f64 = 1.0;

            fn step(&self, $sde: &E, $t: f64, $h: f64, $x: &f64, $dw: &f64) -> f64 {
                $step
            }
        }
    };
}

nearly_maruyama!(
    /// The drift is taken at t + h.
    DriftAtTheEnd, |sde, t, h, x, dw| {
        x.plus(h, &sde.drift(t + h, x)).plus(1.0, &sde.noise(t, x, dw))
    }
);
nearly_maruyama!(
    /// The noise, which is of size √h already, is multiplied by h.
    NoiseTimesH, |sde, t, h, x, dw| {
        x.plus(h, &sde.drift(t, x)).plus(h, &sde.noise(t, x, dw))
    }
);
nearly_maruyama!(
    /// No noise at all.
    Noiseless, |sde, t, h, x, _dw| x.plus(h, &sde.drift(t, x))
);

/// `method` without noise against Euler, with a given increment against the formula, and
/// both ways to simulate against one another.
fn simulator<M: SdeMethod<Noisy<Curved>, f64, f64> + Copy>(
    method: M,
    seed: u64,
) -> Vec<Evidence> {
    let grid = TimeGrid::new(0.0, 1.0, 100);
    let generator = Stream::new(seed, "flow-simulator-interface").generator();
    let simulator = |diffusion| {
        let sde = Noisy { field: Curved, diffusion };
        SdeSimulator { method, sde, generator: generator.clone() }
    };
    let quiet = simulator(0.0).simulate_trajectory(grid, 0.8);
    let euler =
        OdeSimulator { method: Euler, field: Curved }.simulate_trajectory(grid, 0.8);
    let different =
        quiet.iter().zip(&euler).filter(|(a, b)| a.to_bits() != b.to_bits()).count();
    let sde = Noisy { field: Curved, diffusion: 0.7 };
    let (t, h, x, dw) = (0.3, 0.04, 0.8, -0.27);
    let step = method.step(&sde, t, h, &x, &dw) - (x + h * Curved.at(t, x) + 0.7 * dw);
    let path = simulator(0.7).simulate_trajectory(grid, 0.8);
    let end = simulator(0.7).simulate(grid, 0.8);
    vec![
        Evidence::at_most(
            "points of 101 that differ from Euler's where the noise is zero",
            different as f64,
            0.0,
            "the same bits",
        ),
        Evidence::at_most(
            "a step with noise against x + h f + g ΔW",
            step.abs(),
            1e-15,
            "three roundings of numbers below 1",
        ),
        Evidence::at_most(
            "the simulated end against the end of the trajectory with the same noise",
            (end - path[grid.steps]).abs(),
            0.0,
            "the same bits",
        )
        .sampled(100, seed),
    ]
}
