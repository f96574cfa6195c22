//! Langevin dynamics down a staircase of noise.

use crate::problem::Blur;
use ch03_fokker_planck::langevin::ula_step;
use ch04_reverse_sdes::Noised;
use dynamics::Stream;
use dynamics::{Generator, Increment, Point, VectorField, for_each_chunk};
use nalgebra::Matrix1;

// ANCHOR: annealed
/// Deviations of noise in geometric progression, from `high` down to `low`.
///
/// # Panics
/// If there are fewer than two, or they do not fall.
pub fn levels(high: f64, low: f64, count: usize) -> Vec<f64> {
    assert!(count >= 2 && high > low && low > 0.0, "{count} levels from {high} to {low}");
    let ratio = (low / high).powf(1.0 / (count - 1) as f64);
    (0..count).map(|i| high * ratio.powi(i as i32)).collect()
}

/// Annealed Langevin dynamics: at each level σ, `steps` steps
///
/// x ← x + ½ η s(σ, x) + √η z,  η = ratio · σ².
///
/// The score is asked at (σ, x), levels × steps times in all.
pub fn annealed_langevin<const D: usize>(
    score: &impl VectorField<Point<D>>,
    levels: &[f64],
    (steps, ratio): (usize, f64),
    start: Point<D>,
    draws: &mut Generator,
) -> Point<D> {
    let mut x = start;
    for &sigma in levels {
        // `ula_step` calls ½ η its step.
        let half = 0.5 * ratio * sigma * sigma;
        for _ in 0..steps {
            let z = Point::draw(1.0, draws);
            x = ula_step(|x| score.velocity(sigma, x), half, &x, &z);
        }
    }
    x
}
// ANCHOR_END: annealed

/// Two heaps that lie twelve apart.
pub fn far_heaps() -> Noised<Blur, 1> {
    let heap = |(weight, mean, deviation): (f64, f64, f64)| {
        (weight, Point::<1>::new(mean), Matrix1::new(deviation * deviation))
    };
    Noised::new([(0.4, -6.0, 0.6), (0.6, 6.0, 0.4)].map(heap), Blur)
}

/// A plan for the staircase: levels, and steps on each.
#[derive(Clone, Debug)]
pub struct Stairs {
    /// σ₁ > σ₂ > …
    pub levels: Vec<f64>,
    /// Steps on each.
    pub steps: usize,
    /// η/σ².
    pub ratio: f64,
}

impl Stairs {
    /// 24 levels from 12 to 0.1, 60 steps each.
    pub fn down() -> Self {
        Self { levels: levels(12.0, 0.1, 24), steps: 60, ratio: 0.2 }
    }

    /// As many steps, all on the lowest level.
    pub fn bottom() -> Self {
        Self { levels: vec![0.1], steps: 24 * 60, ratio: 0.2 }
    }

    /// The ends of `n` chains that all start near the right heap.
    pub fn ends(&self, n: usize, seed: u64) -> Vec<f64> {
        let (law, stream) = (far_heaps(), Stream::new(seed, "down the stairs"));
        let mut ends = vec![Point::<1>::zeros(); n];
        for_each_chunk(&mut ends, |k, chunk| {
            let mut draws = stream.chunk(k as u64);
            for x in chunk {
                let start = Point::<1>::new(6.0) + Point::draw(0.4, &mut draws);
                let plan = (self.steps, self.ratio);
                *x = annealed_langevin(&law, &self.levels, plan, start, &mut draws);
            }
        });
        ends.iter().map(|x| x.x).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_fall_by_one_factor() {
        let levels = levels(8.0, 0.5, 5);
        let expected = [8.0, 4.0, 2.0, 1.0, 0.5];
        assert!(levels.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    #[should_panic(expected = "5 levels from 0.5 to 8")]
    fn levels_that_rise_are_refused() {
        levels(0.5, 8.0, 5);
    }

    #[test]
    #[should_panic(expected = "2 levels from 3 to 3")]
    fn levels_that_stay_are_refused() {
        levels(3.0, 3.0, 2);
    }

    #[test]
    #[should_panic(expected = "4 levels from 3 to 0")]
    fn a_level_without_noise_is_refused() {
        levels(3.0, 0.0, 4);
    }

    #[test]
    fn chains_start_at_the_right_heap_each_with_draws_of_its_own() {
        let (n, step) = (9000, Stairs { steps: 1, ..Stairs::bottom() });
        let mut ends = step.ends(n, 4);
        assert_ne!(ends, step.ends(n, 5));
        // One step of η = 0.2 · 0.1² on N(6, 0.4²), whose score is −(x − 6)/(0.4² + 0.1²).
        let variance = 0.16 * (1.0 - 0.001_f64 / 0.17).powi(2) + 0.002;
        let error = 5.8 / (n as f64).sqrt();
        let mean = ends.iter().sum::<f64>() / n as f64;
        assert!((mean - 6.0).abs() < error * variance.sqrt(), "{mean}");
        let square = ends.iter().map(|x| (x - 6.0).powi(2)).sum::<f64>() / n as f64;
        let off = square / variance - 1.0;
        assert!(off.abs() < error * 2.0_f64.sqrt(), "{square}");
        ends.sort_by(f64::total_cmp);
        assert!(ends.windows(2).all(|pair| pair[0] < pair[1]), "a draw came twice");
    }

    #[test]
    fn far_heaps_have_the_moments_of_their_mixture() {
        let (law, mut draws) = (far_heaps(), Stream::new(2, "far").generator());
        let x: Vec<f64> = (0..9000).map(|_| law.sample(&mut draws).x).collect();
        let near = |middle: f64, variance: f64| {
            let heap: Vec<_> = x.iter().filter(|x| *x * middle > 0.0).collect();
            let n = heap.len() as f64;
            let square = heap.iter().map(|x| (*x - middle).powi(2)).sum::<f64>() / n;
            let off = square / variance - 1.0;
            assert!(off.abs() < 5.8 * (2.0 / n).sqrt(), "{square} for {variance}");
        };
        near(-6.0, 0.36);
        near(6.0, 0.16);
    }

    #[test]
    #[should_panic(expected = "1 levels from 8 to 0.5")]
    fn one_level_is_no_staircase() {
        levels(8.0, 0.5, 1);
    }

    #[test]
    fn a_level_has_steps_enough_to_reach_its_law() {
        let (n, down) = (9000, Stairs::down());
        let ends = Stairs { levels: vec![12.0], ..down.clone() }.ends(n, 7);
        let mean = ends.iter().sum::<f64>() / n as f64;
        let square = ends.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n as f64;
        // Heaps at ±6 blurred by 12, nearly a normal law. 60 steps of η = 0.2 · 12² leave
        // e^{−60 η/v} of the start; the length of a step adds η/4v = 4 %.
        let variance = 144.0 + 0.4 * (36.0 + 0.36) + 0.6 * (36.0 + 0.16) - 1.2 * 1.2;
        let off = square / variance - 1.0;
        assert!(off.abs() < 0.04 + 5.8 * (2.0 / n as f64).sqrt(), "{off}");
        // The other plan is its last level, with as many steps of the same kind.
        let bottom = Stairs::bottom();
        assert_eq!(bottom.steps, down.steps * down.levels.len());
        assert_eq!(bottom.ratio, down.ratio);
        assert!((bottom.levels[0] - down.levels[23]).abs() < 1e-12);
    }

    #[test]
    fn one_step_goes_half_its_length_along_the_score() {
        let (law, start) = (far_heaps(), Point::<1>::new(4.2));
        let draws = || Stream::new(8, "one step").generator();
        let found = annealed_langevin(&law, &[2.0], (1, 0.3), start, &mut draws());
        // η = 0.3 · 2².
        let z: Point<1> = Point::draw(1.0, &mut draws());
        let exact = start + law.velocity(2.0, &start) * 0.6 + z * 1.2_f64.sqrt();
        assert!((found - exact).amax() < 1e-14, "{found} for {exact}");
    }
}
