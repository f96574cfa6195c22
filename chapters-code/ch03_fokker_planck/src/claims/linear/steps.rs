//! Exact steps: how they compose, what they are made of, and the law they have.

use super::reference::{integral, kernel, lyapunov, start};
use crate::linear::exp;
use crate::{Constant, Eddy, ExactSteps, Kernel, LinearSde, Moments};
use ch02_brownian_motion::simulate;
use dynamics::{Point, SdeMethod, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, Vector2};

/// How the kernel of constant coefficients is computed.
type Fixed = fn(&Constant<2, 2>, f64) -> Kernel<2>;

/// The eddy at one time, for ever.
fn frozen(t: f64) -> Constant<2, 2> {
    Constant { matrix: Eddy.matrix(t), push: Eddy.push(t), diffusion: Eddy.diffusion(t) }
}

/// One direction comes to rest twenty times as fast as the other.
fn stiff() -> Constant<2, 2> {
    let matrix = Matrix2::new(-12.0, 16.9, 9.6, -16.4);
    Constant { matrix, ..frozen(0.3) }
}

/// The largest distance between two kernels' entries.
fn distance(found: &Kernel<2>, expected: &Kernel<2>) -> f64 {
    let psi = (found.transition - expected.transition).amax();
    let shift = (found.shift - expected.shift).amax();
    psi.max(shift).max((found.covariance - expected.covariance).amax())
}

/// The kernel of constant coefficients by its integrals.
fn by_integrals(sde: &Constant<2, 2>, h: f64) -> Kernel<2> {
    let psi = |u: f64| exp(&(sde.matrix * u));
    let noise = |u| psi(u) * sde.covariance_rate(0.0) * psi(u).transpose();
    Kernel {
        transition: psi(h),
        shift: integral(|u| psi(u) * sde.push, 0.0, h),
        covariance: integral(noise, 0.0, h),
    }
}

fn fixed(kernel: Fixed) -> Vec<Evidence> {
    let sde = frozen(0.3);
    let in_three = kernel(&sde, 0.3).then(&kernel(&sde, 0.7)).then(&kernel(&sde, 1.1));
    let rest = lyapunov(&stiff().matrix, &stiff().covariance_rate(0.0));
    let settled = kernel(&stiff(), 12.0).covariance;
    vec![
        Evidence::at_most(
            "steps of 0.3, 0.7 and 1.1 one after another against one of 2.1, largest entry",
            distance(&in_three, &kernel(&sde, 2.1)),
            1e-12,
            "rounding",
        ),
        Evidence::at_most(
            "a step of 0.9 against its integrals by quadrature, largest entry",
            distance(&kernel(&sde, 0.9), &by_integrals(&sde, 0.9)),
            1e-13,
            "rounding; 14 nodes leave less",
        ),
        Evidence::at_most(
            "a step of 12 with the rates 1.3 and 27.1: largest distance from the covariance \
             at rest, over its largest entry",
            (settled - rest).amax() / rest.amax(),
            1e-12,
            "rounding; the start has decayed to e^{−30}",
        ),
    ]
}

/// Two steps in the eddy, whose kernels do not commute.
fn turning() -> Evidence {
    let step = |r, t| crate::kernel(&Eddy, TimeGrid::new(r, t, 400));
    let (r, m, t) = (0.2, 0.7, 1.5);
    Evidence::at_most(
        "two steps of the leaf, from 0.2 to 0.7 and to 1.5, against the integrals by \
         quadrature, largest entry",
        distance(&step(r, m).then(&step(m, t)), &kernel(r, t)),
        4e-9,
        "ten times (‖K‖h)⁴‖K‖t/120 with ‖K‖ < 4.6 and h = 0.8/400",
    )
}

/// Particles that take exact steps.
const PARTICLES: usize = 20_000;
/// Two long steps.
const GRID: TimeGrid = TimeGrid { start: 0.2, end: 1.5, steps: 2 };

/// What two steps make of a normal cloud, against the integrals.
fn cloud(method: &impl SdeMethod<(), Point<2>, Point<2>>, seed: u64) -> Vec<Evidence> {
    let law = start().normal().expect("positive definite");
    let mut generator = Stream::new(seed, "starts of exact steps").generator();
    let mut all: Vec<Point<2>> =
        (0..PARTICLES).map(|_| law.draw(&mut generator)).collect();
    simulate(method, &(), GRID, Stream::new(seed, "exact steps"), &mut all)
        .expect("finite");
    let Moments { mean, covariance } = kernel(GRID.start, GRID.end).moments(&start());
    let of = |k: usize| all.iter().map(|x| x[k]).collect::<Vec<_>>();
    let (x, y) = (of(0), of(1));
    let coordinate = |name: &str| format!("20 000 leaves, two steps of 0.65: {name}");
    vec![
        Evidence::mean(coordinate("mean of x"), &x, mean.x, seed),
        Evidence::mean(coordinate("mean of y"), &y, mean.y, seed),
        Evidence::variance(coordinate("variance of x"), &x, covariance[(0, 0)], seed),
        Evidence::covariance(coordinate("covariance"), &x, &y, covariance[(0, 1)], seed),
        Evidence::variance(coordinate("variance of y"), &y, covariance[(1, 1)], seed),
    ]
}

/// The steps of the page for the eddy.
fn steps() -> ExactSteps<2> {
    let kernel = |r, t| crate::kernel(&Eddy, TimeGrid::new(r, t, 100));
    ExactSteps::new(GRID, kernel).expect("covariances")
}

/// All of it.
fn check(
    kernel: Fixed,
    method: &impl SdeMethod<(), Point<2>, Point<2>>,
    seed: u64,
) -> Vec<Evidence> {
    let mut evidence = fixed(kernel);
    evidence.push(turning());
    evidence.extend(cloud(method, seed));
    evidence
}

/// A step x ↦ Ψ x + shift + what `noise` makes of the kernel, h and ΔW.
struct Bent(fn(&Kernel<2>, f64, &Point<2>) -> Point<2>);

impl SdeMethod<(), Point<2>, Point<2>> for Bent {
    const STRONG_ORDER: f64 = 0.0;
    const WEAK_ORDER: f64 = 0.0;

    fn step(&self, _: &(), t: f64, h: f64, x: &Point<2>, dw: &Point<2>) -> Point<2> {
        let kernel = crate::kernel(&Eddy, TimeGrid::new(t, t + h, 4));
        kernel.transition * x + kernel.shift + self.0(&kernel, h, dw)
    }
}

/// `fpk-linear-exact-step`.
pub const EXACT_STEP: Claim = Claim::new(
    "fpk-linear-exact-step",
    "on any grid the equation is a chain of affine maps with independent normal noise, \
     and has its law",
    |seed| check(Constant::kernel, &steps(), seed),
    &[
        Slip::printed("the covariance added to the state", "E004-10", |seed| {
            let added = Bent(|kernel, _, _| kernel.covariance * Vector2::new(1.0, 1.0));
            check(Constant::kernel, &added, seed)
        }),
        Slip::new("the covariance for its root", |seed| {
            let squared = Bent(|kernel, h, dw| kernel.covariance * dw / h.sqrt());
            check(Constant::kernel, &squared, seed)
        }),
        Slip::new("coefficients as they were at the start of the step", |seed| {
            let kernel = |r, t| frozen(r).kernel(t - r);
            let steps = ExactSteps::new(GRID, kernel).expect("covariances");
            check(Constant::kernel, &steps, seed)
        }),
        Slip::new("the noise of Euler and Maruyama", |seed| {
            check(
                |sde, h| Kernel {
                    covariance: sde.covariance_rate(0.0) * h,
                    ..sde.kernel(h)
                },
                &steps(),
                seed,
            )
        }),
        Slip::new("the block exponential in one piece", |seed| {
            check(
                |sde, h| {
                    let (k, a) = (sde.matrix, sde.covariance_rate(0.0));
                    let block = nalgebra::Matrix4::from_fn(|i, j| match (i < 2, j < 2) {
                        (true, true) => -k[(i, j)],
                        (true, false) => a[(i, j - 2)],
                        (false, true) => 0.0,
                        (false, false) => k[(j - 2, i - 2)],
                    });
                    let power = exp(&(block * h));
                    let psi = power.fixed_view::<2, 2>(2, 2).transpose();
                    let covariance = psi * power.fixed_view::<2, 2>(0, 2);
                    Kernel { covariance, ..sde.kernel(h) }
                },
                &steps(),
                seed,
            )
        }),
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stiff_equation_has_the_rates_it_is_said_to_have() {
        let k = stiff().matrix;
        for rate in [1.275, 27.125] {
            let left = (k + Matrix2::identity() * rate).determinant();
            // The determinant changes by 26 for each unit of the rate.
            assert!(left.abs() < 0.26, "{rate} {left}");
        }
    }
}
