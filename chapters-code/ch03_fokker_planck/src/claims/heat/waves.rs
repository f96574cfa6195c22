//! Fourier's transform, that of a normal law, and what becomes of derivatives.

use super::{COVARIANCE, D, MEAN, PLANE, larger, largest};
use crate::fourier::{
    Lattice, inverse, normal_transform, of_divergence, of_gradient, transform,
};
use crate::heat::{Heat, normal_density};
use ch01_flows::fields::Number;
use dynamics::{Density, Mixture, Point, Stream};
use evidence::{Claim, Evidence, Slip, mean_and_error};
use nalgebra::{Complex, Matrix2, SMatrix, SVector};
use num_dual::Dual64;
use rand::RngExt;

/// The transform and its inverse in every dimension: as shown, unless a slip says else.
trait Pair {
    fn forward<const N: usize>(
        &self,
        p: &dyn Fn(&Point<N>) -> f64,
        lambda: &Point<N>,
        places: &Lattice,
    ) -> Complex<f64> {
        transform(p, lambda, places)
    }

    fn backward<const N: usize>(
        &self,
        waves: &dyn Fn(&Point<N>) -> Complex<f64>,
        x: &Point<N>,
        frequencies: &Lattice,
    ) -> Complex<f64> {
        inverse(waves, x, frequencies)
    }
}

struct Shown;
impl Pair for Shown {}

/// A factor at the inverse for the dimension N.
struct Factor(fn(i32) -> f64);
impl Pair for Factor {
    fn backward<const N: usize>(
        &self,
        waves: &dyn Fn(&Point<N>) -> Complex<f64>,
        x: &Point<N>,
        frequencies: &Lattice,
    ) -> Complex<f64> {
        inverse(waves, x, frequencies) * (self.0)(N as i32)
    }
}

/// The integral of the inverse taken over the place: what is left is a function of λ,
/// whatever the place was. Here λ = (0.4, 0.4, …).
struct OverPlaces;
impl Pair for OverPlaces {
    fn backward<const N: usize>(
        &self,
        waves: &dyn Fn(&Point<N>) -> Complex<f64>,
        _x: &Point<N>,
        frequencies: &Lattice,
    ) -> Complex<f64> {
        inverse(waves, &Point::from_element(0.4), frequencies)
    }
}

/// e^{+iλ·x} both times.
struct SameSign;
impl Pair for SameSign {
    fn forward<const N: usize>(
        &self,
        p: &dyn Fn(&Point<N>) -> f64,
        lambda: &Point<N>,
        places: &Lattice,
    ) -> Complex<f64> {
        transform(p, &-lambda, places)
    }
}

/// e^{+iλ·x} there and e^{−iλ·x} back.
struct OtherWay;
impl Pair for OtherWay {
    fn forward<const N: usize>(
        &self,
        p: &dyn Fn(&Point<N>) -> f64,
        lambda: &Point<N>,
        places: &Lattice,
    ) -> Complex<f64> {
        transform(p, &-lambda, places)
    }

    fn backward<const N: usize>(
        &self,
        waves: &dyn Fn(&Point<N>) -> Complex<f64>,
        x: &Point<N>,
        frequencies: &Lattice,
    ) -> Complex<f64> {
        inverse(waves, &-x, frequencies)
    }
}

/// There and back at one place, relative to the density there.
fn round_trip<const N: usize>(
    pair: &impl Pair,
    p: &dyn Fn(&Point<N>) -> f64,
    x: &Point<N>,
    (places, frequencies): (Lattice, Lattice),
) -> f64 {
    let waves = |lambda: &Point<N>| pair.forward(p, lambda, &places);
    (pair.backward(&waves, x, &frequencies) - p(x)).norm() / p(x)
}

fn pair(pair: &impl Pair, seed: u64) -> Vec<Evidence> {
    let line = Mixture::new([
        (0.3, Point::<1>::new(-0.9), SMatrix::<f64, 1, 1>::new(0.5)),
        (0.7, Point::<1>::new(1.1), SMatrix::<f64, 1, 1>::new(0.9)),
    ]);
    let plane = Mixture::new([
        (0.4, Point::<2>::new(-0.4, 0.3), Matrix2::new(0.7, 0.1, 0.1, 0.8)),
        (0.6, Point::<2>::new(0.9, -0.5), Matrix2::new(0.7, -0.1, -0.1, 0.6)),
    ]);
    // Fine enough, on both sides, for what the other side reaches.
    let long = (Lattice { reach: 9.0, count: 70 }, Lattice { reach: 12.0, count: 80 });
    let wide = (Lattice { reach: 5.6, count: 28 }, Lattice { reach: 7.4, count: 28 });
    let there = [-1.3, 0.4, 1.9].map(|x| {
        round_trip(pair, &|y: &Point<1>| line.density(y), &Point::<1>::new(x), long)
    });
    let across = round_trip(
        pair,
        &|y: &Point<2>| plane.density(y),
        &Point::<2>::new(0.9, -0.5),
        wide,
    );
    let mut draws = Stream::new(seed, "means of waves").generator();
    let drawn: Vec<Point<2>> = (0..4000).map(|_| plane.sample(&mut draws)).collect();
    let lambda = Point::<2>::new(0.9, -0.7);
    let found = pair.forward(&|y: &Point<2>| plane.density(y), &lambda, &wide.0);
    let sampled = |what: &str, wave: fn(f64) -> f64, expected: f64| {
        let (mean, error) = mean_and_error(drawn.iter().map(|x| wave(lambda.dot(x))));
        Evidence::errors(what, mean, expected, error, 4000, seed)
    };
    vec![
        Evidence::at_most(
            "there and back on the line, three places, relative",
            largest(there),
            1e-12,
            "rounding: two sums of up to 80 terms; both tails are cut where they are below \
             e⁻³³",
        ),
        Evidence::at_most(
            "there and back in the plane, relative",
            across,
            1e-5,
            "both sums reach to five and a half deviations, where the tails are e⁻¹⁵; the \
             density is 0.15",
        ),
        sampled("mean of cos λ·X over 4000 draws, against p̃", f64::cos, found.re),
        sampled("mean of −sin λ·X over 4000 draws, against p̃", |x| -x.sin(), found.im),
    ]
}

/// `fpk-fourier-pair`.
pub const FOURIER_PAIR: Claim = Claim::new(
    "fpk-fourier-pair",
    "the transform of a density is the mean of a turning wave, and all waves together give \
     the density back",
    |seed| pair(&Shown, seed),
    &[
        Slip::printed("the inverse integrated over the place", "E004-24", |seed| {
            pair(&OverPlaces, seed)
        }),
        Slip::new("the root of the factor", |seed| {
            pair(&Factor(|n| (2.0 * std::f64::consts::PI).powi(n).sqrt()), seed)
        }),
        Slip::new("one factor for every dimension", |seed| {
            pair(&Factor(|n| (2.0 * std::f64::consts::PI).powi(n - 1)), seed)
        }),
        Slip::new("the same sign both ways", |seed| pair(&SameSign, seed)),
        Slip::new("the signs exchanged", |seed| pair(&OtherWay, seed)),
    ],
);

/// The transform of a normal law from its mean and covariance.
type OfNormal = fn(&Point<2>, &Matrix2<f64>, &Point<2>) -> Complex<f64>;

/// Frequencies of the checks.
const FREQUENCIES: [Point<2>; 4] = [
    Point::<2>::new(0.7, -0.4),
    Point::<2>::new(-1.3, 0.2),
    Point::<2>::new(0.3, 1.6),
    Point::<2>::new(1.1, 0.9),
];

fn gaussian(formula: OfNormal, seed: u64) -> Vec<Evidence> {
    let p = |x: &Point<2>| normal_density(&(x - MEAN), &COVARIANCE);
    let wrong = FREQUENCIES.map(|lambda| {
        let found = formula(&MEAN, &COVARIANCE, &lambda);
        (found - transform(p, &lambda, &PLANE)).norm()
    });
    let heat = Heat::new(D).expect("positive definite");
    let t = 0.7;
    let left = FREQUENCIES.map(|lambda| {
        let found = formula(&Point::<2>::zeros(), &(D * (2.0 * t)), &lambda);
        (found - heat.decay(t, &lambda)).norm()
    });
    let mut draws = Stream::new(seed, "moduli of a transform").generator();
    let moduli = (0..100).map(|_| {
        let lambda = Point::from_fn(|_, _| draws.random_range(-3.0..3.0));
        formula(&MEAN, &COVARIANCE, &lambda).norm()
    });
    let past = larger(largest(moduli) - 1.0, 0.0);
    vec![
        Evidence::at_most(
            "the formula against a sum over the plane, four frequencies",
            largest(wrong),
            1e-13,
            "rounding: the modulus is at most 1, and a sum of 61² terms that cancel",
        ),
        Evidence::at_most(
            "mean 0 and covariance 2tD against the decay of heat, four frequencies",
            largest(left),
            1e-15,
            "rounding of one exponential below 1",
        ),
        Evidence::at_most(
            "how far the modulus passes 1, 100 frequencies",
            past,
            1e-15,
            "the mean of numbers of modulus 1 has at most the modulus 1",
        )
        .sampled(100, seed),
    ]
}

/// `fpk-gaussian-fourier`.
pub const GAUSSIAN_FOURIER: Claim = Claim::new(
    "fpk-gaussian-fourier",
    "the transform of a normal law is a normal bell again, turning with the mean and the \
     narrower the wider the law",
    |seed| gaussian(normal_transform, seed),
    &[
        Slip::printed("a plus before the half", "E004-25", |seed| {
            gaussian(|m, c, l| normal_transform(m, &-c, l), seed)
        }),
        Slip::new("a mean that turns the other way", |seed| {
            gaussian(|m, c, l| normal_transform(&-m, c, l), seed)
        }),
        Slip::new("no half", |seed| {
            gaussian(|m, c, l| normal_transform(m, &(c * 2.0), l), seed)
        }),
        Slip::new("the inverse of the covariance", |seed| {
            let inverted: OfNormal =
                |m, c, l| normal_transform(m, &c.try_inverse().expect("invertible"), l);
            gaussian(inverted, seed)
        }),
    ],
);

/// v = (b + Cx) N(x; m, S), a vector field that dies out.
fn field<T: Number>(x: &SVector<T, 2>) -> SVector<T, 2> {
    let (b, c) = (Point::<2>::new(0.4, -0.8), Matrix2::new(0.5, 1.2, -0.3, 0.7));
    let weight = normal_density(&(x - MEAN.map(T::from)), &COVARIANCE.map(T::from));
    (c.map(T::from) * x + b.map(T::from)) * weight
}

/// ∇·v, by dual numbers.
fn divergence(x: &Point<2>) -> f64 {
    let slope = |i: usize| {
        let mut place = x.map(Dual64::from);
        place[i].eps = 1.0;
        field(&place)[i].eps
    };
    slope(0) + slope(1)
}

/// The transform of ∇·v.
type OfDivergence = fn(&Point<2>, &SVector<Complex<f64>, 2>) -> Complex<f64>;
/// The transform of D∇p.
type OfGradient = fn(&Point<2>, &Matrix2<f64>, Complex<f64>) -> SVector<Complex<f64>, 2>;
/// What is left of a wave.
type Decay = fn(&Heat<2>, f64, &Point<2>) -> f64;

fn derivatives(over: OfDivergence, up: OfGradient, decay: Decay) -> Vec<Evidence> {
    let heat = Heat::new(D).expect("positive definite");
    let law = (&MEAN, &COVARIANCE);
    let (mut divergences, mut gradients) = (0.0_f64, 0.0_f64);
    let (mut rates, mut waves) = (0.0_f64, 0.0_f64);
    let t = 0.6;
    for lambda in &FREQUENCIES {
        let all = |p: &dyn Fn(&Point<2>) -> f64| transform(p, lambda, &PLANE);
        let v = SVector::<Complex<f64>, 2>::from_fn(|i, _| all(&|x| field(x)[i]));
        divergences = larger(divergences, (all(&divergence) - over(lambda, &v)).norm());
        // p at t, its gradient and its rate of change.
        let now = all(&|x| heat.from_normal(law, t, x));
        let slope = |x: &Point<2>, i: usize| {
            let mut place = x.map(Dual64::from);
            place[i].eps = 1.0;
            heat.from_normal(law, Dual64::from(t), &place).eps
        };
        let gradient = |x: &Point<2>| D * Point::<2>::from_fn(|i, _| slope(x, i));
        let found = SVector::<Complex<f64>, 2>::from_fn(|i, _| all(&|x| gradient(x)[i]));
        gradients = larger(gradients, (found - up(lambda, &D, now)).norm());
        let rate = all(&|x| {
            heat.from_normal(law, Dual64::new(t, 1.0), &x.map(Dual64::from)).eps
        });
        rates = larger(rates, (rate - over(lambda, &up(lambda, &D, now))).norm());
        let start = all(&|x| normal_density(&(x - MEAN), &COVARIANCE));
        waves = larger(waves, (now - start * decay(&heat, t, lambda)).norm());
    }
    let because = "rounding: sums of 61² terms that cancel, of size up to 3";
    vec![
        Evidence::at_most(
            "transform of ∇·v against iλ·ṽ, four frequencies",
            divergences,
            1e-12,
            because,
        ),
        Evidence::at_most(
            "transform of D∇p against iDλ p̃, four frequencies",
            gradients,
            1e-12,
            because,
        ),
        Evidence::at_most(
            "transform of ∂ₜp for a normal start, against both rules in turn",
            rates,
            1e-12,
            because,
        ),
        Evidence::at_most(
            "transform of p at t = 0.6 against what is left of that of the start",
            waves,
            1e-12,
            because,
        ),
    ]
}

/// `fpk-fourier-derivatives`.
pub const FOURIER_DERIVATIVES: Claim = Claim::new(
    "fpk-fourier-derivatives",
    "a derivative is a factor for each wave, and so the heat equation lets each wave decay \
     by itself",
    |_| derivatives(of_divergence, of_gradient, Heat::decay),
    &[
        Slip::new("the sign of the other convention", |_| {
            derivatives(
                |lambda, v| -of_divergence(lambda, v),
                |lambda, d, p| -of_gradient(lambda, d, p),
                Heat::decay,
            )
        }),
        Slip::new("waves that grow", |_| {
            derivatives(of_divergence, of_gradient, |heat, t, l| heat.decay(-t, l))
        }),
        Slip::new("the imaginary unit once and not twice", |_| {
            derivatives(
                of_divergence,
                |l, d, p| of_gradient(l, d, Complex::new(0.0, -1.0) * p),
                Heat::decay,
            )
        }),
        Slip::new("the same decay in all directions", |_| {
            derivatives(of_divergence, of_gradient, |heat, t, l| {
                (-t * l.norm_squared() * heat.d.trace() / 2.0).exp()
            })
        }),
    ],
);
