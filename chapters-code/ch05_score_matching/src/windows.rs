//! Windows on the data: a density, and a score, from draws alone.

use ch01_flows::fields::Number;
use ch01_flows::quadrature::trapezoid;
use dynamics::Point;
use nalgebra::SVector;
use statrs::function::gamma::gamma;
use std::f64::consts::PI;
use std::fmt;

// ANCHOR: kernels
/// A window K on ℝᵈ: not negative, the same in all directions, ∫ K = 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// (2π)^{−d/2} e^{−|u|²/2}.
    Gaussian,
    /// (d + 2)/(2 c_d) · (1 − |u|²) in the unit ball, 0 outside.
    Epanechnikov,
    /// 1/c_d in the unit ball, 0 outside.
    Uniform,
}

/// c_d = π^{d/2}/Γ(1 + d/2): the volume of the unit ball in d ≥ 1 dimensions.
pub fn unit_ball(d: usize) -> f64 {
    let half = 0.5 * d as f64;
    PI.powf(half) / gamma(1.0 + half)
}

impl Kernel {
    /// The constant in front.
    pub fn factor(self, d: usize) -> f64 {
        match self {
            Self::Gaussian => (2.0 * PI).powf(-0.5 * d as f64),
            Self::Epanechnikov => (d as f64 + 2.0) / (2.0 * unit_ball(d)),
            Self::Uniform => 1.0 / unit_ball(d),
        }
    }

    /// What stands behind it, as a function of r² = |u|².
    pub fn shape<T: Number>(self, r2: T) -> T {
        match self {
            Self::Gaussian => (r2 * -0.5).exp(),
            Self::Epanechnikov if r2.re() < 1.0 => T::from(1.0) - r2,
            Self::Uniform if r2.re() <= 1.0 => T::from(1.0),
            _ => T::from(0.0),
        }
    }
}
// ANCHOR_END: kernels

// ANCHOR: windows
/// The estimate q(x) = 1/(n hᵈ) Σ K((x − xₖ)/h) of a density from n draws xₖ.
#[derive(Clone, Debug, PartialEq)]
pub struct Windows<const D: usize> {
    data: Vec<Point<D>>,
    width: f64,
    kernel: Kernel,
}

impl<const D: usize> Windows<D> {
    /// Windows of width h > 0 on the draws.
    ///
    /// # Errors
    /// If there is no draw, or the width is not a positive number.
    pub fn new(
        data: impl Into<Vec<Point<D>>>,
        width: f64,
        kernel: Kernel,
    ) -> Result<Self, NoWindow> {
        let data = data.into();
        if data.is_empty() {
            return Err(NoWindow::NoData);
        }
        if !(width > 0.0 && width.is_finite()) {
            return Err(NoWindow::Width(width));
        }
        Ok(Self { data, width, kernel })
    }

    /// q(x).
    pub fn density<T: Number>(&self, x: &SVector<T, D>) -> T {
        let window = |y: &Point<D>| {
            let r2: T = (0..D).map(|i| ((x[i] - y[i]) / self.width).powi(2)).sum();
            self.kernel.shape(r2)
        };
        let mass = self.data.len() as f64 * self.width.powi(D as i32);
        self.data.iter().map(window).sum::<T>() * (self.kernel.factor(D) / mass)
    }
}
// ANCHOR_END: windows

/// Why there is no window estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoWindow {
    /// There is no draw.
    NoData,
    /// This width is not a positive number.
    Width(f64),
}

impl fmt::Display for NoWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoData => write!(f, "no draw: a window estimate needs one at least"),
            Self::Width(h) => write!(f, "the width of a window is positive, and not {h}"),
        }
    }
}

impl std::error::Error for NoWindow {}

// ANCHOR: window-error
impl Kernel {
    /// ∫ u₁² K(u) du: the variance of a window of width 1 along an axis.
    pub fn variance(self, d: usize) -> f64 {
        match self {
            Self::Gaussian => 1.0,
            Self::Epanechnikov => 1.0 / (d as f64 + 4.0),
            Self::Uniform => 1.0 / (d as f64 + 2.0),
        }
    }

    /// ∫ K(u)² du.
    pub fn square(self, d: usize) -> f64 {
        let dimension = d as f64;
        match self {
            Self::Gaussian => (4.0 * PI).powf(-0.5 * dimension),
            Self::Epanechnikov => {
                2.0 * (dimension + 2.0) / ((dimension + 4.0) * unit_ball(d))
            }
            Self::Uniform => 1.0 / unit_ball(d),
        }
    }

    /// Leading terms, for a small width h, of the bias, ½ h² μ Δp, and of the
    /// variance, κ p/(n hᵈ), of `windows` = (n, h), at a place where the `law` has
    /// the density p and its Laplacian Δp.
    pub fn error(self, d: usize, windows: (usize, f64), law: (f64, f64)) -> [f64; 2] {
        let ((n, h), (p, laplacian)) = (windows, law);
        let draws = n as f64 * h.powi(d as i32);
        [0.5 * h * h * self.variance(d) * laplacian, self.square(d) * p / draws]
    }
}
// ANCHOR_END: window-error

// ANCHOR: window-score
/// The share γₖ ∝ e^{−|x − xₖ|²/2h²} of every draw in a Gaussian estimate at x;
/// their sum is 1. The exponent of the nearest draw is taken out, so that no x is
/// too far away.
pub fn shares<const D: usize>(data: &[Point<D>], h: f64, x: &Point<D>) -> Vec<f64> {
    let exponent = |y: &Point<D>| -0.5 * (x - y).norm_squared() / (h * h);
    let top = data.iter().map(exponent).fold(f64::NEG_INFINITY, f64::max);
    let raw = data.iter().map(|y| (exponent(y) - top).exp());
    let mut shares: Vec<f64> = raw.collect();
    let total: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|w| *w /= total);
    shares
}

/// ∇ log q(x) = Σ γₖ (xₖ − x)/h².
pub fn window_score<const D: usize>(data: &[Point<D>], h: f64, x: &Point<D>) -> Point<D> {
    let shares = shares(data, h, x);
    let pulls = data.iter().zip(shares).map(|(y, w)| (y - x) * (w / (h * h)));
    pulls.sum()
}
// ANCHOR_END: window-score

// ANCHOR: explicit-windows
/// E_q |s − ∇ log q|² on the line, for Gaussian windows: the mean over the windows of
/// ∫ |s − ∇ log q|² K((x − xₖ)/h)/h dx, by x = xₖ + h u.
pub fn explicit_loss(data: &[Point<1>], h: f64, s: &dyn Fn(f64) -> f64) -> f64 {
    let score = |x: f64| window_score(data, h, &Point::<1>::new(x)).x;
    let kernel = Kernel::Gaussian;
    let in_window = |y: &Point<1>| {
        let missed = |u: f64| s(y.x + h * u) - score(y.x + h * u);
        let term = |u: f64| kernel.shape(u * u) * missed(u).powi(2);
        kernel.factor(1) * trapezoid(term, -9.0, 9.0, 360)
    };
    data.iter().map(in_window).sum::<f64>() / data.len() as f64
}
// ANCHOR_END: explicit-windows

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_window_is_said() {
        let one = || vec![Point::<1>::new(0.3)];
        let text = |made: Result<Windows<1>, NoWindow>| made.unwrap_err().to_string();
        assert!(text(Windows::new(vec![], 0.3, Kernel::Uniform)).contains("no draw"));
        for bad in [0.0, -0.2, f64::NAN, f64::INFINITY] {
            let message = text(Windows::new(one(), bad, Kernel::Gaussian));
            assert!(message.contains(&format!("{bad}")), "{message}");
        }
        assert!(Windows::new(one(), 0.2, Kernel::Gaussian).is_ok());
    }

    #[test]
    fn on_the_line_the_other_windows_need_a_few_draws_more() {
        // At its best width a window's leading squared error falls like (κ √μ/n)^{4/5}.
        let needed = |kernel: Kernel| kernel.square(1) * kernel.variance(1).sqrt();
        let more = |kernel: Kernel| needed(kernel) / needed(Kernel::Epanechnikov) - 1.0;
        assert!((more(Kernel::Gaussian) - 0.0513).abs() < 1e-4);
        assert!((more(Kernel::Uniform) - 0.0758).abs() < 1e-4);
    }

    #[test]
    fn far_away_the_nearest_draw_has_all_of_the_share() {
        let data = [Point::<1>::new(0.0), Point::<1>::new(1.0)];
        let far = Point::<1>::new(900.0);
        assert!((shares(&data, 0.1, &far)[1] - 1.0).abs() < 1e-15);
        assert!((window_score(&data, 0.1, &far).x / -89_900.0 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_window_ends_at_its_border() {
        for outside in [1.1, 1.9, 6.0] {
            assert_eq!(Kernel::Uniform.shape(outside), 0.0);
            assert_eq!(Kernel::Epanechnikov.shape(outside), 0.0);
        }
        assert_eq!(Kernel::Uniform.shape(1.0), 1.0);
        assert_eq!(Kernel::Epanechnikov.shape(1.0), 0.0);
    }

    #[test]
    fn leading_terms_of_an_error_by_hand() {
        // The disc: μ = 1/4, κ = 1/π, n h² = 3.6.
        let [bias, variance] = Kernel::Uniform.error(2, (40, 0.3), (0.2, -1.7));
        assert!((bias + 0.5 * 0.09 * 0.25 * 1.7).abs() < 1e-15);
        assert!((variance - 0.2 / (PI * 3.6)).abs() < 1e-15);
    }
}
