//! Schedules of noise: how fast a diffusion forgets where it started.
//!
//! Clock N: the data are at t = 0, noise is at the end. Every diffusion here is
//! dX = a(t) X dt + g(t) dW, and so X_t = α(t) X₀ + σ(t) ε with ε ~ N(0, I).

use ch01_flows::fields::Number;
use dynamics::{Coefficients, Schedule};
use std::f64::consts::FRAC_PI_2;
use std::fmt;

// ANCHOR: noise-schedule
/// The schedule of dX = a(t) X dt + g(t) dW, whose kernel is N(α X₀, σ² I).
///
/// All four functions are written for any [`Number`], so that they can be differentiated,
/// and are finite on the whole interval and at t = 0.
pub trait NoiseSchedule: Sync {
    /// The times [t_min, T] on which α is positive and the score of a point start,
    /// which grows like 1/σ, is finite.
    fn interval(&self) -> Interval;
    /// The factor α(t) of the start; α(0) = 1.
    fn alpha<T: Number>(&self, t: T) -> T;
    /// The deviation σ(t) of the noise; σ(0) = 0.
    fn sigma<T: Number>(&self, t: T) -> T;
    /// a(t), per unit of time.
    fn rate<T: Number>(&self, t: T) -> T;
    /// g(t)², variance per unit of time.
    fn noise_rate<T: Number>(&self, t: T) -> T;
}
// ANCHOR_END: noise-schedule

/// A time outside the interval of a schedule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outside {
    /// The time asked for.
    pub t: f64,
    /// Where the schedule lives.
    pub interval: Interval,
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Interval { start, end } = self.interval;
        let t = self.t;
        write!(f, "the schedule runs from t = {start} to t = {end} and has no t = {t}")
    }
}

impl std::error::Error for Outside {}

// ANCHOR: interval
/// The times at which a schedule may be asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// t_min ≥ 0.
    pub start: f64,
    /// T.
    pub end: f64,
}

impl Interval {
    /// `t` itself if it lies in the interval.
    ///
    /// # Errors
    /// If it does not, or is not a number.
    pub fn hold(self, t: f64) -> Result<f64, Outside> {
        let inside = self.start <= t && t <= self.end;
        if inside { Ok(t) } else { Err(Outside { t, interval: self }) }
    }

    /// The same, for a time that is inside if the program is right.
    ///
    /// # Panics
    /// With the interval, if it is not.
    pub fn inside(self, t: f64) -> f64 {
        self.hold(t).unwrap_or_else(|outside| panic!("{outside}"))
    }
}
// ANCHOR_END: interval

/// α, σ and their derivatives, from α̇ = a α and d(σ²)/dt = 2 a σ² + g².
///
/// # Panics
/// If `t` lies outside the interval of the schedule.
pub fn coefficients(schedule: &impl NoiseSchedule, t: f64) -> Coefficients {
    let t = schedule.interval().inside(t);
    let (alpha, sigma) = (schedule.alpha(t), schedule.sigma(t));
    let (a, g2) = (schedule.rate(t), schedule.noise_rate(t));
    let d_sigma = a * sigma + g2 / (2.0 * sigma);
    Coefficients { alpha, sigma, d_alpha: a * alpha, d_sigma }
}

// ANCHOR: rates
/// a = α̇/α and g² = d(σ²)/dt − 2 a σ²: the equation whose kernel is N(α X₀, σ² I).
///
/// The inverse of [`coefficients`]; α > 0.
pub fn rates(at: Coefficients) -> (f64, f64) {
    let a = at.d_alpha / at.alpha;
    (a, 2.0 * at.sigma * at.d_sigma - 2.0 * a * at.sigma.powi(2))
}
// ANCHOR_END: rates

// ANCHOR: beta
/// β(t) = β₀ + (β₁ − β₀) t: noise that comes faster and faster.
///
/// Song et al., *Score-based generative modeling through stochastic differential
/// equations* (2021), take β₀ = 0.1 and β₁ = 20 on [0, 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    /// β₀ > 0, per unit of time.
    pub start: f64,
    /// β₁ > 0.
    pub end: f64,
}

impl Beta {
    /// β₀ = 0.1 and β₁ = 20.
    pub const SONG: Self = Self { start: 0.1, end: 20.0 };

    /// β(t).
    #[inline]
    pub fn at<T: Number>(&self, t: T) -> T {
        t * (self.end - self.start) + self.start
    }

    /// B(t) = ∫₀ᵗ β.
    #[inline]
    pub fn integral<T: Number>(&self, t: T) -> T {
        t * self.start + t * t * (0.5 * (self.end - self.start))
    }
}
// ANCHOR_END: beta

// ANCHOR: vp
/// Variance preserving: dX = −½ β X dt + √β dW.
///
/// α = e^{−B/2}, σ² = 1 − e^{−B}: unit variance stays unit variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VariancePreserving {
    /// β.
    pub beta: Beta,
    /// [t_min, T].
    pub interval: Interval,
}

impl NoiseSchedule for VariancePreserving {
    fn interval(&self) -> Interval {
        self.interval
    }

    #[inline]
    fn alpha<T: Number>(&self, t: T) -> T {
        (self.beta.integral(t) * -0.5).exp()
    }

    #[inline]
    fn sigma<T: Number>(&self, t: T) -> T {
        // exp_m1(y) = e^y − 1, with all its digits where y is small.
        (-(-self.beta.integral(t)).exp_m1()).sqrt()
    }

    #[inline]
    fn rate<T: Number>(&self, t: T) -> T {
        self.beta.at(t) * -0.5
    }

    #[inline]
    fn noise_rate<T: Number>(&self, t: T) -> T {
        self.beta.at(t)
    }
}
// ANCHOR_END: vp

// ANCHOR: ve
/// Variance exploding: dX = g dW with σ² = s₀² (r^{2t} − 1), r = s₁/s₀.
///
/// α = 1: the data stay where they are and drown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceExploding {
    /// s₀ > 0.
    pub sigma_min: f64,
    /// s₁ > s₀.
    pub sigma_max: f64,
    /// [t_min, T].
    pub interval: Interval,
}

impl VarianceExploding {
    /// 2 ln(s₁/s₀).
    fn growth(&self) -> f64 {
        2.0 * (self.sigma_max / self.sigma_min).ln()
    }
}

impl NoiseSchedule for VarianceExploding {
    fn interval(&self) -> Interval {
        self.interval
    }

    #[inline]
    fn alpha<T: Number>(&self, _t: T) -> T {
        T::from(1.0)
    }

    #[inline]
    fn sigma<T: Number>(&self, t: T) -> T {
        (t * self.growth()).exp_m1().sqrt() * self.sigma_min
    }

    #[inline]
    fn rate<T: Number>(&self, _t: T) -> T {
        T::from(0.0)
    }

    #[inline]
    fn noise_rate<T: Number>(&self, t: T) -> T {
        (t * self.growth()).exp() * (self.growth() * self.sigma_min.powi(2))
    }
}
// ANCHOR_END: ve

// ANCHOR: sub-vp
/// Sub-VP: dX = −½ β X dt + √(β (1 − e^{−2B})) dW.
///
/// α = e^{−B/2}, σ = 1 − e^{−B}: the square of the deviation of the former.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SubVariancePreserving {
    /// β.
    pub beta: Beta,
    /// [t_min, T].
    pub interval: Interval,
}

impl NoiseSchedule for SubVariancePreserving {
    fn interval(&self) -> Interval {
        self.interval
    }

    #[inline]
    fn alpha<T: Number>(&self, t: T) -> T {
        (self.beta.integral(t) * -0.5).exp()
    }

    #[inline]
    fn sigma<T: Number>(&self, t: T) -> T {
        -(-self.beta.integral(t)).exp_m1()
    }

    #[inline]
    fn rate<T: Number>(&self, t: T) -> T {
        self.beta.at(t) * -0.5
    }

    #[inline]
    fn noise_rate<T: Number>(&self, t: T) -> T {
        -(self.beta.integral(t) * -2.0).exp_m1() * self.beta.at(t)
    }
}
// ANCHOR_END: sub-vp

// ANCHOR: cosine
/// The cosine schedule: α = cos φ / cos φ₀ and σ² = 1 − α², with the angle
/// φ = ½ π (t + s)/(1 + s) and φ₀ the angle at t = 0.
///
/// Variance preserving, with β = −2a. At t = 1 nothing is left of the data and β is
/// infinite, so the interval must end before.
///
/// Nichol & Dhariwal, *Improved denoising diffusion probabilistic models* (2021),
/// equation (17), with s = 0.008.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosine {
    /// s > 0.
    pub offset: f64,
    /// [t_min, T] with T < 1.
    pub interval: Interval,
}

impl Cosine {
    /// φ(t).
    fn angle<T: Number>(&self, t: T) -> T {
        (t + self.offset) * (FRAC_PI_2 / (1.0 + self.offset))
    }
}

impl NoiseSchedule for Cosine {
    fn interval(&self) -> Interval {
        self.interval
    }

    #[inline]
    fn alpha<T: Number>(&self, t: T) -> T {
        self.angle(t).cos() / self.angle(0.0_f64).cos()
    }

    #[inline]
    fn sigma<T: Number>(&self, t: T) -> T {
        // cos² φ₀ − cos² φ as a product: no digits are lost where φ is near φ₀.
        let start = self.angle(0.0_f64);
        let turned = t * (FRAC_PI_2 / (1.0 + self.offset));
        let difference = (turned + 2.0 * start).sin() * turned.sin();
        (difference / start.cos().powi(2)).sqrt()
    }

    #[inline]
    fn rate<T: Number>(&self, t: T) -> T {
        self.angle(t).tan() * -(FRAC_PI_2 / (1.0 + self.offset))
    }

    #[inline]
    fn noise_rate<T: Number>(&self, t: T) -> T {
        self.rate(t) * -2.0
    }
}
// ANCHOR_END: cosine

/// Straight lines from data to noise at constant speed: α = 1 − t, σ = t.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Straight {
    /// [t_min, T] with T < 1.
    pub interval: Interval,
}

impl NoiseSchedule for Straight {
    fn interval(&self) -> Interval {
        self.interval
    }

    #[inline]
    fn alpha<T: Number>(&self, t: T) -> T {
        -t + 1.0
    }

    #[inline]
    fn sigma<T: Number>(&self, t: T) -> T {
        t
    }

    #[inline]
    fn rate<T: Number>(&self, t: T) -> T {
        (t - 1.0).recip()
    }

    #[inline]
    fn noise_rate<T: Number>(&self, t: T) -> T {
        t * 2.0 / (-t + 1.0)
    }
}

/// What the rest of the book asks: the four numbers at a time.
macro_rules! schedules {
    ($($name:ty),+ $(,)?) => {$(
        impl Schedule for $name {
            fn at(&self, t: f64) -> Coefficients {
                coefficients(self, t)
            }
        }
    )+};
}
schedules!(
    VariancePreserving,
    VarianceExploding,
    SubVariancePreserving,
    Cosine,
    Straight,
);

#[cfg(test)]
mod tests {
    use super::*;
    use num_dual::{Dual64, DualNum};

    const UNIT: Interval = Interval { start: 1e-3, end: 1.0 };

    /// α̇ = a α and d(σ²)/dt = 2 a σ² + g², by exact derivatives.
    fn obeys_its_equation(schedule: &(impl NoiseSchedule + Schedule), end: f64) {
        for t in [0.01, 0.2, 0.37, 0.8, end] {
            let dual = Dual64::new(t, 1.0);
            let (alpha, variance) = (schedule.alpha(dual), schedule.sigma(dual).powi(2));
            let (a, g2) = (schedule.rate(t), schedule.noise_rate(t));
            let near = |x: f64, y: f64| assert!((x - y).abs() < 1e-13 * (1.0 + y.abs()));
            near(alpha.eps, a * alpha.re);
            near(variance.eps, 2.0 * a * variance.re + g2);
            let at = schedule.at(t);
            near(at.d_alpha, alpha.eps);
            near(at.d_sigma, schedule.sigma(dual).eps);
        }
        assert_eq!(schedule.interval(), Interval { start: 1e-3, end });
        assert!((schedule.alpha(0.0_f64) - 1.0).abs() < 1e-15);
        assert_eq!(schedule.sigma(0.0), 0.0);
        assert!(schedule.noise_rate(0.0_f64).is_finite());
    }

    #[test]
    fn every_schedule_is_the_kernel_of_its_equation() {
        let early = Interval { start: 1e-3, end: 0.98 };
        obeys_its_equation(&VariancePreserving { beta: Beta::SONG, interval: UNIT }, 1.0);
        obeys_its_equation(
            &SubVariancePreserving { beta: Beta::SONG, interval: UNIT },
            1.0,
        );
        let exploding =
            VarianceExploding { sigma_min: 0.01, sigma_max: 5.0, interval: UNIT };
        obeys_its_equation(&exploding, 1.0);
        obeys_its_equation(&Cosine { offset: 0.008, interval: early }, 0.98);
        obeys_its_equation(&Straight { interval: early }, 0.98);
    }

    #[test]
    fn a_small_time_keeps_its_digits() {
        let vp = VariancePreserving { beta: Beta::SONG, interval: UNIT };
        // σ² = B − ½B² + …, B = 0.1 t to nine digits.
        assert!((vp.sigma(1e-12) / 1e-13_f64.sqrt() - 1.0).abs() < 1e-9);
        let cosine = Cosine { offset: 0.008, interval: UNIT };
        // σ² = 2 tan φ₀ (φ − φ₀) + …
        let (start, rise) = (cosine.angle(0.0), FRAC_PI_2 / 1.008 * 1e-12);
        let near = (2.0 * start.tan() * rise).sqrt();
        assert!((cosine.sigma(1e-12) / near - 1.0).abs() < 1e-9);
    }

    #[test]
    #[should_panic(expected = "from t = 0.001 to t = 1 and has no t = 1.5")]
    fn a_time_outside_is_told_with_the_interval() {
        let _ = VariancePreserving { beta: Beta::SONG, interval: UNIT }.at(1.5);
    }

    #[test]
    fn no_number_is_outside() {
        assert!(UNIT.hold(f64::NAN).is_err());
        assert_eq!(UNIT.hold(1e-3), Ok(1e-3));
        assert!(UNIT.hold(0.0).is_err());
    }
}
