//! The generator and its adjoint: one moves functions, the other densities.

use super::operator::Changed;
use crate::finite_volume::{Cells, Rates};
use crate::solver_orders::largest;
use crate::{Diffusion, DoubleWell, Smooth, adjoint_terms, generator};
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use ch01_flows::quadrature::trapezoid;
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use nalgebra::{DVector, SMatrix, SVector};

/// What is taken for 𝒜* p.
#[derive(Clone, Copy)]
enum Adjoint {
    /// The function of the page.
    Shown,
    /// 𝒜 p.
    Generator,
    /// −f ∂p + ½ ∂∂(a p).
    DriftOutside,
    /// −f ∂p + ½ a ∂∂p.
    AllOutside,
    /// +∂(f p) + ½ ∂∂(a p).
    OneSign,
    /// Without the pairs i ≠ j.
    Diagonal,
}

impl Adjoint {
    fn at<const D: usize>(
        self,
        diffusion: &impl Diffusion<D>,
        density: &impl Smooth<D>,
        t: f64,
        x: &Point<D>,
    ) -> f64 {
        let changed = |drift, own, across| Changed { of: diffusion, drift, own, across };
        let star = |of: &Changed<_>| adjoint_terms(of, density, t, x).sum::<f64>();
        match self {
            Self::Shown => adjoint_terms(diffusion, density, t, x).sum(),
            Self::Generator => generator(diffusion, density, t, x),
            Self::DriftOutside => {
                let moved = generator(&changed(1.0, 0.0, 0.0), density, t, x);
                star(&changed(0.0, 1.0, 1.0)) - moved
            }
            Self::AllOutside => generator(&changed(-1.0, 1.0, 1.0), density, t, x),
            Self::OneSign => star(&changed(-1.0, 1.0, 1.0)),
            Self::Diagonal => star(&changed(1.0, 1.0, 0.0)),
        }
    }
}

/// dX = (0.2 + 0.7 X − 1.3 X³) dt + √(0.6 + 0.4 X²) dW.
struct Bowl;

impl Diffusion<1> for Bowl {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        x.map(|x| x * 0.7 - x * x * x * 1.3 + 0.2)
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        SMatrix::from_element(x[0] * x[0] * 0.4 + 0.6)
    }
}

/// e^{x/2 − x⁴}, a density but for a factor.
struct Hump;

impl Smooth<1> for Hump {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        (x[0] * 0.5 - x[0].powi(4)).exp()
    }
}

/// sin(x + 0.3).
struct Sine;

impl Smooth<1> for Sine {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        (x[0] + 0.3).sin()
    }
}

/// A drift that turns and noise that depends on the place, with a mixed term.
struct Plane;

impl Diffusion<2> for Plane {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::<T, 2>::new(x[0] * x[1] - x[0], x[0] * 0.3 - x[1])
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        let mixed = x[0] * x[1] * 0.6;
        SMatrix::<T, 2, 2>::new(x[0] * x[0] + 0.7, mixed, mixed, x[1] * x[1] * 0.8 + 1.2)
    }
}

/// e^{0.3x − x² − xy − y²}, a density but for a factor.
struct Hill;

impl Smooth<2> for Hill {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> T {
        (x[0] * 0.3 - x[0] * x[0] - x[0] * x[1] - x[1] * x[1]).exp()
    }
}

/// sin(x + 0.3) cos(0.7y − 0.4).
struct Egg;

impl Smooth<2> for Egg {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> T {
        (x[0] + 0.3).sin() * (x[1] * 0.7 - 0.4).cos()
    }
}

/// |∫ (p 𝒜φ − φ 𝒜*p)| over ∫ |p 𝒜φ|, where `over` integrates.
fn balance<const D: usize>(
    name: &str,
    adjoint: Adjoint,
    (diffusion, phi, density): (&impl Diffusion<D>, &impl Smooth<D>, &impl Smooth<D>),
    over: impl Fn(&dyn Fn(Point<D>) -> f64) -> f64,
) -> Evidence {
    let t = 0.3;
    let left = |x: Point<D>| density.at(t, &x) * generator(diffusion, phi, t, &x);
    let right = |x: Point<D>| phi.at(t, &x) * adjoint.at(diffusion, density, t, &x);
    let off = over(&|x| left(x) - right(x));
    let scale = over(&|x| left(x).abs());
    Evidence::at_most(
        format!("{name}: both integrals, over the integral of absolute values"),
        off.abs() / scale,
        2e-14,
        "rounding: some hundred terms; the trapezoid rule errs less, as all derivatives \
         vanish at the ends",
    )
}

/// Kᵀ of the cells against the generator.
fn cells() -> Evidence {
    let well = DoubleWell { height: 0.6, tilt: 0.35, diffusion: 0.9 };
    let error = |n: usize| {
        let cells = Cells::new(-2.0, 2.0, n).expect("an interval");
        let rates = Rates::new(cells, |x| well.potential(x), well.diffusion);
        let transposed = rates.expect("rates").matrix().transpose();
        let at = |x: f64| Sine.at(0.0, &Point::<1>::new(x));
        let values = DVector::from_iterator(n, cells.centres().map(at));
        let found = transposed * values;
        let inner: Vec<usize> = (0..n).filter(|&i| cells.centre(i).abs() < 1.5).collect();
        let place = |i: &usize| Point::<1>::new(cells.centre(*i));
        let expected: Vec<f64> =
            inner.iter().map(|i| generator(&well, &Sine, 0.0, &place(i))).collect();
        let found: Vec<f64> = inner.iter().map(|i| found[*i]).collect();
        (cells.width(), largest(&found, &expected))
    };
    Evidence::order(
        "the transposed matrix of 64 to 512 cells against the generator",
        slope(&[64, 128, 256, 512].map(error)),
        2.0,
        0.05,
        "order 2, as the fluxes have; on 64 cells the next term is a few percent",
    )
}

fn check(adjoint: Adjoint) -> Vec<Evidence> {
    let line = |f: &dyn Fn(Point<1>) -> f64| {
        trapezoid(|x| f(Point::<1>::new(x)), -3.0, 3.0, 150)
    };
    let plane = |f: &dyn Fn(Point<2>) -> f64| {
        let row = |y: f64| trapezoid(|x| f(Point::<2>::new(x, y)), -8.0, 8.0, 60);
        trapezoid(row, -8.0, 8.0, 60)
    };
    vec![
        balance("on the line", adjoint, (&Bowl, &Sine, &Hump), line),
        balance("in the plane", adjoint, (&Plane, &Egg, &Hill), plane),
        cells(),
    ]
}

/// `fpk-adjoint`.
pub const ADJOINT: Claim = Claim::new(
    "fpk-adjoint",
    "the average of the generator of a function over a density is the integral of the \
     function against the adjoint of the density, which has its coefficients inside",
    |_| check(Adjoint::Shown),
    &[
        Slip::new("the generator applied to the density", |_| check(Adjoint::Generator)),
        Slip::new("the drift outside the derivative", |_| check(Adjoint::DriftOutside)),
        Slip::new("all coefficients outside", |_| check(Adjoint::AllOutside)),
        Slip::new("no sign from the first derivative", |_| check(Adjoint::OneSign)),
        Slip::new("no pairs of different coordinates", |_| check(Adjoint::Diagonal)),
    ],
);
