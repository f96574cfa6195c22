//! One law, one network, four losses.

use crate::losses::{
    columns, denoising_loss, explicit_loss, implicit_loss, normals, sliced_loss,
};
use crate::problem::Blur;
use ch04_reverse_sdes::Noised;
use dynamics::{Generator, Point, Stream};
use nalgebra::Matrix2;
use neural::{
    Activation, Matrix, Mlp, Tape, Training, TrainingError, Var, Weights, train,
};
use std::ops::ControlFlow;

/// Three heaps in the plane, σ the time.
pub fn law() -> Noised<Blur, 2> {
    Noised::new(
        [
            (0.5, Point::<2>::new(1.1, 0.6), Matrix2::new(0.35, -0.2, -0.2, 0.3)),
            (0.3, Point::<2>::new(-1.2, 0.9), Matrix2::new(0.2, 0.05, 0.05, 0.4)),
            (0.2, Point::<2>::new(-0.3, -1.4), Matrix2::new(0.45, 0.1, 0.1, 0.15)),
        ],
        Blur,
    )
}

/// The noise of denoising.
pub const SIGMA: f64 = 0.3;

/// How the network is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Told the score itself.
    Explicit,
    /// ½|s|² + ∇·s.
    Implicit,
    /// ½|s|² + v·s′v.
    Sliced,
    /// Told the noise: learns the score of the blurred law.
    Denoising,
}

impl Loss {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Explicit, Self::Implicit, Self::Sliced, Self::Denoising];

    /// The deviation of the noise in the law whose score it learns.
    pub fn blur(self) -> f64 {
        if self == Self::Denoising { SIGMA } else { 0.0 }
    }

    /// The loss of `n` fresh draws.
    pub fn of<'t>(
        self,
        mlp: &Mlp,
        tape: &'t Tape,
        w: &[Var<'t>],
        n: usize,
        draws: &mut Generator,
    ) -> Var<'t> {
        let law = law();
        let x: Matrix = columns(n, || law.sample(draws));
        match self {
            Self::Explicit => explicit_loss(mlp, tape, w, &x, &exact(0.0, &x)),
            Self::Implicit => implicit_loss(mlp, tape, w, &x),
            Self::Sliced => sliced_loss(mlp, tape, w, &x, &normals(2, n, draws)),
            Self::Denoising => {
                denoising_loss(mlp, tape, w, &x, (SIGMA, &normals(2, n, draws)))
            }
        }
    }
}

/// ∇ log q_σ at every column of `x`.
pub fn exact(sigma: f64, x: &Matrix) -> Matrix {
    let law = law();
    let mut score = Matrix::zeros(2, x.ncols());
    for (mut to, place) in score.column_iter_mut().zip(x.column_iter()) {
        let place = Point::<2>::new(f64::from(place[0]), f64::from(place[1]));
        let s = law.score(sigma, &place);
        (to[0], to[1]) = (s.x as f32, s.y as f32);
    }
    score
}

/// The network of the comparison.
pub fn mlp() -> Mlp {
    Mlp { sizes: vec![2, 48, 48, 2], activation: Activation::Silu }
}

/// E|s − ∇ log q|²/E|∇ log q|² over 4000 draws of q: what part of the score is missed.
pub fn missed(loss: Loss, weights: &Weights) -> f64 {
    let (law, sigma) = (law(), loss.blur());
    let mut draws = Stream::new(11, "places for the error of a network").generator();
    let x: Matrix = columns(4000, || law.sample_at(sigma, &mut draws));
    let right = exact(sigma, &x);
    let square = |m: &Matrix| m.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>();
    square(&(mlp().evaluate(weights, &x) - &right)) / square(&right)
}

/// The loss of some fresh draws, on a tape.
pub type Lesson =
    for<'t> fn(&Mlp, &'t Tape, &[Var<'t>], usize, &mut Generator) -> Var<'t>;

/// (steps, what part of the score is missed) while the network is trained with a loss.
///
/// # Errors
/// If the training diverges.
pub fn lesson(
    loss: Loss,
    steps: usize,
    seed: u64,
) -> Result<Vec<(usize, f64)>, TrainingError> {
    let shown: Lesson = match loss {
        Loss::Explicit => {
            |mlp, tape, w, n, draws| Loss::Explicit.of(mlp, tape, w, n, draws)
        }
        Loss::Implicit => {
            |mlp, tape, w, n, draws| Loss::Implicit.of(mlp, tape, w, n, draws)
        }
        Loss::Sliced => |mlp, tape, w, n, draws| Loss::Sliced.of(mlp, tape, w, n, draws),
        Loss::Denoising => {
            |mlp, tape, w, n, draws| Loss::Denoising.of(mlp, tape, w, n, draws)
        }
    };
    lesson_with(loss, shown, steps, seed)
}

/// As [`lesson`], with what is said in its place.
///
/// # Errors
/// If the training diverges.
pub fn lesson_with(
    loss: Loss,
    said: Lesson,
    steps: usize,
    seed: u64,
) -> Result<Vec<(usize, f64)>, TrainingError> {
    let mlp = mlp();
    let plan = Training {
        steps,
        batch: 256,
        rate: 3e-3,
        fade: true,
        decay: 0.99,
        seed,
        report_every: steps.div_ceil(12),
    };
    let mut course = Vec::new();
    train(
        &mlp.start(Stream::new(seed, "four losses")),
        &plan,
        |tape, w, n, draws| said(&mlp, tape, w, n, draws),
        |progress| {
            course.push((progress.step, missed(loss, progress.average)));
            ControlFlow::Continue(())
        },
    )?;
    Ok(course)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_loss_is_that_of_its_name_on_draws_of_the_law() {
        let (n, mlp) = (7, mlp());
        let start: Weights = mlp.start(Stream::new(3, "start"));
        for loss in Loss::ALL {
            let tape = Tape::new();
            let w: Vec<_> = start.0.iter().map(|w| tape.parameter(w.clone())).collect();
            let draws = || Stream::new(6, "places, then noise").generator();
            let found = loss.of(&mlp, &tape, &w, n, &mut draws());
            let (law, mut draws) = (law(), draws());
            let x: Matrix = columns(n, || law.sample(&mut draws));
            let mut z = || -> Matrix { normals(2, n, &mut draws) };
            let expected = match loss {
                Loss::Explicit => explicit_loss(&mlp, &tape, &w, &x, &exact(0.0, &x)),
                Loss::Implicit => implicit_loss(&mlp, &tape, &w, &x),
                Loss::Sliced => sliced_loss(&mlp, &tape, &w, &x, &z()),
                Loss::Denoising => denoising_loss(&mlp, &tape, &w, &x, (SIGMA, &z())),
            };
            assert_eq!(found.number(), expected.number(), "{loss:?}");
        }
    }

    #[test]
    fn a_lesson_is_told_with_its_own_loss() {
        let said: [Lesson; 4] = [
            |mlp, tape, w, n, draws| Loss::Explicit.of(mlp, tape, w, n, draws),
            |mlp, tape, w, n, draws| Loss::Implicit.of(mlp, tape, w, n, draws),
            |mlp, tape, w, n, draws| Loss::Sliced.of(mlp, tape, w, n, draws),
            |mlp, tape, w, n, draws| Loss::Denoising.of(mlp, tape, w, n, draws),
        ];
        let mut courses = Vec::new();
        for (loss, said) in Loss::ALL.into_iter().zip(said) {
            let course = lesson(loss, 3, 8).unwrap();
            assert_eq!(course, lesson_with(loss, said, 3, 8).unwrap(), "{loss:?}");
            assert_ne!(course, lesson(loss, 3, 9).unwrap(), "the seed is not used");
            let steps: Vec<_> = course.iter().map(|&(step, _)| step).collect();
            assert_eq!(steps, [1, 2, 3]);
            assert!(!courses.contains(&course), "{loss:?} is another's");
            courses.push(course);
        }
    }
}
