//! Adam: steps of even length down an uneven slope.

use crate::real::{Matrix, Real};
use crate::vectorised;
use crate::weights::Weights;

// ANCHOR: adam
/// The state of Adam (D. P. Kingma and J. Ba, *Adam: a method for stochastic
/// optimization*, 2015, algorithm 1).
///
/// For each weight w with the gradient g, running means m of g and v of g²; after k
/// steps both still lack the share βᵏ, and are divided by 1 − βᵏ. Then
/// w ← w − rate · m/(√v + ε). So a weight whose gradients agree moves by about `rate` in
/// a step, whatever their size; where they disagree, by less.
#[derive(Clone, Debug)]
pub struct Adam<R: Real = f32> {
    /// β₁, how much of m is kept in a step.
    pub keep_mean: f64,
    /// β₂, how much of v is kept in a step.
    pub keep_square: f64,
    /// ε, against division by zero.
    pub epsilon: f64,
    mean: Vec<Matrix<R>>,
    square: Vec<Matrix<R>>,
    steps: i32,
}

impl<R: Real> Adam<R> {
    /// With the constants of the paper, for weights of these shapes.
    pub fn new(weights: &Weights<R>) -> Self {
        let zeros = || -> Vec<_> {
            weights.0.iter().map(|w| Matrix::zeros(w.nrows(), w.ncols())).collect()
        };
        let (mean, square) = (zeros(), zeros());
        Self { keep_mean: 0.9, keep_square: 0.999, epsilon: 1e-8, mean, square, steps: 0 }
    }

    /// One step down the gradient.
    pub fn step(&mut self, rate: f64, weights: &mut Weights<R>, gradient: &[Matrix<R>]) {
        self.steps += 1;
        let unbias = |keep: f64| R::new(1.0 / (1.0 - keep.powi(self.steps)));
        let (whole_mean, whole_square) =
            (unbias(self.keep_mean), unbias(self.keep_square));
        let (keep1, keep2) = (R::new(self.keep_mean), R::new(self.keep_square));
        let (new1, new2) = (R::new(1.0 - self.keep_mean), R::new(1.0 - self.keep_square));
        let (rate, epsilon) = (R::new(rate), R::new(self.epsilon));
        let means = self.mean.iter_mut().zip(&mut self.square);
        for ((w, g), (m, v)) in weights.0.iter_mut().zip(gradient).zip(means) {
            let g = g.as_slice();
            vectorised::update(m.as_mut_slice(), g, g, |m, g, _| keep1 * m + new1 * g);
            vectorised::update(v.as_mut_slice(), g, g, |v, g, _| {
                keep2 * v + new2 * g * g
            });
            vectorised::update(
                w.as_mut_slice(),
                m.as_slice(),
                v.as_slice(),
                |w, m, v| {
                    w - rate * (m * whole_mean) / ((v * whole_square).sqrt() + epsilon)
                },
            );
        }
    }
}
// ANCHOR_END: adam

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_steps_by_hand() {
        let mut weights =
            Weights(vec![Matrix::<f64>::from_row_slice(1, 2, &[1.0, -2.0])]);
        let mut adam = Adam::new(&weights);
        let (mut w, mut m, mut v) = ([1.0, -2.0_f64], [0.0; 2], [0.0; 2]);
        for k in 1..=3 {
            let g = [0.3 * f64::from(k), -4.0 + f64::from(k)];
            adam.step(0.01, &mut weights, &[Matrix::from_row_slice(1, 2, &g)]);
            for i in 0..2 {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                let (mean, square) =
                    (m[i] / (1.0 - 0.9_f64.powi(k)), v[i] / (1.0 - 0.999_f64.powi(k)));
                w[i] -= 0.01 * mean / (square.sqrt() + 1e-8);
                assert!((weights.0[0][i] - w[i]).abs() < 1e-15, "step {k}, weight {i}");
            }
        }
    }

    #[test]
    fn the_first_step_has_the_length_of_the_rate() {
        for size in [1e-3, 1.0, 1e3] {
            let mut weights = Weights(vec![Matrix::<f64>::from_element(2, 2, 0.5)]);
            let gradient = [Matrix::from_element(2, 2, -size)];
            Adam::new(&weights).step(0.1, &mut weights, &gradient);
            // ε against the least gradient: 1e-5 of the step.
            assert!(weights.0[0].iter().all(|w| (w - 0.6).abs() < 2e-6), "{size}");
        }
    }
}
