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

/// A mixture of Gaussians Σ wₖ N(mₖ, Cₖ).
///
/// Affine images with Gaussian noise are mixtures again ([`Mixture::pushed`]), so every
/// marginal of a linear diffusion started in one is known exactly.
#[derive(Clone, Debug)]
pub struct Mixture<const D: usize> {
    components: Vec<Component<D>>,
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
        Self { components: parts.into_iter().map(component).collect() }
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

    /// For each component, log of weight × density at x, and −C⁻¹(x − m).
    fn terms(&self, x: &Point<D>) -> impl Iterator<Item = (f64, Point<D>)> {
        self.components.iter().map(move |c| {
            let d = x - c.mean;
            let solved = c.factor.solve(&d);
            (c.log_scale - 0.5 * d.dot(&solved), -solved)
        })
    }
}

impl<const D: usize> Density<D> for Mixture<D>
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    fn log_density(&self, x: &Point<D>) -> f64 {
        // The largest term is taken out, so that far tails do not underflow to log 0.
        let top = self.terms(x).map(|(log, _)| log).fold(f64::NEG_INFINITY, f64::max);
        top + self.terms(x).map(|(log, _)| (log - top).exp()).sum::<f64>().ln()
    }

    fn score(&self, x: &Point<D>) -> Point<D> {
        let top = self.terms(x).map(|(log, _)| log).fold(f64::NEG_INFINITY, f64::max);
        let (mut total, mut sum) = (0.0, Point::<D>::zeros());
        for (log, score) in self.terms(x) {
            let share = (log - top).exp();
            total += share;
            sum.add_scaled(share, &score);
        }
        sum / total
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
