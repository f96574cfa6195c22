//! Densities, and the mixture of Gaussians that the book holds its samplers against.

use crate::{Point, State};
use nalgebra::{Cholesky, Const, DimMin, SMatrix};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::PI;

/// A density on ℝᴰ that can be evaluated and differentiated.
pub trait Density<const D: usize>: Sync {
    /// log p(x), in nats.
    fn log_density(&self, x: &Point<D>) -> f64;

    /// The score ∇ log p(x).
    fn score(&self, x: &Point<D>) -> Point<D>;

    /// p(x).
    fn density(&self, x: &Point<D>) -> f64 {
        self.log_density(x).exp()
    }
}

/// One Gaussian of a mixture, with what evaluating it needs.
#[derive(Clone, Debug)]
struct Component<const D: usize> {
    weight: f64,
    mean: Point<D>,
    covariance: SMatrix<f64, D, D>,
    factor: Cholesky<f64, Const<D>>,
    /// log of weight / √((2π)ᴰ det C).
    log_scale: f64,
}

/// Components side by side, so that arithmetic on them runs on vectors of two numbers,
/// which every machine has.
const LANES: usize = 2;

/// Blocks of which the terms are held until the largest is known.
const HELD: usize = 8;

/// Of a term that is e⁻⁴⁰ = 4e-18 of the largest, nothing is left after rounding.
const NOTHING: f64 = -40.0;

/// A number for each component of a block.
type Lanes = [f64; LANES];

/// What the score needs of a few components.
#[derive(Clone, Copy, Debug)]
struct Block<const D: usize> {
    /// As in [`Component`]; −∞ where there is no component.
    log_scale: Lanes,
    mean: [Lanes; D],
    /// C⁻¹.
    precision: [[Lanes; D]; D],
}

impl<const D: usize> Block<D> {
    fn new(components: &[Component<D>]) -> Self {
        let mut block = Self {
            log_scale: [f64::NEG_INFINITY; LANES],
            mean: [[0.0; LANES]; D],
            precision: [[[0.0; LANES]; D]; D],
        };
        for (k, c) in components.iter().enumerate() {
            let precision = c.factor.inverse();
            block.log_scale[k] = c.log_scale;
            for i in 0..D {
                block.mean[i][k] = c.mean[i];
                for j in 0..D {
                    block.precision[i][j][k] = precision[(i, j)];
                }
            }
        }
        block
    }

    /// For each component, log of weight × density at x, and C⁻¹(x − m).
    #[inline]
    fn terms(&self, x: &Point<D>) -> (Lanes, [Lanes; D]) {
        let (mut log, mut solved) = (self.log_scale, [[0.0; LANES]; D]);
        let d: [Lanes; D] = std::array::from_fn(|i| self.mean[i].map(|mean| x[i] - mean));
        for i in 0..D {
            for (precision, d) in self.precision[i].iter().zip(&d) {
                for k in 0..LANES {
                    solved[i][k] += precision[k] * d[k];
                }
            }
            for k in 0..LANES {
                log[k] -= 0.5 * d[i][k] * solved[i][k];
            }
        }
        (log, solved)
    }
}

/// A mixture of Gaussians Σ wₖ N(mₖ, Cₖ).
///
/// Affine images with Gaussian noise are mixtures again ([`Mixture::pushed`]), so every
/// marginal of a linear diffusion started in one is known exactly.
#[derive(Clone, Debug)]
pub struct Mixture<const D: usize> {
    components: Vec<Component<D>>,
    /// The same components, a few at a time.
    blocks: Vec<Block<D>>,
}

impl<const D: usize> Mixture<D>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    /// Σ wₖ N(mₖ, Cₖ) from triples (weight, mean, covariance). The weights are divided
    /// by their sum.
    ///
    /// # Panics
    /// If there is no component, a weight is not positive and finite, or a covariance
    /// is not symmetric and positive definite.
    pub fn new(
        parts: impl IntoIterator<Item = (f64, Point<D>, SMatrix<f64, D, D>)>,
    ) -> Self {
        let parts: Vec<_> = parts.into_iter().collect();
        assert!(!parts.is_empty(), "a mixture needs at least one component");
        let total: f64 = parts.iter().map(|(w, ..)| w).sum();
        let component = |(w, mean, covariance): (f64, Point<D>, SMatrix<f64, D, D>)| {
            assert!(
                w > 0.0 && w.is_finite(),
                "a weight of a mixture is positive, not {w}"
            );
            assert!(
                (covariance - covariance.transpose()).norm() <= 1e-12 * covariance.norm(),
                "a covariance is symmetric, unlike {covariance}"
            );
            let factor = Cholesky::new(covariance).unwrap_or_else(|| {
                panic!("a covariance is positive definite, unlike {covariance}")
            });
            let log_root_det: f64 = (0..D).map(|i| factor.l_dirty()[(i, i)].ln()).sum();
            let weight = w / total;
            let log_scale = weight.ln() - log_root_det - 0.5 * D as f64 * (2.0 * PI).ln();
            Component { weight, mean, covariance, factor, log_scale }
        };
        let components: Vec<_> = parts.into_iter().map(component).collect();
        let blocks = components.chunks(LANES).map(Block::new).collect();
        Self { components, blocks }
    }

    /// The single Gaussian N(mean, deviation² I).
    pub fn gaussian(mean: Point<D>, deviation: f64) -> Self {
        Self::new([(1.0, mean, SMatrix::identity() * deviation.powi(2))])
    }

    /// The law of α z + σ ε, with z from this mixture and ε ~ N(0, I) independent of it.
    pub fn pushed(&self, alpha: f64, sigma: f64) -> Self {
        Self::new(self.components.iter().map(|c| {
            let covariance = c.covariance * alpha.powi(2)
                + SMatrix::<f64, D, D>::identity() * sigma.powi(2);
            (c.weight, c.mean * alpha, covariance)
        }))
    }

    /// One draw.
    pub fn sample(&self, generator: &mut impl Rng) -> Point<D> {
        let mut left: f64 = generator.random();
        let last = self.components.len() - 1;
        let chosen = self.components.iter().take(last).position(|c| {
            left -= c.weight;
            left < 0.0
        });
        let component = &self.components[chosen.unwrap_or(last)];
        let noise = Point::<D>::from_fn(|_, _| StandardNormal.sample(generator));
        component.mean + component.factor.l() * noise
    }

    /// The mean Σ wₖ mₖ.
    pub fn mean(&self) -> Point<D> {
        self.components
            .iter()
            .fold(Point::<D>::zeros(), |sum, c| sum.plus(c.weight, &c.mean))
    }

    /// The covariance Σ wₖ (Cₖ + (mₖ − m)(mₖ − m)ᵀ).
    pub fn covariance(&self) -> SMatrix<f64, D, D> {
        let mean = self.mean();
        let spread = |c: &Component<D>| {
            let d = c.mean - mean;
            (c.covariance + d * d.transpose()) * c.weight
        };
        self.components.iter().fold(SMatrix::zeros(), |sum, c| sum + spread(c))
    }

    /// For each component, log of weight × density at x.
    fn logs(&self, x: &Point<D>) -> impl Iterator<Item = f64> {
        self.components.iter().map(move |c| {
            let d = x - c.mean;
            c.log_scale - 0.5 * d.dot(&c.factor.solve(&d))
        })
    }
}

impl<const D: usize> Density<D> for Mixture<D>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    fn log_density(&self, x: &Point<D>) -> f64 {
        // The largest term is taken out, so that far tails do not underflow to log 0.
        let top = self.logs(x).fold(f64::NEG_INFINITY, f64::max);
        top + self.logs(x).map(|log| (log - top).exp()).sum::<f64>().ln()
    }

    /// Σ shareₖ Cₖ⁻¹(mₖ − x), where the share is wₖ pₖ(x) over the sum of all.
    #[inline]
    fn score(&self, x: &Point<D>) -> Point<D> {
        let larger = |a: f64, b: f64| if a > b { a } else { b };
        let mut top = f64::NEG_INFINITY;
        let (mut totals, mut sums) = ([0.0; LANES], [[0.0; LANES]; D]);
        for blocks in self.blocks.chunks(HELD) {
            let mut held = [([0.0; LANES], [[0.0; LANES]; D]); HELD];
            let (before, mut tops) = (top, [top; LANES]);
            for (block, held) in blocks.iter().zip(&mut held) {
                *held = block.terms(x);
                tops = std::array::from_fn(|k| larger(held.0[k], tops[k]));
            }
            top = tops.into_iter().fold(top, larger);
            // What was added up in units of the largest so far.
            if before > f64::NEG_INFINITY {
                let unit = (before - top).exp();
                totals = totals.map(|total| unit * total);
                sums = sums.map(|sum| sum.map(|sum| unit * sum));
            }
            for (log, solved) in &held[..blocks.len()] {
                if log.iter().all(|log| log - top < NOTHING) {
                    continue;
                }
                let share = log.map(|log| (log - top).exp());
                for k in 0..LANES {
                    totals[k] += share[k];
                }
                for (sum, solved) in sums.iter_mut().zip(solved) {
                    for k in 0..LANES {
                        sum[k] += share[k] * solved[k];
                    }
                }
            }
        }
        let total: f64 = totals.iter().sum();
        Point::from_fn(|i, _| -sums[i].iter().sum::<f64>() / total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stream;
    use nalgebra::{Matrix2, Vector2};

    fn two() -> Mixture<2> {
        Mixture::new([
            (3.0, Vector2::new(1.0, -0.5), Matrix2::new(0.5, 0.2, 0.2, 0.3)),
            (1.0, Vector2::new(-1.2, 0.7), Matrix2::new(0.3, -0.1, -0.1, 0.6)),
        ])
    }

    /// ∫ f p over a box of ±8 with the midpoint rule, which converges faster than any
    /// power of the step for functions that vanish at the border.
    fn integral(p: &Mixture<2>, f: impl Fn(&Point<2>) -> f64) -> f64 {
        let (n, h) = (400, 16.0 / 400.0);
        let at = |i: usize| -8.0 + (i as f64 + 0.5) * h;
        let cells = (0..n * n).map(|k| Vector2::new(at(k % n), at(k / n)));
        cells.map(|x| f(&x) * p.density(&x) * h * h).sum()
    }

    #[test]
    fn mass_mean_and_covariance_agree_with_quadrature() {
        let p = two();
        assert!((integral(&p, |_| 1.0) - 1.0).abs() < 1e-12);
        let mean = p.mean();
        assert!((integral(&p, |x| x.x) - mean.x).abs() < 1e-12);
        assert!((integral(&p, |x| x.y) - mean.y).abs() < 1e-12);
        let cross = integral(&p, |x| (x.x - mean.x) * (x.y - mean.y));
        assert!((cross - p.covariance()[(0, 1)]).abs() < 1e-12);
        let spread = integral(&p, |x| (x.x - mean.x).powi(2));
        assert!((spread - p.covariance()[(0, 0)]).abs() < 1e-12);
    }

    #[test]
    fn the_score_is_the_gradient_of_the_log_density() {
        let (p, h) = (two(), 1e-5);
        for x in
            [Vector2::new(0.3, 0.2), Vector2::new(-2.0, 1.5), Vector2::new(30.0, -20.0)]
        {
            for i in 0..2 {
                let step = Point::<2>::ith(i, h);
                let slope =
                    (p.log_density(&(x + step)) - p.log_density(&(x - step))) / (2.0 * h);
                // Rounding of log p, about 1e-13 at its largest, over 2h.
                assert!((slope - p.score(&x)[i]).abs() < 1e-7 * (1.0 + slope.abs()));
            }
        }
    }

    #[test]
    fn the_score_of_many_components_is_the_gradient_too() {
        // More than are held at once, the nearest one among the last.
        let part = |k: usize| {
            let (angle, size) = (k as f64, 0.3 + 0.1 * k as f64);
            let mean = Vector2::new(angle.cos(), angle.sin()) * size;
            let spread = Matrix2::new(0.2 + 0.01 * size, 0.05, 0.05, 0.1);
            (1.0 + size, mean, spread)
        };
        let (p, h) = (Mixture::new((0..2 * LANES * HELD + 5).map(part)), 1e-5);
        for x in [Vector2::new(0.3, 0.2), Vector2::new(-2.0, 3.5), Vector2::new(9.0, 8.0)]
        {
            for i in 0..2 {
                let step = Point::<2>::ith(i, h);
                let slope =
                    (p.log_density(&(x + step)) - p.log_density(&(x - step))) / (2.0 * h);
                assert!((slope - p.score(&x)[i]).abs() < 1e-6 * (1.0 + slope.abs()));
            }
        }
    }

    #[test]
    fn pushing_moves_moments_as_an_affine_map_with_noise_does() {
        let (p, q) = (two(), two().pushed(0.6, 0.7));
        assert!((q.mean() - p.mean() * 0.6).norm() < 1e-15);
        let expected = p.covariance() * 0.36 + Matrix2::identity() * 0.49;
        assert!((q.covariance() - expected).norm() < 1e-14);
        assert!((integral(&q, |_| 1.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_gaussian_is_told_by_its_deviation() {
        let p = Mixture::gaussian(Vector2::new(0.4, -1.0), 0.3);
        assert!((p.covariance() - Matrix2::identity() * 0.09).norm() < 1e-15);
        assert_eq!(p.mean(), Vector2::new(0.4, -1.0));
    }

    #[test]
    fn samples_have_the_moments_of_the_law() {
        let (p, n) = (two(), 200_000);
        let mut generator = Stream::new(5, "mixture moments").generator();
        let draws: Vec<_> = (0..n).map(|_| p.sample(&mut generator)).collect();
        let (mean, covariance) = (p.mean(), p.covariance());
        for i in 0..2 {
            let sampled = draws.iter().map(|x| x[i]).sum::<f64>() / n as f64;
            let error = (covariance[(i, i)] / n as f64).sqrt();
            assert!((sampled - mean[i]).abs() < 5.8 * error);
        }
        let products: Vec<f64> =
            draws.iter().map(|x| (x.x - mean.x) * (x.y - mean.y)).collect();
        let sampled = products.iter().sum::<f64>() / n as f64;
        let square = products.iter().map(|v| v * v).sum::<f64>() / n as f64;
        let error = ((square - sampled * sampled) / n as f64).sqrt();
        assert!((sampled - covariance[(0, 1)]).abs() < 5.8 * error);
        let first = draws.iter().filter(|x| x.x > 0.0).count() as f64 / n as f64;
        assert!(first > 0.6 && first < 0.8, "the heavier component lies on the right");
    }

    #[test]
    #[should_panic(expected = "positive definite")]
    fn a_covariance_must_be_positive_definite() {
        let _ = Mixture::new([(1.0, Vector2::zeros(), Matrix2::new(1.0, 2.0, 2.0, 1.0))]);
    }

    #[test]
    #[should_panic(expected = "symmetric")]
    fn a_covariance_must_be_symmetric() {
        let _ = Mixture::new([(1.0, Vector2::zeros(), Matrix2::new(1.0, 0.2, 0.0, 1.0))]);
    }

    #[test]
    #[should_panic(expected = "positive, not inf")]
    fn a_weight_must_be_finite() {
        let _ = Mixture::new([(f64::INFINITY, Vector2::zeros(), Matrix2::identity())]);
    }

    #[test]
    #[should_panic(expected = "positive, not 0")]
    fn a_weight_must_be_positive() {
        let _ = Mixture::new([(0.0, Vector2::zeros(), Matrix2::identity())]);
    }
}
