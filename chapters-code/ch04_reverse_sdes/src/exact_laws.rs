//! The law that a sampler on the line has, found without a draw.

use statrs::function::erf::erfc;
use std::f64::consts::{PI, SQRT_2};

/// P(ξ ≤ x) for a standard normal number ξ.
pub fn standard_normal(x: f64) -> f64 {
    // Beyond 8.5 it is 0 or 1 to the last digit, and a sum has many such terms.
    if x.abs() > 8.5 { f64::from(x > 0.0) } else { 0.5 * erfc(-x / SQRT_2) }
}

// ANCHOR: map-law
/// sup |P(φ(X) ≤ y) − F(y)| over y, for X with the distribution function `start`.
///
/// The interval [−7, 7] is cut into 1400 cells. Each sends its mass to the image of
/// its middle, so φ need not be monotone. Error: half the mass of a cell at most,
/// 0.002 for N(0, 1), and a few millionths where φ is monotone.
pub fn distance_of_map(
    start: impl Fn(f64) -> f64,
    map: impl Fn(f64) -> f64,
    target: impl Fn(f64) -> f64,
) -> f64 {
    let border = |i: i32| f64::from(i) / 100.0;
    let sent = |i: i32| {
        let mass = start(border(i + 1)) - start(border(i));
        (map(border(i) + 0.005), mass)
    };
    let mut images: Vec<_> = (-700..700).map(sent).collect();
    images.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut below = start(border(-700));
    let mut worst = 0.0;
    for (y, mass) in images {
        let gap = (below + 0.5 * mass - target(y)).abs();
        // Not-a-number wins.
        worst = if gap > worst || gap.is_nan() { gap } else { worst };
        below += mass;
    }
    worst
}
// ANCHOR_END: map-law

// ANCHOR: chain-law
/// A density on an even grid.
#[derive(Clone, Debug)]
pub struct OnGrid {
    /// The places, a fixed spacing apart.
    pub places: Vec<f64>,
    /// The density there.
    pub values: Vec<f64>,
}

impl OnGrid {
    /// `density` on [−reach, reach], places `spacing` apart.
    ///
    /// # Panics
    /// If the spacing is not positive, or there are more than a million places.
    pub fn new(density: impl Fn(f64) -> f64, reach: f64, spacing: f64) -> Self {
        let fits = spacing > 0.0 && reach / spacing < 5e5;
        assert!(fits, "no grid to {reach} has places {spacing} apart");
        let n = (reach / spacing).ceil() as i32;
        let places: Vec<_> = (-n..=n).map(|i| spacing * f64::from(i)).collect();
        let values = places.iter().map(|x| density(*x)).collect();
        Self { places, values }
    }

    /// The law of μ(X) + d ξ: p(y) = ∫ p(x) N(y; μ(x), d²) dx.
    ///
    /// The trapezoid rule: ten digits, if the spacing is at most d/2 and μ not steep.
    pub fn after(&self, mean: impl Fn(f64) -> f64, deviation: f64) -> Self {
        let (first, spacing) = (self.places[0], self.spacing());
        let mut values = vec![0.0; self.places.len()];
        for (x, mass) in self.masses() {
            let (middle, reach) = (mean(x), 6.5 * deviation);
            let index = |y: f64| ((y - first) / spacing).ceil().max(0.0) as usize;
            let end = index(middle + reach).min(values.len());
            let begin = index(middle - reach).min(end);
            let top = mass / (deviation * (2.0 * PI).sqrt());
            let (places, values) = (&self.places[begin..end], &mut values[begin..end]);
            for (value, y) in values.iter_mut().zip(places) {
                *value += top * (-0.5 * ((y - middle) / deviation).powi(2)).exp();
            }
        }
        Self { places: self.places.clone(), values }
    }

    /// P(μ(X) + d ξ ≤ y).
    pub fn below(&self, mean: impl Fn(f64) -> f64, deviation: f64, y: f64) -> f64 {
        let part =
            |(x, mass): (f64, f64)| mass * standard_normal((y - mean(x)) / deviation);
        self.masses().map(part).sum()
    }

    /// The places with their masses, where there is any to speak of.
    pub fn masses(&self) -> impl Iterator<Item = (f64, f64)> {
        let spacing = self.spacing();
        let all = self.places.iter().zip(&self.values);
        all.map(move |(x, p)| (*x, p * spacing)).filter(|(_, mass)| *mass > 1e-14)
    }

    fn spacing(&self) -> f64 {
        self.places[1] - self.places[0]
    }
}
// ANCHOR_END: chain-law

#[cfg(test)]
mod tests {
    use super::*;

    fn bell(x: f64, m: f64, s: f64) -> f64 {
        (-0.5 * ((x - m) / s).powi(2)).exp() / (s * (2.0 * PI).sqrt())
    }

    #[test]
    fn a_square_of_a_normal_number_has_its_own_law() {
        let square = |y: f64| 1.0 - erfc((y.max(0.0) / 2.0).sqrt());
        let right = distance_of_map(standard_normal, |x| x * x, square);
        assert!(right < 0.0021, "{right}");
        let wrong = distance_of_map(standard_normal, |x| x, square);
        assert!(wrong > 0.49, "{wrong}");
    }

    #[test]
    fn a_monotone_map_is_seen_to_a_few_millionths() {
        let cubed = |y: f64| standard_normal(y.cbrt());
        let right = distance_of_map(standard_normal, |x| x.powi(3), cubed);
        assert!(right < 4e-6, "{right}");
        // N(0.1, 1) for N(0, 1): 2Φ(0.05) − 1.
        let shifted = distance_of_map(standard_normal, |x| x + 0.1, standard_normal);
        assert!((shifted - 0.039_877_6).abs() < 1e-5, "{shifted}");
    }

    #[test]
    fn mass_left_of_the_cells_counts_as_below_all_images() {
        let far = |x: f64| standard_normal(x + 6.5);
        let distance = distance_of_map(far, |x| x, far);
        assert!(distance < 4e-6, "{distance}");
    }

    #[test]
    fn a_map_to_nowhere_is_no_small_distance() {
        let lost = distance_of_map(standard_normal, |_| f64::NAN, standard_normal);
        assert!(lost.is_nan());
    }

    #[test]
    fn a_grid_reaches_as_far_as_was_asked() {
        let grid = OnGrid::new(|x| x, 1.0, 0.3);
        assert_eq!((grid.places.len(), grid.places[0], grid.values[8]), (9, -1.2, 1.2));
    }

    #[test]
    fn a_normal_law_stays_normal_under_affine_steps() {
        let start = OnGrid::new(|x| bell(x, 0.4, 0.7), 8.0, 0.1);
        let next = start.after(|x| 0.2 - 0.5 * x, 0.3);
        let deviation = (0.35_f64.powi(2) + 0.09).sqrt();
        for (y, p) in next.places.iter().zip(&next.values) {
            assert!((p - bell(*y, 0.0, deviation)).abs() < 1e-9);
        }
        let below = start.below(|x| 0.2 - 0.5 * x, 0.3, 0.25);
        assert!((below - standard_normal(0.25 / deviation)).abs() < 1e-10);
        assert!((next.masses().map(|(_, mass)| mass).sum::<f64>() - 1.0).abs() < 1e-9);
    }

    #[test]
    #[should_panic(expected = "places 0 apart")]
    fn a_grid_without_a_spacing_is_told() {
        let _ = OnGrid::new(|_| 1.0, 8.0, 0.0);
    }

    #[test]
    fn what_leaves_the_grid_is_lost_and_nothing_breaks() {
        let start = OnGrid::new(|x| bell(x, 0.0, 1.0), 8.0, 0.1);
        let gone = start.after(|_| 30.0, 0.3);
        assert_eq!(gone.masses().count(), 0);
    }
}
