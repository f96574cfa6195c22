//! What becomes of noise that follows the score of a window estimate.

use crate::four_losses::law;
use dynamics::{Increment, Point, Stream};

/// The first width: noise of this deviation is added to the draws.
pub const FIRST: f64 = 3.0;
/// The last width.
pub const LAST: f64 = 0.01;
const STEPS: usize = 60;

/// `n` draws of the law of three heaps.
pub fn draws(n: usize, seed: u64) -> Vec<Point<2>> {
    let (law, mut generator) = (law(), Stream::new(seed, "remembered draws").generator());
    (0..n).map(|_| law.sample(&mut generator)).collect()
}

/// Steps of the way back from [`FIRST`] to [`LAST`], each shrinking the width by the same
/// factor: dx/dσ = −σ s(σ, x), by Heun's method in log σ.
pub fn way(start: Point<2>, score: impl Fn(f64, &Point<2>) -> Point<2>) -> Vec<Point<2>> {
    let step = (LAST / FIRST).ln() / STEPS as f64;
    let slope = |k: usize, x: &Point<2>| {
        let sigma = FIRST * (step * k as f64).exp();
        score(sigma, x) * (-sigma * sigma)
    };
    let mut way = vec![start];
    for k in 0..STEPS {
        let x = way[k];
        let first = slope(k, &x);
        let second = slope(k + 1, &(x + first * step));
        way.push(x + (first + second) * (0.5 * step));
    }
    way
}

/// Where `n` starts xₖ + [`FIRST`] ε end, each from a draw taken in turn.
pub fn remembered(
    data: &[Point<2>],
    n: usize,
    seed: u64,
    score: impl Fn(f64, &Point<2>) -> Point<2>,
) -> Vec<Point<2>> {
    let starts = starts(data, n, seed);
    starts.into_iter().map(|start| way(start, &score)[STEPS]).collect()
}

/// The starts: the draws in turn, each with noise of deviation [`FIRST`] of its own.
pub fn starts(data: &[Point<2>], n: usize, seed: u64) -> Vec<Point<2>> {
    let mut generator = Stream::new(seed, "noise about the draws").generator();
    let one = |x: &Point<2>| x + Point::<2>::draw(FIRST, &mut generator);
    data.iter().cycle().take(n).map(one).collect()
}

/// The distance of `x` from the nearest draw.
pub fn nearest(data: &[Point<2>], x: &Point<2>) -> f64 {
    data.iter().map(|y| (x - y).norm()).fold(f64::INFINITY, f64::min)
}
