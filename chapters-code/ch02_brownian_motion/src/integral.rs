//! Sums against a Brownian path, and the equations that are made of their limits.

use dynamics::{Increment, Sde, State};
use num_dual::Dual64;

// ANCHOR: ito-sum
/// Σ φᵢ (Wᵢ₊₁ − Wᵢ): each increment is weighted by the value φᵢ at its
/// beginning.
///
/// `integrand` and `path` are the values of φ and W at the same n + 1 times.
///
/// # Panics
/// If there are not as many of the one as of the other.
pub fn ito_sum(integrand: &[f64], path: &[f64]) -> f64 {
    weighted_sum(integrand, path, |left, _right| left)
}

/// Σ φᵢ₊₁ (Wᵢ₊₁ − Wᵢ): the value at the end, which knows the increment.
///
/// # Panics
/// As [`ito_sum`].
pub fn right_sum(integrand: &[f64], path: &[f64]) -> f64 {
    weighted_sum(integrand, path, |_left, right| right)
}

fn weighted_sum(integrand: &[f64], path: &[f64], weight: fn(f64, f64) -> f64) -> f64 {
    let (m, n) = (integrand.len(), path.len());
    assert!(m == n, "{m} values of the integrand on a path of {n}: one belongs to each");
    let steps = integrand.windows(2).zip(path.windows(2));
    steps.map(|(phi, w)| weight(phi[0], phi[1]) * (w[1] - w[0])).sum()
}
// ANCHOR_END: ito-sum

// ANCHOR: stratonovich-sum
/// Σ ½(φᵢ + φᵢ₊₁)(Wᵢ₊₁ − Wᵢ): the mean of both ends.
///
/// # Panics
/// As [`ito_sum`].
pub fn stratonovich_sum(integrand: &[f64], path: &[f64]) -> f64 {
    weighted_sum(integrand, path, |left, right| (left + right) / 2.0)
}

/// ∫ φ(W) dW + ½ ∫ φ′(W) dt on a path with steps of length h: Itô's account of
/// what [`stratonovich_sum`] tends to.
pub fn converted_sum(phi: impl Fn(Dual64) -> Dual64, h: f64, path: &[f64]) -> f64 {
    let values: Vec<_> =
        path.iter().map(|&w| phi(Dual64::from(w).derivative())).collect();
    let integrand: Vec<_> = values.iter().map(|value| value.re).collect();
    let slopes: f64 = values[1..].iter().map(|value| value.eps).sum();
    ito_sum(&integrand, path) + 0.5 * slopes * h
}
// ANCHOR_END: stratonovich-sum

// ANCHOR: defect
/// X_n − X₀ − Σ f(tᵢ, Xᵢ) hᵢ − Σ G(tᵢ, Xᵢ)(Wᵢ₊₁ − Wᵢ): what is missing in the
/// integral equation on this grid.
///
/// It tends to 0 with the steps if X solves dX = f dt + G dW along the path W.
/// The three lists hold values at the same n + 1 times.
pub fn integral_defect<S: State, W: Increment>(
    sde: &(impl Sde<S, W> + ?Sized),
    times: &[f64],
    path: &[W],
    states: &[S],
) -> S {
    let n = states.len() - 1;
    let mut defect = states[n].plus(-1.0, &states[0]);
    for i in 0..n {
        let (t, h, x) = (times[i], times[i + 1] - times[i], &states[i]);
        let dw = path[i + 1].plus(-1.0, &path[i]);
        defect = defect.plus(-h, &sde.drift(t, x)).plus(-1.0, &sde.noise(t, x, &dw));
    }
    defect
}
// ANCHOR_END: defect

// ANCHOR: remainder
/// `exact` − [x + h f(t, x) + G(t, x) ΔW]: what a straight step with noise
/// leaves out, if the exact path comes to `exact` on the same noise.
pub fn noisy_remainder(
    sde: &(impl Sde<f64> + ?Sized),
    t: f64,
    h: f64,
    x: f64,
    dw: f64,
    exact: f64,
) -> f64 {
    exact - (x + h * sde.drift(t, &x) + sde.noise(t, &x, &dw))
}
// ANCHOR_END: remainder

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_tosses_are_summed_as_on_the_page() {
        let path = [0.0, 1.0, 0.0, 1.0];
        assert_eq!(ito_sum(&path, &path), -1.0);
        assert_eq!(right_sum(&path, &path), 2.0);
        assert_eq!(stratonovich_sum(&path, &path), 0.5);
    }

    /// dX = 2t dt + (1 + t) dW.
    struct Clock;

    impl Sde<f64> for Clock {
        fn drift(&self, t: f64, _x: &f64) -> f64 {
            2.0 * t
        }

        fn noise(&self, t: f64, _x: &f64, dw: &f64) -> f64 {
            (1.0 + t) * dw
        }
    }

    #[test]
    fn drift_and_noise_are_asked_at_the_beginning_of_the_step() {
        // From x = 1 at t = 3 over h = ½ with ΔW = −2: 1 + 3 − 8.
        assert_eq!(noisy_remainder(&Clock, 3.0, 0.5, 1.0, -2.0, 0.25), 4.25);
    }

    #[test]
    #[should_panic(expected = "2 values of the integrand on a path of 3")]
    fn an_integrand_belongs_to_its_path() {
        let _ = ito_sum(&[0.0, 1.0], &[0.0, 1.0, 2.0]);
    }
}
