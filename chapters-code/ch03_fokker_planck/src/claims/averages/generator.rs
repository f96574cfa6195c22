//! The generator as a limit, of Brownian motion, and with time.

use super::operator::{Factors, Operator, Shown};
use super::solved::{Cubic, GROWTH, Mixed, OU, PAIR, Pair, Solved, expectation};
use crate::{Brownian, Smooth};
use ch01_flows::fields::Number;
use ch01_flows::orders::{halvings, slope};
use ch01_flows::quadrature::trapezoid;
use ch02_brownian_motion::{ExactOu, simulate};
use dynamics::{Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, Matrix3, SVector, Vector3};

/// φ as it stands at one time: then ∂ₜφ = 0.
struct At<'a, P>(f64, &'a P);

impl<const D: usize, P: Smooth<D>> Smooth<D> for At<'_, P> {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, D>) -> T {
        self.1.at(T::from(self.0), x)
    }
}

/// The order in h of (E[φ(X_{t+h}, t + h) | X_t = x] − φ(x, t))/h less `operator`, taken
/// together at two places.
fn order<const D: usize>(
    name: &str,
    operator: &impl Operator,
    quotient: impl Fn(f64, &Point<D>) -> f64,
    process: &impl Solved<D>,
    phi: &impl Smooth<D>,
    places: [Point<D>; 2],
) -> Evidence {
    let error = |n: &usize| {
        let h = 1.0 / *n as f64;
        let miss = |x| (quotient(h, x) - operator.at(process, phi, T, x)).abs();
        (h, places.iter().map(miss).sum::<f64>())
    };
    let errors: Vec<_> = halvings(6, 10).iter().map(error).collect();
    Evidence::order(
        &format!("{name}: quotients over h = 1/64 … 1/1024 against the generator"),
        slope(&errors),
        1.0,
        0.05,
        "order 1; the next term is a few percent of the first at h = 1/64",
    )
}

/// The time at which the quotients begin.
const T: f64 = 0.6;

/// (E[φ(X_{t+h}, t + h) | X_t = x] − φ(x, t))/h.
fn conditional<const D: usize>(
    process: &impl Solved<D>,
    phi: &impl Smooth<D>,
    h: f64,
    x: &Point<D>,
) -> f64 {
    (expectation(process, phi, (T, h), x) - phi.at(T, x)) / h
}

/// The check of both limits: of φ(x) if `still`, of φ(x, t) if not.
fn limits<O: Operator>(operator: &O, pair: &Pair, still: bool) -> Vec<Evidence> {
    fn all<O: Operator>(
        operator: &O,
        seen: &Pair,
        line: &impl Smooth<1>,
        plane: &impl Smooth<2>,
    ) -> Vec<Evidence> {
        let on_line = [Point::<1>::new(0.7), Point::<1>::new(1.9)];
        let in_plane = [Point::<2>::new(0.8, 1.3), Point::<2>::new(1.7, 0.6)];
        vec![
            order(
                "Ornstein–Uhlenbeck",
                operator,
                |h, x| conditional(&OU, line, h, x),
                &OU,
                line,
                on_line,
            ),
            order(
                "geometric Brownian motion",
                operator,
                |h, x| conditional(&GROWTH, line, h, x),
                &GROWTH,
                line,
                on_line,
            ),
            order(
                "a pair on dependent noise",
                operator,
                |h, x| conditional(&PAIR, plane, h, x),
                seen,
                plane,
                in_plane,
            ),
        ]
    }
    if still {
        all(operator, pair, &At(T, &Cubic), &At(T, &Mixed))
    } else {
        all(operator, pair, &Cubic, &Mixed)
    }
}

/// E[φ(X_{t+h}) − φ(X_t)]/h without a condition, for X_t from N(0.4, 0.64).
fn unconditional(h: f64, _x: &Point<1>) -> f64 {
    let weight = |z: f64| (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    let phi = At(T, &Cubic);
    let change = |z: f64| {
        let x = Point::<1>::new(0.4 + 0.8 * z);
        weight(z) * (expectation(&OU, &phi, (T, h), &x) - phi.at(T, &x))
    };
    trapezoid(change, -9.0, 9.0, 60) / h
}

/// `fpk-generator`.
pub const GENERATOR: Claim = Claim::new(
    "fpk-generator",
    "the mean change of a function in a short time, for a particle whose place is known, is \
     its slope times the drift and half its curvature times the covariance rate",
    |_| limits(&Shown, &PAIR, true),
    &[
        Slip::new("the half forgotten", |_| {
            limits(&Factors { own: 2.0, across: 2.0, ..Factors::TRUE }, &PAIR, true)
        }),
        Slip::new("the chain rule alone", |_| {
            limits(&Factors { own: 0.0, across: 0.0, ..Factors::TRUE }, &PAIR, true)
        }),
        Slip::new("no pairs of different coordinates", |_| {
            limits(&Factors { across: 0.0, ..Factors::TRUE }, &PAIR, true)
        }),
        Slip::new("the covariance of the noise forgotten", |_| {
            let seen = Pair { noise: Matrix2::identity(), ..PAIR };
            limits(&Shown, &seen, true)
        }),
        Slip::printed("the mean without a condition", "E004-02", |_| {
            let places = [Point::<1>::new(0.7), Point::<1>::new(1.9)];
            let phi = At(T, &Cubic);
            vec![order("Ornstein–Uhlenbeck", &Shown, unconditional, &OU, &phi, places)]
        }),
    ],
);

/// |x|².
struct Square;

impl<const D: usize> Smooth<D> for Square {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, D>) -> T {
        x.iter().fold(T::zero(), |sum, &x| sum + x * x)
    }
}

/// x₁ x₂.
struct Product;

impl Smooth<3> for Product {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 3>) -> T {
        x[0] * x[1]
    }
}

/// e^{k·x}.
struct Wave(Vector3<f64>);

impl Smooth<3> for Wave {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 3>) -> T {
        let terms = x.iter().zip(&self.0).map(|(&x, &k)| x * k);
        terms.fold(T::zero(), |sum, term| sum + term).exp()
    }
}

/// Q of the check.
const NOISE: Matrix3<f64> = Matrix3::new(0.8, 0.3, -0.2, 0.3, 1.3, 0.4, -0.2, 0.4, 0.6);

/// Brownian motion in space, whose averages are known: E|W_t|² = t tr Q, E W₁W₂ = t Q₁₂,
/// E e^{k·W_t} = e^{t k·Qk/2}.
fn brownian(operator: &impl Operator, q: Matrix3<f64>) -> Vec<Evidence> {
    let standard = Brownian { covariance: Matrix3::identity() };
    let general = Brownian { covariance: q };
    let x = Vector3::new(0.7, -0.4, 1.1);
    let off = |name: &str, found: f64, expected: f64| {
        Evidence::at_most(
            name,
            (found / expected - 1.0).abs(),
            2e-15,
            "rounding: a dozen products and sums, each by 1.2e-16 at most",
        )
    };
    let k = Vector3::new(0.6, -1.2, 0.9);
    let factor = 0.5 * k.dot(&(NOISE * k));
    vec![
        off("standard, the square", operator.at(&standard, &Square, 0.0, &x), 3.0),
        off("general, the square", operator.at(&general, &Square, 0.0, &x), 2.7),
        off("general, a product", operator.at(&general, &Product, 0.0, &x), 0.3),
        off(
            "general, an exponential",
            operator.at(&general, &Wave(k), 0.0, &x),
            factor * k.dot(&x).exp(),
        ),
    ]
}

/// `fpk-generator-bm`.
pub const GENERATOR_BM: Claim = Claim::new(
    "fpk-generator-bm",
    "the generator of standard Brownian motion is half the sum of the second derivatives, and \
     other noise weighs all second derivatives with half its covariance",
    |_| brownian(&Shown, NOISE),
    &[
        Slip::new("the Laplacian without its half", |_| {
            brownian(&Factors { own: 2.0, across: 2.0, ..Factors::TRUE }, NOISE)
        }),
        Slip::new("the Laplacian for every noise", |_| {
            brownian(&Shown, Matrix3::identity())
        }),
        Slip::new("no pairs of different coordinates", |_| {
            brownian(&Factors { across: 0.0, ..Factors::TRUE }, NOISE)
        }),
    ],
);

/// e^{θt} x.
struct Undone;

impl Smooth<1> for Undone {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        (t * OU.rate).exp() * x[0]
    }
}

/// The mean of e^{θt} X over 4000 particles, which should change as `operator` says.
fn constant_mean(operator: &impl Operator, seed: u64) -> Evidence {
    let (x0, end) = (1.4, 1.5);
    let mut particles = [x0; 4000];
    let (grid, noise) =
        (TimeGrid::new(0.0, end, 3), Stream::new(seed, "fpk-generator-time"));
    simulate(&ExactOu, &OU, grid, noise, &mut particles).expect("finite");
    let values = particles.map(|x| Undone.at(end, &Point::<1>::new(x)));
    // Both φ and what is made of it are linear in x: the mean is that of the mean place.
    let rate = |t: f64| {
        let place = Point::<1>::new(x0 * (-OU.rate * t).exp());
        operator.at(&OU, &Undone, t, &place)
    };
    let expected = x0 + trapezoid(rate, 0.0, end, 200);
    Evidence::mean("mean of the undone decay", &values, expected, seed)
}

fn with_time(operator: &impl Operator, seed: u64) -> Vec<Evidence> {
    let mut all = limits(operator, &PAIR, false);
    all.push(constant_mean(operator, seed));
    all
}

/// `fpk-generator-time`.
pub const GENERATOR_TIME: Claim = Claim::new(
    "fpk-generator-time",
    "a function that changes by itself adds its own rate of change to the generator",
    |seed| with_time(&Shown, seed),
    &[
        Slip::new("the function's own change forgotten", |seed| {
            with_time(&Factors { time: 0.0, ..Factors::TRUE }, seed)
        }),
        Slip::new("the function's own change subtracted", |seed| {
            with_time(&Factors { time: -1.0, ..Factors::TRUE }, seed)
        }),
        Slip::new("the chain rule alone", |seed| {
            with_time(&Factors { own: 0.0, across: 0.0, ..Factors::TRUE }, seed)
        }),
    ],
);
