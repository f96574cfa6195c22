//! Euler–Maruyama, the sampler that is made of it, and the solution map.

use super::nearly::{ClockAhead, NoiseAtTheEnd, NoiseOfSizeH};
use super::problems::{Affine, GEOMETRIC, OU, X0};
use crate::moments::order_at_zero;
use crate::{
    Diffusion, EulerMaruyama, GeometricBrownian, Moments, OrnsteinUhlenbeck, moments,
    sample, simulate,
};
use dynamics::{Generator, Increment, Point, Sde, SdeMethod, State, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use rand::Rng;
use statrs::distribution::{ContinuousCDF, Normal};
use std::sync::Mutex;

/// `bm-euler-maruyama`.
pub const EULER_MARUYAMA: Claim = Claim::new(
    "bm-euler-maruyama",
    "Euler–Maruyama holds drift and noise for a step; its moments err in proportion to the step",
    |seed| euler_maruyama(EulerMaruyama, seed),
    &[
        Slip::new("noise of the size of h", |seed| euler_maruyama(NoiseOfSizeH, seed)),
        Slip::new("G where the noise has pushed", |seed| {
            euler_maruyama(NoiseAtTheEnd, seed)
        }),
        Slip::new("the clock at the end of the step", |seed| {
            euler_maruyama(ClockAhead, seed)
        }),
    ],
);

/// One step of `method`, its moments on geometric Brownian motion and their orders, and
/// an ensemble.
fn euler_maruyama<M>(method: M, seed: u64) -> Vec<Evidence>
where
    M: SdeMethod<GeometricBrownian, f64, f64>
        + SdeMethod<OrnsteinUhlenbeck, f64, f64>
        + SdeMethod<Affine, f64, f64>,
{
    let (t, h, x, dw) = (0.3, 0.04, X0, -0.27);
    let expected = x + h * Affine.drift(t, &x) + Affine.noise(t, &x, &1.0) * dw;
    let step = SdeMethod::<Affine, f64, f64>::step(&method, &Affine, t, h, &x, &dw);

    let GeometricBrownian { growth, volatility } = GEOMETRIC;
    let grid = TimeGrid::new(0.0, 1.0, 64);
    let found = moments(&method, &GEOMETRIC, grid, Moments::of(X0));
    let (h, n) = (grid.h(), 64);
    let first = X0 * (1.0 + growth * h).powi(n);
    let square = (1.0 + growth * h).powi(2) + volatility * volatility * h;
    let second = X0 * X0 * square.powi(n);
    let off = (found.first / first - 1.0).abs().max((found.second / second - 1.0).abs());

    // An ensemble, with coefficients that depend on the time.
    let grid = TimeGrid::new(0.2, 1.4, 16);
    let recursion = moments(&method, &Affine, grid, Moments::of(X0));
    let mut ends = vec![X0; 40_000];
    simulate(&method, &Affine, grid, Stream::new(seed, "bm-euler-maruyama"), &mut ends)
        .expect("an affine equation over a short time");
    vec![
        Evidence::at_most(
            "a step against x + h f + G ΔW",
            (step - expected).abs(),
            1e-15,
            "three roundings of numbers near 1",
        ),
        Evidence::at_most(
            "64 steps of geometric Brownian motion: relative distance of the first two moments \
             from (1 + μh)ⁿ and ((1 + μh)² + ς²h)ⁿ",
            off,
            1e-13,
            "a few hundred roundings",
        ),
        weak_orders(&method, 1.0),
        Evidence::mean(
            "coefficients with a clock: mean of simulated ends against the recursion",
            &ends,
            recursion.first,
            seed,
        ),
        Evidence::mean(
            "their mean square",
            &ends.iter().map(|x| x * x).collect::<Vec<_>>(),
            recursion.second,
            seed,
        ),
    ]
}

/// The weak orders of `method` without sampling: errors of the first two moments, with
/// 64 to 512 steps, on geometric Brownian motion, on Ornstein–Uhlenbeck and on an affine
/// equation with a clock.
pub(super) fn weak_orders<M>(method: &M, expected: f64) -> Evidence
where
    M: SdeMethod<GeometricBrownian, f64, f64>
        + SdeMethod<OrnsteinUhlenbeck, f64, f64>
        + SdeMethod<Affine, f64, f64>,
{
    let start = Moments { first: X0, second: 2.1 };
    let GeometricBrownian { growth, volatility } = GEOMETRIC;
    let (rate, square) = (OU.rate, OU.diffusion * OU.diffusion);
    let settled = square / (2.0 * rate);
    let exact = [
        Moments {
            first: start.first * growth.exp(),
            second: start.second * (2.0 * growth + volatility * volatility).exp(),
        },
        Moments {
            first: start.first * (-rate).exp(),
            second: settled + (start.second - settled) * (-2.0 * rate).exp(),
        },
        Affine::moments(1.0, start),
    ];
    let errors = [64, 128, 256, 512].map(|n| {
        let grid = TimeGrid::new(0.0, 1.0, n);
        let found = [
            moments(method, &GEOMETRIC, grid, start),
            moments(method, &OU, grid, start),
            moments(method, &Affine, grid, start),
        ];
        let pairs = found.iter().zip(&exact);
        pairs
            .flat_map(|(m, e)| [(m.first - e.first).abs(), (m.second - e.second).abs()])
            .collect::<Vec<_>>()
    });
    let orders: Vec<f64> =
        (0..6).map(|k| order_at_zero(&errors.each_ref().map(|e| e[k]))).collect();
    let worst = orders.iter().map(|order| (order - expected).abs());
    let named = orders.iter().map(|order| format!("{order:.3}")).collect::<Vec<_>>();
    Evidence::at_most(
        format!(
            "orders of two moments on three equations, extrapolated to h → 0: {}; largest \
             distance from {expected}",
            named.join(", ")
        ),
        super::largest(worst),
        0.01,
        "the term left over is of order h², below 1e-3 with 512 steps",
    )
}

/// `bm-em-sampler`.
pub const EM_SAMPLER: Claim = Claim::new(
    "bm-em-sampler",
    "the sampler asks field and noise n times, at the times i/n, and draws n d fresh numbers",
    |seed| em_sampler(|model, n, generator| sample(model, n, start, generator), seed),
    &[
        Slip::new("the noise drawn once", |seed| {
            em_sampler(
                |model, n, generator| {
                    let (mut x, h) = (start(generator), 1.0 / n as f64);
                    let dw = Point::<2>::draw(h.sqrt(), generator);
                    for i in 0..n {
                        let t = i as f64 / n as f64;
                        x = EulerMaruyama.step(model, t, h, &x, &dw);
                    }
                    x
                },
                seed,
            )
        }),
        Slip::new("h in place of its root", |seed| {
            em_sampler(
                |model, n, generator| {
                    let (mut x, h) = (start(generator), 1.0 / n as f64);
                    for i in 0..n {
                        let t = i as f64 / n as f64;
                        let dw = Point::<2>::draw(h, generator);
                        x = EulerMaruyama.step(model, t, h, &x, &dw);
                    }
                    x
                },
                seed,
            )
        }),
        Slip::new("one number for both coordinates", |seed| {
            em_sampler(
                |model, n, generator| {
                    let (mut x, h) = (start(generator), 1.0 / n as f64);
                    for i in 0..n {
                        let t = i as f64 / n as f64;
                        let dw = Point::<2>::repeat(f64::draw(h.sqrt(), generator));
                        x = EulerMaruyama.step(model, t, h, &x, &dw);
                    }
                    x
                },
                seed,
            )
        }),
        Slip::new("the noise of the step's end", |seed| {
            em_sampler(
                |model, n, generator| {
                    let (mut x, h) = (start(generator), 1.0 / n as f64);
                    for i in 0..n {
                        let t = i as f64 / n as f64;
                        let dw = Point::<2>::draw(h.sqrt(), generator);
                        let noise = model.noise(t + h, &x, &dw);
                        x = x.plus(h, &model.drift(t, &x)).plus(1.0, &noise);
                    }
                    x
                },
                seed,
            )
        }),
    ],
);

/// A sampler: model, number of steps, generator.
type Sampler = fn(&dyn Sde<Point<2>>, usize, &mut Generator) -> Point<2>;

/// A draw from N(0, 0.7² I).
fn start(generator: &mut Generator) -> Point<2> {
    Point::<2>::draw(0.7, generator)
}

/// Writes down when it is asked for drift and noise.
struct Watched<E> {
    sde: E,
    times: Mutex<Vec<(char, f64)>>,
}

impl<E: Sde<Point<2>>> Sde<Point<2>> for Watched<E> {
    fn drift(&self, t: f64, x: &Point<2>) -> Point<2> {
        self.times.lock().expect("one thread").push(('f', t));
        self.sde.drift(t, x)
    }

    fn noise(&self, t: f64, x: &Point<2>, dw: &Point<2>) -> Point<2> {
        self.times.lock().expect("one thread").push(('g', t));
        self.sde.noise(t, x, dw)
    }
}

/// A field that turns and pulls, with a clock.
fn field(t: f64, x: &Point<2>) -> Point<2> {
    Point::<2>::new(x.y * (2.0 * t).cos() - x.x, t - x.x)
}

/// `sampler` without noise against chapter 1's, what it asks and draws, and its law
/// without drift.
fn em_sampler(sampler: Sampler, seed: u64) -> Vec<Evidence> {
    let stream = Stream::new(seed, "bm-em-sampler");
    let quiet = Diffusion { field, diffusion: |_| 0.0 };
    let noisy = Diffusion { field, diffusion: |t: f64| 0.3 + 1.9 * t };
    let (mut different, mut wrong, mut left_over) = (0, 0, 0);
    for n in 1..=200 {
        let flow = ch01_flows::sampler::sample(&field, n, start, &mut stream.generator());
        let drawn = sampler(&quiet, n, &mut stream.generator());
        different += usize::from(drawn != flow);

        let watched = Watched { sde: noisy, times: Mutex::new(Vec::new()) };
        let mut generator = stream.generator();
        sampler(&watched, n, &mut generator);
        let times = watched.times.into_inner().expect("one thread");
        let expected = (0..n).flat_map(|i| ['f', 'g'].map(|w| (w, i as f64 / n as f64)));
        let mut sorted = times.clone();
        sorted.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        wrong += usize::from(!sorted.into_iter().eq(expected));

        let mut other = stream.generator();
        (0..2 * (n + 1)).for_each(|_| {
            f64::draw(1.0, &mut other);
        });
        left_over += usize::from(generator.next_u64() != other.next_u64());
    }
    let still = Diffusion {
        field: |_: f64, _: &Point<2>| Point::zeros(),
        diffusion: noisy.diffusion,
    };
    let (n, mut generator) = (8, stream.chunk(1));
    let ends: Vec<_> = (0..20_000).map(|_| sampler(&still, n, &mut generator)).collect();
    let (xs, ys): (Vec<f64>, Vec<f64>) = ends.iter().map(|x| (x.x, x.y)).unzip();
    let squares = (0..n).map(|i| (noisy.diffusion)(i as f64 / n as f64).powi(2));
    let variance = 0.49 + squares.sum::<f64>() / n as f64;
    let normal = Normal::new(0.0, variance.sqrt()).expect("a positive deviation");
    vec![
        Evidence::at_most(
            "of n = 1 to 200, those whose draw without noise is not that of the flow sampler",
            different as f64,
            0.0,
            "the same operations give the same bits",
        ),
        Evidence::at_most(
            "of n = 1 to 200, those that ask field or noise at other times than i/n, once each",
            wrong as f64,
            0.0,
            "counted, and the same bits",
        ),
        Evidence::at_most(
            "of n = 1 to 200, those that do not draw 2 n numbers after the start",
            left_over as f64,
            0.0,
            "counted by the generator",
        ),
        Evidence::law("without drift", &xs, |x| normal.cdf(x), seed),
        Evidence::variance("second coordinate without drift", &ys, variance, seed),
        Evidence::covariance("of the two coordinates", &xs, &ys, 0.0, seed),
    ]
}
