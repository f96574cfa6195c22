//! The experiments: each is a figure as well, drawn from the same functions.

use super::draws::largest;
use crate::experiments::{many_particles, network, single_particle, starts};
use crate::fields::Network;
use crate::step_count::{
    faulty_loop, steps_of_the_faulty_loop, steps_of_the_integer_loop,
};
use crate::{Euler, Rk4, integrate, trajectory};
use dynamics::{OdeMethod, Point, Stream, TimeGrid, VectorField};
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;
use num_dual::{Dual64, DualSVec64, jacobian};

/// `flow-exp-single-particle`.
pub const SINGLE_PARTICLE: Claim = Claim::new(
    "flow-exp-single-particle",
    "one particle in a random network, followed by Euler's method as closely as it promises",
    |seed| single(single_particle(seed, 100), 100, seed),
    &[
        Slip::printed("while t < 1 round the loop, ten steps", "E000-05", |seed| {
            let mut path = vec![starts(seed, 1)[0]];
            faulty_loop(10, |t, h| {
                let x = path[path.len() - 1];
                path.push(Euler.step(&network(seed), t, h, &x));
            });
            single(path, 10, seed)
        }),
        Slip::new("steps of half the length", |seed| {
            let half = TimeGrid::new(0.0, 0.5, 100);
            single(
                trajectory(&Euler, &network(seed), half, starts(seed, 1)[0]),
                100,
                seed,
            )
        }),
        Slip::new("another network", |seed| {
            let grid = TimeGrid::new(0.0, 1.0, 100);
            let other = network(seed.wrapping_add(1));
            single(trajectory(&Euler, &other, grid, starts(seed, 1)[0]), 100, seed)
        }),
    ],
);

/// `path`, made with `n` steps, against Runge–Kutta with 2000 and the bound on Euler's error.
fn single(path: Vec<Point<2>>, n: usize, seed: u64) -> Vec<Evidence> {
    let network = network(seed);
    let fine =
        trajectory(&Rk4, &network, TimeGrid::new(0.0, 1.0, 2000), starts(seed, 1)[0]);
    // The acceleration (∇u) u along the path, by dual numbers in the direction of u.
    let acceleration = fine.iter().map(|x| {
        let u = network.output(x);
        let along = SVector::<Dual64, 2>::from_fn(|i, _| Dual64::new(x[i], u[i]));
        network.output(&along).map(|v| v.eps).norm()
    });
    let l = network.lipschitz_bound();
    let bound = 0.5 / n as f64 * largest(acceleration) * (l.exp() - 1.0) / l;
    vec![
        Evidence::at_most(
            "distance of the number of points from n + 1",
            path.len().abs_diff(n + 1) as f64,
            0.0,
            "counted",
        ),
        Evidence::at_most(
            "distance of the end from Runge–Kutta with 2000 steps, over Euler's error bound",
            (path[path.len() - 1] - fine[2000]).norm() / bound,
            1.0,
            "h/2 max |(∇u)u| (e^L − 1)/L bounds the error of Euler's method",
        )
        .sampled(1, seed),
    ]
}

/// `flow-exp-many-particles`.
pub const MANY_PARTICLES: Claim = Claim::new(
    "flow-exp-many-particles",
    "a hundred particles in one network: their paths keep their orientation and one law",
    |seed| many(|seed, _| network(seed), seed),
    &[
        Slip::new("a fresh network for each particle", |seed| {
            many(|seed, k| network(seed.wrapping_add(k)), seed)
        }),
        Slip::new("a network with a clock", |seed| {
            many(
                |seed, _| {
                    Network::<3>::random(&mut Stream::new(seed, "clock").generator())
                },
                seed,
            )
        }),
    ],
);

/// Each particle in its own `field(seed, k)`, which should be one and the same.
fn many<F>(field: fn(u64, u64) -> F, seed: u64) -> Vec<Evidence>
where
    F: VectorField<Point<2>> + VectorField<SVector<DualSVec64<2>, 2>>,
{
    let paths = many_particles(seed, 100, 100);
    let folded = paths.iter().zip(0..).filter(|(path, k)| {
        let (field, grid) = (field(seed, *k), TimeGrid::new(0.0, 1.0, 100));
        let (_, gradient) = jacobian(|x| integrate(&Euler, &field, grid, x), &path[0]);
        gradient.determinant() <= 0.0
    });
    // Halfway another particle is started at the same place, and its clock at 0: under
    // one law both arrive together.
    let half = TimeGrid::new(0.0, 0.5, 50);
    let whole = TimeGrid::new(0.0, 1.0, 100);
    let apart = paths.iter().zip(0..).map(|(path, k)| {
        let end = integrate(&Euler, &field(seed, k), whole, path[0]);
        let halfway = integrate(&Euler, &field(seed, k), half, path[0]);
        (integrate(&Euler, &field(seed, k + 1), half, halfway) - end).norm()
    });
    vec![
        Evidence::at_most(
            "starts of 100 where the determinant of the flow's gradient is not positive",
            folded.count() as f64,
            0.0,
            "counted",
        )
        .sampled(100, seed),
        Evidence::at_most(
            "largest distance between a particle and one started where it is halfway",
            largest(apart),
            1e-13,
            "the same operations, but for the rounding of h",
        )
        .sampled(100, seed),
    ]
}

/// `flow-exp-step-count`.
pub const STEP_COUNT: Claim = Claim::new(
    "flow-exp-step-count",
    "the loop with the added-up clock makes all its steps twice for 533 of the n up to 1000",
    |_| step_count(steps_of_the_faulty_loop),
    &[
        Slip::new("steps counted by an integer", |_| {
            step_count(steps_of_the_integer_loop)
        }),
        Slip::new("times in single precision", |_| {
            step_count(|n| {
                let (mut t, mut steps) = (0.0_f32, 0);
                while t < 1.0 {
                    (0..n).for_each(|_| t += 1.0 / n as f32);
                    steps += n;
                }
                steps
            })
        }),
        Slip::new("times multiplied, not added up", |_| {
            step_count(|n| {
                let mut steps = 0;
                while (steps as f64) * (1.0 / n as f64) < 1.0 {
                    steps += n;
                }
                steps
            })
        }),
    ],
);

/// How often `steps` gives 2n, and where it does not.
fn step_count(steps: fn(usize) -> usize) -> Vec<Evidence> {
    let twice = (1..=1000).filter(|&n| steps(n) == 2 * n).count();
    let other = (1..=1000).filter(|&n| steps(n) != n && steps(n) != 2 * n).count();
    let hidden = [100, 500, 1000].iter().filter(|&&n| steps(n) != n).count();
    let counted = "counted; IEEE double precision rounds alike on every machine";
    vec![
        Evidence::at_most(
            "n that make neither n nor 2n steps",
            other as f64,
            0.0,
            counted,
        ),
        Evidence::at_most(
            "distance of the steps for n = 10 from 20",
            steps(10).abs_diff(20) as f64,
            0.0,
            counted,
        ),
        Evidence::at_most(
            "of n = 100, 500 and 1000, those that do not make n steps",
            hidden as f64,
            0.0,
            counted,
        ),
        Evidence::at_most(
            format!("{twice} of the n up to 1000 run twice, distance from 533"),
            twice.abs_diff(533) as f64,
            0.0,
            counted,
        ),
    ]
}
