//! The multilayer perceptron.

use crate::activation::Activation;
use crate::product::{add_product, transposed};
use crate::real::{Matrix, Real};
use crate::tape::Var;
use crate::vectorised;
use crate::weights::Weights;
use dynamics::Stream;
use rand_distr::{Distribution, StandardNormal};

// ANCHOR: mlp
/// The shape of a network: x ↦ W_L φ(… φ(W₂ φ(W₁x + b₁) + b₂) …) + b_L.
///
/// A shape only: its numbers are [`Weights`], so that a training, an average and a file
/// can each hold their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mlp {
    /// Entries of the input, of each hidden layer, of the output.
    pub sizes: Vec<usize>,
    /// φ.
    pub activation: Activation,
}

impl Mlp {
    /// The shapes of W₁, b₁, W₂, b₂, …
    pub fn shapes(&self) -> Vec<(usize, usize)> {
        let pairs = self.sizes.windows(2);
        pairs.flat_map(|pair| [(pair[1], pair[0]), (pair[1], 1)]).collect()
    }

    /// Weights to begin with: biases 0, and entries of W normal with the variance 1/k for
    /// k inputs, so that a layer keeps the size of what it is given.
    ///
    /// # Panics
    /// If there are fewer than two sizes, or one of them is 0.
    pub fn start<R: Real>(&self, stream: Stream) -> Weights<R> {
        let sizes = &self.sizes;
        assert!(
            sizes.len() >= 2 && sizes.iter().all(|&n| n > 0),
            "a network of sizes {sizes:?}: it needs an input and an output, each layer one \
             entry at least"
        );
        let mut generator = stream.generator();
        let shapes = self.shapes();
        let matrices = shapes.iter().enumerate().map(|(i, &(rows, inputs))| {
            let bias = i % 2 == 1;
            let scale = if bias { 0.0 } else { 1.0 / (inputs as f64).sqrt() };
            Matrix::from_fn(rows, inputs, |_, _| {
                let draw: f64 = StandardNormal.sample(&mut generator);
                R::new(scale * draw)
            })
        });
        Weights(matrices.collect())
    }

    /// The network on a tape, for every column of `x`; `w` are its weights there.
    ///
    /// # Panics
    /// If weights or input do not fit.
    pub fn apply<'t, R: Real>(&self, w: &[Var<'t, R>], x: Var<'t, R>) -> Var<'t, R> {
        self.along(w, x, &[]).0
    }

    /// The network s(x), and its derivatives s′(x) v along each of the `directions` v,
    /// all on the tape: so a loss in which derivatives by x stand has gradients as well.
    ///
    /// The chain rule forwards: a layer W x + b turns v to W v, and φ(z) turns it to
    /// φ′(z) ∘ v.
    ///
    /// # Panics
    /// If weights, input or a direction do not fit.
    pub fn along<'t, R: Real>(
        &self,
        w: &[Var<'t, R>],
        x: Var<'t, R>,
        directions: &[Var<'t, R>],
    ) -> (Var<'t, R>, Vec<Var<'t, R>>) {
        assert_eq!(w.len(), self.shapes().len(), "one W and one b for each layer");
        let (mut x, mut moved) = (x, directions.to_vec());
        for (l, pair) in w.chunks_exact(2).enumerate() {
            let z = pair[0].affine(x, pair[1]);
            for v in &mut moved {
                *v = pair[0] * *v;
            }
            x = z;
            if l + 2 < self.sizes.len() {
                x = self.activation.apply(z);
                if !moved.is_empty() {
                    let slope = self.activation.apply_slope(z);
                    moved.iter_mut().for_each(|v| *v = v.times(slope));
                }
            }
        }
        (x, moved)
    }
    // ANCHOR_END: mlp

    /// The network for every column of `x`, without a tape: for drawing, where no
    /// gradient is asked for.
    ///
    /// Inside a sample is a row. So a layer is X Wᵀ, whose factors both lie in memory as
    /// the fast product wants them.
    ///
    /// # Panics
    /// If weights or input do not fit.
    pub fn evaluate<R: Real>(&self, weights: &Weights<R>, x: &Matrix<R>) -> Matrix<R> {
        let mut x = x.transpose();
        for (l, pair) in weights.0.chunks_exact(2).enumerate() {
            let (w, b) = (&pair[0], &pair[1]);
            let mut z = Matrix::zeros(x.nrows(), w.nrows());
            // As slices, for nalgebra fills a column one entry after another.
            let columns = z.as_mut_slice().chunks_exact_mut(x.nrows().max(1));
            columns.zip(b.iter()).for_each(|(column, &b)| column.fill(b));
            add_product(&mut z, &x, &transposed(w));
            if l + 2 < self.sizes.len() {
                let z = z.as_mut_slice();
                match self.activation {
                    Activation::Tanh => {
                        vectorised::replace(z, |x| Activation::Tanh.with_slope(x).0)
                    }
                    Activation::Silu => {
                        vectorised::replace(z, |x| Activation::Silu.with_slope(x).0)
                    }
                }
            }
            x = z;
        }
        x.transpose()
    }

    /// The network and its derivatives along each of the `directions`, without a tape.
    ///
    /// # Panics
    /// As [`Mlp::along`].
    pub fn evaluate_along<R: Real>(
        &self,
        weights: &Weights<R>,
        x: &Matrix<R>,
        directions: &[Matrix<R>],
    ) -> (Matrix<R>, Vec<Matrix<R>>) {
        let tape = crate::Tape::new();
        let w: Vec<_> = weights.0.iter().map(|w| tape.constant(w.clone())).collect();
        let given: Vec<_> = directions.iter().map(|v| tape.constant(v.clone())).collect();
        let (y, moved) = self.along(&w, tape.constant(x.clone()), &given);
        (y.value(), moved.iter().map(Var::value).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tape;

    fn small(activation: Activation) -> (Mlp, Weights<f64>, Matrix<f64>) {
        let mlp = Mlp { sizes: vec![3, 5, 4, 2], activation };
        let mut weights = mlp.start(Stream::new(4, "small"));
        // A bias that is not 0.
        weights.0[1].fill(0.3);
        weights.0[3].fill(-0.2);
        weights.0[5].fill(0.7);
        let x = Matrix::from_fn(3, 6, |i, j| (i as f64 - 1.3) * 0.4 + 0.17 * j as f64);
        (mlp, weights, x)
    }

    #[test]
    fn a_network_is_layer_after_layer() {
        let (mlp, weights, x) = small(Activation::Tanh);
        let w = &weights.0;
        let mut by_hand = Matrix::zeros(2, 6);
        for j in 0..6 {
            let x = x.columns(j, 1).into_owned();
            let first = (&w[0] * x + &w[1]).map(f64::tanh);
            let second = (&w[2] * first + &w[3]).map(f64::tanh);
            by_hand.set_column(j, &(&w[4] * second + &w[5]).column(0));
        }
        let error = (mlp.evaluate(&weights, &x) - &by_hand).amax();
        assert!(error < 1e-14, "{error:e}");
        let tape = Tape::new();
        let given: Vec<_> = w.iter().map(|w| tape.parameter(w.clone())).collect();
        let on_tape = mlp.apply(&given, tape.constant(x));
        assert!((on_tape.value() - by_hand).amax() < 1e-14);
    }

    #[test]
    fn a_derivative_along_a_direction_is_a_limit_of_differences() {
        for activation in [Activation::Tanh, Activation::Silu] {
            let (mlp, weights, x) = small(activation);
            let v = Matrix::from_fn(3, 6, |i, j| 0.5 - 0.3 * i as f64 + 0.1 * j as f64);
            let (_, moved) = mlp.evaluate_along(&weights, &x, std::slice::from_ref(&v));
            let h = 1e-5;
            let at = |h: f64| mlp.evaluate(&weights, &(&x + &v * h));
            let error = (&moved[0] - (at(h) - at(-h)) / (2.0 * h)).amax();
            assert!(error < 1e-9, "{activation:?}: {error:e}");
        }
    }

    #[test]
    fn a_layer_keeps_the_size_of_what_it_is_given() {
        // One entry as well, for a W with one column has the shape of a b.
        for inputs in [400, 1] {
            let mlp = Mlp { sizes: vec![inputs, 300], activation: Activation::Tanh };
            let weights: Weights<f64> = mlp.start(Stream::new(1, "size"));
            let x =
                Matrix::from_fn(inputs, 1, |i, _| if i % 3 == 0 { 1.0 } else { -1.0 });
            let size = mlp.evaluate(&weights, &x).norm_squared() / 300.0;
            // A mean of 300 squares of standard normal numbers: deviation √(2/300).
            assert!((size - 1.0).abs() < 5.8 * (2.0_f64 / 300.0).sqrt(), "{size}");
            assert!(weights.0[1].amax() == 0.0);
        }
    }

    #[test]
    #[should_panic(expected = "sizes [3, 0, 2]")]
    fn a_layer_without_entries_is_refused() {
        let mlp = Mlp { sizes: vec![3, 0, 2], activation: Activation::Tanh };
        let _: Weights<f32> = mlp.start(Stream::new(1, "none"));
    }

    #[test]
    #[should_panic(expected = "1×2 and 3×5")]
    fn an_input_that_does_not_fit_is_refused() {
        let (mlp, weights, _) = small(Activation::Tanh);
        let _ = mlp.evaluate(&weights, &Matrix::zeros(2, 1));
    }

    #[test]
    #[should_panic(expected = "it needs an input and an output")]
    fn a_network_without_an_output_is_refused() {
        let mlp = Mlp { sizes: vec![3], activation: Activation::Tanh };
        let _: Weights<f32> = mlp.start(Stream::new(1, "none"));
    }

    #[test]
    #[should_panic(expected = "one W and one b for each layer")]
    fn weights_that_lack_a_layer_are_refused() {
        let mlp = Mlp { sizes: vec![3, 4, 2], activation: Activation::Tanh };
        let Weights(start): Weights<f64> = mlp.start(Stream::new(1, "short"));
        let tape = Tape::new();
        let w: Vec<_> = start[..2].iter().map(|w| tape.constant(w.clone())).collect();
        mlp.apply(&w, tape.constant(Matrix::zeros(3, 5)));
    }

    #[test]
    fn one_hidden_layer_bends_and_the_last_does_not() {
        let mlp = Mlp { sizes: vec![2, 4, 3], activation: Activation::Tanh };
        let mut weights: Weights<f64> = mlp.start(Stream::new(6, "one hidden"));
        weights.0[1].fill(0.4);
        weights.0[3].fill(-0.6);
        let w = &weights.0;
        let x = Matrix::from_column_slice(2, 1, &[0.7, -1.1]);
        let v = Matrix::from_column_slice(2, 1, &[0.3, 0.9]);
        let hidden = (&w[0] * &x + &w[1]).map(f64::tanh);
        let by_hand = &w[2] * &hidden + &w[3];
        let turned = (&w[0] * &v).component_mul(&hidden.map(|y| 1.0 - y * y));
        assert!((mlp.evaluate(&weights, &x) - &by_hand).amax() < 1e-14);
        let (y, moved) = mlp.evaluate_along(&weights, &x, &[v]);
        assert!((y - by_hand).amax() < 1e-14);
        assert!((&moved[0] - &w[2] * turned).amax() < 1e-14);
    }
}
