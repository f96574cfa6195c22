//! Increments of Brownian motion: what an SDE is driven by.

use crate::{Generator, Point, State};
use rand_distr::{Distribution, StandardNormal};

/// A value of Brownian motion or of one of its increments, which can be drawn.
///
/// Holds for `f64` (one Brownian motion) and for points of ℝᵐ (m independent ones).
pub trait Increment: State {
    /// The value of Brownian motion at time 0.
    fn zero() -> Self;

    /// A draw from N(0, deviation² I). Over a step h the deviation is √h.
    fn draw(deviation: f64, generator: &mut Generator) -> Self;

    /// As [`Increment::draw`] for each place of `noise` in turn: the same draws.
    fn draw_all(deviation: f64, generator: &mut Generator, noise: &mut [Self]) {
        noise.fill_with(|| Self::draw(deviation, generator));
    }
}

impl Increment for f64 {
    fn zero() -> f64 {
        0.0
    }

    #[inline]
    fn draw(deviation: f64, generator: &mut Generator) -> f64 {
        let normal: f64 = StandardNormal.sample(generator);
        deviation * normal
    }

    /// Here and not where it is called, so that library and loop are compiled together:
    /// with the generator in registers a draw costs half as much.
    fn draw_all(deviation: f64, generator: &mut Generator, noise: &mut [f64]) {
        let mut held = generator.clone();
        noise.fill_with(|| f64::draw(deviation, &mut held));
        *generator = held;
    }
}

impl<const M: usize> Increment for Point<M> {
    fn zero() -> Self {
        Point::zeros()
    }

    #[inline]
    fn draw(deviation: f64, generator: &mut Generator) -> Self {
        let mut point = Self::zeros();
        f64::draw_all(deviation, generator, point.as_mut_slice());
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stream;

    #[test]
    fn draws_have_the_deviation_and_no_correlation() {
        let mut generator = Stream::new(1, "increments").generator();
        let n = 40_000;
        let draws: Vec<_> =
            (0..n).map(|_| Point::<2>::draw(0.3, &mut generator)).collect();
        let mean = |f: &dyn Fn(&Point<2>) -> f64| {
            draws.iter().map(f).sum::<f64>() / f64::from(n)
        };
        // Standard errors: √(2/n) of a variance, 1/√n of a covariance, times 0.09.
        let error = 0.09 / f64::from(n).sqrt();
        assert!((mean(&|w| w.x * w.x) - 0.09).abs() < 5.8 * 2.0_f64.sqrt() * error);
        assert!((mean(&|w| w.y * w.y) - 0.09).abs() < 5.8 * 2.0_f64.sqrt() * error);
        assert!(mean(&|w| w.x * w.y).abs() < 5.8 * error);
    }

    #[test]
    fn a_point_takes_its_numbers_in_order() {
        let stream = Stream::new(2, "order");
        let (mut one, mut other) = (stream.generator(), stream.generator());
        let point = Point::<3>::draw(2.0, &mut one);
        let numbers = [0; 3].map(|_| f64::draw(2.0, &mut other));
        assert_eq!(point.as_slice(), numbers);
        let mut many = [Point::<3>::zeros(); 5];
        Point::draw_all(2.0, &mut one, &mut many);
        let rest = [0; 5].map(|_| Point::<3>::draw(2.0, &mut other));
        assert_eq!(many, rest);
        let mut many = [0.0; 900];
        f64::draw_all(0.3, &mut one, &mut many);
        assert!(many.iter().all(|x| *x == f64::draw(0.3, &mut other)));
        assert_eq!(one, other);
        assert_eq!(Point::<3>::zero(), Point::<3>::new(0.0, 0.0, 0.0));
        assert_eq!(f64::zero(), 0.0);
    }
}
