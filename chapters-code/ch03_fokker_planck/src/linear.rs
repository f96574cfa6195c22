//! Linear stochastic equations: what a start becomes, and what each increment of the noise
//! becomes.

use ch01_flows::quadrature::GaussLegendre;
use ch01_flows::{Rk4, integrate};
use dynamics::{Point, Sde, TimeGrid};
use nalgebra::{DMatrix, SMatrix};

// ANCHOR: linear-sde
/// dX = (K(t) X + b(t)) dt + G(t) dW in ℝᴰ, with M independent standard
/// noises.
///
/// Noise with the covariance Q = L Lᵀ per unit of time enters as G L.
pub trait LinearSde<const D: usize, const M: usize>: Sync {
    /// K(t), per unit of time.
    fn matrix(&self, t: f64) -> SMatrix<f64, D, D>;

    /// b(t), units of x per unit of time.
    fn push(&self, t: f64) -> Point<D>;

    /// G(t), units of x per square root of time.
    fn diffusion(&self, t: f64) -> SMatrix<f64, D, M>;

    /// a(t) = G Gᵀ, the covariance that X gains per unit of time.
    fn covariance_rate(&self, t: f64) -> SMatrix<f64, D, D> {
        let g = self.diffusion(t);
        g * g.transpose()
    }
}
// ANCHOR_END: linear-sde

/// A linear equation as the methods of chapter 2 take it.
#[derive(Clone, Copy, Debug)]
pub struct AsSde<E>(pub E);

impl<const D: usize, const M: usize, E> Sde<Point<D>, Point<M>> for AsSde<E>
where
    E: LinearSde<D, M>,
{
    /// K(t) x + b(t).
    #[inline]
    fn drift(&self, t: f64, x: &Point<D>) -> Point<D> {
        self.0.matrix(t) * x + self.0.push(t)
    }

    /// G(t) ΔW.
    #[inline]
    fn noise(&self, t: f64, _x: &Point<D>, dw: &Point<M>) -> Point<D> {
        self.0.diffusion(t) * dw
    }
}

// ANCHOR: transition
/// Ψ(t, t₀) from `grid.start` to `grid.end`, either of which may be later.
///
/// Column j is where dx/dt = K(t) x carries the j-th unit vector, by
/// Runge–Kutta: the error falls like h⁴.
pub fn transition_matrix<const D: usize, const M: usize>(
    sde: &impl LinearSde<D, M>,
    grid: TimeGrid,
) -> SMatrix<f64, D, D> {
    let field = |t: f64, x: &Point<D>| sde.matrix(t) * x;
    let units = SMatrix::<f64, D, D>::identity();
    let column = |j| {
        let unit = units.column(j).into_owned();
        integrate(&Rk4, &field, grid, unit)
    };
    SMatrix::from_columns(&std::array::from_fn::<_, D, _>(column))
}
// ANCHOR_END: transition

// ANCHOR: exponential
/// eᴬ = I + A + A²/2 + …
pub fn exp<const D: usize>(a: &SMatrix<f64, D, D>) -> SMatrix<f64, D, D> {
    let power = DMatrix::from_fn(D, D, |i, j| a[(i, j)]).exp();
    SMatrix::from_fn(|i, j| power[(i, j)])
}

/// exp ∫ K(r) dr from `t0` to `t`: Ψ(t, t₀) if K(r) K(s) = K(s) K(r) for
/// all times r and s between them, and as a rule something else if not.
pub fn exponential_of_integral<const D: usize, const M: usize>(
    sde: &impl LinearSde<D, M>,
    (t0, t): (f64, f64),
) -> SMatrix<f64, D, D> {
    let rule = GaussLegendre::new(12);
    let entry = |i, j| rule.integral(|r: f64| sde.matrix(r)[(i, j)], t0, t);
    exp(&SMatrix::from_fn(entry))
}
// ANCHOR_END: exponential

// ANCHOR: solution
/// X at the last of some times, as a function of its start and of the noise.
#[derive(Clone, Debug)]
pub struct Solution<const D: usize, const M: usize> {
    /// Ψ(t, t₀): what is left of the start.
    pub start: SMatrix<f64, D, D>,
    /// ∫ Ψ(t, r) b(r) dr: what the push has brought.
    pub push: Point<D>,
    /// Ψ(t, tᵢ) G(tᵢ): what is left of a unit of noise in step i.
    pub kicks: Vec<SMatrix<f64, D, M>>,
}

impl<const D: usize, const M: usize> Solution<D, M> {
    /// From the first of `times` to the last. They grow.
    pub fn new(sde: &impl LinearSde<D, M>, times: &[f64]) -> Self {
        let mut start = SMatrix::identity();
        let mut push = Point::<D>::zeros();
        let mut kicks = vec![SMatrix::zeros(); times.len().saturating_sub(1)];
        let field = |t: f64, x: &Point<D>| sde.matrix(t) * x + sde.push(t);
        // From the last step back. `start` is Ψ(t, tᵢ₊₁), then Ψ(t, tᵢ).
        for (i, ends) in times.windows(2).enumerate().rev() {
            let (from, to) = (ends[0], ends[1]);
            assert!(to > from, "{to} comes after {from}: times must grow");
            let step = TimeGrid::new(from, to, 1);
            let pushed = integrate(&Rk4, &field, step, Point::<D>::zeros());
            push += start * pushed;
            start *= transition_matrix(sde, step);
            kicks[i] = start * sde.diffusion(from);
        }
        Self { start, push, kicks }
    }

    /// Ψ(t, t₀) x₀ + ∫ Ψ(t, r) b(r) dr + Σ Ψ(t, tᵢ) G(tᵢ) ΔWᵢ, for the values
    /// `path` of Brownian motion at the times.
    ///
    /// # Panics
    /// If there are not as many values as times.
    pub fn on(&self, path: &[Point<M>], x0: &Point<D>) -> Point<D> {
        let (m, n) = (path.len(), self.kicks.len() + 1);
        assert!(m == n, "{m} values of Brownian motion at {n} times");
        let steps = path.windows(2).map(|w| w[1] - w[0]);
        let kicked = self.kicks.iter().zip(steps).map(|(kick, dw)| kick * dw);
        self.start * x0 + self.push + kicked.sum::<Point<D>>()
    }
}
// ANCHOR_END: solution

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eddy::Eddy;
    use nalgebra::{Matrix2, Vector1};

    /// A weight on a spring that is kicked: one noise, two coordinates.
    struct Spring;

    impl LinearSde<2, 1> for Spring {
        fn matrix(&self, _t: f64) -> SMatrix<f64, 2, 2> {
            Matrix2::new(0.0, 1.0, -4.0, 0.0)
        }

        fn push(&self, _t: f64) -> Point<2> {
            Point::<2>::zeros()
        }

        fn diffusion(&self, _t: f64) -> SMatrix<f64, 2, 1> {
            SMatrix::<f64, 2, 1>::new(0.0, 0.7)
        }
    }

    #[test]
    fn a_spring_swings() {
        let t = 0.6_f64;
        let (c, s) = ((2.0 * t).cos(), (2.0 * t).sin());
        let expected = Matrix2::new(c, 0.5 * s, -2.0 * s, c);
        let found = transition_matrix(&Spring, TimeGrid::new(0.3, 0.3 + t, 400));
        // (2h)⁴ t/60 = 1e-12 for h = t/400.
        assert!((found - expected).norm() < 1e-11);
        assert!((exponential_of_integral(&Spring, (0.3, 0.9)) - expected).norm() < 1e-14);
        assert_eq!(Spring.covariance_rate(0.2), Matrix2::new(0.0, 0.0, 0.0, 0.7 * 0.7));
    }

    #[test]
    fn one_kick_by_hand() {
        let solution = Solution::new(&Spring, &[0.2, 0.5]);
        let (path, x0) =
            ([Vector1::new(0.4), Vector1::new(0.1)], Point::<2>::new(0.8, -0.3));
        let step = transition_matrix(&Spring, TimeGrid::new(0.2, 0.5, 1));
        let expected = step * (x0 + Point::<2>::new(0.0, -0.7 * 0.3));
        assert!((solution.on(&path, &x0) - expected).norm() < 1e-15);
    }

    #[test]
    fn a_kick_is_of_the_time_it_comes_at() {
        let solution = Solution::new(&Eddy, &[0.2, 0.9]);
        let (dw, x0) = (Point::<2>::new(0.4, -0.7), Point::<2>::new(0.8, -0.3));
        let still = solution.on(&[Point::<2>::zeros(); 2], &x0);
        let kicked = solution.on(&[Point::<2>::zeros(), dw], &x0);
        // G at the beginning of the step, then carried by Ψ.
        let step = transition_matrix(&Eddy, TimeGrid::new(0.2, 0.9, 1));
        let expected = step * (Eddy.diffusion(0.2) * dw);
        assert!((kicked - still - expected).norm() < 1e-15);
    }

    #[test]
    fn an_equation_steps_as_an_sde() {
        let (t, x, dw) = (0.3, Point::<2>::new(0.8, -0.3), Point::<2>::new(0.2, 0.5));
        let sde = AsSde(Eddy);
        let spin = 2.6 * t - 1.5;
        let drift = Point::<2>::new(
            -0.1 * 0.8 - 0.3 * (0.4 - spin) + 0.7,
            0.8 * (0.4 + spin) + 3.2 * 0.3 + 0.4 - 0.6 * t,
        );
        assert!((sde.drift(t, &x) - drift).norm() < 1e-15);
        let noise =
            Point::<2>::new(0.45 * 0.2 + 0.15 * 0.5, -0.1 * 0.2 + 0.3 * 0.5) * 1.12;
        assert!((sde.noise(t, &x, &dw) - noise).norm() < 1e-15);
    }

    #[test]
    #[should_panic(expected = "0.2 comes after 0.5")]
    fn times_grow() {
        let _ = Solution::new(&Eddy, &[0.0, 0.5, 0.2]);
    }

    #[test]
    #[should_panic(expected = "2 values of Brownian motion at 3 times")]
    fn each_time_has_its_value() {
        let solution = Solution::new(&Eddy, &[0.0, 0.5, 0.7]);
        let _ = solution.on(&[Point::<2>::zeros(); 2], &Point::<2>::zeros());
    }
}
