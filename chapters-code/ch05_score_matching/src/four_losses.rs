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
    use crate::score::{expectation, weighted};
    use rand::RngExt;
    use std::sync::atomic::{AtomicU64, Ordering};

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

    #[test]
    fn what_is_missed_is_asked_at_places_of_the_law_that_is_learned() {
        let b = [0.9_f32, -1.4];
        let mut weights: Weights = mlp().start(Stream::new(3, "a constant"));
        weights.0.iter_mut().for_each(|w| w.fill(0.0));
        weights.0[5].copy_from_slice(&b);
        for loss in Loss::ALL {
            // A network that says b everywhere misses E|b − s|² of E|s|²: that is
            // 1 + |b|²/E|s|², for E s = 0. E|s|² by sums over cells.
            let (law, sigma) = (law(), loss.blur());
            let p = |x: &Point<2>| law.log_density(sigma, x).exp();
            let cells = weighted(p, (-6.0, 6.0), 240);
            let power = |k: i32| {
                expectation(&cells, |x| law.score(sigma, x).norm_squared().powi(k))
            };
            let (square, fourth) = (power(1), power(2));
            let size = f64::from(b[0] * b[0] + b[1] * b[1]);
            // Over draws, with S and Q for the means of s and |s|², it is
            // 1 + (|b|² − 2 b·S)/Q. Of Q the error is that of |s|²; of b·S it is at most
            // |b| √E|s|².
            let error = 5.8 / 4000.0_f64.sqrt();
            let of_q = error * (fourth - square * square).sqrt() / square;
            let of_s = 2.0 * error * (square / size).sqrt();
            let found = missed(loss, &weights) - 1.0;
            let off = found * square / size - 1.0;
            assert!(off.abs() < of_q + of_s, "{loss:?}: {off} for {of_q} + {of_s}");
        }
    }

    #[test]
    fn a_seed_sets_the_start_and_the_draws() {
        static HEARD: AtomicU64 = AtomicU64::new(0);
        // A loss with no slope: the weights stay where they started.
        let flat: Lesson = |mlp, tape, w, _, draws| {
            HEARD.fetch_xor(draws.random(), Ordering::SeqCst);
            mlp.apply(w, tape.constant(Matrix::zeros(2, 1))).scaled(0.0).mean()
        };
        let told = |seed| {
            HEARD.store(0, Ordering::SeqCst);
            let course = lesson_with(Loss::Explicit, flat, 1, seed).unwrap();
            (course, HEARD.load(Ordering::SeqCst))
        };
        let (one, other) = (told(8), told(9));
        assert_ne!(one.0, other.0, "both start alike");
        assert_ne!(one.1, other.1, "both are told the same draws");
        assert_eq!(one, told(8));
    }
}
