//! The chapter's experiments: particles in the field of a random network.

use crate::fields::Network;
use crate::{Euler, trajectory};
use dynamics::{Generator, Point, Stream, TimeGrid};
use rand_distr::{Distribution, StandardNormal};

/// The random network of the experiments: 2 inputs, 10 hidden units, 2 outputs.
pub fn network(seed: u64) -> Network<2> {
    Network::random(&mut Stream::new(seed, "network of chapter 1").generator())
}

/// A start drawn from N(0, I).
pub fn start(generator: &mut Generator) -> Point<2> {
    Point::<2>::from_fn(|_, _| StandardNormal.sample(generator))
}

/// The starts of the experiments, the first being that of the single particle.
pub fn starts(seed: u64, particles: usize) -> Vec<Point<2>> {
    let mut generator = Stream::new(seed, "starts of chapter 1").generator();
    (0..particles).map(|_| start(&mut generator)).collect()
}

/// The path of one particle from t = 0 to 1 in `steps` steps of Euler's method:
/// `steps` + 1 points.
pub fn single_particle(seed: u64, steps: usize) -> Vec<Point<2>> {
    many_particles(seed, 1, steps).remove(0)
}

/// The paths of many particles in one and the same network.
pub fn many_particles(seed: u64, particles: usize, steps: usize) -> Vec<Vec<Point<2>>> {
    let (network, grid) = (network(seed), TimeGrid::new(0.0, 1.0, steps));
    let path = |x0: Point<2>| trajectory(&Euler, &network, grid, x0);
    starts(seed, particles).into_iter().map(path).collect()
}
