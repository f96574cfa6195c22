//! The noise of the way back, and what it is not.

use crate::backward_noise::backward_increment;
use crate::known::{Marginal, Pulled};
use crate::reverse::Reversed;
use ch02_brownian_motion::{EulerMaruyama, ExactOu, OrnsteinUhlenbeck};
use dynamics::{Increment, SdeMethod, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use std::f64::consts::SQRT_2;

/// An Ornstein–Uhlenbeck process, θ = 1 and g² = 2, that is at rest: N(0, 1) at all times.
pub const REST: Pulled = Pulled {
    process: OrnsteinUhlenbeck { rate: 1.0, diffusion: SQRT_2 },
    mean: 0.0,
    variance: 1.0,
};

/// One hundred steps over one unit of time.
pub fn grid() -> TimeGrid {
    TimeGrid::new(0.0, 1.0, 100)
}

/// A path of the process with the increments of its noise.
pub struct Path {
    /// n + 1 places.
    pub places: Vec<f64>,
    /// n increments.
    pub noise: Vec<f64>,
}

/// What might drive the way back over the step from place i + 1 to place i.
pub type Driver = fn(&Path, usize) -> f64;

/// `n` paths of the process at rest.
pub fn paths(n: usize, seed: u64) -> Vec<Path> {
    let mut draws = Stream::new(seed, "a film of a process at rest").generator();
    let h = grid().h();
    let one = |_| {
        let mut places = vec![f64::draw(1.0, &mut draws)];
        let noise: Vec<f64> =
            (0..grid().steps).map(|_| f64::draw(h.sqrt(), &mut draws)).collect();
        for dw in &noise {
            let x = places[places.len() - 1];
            places.push(ExactOu.step(&REST.process, 0.0, h, &x, dw));
        }
        Path { places, noise }
    };
    (0..n).map(one).collect()
}

/// W̄ read off the path.
pub fn backward(path: &Path, i: usize) -> f64 {
    let (t, h) = (grid().time(i + 1), grid().h());
    let (before, now) = (path.places[i], path.places[i + 1]);
    backward_increment(&REST, &Marginal(REST), (t, h), now, before)
}

/// The forward noise, its increments in opposite order and with opposite sign.
pub fn own_reversed(path: &Path, i: usize) -> f64 {
    -path.noise[i]
}

/// The way back from the last place, driven by `driver`: n + 1 places, the last first.
pub fn way_back(path: &Path, driver: Driver) -> Vec<f64> {
    let reversed = Reversed { process: REST, law: Marginal(REST), end: 1.0 };
    let (n, h) = (grid().steps, grid().h());
    let mut places = vec![path.places[n]];
    for i in (0..n).rev() {
        let (tau, x) = (1.0 - grid().time(i + 1), places[places.len() - 1]);
        let dw = driver(path, i);
        places.push(EulerMaruyama.step(&reversed, tau, h, &x, &dw));
    }
    places
}

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
