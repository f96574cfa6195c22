//! Drawing with a score for many particles at once.

use ch04_reverse_sdes::NoiseSchedule;
use dynamics::Stream;
use neural::Matrix;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use std::error::Error;
use std::fmt;

// ANCHOR: drawing
/// A score for every column of x at once.
pub trait BatchScore: Sync {
    /// s(t, x).
    fn score(&self, t: f64, x: &Matrix) -> Matrix;
}

/// A particle that is no longer a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lost {
    /// Which particle.
    pub particle: usize,
    /// After the step to this time.
    pub t: f64,
}

/// Particles in a chunk: their layers fit a core's cache.
const CHUNK: usize = 256;

/// Draws `n` particles of `d` coordinates: from N(0, σ_T² I) down the `times`, which
/// fall, by Euler and Maruyama for the way back with noise λ g,
///
/// x ← x + h (½ (1 + λ²) g² s(t, x) − a x) + λ √h g ξ.
///
/// Chunk k of the particles draws from generator k of `stream`: the same bits on any
/// number of threads.
///
/// # Errors
/// The first particle that is no longer a number, with the time.
pub fn draw(
    schedule: &impl NoiseSchedule,
    score: &impl BatchScore,
    lambda: f64,
    times: &[f64],
    (d, n): (usize, usize),
    stream: Stream,
) -> Result<Matrix, Lost> {
    let mut particles = Matrix::zeros(d, n);
    let chunks = particles.as_mut_slice().par_chunks_mut(d * CHUNK).enumerate();
    let results: Vec<Result<(), Lost>> = chunks
        .map(|(k, chunk)| {
            let mut draws = stream.chunk(k as u64);
            let mut normal = || -> f32 { StandardNormal.sample(&mut draws) };
            let start = schedule.sigma(times[0]) as f32;
            let mut x = Matrix::from_fn(d, chunk.len() / d, |_, _| start * normal());
            for pair in times.windows(2) {
                let (t, h) = (pair[0], pair[0] - pair[1]);
                let g2 = schedule.noise_rate(t);
                let of_score = (0.5 * (1.0 + lambda * lambda) * g2 * h) as f32;
                let of_place = (1.0 - h * schedule.rate(t)) as f32;
                let of_noise = (lambda * (g2 * h).sqrt()) as f32;
                let s = score.score(t, &x);
                for (x, s) in x.as_mut_slice().iter_mut().zip(s.as_slice()) {
                    *x = of_place * *x + of_score * s;
                    if of_noise > 0.0 {
                        *x += of_noise * normal();
                    }
                }
                if let Some(i) = x.as_slice().iter().position(|x| !x.is_finite()) {
                    return Err(Lost { particle: k * CHUNK + i / d, t: pair[1] });
                }
            }
            chunk.copy_from_slice(x.as_slice());
            Ok(())
        })
        .collect();
    results.into_iter().collect::<Result<(), Lost>>()?;
    Ok(particles)
}
// ANCHOR_END: drawing

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { particle, t } = self;
        write!(
            f,
            "particle {particle} is no longer a number at t = {t}: take shorter steps, or look \
             at the score there"
        )
    }
}

impl Error for Lost {}

impl<S: NoiseSchedule> BatchScore for crate::learned::Learned<S> {
    fn score(&self, t: f64, x: &Matrix) -> Matrix {
        Self::score(self, t, x)
    }
}

impl<F: Fn(f64, &Matrix) -> Matrix + Sync> BatchScore for F {
    fn score(&self, t: f64, x: &Matrix) -> Matrix {
        self(t, x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ch04_reverse_sdes::problem::SCHEDULE;

    const TIMES: [f64; 5] = [0.25, 0.2, 0.13, 0.07, 0.02];

    /// The score of a normal law about 0.8 whose variance is 0.3 + t.
    fn normal(t: f64, x: &Matrix) -> Matrix {
        x.map(|x| (0.8 - x) / (0.3 + t) as f32)
    }

    #[test]
    fn draws_of_a_linear_score_have_the_moments_of_their_recursion() {
        let n = 3000;
        for lambda in [0.0, 0.7, 1.3] {
            let draws = draw(
                &SCHEDULE,
                &normal,
                lambda,
                &TIMES,
                (2, n),
                Stream::new(3, "linear"),
            )
            .unwrap();
            // Each step is linear in x.
            let (mut mean, mut variance) = (0.0, SCHEDULE.sigma(TIMES[0]).powi(2));
            for pair in TIMES.windows(2) {
                let (t, h) = (pair[0], pair[0] - pair[1]);
                let g2 = SCHEDULE.noise_rate(t);
                let pull = 0.5 * (1.0 + lambda * lambda) * g2 * h / (0.3 + t);
                let kept = 1.0 - h * SCHEDULE.rate(t) - pull;
                mean = kept * mean + 0.8 * pull;
                variance = kept * kept * variance + lambda * lambda * g2 * h;
            }
            let count = 2.0 * n as f64;
            let average = draws.iter().map(|x| f64::from(*x)).sum::<f64>() / count;
            let squares = draws.iter().map(|x| (f64::from(*x) - mean).powi(2));
            let square = squares.sum::<f64>() / count;
            // 5.8 standard errors of 6000 normal numbers.
            let error = 5.8 / count.sqrt();
            assert!((average - mean).abs() < error * variance.sqrt(), "λ = {lambda}");
            let off = square / variance - 1.0;
            assert!(off.abs() < error * 2.0_f64.sqrt(), "λ = {lambda}: {square}");
            let mut all: Vec<f32> = draws.iter().copied().collect();
            all.sort_by(f32::total_cmp);
            // f32 has few numbers to choose from; a chunk drawn again would repeat all.
            let twice = all.windows(2).filter(|pair| pair[0] == pair[1]).count();
            assert!(twice < n / 50, "{twice} numbers came twice");
        }
    }

    #[test]
    fn a_particle_that_is_lost_is_named() {
        for value in [f32::NAN, f32::INFINITY] {
            let wild = |t: f64, x: &Matrix| {
                let mut s = normal(t, x);
                // The second chunk is the shorter one.
                if t < 0.4 && x.ncols() == 44 {
                    s[(1, 17)] = value;
                }
                s
            };
            let drawn =
                draw(&SCHEDULE, &wild, 1.0, &TIMES, (2, 300), Stream::new(3, "x"));
            let lost = drawn.unwrap_err();
            assert_eq!(lost, Lost { particle: 273, t: 0.2 });
            assert!(lost.to_string().contains("particle 273 is no longer a number"));
        }
    }
}
