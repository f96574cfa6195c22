//! The sampler and its clock.

use crate::claims::draws::largest;
use crate::fields::Growth;
use crate::sampler::sample;
use crate::step_count::faulty_loop;
use crate::{Euler, integrate};
use dynamics::{OdeMethod, Stream, TimeGrid, VectorField};
use evidence::{Claim, Evidence, Slip};
use std::cell::RefCell;
use std::sync::Mutex;

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
