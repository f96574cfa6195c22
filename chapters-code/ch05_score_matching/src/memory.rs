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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_of_a_gaussian_shrinks_as_its_spread() {
        // With N(m, c²) for the data the deviation of x from m goes like √(σ² + c²).
        let (middle, c) = (Point::<2>::new(0.3, -0.7), 0.4_f64);
        let score = |sigma: f64, x: &Point<2>| (middle - x) / (sigma * sigma + c * c);
        let start = Point::<2>::new(4.0, 2.0);
        let way = way(start, score);
        assert_eq!((way.len(), way[0]), (STEPS + 1, start));
        let shrunk = (LAST.hypot(c) / FIRST.hypot(c)) * (start - middle);
        let miss = (way[STEPS] - middle - shrunk).norm() / shrunk.norm();
        // Heun's error, of the order of a step's square times its number: 60 · 0.095³/6.
        assert!(miss < 0.01, "{miss}");
        // About a single draw each step has the factor 1 + r + r²/2, r = ln(last/first)/60.
        let r = (LAST / FIRST).ln() / STEPS as f64;
        let factor = (1.0 + r + 0.5 * r * r).powi(STEPS as i32);
        let data = [middle];
        let end = remembered(&data, 2, 3, |h, x| (middle - x) / (h * h));
        assert_eq!(end.len(), 2);
        for (end, start) in end.iter().zip(starts(&data, 2, 3)) {
            let exact = middle + (start - middle) * factor;
            assert!((end - exact).norm() < 1e-13, "{end} {exact}");
        }
    }

    #[test]
    fn starts_lie_about_the_draws_in_turn() {
        let data = [Point::<2>::new(900.0, -500.0), Point::<2>::new(-300.0, 700.0)];
        let n = 5001;
        let starts = starts(&data, n, 7);
        assert_eq!(starts.len(), n);
        let noise = starts.iter().zip(data.iter().cycle()).map(|(x, y)| (x - y) / FIRST);
        let square = noise.map(|e| e.norm_squared()).sum::<f64>() / n as f64;
        // |ε|² has the mean 2 and the variance 4.
        assert!((square - 2.0).abs() < 5.8 * 2.0 / (n as f64).sqrt(), "{square}");
    }

    #[test]
    fn draws_are_as_many_as_asked_and_of_their_seed() {
        assert_eq!((draws(12, 1).len(), draws(12, 1)), (12, draws(12, 1)));
        assert_ne!(draws(12, 1), draws(12, 2));
    }

    #[test]
    fn the_nearest_draw_is_as_far_as_a_ruler_says() {
        let data = [Point::<2>::new(9.0, 9.0), Point::<2>::new(0.5, 1.0)];
        assert_eq!(nearest(&data, &Point::<2>::new(3.5, 5.0)), 5.0);
    }
}
