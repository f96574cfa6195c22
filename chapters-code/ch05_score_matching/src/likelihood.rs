//! The density of what is drawn by the probability flow, and its distance from the truth.

use crate::toys::Toy;
use ch04_reverse_sdes::{Interval, NoiseSchedule};
use dynamics::Point;
use neural::Matrix;
use rayon::prelude::*;
use std::f64::consts::PI;

// ANCHOR: log-density
/// log q(x), in nats, of the law q that a flow makes of N(0, σ_T² I): each column of `x`
/// goes up to noise in `steps` steps of Runge–Kutta, even in √t, and
///
/// log q(x) = log N(x_T; 0, σ_T² I) + ∫ ∇·u(x_t, t) dt,
///
/// for along a flow log q changes by −∇·u. `velocity` gives u and ∇·u for
/// every column, such as [`Learned::velocity`](crate::learned::Learned::velocity).
pub fn log_density(
    schedule: &impl NoiseSchedule,
    velocity: impl Fn(f64, &Matrix) -> (Matrix, Vec<f64>),
    x: &Matrix,
    steps: usize,
) -> Vec<f64> {
    let Interval { start, end } = schedule.interval();
    let time = |i: usize| {
        let share = i as f64 / steps as f64;
        (start.sqrt() + (end.sqrt() - start.sqrt()) * share).powi(2)
    };
    let (mut x, mut grown) = (x.clone(), vec![0.0; x.ncols()]);
    for i in 0..steps {
        let (t, h) = (time(i), time(i + 1) - time(i));
        let step = h as f32;
        let (u1, d1) = velocity(t, &x);
        let (u2, d2) = velocity(t + 0.5 * h, &(&x + &u1 * (0.5 * step)));
        let (u3, d3) = velocity(t + 0.5 * h, &(&x + &u2 * (0.5 * step)));
        let (u4, d4) = velocity(t + h, &(&x + &u3 * step));
        x += (u1 + (u2 + u3) * 2.0 + u4) * (step / 6.0);
        for (j, grown) in grown.iter_mut().enumerate() {
            *grown += h / 6.0 * (d1[j] + 2.0 * (d2[j] + d3[j]) + d4[j]);
        }
    }
    let variance = schedule.sigma(end).powi(2);
    let noise = |column: &[f32]| {
        let square: f64 = column.iter().map(|&x| f64::from(x).powi(2)).sum();
        -0.5 * (square / variance + column.len() as f64 * (2.0 * PI * variance).ln())
    };
    let columns = x.as_slice().chunks_exact(x.nrows());
    columns.zip(grown).map(|(column, grown)| noise(column) + grown).collect()
}
// ANCHOR_END: log-density

// ANCHOR: divergence
/// KL(p ‖ q) = ∫∫ p (log p − log q), in nats, by a `rule` for either axis: places with
/// their weights. `log_q` is asked for many places at once, a column each.
pub fn divergence(
    toy: &dyn Toy,
    log_q: impl Fn(&Matrix) -> Vec<f64> + Sync,
    rule: &[(f64, f64)],
) -> f64 {
    let pairs = rule.iter().flat_map(|b| rule.iter().map(move |a| (a, b)));
    let places = pairs
        .map(|(a, b)| (Point::<2>::new(a.0, b.0), a.1 * b.1))
        .map(|(x, weight)| (x, weight, toy.log_density(&x)));
    // Where there are no data to speak of, p (log p − log q) adds nothing.
    let places: Vec<_> = places.filter(|&(.., log)| log > -25.0).collect();
    let parts: Vec<f64> = places
        .par_chunks(256)
        .map(|places| {
            let x = Matrix::from_fn(2, places.len(), |i, j| places[j].0[i] as f32);
            let terms = places.iter().zip(log_q(&x));
            terms.map(|((_, weight, p), q)| weight * p.exp() * (p - q)).sum()
        })
        .collect();
    parts.iter().sum()
}
// ANCHOR_END: divergence

#[cfg(test)]
mod tests {
    use super::*;
    use ch04_reverse_sdes::{Beta, VariancePreserving};
    use std::cell::RefCell;

    const SHORT: VariancePreserving = VariancePreserving {
        beta: Beta::SONG,
        interval: Interval { start: 0.01, end: 0.3 },
    };

    /// u = k f x, where k is a column's own and f(t) = 0.4 + cos 3t.
    const GROWTH: [f64; 2] = [1.7, -0.6];

    fn flow(t: f64, x: &Matrix) -> (Matrix, Vec<f64>) {
        let rate = |k: f64| k * (0.4 + (3.0 * t).cos());
        let u = Matrix::from_fn(3, 2, |i, j| rate(GROWTH[j]) as f32 * x[(i, j)]);
        (u, GROWTH.map(|k| 3.0 * rate(k)).to_vec())
    }

    fn places() -> Matrix {
        Matrix::from_column_slice(3, 2, &[0.4, -0.9, 0.7, 1.1, 0.3, -0.8])
    }

    #[test]
    fn a_density_is_that_of_noise_times_what_the_flow_has_spread() {
        let Interval { start, end } = SHORT.interval;
        let integral = |t: f64| 0.4 * t + (3.0 * t).sin() / 3.0;
        let whole = integral(end) - integral(start);
        let variance: f64 = SHORT.sigma(end).powi(2);
        let exact = |j: usize| {
            let grown = GROWTH[j] * whole;
            let square = f64::from(places().column(j).norm_squared());
            let at_noise = square * (2.0 * grown).exp() / variance;
            -0.5 * at_noise - 1.5 * (2.0 * PI * variance).ln() + 3.0 * grown
        };
        let error = |steps: usize| {
            let found = log_density(&SHORT, flow, &places(), steps);
            (0..2).map(|j| (found[j] - exact(j)).abs()).fold(0.0, f64::max)
        };
        // Squares of places of seven digits, in eight steps.
        assert!(error(8) < 1e-5, "{:e}", error(8));
        // The fourth order: half the step leaves a sixteenth.
        let halved = error(2) / error(4);
        assert!((10.0..26.0).contains(&halved), "{:e}, {halved}", error(2));
    }

    #[test]
    fn times_are_even_in_their_roots() {
        let asked = RefCell::new(Vec::new());
        let heard = |t: f64, x: &Matrix| {
            asked.borrow_mut().push(t.sqrt());
            flow(t, x)
        };
        let _ = log_density(&SHORT, heard, &places(), 5);
        let asked = asked.into_inner();
        let Interval { start, end } = SHORT.interval;
        let side = (end.sqrt() - start.sqrt()) / 5.0;
        // Four places of a step: its beginning, twice its middle, its end.
        for (i, step) in asked.chunks_exact(4).enumerate() {
            let low = start.sqrt() + side * i as f64;
            assert!((step[0] - low).abs() < 1e-12);
            assert!((step[3] - low - side).abs() < 1e-12);
        }
        assert_eq!(asked.len(), 20);
    }
}
