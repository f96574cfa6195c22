//! The Ornstein–Uhlenbeck process: its solution, its exact step, Euler–Maruyama's bias.

use crate::{EulerMaruyama, ExactOu, OrnsteinUhlenbeck, brownian_path, follow, simulate};
use ch01_flows::orders::{halvings, slope};
use ch01_flows::quadrature::GaussLegendre;
use ch01_flows::{Rk4, integrate};
use dynamics::{Point, Sde, SdeMethod, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip, mean_and_error};
use statrs::distribution::{ContinuousCDF, Normal};

/// The process of the checks.
const OU: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.6 };
/// Its start.
const START: f64 = 1.7;
/// The end of the paths.
const END: f64 = 1.5;
/// Steps of the grid on which the integral is summed.
const FINE: usize = 1 << 13;
/// Paths.
const COUNT: usize = 400;

/// X on a path: the process, the times, the values of W there, the start.
type OnPath = fn(&OrnsteinUhlenbeck, &[f64], &[f64], f64) -> f64;

/// `bm-ou-sde`.
pub const SDE: Claim = Claim::new(
    "bm-ou-sde",
    "the pulled process is what its start and each increment of the noise have decayed to",
    |seed| sde(&OU, OrnsteinUhlenbeck::on_path, true, seed),
    &[
        Slip::printed("the formula on another path", "E000-04", |seed| {
            sde(&OU, OrnsteinUhlenbeck::on_path, false, seed)
        }),
        Slip::printed("a network for x, which may be −x", "E000-12", |seed| {
            let pushed = OrnsteinUhlenbeck { rate: -OU.rate, ..OU };
            sde(&pushed, OrnsteinUhlenbeck::on_path, true, seed)
        }),
        Slip::new("the noise ages from the start on", |seed| {
            let aged: OnPath = |ou, times, path, x0| {
                let sum: f64 = (0..times.len() - 1)
                    .map(|i| (-ou.rate * times[i]).exp() * (path[i + 1] - path[i]))
                    .sum();
                let t = times[times.len() - 1] - times[0];
                (-ou.rate * t).exp() * x0 + ou.diffusion * sum
            };
            sde(&OU, aged, true, seed)
        }),
        Slip::new("the noise does not age", |seed| {
            let kept: OnPath = |ou, times, path, x0| {
                let (r, t) = (times[0], times[times.len() - 1]);
                let w = path[path.len() - 1] - path[0];
                (-ou.rate * (t - r)).exp() * x0 + ou.diffusion * w
            };
            sde(&OU, kept, true, seed)
        }),
    ],
);

/// Euler–Maruyama for `equation` against `formula`, path by path, or each on its own.
fn sde(
    equation: &impl Sde<f64>,
    formula: OnPath,
    same: bool,
    seed: u64,
) -> Vec<Evidence> {
    let (errors, ends) = distances(&EulerMaruyama, equation, formula, same, seed);
    let (h, last) = &errors[errors.len() - 1];
    let (square, error) = mean_and_error(last.iter().map(|e| e * e));
    let times: Vec<f64> = TimeGrid::new(0.0, END, FINE).times().collect();
    // On the smooth path W_t = t the integral can be done.
    let smooth = formula(&OU, &times, &times, START);
    let decay = (-OU.rate * END).exp();
    let expected = decay * START + OU.diffusion * (1.0 - decay) / OU.rate;
    vec![
        Evidence::order(
            "Euler–Maruyama against the formula, root mean square of 400 paths",
            slope(&roots(&errors)),
            1.0,
            0.1,
            "order 1 for noise that does not depend on x; with 8 steps the next term is 7 %",
        )
        .sampled(COUNT as u64, seed),
        Evidence::errors(
            "mean square distance with 128 steps, by the isometry",
            square,
            euler_distance(*h),
            error,
            COUNT as u64,
            seed,
        ),
        Evidence::mean("mean of X, e^(−θt) x₀", &ends, decay * START, seed),
        Evidence::at_most(
            "error of the formula on the path W = t",
            (smooth - expected).abs(),
            OU.diffusion * END / FINE as f64 / 2.0,
            "a sum with the left ends errs by at most half a step times the growth of the \
             integrand, which is below 1",
        ),
    ]
}

/// Steps h with the distances at `END` of a method from the formula, path by path, and the
/// formula's ends.
fn distances<M, E>(
    method: &M,
    equation: &E,
    formula: OnPath,
    same: bool,
    seed: u64,
) -> (Vec<(f64, Vec<f64>)>, Vec<f64>)
where
    E: Sde<f64>,
    M: SdeMethod<E, f64, f64>,
{
    let fine = TimeGrid::new(0.0, END, FINE);
    let times: Vec<f64> = fine.times().collect();
    let stream = Stream::new(seed, "Ornstein–Uhlenbeck on a path");
    let path = |k: u64| brownian_path::<f64>(fine, &mut stream.chunk(k));
    let paths: Vec<_> = (0..COUNT as u64).map(path).collect();
    let ends: Vec<f64> =
        paths.iter().map(|path| formula(&OU, &times, path, START)).collect();
    let shift = usize::from(!same);
    let at = |n: usize| {
        let every = FINE / n;
        let coarse =
            |all: &[f64]| -> Vec<f64> { all.iter().step_by(every).copied().collect() };
        let coarse_times = coarse(&times);
        let errors = (0..COUNT).map(|k| {
            let path = coarse(&paths[(k + shift) % COUNT]);
            let states = follow(method, equation, &coarse_times, &path, START);
            states[n] - ends[k]
        });
        (END / n as f64, errors.collect())
    };
    (halvings(3, 7).into_iter().map(at).collect(), ends)
}

/// Root mean squares.
fn roots(errors: &[(f64, Vec<f64>)]) -> Vec<(f64, f64)> {
    let root =
        |all: &[f64]| (all.iter().map(|e| e * e).sum::<f64>() / all.len() as f64).sqrt();
    errors.iter().map(|(h, all)| (*h, root(all))).collect()
}

/// E |X_n − X|² of Euler–Maruyama at `END`: what each moment's noise has become, in n steps
/// and in truth, squared and integrated.
fn euler_distance(h: f64) -> f64 {
    let n = (END / h).round() as usize;
    let (rule, factor) = (GaussLegendre::new(8), 1.0 - OU.rate * h);
    let truth = |age: f64| (-OU.rate * age).exp();
    let noise: f64 = (0..n)
        .map(|k| {
            let steps = factor.powi(k as i32);
            let apart = |age: f64| (steps - truth(age)).powi(2);
            rule.integral(apart, h * k as f64, h * (k + 1) as f64)
        })
        .sum();
    let start = (factor.powi(n as i32) - truth(END)) * START;
    start * start + OU.diffusion.powi(2) * noise
}

/// `bm-ou-exact-step`.
pub const EXACT_STEP: Claim = Claim::new(
    "bm-ou-exact-step",
    "one step of any length has the law of the process, and two of half the length as well",
    |seed| exact_step(&ExactOu, seed),
    &[
        Slip::new("the noise decays at the rate of the mean", |seed| {
            exact_step(
                &Nearly(|ou, h| {
                    let variance =
                        ou.diffusion.powi(2) * -(-ou.rate * h).exp_m1() / (2.0 * ou.rate);
                    ((-ou.rate * h).exp(), variance)
                }),
                seed,
            )
        }),
        Slip::new("the noise of Euler–Maruyama", |seed| {
            exact_step(
                &Nearly(|ou, h| ((-ou.rate * h).exp(), ou.diffusion.powi(2) * h)),
                seed,
            )
        }),
        Slip::new("variance for deviation", |seed| {
            exact_step(
                &Nearly(|ou, h| {
                    let (factor, variance) = ou.transition(h);
                    (factor, variance * variance)
                }),
                seed,
            )
        }),
        Slip::new("Euler–Maruyama's step", |seed| exact_step(&EulerMaruyama, seed)),
    ],
);

/// A step with another factor and another variance.
struct Nearly(fn(&OrnsteinUhlenbeck, f64) -> (f64, f64));

impl SdeMethod<OrnsteinUhlenbeck, f64, f64> for Nearly {
    const STRONG_ORDER: f64 = 1.0;
    const WEAK_ORDER: f64 = 1.0;

    fn step(&self, ou: &OrnsteinUhlenbeck, _t: f64, h: f64, x: &f64, dw: &f64) -> f64 {
        let (factor, variance) = (self.0)(ou, h);
        x * factor + (variance / h).sqrt() * dw
    }
}

/// Factor of the mean, and variance, that one step gives.
fn one_step(
    method: &impl SdeMethod<OrnsteinUhlenbeck, f64, f64>,
    ou: &OrnsteinUhlenbeck,
    h: f64,
) -> (f64, f64) {
    let deviation = method.step(ou, 0.3, h, &0.0, &h.sqrt());
    (method.step(ou, 0.3, h, &1.0, &0.0), deviation * deviation)
}

/// Half steps, the equations of the moments, a very long step, and sampled laws.
fn exact_step(
    method: &impl SdeMethod<OrnsteinUhlenbeck, f64, f64>,
    seed: u64,
) -> Vec<Evidence> {
    let halves = [0.03, 0.7, 3.1].map(|h| {
        let ((f, v), (whole, variance)) =
            (one_step(method, &OU, h / 2.0), one_step(method, &OU, h));
        ((f * f / whole - 1.0).abs()).max((v * (1.0 + f * f) / variance - 1.0).abs())
    });
    // d/dt of the mean is −θ m, of the variance −2θ v + g².
    let moments = |_: f64, y: &Point<2>| {
        Point::<2>::new(
            -OU.rate * y.x,
            -2.0 * OU.rate * y.y + OU.diffusion * OU.diffusion,
        )
    };
    let grid = TimeGrid::new(0.0, 1.3, 1000);
    let solved = integrate(&Rk4, &moments, grid, Point::<2>::new(1.0, 0.0));
    let (factor, variance) = one_step(method, &OU, 1.3);
    let long = one_step(method, &OU, 1e3).1 * 2.0 * OU.rate / OU.diffusion.powi(2);
    let normal = {
        let (mean, variance) = (solved.x * START, solved.y);
        Normal::new(mean, variance.sqrt()).expect("a positive deviation")
    };
    let law = |steps: usize| {
        let mut ends = vec![START; 20_000];
        let noise = Stream::new(seed, "exact step");
        let grid = TimeGrid::new(0.2, 1.5, steps);
        let done = simulate(method, &OU, grid, noise, &mut ends);
        done.expect("a linear step stays finite");
        Evidence::law(
            format!("20 000 ends after 1.3 in {steps} step(s), normal law"),
            &ends,
            |x| normal.cdf(x),
            seed,
        )
    };
    let (errors, _) = distances(method, &OU, OrnsteinUhlenbeck::on_path, true, seed);
    vec![
        Evidence::at_most(
            "two half steps against one, mean and variance, h = 0.03, 0.7, 3.1, relative",
            halves.into_iter().fold(0.0, f64::max),
            3e-15,
            "a dozen roundings of 2.2e-16",
        ),
        Evidence::at_most(
            "mean and variance of one step against the equations of the moments",
            (factor - solved.x).abs().max((variance - solved.y).abs()),
            1e-12,
            "1000 steps of Runge–Kutta err by (2θh)⁴/120 = 2e-13 at most, and round",
        ),
        Evidence::at_most(
            "a step of 1000 against the stationary variance g²/(2θ), relative",
            (long - 1.0).abs(),
            2e-15,
            "e^(−1600) is 0; nine roundings",
        ),
        law(1),
        law(7),
        Evidence::order(
            "distance from the solution on the same path, root mean square of 400 paths",
            slope(&roots(&errors)),
            1.0,
            0.1,
            "order 1: the exact noise and the increment of a step differ by h^(3/2); with 8 \
             steps the next term is 7 %",
        )
        .sampled(COUNT as u64, seed),
    ]
}

/// `bm-ou-em-bias`.
pub const EM_BIAS: Claim = Claim::new(
    "bm-ou-em-bias",
    "the chain of Euler–Maruyama settles below a step of two over the rate, and too widely",
    |seed| {
        em_bias(OrnsteinUhlenbeck::euler_variance, OrnsteinUhlenbeck::euler_limit, seed)
    },
    &[
        Slip::new("the variance of the process", |seed| {
            em_bias(
                |ou, _, n| ou.transition(n as f64).1,
                |ou, h| {
                    (ou.rate * h < 2.0).then(|| ou.diffusion.powi(2) / (2.0 * ou.rate))
                },
                seed,
            )
        }),
        Slip::new("the bias with the other sign", |seed| {
            em_bias(
                OrnsteinUhlenbeck::euler_variance,
                |ou, h| {
                    let y = ou.rate * h;
                    (y < 2.0).then(|| ou.diffusion.powi(2) / (ou.rate * (2.0 + y)))
                },
                seed,
            )
        }),
        Slip::new("stable only where the mean does not change sides", |seed| {
            em_bias(
                OrnsteinUhlenbeck::euler_variance,
                |ou, h| ou.euler_limit(h).filter(|_| ou.rate * h < 1.0),
                seed,
            )
        }),
    ],
);

/// The recursion of the second moment, iterated, and a sampled chain.
fn em_bias(
    after: fn(&OrnsteinUhlenbeck, f64, usize) -> f64,
    limit: fn(&OrnsteinUhlenbeck, f64) -> Option<f64>,
    seed: u64,
) -> Vec<Evidence> {
    // The variance after n steps, by the step itself.
    let iterated = |y: f64, n: usize| {
        let (factor, variance) = one_step(&EulerMaruyama, &OU, y / OU.rate);
        (0..n).fold(0.0, |v, _| factor * factor * v + variance)
    };
    let steps = [0.1, 0.5, 0.9, 1.3, 1.9, 1.99, 2.01, 2.2, 3.0];
    let relative = |a: f64, b: f64| (a / b - 1.0).abs();
    let apart = steps.map(|y| relative(after(&OU, y / OU.rate, 40), iterated(y, 40)));
    let wrong = steps.into_iter().filter(|&y| {
        let later = iterated(y, 20_000);
        let bounded = later.is_finite() && later <= 2.0 * iterated(y, 10_000);
        bounded != limit(&OU, y / OU.rate).is_some()
    });
    let settled = [0.1, 0.5, 0.9, 1.3, 1.9].map(|y| {
        let limit = limit(&OU, y / OU.rate).unwrap_or(f64::INFINITY);
        relative(limit, iterated(y, 2000))
    });
    let h = 0.5 / OU.rate;
    let mut ends = vec![START; 20_000];
    let (grid, noise) =
        (TimeGrid::new(0.0, 30.0 * h, 30), Stream::new(seed, "settled chain"));
    simulate(&EulerMaruyama, &OU, grid, noise, &mut ends).expect("a stable chain");
    vec![
        Evidence::at_most(
            "variance after 40 steps against the recursion, θh from 0.1 to 3, relative",
            apart.into_iter().fold(0.0, f64::max),
            1e-13,
            "40 steps, each with a few roundings of 2.2e-16",
        ),
        Evidence::at_most(
            "limit against 2000 steps of the recursion, θh from 0.1 to 1.9, relative",
            settled.into_iter().fold(0.0, f64::max),
            1e-13,
            "a contraction by 0.81 or less forgets its roundings",
        ),
        Evidence::at_most(
            "how many of nine θh from 0.1 to 3 have a limit and diverge, or the reverse",
            wrong.count() as f64,
            0.0,
            "counted",
        ),
        Evidence::variance(
            "20 000 chains after 30 steps with θh = 0.5",
            &ends,
            limit(&OU, h).unwrap_or(f64::INFINITY),
            seed,
        ),
    ]
}
