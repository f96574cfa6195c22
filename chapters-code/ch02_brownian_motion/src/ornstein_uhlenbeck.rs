//! The Ornstein–Uhlenbeck process: its solution, its exact step, and what Euler–Maruyama
//! makes of it.

use dynamics::{ScalarNoise, Sde, SdeMethod, State};
use std::ops::Mul;

// ANCHOR: ornstein-uhlenbeck
/// dX = −θ X dt + g dW: pulled back to 0 at the rate θ, kept moving by noise.
///
/// The state is a number or a point; each coordinate has its own noise.
#[derive(Clone, Copy, Debug)]
pub struct OrnsteinUhlenbeck {
    /// θ > 0, per unit of time.
    pub rate: f64,
    /// g ≥ 0: units of x per square root of time.
    pub diffusion: f64,
}

impl<S: State + Copy + Mul<f64, Output = S>> Sde<S> for OrnsteinUhlenbeck {
    /// −θ x.
    #[inline]
    fn drift(&self, _t: f64, x: &S) -> S {
        *x * -self.rate
    }

    /// g ΔW.
    #[inline]
    fn noise(&self, _t: f64, _x: &S, dw: &S) -> S {
        *dw * self.diffusion
    }
}
// ANCHOR_END: ornstein-uhlenbeck

impl ScalarNoise<f64> for OrnsteinUhlenbeck {
    fn diffusion(&self, _t: f64, _x: &f64) -> f64 {
        self.diffusion
    }

    fn diffusion_gradient(&self, _t: f64, _x: &f64) -> f64 {
        0.0
    }
}

impl OrnsteinUhlenbeck {
    // ANCHOR: on-path
    /// X at the last of `times`, from `x0` at the first, along the given
    /// values of Brownian motion: e^{−θ(t−r)} x₀ + g Σ e^{−θ(t−tᵢ)} ΔWᵢ.
    ///
    /// The sum stands for the Itô integral. What it leaves out falls like the
    /// distance of the times.
    ///
    /// # Panics
    /// If there is no time, or there are not as many values as times.
    pub fn on_path(&self, times: &[f64], path: &[f64], x0: f64) -> f64 {
        let (m, n) = (path.len(), times.len());
        assert!(n > 0, "no time at which to give the state: the start has one");
        assert!(m == n, "{m} values of Brownian motion at {n} times");
        let left = |time: f64| (-self.rate * (times[n - 1] - time)).exp();
        let kicks = times.iter().zip(path.windows(2));
        let sum: f64 = kicks.map(|(&t, w)| left(t) * (w[1] - w[0])).sum();
        left(times[0]) * x0 + self.diffusion * sum
    }
    // ANCHOR_END: on-path

    // ANCHOR: transition
    /// What a time `t` makes of a state: the factor e^{−θt} of its mean, and
    /// the variance g² (1 − e^{−2θt})/(2θ), which is g² t for θ = 0.
    pub fn transition(&self, t: f64) -> (f64, f64) {
        let y = 2.0 * self.rate * t;
        // exp_m1(y) = e^y − 1, with all its digits where y is small.
        let time = if y == 0.0 { t } else { -t * (-y).exp_m1() / y };
        ((-self.rate * t).exp(), self.diffusion.powi(2) * time)
    }
    // ANCHOR_END: transition

    // ANCHOR: euler-variance
    /// The variance of n steps h of Euler–Maruyama from one place: g²h times
    /// 1 + q + … + qⁿ⁻¹, where q = (1 − θh)².
    pub fn euler_variance(&self, h: f64, n: usize) -> f64 {
        let q = (1.0 - self.rate * h).powi(2);
        let sum = if q == 1.0 { n as f64 } else { (1.0 - q.powf(n as f64)) / (1.0 - q) };
        self.diffusion.powi(2) * h * sum
    }

    /// Its limit g²/(2θ − θ²h) for many steps, if there is one: 0 < θh < 2.
    pub fn euler_limit(&self, h: f64) -> Option<f64> {
        let y = self.rate * h;
        let stable = 0.0 < y && y < 2.0;
        stable.then(|| self.diffusion.powi(2) / (self.rate * (2.0 - y)))
    }
    // ANCHOR_END: euler-variance
}

// ANCHOR: exact-step
/// A step that has the law of the process, however long it is.
///
/// Exact in law and not along the path: `dw` does not say when in the step its
/// noise arrived, so on the path that has this increment the step errs, with
/// order 1. `h > 0`; `dw` has variance `h`.
#[derive(Clone, Copy, Debug)]
pub struct ExactOu;

impl<S> SdeMethod<OrnsteinUhlenbeck, S, S> for ExactOu
where
    S: State + Copy + Mul<f64, Output = S>,
{
    const STRONG_ORDER: f64 = 1.0;
    const WEAK_ORDER: f64 = f64::INFINITY;

    /// e^{−θh} x + √(g² (1 − e^{−2θh})/(2θ)) ε, where ε = ΔW/√h.
    fn step(&self, ou: &OrnsteinUhlenbeck, _t: f64, h: f64, x: &S, dw: &S) -> S {
        let (factor, variance) = ou.transition(h);
        (*x * factor).plus((variance / h).sqrt(), dw)
    }
}
// ANCHOR_END: exact-step

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate;
    use dynamics::{Point, Stream, TimeGrid};

    #[test]
    fn a_rate_of_zero_is_brownian_motion() {
        let free = OrnsteinUhlenbeck { rate: 0.0, diffusion: 0.7 };
        assert_eq!(ExactOu.step(&free, 0.3, 2.25, &1.5, &-0.4), 1.5 - 0.7 * 0.4);
        assert_eq!(free.euler_variance(0.1, 30), 0.7_f64.powi(2) * 0.1 * 30.0);
        assert_eq!(free.euler_limit(0.1), None);
        // … and a small rate is nearly so, without loss of digits.
        let nearly = OrnsteinUhlenbeck { rate: 1e-12, diffusion: 0.7 };
        assert!((nearly.transition(2.0).1 / 0.98 - 1.0).abs() < 1e-11);
    }

    #[test]
    fn points_take_the_exact_step_coordinate_by_coordinate() {
        let ou = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.6 };
        let step = |x: f64, w: f64| ExactOu.step(&ou, 0.0, 0.9, &x, &w);
        let (x, w) = (Point::<2>::new(1.3, -0.4), Point::<2>::new(0.2, 0.5));
        let both = ExactOu.step(&ou, 0.0, 0.9, &x, &w);
        assert_eq!(both, Point::<2>::new(step(1.3, 0.2), step(-0.4, 0.5)));
    }

    #[test]
    fn simulate_takes_the_exact_step() {
        let ou = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.6 };
        let mut particles = [1.5; 8];
        let (grid, noise) = (TimeGrid::new(0.0, 1e6, 2), Stream::new(1, "far"));
        simulate(&ExactOu, &ou, grid, noise, &mut particles).expect("finite");
        // Two steps of half a million: six deviations of the stationary law.
        assert!(particles.iter().all(|x| x.abs() < 6.0 * 0.6 / 1.6_f64.sqrt()));
    }

    #[test]
    #[should_panic(expected = "2 values of Brownian motion at 3 times")]
    fn each_time_has_its_value() {
        let ou = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.6 };
        let _ = ou.on_path(&[0.0, 0.5, 1.0], &[0.0, 0.3], 1.0);
    }
}
