//! An average over the last weights.

use crate::real::Real;
use crate::vectorised;
use crate::weights::Weights;

// ANCHOR: average
/// An exponential moving average of weights (EMA): weights that jitter about a good
/// place, averaged over the last steps.
///
/// a ← a + (1 − keep)(w − a), with keep = min(decay, (1 + k)/(10 + k)) at step k, so that
/// the start is soon forgotten. B. T. Polyak and A. B. Juditsky, *Acceleration of
/// stochastic approximation by averaging*, 1992, have the plain mean.
#[derive(Clone, Debug)]
pub struct Average<R: Real = f32> {
    decay: f64,
    steps: u32,
    /// The average.
    pub weights: Weights<R>,
}

impl<R: Real> Average<R> {
    /// Begins at `weights`. It remembers about 1/(1 − decay) steps.
    ///
    /// # Panics
    /// Unless 0 ≤ decay < 1.
    pub fn new(weights: &Weights<R>, decay: f64) -> Self {
        assert!(
            (0.0..1.0).contains(&decay),
            "a decay is from 0 up to below 1, not {decay}"
        );
        Self { decay, steps: 0, weights: weights.clone() }
    }

    /// Takes in the weights of one more step.
    pub fn take(&mut self, weights: &Weights<R>) {
        let k = f64::from(self.steps);
        let share = R::new(1.0 - self.decay.min((1.0 + k) / (10.0 + k)));
        self.steps += 1;
        for (average, w) in self.weights.0.iter_mut().zip(&weights.0) {
            let w = w.as_slice();
            vectorised::update(average.as_mut_slice(), w, w, |a, w, _| {
                a + share * (w - a)
            });
        }
    }
}
// ANCHOR_END: average

#[cfg(test)]
mod tests {
    use super::*;
    use crate::real::Matrix;

    #[test]
    fn an_average_of_equal_weights_is_their_value() {
        let at = |x| Weights(vec![Matrix::<f64>::from_element(2, 3, x)]);
        let mut average = Average::new(&at(5.0), 0.99);
        for _ in 0..2000 {
            average.take(&at(-1.5));
        }
        // What is left of the start: the product of the kept shares, below 1e-8.
        assert!((average.weights.0[0][4] + 1.5).abs() < 1e-6);
    }

    #[test]
    fn a_decay_remembers_its_number_of_steps() {
        let at = |x| Weights(vec![Matrix::<f64>::from_element(1, 1, x)]);
        let mut average = Average::new(&at(0.0), 0.95);
        (0..500).for_each(|_| average.take(&at(0.0)));
        average.take(&at(1.0));
        assert!((average.weights.0[0][0] - 0.05).abs() < 1e-12);
        (0..20).for_each(|_| average.take(&at(0.0)));
        let left = 0.05 * 0.95_f64.powi(20);
        assert!((average.weights.0[0][0] - left).abs() < 1e-12);
    }

    #[test]
    #[should_panic(expected = "a decay is from 0 up to below 1, not 1")]
    fn a_decay_that_keeps_all_is_refused() {
        Average::<f64>::new(&Weights(Vec::new()), 1.0);
    }

    #[test]
    #[should_panic(expected = "a decay is from 0 up to below 1, not -0.1")]
    fn a_negative_decay_is_refused() {
        Average::<f64>::new(&Weights(Vec::new()), -0.1);
    }
}
