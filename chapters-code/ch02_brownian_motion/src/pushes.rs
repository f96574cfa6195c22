//! Sums of small pushes that need not be tosses: which of them are normal in the end.

use dynamics::Generator;
use rand::{RngExt, distr::Open01};
use std::f64::consts::PI;

#[allow(missing_docs)] // each letter is told with its kind
// ANCHOR: pushes
/// What may happen to a particle in a short time δt.
#[derive(Clone, Copy, Debug)]
pub enum Push {
    /// Uniform on (−a, a) with a² = 3g²δt: the variance is g²δt.
    Even { g: f64 },
    /// A jump with chance λδt, up or down by g/√λ; else nothing. The variance is
    /// g²δt as well. `rate` is λ, and δt ≤ 1/λ.
    Rare { g: f64, rate: f64 },
    /// Cauchy's law of half-width γδt, which has no variance. `width` is γ.
    Heavy { width: f64 },
}

impl Push {
    /// The push for a number u that is uniform in (0, 1).
    pub fn size(&self, u: f64, dt: f64) -> f64 {
        match *self {
            Push::Even { g } => g * (3.0 * dt).sqrt() * (2.0 * u - 1.0),
            Push::Rare { g, rate } if u < 0.5 * rate * dt => -g / rate.sqrt(),
            Push::Rare { g, rate } if u > 1.0 - 0.5 * rate * dt => g / rate.sqrt(),
            Push::Rare { .. } => 0.0,
            Push::Heavy { width } => width * dt * (PI * (u - 0.5)).tan(),
        }
    }
}

/// The places of a particle after 0, 1, …, n independent pushes in the time
/// `span`. `push(u, dt)` is the push for a uniform number u.
pub fn pushed(
    push: impl Fn(f64, f64) -> f64,
    span: f64,
    n: usize,
    generator: &mut Generator,
) -> Vec<f64> {
    let dt = span / n as f64;
    let mut places = vec![0.0];
    for i in 0..n {
        places.push(places[i] + push(generator.sample(Open01), dt));
    }
    places
}
// ANCHOR_END: pushes

// ANCHOR: moment
/// 𝔼 ξᵏ/δt, how much of the k-th moment a push ξ brings per unit of time: the
/// integral of ξ(u)ᵏ over u, by the midpoint rule on `cells` cells.
pub fn moment_rate(push: impl Fn(f64, f64) -> f64, k: i32, dt: f64, cells: u32) -> f64 {
    let middles = (0..cells).map(|i| (f64::from(i) + 0.5) / f64::from(cells));
    middles.map(|u| push(u, dt).powi(k)).sum::<f64>() / f64::from(cells) / dt
}
// ANCHOR_END: moment

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Stream;

    #[test]
    fn a_path_begins_at_0_and_adds_its_pushes() {
        let mut pushes = Vec::new();
        let stream = Stream::new(8, "pushed");
        let path = pushed(|u, dt| u + dt, 0.6, 3, &mut stream.generator());
        let mut generator = stream.generator();
        for _ in 0..3 {
            pushes.push(generator.sample::<f64, _>(Open01) + 0.6 / 3.0);
        }
        let ends = [0.0, pushes[0], pushes[0] + pushes[1]];
        assert_eq!(path[..3], ends);
        assert_eq!(path[3], ends[2] + pushes[2]);
    }

    #[test]
    fn the_quantiles_are_right_at_chosen_places() {
        let even = Push::Even { g: 2.0 };
        assert!((even.size(1.0, 0.12) - 1.2).abs() < 1e-15); // 2 √0.36
        assert_eq!(even.size(0.5, 0.12), 0.0);
        let rare = Push::Rare { g: 2.0, rate: 4.0 };
        // λδt = 0.4: the lowest and the highest fifth are jumps of 2/√4.
        let sizes = [0.19, 0.21, 0.79, 0.81].map(|u| rare.size(u, 0.1));
        assert_eq!(sizes, [-1.0, 0.0, 0.0, 1.0]);
        let heavy = Push::Heavy { width: 3.0 };
        assert!((heavy.size(0.75, 0.2) - 0.6).abs() < 1e-15); // the upper quartile
    }
}
