//! Steps that have the law of a linear equation, however long they are.

use crate::kernel::Kernel;
use ch02_brownian_motion::NotACovariance;
use dynamics::{Point, SdeMethod, TimeGrid};
use nalgebra::SMatrix;

// ANCHOR: exact-steps
/// One kernel for each step of a grid: a method for [`simulate`] that has the
/// law of the equation at the times of the grid.
///
/// Exact in law only: the D numbers of a step are not the noises of the
/// equation, of which there may be more or fewer.
///
/// [`simulate`]: ch02_brownian_motion::simulate
#[derive(Clone, Debug)]
pub struct ExactSteps<const D: usize> {
    grid: TimeGrid,
    /// The kernel of each step, and a root of its covariance.
    steps: Vec<(Kernel<D>, SMatrix<f64, D, D>)>,
}

impl<const D: usize> ExactSteps<D> {
    /// `kernel(r, t)` is the kernel from time r to time t.
    ///
    /// # Errors
    /// If the covariance of a kernel is none.
    pub fn new(
        grid: TimeGrid,
        kernel: impl Fn(f64, f64) -> Kernel<D>,
    ) -> Result<Self, NotACovariance> {
        let step = |i| {
            let kernel = kernel(grid.time(i), grid.time(i + 1));
            Ok((kernel, kernel.noise()?.factor))
        };
        let steps = (0..grid.steps).map(step).collect::<Result<_, _>>()?;
        Ok(Self { grid, steps })
    }
}

impl<E, const D: usize> SdeMethod<E, Point<D>, Point<D>> for ExactSteps<D>
where
    E: ?Sized,
{
    /// Its numbers are not the noises of the equation: no path is followed.
    const STRONG_ORDER: f64 = 0.0;
    const WEAK_ORDER: f64 = f64::INFINITY;

    /// Ψ x + shift + R ε with R Rᵀ the covariance and ε = ΔW/√h.
    ///
    /// # Panics
    /// If `t` is not the time at which one of the grid's steps begins.
    fn step(
        &self,
        _: &E, // which the kernels know already
        t: f64,
        h: f64,
        x: &Point<D>,
        dw: &Point<D>,
    ) -> Point<D> {
        let i = ((t - self.grid.start) / h).round() as usize;
        let known = i < self.steps.len() && self.grid.time(i) == t;
        assert!(known, "no step of {:?} begins at t = {t}", self.grid);
        let (kernel, root) = &self.steps[i];
        kernel.transition * x + kernel.shift + root * dw / h.sqrt()
    }
}
// ANCHOR_END: exact-steps

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Constant;
    use dynamics::{Increment, Stream};
    use nalgebra::{Matrix2, Vector2};

    /// A weight on a spring, with friction, that is kicked.
    fn spring() -> Constant<2, 1> {
        let (matrix, diffusion) =
            (Matrix2::new(0.0, 1.0, -4.0, -0.6), Vector2::new(0.0, 0.7));
        Constant { matrix, push: Vector2::new(0.3, -0.2), diffusion }
    }

    #[test]
    fn each_step_has_its_kernel() {
        let grid = TimeGrid::new(0.5, 2.3, 3);
        // Kernels that know their times.
        let kernel = |r: f64, t: f64| Kernel {
            transition: Matrix2::identity() * r,
            shift: Vector2::new(t, -t),
            covariance: Matrix2::identity() * (4.0 * t),
        };
        let steps = ExactSteps::new(grid, kernel).expect("covariances");
        let (x, dw, h) = (Vector2::new(0.8, -0.3), Vector2::new(0.2, 0.5), grid.h());
        for i in 0..3 {
            let (r, t) = (grid.time(i), grid.time(i + 1));
            let y = steps.step(&(), r, h, &x, &dw);
            let expected = x * r + Vector2::new(t, -t) + dw * (4.0 * t / h).sqrt();
            assert!((y - expected).norm() < 1e-14, "{i}");
        }
    }

    #[test]
    fn a_direction_without_noise_is_no_obstacle() {
        let still = Constant { matrix: Matrix2::identity() * -0.4, ..spring() };
        let grid = TimeGrid::new(0.0, 2.0, 4);
        let steps = ExactSteps::new(grid, |r, t| still.kernel(t - r)).expect("half flat");
        let mut generator = Stream::new(1, "flat").generator();
        let dw = Vector2::draw(0.5_f64.sqrt(), &mut generator);
        let (x, y) = (
            Vector2::new(0.8, -0.3),
            steps.step(&(), 0.5, 0.5, &Vector2::new(0.8, -0.3), &dw),
        );
        let mean = still.kernel(0.5).transition * x + still.kernel(0.5).shift;
        assert!((y - mean).x.abs() < 1e-15 && (y - mean).y != 0.0);
    }

    #[test]
    fn a_covariance_that_is_none_is_refused() {
        let grid = TimeGrid::new(0.0, 1.0, 2);
        let mut bent = spring().kernel(0.5);
        bent.covariance = Matrix2::new(1.0, 2.0, 2.0, 1.0);
        let refused = ExactSteps::new(grid, |_, _| bent);
        assert!(matches!(refused, Err(NotACovariance::NotPositive { .. })));
    }

    #[test]
    #[should_panic(expected = "begins at t = 0.7")]
    fn other_times_are_refused() {
        let steps =
            ExactSteps::new(TimeGrid::new(0.0, 1.0, 2), |r, t| spring().kernel(t - r));
        let (x, dw) = (Vector2::new(0.8, -0.3), Vector2::new(0.2, 0.5));
        let _ = steps.expect("kernels").step(&(), 0.7, 0.5, &x, &dw);
    }

    #[test]
    #[should_panic(expected = "begins at t = 1")]
    fn the_end_begins_no_step() {
        let steps =
            ExactSteps::new(TimeGrid::new(0.0, 1.0, 2), |r, t| spring().kernel(t - r));
        let (x, dw) = (Vector2::new(0.8, -0.3), Vector2::new(0.2, 0.5));
        let _ = steps.expect("kernels").step(&(), 1.0, 0.5, &x, &dw);
    }
}
