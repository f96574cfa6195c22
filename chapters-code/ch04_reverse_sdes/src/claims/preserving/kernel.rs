//! The law of the equation from one start and from many, and its way back.

use super::{BETA, END, VP};
use crate::chains::link_over;
use crate::kernel::{moments, transition};
use crate::noising::{Backward, Noising};
use crate::problem::{HEAPS, SCHEDULE, two_heaps};
use crate::schedules::{Beta, Interval, NoiseSchedule, VariancePreserving};
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use ch01_flows::{Rk4, integrate};
use ch03_fokker_planck::{Smooth, fokker_planck};
use dynamics::{Increment, Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SVector, Vector2};
use rand::RngExt;

const START: Point<2> = Vector2::new(0.8, -0.5);

/// What might be α and σ.
#[derive(Clone, Copy)]
enum Kernel {
    /// Those of the page.
    Shown,
    /// α = e^{−B}.
    WholeExponent,
    /// σ² = 1 − e^{−B/2}.
    HalfExponent,
    /// As if a fifth of noise had come before t = 0.
    Late,
}

impl NoiseSchedule for Kernel {
    fn interval(&self) -> Interval {
        VP.interval
    }

    fn alpha<T: Number>(&self, t: T) -> T {
        let alpha = VP.alpha(t);
        match self {
            Self::WholeExponent => alpha * alpha,
            Self::Late => alpha * (-0.1_f64).exp(),
            Self::Shown | Self::HalfExponent => alpha,
        }
    }

    fn sigma<T: Number>(&self, t: T) -> T {
        match self {
            Self::HalfExponent => (-VP.alpha(t) + 1.0).sqrt(),
            Self::Late => (-self.alpha(t).powi(2) + 1.0).sqrt(),
            Self::Shown | Self::WholeExponent => VP.sigma(t),
        }
    }

    fn rate<T: Number>(&self, t: T) -> T {
        VP.rate(t)
    }

    fn noise_rate<T: Number>(&self, t: T) -> T {
        VP.noise_rate(t)
    }
}

impl Smooth<2> for Kernel {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> T {
        transition(self, t, x, &START)
    }
}

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// KL(p_{t|0} ‖ N(0, I)) in the plane.
fn divergence(kernel: Kernel, t: f64) -> f64 {
    let (alpha, sigma): (f64, f64) = (kernel.alpha(t), kernel.sigma(t));
    let variance = sigma * sigma;
    0.5 * alpha.powi(2) * START.norm_squared() + variance - 1.0 - variance.ln()
}

fn transition_check(seed: u64, kernel: Kernel) -> Vec<Evidence> {
    let mut draws = Stream::new(seed, "variance-preserving kernel").generator();
    let residual = |_| {
        let t = draws.random_range(0.05..1.0);
        let (alpha, sigma): (f64, f64) = (VP.alpha(t), VP.sigma(t));
        let around = Point::<2>::from_fn(|_, _| draws.random_range(-1.5..1.5));
        let x = START * alpha + around * sigma;
        fokker_planck(&Noising { schedule: VP }, &kernel, t, &x).relative()
    };
    let equation = largest((0..30).map(residual));
    let circle = [0.02, 0.2, 0.5, 0.9].map(|t: f64| {
        let (alpha, sigma): (f64, f64) = (kernel.alpha(t), kernel.sigma(t));
        (alpha.powi(2) + sigma.powi(2) - 1.0).abs()
    });
    let missing = [0.02, 0.2, 0.9].map(|t: f64| {
        let (alpha, sigma): (f64, f64) = (kernel.alpha(t), kernel.sigma(t));
        let h = 0.5 * sigma;
        let at = |i: i32| {
            let (row, column) = (f64::from(i / 41 - 20), f64::from(i % 41 - 20));
            kernel.at(t, &(START * alpha + Vector2::new(row, column) * h))
        };
        ((0..41 * 41).map(at).sum::<f64>() * h * h - 1.0).abs()
    });
    let (alpha, sigma): (f64, f64) = (kernel.alpha(0.0), kernel.sigma(0.0));
    let far: Vec<_> = [1.5, 1.75, 2.0, 2.25, 2.5]
        .map(|t: f64| ((-BETA.integral(t)).exp(), divergence(kernel, t)))
        .to_vec();
    vec![
        Evidence::at_most(
            "residual of the equation in the plane over its largest term, at 30 places",
            equation,
            1e-12,
            "rounding: derivatives are exact, carried by dual numbers",
        )
        .sampled(30, seed),
        Evidence::at_most(
            "distance of α² + σ² from 1 at 4 times",
            largest(circle),
            2e-15,
            "rounding of two squares",
        ),
        Evidence::at_most(
            "distance of all mass in the plane from 1 at 3 times",
            largest(missing),
            1e-13,
            "rounding of 1681 terms: a sum in steps of ½ σ misses 2 e^{−8π²}",
        ),
        Evidence::at_most(
            "distance of α(0) from 1 and of σ(0) from 0",
            (alpha - 1.0).abs() + sigma,
            0.0,
            "exactly",
        ),
        Evidence::order(
            "KL divergence from the standard normal law as a power of e^{−B}",
            slope(&far),
            1.0,
            0.02,
            "order 1; at the first time e^{−B} is 0.01, the size of the next term",
        ),
    ]
}

/// p_{t|0} = N(x₀ e^{−B/2}, (1 − e^{−B}) I).
pub const VP_TRANSITION: Claim = Claim::new(
    "rev-vp-transition",
    "from one start the law is normal, the squares of what is left and of what is new \
     add up to one, and in the end the start is forgotten",
    |seed| transition_check(seed, Kernel::Shown),
    &[
        Slip::new("the whole exponent in the mean", |seed| {
            transition_check(seed, Kernel::WholeExponent)
        }),
        Slip::new("half the exponent in the variance", |seed| {
            transition_check(seed, Kernel::HalfExponent)
        }),
        Slip::new("a start that is noised already", |seed| {
            transition_check(seed, Kernel::Late)
        }),
    ],
);

type Moments = fn(&VariancePreserving, f64, (f64, f64)) -> (f64, f64);

fn moments_check(seed: u64, moments: Moments) -> Vec<Evidence> {
    let start = (0.7, 0.4);
    let field = |t: f64, (m, v): &(f64, f64)| {
        let (a, g2) = (VP.rate(t), VP.noise_rate(t));
        (a * m, 2.0 * a * v + g2)
    };
    let (mean, variance) = integrate(&Rk4, &field, TimeGrid::new(0.0, END, 2000), start);
    let found = moments(&VP, END, start);
    let kept = moments(&VP, END, (0.7, 1.0)).1;
    // The two heaps, in 20 links until t = 0.1.
    let law = two_heaps(SCHEDULE);
    let (grid, mut draws) = (
        TimeGrid::new(0.0, 0.1, 20),
        Stream::new(seed, "two heaps, 20 links").generator(),
    );
    let links: Vec<_> =
        (0..20).map(|i| link_over(&SCHEDULE.beta, grid.time(i), grid.h())).collect();
    let walk = |_| {
        let start = law.sample(&mut draws)[0];
        links.iter().fold(start, |x, link| link.step(&x, &f64::draw(1.0, &mut draws)))
    };
    let places: Vec<f64> = (0..20_000).map(walk).collect();
    let data_mean: f64 = HEAPS.iter().map(|(w, m, _)| w * m).sum();
    let square: f64 = HEAPS.iter().map(|(w, m, s)| w * (m * m + s * s)).sum();
    let heaps = moments(&SCHEDULE, 0.1, (data_mean, square - data_mean * data_mean));
    vec![
        Evidence::at_most(
            "error of mean and variance",
            (found.0 - mean).abs() + (found.1 - variance).abs(),
            1e-12,
            "Runge–Kutta of order 4 in 2000 steps, with rates below 4: below 1e-12",
        ),
        Evidence::at_most(
            "error of unit variance",
            (kept - 1.0).abs(),
            1e-15,
            "rounding of two squares",
        ),
        Evidence::mean("two heaps at t = 0.1, mean", &places, heaps.0, seed),
        Evidence::variance("two heaps at t = 0.1, variance", &places, heaps.1, seed),
    ]
}

/// E X_t = e^{−B/2} E X₀, Var X_t = 1 + (Var X₀ − 1) e^{−B}.
pub const VP_MARGINAL_MOMENTS: Claim = Claim::new(
    "rev-vp-marginal-moments",
    "the mean fades, the variance goes to one and stays there",
    |seed| moments_check(seed, moments),
    &[
        Slip::new("the variance given the start", |seed| {
            moments_check(seed, |vp, t, (m, _)| moments(vp, t, (m, 0.0)))
        }),
        Slip::new("the mean faded twice", |seed| {
            moments_check(seed, |vp, t, (m, v)| moments(vp, t, (m * vp.alpha(t), v)))
        }),
        Slip::new("the variance faded like the mean", |seed| {
            moments_check(seed, |vp, t, (m, v)| {
                (moments(vp, t, (m, v)).0, 1.0 + (v - 1.0) * vp.alpha(t))
            })
        }),
    ],
);

type Back = Backward<VariancePreserving, ()>;

/// Factors of the place and of the score, and g², in τ.
type Way = fn(&Back, f64) -> (f64, f64, f64);

fn shown(back: &Back, tau: f64) -> (f64, f64, f64) {
    let (place, score) = back.factors(tau);
    (place, score, back.noise_rate(tau))
}

/// The variance at t = 0 that the way back makes of that at T, for data N(0, ¼) whose
/// score is −x/v_t.
fn variance_back(beta: Beta, end: f64, way: Way) -> f64 {
    let schedule = VariancePreserving { beta, interval: Interval { start: 0.0, end } };
    let back = Backward { schedule, score: (), lambda: 1.0 };
    let noised = |t: f64| moments(&schedule, t, (0.0, 0.25)).1;
    let field = |tau: f64, v: &f64| {
        let (place, score, g2) = way(&back, tau);
        2.0 * (place - score / noised(back.forward_time(tau))) * v + g2
    };
    integrate(&Rk4, &field, TimeGrid::new(0.0, end, 2000), noised(end))
}

fn reverse_check(way: Way) -> Vec<Evidence> {
    let flat = Beta { start: 1.0, end: 1.0 };
    let because =
        "Runge–Kutta of order 4: rates up to 7 in steps of 0.0015, (0.011)⁴/120";
    vec![
        Evidence::at_most(
            "error of the variance ¼ of the data, β = 1 over three units of time",
            (variance_back(flat, 3.0, way) - 0.25).abs(),
            1e-9,
            because,
        ),
        Evidence::at_most(
            "the same with β from 0.3 to 4 over one unit of time",
            (variance_back(BETA, 1.0, way) - 0.25).abs(),
            1e-9,
            because,
        ),
    ]
}

/// dX = [−½ β X − β ∇log p] dt + √β dW̄, dt < 0.
pub const VP_REVERSE: Claim = Claim::new(
    "rev-vp-reverse",
    "run back, variance-preserving noise gives the variance of the data again",
    |_| reverse_check(shown),
    &[
        Slip::printed("the same coefficients with time running on", "E003-26", |_| {
            reverse_check(|back, tau| {
                let (place, score, g2) = shown(back, tau);
                (-place, -score, g2)
            })
        }),
        Slip::new("half the score", |_| {
            reverse_check(|back, tau| {
                let (place, score, g2) = shown(back, tau);
                (place, 0.5 * score, g2)
            })
        }),
        Slip::new("the drift of the way there", |_| {
            reverse_check(|back, tau| {
                let (place, score, g2) = shown(back, tau);
                (-place, score, g2)
            })
        }),
        Slip::new("β for its root", |_| {
            reverse_check(|back, tau| {
                let (place, score, g2) = shown(back, tau);
                (place, score, g2 * g2)
            })
        }),
    ],
);
