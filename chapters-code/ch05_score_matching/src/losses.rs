//! Four losses for a network s(x), each as it was derived, on a tape.

use dynamics::{Generator, Point};
use neural::{Matrix, Mlp, Real, Tape, Var};
use rand_distr::{Distribution, StandardNormal};

// ANCHOR: explicit-loss
/// ½ E|s(x) − ∇ log p(x)|² over the columns of `x`: what one would like to have. It needs
/// the `score` that is to be learned.
pub fn explicit_loss<'t, R: Real>(
    mlp: &Mlp,
    tape: &'t Tape<R>,
    w: &[Var<'t, R>],
    x: &Matrix<R>,
    score: &Matrix<R>,
) -> Var<'t, R> {
    let s = mlp.apply(w, tape.constant(x.clone()));
    (s - tape.constant(score.clone())).squared().column_sums().mean().scaled(0.5)
}
// ANCHOR_END: explicit-loss

// ANCHOR: implicit-loss
/// E[½|s|² + ∇·s]: the divergence is the sum of the derivatives of coordinate i along
/// coordinate i.
pub fn implicit_loss<'t, R: Real>(
    mlp: &Mlp,
    tape: &'t Tape<R>,
    w: &[Var<'t, R>],
    x: &Matrix<R>,
) -> Var<'t, R> {
    let (d, n) = x.shape();
    let unit = |i: usize| {
        let mut unit = Matrix::zeros(d, n);
        unit.row_mut(i).fill(R::one());
        tape.constant(unit)
    };
    let units: Vec<_> = (0..d).map(unit).collect();
    let (s, moved) = mlp.along(w, tape.constant(x.clone()), &units);
    let own = moved.iter().zip(&units).map(|(along, unit)| along.times(*unit));
    let divergence = own.reduce(|a, b| a + b).expect("a coordinate").column_sums();
    (s.squared().column_sums().scaled(0.5) + divergence).mean()
}
// ANCHOR_END: implicit-loss

// ANCHOR: sliced-loss
/// E[½|s|² + vᵀ s′(x) v] with one direction v for each column, E v vᵀ = I: one derivative
/// in place of d.
pub fn sliced_loss<'t, R: Real>(
    mlp: &Mlp,
    tape: &'t Tape<R>,
    w: &[Var<'t, R>],
    x: &Matrix<R>,
    v: &Matrix<R>,
) -> Var<'t, R> {
    let v = tape.constant(v.clone());
    let (s, moved) = mlp.along(w, tape.constant(x.clone()), &[v]);
    let slice = moved[0].times(v).column_sums();
    (s.squared().column_sums().scaled(0.5) + slice).mean()
}
// ANCHOR_END: sliced-loss

// ANCHOR: denoising-loss
/// ½ E|s(x + σ ε) + ε/σ|²: the network is shown a noisy place, and told where it came
/// from.
pub fn denoising_loss<'t, R: Real>(
    mlp: &Mlp,
    tape: &'t Tape<R>,
    w: &[Var<'t, R>],
    x: &Matrix<R>,
    (sigma, noise): (f64, &Matrix<R>),
) -> Var<'t, R> {
    let noisy = x + noise * R::new(sigma);
    let s = mlp.apply(w, tape.constant(noisy));
    let target = tape.constant(noise * R::new(-1.0 / sigma));
    (s - target).squared().column_sums().mean().scaled(0.5)
}
// ANCHOR_END: denoising-loss

/// `n` draws side by side, a column each.
pub fn columns<R: Real, const D: usize>(
    n: usize,
    mut draw: impl FnMut() -> Point<D>,
) -> Matrix<R> {
    let mut x = Matrix::zeros(D, n);
    for mut column in x.column_iter_mut() {
        let place = draw();
        for i in 0..D {
            column[i] = R::new(place[i]);
        }
    }
    x
}

/// Standard normal numbers.
pub fn normals<R: Real>(rows: usize, n: usize, draws: &mut Generator) -> Matrix<R> {
    Matrix::from_fn(rows, n, |_, _| {
        let draw: f64 = StandardNormal.sample(draws);
        R::new(draw)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Stream;
    use neural::{Activation, Weights};

    fn mlp() -> Mlp {
        Mlp { sizes: vec![2, 5, 2], activation: Activation::Tanh }
    }

    /// Three places, and one more number for each coordinate of each.
    fn given() -> (Weights<f64>, Matrix<f64>, Matrix<f64>) {
        let x = Matrix::from_row_slice(2, 3, &[0.4, -1.3, 0.9, 1.1, 0.2, -0.6]);
        let v = Matrix::from_row_slice(2, 3, &[-0.7, 0.5, 1.6, 0.3, -1.2, 0.8]);
        (mlp().start(Stream::new(3, "losses by hand")), x, v)
    }

    /// Mean over the columns of ½|s|² + Σ vᵀ s′ v over the `directions`, with s′ v by a
    /// central difference of 2e-5: its square and the rounding over it are below 1e-9.
    fn by_differences(directions: &[Matrix<f64>]) -> f64 {
        let (w, x, _) = given();
        let s = |x: &Matrix<f64>| mlp().evaluate(&w, x);
        let slope = |v: &Matrix<f64>| {
            let moved = (s(&(&x + v * 1e-5)) - s(&(&x - v * 1e-5))) / 2e-5;
            moved.component_mul(v).sum()
        };
        let slopes: f64 = directions.iter().map(slope).sum();
        (0.5 * s(&x).norm_squared() + slopes) / 3.0
    }

    fn value(
        loss: impl for<'t> Fn(&'t Tape<f64>, &[Var<'t, f64>]) -> Var<'t, f64>,
    ) -> f64 {
        let tape = Tape::new();
        let w: Vec<_> = given().0.0.into_iter().map(|w| tape.parameter(w)).collect();
        loss(&tape, &w).number()
    }

    #[test]
    fn losses_with_a_target_are_half_the_mean_square_distance_to_it() {
        let (w, x, v) = given();
        let found = value(|tape, w| explicit_loss(&mlp(), tape, w, &x, &v));
        let by_hand = (mlp().evaluate(&w, &x) - &v).norm_squared() / 6.0;
        assert!((found - by_hand).abs() < 1e-14, "{found} for {by_hand}");
        let found = value(|tape, w| denoising_loss(&mlp(), tape, w, &x, (0.3, &v)));
        let s = mlp().evaluate(&w, &(&x + 0.3 * &v));
        let by_hand = (s + &v / 0.3).norm_squared() / 6.0;
        assert!((found - by_hand).abs() < 1e-13, "{found} for {by_hand}");
    }

    #[test]
    fn losses_with_a_derivative_are_those_of_differences() {
        let (_, x, v) = given();
        let found = value(|tape, w| implicit_loss(&mlp(), tape, w, &x));
        let unit = |i| Matrix::from_fn(2, 3, |k, _| if k == i { 1.0 } else { 0.0 });
        let expected = by_differences(&[unit(0), unit(1)]);
        assert!((found - expected).abs() < 1e-8, "{found} for {expected}");
        let found = value(|tape, w| sliced_loss(&mlp(), tape, w, &x, &v));
        let expected = by_differences(std::slice::from_ref(&v));
        assert!((found - expected).abs() < 1e-8, "{found} for {expected}");
    }

    #[test]
    fn columns_are_draws_of_their_own_and_normals_are_normal() {
        let mut k = 0.0;
        let x: Matrix<f64> = columns(3, || {
            k += 1.0;
            Point::<2>::new(k, 10.0 * k)
        });
        assert_eq!(x.as_slice(), [1.0, 10.0, 2.0, 20.0, 3.0, 30.0]);
        let z: Matrix<f64> = normals(2, 4000, &mut Stream::new(8, "normal").generator());
        let squares = z.norm_squared() / 8000.0;
        let both = z.row(0).dot(&z.row(1)) / 4000.0;
        // Standard errors 1/√n for a mean and a product, √(2/n) for a square.
        assert!(z.mean().abs() < 5.8 / f64::sqrt(8000.0), "{}", z.mean());
        assert!((squares - 1.0).abs() < 5.8 * f64::sqrt(2.0 / 8000.0), "{squares}");
        assert!(both.abs() < 5.8 / f64::sqrt(4000.0), "{both}");
    }
}
