//! Markov chains on a few states: a present that knows all the past has to say.

use evidence::number;
use nalgebra::{SMatrix, SVector};
use std::fmt;

// ANCHOR: chain
/// A Markov chain on N states: the law of X₀, and a matrix for each step.
///
/// Row y of a matrix is the law of the next state if this one is y.
#[derive(Clone, Debug)]
pub struct Chain<const N: usize> {
    start: SVector<f64, N>,
    steps: Vec<SMatrix<f64, N, N>>,
}

impl<const N: usize> Chain<N> {
    /// P(X₀ = x₀, X₁ = x₁, …), one state of `path` for each time from 0.
    pub fn chance_of(&self, path: &[usize]) -> f64 {
        let hops = self.steps.iter().zip(path.windows(2));
        self.start[path[0]] * hops.map(|(p, x)| p[(x[0], x[1])]).product::<f64>()
    }
}
// ANCHOR_END: chain

// ANCHOR: between
/// P(X_t = x | X_r = y) in row y and column x, from the matrices of r to m and
/// of m to t: each state k at the time m is a way of its own.
pub fn by_way_of<const N: usize>(
    earlier: &SMatrix<f64, N, N>,
    later: &SMatrix<f64, N, N>,
) -> SMatrix<f64, N, N> {
    let ways = |y, x| (0..N).map(move |k| earlier[(y, k)] * later[(k, x)]);
    SMatrix::from_fn(|y, x| ways(y, x).sum())
}

impl<const N: usize> Chain<N> {
    /// P(X_t = x | X_r = y) in row y and column x, r ≤ t ≤ number of steps.
    pub fn between(&self, r: usize, t: usize) -> SMatrix<f64, N, N> {
        let stay = SMatrix::identity();
        self.steps[r..t].iter().fold(stay, |so_far, p| by_way_of(&so_far, p))
    }

    /// P(X_t = x), step by step: what is at x was at some k one step before.
    pub fn law(&self, t: usize) -> SVector<f64, N> {
        let step = |law: SVector<f64, N>, p: &SMatrix<f64, N, N>| {
            SVector::from_fn(|x, _| (0..N).map(|k| p[(k, x)] * law[k]).sum())
        };
        self.steps[..t].iter().fold(self.start, step)
    }
}
// ANCHOR_END: between

impl<const N: usize> Chain<N> {
    /// The chain with this law of X₀ and these matrices, one for each step.
    ///
    /// # Errors
    /// If `start`, or a row of a matrix, is not a law.
    pub fn new(
        start: SVector<f64, N>,
        steps: Vec<SMatrix<f64, N, N>>,
    ) -> Result<Self, NotALaw> {
        law("the start".into(), start.as_slice())?;
        for (i, step) in steps.iter().enumerate() {
            for (y, row) in step.row_iter().enumerate() {
                let row: Vec<f64> = row.iter().copied().collect();
                law(format!("row {y} of step {}", i + 1), &row)?;
            }
        }
        Ok(Self { start, steps })
    }
}

/// How far from 1 the sum of a law may be by rounding.
const ROUNDING: f64 = 1e-12;

/// `Ok` if `chances` are not negative and sum to 1.
fn law(whose: String, chances: &[f64]) -> Result<(), NotALaw> {
    let (sum, low) = chances.iter().fold((0.0, f64::INFINITY), |(sum, low), &p| {
        (sum + p, if p < low || p.is_nan() { p } else { low })
    });
    if low >= 0.0 && (sum - 1.0).abs() <= ROUNDING {
        return Ok(());
    }
    Err(NotALaw { whose, sum, low })
}

/// Numbers that are not the chances of states.
#[derive(Clone, Debug, PartialEq)]
pub struct NotALaw {
    /// Which numbers.
    pub whose: String,
    /// What they sum to.
    pub sum: f64,
    /// The smallest of them.
    pub low: f64,
}

impl fmt::Display for NotALaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { whose, sum, low } = self;
        let (sum, low) = (number(*sum), number(*low));
        write!(
            f,
            "{whose} is not a law: its chances sum to {sum}, the smallest is {low}; they \
             should be at least 0 and sum to 1, and stand in rows, one for each state \
             before the step"
        )
    }
}

impl std::error::Error for NotALaw {}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{Matrix3, Vector3};

    /// Three stones in a row, each hop as the page has it.
    fn frog() -> Chain<3> {
        let hop = Matrix3::new(0.5, 0.5, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.75);
        Chain::new(Vector3::new(1.0, 0.0, 0.0), vec![hop, hop]).expect("laws")
    }

    #[test]
    fn two_hops_are_those_of_the_page() {
        let two = frog().between(0, 2);
        let expected = [[6, 8, 2], [4, 7, 5], [1, 5, 10]];
        for (y, row) in expected.iter().enumerate() {
            for (x, sixteenths) in row.iter().enumerate() {
                let expected = f64::from(*sixteenths) / 16.0;
                assert!((two[(y, x)] - expected).abs() < 1e-15, "{y} {x}");
            }
        }
        assert_eq!(frog().law(2), two.row(0).transpose());
        assert_eq!(frog().chance_of(&[0, 1, 2]), 0.125);
        assert_eq!(frog().between(1, 1), Matrix3::identity());
    }

    #[test]
    fn what_is_not_a_law_is_named() {
        let columns = Matrix3::new(0.5, 0.25, 0.0, 0.5, 0.5, 0.25, 0.0, 0.25, 0.75);
        let even = Vector3::new(0.2, 0.3, 0.5);
        let error = Chain::new(even, vec![columns]).expect_err("columns");
        assert_eq!(error.whose, "row 0 of step 1");
        assert!(error.to_string().contains("sum to 0.75"), "{error}");
        let negative = Vector3::new(1.2, -0.2, 0.0);
        let error = Chain::new(negative, vec![]).expect_err("a negative chance");
        assert_eq!((error.whose.as_str(), error.low), ("the start", -0.2));
        let nan = Vector3::new(f64::NAN, 0.5, 0.5);
        assert!(Chain::new(nan, vec![]).is_err());
        let late = Vector3::new(0.5, 0.5, f64::NAN);
        assert!(Chain::new(late, vec![]).is_err());
    }
}
