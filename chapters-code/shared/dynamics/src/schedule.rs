//! Schedules: how much of the data and how much noise there is at time t.

/// The four numbers of x_t = α z + σ ε at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficients {
    /// Signal factor α(t).
    pub alpha: f64,
    /// Noise level σ(t).
    pub sigma: f64,
    /// α̇(t) = dα/dt.
    pub d_alpha: f64,
    /// σ̇(t) = dσ/dt.
    pub d_sigma: f64,
}

/// A Gaussian path x_t = α(t) z + σ(t) ε, ε ~ N(0, I).
pub trait Schedule: Sync {
    /// α, σ and their derivatives at time t.
    fn at(&self, t: f64) -> Coefficients;
}

/// The straight path from noise (t = 0) to data (t = 1): α = t, σ = 1 − t.
///
/// Lipman et al., *Flow matching for generative modeling* (2023), call it the
/// conditional optimal transport path.
#[derive(Clone, Copy, Debug)]
pub struct Linear;

impl Schedule for Linear {
    fn at(&self, t: f64) -> Coefficients {
        Coefficients { alpha: t, sigma: 1.0 - t, d_alpha: 1.0, d_sigma: -1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_derivatives_are_those_of_the_coefficients() {
        let (t, h) = (0.3, 1e-3);
        let (before, here, after) = (Linear.at(t - h), Linear.at(t), Linear.at(t + h));
        // Both are linear in t, so central differences are exact but for rounding.
        assert!(((after.alpha - before.alpha) / (2.0 * h) - here.d_alpha).abs() < 1e-12);
        assert!(((after.sigma - before.sigma) / (2.0 * h) - here.d_sigma).abs() < 1e-12);
        assert_eq!((Linear.at(0.0).sigma, Linear.at(1.0).alpha), (1.0, 1.0));
        assert_eq!((Linear.at(0.0).alpha, Linear.at(1.0).sigma), (0.0, 0.0));
    }
}
