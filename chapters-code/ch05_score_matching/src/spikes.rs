//! A field that falls steeply through every draw.

use ch01_flows::laws::Place;
use dynamics::Point;
use num_dual::{Dual64, DualNum};

/// The score of Gaussian windows of width h on the draws, for numbers that carry
/// derivatives.
pub fn spikes<const D: usize>(data: &[Point<D>], h: f64, x: &Place<D>) -> Place<D> {
    let exponent = |y: &Point<D>| {
        let square: Dual64 = (0..D).map(|i| (x[i] - y[i]).powi(2)).sum();
        square * (-0.5 / (h * h))
    };
    let top = data.iter().map(|y| exponent(y).re).fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<Dual64> = data.iter().map(|y| (exponent(y) - top).exp()).collect();
    let total: Dual64 = weights.iter().sum();
    Place::from_fn(|i, _| {
        let pulls = data.iter().zip(&weights).map(|(y, w)| *w * (-x[i] + y[i]));
        pulls.sum::<Dual64>() / (total * (h * h))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::windows::window_score;
    use ch01_flows::laws::lift;

    #[test]
    fn spikes_are_the_score_of_windows() {
        let data = [[0.1, 0.7], [-0.4, 0.2], [1.3, -0.9]];
        let data = data.map(|x| Point::<2>::from_row_slice(&x));
        for x in [Point::<2>::new(0.3, 0.1), Point::<2>::new(-60.0, 25.0)] {
            let (s, expected) =
                (spikes(&data, 0.3, &lift(&x)), window_score(&data, 0.3, &x));
            assert!(
                (s.map(|s| s.re) - expected).norm() < 1e-12 * (1.0 + expected.norm())
            );
        }
    }
}
