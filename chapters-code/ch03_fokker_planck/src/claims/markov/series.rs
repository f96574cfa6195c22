//! The expansion in powers of the increment.

use crate::kramers_moyal::{Jumps, Normal, Polynomial, kramers_moyal, ou_moments, value};
use crate::operators::{Smooth, adjoint_terms};
use crate::transition::normal;
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use ch01_flows::quadrature::trapezoid;
use ch02_brownian_motion::OrnsteinUhlenbeck;
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;

/// The terms of the expansion over the density.
type Terms = fn(&[Polynomial], Normal, f64) -> Vec<f64>;

const OU: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.9 };
const JUMPS: Jumps = Jumps { diffusion: 0.9, rate: 2.3 };
/// The density before the step.
const BEFORE: Normal = Normal { mean: 0.4, variance: 0.35 };
const PLACES: [f64; 5] = [-0.9, -0.2, 0.3, 0.7, 1.6];

impl Smooth<1> for Normal {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        normal(x[0], T::from(self.mean), T::from(self.variance))
    }
}

/// A process: the moments of its increments, and the density after a step.
#[derive(Clone, Copy)]
struct Process {
    moments: fn(f64, usize) -> Vec<Polynomial>,
    after: fn(f64, f64) -> f64,
}

const DIFFUSING: Process = Process {
    moments: |h, n| ou_moments(&OU, h, BEFORE.mean, n),
    after: |h, x| {
        let (a, v) = OU.transition(h);
        normal(x, a * BEFORE.mean, a * a * BEFORE.variance + v)
    },
};
const JUMPING: Process = Process {
    moments: |h, n| JUMPS.moments(h, n).into_iter().map(|m| vec![m]).collect(),
    after: |h, x| JUMPS.density(BEFORE, h, x),
};

/// What `n` terms leave of the change in a step h, at the worst of five places.
fn left_over(terms: Terms, process: Process, h: f64, n: usize) -> f64 {
    let moments = (process.moments)(h, n);
    let at = |&x: &f64| {
        let before = BEFORE.density(x);
        let sum: f64 = terms(&moments, BEFORE, x).iter().sum();
        ((process.after)(h, x) - before - before * sum).abs()
    };
    PLACES.iter().map(at).fold(0.0, f64::max)
}

/// The series in the rates of the moments of jumps, against λ (½ p(x − j) + ½ p(x + j) −
/// p(x)), at the worst of five places.
fn master(terms: Terms) -> f64 {
    let rates: Vec<_> = JUMPS.moment_rates(50).into_iter().map(|m| vec![m]).collect();
    let size = JUMPS.diffusion / JUMPS.rate.sqrt();
    let at = |&x: &f64| {
        let [left, here, right] = [x - size, x, x + size].map(|x| BEFORE.density(x));
        let sum: f64 = terms(&rates, BEFORE, x).iter().sum();
        (JUMPS.rate * (0.5 * left + 0.5 * right - here) - here * sum).abs()
    };
    PLACES.iter().map(at).fold(0.0, f64::max)
}

/// E Δ⁴ = g⁴h/λ + 3g⁴h², from the density and from the moments.
fn fourth_of_jumps() -> Evidence {
    let (h, v, g) = (0.3, BEFORE.variance, JUMPS.diffusion);
    let fourth = |x: f64| (x - BEFORE.mean).powi(4) * JUMPS.density(BEFORE, h, x);
    let of_both = trapezoid(fourth, -13.0, 14.0, 600);
    let of_jumps = of_both - 3.0 * v * v - 6.0 * v * g * g * h;
    let expected = g.powi(4) * (h / JUMPS.rate + 3.0 * h * h);
    let found = [of_jumps, JUMPS.moments(h, 4)[3]];
    Evidence::at_most(
        "mean fourth power of the jumps in a time 0.3, from the density and from the \
         moments, relative error",
        found.iter().map(|m| (m / expected - 1.0).abs()).fold(0.0, f64::max),
        1e-12,
        "rounding: a sum over 600 places",
    )
}

/// The steps ½ᵏ to measure an order at.
fn halved(of: impl Fn(f64) -> f64) -> f64 {
    let errors: Vec<_> = (6..12).map(|k| 0.5_f64.powi(k)).map(|h| (h, of(h))).collect();
    slope(&errors)
}

fn check(terms: Terms, small: Process) -> Vec<Evidence> {
    let rate = |h: f64| {
        let moments = (DIFFUSING.moments)(h, 2);
        let at = |&x: &f64| {
            let two: f64 = terms(&moments, BEFORE, x).iter().sum();
            let place = Point::<1>::new(x);
            let rate: f64 = adjoint_terms(&OU, &BEFORE, 0.0, &place).sum();
            (BEFORE.density(x) * two / h - rate).abs()
        };
        PLACES.iter().map(at).fold(0.0, f64::max)
    };
    let fourth = |h: f64| value(&(small.moments)(h, 4)[3], 1.1 - BEFORE.mean);
    let because = "order; at h = 1/64 the next term is a few percent";
    vec![
        Evidence::at_most(
            "30 terms for a step 0.05 of a diffusion, what is left",
            left_over(terms, DIFFUSING, 0.05, 30),
            1e-13,
            "rounding; each two terms are a tenth of the two before",
        ),
        Evidence::at_most(
            "50 terms with the rates of a jumping particle's moments, against who leaves \
             and who arrives",
            master(terms),
            1e-13,
            "rounding: terms up to a few times their sum",
        ),
        fourth_of_jumps(),
        Evidence::order(
            "left by two terms, steps 1/64 to 1/2048",
            halved(|h| left_over(terms, small, h, 2)),
            2.0,
            0.05,
            because,
        ),
        Evidence::order(
            "mean fourth power of an increment, same steps",
            halved(fourth),
            2.0,
            0.05,
            because,
        ),
        Evidence::order(
            "two terms per unit of time against the adjoint of the generator",
            halved(rate),
            1.0,
            0.05,
            because,
        ),
    ]
}

/// p_{t+h} − p_t = Σ (−1)ᵏ/k! ∂ᵏ(E[Δᵏ] p).
pub const KRAMERS_MOYAL: Claim = Claim::new(
    "fpk-kramers-moyal",
    "a density changes by a series in the moments of the increment, of which a diffusion \
     keeps two terms when the step becomes short",
    |_| check(kramers_moyal, DIFFUSING),
    &[
        Slip::new("jumps, and the series ended after two", |_| {
            check(kramers_moyal, JUMPING)
        }),
        Slip::new("all signs positive", |_| {
            check(
                |moments, p, x| {
                    let signed = (0..).zip(kramers_moyal(moments, p, x));
                    signed.map(|(k, v)| if k % 2 == 0 { -v } else { v }).collect()
                },
                DIFFUSING,
            )
        }),
        Slip::new("no factorial", |_| {
            check(
                |moments, p, x| {
                    let mut factorial = 1.0;
                    let terms = (1..).zip(kramers_moyal(moments, p, x));
                    terms
                        .map(|(k, v)| {
                            factorial *= f64::from(k);
                            factorial * v
                        })
                        .collect()
                },
                DIFFUSING,
            )
        }),
        Slip::new("the moments outside the derivative", |_| {
            check(
                |moments, p, x| {
                    let here = |m: &Polynomial| value(m, x - p.mean);
                    let flat: Vec<_> = moments.iter().map(|m| vec![here(m)]).collect();
                    kramers_moyal(&flat, p, x)
                },
                DIFFUSING,
            )
        }),
    ],
);
