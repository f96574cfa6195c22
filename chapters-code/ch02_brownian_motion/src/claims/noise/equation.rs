//! From a velocity to an equation with noise, and what the equation says.

use super::Left;
use crate::integral::{integral_defect, noisy_remainder};
use crate::{
    Boat, CorrelatedNoise, EulerMaruyama, GeometricBrownian, OrnsteinUhlenbeck,
    brownian_path, covariance_rate, follow,
};
use ch01_flows::orders::{halvings, slope};
use ch01_flows::quadrature::trapezoid;
use dynamics::{Increment, Point, Sde, SdeMethod, State, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, Matrix3};
use std::f64::consts::TAU;

/// What a step leaves out: equation, t, h, x, ΔW, exact end.
type Remainder = fn(&dyn Sde<f64>, f64, f64, f64, f64, f64) -> f64;

/// `bm-ode-to-sde`.
pub const ODE_TO_SDE: Claim = Claim::new(
    "bm-ode-to-sde",
    "a straight step plus an increment of noise leaves out three halves of an order if the \
     strength of the noise does not depend on the place, and one order if it does",
    |_| ode_to_sde(|sde, t, h, x, dw, exact| noisy_remainder(sde, t, h, x, dw, exact)),
    &[
        Slip::new("noise of the size of the step", |_| {
            ode_to_sde(|sde, t, h, x, dw, exact| {
                noisy_remainder(sde, t, h, x, dw * h.sqrt(), exact)
            })
        }),
        Slip::new("the velocity left out", |_| {
            ode_to_sde(|sde, t, h, x, dw, exact| {
                noisy_remainder(sde, t, h, x, dw, exact) + h * sde.drift(t, &x)
            })
        }),
    ],
);

fn ode_to_sde(remainder: Remainder) -> Vec<Evidence> {
    let additive = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.6 };
    let growth = GeometricBrownian { growth: 0.4, volatility: 0.7 };
    let x = 1.3;
    // The exact step is x e^{−θh} + g I with I = ∫ e^{−θ(h − r)} dW. All is linear in I and
    // ΔW, whose covariances are known: the mean square needs no draws.
    let linear = |h: f64| {
        let (theta, g) = (additive.rate, additive.diffusion);
        let at = |i: f64, dw: f64| {
            remainder(&additive, 0.0, h, x, dw, x * (-theta * h).exp() + g * i)
        };
        let still = at(0.0, 0.0);
        let (by_i, by_w) = (at(1.0, 0.0) - still, at(0.0, 1.0) - still);
        let variance = -(-2.0 * theta * h).exp_m1() / (2.0 * theta);
        let covariance = -(-theta * h).exp_m1() / theta;
        let noise =
            by_i * by_i * variance + 2.0 * by_i * by_w * covariance + by_w * by_w * h;
        (still * still + noise).sqrt()
    };
    // Here the end is known from ΔW alone: one integral over its law.
    let proportional = |h: f64| {
        let square = |z: f64| {
            let dw = h.sqrt() * z;
            let exact = growth.solution(x, h, dw);
            let left = remainder(&growth, 0.0, h, x, dw, exact);
            left * left * (-z * z / 2.0).exp() / TAU.sqrt()
        };
        trapezoid(square, -10.0, 10.0, 200).sqrt()
    };
    let errors = |left: &dyn Fn(f64) -> f64| -> Vec<_> {
        halvings(6, 11).iter().map(|&n| 1.0 / n as f64).map(|h| (h, left(h))).collect()
    };
    let (constant, growing) = (errors(&linear), errors(&proportional));
    let (h, last) = constant[constant.len() - 1];
    let leading = additive.diffusion * additive.rate * (h.powi(3) / 3.0).sqrt();
    let next = "h from 1/64 to 1/2048, where the next term is a few percent";
    vec![
        Evidence::order(
            "root mean square remainder with constant noise",
            slope(&constant),
            1.5,
            0.05,
            next,
        ),
        Evidence::at_most(
            "its ratio to g θ √(h³/3) at h = 1/2048, distance from 1",
            (last / leading - 1.0).abs(),
            0.01,
            "the term of order h² has the variance (½θ²x h²)², a thousandth of it",
        ),
        Evidence::order(
            "root mean square remainder with noise ς x",
            slope(&growing),
            1.0,
            0.05,
            next,
        ),
    ]
}

/// The defect of an equation on a path, on the line and for the boat.
struct Meaning {
    line: fn(&GeometricBrownian, &[f64], &[f64], &[f64]) -> f64,
    boat: fn(&Boat, &[f64], &[Point<2>], &[Point<3>]) -> Point<3>,
}

impl Meaning {
    const TRUE: Self = Self { line: integral_defect, boat: integral_defect };
}

/// `bm-sde`.
pub const SDE: Claim = Claim::new(
    "bm-sde",
    "a solution of an equation with noise is a path whose change is the integral of the \
     drift plus the integral of the matrix against the noise, rows for the coordinates and \
     columns for the noises",
    |seed| sde(&Meaning::TRUE, seed),
    &[
        Slip::printed("a matrix with one column", "E004-01", |seed| {
            // G maps to ℝ³ and multiplies one number.
            let boat = |boat: &Boat, times: &[f64], path: &[Point<2>], states: &[_]| {
                let path: Vec<_> = path.iter().map(|w| w.x).collect();
                integral_defect(&OneColumn(*boat), times, &path, states)
            };
            sde(&Meaning { boat, ..Meaning::TRUE }, seed)
        }),
        Slip::new("noise of the size of the step", |seed| {
            let meaning = Meaning {
                line: |sde, times, path, x| {
                    let root = (times[1] - times[0]).sqrt();
                    let small: Vec<_> = path.iter().map(|w| root * w).collect();
                    integral_defect(sde, times, &small, x)
                },
                boat: |sde, times, path, x| {
                    let root = (times[1] - times[0]).sqrt();
                    let small: Vec<_> = path.iter().map(|w| w * root).collect();
                    integral_defect(sde, times, &small, x)
                },
            };
            sde(&meaning, seed)
        }),
        Slip::new("the matrix taken at the end of the step", |seed| {
            sde(&Meaning { line: at_the_end, boat: at_the_end }, seed)
        }),
    ],
);

/// The boat with G = (s cos α, s sin α, c)ᵀ and one noise.
struct OneColumn(Boat);

impl Sde<Point<3>, f64> for OneColumn {
    fn drift(&self, t: f64, x: &Point<3>) -> Point<3> {
        self.0.drift(t, x)
    }

    fn noise(&self, t: f64, x: &Point<3>, dw: &f64) -> Point<3> {
        self.0.noise(t, x, &Point::<2>::new(*dw, *dw))
    }
}

/// The defect with G(tᵢ₊₁, Xᵢ₊₁) before the increment.
fn at_the_end<S: State, W: Increment>(
    sde: &impl Sde<S, W>,
    times: &[f64],
    path: &[W],
    states: &[S],
) -> S {
    let n = states.len() - 1;
    let mut defect = states[n].plus(-1.0, &states[0]);
    for i in 0..n {
        let (h, dw) = (times[i + 1] - times[i], path[i + 1].plus(-1.0, &path[i]));
        defect = defect
            .plus(-h, &sde.drift(times[i], &states[i]))
            .plus(-1.0, &sde.noise(times[i + 1], &states[i + 1], &dw));
    }
    defect
}

fn sde(meaning: &Meaning, seed: u64) -> Vec<Evidence> {
    let end = 1.3;
    let growth = GeometricBrownian { growth: 0.4, volatility: 0.5 };
    let line = Left::over(end, &halvings(5, 9), 500, (seed, "bm-sde"), |n, generator| {
        let grid = TimeGrid::new(0.0, end, n);
        let times: Vec<f64> = grid.times().collect();
        let path: Vec<f64> = brownian_path(grid, generator);
        let solution: Vec<_> =
            times.iter().zip(&path).map(|(&t, &w)| growth.solution(0.8, t, w)).collect();
        (meaning.line)(&growth, &times, &path, &solution)
    });
    // No closed form for the boat: its path is followed on a grid eight times as fine.
    let boat = Boat { speed: 0.6, surge: 0.9, turning: 1.1 };
    let start = Point::<3>::new(0.2, -0.5, 0.7);
    let sea =
        Left::over(end, &halvings(6, 9), 300, (seed, "bm-sde, boat"), |n, draws| {
            let grid = TimeGrid::new(0.0, end, 8 * n);
            let times: Vec<f64> = grid.times().collect();
            let path: Vec<Point<2>> = brownian_path(grid, draws);
            let states = follow(&EulerMaruyama, &boat, &times, &path, start);
            let (times, path, states) = (thin(&times), thin(&path), thin(&states));
            (meaning.boat)(&boat, &times, &path, &states).norm()
        });
    vec![
        line.order("defect of geometric Brownian motion", 0.5),
        sea.order("defect of the boat, three coordinates and two noises", 0.5),
    ]
}

/// Every eighth value.
fn thin<T: Clone>(values: &[T]) -> Vec<T> {
    values.iter().step_by(8).cloned().collect()
}

/// The rate of the covariance: equation, Q, t, x.
struct Rate {
    plane: fn(&OrnsteinUhlenbeck, &Matrix2<f64>, &Point<2>) -> Matrix2<f64>,
    boat: fn(&Boat, &Matrix2<f64>, &Point<3>) -> Matrix3<f64>,
}

impl Rate {
    const TRUE: Self = Self {
        plane: |sde, q, x| covariance_rate(sde, q, 0.0, x),
        boat: |sde, q, x| covariance_rate(sde, q, 0.0, x),
    };
}

/// `bm-infinitesimal-moments`.
pub const INFINITESIMAL_MOMENTS: Claim = Claim::new(
    "bm-infinitesimal-moments",
    "in a short time the mean moves by the drift times the time, and the covariance grows by \
     the matrix, the covariance of the noise and the transposed matrix, times the time",
    |seed| infinitesimal(&Rate::TRUE, seed),
    &[
        Slip::printed("the covariance of the noise forgotten", "E003-01", |seed| {
            infinitesimal(
                &Rate {
                    plane: |sde, _, x| covariance_rate(sde, &Matrix2::identity(), 0.0, x),
                    boat: |sde, _, x| covariance_rate(sde, &Matrix2::identity(), 0.0, x),
                },
                seed,
            )
        }),
        Slip::printed("the mean in place of the variance", "E004-34", |seed| {
            infinitesimal(
                &Rate {
                    plane: |sde, _, x| Matrix2::from_diagonal(&sde.drift(0.0, x)),
                    boat: |sde, _, x| Matrix3::from_diagonal(&sde.drift(0.0, x)),
                },
                seed,
            )
        }),
        Slip::new("g in place of its square", |seed| {
            let plane: fn(&_, &_, &_) -> _ =
                |sde: &OrnsteinUhlenbeck, q: &_, _: &_| q * sde.diffusion;
            infinitesimal(&Rate { plane, ..Rate::TRUE }, seed)
        }),
    ],
);

fn infinitesimal(rate: &Rate, seed: u64) -> Vec<Evidence> {
    let q = Matrix2::new(1.7, 0.6, 0.6, 0.8);
    // The transition of this equation over h is known: mean x e^{−θh}, covariance
    // g² Q (1 − e^{−2θh})/2θ.
    let ou = OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.6 };
    let x = Point::<2>::new(1.3, -0.4);
    let a = (rate.plane)(&ou, &q, &x);
    let steps: Vec<f64> = halvings(6, 10).iter().map(|&n| 1.0 / n as f64).collect();
    let defect = |h: f64| {
        let gained = -(-2.0 * ou.rate * h).exp_m1() / (2.0 * ou.rate);
        (q * (ou.diffusion.powi(2) * gained / h) - a).norm()
    };
    let drift = |h: f64| (x * ((-ou.rate * h).exp_m1() / h) - ou.drift(0.0, &x)).norm();
    let order = |f: &dyn Fn(f64) -> f64| {
        slope(&steps.iter().map(|&h| (h, f(h))).collect::<Vec<_>>())
    };
    let next = "h from 1/64 to 1/1024, where the next term is below a percent";
    let mut evidence = vec![
        Evidence::order(
            "mean of a change over h, less f",
            order(&drift),
            1.0,
            0.02,
            next,
        ),
        Evidence::order(
            "covariance of a change over h, less G Q Gᵀ",
            order(&defect),
            1.0,
            0.02,
            next,
        ),
    ];
    // The matrix of the boat, written out.
    let boat = Boat { speed: 1.3, surge: 0.9, turning: 0.7 };
    let (start, h) = (Point::<3>::new(0.2, -0.5, 0.7), 0.09);
    let (sin, cos) = start.z.sin_cos();
    let along = 0.81 * cos * sin;
    let written = Matrix3::new(
        0.81 * cos * cos,
        along,
        0.0,
        along,
        0.81 * sin * sin,
        0.0,
        0.0,
        0.0,
        0.49,
    );
    evidence.push(Evidence::at_most(
        "G Gᵀ of the boat, distance from the matrix written out",
        ((rate.boat)(&boat, &Matrix2::identity(), &start) - written).norm(),
        1e-15,
        "rounding of numbers below one",
    ));
    // One step of it with correlated noise.
    let noise = CorrelatedNoise::cholesky(q).expect("a covariance");
    let mut generator = Stream::new(seed, "bm-infinitesimal-moments").generator();
    let changes: Vec<Point<3>> = (0..20_000)
        .map(|_| {
            let dw = noise.draw(h, &mut generator);
            EulerMaruyama.step(&boat, 0.0, h, &start, &dw) - start
        })
        .collect();
    let along = |i: usize| changes.iter().map(|x| x[i]).collect::<Vec<_>>();
    let (f, a) = (boat.drift(0.0, &start), (rate.boat)(&boat, &q, &start));
    evidence.extend((0..3).map(|i| {
        let what = format!("mean change of coordinate {} of the boat in one step", i + 1);
        Evidence::mean(what, &along(i), f[i] * h, seed)
    }));
    for (i, j) in [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2)] {
        let what = format!("covariance of its coordinates {} and {}", i + 1, j + 1);
        let (xs, ys) = (along(i), along(j));
        evidence.push(Evidence::covariance(what, &xs, &ys, a[(i, j)] * h, seed));
    }
    evidence
}
