//! The training loop, with a model whose best parameters solve linear equations.

use ch04_reverse_sdes::{Interval, NoiseSchedule};
use dynamics::{Generator, Increment, Point, VectorField};
use nalgebra::{DMatrix, DVector};
use rand::RngExt;
use std::fmt;

// ANCHOR: pair
/// One question to the model, and its answer.
#[derive(Clone, Debug)]
pub struct Pair<const D: usize> {
    /// The time.
    pub t: f64,
    /// λ(t).
    pub weight: f64,
    /// The place x = α z + σ ε.
    pub x: Point<D>,
    /// The answer −ε/σ.
    pub target: Point<D>,
}

/// Draws a time, even on [t_min, T], and a noise for the datum `z`.
pub fn pair<const D: usize>(
    schedule: &impl NoiseSchedule,
    weight: impl Fn(f64) -> f64,
    z: &Point<D>,
    draws: &mut Generator,
) -> Pair<D> {
    let Interval { start, end } = schedule.interval();
    let t = draws.random_range(start..end);
    let (alpha, sigma) = (schedule.alpha(t), schedule.sigma(t));
    let noise = Point::<D>::draw(1.0, draws);
    let x = z * alpha + noise * sigma;
    Pair { t, weight: weight(t), x, target: -noise / sigma }
}
// ANCHOR_END: pair

// ANCHOR: linear-score
/// s(t, x) = Θₖ f(x) while t is in the k-th of equal parts of the interval.
#[derive(Clone, Debug)]
pub struct LinearScore<const D: usize> {
    features: fn(&Point<D>) -> DVector<f64>,
    interval: Interval,
    /// Θₖ: a row for each coordinate, a column for each feature.
    pub parts: Vec<DMatrix<f64>>,
}

impl<const D: usize> LinearScore<D> {
    /// With all parameters 0.
    pub fn new(
        features: fn(&Point<D>) -> DVector<f64>,
        interval: Interval,
        parts: usize,
    ) -> Self {
        let count = features(&Point::<D>::zeros()).len();
        Self { features, interval, parts: vec![DMatrix::zeros(D, count); parts] }
    }

    fn part(&self, t: f64) -> usize {
        let Interval { start, end } = self.interval;
        let k = (t - start) / (end - start) * self.parts.len() as f64;
        (k as usize).min(self.parts.len() - 1)
    }

    /// The parameters with the least Σ λ |Θₖ f(x) − target|²/n + ridge |Θₖ|², for the n
    /// pairs of each part: (Σ λ f fᵀ/n + ridge) Θₖᵀ = Σ λ f targetᵀ/n.
    ///
    /// # Errors
    /// If some part has too few pairs to determine its parameters.
    pub fn learn(
        &mut self,
        pairs: impl IntoIterator<Item = Pair<D>>,
        ridge: f64,
    ) -> Result<(), TooFew> {
        let count = self.parts[0].ncols();
        let nothing = (0.0, DMatrix::zeros(count, count), DMatrix::zeros(count, D));
        let mut sums = vec![nothing; self.parts.len()];
        for Pair { t, weight, x, target } in pairs {
            let (n, squares, products) = &mut sums[self.part(t)];
            let f = (self.features)(&x);
            *n += 1.0;
            squares.ger(weight, &f, &f, 1.0);
            products.ger(weight, &f, &target, 1.0);
        }
        for (part, (n, squares, products)) in sums.into_iter().enumerate() {
            let pull = DMatrix::from_diagonal_element(count, count, ridge);
            let solved = (squares / n + pull).cholesky().ok_or(TooFew { part })?;
            self.parts[part] = solved.solve(&(products / n)).transpose();
        }
        Ok(())
    }
}

impl<const D: usize> VectorField<Point<D>> for LinearScore<D> {
    fn velocity(&self, t: f64, x: &Point<D>) -> Point<D> {
        let s = &self.parts[self.part(t)] * (self.features)(x);
        Point::<D>::from_iterator(s.iter().copied())
    }
}
// ANCHOR_END: linear-score

/// A part of the interval had too few pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    /// Which, from 0.
    pub part: usize,
}

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = self.part;
        write!(
            f,
            "part {part} of the time has too few draws for its parameters: draw more, or add a ridge"
        )
    }
}

impl std::error::Error for TooFew {}

// ANCHOR: bump-features
/// 1, x, and 15 bumps of width 0.45 from −3 to 3.
pub fn bump_features(x: &Point<1>) -> DVector<f64> {
    DVector::from_fn(17, |k, _| match k {
        0 => 1.0,
        1 => x.x,
        _ => {
            let middle = -3.0 + 6.0 * (k - 2) as f64 / 14.0;
            (-0.5 * ((x.x - middle) / 0.45).powi(2)).exp()
        }
    })
}
// ANCHOR_END: bump-features

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_few_pairs_are_said() {
        let interval = Interval { start: 0.1, end: 1.0 };
        let mut model = LinearScore::new(bump_features, interval, 3);
        let one = Pair {
            t: 0.9,
            weight: 1.0,
            x: Point::<1>::new(0.2),
            target: Point::<1>::new(-1.0),
        };
        let error = model.learn([one], 0.0).unwrap_err();
        assert_eq!(error, TooFew { part: 0 });
        assert!(error.to_string().contains("part 0"));
    }

    fn asked(t: f64, weight: f64, x: f64, target: f64) -> Pair<1> {
        Pair { t, weight, x: Point::<1>::new(x), target: Point::<1>::new(target) }
    }

    #[test]
    fn the_part_that_has_too_few_pairs_is_named() {
        let mut model = LinearScore::new(
            |_| DVector::from_element(1, 1.0),
            Interval { start: 0.1, end: 1.0 },
            3,
        );
        let error =
            model.learn([asked(0.2, 1.0, 0.0, 2.0), asked(0.9, 1.0, 0.0, 3.0)], 0.0);
        assert_eq!(error, Err(TooFew { part: 1 }));
    }

    #[test]
    fn a_ridge_by_hand() {
        // One feature, which is 2: Θ = Σ 2 λ a/n over Σ 4 λ/n + ridge.
        let mut model = LinearScore::new(
            |_| DVector::from_element(1, 2.0),
            Interval { start: 0.1, end: 1.0 },
            1,
        );
        assert_eq!(model.velocity(0.3, &Point::<1>::new(0.7)).x, 0.0);
        let pairs = [asked(0.2, 0.5, 0.1, 3.0), asked(0.9, 1.5, 0.4, -1.0)];
        model.learn(pairs, 0.6).expect("a ridge");
        let theta = 2.0 * (0.5 * 3.0 - 1.5) / 2.0 / (4.0 * 2.0 / 2.0 + 0.6);
        assert!((model.parts[0][(0, 0)] - theta).abs() < 1e-15);
        model.learn([asked(0.2, 0.5, 0.1, 3.0), asked(0.9, 1.5, 0.4, 1.0)], 0.6).unwrap();
        let theta = 2.0 * (0.5 * 3.0 + 1.5) / 2.0 / (4.0 * 2.0 / 2.0 + 0.6);
        let place = model.velocity(0.3, &Point::<1>::new(0.7)).x;
        assert!((place - 2.0 * theta).abs() < 1e-15, "{place}");
    }

    #[test]
    fn times_are_even_on_the_interval() {
        let schedule = ch04_reverse_sdes::VariancePreserving {
            interval: Interval { start: 0.4, end: 0.6 },
            ..ch04_reverse_sdes::problem::SCHEDULE
        };
        let mut draws = dynamics::Stream::new(3, "times").generator();
        let mut time = || pair(&schedule, |_| 1.0, &Point::<1>::new(0.3), &mut draws).t;
        let times: Vec<f64> = (0..4000).map(|_| time()).collect();
        assert!(times.iter().all(|t| (0.4..0.6).contains(t)));
        // An even time has the deviation 0.2/√12.
        let mean = times.iter().sum::<f64>() / 4000.0;
        assert!((mean - 0.5).abs() < 5.8 * 0.2 / (12.0_f64 * 4000.0).sqrt(), "{mean}");
    }

    #[test]
    fn features_of_bumps() {
        let middles = [(2, -3.0), (9, 0.0), (16, 3.0)];
        for (k, middle) in middles {
            let at = |x: f64| bump_features(&Point::<1>::new(x));
            assert_eq!(
                (at(middle).len(), at(middle)[0], at(middle)[1]),
                (17, 1.0, middle)
            );
            assert!((at(middle)[k] - 1.0).abs() < 1e-15);
            assert!((at(middle + 0.45)[k] - (-0.5_f64).exp()).abs() < 1e-14);
            assert!((at(middle - 0.9)[k] - (-2.0_f64).exp()).abs() < 1e-14);
        }
    }
}
