//! How wrong a scheme on cells is, and how fast that falls with its cells and its steps.

use crate::finite_volume::{Cells, Fit, Rates};
use crate::theta_scheme::Stepper;
use crate::well_experiment::{WELL, normal};
use ch01_flows::orders::halvings;
use ch01_flows::quadrature::GaussLegendre;
use nalgebra::DVector;

/// dX = −U′(X) dt + g dW on cells.
#[derive(Clone, Copy)]
pub(crate) struct Problem {
    pub(crate) cells: Cells,
    pub(crate) potential: fn(f64) -> f64,
    pub(crate) g: f64,
}

/// Steps of a scheme: their θ, their length, their number.
pub(crate) type Steps = (f64, f64, usize);

/// A scheme: the density after so many steps.
pub(crate) type Carry = fn(&Problem, Steps, Vec<f64>) -> Vec<f64>;

/// The double well of the chapter on these cells.
pub(crate) fn well(cells: Cells) -> Problem {
    Problem { cells, potential: |x| WELL.potential(x), g: WELL.diffusion }
}

impl Problem {
    /// The page's rates.
    pub(crate) fn rates(&self) -> Rates {
        Rates::new(self.cells, self.potential, self.g).expect("a finite potential")
    }

    /// Rates by another rule at the faces.
    pub(crate) fn fitted(&self, fit: Fit) -> Rates {
        Rates::fitted(self.cells, self.potential, self.g, fit)
            .expect("a finite potential")
    }
}

/// The page's steps.
pub(crate) fn stepped(
    rates: &Rates,
    (theta, h, steps): Steps,
    mut p: Vec<f64>,
) -> Vec<f64> {
    let mut stepper = Stepper::signed(rates, theta, h).expect("θ and h in range");
    for _ in 0..steps {
        stepper.step(&mut p);
    }
    p
}

/// The page's scheme, whole.
pub(crate) fn scheme(problem: &Problem, steps: Steps, p: Vec<f64>) -> Vec<f64> {
    stepped(&problem.rates(), steps, p)
}

/// The mean of the densities at the face, and their difference: right for small cells.
pub(crate) fn centred(d: f64, width: f64, rise: f64) -> (f64, f64) {
    let (spread, drift) = (d / (width * width), -rise / (width * width));
    (spread + 0.5 * drift, spread - 0.5 * drift)
}

/// The density of the cell that the drift comes from.
pub(crate) fn upwind(d: f64, width: f64, rise: f64) -> (f64, f64) {
    let (spread, drift) = (d / (width * width), -rise / (width * width));
    (spread + drift.max(0.0), spread + (-drift).max(0.0))
}

/// The largest distance, not-a-number if there is one.
pub(crate) fn largest(p: &[f64], q: &[f64]) -> f64 {
    let apart = p.iter().zip(q).map(|(p, q)| (p - q).abs());
    apart
        .fold(0.0, |m: f64, v| if m.is_nan() || v.is_nan() { f64::NAN } else { m.max(v) })
}

/// Ornstein–Uhlenbeck from N(0.9, 0.3²) to t = 1.1 on 50 to 400 cells, with implicit steps
/// in proportion to the square of the cells: pairs (width, largest error).
pub(crate) fn errors_in_space(carry: Carry) -> Vec<(f64, f64)> {
    let (rate, g, t) = (0.8_f64, 0.7_f64, 1.1_f64);
    let decay = (-rate * t).exp();
    let variance = 0.09 * decay * decay + g * g / (2.0 * rate) * (1.0 - decay * decay);
    let end = (0.9 * decay, variance.sqrt());
    let error = |k: u32| {
        let cells = Cells::new(-3.2, 3.6, 50 << k).expect("an interval");
        let problem = Problem { cells, potential: |x| 0.4 * x * x, g };
        let means = |law| {
            let (rule, half) = (GaussLegendre::new(5), 0.5 * cells.width());
            let mean = |x: f64| {
                rule.integral(|y| normal(y, law), x - half, x + half) / (2.0 * half)
            };
            cells.centres().map(mean).collect::<Vec<f64>>()
        };
        let steps = 12 << (2 * k);
        let p = carry(&problem, (1.0, t / steps as f64, steps), means((0.9, 0.3)));
        (cells.width(), largest(&p, &means(end)))
    };
    (0..4).map(error).collect()
}

/// Forty cells of the double well at t = 0.6 after 32 to 1024 steps, against e^{tK}: pairs
/// (step, largest error).
pub(crate) fn errors_in_time(carry: Carry, theta: f64) -> Vec<(f64, f64)> {
    let problem = well(Cells::new(-1.8, 1.8, 40).expect("an interval"));
    let t = 0.6;
    let start: Vec<f64> =
        problem.cells.centres().map(|x| normal(x, (0.25, 0.3))).collect();
    let end = (problem.rates().matrix() * t).exp() * DVector::from_vec(start.clone());
    let error = |n: usize| {
        let h = t / n as f64;
        let p = carry(&problem, (theta, h, n), start.clone());
        (h, largest(&p, end.as_slice()))
    };
    halvings(5, 10).into_iter().map(error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_a_number_is_no_small_distance() {
        assert!(largest(&[1.0, f64::NAN, 2.0], &[0.0; 3]).is_nan());
        assert_eq!(largest(&[1.0, -4.0, 2.0], &[0.5; 3]), 4.5);
    }
}
