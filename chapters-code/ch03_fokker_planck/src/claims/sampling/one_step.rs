//! One short step from the target.

use crate::one_step::{after_step, change, expansion, mean};
use crate::operators::Smooth;
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use dynamics::{Density, Mixture, Point};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, SVector};

/// A polynomial.
enum Polynomial {
    /// x⁴ + ½ x y³ − x² y.
    Mixed,
    /// x⁴.
    Fourth,
}

use Polynomial::{Fourth, Mixed};

impl Smooth<2> for Polynomial {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 2>) -> T {
        let (x, y) = (x[0], x[1]);
        let fourth = x * x * x * x;
        match self {
            Mixed => fourth + x * y * y * y * 0.5 - x * x * y,
            Fourth => fourth,
        }
    }
}

/// Two Gaussians that overlap.
pub(super) fn two() -> Mixture<2> {
    Mixture::new([
        (0.6, Point::<2>::new(0.9, -0.5), Matrix2::new(0.8, 0.3, 0.3, 0.5)),
        (0.4, Point::<2>::new(-0.8, 0.7), Matrix2::new(0.5, -0.1, -0.1, 0.7)),
    ])
}

/// What a slip may change: the expansion at a place, and the change over a step.
#[derive(Clone, Copy)]
struct Candidate {
    expansion: fn(&Polynomial, &Point<2>, &Point<2>) -> [f64; 2],
    change: fn(&Mixture<2>, &Polynomial, f64) -> f64,
}

/// The functions of the chapter.
const SHOWN: Candidate = Candidate {
    expansion: |phi, x, s| expansion(phi, x, s),
    change: |p, phi, tau| change(p, phi, tau),
};

/// Steps τ, each half of the one before.
const STEPS: [f64; 4] = [0.04, 0.02, 0.01, 0.005];

fn check(candidate: Candidate) -> Vec<Evidence> {
    let p = two();
    let at = |x: &Point<2>| (candidate.expansion)(&Mixed, x, &p.score(x));
    let scale = mean(&p, |x| (expansion(&Mixed, x, &Point::<2>::zeros())[0]).abs());
    let first = mean(&p, |x| at(x)[0]);
    let second = mean(&p, |x| at(x)[1]);
    let changes = STEPS.map(|tau| (tau, (candidate.change)(&p, &Mixed, tau)));
    let sizes = changes.map(|(tau, change)| (tau, change.abs()));
    let left = changes.map(|(tau, change)| (tau, (change - second * tau * tau).abs()));
    let normal = Mixture::gaussian(Point::<2>::zeros(), 1.0);
    let exact = [0.3_f64, 0.07].map(|tau| {
        let expected = 6.0 * tau.powi(2) + 3.0 * tau.powi(4);
        ((candidate.change)(&normal, &Fourth, tau) - expected).abs()
    });
    let six = mean(&normal, |x| (candidate.expansion)(&Fourth, x, &normal.score(x))[1]);
    vec![
        Evidence::at_most(
            "mean of s·∇φ + Δφ in a mixture in the plane, over the mean of |Δφ|",
            first.abs() / scale,
            1e-12,
            "rounding of 3000 terms, and a quadrature whose error is below it",
        ),
        Evidence::order(
            "change of the mean over a step",
            slope(&sizes),
            2.0,
            0.05,
            "the next term is a few percent at τ = 0.04",
        ),
        Evidence::order(
            "what is left of it without the term in τ²",
            slope(&left),
            3.0,
            0.1,
            "the next term is a few percent at τ = 0.04",
        ),
        Evidence::at_most(
            "x⁴ in N(0, 1): distance from 6τ² + 3τ⁴ at τ = 0.3 and 0.07",
            exact[0].max(exact[1]),
            1e-13,
            "rounding of numbers of order 3",
        ),
        Evidence::at_most(
            "x⁴ in N(0, 1): distance of the factor of τ² from 6",
            (six - 6.0).abs(),
            1e-12,
            "rounding of 3000 terms",
        ),
    ]
}

/// A step τ from the target moves averages by the order τ².
pub const INFINITESIMAL: Claim = Claim::new(
    "fpk-langevin-infinitesimal",
    "a short step from the target leaves every average as it is, up to the square of \
     the step, whose factor takes derivatives of fourth order",
    |_| check(SHOWN),
    &[
        Slip::printed(
            "no brackets: the noise meets no second derivative",
            "E004-14",
            |_| {
                check(Candidate {
                    expansion: |phi, x, s| {
                        let [first, second] = expansion(phi, x, s);
                        [first - expansion(phi, x, &Point::<2>::zeros())[0], second]
                    },
                    ..SHOWN
                })
            },
        ),
        Slip::printed("the second derivative alone", "E004-15", |_| {
            check(Candidate {
                expansion: |phi, x, s| {
                    let [first, second] = expansion(phi, x, s);
                    [first, second - expansion(phi, x, &Point::<2>::zeros())[1]]
                },
                ..SHOWN
            })
        }),
        Slip::printed("the average itself, not its change", "E004-16", |_| {
            check(Candidate {
                change: |p, phi, tau| mean(p, |x| after_step(p, phi, tau, x)),
                ..SHOWN
            })
        }),
        Slip::new("half the score", |_| {
            check(Candidate {
                expansion: |phi, x, s| expansion(phi, x, &(s * 0.5)),
                change: |p, phi, tau| change(&Half(p), phi, tau),
            })
        }),
    ],
);

/// A density that tells half of its score.
struct Half<'a, P>(&'a P);

impl<P: Density<D>, const D: usize> Density<D> for Half<'_, P> {
    fn log_density(&self, x: &Point<D>) -> f64 {
        self.0.log_density(x)
    }

    fn score(&self, x: &Point<D>) -> Point<D> {
        self.0.score(x) * 0.5
    }
}
