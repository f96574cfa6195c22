//! Both of Kolmogorov's equations.

use super::plane::{Seen, Spiral};
use super::variants::{
    Backwards, BackwardsInTime, BackwardsInside, BackwardsTwice, Equation, Forwards,
    ForwardsAgainst, ForwardsOutside, ForwardsTwice,
};
use crate::kolmogorov::{Backward, Forward};
use crate::markov::{Event, Line, Transition, Warming};
use crate::operators::{Diffusion, Smooth};
use ch01_flows::fields::Number;
use ch01_flows::orders::slope;
use ch02_brownian_motion::GeometricBrownian;
use dynamics::{Generator, Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;
use rand::RngExt;

pub(super) const WARM: Warming = Warming { rate: 0.8, heat: 0.6, warming: 1.7 };
pub(super) const GROWTH: GeometricBrownian =
    GeometricBrownian { growth: 0.3, volatility: 0.6 };
/// How many pairs of events each balance is taken at.
const PAIRS: u64 = 100;

/// An earlier event and a later one, not far apart for the noise between.
fn drawn(draws: &mut Generator, places: std::ops::Range<f64>) -> (Event, Event) {
    let r = draws.random_range(0.1..1.0);
    let t = r + draws.random_range(0.3..1.2);
    let mut place = || draws.random_range(places.clone());
    ((r, place()), (t, place()))
}

/// The worst balance over events drawn on the line.
fn worst(
    seed: u64,
    purpose: &str,
    places: std::ops::Range<f64>,
    balance: impl Fn(Event, Event) -> f64,
) -> f64 {
    let mut draws = Stream::new(seed, purpose).generator();
    let pairs = (0..PAIRS).map(|_| drawn(&mut draws, places.clone()));
    pairs.map(|(from, to)| balance(from, to)).fold(0.0, f64::max)
}

/// The evidence that an equation holds, its worst balance being `measured`.
fn left(what: &str, measured: f64, seed: u64) -> Evidence {
    let what = format!("{what}: worst of {PAIRS} balances, over the largest term");
    let because = "rounding: derivatives of an exponent that may be in the hundreds";
    Evidence::at_most(what, measured, 1e-12, because).sampled(PAIRS, seed)
}

/// The worst balance in the plane; `view` fixes the other event.
fn spiral<E: Equation>(
    seed: u64,
    time: impl Fn(f64, f64) -> f64,
    view: impl Fn(f64, f64, Point<2>) -> Seen,
) -> Evidence {
    let mut draws = Stream::new(seed, "spirals").generator();
    let mut worst = 0.0_f64;
    for _ in 0..PAIRS {
        let ((r, a), (t, b)) = drawn(&mut draws, -1.5..1.5);
        let other = Point::<2>::new(draws.random_range(-1.5..1.5), b);
        let here = Point::<2>::new(a, draws.random_range(-1.5..1.5));
        let seen = view(r, t, other);
        let balance = E::balance(&Spiral, &seen, time(r, t), &here);
        worst = worst.max(balance.relative());
    }
    left("spirals in the plane", worst, seed)
}

/// A bump to weigh densities with.
fn bump(x: f64) -> f64 {
    (1.3 * x + 0.4).cos()
}

/// The order at which ∫ φ(x) p dx tends to φ at the fixed place as the span shrinks.
fn shrinking(what: &str, weighed: impl Fn(f64) -> f64) -> Evidence {
    let errors: Vec<_> = (7..13)
        .map(|k| 0.5_f64.powi(k))
        .map(|span| (span, (weighed(span) - bump(0.7)).abs()))
        .collect();
    Evidence::order(
        what,
        slope(&errors),
        1.0,
        0.05,
        "order 1; at a span of 1/128 the next term is a few percent",
    )
}

/// Wide enough for spans of at most 1/128, fine enough for 1/4096.
const NEAR: Line = Line { low: -0.8, high: 2.2, cells: 3000 };

fn forward<E: Equation>(seed: u64) -> Vec<Evidence> {
    fn at<E: Equation, P>(process: P, from: Event, (t, x): Event) -> f64
    where
        P: Transition + Diffusion<1> + Copy,
    {
        let density = Forward { process, from };
        E::balance(&process, &density, t, &Point::<1>::new(x)).relative()
    }
    let warm =
        worst(seed, "forward, warming", -2.0..2.0, |from, to| at::<E, _>(WARM, from, to));
    let growth =
        worst(seed, "forward, growth", 0.3..3.0, |from, to| at::<E, _>(GROWTH, from, to));
    vec![
        left("pulled, and warmed", warm, seed),
        left("growth with noise", growth, seed),
        spiral::<E>(seed, |_, t| t, |r, _, other| Seen::From((r, other[0]), other[1])),
        shrinking("the density at the start, weighed with a bump", |span| {
            let from = (0.5, 0.7);
            NEAR.integral(|x| bump(x) * WARM.density(from, (0.5 + span, x)))
        }),
    ]
}

/// ∂ₜp = 𝒜*p in the later event.
pub const FORWARD_KOLMOGOROV: Claim = Claim::new(
    "fpk-forward-kolmogorov",
    "as a function of the later time and place a transition density obeys the \
     Fokker–Planck equation, and starts at the place where the particle is",
    forward::<Forwards>,
    &[
        Slip::new("the coefficients outside the derivatives", forward::<ForwardsOutside>),
        Slip::new("the noise without its half", forward::<ForwardsTwice>),
        Slip::new("the drift with the other sign", forward::<ForwardsAgainst>),
    ],
);

/// Which density stands in the equation.
trait View {
    /// A density as a function of the earlier event, the later being `to`.
    fn of<P>(process: P, to: Event) -> impl Smooth<1>
    where
        P: Transition + Copy;
}

/// p(x at t | y at r).
struct Onwards;

impl View for Onwards {
    fn of<P: Transition + Copy>(process: P, to: Event) -> impl Smooth<1> {
        Backward { process, to }
    }
}

/// p(y at r | x at t), the law of where a particle came from.
struct WhereFrom;

/// All particles start here.
const ALL: Event = (-0.2, 0.8);

#[derive(Clone, Copy)]
struct CameFrom<P> {
    process: P,
    to: Event,
}

impl<P: Transition> Smooth<1> for CameFrom<P> {
    fn at<T: Number>(&self, r: T, y: &SVector<T, 1>) -> T {
        let [all, to] = [ALL, self.to].map(|(s, z)| (T::from(s), T::from(z)));
        let here = (r, y[0]);
        self.process.density(here, to) * self.process.density(all, here)
            / self.process.density(all, to)
    }
}

impl View for WhereFrom {
    fn of<P: Transition + Copy>(process: P, to: Event) -> impl Smooth<1> {
        CameFrom { process, to }
    }
}

fn backward<E: Equation, V: View>(seed: u64) -> Vec<Evidence> {
    fn at<E: Equation, V: View, P>(process: P, (r, y): Event, to: Event) -> f64
    where
        P: Transition + Diffusion<1> + Copy,
    {
        E::balance(&process, &V::of(process, to), r, &Point::<1>::new(y)).relative()
    }
    let warm = worst(seed, "backward, warming", -2.0..2.0, |from, to| {
        at::<E, V, _>(WARM, from, to)
    });
    let growth = worst(seed, "backward, growth", 0.3..3.0, |from, to| {
        at::<E, V, _>(GROWTH, from, to)
    });
    vec![
        left("pulled, and warmed", warm, seed),
        left("growth with noise", growth, seed),
        spiral::<E>(seed, |r, _| r, |_, t, other| Seen::To((t, other[0]), other[1])),
        shrinking("the density at the end, weighed with a bump", |span| {
            let density = V::of(WARM, (0.5, 0.7));
            let at = |y| density.at(0.5 - span, &SVector::<f64, 1>::new(y));
            NEAR.integral(|y| bump(y) * at(y))
        }),
    ]
}

/// −∂ᵣp = 𝒜p in the earlier event.
pub const BACKWARD_KOLMOGOROV: Claim = Claim::new(
    "fpk-backward-kolmogorov",
    "as a function of the earlier time and place a transition density obeys an equation \
     that runs backwards, with the coefficients outside the derivatives",
    backward::<Backwards, Onwards>,
    &[
        Slip::printed(
            "the law of the earlier place given the later",
            "E004-06",
            backward::<Backwards, WhereFrom>,
        ),
        Slip::new("time with the other sign", backward::<BackwardsInTime, Onwards>),
        Slip::new(
            "the coefficients inside the derivatives",
            backward::<BackwardsInside, Onwards>,
        ),
        Slip::new("the noise without its half", backward::<BackwardsTwice, Onwards>),
    ],
);
