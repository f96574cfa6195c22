//! Mean and covariance of a linear equation, and the kernel that carries a law from one
//! time to another.

use crate::gaussian::{Gaussian, NoDensity};
use crate::linear::{LinearSde, transition_matrix};
use ch01_flows::{Rk4, integrate};
use ch02_brownian_motion::{CorrelatedNoise, NotACovariance};
use dynamics::{Mixture, Point, State, TimeGrid};
use nalgebra::{Const, DMatrix, DimMin, SMatrix};

// ANCHOR: moments
/// The mean and the covariance of a random point, or their rates of change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments<const D: usize> {
    /// m.
    pub mean: Point<D>,
    /// C, symmetric.
    pub covariance: SMatrix<f64, D, D>,
}

impl<const D: usize> State for Moments<D> {
    fn plus(&self, h: f64, k: &Self) -> Self {
        let mean = self.mean + k.mean * h;
        Self { mean, covariance: self.covariance + k.covariance * h }
    }
}

/// The moments of X at the end of `grid`, from those at its start: by
/// Runge–Kutta, with an error that falls like h⁴.
pub fn moments<const D: usize, const M: usize>(
    sde: &impl LinearSde<D, M>,
    grid: TimeGrid,
    start: Moments<D>,
) -> Moments<D> {
    let rates = |t: f64, now: &Moments<D>| {
        let k = sde.matrix(t);
        let (carried, a) = (k * now.covariance, sde.covariance_rate(t));
        Moments {
            mean: k * now.mean + sde.push(t),
            covariance: carried + carried.transpose() + a,
        }
    };
    integrate(&Rk4, &rates, grid, start)
}
// ANCHOR_END: moments

impl<const D: usize> Moments<D> {
    /// Those of the point `x`, about which there is no doubt.
    pub fn of(x: Point<D>) -> Self {
        Self { mean: x, covariance: SMatrix::zeros() }
    }

    /// The normal law with these moments.
    ///
    /// # Errors
    /// If the covariance is not positive definite.
    pub fn normal(&self) -> Result<Gaussian<D>, NoDensity<D>> {
        Gaussian::new(self.mean, self.covariance)
    }
}

// ANCHOR: kernel
/// The law of X_t given X_r = x: N(Ψ x + shift, covariance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kernel<const D: usize> {
    /// Ψ(t, r).
    pub transition: SMatrix<f64, D, D>,
    /// ∫ Ψ(t, u) b(u) du.
    pub shift: Point<D>,
    /// ∫ Ψ(t, u) a(u) Ψ(t, u)ᵀ du.
    pub covariance: SMatrix<f64, D, D>,
}

/// The kernel from `grid.start` to `grid.end` by Runge–Kutta: two of its
/// parts are the moments of a particle that starts at 0.
///
/// # Panics
/// If the grid runs backwards.
pub fn kernel<const D: usize, const M: usize>(
    sde: &impl LinearSde<D, M>,
    grid: TimeGrid,
) -> Kernel<D> {
    let (r, t) = (grid.start, grid.end);
    assert!(t >= r, "noise adds up forwards: not from {r} to {t}");
    let from_zero = moments(sde, grid, Moments::of(Point::<D>::zeros()));
    let Moments { mean: shift, covariance } = from_zero;
    Kernel { transition: transition_matrix(sde, grid), shift, covariance }
}

impl<const D: usize> Kernel<D> {
    /// The moments of X_t from those of X_r.
    pub fn moments(&self, start: &Moments<D>) -> Moments<D> {
        let psi = self.transition;
        let carried = psi * start.covariance * psi.transpose();
        Moments {
            mean: psi * start.mean + self.shift,
            covariance: carried + self.covariance,
        }
    }

    /// Cov(X_t, X_r) = Ψ(t, r) C(r): the row belongs to the later X, the
    /// column to the earlier.
    pub fn cross_covariance(&self, start: &Moments<D>) -> SMatrix<f64, D, D> {
        self.transition * start.covariance
    }

    /// This kernel and then `next`: Chapman and Kolmogorov's equation.
    pub fn then(&self, next: &Self) -> Self {
        let start = Moments { mean: self.shift, covariance: self.covariance };
        let Moments { mean: shift, covariance } = next.moments(&start);
        let transition = next.transition * self.transition;
        Self { transition, shift, covariance }
    }
}
// ANCHOR_END: kernel

// ANCHOR: law
impl<const D: usize> Kernel<D> {
    /// The law of X_t given X_r = x.
    ///
    /// # Errors
    /// If no noise has reached some direction.
    pub fn given(&self, x: &Point<D>) -> Result<Gaussian<D>, NoDensity<D>> {
        self.moments(&Moments::of(*x)).normal()
    }

    /// The law of X_t if X_r is a mixture of normal laws with weights, or of
    /// points: every part of it moves by itself.
    ///
    /// # Errors
    /// If no noise has reached some direction.
    ///
    /// # Panics
    /// If there is no part, or a weight is not positive.
    pub fn mixture(
        &self,
        start: impl IntoIterator<Item = (f64, Moments<D>)>,
    ) -> Result<Mixture<D>, NoDensity<D>>
    where
        Const<D>: DimMin<Const<D>, Output = Const<D>>,
    {
        let moved = start.into_iter().map(|(weight, part)| {
            let law = self.moments(&part).normal()?;
            Ok((weight, law.mean(), law.covariance()))
        });
        Ok(Mixture::new(moved.collect::<Result<Vec<_>, _>>()?))
    }

    /// What the noise adds, for drawing. Some directions may have none.
    ///
    /// # Errors
    /// If the covariance is none: not finite, or an eigenvalue below 0.
    pub fn noise(&self) -> Result<CorrelatedNoise<D>, NotACovariance> {
        CorrelatedNoise::symmetric_root(self.covariance)
    }
}
// ANCHOR_END: law

/// dX = (K X + b) dt + G dW with coefficients that do not change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constant<const D: usize, const M: usize> {
    /// K.
    pub matrix: SMatrix<f64, D, D>,
    /// b.
    pub push: Point<D>,
    /// G.
    pub diffusion: SMatrix<f64, D, M>,
}

impl<const D: usize, const M: usize> LinearSde<D, M> for Constant<D, M> {
    fn matrix(&self, _t: f64) -> SMatrix<f64, D, D> {
        self.matrix
    }

    fn push(&self, _t: f64) -> Point<D> {
        self.push
    }

    fn diffusion(&self, _t: f64) -> SMatrix<f64, D, M> {
        self.diffusion
    }
}

// ANCHOR: van-loan
impl<const D: usize, const M: usize> Constant<D, M> {
    /// The kernel of a time `h` ≥ 0, however long, to rounding.
    ///
    /// # Panics
    /// If `h` is negative or not finite.
    pub fn kernel(&self, h: f64) -> Kernel<D> {
        assert!(h >= 0.0 && h.is_finite(), "a kernel takes h ≥ 0, not {h}");
        // e^{−hK} grows where e^{hK} decays, so halve h until both are
        // harmless, and put the pieces together again.
        let size = self.matrix.norm() * h;
        let halvings = size.log2().ceil().clamp(0.0, 1100.0);
        let mut kernel = self.short(h * (-halvings).exp2());
        for _ in 0..halvings as u32 {
            kernel = kernel.then(&kernel);
        }
        kernel
    }

    /// Van Loan (1978): e^{hV} for V = [−K a; 0 Kᵀ] holds e^{−hK} C and
    /// (e^{hK})ᵀ in its right half. A last coordinate that is always 1 turns
    /// the push into a part of K.
    fn short(&self, h: f64) -> Kernel<D> {
        let (a, n) = (self.covariance_rate(0.0), D + 1);
        let k = |i: usize, j: usize| match (i < D, j < D) {
            (true, true) => self.matrix[(i, j)],
            (true, false) => self.push[i],
            _ => 0.0,
        };
        let block = |i: usize, j: usize| match (i < n, j < n) {
            (true, true) => -k(i, j),
            (true, false) if i < D && j - n < D => a[(i, j - n)],
            (false, false) => k(j - n, i - n),
            _ => 0.0,
        };
        let power = (DMatrix::from_fn(2 * n, 2 * n, block) * h).exp();
        let psi = power.view((n, n), (n, n)).transpose();
        let c = &psi * power.view((0, n), (n, n));
        // Symmetric, and in its last bits as well.
        let c = (&c + c.transpose()) * 0.5;
        Kernel {
            transition: SMatrix::from_fn(|i, j| psi[(i, j)]),
            shift: Point::<D>::from_fn(|i, _| psi[(i, D)]),
            covariance: SMatrix::from_fn(|i, j| c[(i, j)]),
        }
    }
}
// ANCHOR_END: van-loan

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eddy::Eddy;
    use dynamics::Density;
    use nalgebra::{Matrix2, Vector1, Vector2};

    /// dX = (0.6 − 0.8 X) dt + 0.5 dW.
    const LINE: Constant<1, 1> = Constant {
        matrix: SMatrix::<f64, 1, 1>::new(-0.8),
        push: Vector1::new(0.6),
        diffusion: SMatrix::<f64, 1, 1>::new(0.5),
    };

    #[test]
    fn the_line_by_hand() {
        for h in [0.0, 0.3, 2.0, 900.0] {
            let kernel = LINE.kernel(h);
            let left = (-0.8 * h).exp();
            assert!((kernel.transition.x - left).abs() < 1e-14, "{h}");
            assert!((kernel.shift.x - 0.75 * (1.0 - left)).abs() < 1e-14, "{h}");
            let variance = 0.25 / 1.6 * (1.0 - left * left);
            assert!((kernel.covariance.x - variance).abs() < 1e-15, "{h}");
        }
    }

    #[test]
    fn a_kernel_moves_points_and_laws() {
        let kernel = kernel(&Eddy, TimeGrid::new(0.2, 0.9, 16));
        let x = Vector2::new(0.8, -0.3);
        let law = kernel.given(&x).expect("two noises");
        assert_eq!(law.mean(), kernel.transition * x + kernel.shift);
        assert_eq!(law.covariance(), kernel.covariance);
        let two = [(1.0, Moments::of(x)), (3.0, Moments::of(-x))];
        let mixture = kernel.mixture(two).expect("two noises");
        let other = kernel.given(&-x).expect("two noises");
        let expected = 0.25 * law.density(&x) + 0.75 * other.density(&x);
        assert!((mixture.density(&x) - expected).abs() < 1e-15);
    }

    #[test]
    fn one_kernel_after_another() {
        let (first, second) = (
            kernel(&Eddy, TimeGrid::new(0.2, 0.6, 8)),
            kernel(&Eddy, TimeGrid::new(0.6, 1.4, 8)),
        );
        let start = Moments {
            mean: Vector2::new(0.8, -0.3),
            covariance: Matrix2::new(0.5, 0.2, 0.2, 0.4),
        };
        let (both, apart) = (first.then(&second), second.moments(&first.moments(&start)));
        let together = both.moments(&start);
        assert!((together.mean - apart.mean).norm() < 1e-15);
        assert!((together.covariance - apart.covariance).norm() < 1e-15);
    }

    #[test]
    fn a_short_covariance_is_symmetric_to_its_last_bit() {
        let turning = Constant {
            matrix: Matrix2::new(-0.3, 1.1, -0.7, -0.4),
            push: Vector2::zeros(),
            diffusion: Matrix2::new(0.45, 0.15, -0.1, 0.3),
        };
        for h in [0.11, 0.23, 0.37, 0.49, 0.61] {
            let covariance = turning.kernel(h).covariance;
            assert_eq!(covariance, covariance.transpose(), "{h}");
        }
    }

    #[test]
    fn no_time_has_no_density() {
        let told = LINE.kernel(0.0).given(&Vector1::new(0.3)).expect_err("a point");
        assert!(told.to_string().contains("[[0]]"), "{told}");
        assert!(told.to_string().contains("let time pass"), "{told}");
        let parts = [(1.0, Moments::of(Vector1::new(0.3)))];
        assert!(LINE.kernel(0.0).mixture(parts).is_err());
        assert!(LINE.kernel(0.0).noise().is_ok());
    }

    #[test]
    fn what_is_no_number_is_told() {
        let matrix = Matrix2::new(-0.3, f64::NAN, 0.1, -0.4);
        let lost =
            Constant { matrix, push: Vector2::zeros(), diffusion: Matrix2::identity() };
        let told =
            lost.kernel(0.4).given(&Vector2::zeros()).expect_err("NaN").to_string();
        assert!(told.contains("NaN") && told.contains("finite"), "{told}");
    }

    #[test]
    #[should_panic(expected = "not -0.3")]
    fn a_kernel_of_a_negative_time_is_refused() {
        let _ = LINE.kernel(-0.3);
    }

    #[test]
    #[should_panic(expected = "not from 0.9 to 0.2")]
    fn a_kernel_backwards_is_refused() {
        let _ = kernel(&Eddy, TimeGrid::new(0.9, 0.2, 16));
    }
}
