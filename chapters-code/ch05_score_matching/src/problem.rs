//! The law on which the chapter tries its losses, and the noise that is added to it.

use ch01_flows::fields::Number;
use ch04_reverse_sdes::{Interval, NoiseSchedule, Noised};
use dynamics::Point;
use nalgebra::Matrix1;

// ANCHOR: problem
/// Weight, mean and deviation of the two heaps of the chapter's law.
pub const HEAPS: [(f64, f64, f64); 2] = [(0.4, -1.2, 0.6), (0.6, 1.0, 0.4)];

/// Noise of deviation σ added to data, with σ itself for the time: α = 1, and σ = t.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blur;

/// The law q_σ of the two heaps with noise of deviation σ added; σ = 0 gives the law
/// itself. Ask it for `density`, `log_density` and `score` at (σ, x).
pub fn heaps() -> Noised<Blur, 1> {
    let heap = |(weight, mean, deviation): (f64, f64, f64)| {
        (weight, Point::<1>::new(mean), Matrix1::new(deviation * deviation))
    };
    Noised::new(HEAPS.map(heap), Blur)
}
// ANCHOR_END: problem

impl NoiseSchedule for Blur {
    fn interval(&self) -> Interval {
        Interval { start: 0.0, end: f64::INFINITY }
    }

    fn alpha<T: Number>(&self, _t: T) -> T {
        T::from(1.0)
    }

    fn sigma<T: Number>(&self, t: T) -> T {
        t
    }

    fn rate<T: Number>(&self, _t: T) -> T {
        T::from(0.0)
    }

    fn noise_rate<T: Number>(&self, t: T) -> T {
        t * 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::{Density, Mixture};
    use num_dual::Dual64;

    #[test]
    fn noise_adds_its_variance_to_each_heap() {
        let data = Mixture::<1>::new(HEAPS.map(|(weight, mean, deviation)| {
            (weight, Point::<1>::new(mean), Matrix1::new(deviation * deviation))
        }));
        for sigma in [0.0, 0.3, 2.0] {
            let pushed = data.pushed(1.0, sigma);
            for x in [-2.3, 0.1, 1.7].map(Point::<1>::new) {
                let (log, score) =
                    (heaps().log_density(sigma, &x), heaps().score(sigma, &x));
                assert!((log - pushed.log_density(&x)).abs() < 1e-13);
                assert!((score - pushed.score(&x)).norm() < 1e-12);
            }
        }
    }

    #[test]
    fn the_rates_are_those_of_the_noise() {
        // α′ = −a α and (σ²)′ = g² − 2a σ², from t = 0 on.
        let interval = Blur.interval();
        assert_eq!((interval.start, interval.end), (0.0, f64::INFINITY));
        for t in [0.3, 2.0] {
            let at = Dual64::new(t, 1.0);
            let (alpha, sigma) = (Blur.alpha(at), Blur.sigma(at));
            let (rate, noise): (f64, f64) = (Blur.rate(t), Blur.noise_rate(t));
            assert_eq!(alpha.eps, -rate * alpha.re);
            assert!(((sigma * sigma).eps + 2.0 * rate * t * t - noise).abs() < 1e-15);
        }
    }
}
