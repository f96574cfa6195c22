//! Exercise 2.7: the sampler of a diffusion model.

use super::draws::{either_sign, matrix, point};
use super::{UNFINISHED, Work};
use dynamics::{Generator, Increment, Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use rand::RngExt;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "diffusion-sampler",
    number: "2.7",
    title: "The sampler of a diffusion model",
    points: 3,
    minutes: 20,
    task: "Write `diffusion_sampler`: Euler–Maruyama for $dX=u(t,X)\\,dt+g(t)\\,dW$ in the plane, from $t=0$ to $1$ in \
           exactly $n$ steps. Each call of `normal()` gives a fresh $\\varepsilon\\sim\\mathcal N(0,I)$.",
    hint: "One call of `normal()` for each step. Count the steps: step $i$ begins at the time $i/n$, and there $u$ and $g$ are taken.",
    formula: "bm-em-sampler",
    check,
    slips: &[
        Known {
            name: "noise drawn once",
            says: "one draw serves all steps: they then add up like n, and not like √n",
            work: Work {
                diffusion_sampler: |u, g, n, x0, normal| {
                    let e = normal();
                    sampler(u, g, n, x0, &mut || e, |h| h.sqrt(), |i| i as f64)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "h in place of √h",
            says: "the noise is multiplied by h: its variance over the whole time is then 1/n",
            work: Work {
                diffusion_sampler: |u, g, n, x0, normal| {
                    sampler(u, g, n, x0, normal, |h| h, |i| i as f64)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "time at the end of each step",
            says: "drift and noise are taken at the end of each step: Itô's step takes them at its \
                   beginning",
            work: Work {
                diffusion_sampler: |u, g, n, x0, normal| {
                    sampler(u, g, n, x0, normal, |h| h.sqrt(), |i| (i + 1) as f64)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise without g",
            says: "the strength g(t) of the noise is forgotten",
            work: Work {
                diffusion_sampler: |u, _, n, x0, normal| {
                    sampler(u, &|_| 1.0, n, x0, normal, |h| h.sqrt(), |i| i as f64)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a step too many",
            says: "there are n + 1 steps: the last one leaves the interval",
            work: Work {
                diffusion_sampler: |u, g, n, x0, normal| {
                    let h = 1.0 / n as f64;
                    (0..=n).fold(*x0, |x, i| {
                        let t = i as f64 * h;
                        x + h * u.velocity(t, &x) + g(t) * h.sqrt() * normal()
                    })
                },
                ..UNFINISHED
            },
        },
    ],
};

/// Euler–Maruyama with `scale(h)` before the noise and the times `count(i)`/n: of which
/// slips are made.
fn sampler(
    u: super::Field,
    g: &dyn Fn(f64) -> f64,
    n: usize,
    x0: &Point<2>,
    normal: super::Draw,
    scale: fn(f64) -> f64,
    count: fn(usize) -> f64,
) -> Point<2> {
    let h = 1.0 / n as f64;
    (0..n).fold(*x0, |x, i| {
        let t = count(i) * h;
        x + h * u.velocity(t, &x) + g(t) * scale(h) * normal()
    })
}

/// Draws that are remembered.
struct Remembered {
    generator: Generator,
    drawn: Vec<Point<2>>,
}

impl Remembered {
    fn next(&mut self) -> Point<2> {
        let draw = Point::draw(1.0, &mut self.generator);
        self.drawn.push(draw);
        draw
    }
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let stream = Stream::new(seed, "diffusion-sampler");
    let draws = &mut stream.generator();
    let (x0, a, m) = (point(draws), point(draws), matrix(draws) * 0.5);
    let (b, c) = (either_sign(draws, 0.5, 1.0), either_sign(draws, 0.5, 1.0));
    let n = draws.random_range(7..30);
    let run = |field: super::Field, g: &dyn Fn(f64) -> f64| {
        let mut noise = Remembered { generator: stream.chunk(1), drawn: vec![] };
        let end = (work.diffusion_sampler)(field, g, n, &x0, &mut || noise.next());
        (end, noise.drawn)
    };
    let time = |i: usize| i as f64 / n as f64;
    let root = (1.0 / n as f64).sqrt();

    // No drift: the end is a sum of the draws that were made.
    let (end, drawn) = run(&|_: f64, _: &Point<2>| Point::<2>::zeros(), &|t| b + c * t);
    let calls = drawn.len().abs_diff(n) as f64;
    let strengths = (0..n).map(|i| (b + c * time(i)) * root);
    let sum: Point<2> = drawn.iter().zip(strengths).map(|(e, g)| e * g).sum();
    let noise_only = (end - x0 - sum).norm();
    // No noise: a field of the time alone, whose velocities add up to (n − 1)/2n.
    let (end, _) = run(&|t: f64, _: &Point<2>| a * t, &|_| 0.0);
    let drift_only = (end - x0 - a * ((n - 1) as f64 / (2 * n) as f64)).norm();
    // Both, for a linear field: each draw is carried by the steps that follow it.
    let (end, drawn) = run(&move |_: f64, x: &Point<2>| m * x, &|t| b + c * t);
    let carry = nalgebra::Matrix2::identity() + m / n as f64;
    let powers: Vec<_> =
        std::iter::successors(Some(nalgebra::Matrix2::identity()), |p| Some(p * carry))
            .take(n + 1)
            .collect();
    let kept = drawn
        .iter()
        .take(n)
        .enumerate()
        .map(|(i, e)| powers[n - 1 - i] * e * ((b + c * time(i)) * root));
    let both = (end - powers[n] * x0 - kept.sum::<Point<2>>()).norm();
    let rounding = "rounding of a few hundred additions";
    vec![
        Evidence::at_most("draws too many or too few", calls, 0.0, "a count"),
        Evidence::at_most(
            "no drift, distance from the sum of the draws",
            noise_only,
            1e-12,
            rounding,
        ),
        Evidence::at_most(
            "no noise, distance from Euler's method",
            drift_only,
            1e-12,
            rounding,
        ),
        Evidence::at_most(
            "linear field, distance from the carried draws",
            both,
            1e-11,
            rounding,
        ),
    ]
}
