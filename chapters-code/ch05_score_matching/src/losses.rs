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
