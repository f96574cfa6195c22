//! Three places for the coefficient of the noise, and what each makes of a density.

use crate::operators::{Diffusion, Smooth, fokker_planck};
use crate::transition::gbm_transition;
use ch01_flows::balance::Balance;
use ch01_flows::fields::Number;
use ch02_brownian_motion::GeometricBrownian;
use dynamics::Point;
use nalgebra::SVector;
use num_dual::{Dual64, HyperDual64};
use statrs::distribution::{ContinuousCDF, LogNormal};

/// Where the coefficient a of the noise stands in the equation of the density.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// ½ Σ ∂ᵢⱼ(aᵢⱼ p): the Fokker–Planck equation.
    Inside,
    /// ½ Σ ∂ᵢ(aᵢⱼ ∂ⱼp).
    Between,
    /// ½ Σ aᵢⱼ ∂ᵢⱼp.
    Outside,
}

impl Placement {
    /// The terms of ∂ₜp + Σ ∂ᵢ(fᵢ p) − the term of the noise, at (t, x).
    pub fn terms<const D: usize>(
        self,
        diffusion: &impl Diffusion<D>,
        density: &impl Smooth<D>,
        t: f64,
        x: &Point<D>,
    ) -> Balance {
        if self == Self::Inside {
            return fokker_planck(diffusion, density, t, x);
        }
        let mut terms = vec![density.at(Dual64::new(t, 1.0), &x.map(Dual64::from)).eps];
        for i in 0..D {
            for j in 0..D {
                let now = HyperDual64::from_re(t);
                let mut y = x.map(HyperDual64::from_re);
                (y[i].eps1, y[j].eps2) = (1.0, 1.0);
                let p = density.at(now, &y);
                let a = diffusion.covariance_rate(now, &y)[(i, j)];
                if i == j {
                    terms.push((diffusion.drift(now, &y)[i] * p).eps1);
                }
                terms.push(-0.5 * a.re * p.eps1eps2);
                if self == Self::Between {
                    terms.push(-0.5 * a.eps1 * p.eps2);
                }
            }
        }
        Balance::of(terms)
    }
}

// ANCHOR: where-g-stands
/// What this place adds to the growth of geometric Brownian motion, and the
/// rate at which the mass grows.
pub fn growth_with(place: Placement, gbm: &GeometricBrownian) -> (f64, f64) {
    let square = gbm.volatility.powi(2);
    match place {
        Placement::Inside => (0.0, 0.0),
        Placement::Between => (square, 0.0),
        Placement::Outside => (2.0 * square, square),
    }
}

/// What solves the equation of geometric Brownian motion from x₀, if ς²x² is put
/// into this place.
pub fn solution_with<T: Number>(
    place: Placement,
    gbm: &GeometricBrownian,
    t: T,
    x: T,
    x0: T,
) -> T {
    let (more, of_mass) = growth_with(place, gbm);
    let moved = GeometricBrownian { growth: gbm.growth + more, ..*gbm };
    (t * of_mass).exp() * gbm_transition(&moved, t, x, x0)
}
// ANCHOR_END: where-g-stands

/// That solution, from one place.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Where the coefficient stands.
    pub place: Placement,
    /// The process.
    pub gbm: GeometricBrownian,
    /// x₀.
    pub start: f64,
}

impl Smooth<1> for Placed {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        solution_with(self.place, &self.gbm, t, x[0], T::from(self.start))
    }
}

impl Placed {
    /// The density of the process: the coefficient inside.
    pub fn inside(&self) -> Self {
        Self { place: Placement::Inside, ..*self }
    }

    /// The mass up to x, by the distribution function of the lognormal law.
    pub fn below(&self, t: f64, x: f64) -> f64 {
        let (more, of_mass) = growth_with(self.place, &self.gbm);
        let variance = self.gbm.volatility.powi(2) * t;
        let mean = self.start.ln() + (self.gbm.growth + more) * t - 0.5 * variance;
        let law = LogNormal::new(mean, variance.sqrt()).expect("a positive deviation");
        (of_mass * t).exp() * law.cdf(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weak_form::average;

    const GBM: GeometricBrownian = GeometricBrownian { growth: 0.4, volatility: 0.6 };
    const PLACES: [Placement; 3] =
        [Placement::Inside, Placement::Between, Placement::Outside];

    #[test]
    fn each_place_has_its_solution() {
        for place in PLACES {
            let solution = Placed { place, gbm: GBM, start: 0.8 };
            for other in PLACES {
                let worst = [0.3, 0.9, 1.7]
                    .map(|x| other.terms(&GBM, &solution, 0.7, &Point::<1>::new(x)))
                    .map(|terms| terms.relative());
                let worst = worst.into_iter().fold(0.0, f64::max);
                assert_eq!(worst < 1e-13, place == other, "{place:?} {other:?} {worst}");
            }
        }
    }

    #[test]
    fn mass_and_mean_grow_as_the_page_says() {
        let (t, square) = (0.7_f64, 0.36);
        let grown = [(0.0, 0.4), (0.0, 0.4 + square), (square, 0.4 + 2.0 * square)];
        for (place, (of_mass, of_mean)) in PLACES.into_iter().zip(grown) {
            let solution = Placed { place, gbm: GBM, start: 0.8 };
            let mass = average(&solution, |_| 1.0, t, (1e-9, 60.0));
            let mean = average(&solution, |x| x, t, (1e-9, 60.0)) / mass;
            assert!((mass / (of_mass * t).exp() - 1.0).abs() < 1e-11, "{place:?}");
            assert!(
                (mean / (0.8 * (of_mean * t).exp()) - 1.0).abs() < 1e-11,
                "{place:?}"
            );
            let below = average(&solution, |_| 1.0, t, (1e-9, 1.4));
            // The rule is of order 2 where the density is cut.
            assert!((solution.below(t, 1.4) - below).abs() < 1e-7, "{place:?}");
        }
    }
}
