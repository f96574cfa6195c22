//! The noise of the way back, and what it is not.

use crate::film::{Driver, Path, backward, grid, own_reversed, paths, way_back};
use evidence::{Claim, Evidence, Slip};
use std::f64::consts::SQRT_2;

fn check(seed: u64, driver: Driver) -> Vec<Evidence> {
    let paths = paths(4000, seed);
    let (n, middle) = (grid().steps, 60);
    let of =
        |value: &dyn Fn(&Path) -> f64| -> Vec<f64> { paths.iter().map(value).collect() };
    let step = of(&|path| driver(path, middle));
    let place = of(&|path| path.places[middle + 1]);
    let last = of(&|path| path.places[n]);
    let later = of(&|path| driver(path, middle + 1));
    let ends = of(&|path| way_back(path, driver)[n]);
    vec![
        Evidence::covariance("a step with where it starts", &step, &place, 0.0, seed),
        Evidence::covariance(
            "a step with where the film starts",
            &step,
            &last,
            0.0,
            seed,
        ),
        Evidence::covariance("a step with the one before it", &step, &later, 0.0, seed),
        Evidence::variance("variance after the whole way back", &ends, 1.0, seed),
    ]
}

/// Increments of W̄ are independent of everything at later times.
pub const BACKWARD_BROWNIAN: Claim = Claim::new(
    "rev-backward-brownian",
    "the noise that drives the way back knows nothing of the places it starts from, and \
     so it is not the forward noise read backwards",
    |seed| check(seed, backward),
    &[
        Slip::new("the forward noise, read backwards", |seed| check(seed, own_reversed)),
        Slip::new("the steps of the path with nothing taken out", |seed| {
            check(seed, |path, i| (path.places[i] - path.places[i + 1]) / SQRT_2)
        }),
        Slip::new("the forward drift taken out", |seed| {
            check(seed, |path, i| {
                let (before, now) = (path.places[i], path.places[i + 1]);
                (before - now - grid().h() * now) / SQRT_2
            })
        }),
    ],
);
