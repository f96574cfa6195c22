//! A mixture of Gaussians as a schedule noises it: the exact law of every time.

use crate::schedules::NoiseSchedule;
use ch01_flows::fields::Number;
use ch03_fokker_planck::Smooth;
use dynamics::{Generator, Increment, Mixture, Point, VectorField};
use nalgebra::{Const, DimMin, SMatrix, SVector, SymmetricEigen};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use statrs::function::erf::erfc;
use std::f64::consts::{PI, SQRT_2};

/// One Gaussian, turned so that its axes are those of its covariance.
#[derive(Clone, Copy, Debug)]
struct Component<const D: usize> {
    weight: f64,
    mean: Point<D>,
    /// Columns are the axes.
    axes: SMatrix<f64, D, D>,
    /// Variances along them.
    variances: Point<D>,
}

// ANCHOR: noised
/// The law p_t of α(t) X₀ + σ(t) ε, where X₀ has the law of a mixture: again a mixture,
/// Σ wₖ N(α mₖ, α² Cₖ + σ² I).
///
/// At every time the same axes diagonalise a component, so a new time costs no new
/// factorisation.
#[derive(Clone, Debug)]
pub struct Noised<S, const D: usize> {
    components: Vec<Component<D>>,
    /// α and σ.
    pub schedule: S,
}
// ANCHOR_END: noised

impl<S: NoiseSchedule, const D: usize> Noised<S, D> {
    /// The data Σ wₖ N(mₖ, Cₖ), given as triples, under a schedule.
    ///
    /// # Panics
    /// As [`Mixture::new`].
    pub fn new(
        parts: impl IntoIterator<Item = (f64, Point<D>, SMatrix<f64, D, D>)>,
        schedule: S,
    ) -> Self
    where
        Const<D>: DimMin<Const<D>, Output = Const<D>>,
    {
        let parts: Vec<_> = parts.into_iter().collect();
        // The mixture looks at weights and covariances.
        let _ = Mixture::new(parts.iter().copied());
        let total: f64 = parts.iter().map(|(w, ..)| w).sum();
        let component = |&(w, mean, covariance): &(f64, Point<D>, SMatrix<f64, D, D>)| {
            let dynamic =
                nalgebra::DMatrix::from_iterator(D, D, covariance.iter().copied());
            let eigen = SymmetricEigen::new(dynamic);
            let axes = SMatrix::from_iterator(eigen.eigenvectors.iter().copied());
            let variances = Point::from_iterator(eigen.eigenvalues.iter().copied());
            Component { weight: w / total, mean, axes, variances }
        };
        Self { components: parts.iter().map(component).collect(), schedule }
    }

    /// One draw of X_t: α X₀ + σ ε.
    pub fn sample_at(&self, t: f64, generator: &mut Generator) -> Point<D> {
        let (alpha, sigma) = (self.schedule.alpha(t), self.schedule.sigma(t));
        let start = self.sample(generator);
        start * alpha + Point::<D>::draw(sigma, generator)
    }

    /// One draw of the data.
    pub fn sample(&self, generator: &mut impl Rng) -> Point<D> {
        let mut left: f64 = generator.random();
        let last = self.components.len() - 1;
        let chosen = self.components.iter().take(last).position(|c| {
            left -= c.weight;
            left < 0.0
        });
        let c = &self.components[chosen.unwrap_or(last)];
        let along = Point::<D>::from_fn(|i, _| {
            let noise: f64 = StandardNormal.sample(generator);
            c.variances[i].sqrt() * noise
        });
        c.mean + c.axes * along
    }

    // ANCHOR: noised-score
    /// log p_t(x).
    pub fn log_density<T: Number>(&self, t: T, x: &SVector<T, D>) -> T {
        self.log_and_score(t, x).0
    }

    /// ∇ log p_t(x): the scores of the components, each with its share of p_t(x).
    pub fn score<T: Number>(&self, t: T, x: &SVector<T, D>) -> SVector<T, D> {
        self.log_and_score(t, x).1
    }

    fn log_and_score<T: Number>(&self, t: T, x: &SVector<T, D>) -> (T, SVector<T, D>) {
        // The largest term so far is taken out, so that far tails do not underflow.
        let mut top = f64::MIN;
        let (mut total, mut sum) = (T::from(0.0), SVector::from_element(T::from(0.0)));
        for (log, score) in self.terms(t, x) {
            if log.re() > top {
                let shrink = T::from((top - log.re()).exp());
                (total, sum, top) = (total * shrink, sum * shrink, log.re());
            }
            let share = (log - top).exp();
            total += share;
            sum += score * share;
        }
        (total.ln() + top, sum / total)
    }
    // ANCHOR_END: noised-score

    /// For each component log of weight × density at x, and its score.
    fn terms<T: Number>(
        &self,
        t: T,
        x: &SVector<T, D>,
    ) -> impl Iterator<Item = (T, SVector<T, D>)> {
        let (alpha, sigma) = (self.schedule.alpha(t), self.schedule.sigma(t));
        let (stretch, noise) = (alpha * alpha, sigma * sigma);
        let x = *x;
        self.components.iter().map(move |c| {
            let mut log = T::from(c.weight.ln() - 0.5 * D as f64 * (2.0 * PI).ln());
            let mut score = SVector::from_element(T::from(0.0));
            for i in 0..D {
                let variance = stretch * c.variances[i] + noise;
                let mut along = T::from(0.0);
                for j in 0..D {
                    along += (x[j] - alpha * c.mean[j]) * c.axes[(j, i)];
                }
                let pull = along / variance;
                log -= (along * pull + variance.ln()) * 0.5;
                for j in 0..D {
                    score[j] -= pull * c.axes[(j, i)];
                }
            }
            (log, score)
        })
    }
}

impl<S: NoiseSchedule> Noised<S, 1> {
    /// P(X_t ≤ x).
    pub fn cdf(&self, t: f64, x: f64) -> f64 {
        let (alpha, sigma) = (self.schedule.alpha(t), self.schedule.sigma(t));
        let below = |c: &Component<1>| {
            let deviation = (alpha * alpha * c.variances[0] + sigma * sigma).sqrt();
            let place = (x - alpha * c.mean[0]) / deviation;
            c.weight * 0.5 * erfc(-place / SQRT_2)
        };
        self.components.iter().map(below).sum()
    }
}

/// The density p_t(x).
impl<S: NoiseSchedule, const D: usize> Smooth<D> for Noised<S, D> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, D>) -> T {
        self.log_density(t, x).exp()
    }
}

/// The score, as a field.
impl<S: NoiseSchedule, const D: usize> VectorField<Point<D>> for Noised<S, D> {
    fn velocity(&self, t: f64, x: &Point<D>) -> Point<D> {
        self.score(t, x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{SCHEDULE, two_heaps};
    use crate::schedules::{Beta, Interval, VarianceExploding, VariancePreserving};
    use crate::{Backward, Noising, Reversed, Turned};
    use ch01_flows::balance::Balance;
    use ch03_fokker_planck::fokker_planck;
    use dynamics::{Density, Schedule, Sde, Stream};
    use evidence::kolmogorov_distance;
    use nalgebra::{Matrix2, Vector2};
    use num_dual::Dual64;

    fn parts() -> [(f64, Point<2>, Matrix2<f64>); 2] {
        [
            (3.0, Vector2::new(1.0, -0.5), Matrix2::new(0.5, 0.2, 0.2, 0.3)),
            (1.0, Vector2::new(-1.2, 0.7), Matrix2::new(0.3, -0.1, -0.1, 0.6)),
        ]
    }

    fn noised() -> Noised<VariancePreserving, 2> {
        let interval = Interval { start: 1e-3, end: 1.0 };
        Noised::new(parts(), VariancePreserving { beta: Beta::SONG, interval })
    }

    #[test]
    fn the_law_is_the_mixture_pushed() {
        let law = noised();
        for t in [1e-3, 0.1, 0.4, 1.0] {
            let at = law.schedule.at(t);
            let pushed = Mixture::new(parts()).pushed(at.alpha, at.sigma);
            for x in [Vector2::new(0.3, 0.2), Vector2::new(-2.0, 1.5)] {
                let log = law.log_density(t, &x);
                assert!((log - pushed.log_density(&x)).abs() < 1e-12 * (1.0 + log.abs()));
                assert!((law.score(t, &x) - pushed.score(&x)).norm() < 1e-11);
            }
        }
    }

    #[test]
    fn the_distribution_function_has_the_density_as_its_slope() {
        let (law, h) = (two_heaps(SCHEDULE), 1e-4);
        for (t, x) in [(1e-3, -1.4), (0.1, 0.3), (0.8, 1.2)] {
            let slope = (law.cdf(t, x + h) - law.cdf(t, x - h)) / (2.0 * h);
            let density = law.log_density(t, &Point::<1>::new(x)).exp();
            // h² p″/6, with p″ up to 10.
            assert!((slope - density).abs() < 1e-7);
        }
        assert!((law.cdf(0.1, 9.0) - 1.0).abs() < 1e-12 && law.cdf(0.1, -9.0) < 1e-12);
    }

    #[test]
    fn samples_have_the_weights_means_and_spreads_of_the_heaps() {
        let law = two_heaps(SCHEDULE);
        let mut generator = Stream::new(5, "heaps").generator();
        let draws: Vec<f64> =
            (0..20_000).map(|_| law.sample(&mut generator)[0]).collect();
        let far = kolmogorov_distance(&draws, |x| law.cdf(0.0, x));
        assert!(far * 20_000_f64.sqrt() < 3.1);
        let heap = |(weight, mean)| (weight, Point::<1>::new(mean), [[0.04]].into());
        let three =
            Noised::new([(2.0, -1.5), (3.0, 0.2), (5.0, 1.4)].map(heap), SCHEDULE);
        let draws: Vec<f64> =
            (0..20_000).map(|_| three.sample(&mut generator)[0]).collect();
        let far = kolmogorov_distance(&draws, |x| three.cdf(0.0, x));
        assert!(far * 20_000_f64.sqrt() < 3.1);
        // Noise that does not preserve variance: σ² is not 1 − α².
        let interval = SCHEDULE.interval;
        let exploding = VarianceExploding { sigma_min: 0.2, sigma_max: 3.0, interval };
        let drowned = two_heaps(exploding);
        let draws: Vec<f64> =
            (0..20_000).map(|_| drowned.sample_at(0.7, &mut generator)[0]).collect();
        let far = kolmogorov_distance(&draws, |x| drowned.cdf(0.7, x));
        assert!(far * 20_000_f64.sqrt() < 3.1);
        let law = noised();
        let draws: Vec<_> = (0..50_000).map(|_| law.sample(&mut generator)).collect();
        let expected = Mixture::new(parts());
        let n = draws.len() as f64;
        let mean: Point<2> = draws.iter().sum::<Point<2>>() / n;
        assert!((mean - expected.mean()).norm() < 5.8 * (1.5 / n).sqrt());
        let spread: Matrix2<f64> = draws
            .iter()
            .map(|x| (x - mean) * (x - mean).transpose())
            .sum::<Matrix2<f64>>()
            / n;
        // The variance of a product of coordinates is below 5.
        assert!((spread - expected.covariance()).abs().max() < 5.8 * (5.0 / n).sqrt());
    }

    #[test]
    #[should_panic(expected = "a weight of a mixture is positive, not -0.2")]
    fn a_negative_weight_is_refused() {
        let part =
            |weight| (weight, Point::<1>::new(0.4), SMatrix::<f64, 1, 1>::new(0.3));
        let _ = Noised::new([part(1.2), part(-0.2)], SCHEDULE);
    }

    #[test]
    fn the_score_is_the_slope_of_the_log_density() {
        let (law, t, x) = (noised(), 0.2, Vector2::new(0.3, 0.2));
        for i in 0..2 {
            let mut place = x.map(Dual64::from_re);
            place[i].eps = 1.0;
            let slope = law.log_density(Dual64::from_re(t), &place).eps;
            assert!((slope - law.score(t, &x)[i]).abs() < 1e-13);
        }
        assert_eq!(law.at(t, &x), law.log_density(t, &x).exp());
    }

    #[test]
    fn the_law_obeys_its_equation() {
        let law = noised();
        let noising = Noising { schedule: law.schedule };
        for t in [0.05, 0.2, 0.6] {
            let residual: Balance =
                fokker_planck(&noising, &law, t, &Vector2::new(0.3, 0.2));
            // Rounding of a dozen terms.
            assert!(residual.relative() < 1e-13, "{}", residual.relative());
        }
    }

    #[test]
    fn every_way_back_has_the_same_laws_in_the_plane() {
        let law = noised();
        let end = law.schedule.interval.end;
        let (turned, place) = (Turned { law: law.clone(), end }, Vector2::new(0.3, 0.2));
        let held = |residual: Balance| {
            // Rounding of some dozens of terms.
            assert!(residual.relative() < 1e-12, "{}", residual.relative());
        };
        for lambda in [0.0, 0.6, 1.3] {
            let back = Backward { schedule: law.schedule, score: law.clone(), lambda };
            held(fokker_planck(&back, &turned, end - 0.3, &place));
        }
        let process = Noising { schedule: law.schedule };
        let reversed = Reversed { process, law: law.clone(), end };
        held(fokker_planck(&reversed, &turned, end - 0.3, &place));
    }

    #[test]
    fn backwards_is_the_forward_drift_turned_and_the_score_added() {
        let law = noised();
        let (t, y) = (0.3, Vector2::new(0.3, 0.2));
        let back = Backward { schedule: law.schedule, score: law.clone(), lambda: 0.5 };
        let beta = law.schedule.beta.at(t);
        let expected = y * (0.5 * beta) + law.score(t, &y) * (0.625 * beta);
        assert!((Sde::drift(&back, 0.7, &y) - expected).norm() < 1e-12);
        let dw = Vector2::new(0.1, -0.2);
        assert!((back.noise(0.7, &y, &dw) - dw * (0.5 * beta.sqrt())).norm() < 1e-15);
    }
}
