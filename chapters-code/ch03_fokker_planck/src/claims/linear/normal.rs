//! The normal density: its mass, its covariance, and its derivatives.

use crate::Gaussian;
use ch01_flows::fields::Number;
use ch01_flows::quadrature::trapezoid;
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, Matrix3, SMatrix, SVector, Vector1, Vector2, Vector3};
use num_dual::{Dual64, DualNum};

/// The functions of the page, one of which a slip replaces.
trait Normal {
    /// log N.
    fn log<T: Number, const D: usize>(law: &Gaussian<D>, x: &SVector<T, D>) -> T {
        law.log(x)
    }

    /// ∇N.
    fn gradient<const D: usize>(law: &Gaussian<D>, x: &Point<D>) -> Point<D> {
        law.gradient(x)
    }

    /// ∇ log N.
    fn score<const D: usize>(law: &Gaussian<D>, x: &Point<D>) -> Point<D> {
        law.score(x)
    }
}

/// As on the page.
struct Page;

impl Normal for Page {}

/// +N C⁻¹(x − m).
struct Uphill;

impl Normal for Uphill {
    fn gradient<const D: usize>(law: &Gaussian<D>, x: &Point<D>) -> Point<D> {
        -law.gradient(x)
    }
}

/// −C(x − m).
struct NotInverted;

impl Normal for NotInverted {
    fn score<const D: usize>(law: &Gaussian<D>, x: &Point<D>) -> Point<D> {
        -(law.covariance() * (x - law.mean()))
    }
}

/// det C in place of its root.
struct Determinant;

impl Normal for Determinant {
    fn log<T: Number, const D: usize>(law: &Gaussian<D>, x: &SVector<T, D>) -> T {
        // log N at the mean is −½ log((2π)ᴰ det C).
        let top = law.log(&law.mean());
        let root = -top - 0.5 * D as f64 * std::f64::consts::TAU.ln();
        law.log(x) - root
    }
}

/// √(2π) in every dimension.
struct OneDimension;

impl Normal for OneDimension {
    fn log<T: Number, const D: usize>(law: &Gaussian<D>, x: &SVector<T, D>) -> T {
        law.log(x) + 0.5 * (D as f64 - 1.0) * std::f64::consts::TAU.ln()
    }
}

/// A law in space.
fn space() -> Gaussian<3> {
    let c = Matrix3::new(1.7, 0.6, -0.4, 0.6, 0.9, 0.2, -0.4, 0.2, 0.7);
    Gaussian::new(Vector3::new(0.4, -0.7, 1.1), c).expect("positive definite")
}

/// A law in the plane.
fn plane() -> Gaussian<2> {
    let c = Matrix2::new(1.4, -0.5, -0.5, 0.6);
    Gaussian::new(Vector2::new(-0.3, 0.8), c).expect("positive definite")
}

/// The derivatives at `x`, by dual numbers.
fn slopes<N: Normal>(law: &Gaussian<3>, x: &Point<3>) -> [Point<3>; 2] {
    let at = |i: usize| {
        let mut place = x.map(Dual64::from_re);
        place[i].eps = 1.0;
        N::log(law, &place)
    };
    [Point::<3>::from_fn(|i, _| at(i).exp().eps), Point::<3>::from_fn(|i, _| at(i).eps)]
}

fn derivatives<N: Normal>(seed: u64) -> Vec<Evidence> {
    let law = space();
    let mut generator = Stream::new(seed, "places for derivatives").generator();
    let mut worst = [0.0_f64; 2];
    for _ in 0..20 {
        let x = law.draw(&mut generator);
        let [gradient, score] = slopes::<N>(&law, &x);
        let density = N::log(&law, &x).exp();
        let off = (N::gradient(&law, &x) - gradient).norm() / density;
        worst[0] = worst[0].max(off);
        worst[1] = worst[1].max((N::score(&law, &x) - score).norm());
    }
    let because = "rounding: C has the condition number 14, and scores are below 10";
    let at = "at 20 places in space, largest distance from exact derivatives";
    vec![
        Evidence::at_most(format!("∇N over N {at}"), worst[0], 1e-13, because),
        Evidence::at_most(format!("∇ log N {at}"), worst[1], 1e-13, because),
    ]
}

/// ∫ f N over the plane.
fn over_plane<N: Normal>(f: impl Fn(&Point<2>) -> f64) -> f64 {
    let law = plane();
    let at = |x: f64, y: f64| {
        let place = Vector2::new(x, y);
        f(&place) * N::log(&law, &place).exp()
    };
    trapezoid(|x| trapezoid(|y| at(x, y), -7.0, 8.0, 120), -12.0, 12.0, 160)
}

fn check<N: Normal>(seed: u64) -> Vec<Evidence> {
    let line = Gaussian::new(Vector1::new(0.4), SMatrix::<f64, 1, 1>::new(1.7));
    let line = line.expect("positive");
    let on_line = |x: f64| N::log(&line, &Vector1::new(x)).exp();
    let (m, c) = (plane().mean(), plane().covariance());
    let spread =
        Matrix2::from_fn(|i, j| over_plane::<N>(|x| (x[i] - m[i]) * (x[j] - m[j])));
    let because = "rounding; the rule converges faster than any power of its step, and \
                   the tails beyond 8 deviations hold 1e-15";
    let mut evidence = derivatives::<N>(seed);
    evidence.extend([
        Evidence::at_most(
            "mass on the line less 1",
            (trapezoid(on_line, -12.0, 13.0, 200) - 1.0).abs(),
            1e-13,
            because,
        ),
        Evidence::at_most(
            "mass in the plane less 1",
            (over_plane::<N>(|_| 1.0) - 1.0).abs(),
            1e-13,
            because,
        ),
        Evidence::at_most(
            "covariance in the plane less C, largest entry",
            (spread - c).amax(),
            1e-13,
            because,
        ),
    ]);
    evidence
}

/// `fpk-normal-derivatives`.
pub const NORMAL_DERIVATIVES: Claim = Claim::new(
    "fpk-normal-derivatives",
    "the normal density has mass one and its covariance, and points downhill from its mean \
     with the inverse of that covariance",
    check::<Page>,
    &[
        Slip::printed("uphill away from the mean", "E004-17", check::<Uphill>),
        Slip::new("the covariance for its inverse", check::<NotInverted>),
        Slip::new("the determinant for its root", check::<Determinant>),
        Slip::new("the factor of one dimension", check::<OneDimension>),
    ],
);
