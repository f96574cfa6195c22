//! Integration by parts, and what it leaves at the ends.

use super::fields::{IN_PLANE, ON_LINE, THREE, TWO};
use super::largest;
use crate::implicit::by_parts;
use ch01_flows::laws::{Place, lift};
use ch01_flows::quadrature::{GaussLegendre, trapezoid};
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual64, DualNum};

type Density<'a, const D: usize> = &'a dyn Fn(&Place<D>) -> Dual64;
type Score<'a, const D: usize> = &'a dyn Fn(&Place<D>) -> Place<D>;
type Parts<const D: usize> = fn(Density<D>, Score<D>, usize, &Point<D>) -> [f64; 3];

/// The terms on the line and in the plane.
#[derive(Clone, Copy)]
struct Terms {
    line: Parts<1>,
    plane: Parts<2>,
}

const SHOWN: Terms = Terms {
    line: |p, s, i, x| by_parts(p, s, i, x),
    plane: |p, s, i, x| by_parts(p, s, i, x),
};

/// A density on the line, a field, and how far out there is nothing left.
type Case = (fn(&Place<1>) -> Dual64, fn(&Place<1>) -> Place<1>, f64);

/// N(0.4, 0.7²) with its own score; the two heaps with x³, and with sin x − 0.3 x.
const ON_ALL: [Case; 3] = [
    (|x| gaussian(x[0]), |x| x.map(|x| (x - 0.4) / -0.49), 9.0),
    (|x| TWO.log_density(Dual64::from(0.0), x).exp(), |x| x.map(|x| x.powi(3)), 9.0),
    (|x| TWO.log_density(Dual64::from(0.0), x).exp(), |x| ON_LINE[0](x), 9.0),
];

fn gaussian(x: Dual64) -> Dual64 {
    ((x - 0.4).powi(2) / -0.98).exp() / (0.49 * std::f64::consts::TAU).sqrt()
}

fn check(terms: Terms) -> Vec<Evidence> {
    let law = &*THREE;
    let p = |x: &Place<2>| law.log_density(Dual64::from(0.0), x).exp();
    // From end to end of a piece of a line in the plane.
    let rule = GaussLegendre::new(40);
    let pieces = IN_PLANE.iter().flat_map(|s| [0, 1].map(|i| (s, i))).map(|(s, i)| {
        let at = |along: f64| {
            let mut x = Point::<2>::new(0.3, -0.5);
            x[i] = along;
            (terms.plane)(&p, s, i, &x)
        };
        let both = |along: f64| at(along)[0] + at(along)[1];
        let (low, high) = (-1.1, 0.8);
        rule.integral(both, low, high) - (at(high)[2] - at(low)[2])
    });
    let piece = Evidence::at_most(
        "pieces of lines in the plane: what the two integrals miss of the change of p sᵢ, \
         four fields, both axes",
        largest(pieces.map(f64::abs)),
        1e-12,
        "rounding: Gauss–Legendre with 40 nodes",
    );
    let lines = ON_ALL.map(|(p, s, far)| {
        let at = |x: f64| (terms.line)(&p, &s, 0, &Point::<1>::new(x));
        let of = |k: usize| trapezoid(|x| at(x)[k], -far, far, 1800);
        let ends = at(far)[2] - at(-far)[2];
        (of(0) + of(1)).abs().max(ends.abs()) / of(1).abs()
    });
    let line = Evidence::at_most(
        "on the whole line: the sum of the integrals, and what the ends leave, over one \
         of the integrals; among them a Gaussian with its own score",
        largest(lines),
        1e-12,
        "rounding: at the ends p is below 10⁻³⁰, and the trapezoid rule is spectral",
    );
    let both = |k: usize, i: usize| {
        let at = |x: f64, y: f64| {
            (terms.plane)(&p, &IN_PLANE[1], i, &Point::<2>::new(x, y))[k]
        };
        trapezoid(|x| trapezoid(|y| at(x, y), -6.0, 6.0, 120), -6.0, 6.0, 120)
    };
    let planes = [0, 1].map(|i| (both(0, i) + both(1, i)).abs());
    let plane = Evidence::at_most(
        "over the whole plane: the sum of the integrals, both axes",
        largest(planes),
        1e-12,
        "rounding: cells of 0.1 where the heaps are 0.34 wide, error e^{−2π²·0.34²/0.1²}",
    );
    vec![piece, line, plane]
}

/// ∫ sᵢ ∂ᵢp dx = −∫ p ∂ᵢsᵢ dx.
pub const BY_PARTS: Claim = Claim::new(
    "sm-integration-by-parts",
    "a derivative can be moved from the density to the field if their product vanishes far \
     out, whether or not the field does",
    |_| check(SHOWN),
    &[
        Slip::printed("the field alone must vanish far out", "E002-09", |_| {
            check(Terms {
                line: |p, s, i, x| {
                    let [left, right, _] = by_parts(p, s, i, x);
                    [left, right, s(&lift(x))[i].re]
                },
                plane: |p, s, i, x| {
                    let [left, right, _] = by_parts(p, s, i, x);
                    [left, right, s(&lift(x))[i].re]
                },
            })
        }),
        Slip::new("the sign forgotten", |_| {
            check(Terms {
                line: |p, s, i, x| {
                    let [left, right, ends] = by_parts(p, s, i, x);
                    [left, -right, ends]
                },
                plane: |p, s, i, x| {
                    let [left, right, ends] = by_parts(p, s, i, x);
                    [left, -right, ends]
                },
            })
        }),
        Slip::new("along the other axis", |_| {
            check(Terms {
                plane: |p, s, i, x| {
                    let [left, _, ends] = by_parts(p, s, i, x);
                    [left, by_parts(p, s, 1 - i, x)[1], ends]
                },
                ..SHOWN
            })
        }),
    ],
);
