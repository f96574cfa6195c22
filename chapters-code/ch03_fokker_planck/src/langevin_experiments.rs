//! Three experiments with Langevin dynamics: a Gaussian on the line, one in the plane, and
//! a score that somebody multiplied by the output of a network.

use crate::gaussian_target::{GaussianTarget, Law};
use crate::langevin::Langevin;
use ch01_flows::experiments::starts;
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Failure, Mixture, Point, Stream, TimeGrid};
use nalgebra::{Const, DimMin, Matrix2, SMatrix};
use std::f64::consts::TAU;

// ANCHOR: quarters
/// Clouds at the start of a simulation and after each quarter of its steps.
pub fn quarters<const D: usize>(
    score: impl Fn(&Point<D>) -> Point<D> + Sync,
    g: f64,
    grid: TimeGrid,
    starts: Vec<Point<D>>,
    seed: u64,
) -> Result<Vec<Vec<Point<D>>>, Failure<Point<D>>> {
    let sde = Langevin { score, diffusion: g };
    let (n, mut seen) = (grid.steps / 4, vec![starts]);
    for k in 0..4 {
        let part = TimeGrid::new(grid.time(k * n), grid.time((k + 1) * n), n);
        let stream = Stream::new(seed, &format!("Langevin, quarter {k}"));
        let mut particles = seen[k].clone();
        simulate(&EulerMaruyama, &sde, part, stream, &mut particles)?;
        seen.push(particles);
    }
    Ok(seen)
}
// ANCHOR_END: quarters

/// `count` draws from N(m, C).
pub fn draws<const D: usize>(of: &Law<D>, count: usize, seed: u64) -> Vec<Point<D>>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    let law = of.gaussian();
    let mut generator = Stream::new(seed, "starts of Langevin").generator();
    (0..count).map(|_| law.sample(&mut generator)).collect()
}

/// Steps to t = 20 on the line; g = 1.
pub const LINE_STEPS: usize = 500;
/// Steps to t = 20 in the plane; g = 1.
pub const PLANE_STEPS: usize = 1000;
/// The end of both.
pub const END: f64 = 20.0;

/// N(0, 1) on the line, and the start N(4, ¼).
pub fn line() -> (GaussianTarget<1>, Law<1>) {
    let target = GaussianTarget::new(Point::<1>::zeros(), SMatrix::identity())
        .expect("positive definite");
    (target, Law { mean: Point::<1>::new(4.0), covariance: SMatrix::from([[0.25]]) })
}

/// A correlated Gaussian in the plane, and a round start far to the upper left.
pub fn plane() -> (GaussianTarget<2>, Law<2>) {
    let covariance = Matrix2::new(1.0, 0.6, 0.6, 2.0);
    let target = GaussianTarget::new(Point::<2>::new(1.0, -1.0), covariance)
        .expect("positive definite");
    let start =
        Law { mean: Point::<2>::new(-4.0, 4.0), covariance: Matrix2::identity() * 0.25 };
    (target, start)
}

/// The time of step `i` of `n`: not the number i itself.
pub fn time(i: usize, n: usize) -> f64 {
    TimeGrid::new(0.0, END, n).time(i)
}

/// The strengths g of the experiment with a network.
pub const STRENGTHS: [f64; 4] = [0.01, 0.1, 1.0, 1.5];
/// Steps to t = 1 in the experiment with a network.
pub const NETWORK_STEPS: usize = 100;

// ANCHOR: ends
/// Where `count` particles that start in N(0, I) are at t = 1, after 100 steps
/// with the drift ½ g² s.
pub fn ends(
    score: impl Fn(&Point<2>) -> Point<2> + Sync,
    g: f64,
    count: usize,
    seed: u64,
) -> Result<Vec<Point<2>>, Failure<Point<2>>> {
    let mut particles = starts(seed, count);
    let sde = Langevin { score, diffusion: g };
    let grid = TimeGrid::new(0.0, 1.0, NETWORK_STEPS);
    let stream = Stream::new(seed, "Langevin with a network");
    simulate(&EulerMaruyama, &sde, grid, stream, &mut particles)?;
    Ok(particles)
}

/// The score of N(0, I).
pub fn score(x: &Point<2>) -> Point<2> {
    -x
}

/// The same, times the output of a network, coordinate by coordinate.
pub fn score_times(
    network: impl Fn(&Point<2>) -> Point<2> + Sync,
) -> impl Fn(&Point<2>) -> Point<2> + Sync {
    move |x| score(x).component_mul(&network(x))
}
// ANCHOR_END: ends

/// `modes` round Gaussians of one weight, equally spaced on a circle about the origin.
pub fn ring(modes: usize, radius: f64, deviation: f64) -> Mixture<2> {
    let part = |k: usize| {
        let angle = TAU * k as f64 / modes as f64;
        let mean = Point::<2>::new(angle.cos(), angle.sin()) * radius;
        (1.0, mean, Matrix2::identity() * deviation.powi(2))
    };
    Mixture::new((0..modes).map(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_as_strong_as_g_and_the_score_as_its_square() {
        let run = |s: f64, g: f64| {
            let grid = TimeGrid::new(0.0, 1.6, 8);
            let starts = vec![Point::<2>::new(0.3, -0.8)];
            let seen = quarters(|_| Point::<2>::new(s, -s), g, grid, starts, 5);
            seen.expect("eight steps")
        };
        let (free, louder, pushed) = (run(0.0, 0.6), run(0.0, 1.8), run(0.9, 1.8));
        for k in 1..=4 {
            let (noise, more) = (free[k][0] - free[0][0], louder[k][0] - free[0][0]);
            assert!((more - noise * 3.0).norm() < 1e-14, "{k}");
            let push = 0.5 * 1.8_f64.powi(2) * 0.9 * 0.4 * k as f64;
            let moved = pushed[k][0] - louder[k][0];
            assert!((moved - Point::<2>::new(push, -push)).norm() < 1e-14, "{k}");
        }
    }
}
