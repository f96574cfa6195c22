//! Noise in an equation: the integral, the equation, Itô's lemma.

mod equation;
mod integral;
mod lemma;
mod lemma_nd;
mod solved;

pub use equation::{INFINITESIMAL_MOMENTS, ODE_TO_SDE, SDE};
pub use integral::{ITO_INTEGRAL, ITO_ISOMETRY};
pub use lemma::ITO_LEMMA;
pub use lemma_nd::ITO_LEMMA_ND;
pub use solved::{GBM, STRATONOVICH};

use crate::OrnsteinUhlenbeck;
use ch01_flows::orders::slope;
use dynamics::{Generator, Stream};
use evidence::{Evidence, mean_and_error};

/// Brownian motion itself, as an equation: dX = dW.
const BROWNIAN: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 0.0, diffusion: 1.0 };

/// The largest of some errors. Not-a-number wins, so that it never goes unseen.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    let worse = |a: f64, b: f64| if a.is_nan() || a > b { a } else { b };
    errors.into_iter().fold(0.0, worse)
}

/// What may be left over after n steps on one path; root mean square of it for each n,
/// as (h, error) with the relative standard error.
struct Left {
    end: f64,
    paths: usize,
    errors: Vec<(f64, f64)>,
    relative: Vec<f64>,
    seed: u64,
}

impl Left {
    /// `left(n, generator)` on so many paths for each n; `end` is the time T = n h.
    fn over(
        end: f64,
        steps: &[usize],
        paths: usize,
        (seed, purpose): (u64, &str),
        left: impl Fn(usize, &mut Generator) -> f64,
    ) -> Self {
        let stream = Stream::new(seed, purpose);
        let (mut errors, mut relative) = (Vec::new(), Vec::new());
        for &n in steps {
            let mut generator = stream.chunk(n as u64);
            let squares: Vec<_> =
                (0..paths).map(|_| left(n, &mut generator).powi(2)).collect();
            let (mean, error) = mean_and_error(squares.iter().copied());
            errors.push((end / n as f64, mean.sqrt()));
            // Half the relative error of the square.
            relative.push(error / mean / 2.0);
        }
        Self { end, paths, errors, relative, seed }
    }

    /// The fitted order against `expected`, in standard errors of the fit.
    fn order(&self, what: &str, expected: f64) -> Evidence {
        let logs: Vec<_> = self.errors.iter().map(|(h, _)| h.ln()).collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        let spread: f64 = logs.iter().map(|x| (x - mean).powi(2)).sum();
        let variance: f64 = logs
            .iter()
            .zip(&self.relative)
            .map(|(x, error)| ((x - mean) / spread * error).powi(2))
            .sum();
        let steps = |k: usize| (self.end / self.errors[k].0).round();
        let (from, to) = (steps(0), steps(self.errors.len() - 1));
        Evidence::errors(
            format!("{what}, order from {from} to {to} steps"),
            slope(&self.errors),
            expected,
            variance.sqrt(),
            (self.paths * self.errors.len()) as u64,
            self.seed,
        )
    }
}
