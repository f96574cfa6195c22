//! Exercise 1.5: a density carried by a flow of the line.

use super::draws::{between, either_sign};
use super::reversed_velocity::largest;
use super::{UNFINISHED, Work};
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use std::f64::consts::TAU;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "carried-density",
    number: "1.5",
    title: "A density carried by a flow",
    points: 3,
    minutes: 20,
    task: "Particles with density $p_0$ are carried by an increasing map $\\phi$ of the line. Write \
           `carried_density`: their density at $y$, given $p_0$, the map back `start` \
           $=\\phi^{-1}$ and the derivative `stretch` $=\\phi'$, a function of the starting point.",
    hint: "The particles of a short piece $dx$ now fill a piece $\\phi'(x)\\,dx$: their mass has not \
           changed. Where is $\\phi'$ to be taken?",
    formula: "flow-continuity-equation",
    check,
    slips: &[
        Known {
            name: "no stretch",
            says: "the density is only moved: where the flow stretches, it must thin out",
            work: Work { carried_density: |p, start, _, y| p(start(y)), ..UNFINISHED },
        },
        Known {
            name: "stretch multiplied",
            says: "the density is multiplied by the stretch: a stretched cloud is thinner, so divide",
            work: Work {
                carried_density: |p, start, stretch, y| p(start(y)) * stretch(start(y)),
                ..UNFINISHED
            },
        },
        Known {
            name: "stretch at the end point",
            says: "the stretch is taken at y: it is a function of the starting point",
            work: Work {
                carried_density: |p, start, stretch, y| p(start(y)) / stretch(y),
                ..UNFINISHED
            },
        },
        Known {
            name: "old density at the end point",
            says: "the old density is taken at y: the particles now at y came from `start(y)`",
            work: Work {
                carried_density: |p, start, stretch, y| p(y) / stretch(start(y)),
                ..UNFINISHED
            },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "carried-density").generator();
    let (mean, deviation) = (either_sign(draws, 0.3, 0.7), between(draws, 0.6, 0.8));
    let bell = move |mean: f64, deviation: f64, x: f64| {
        (-((x - mean) / deviation).powi(2) / 2.0).exp() / (deviation * TAU.sqrt())
    };
    let density = move |x: f64| bell(mean, deviation, x);

    // Linear growth x e^a + b keeps a Gaussian a Gaussian.
    let (grown, b) = (either_sign(draws, 0.3, 0.7).exp(), either_sign(draws, 0.3, 1.0));
    let linear = (-20..=20)
        .map(|i| {
            let y = b + 0.2 * f64::from(i);
            let back = move |y: f64| (y - b) / grown;
            let found = (work.carried_density)(&density, &back, &|_| grown, y);
            (found - bell(grown * mean + b, grown * deviation, y)).abs()
        })
        .fold(0.0, largest);

    // The flow of tanh: sinh y = s sinh x. A piece of the line keeps its mass.
    let s = between(draws, 0.5, 1.0).exp();
    let there = move |x: f64| (s * x.sinh()).asinh();
    let back = move |y: f64| (y.sinh() / s).asinh();
    let stretch = move |x: f64| s * x.cosh() / (1.0 + (s * x.sinh()).powi(2)).sqrt();
    let carried = |y: f64| (work.carried_density)(&density, &back, &stretch, y);
    let mass = [(-2.0, -0.4), (-0.4, 0.5), (0.5, 1.8)]
        .map(|(x0, x1)| {
            (simpson(carried, there(x0), there(x1)) - simpson(density, x0, x1)).abs()
        })
        .into_iter()
        .fold(0.0, largest);
    vec![
        Evidence::at_most(
            "linear flow, distance from the Gaussian",
            linear,
            1e-13,
            "rounding",
        ),
        Evidence::at_most(
            "curved flow, change of the mass of a piece",
            mass,
            1e-9,
            "Simpson's rule with 400 intervals is good to 1e-10",
        ),
    ]
}

/// ∫ f from `a` to `b` by Simpson's rule with 400 intervals.
fn simpson(f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
    const N: u32 = 400;
    let h = (b - a) / f64::from(N);
    let weight = |i: u32| match i {
        0 | N => 1.0,
        i if i % 2 == 1 => 4.0,
        _ => 2.0,
    };
    h / 3.0 * (0..=N).map(|i| weight(i) * f(a + h * f64::from(i))).sum::<f64>()
}
