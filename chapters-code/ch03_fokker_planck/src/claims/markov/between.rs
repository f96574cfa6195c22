//! Through the places between, on the line.

use crate::markov::{
    Event, Line, Transition, Warming, arriving, compose, increment_density,
    step_by_increments, through,
};
use crate::transition::normal;
use ch01_flows::fields::Number;
use ch02_brownian_motion::OrnsteinUhlenbeck;
use dynamics::Stream;
use evidence::{Claim, Evidence, Slip};
use rand::RngExt;

/// The process of the checks: its transitions tell one time from another.
const WARM: Warming = Warming { rate: 0.8, heat: 0.6, warming: 1.7 };
/// Fourteen deviations to either side.
const LINE: Line = Line { low: -16.0, high: 17.0, cells: 1500 };
/// Where it starts, and where it arrives.
const FROM: Event = (0.3, 0.9);
const END: f64 = 1.4;
const PLACES: [f64; 5] = [-1.6, -0.4, 0.3, 1.1, 2.3];

const ROUNDING: &str = "rounding: the trapezoid rule is exact to all digits for smooth functions that vanish \
     at both ends";

/// Through the places at a time between.
type Through = fn(&Warming, Event, f64, Event, Line) -> f64;
/// p(x at t + h | y at r), or p(x at t | y at r − h), through the last or the first h.
type Step = fn(&Warming, Event, Event, f64) -> f64;

struct Routes {
    through: Through,
    forward: Step,
    backward: Step,
    arriving: fn(&Warming, Event) -> f64,
}

/// A normal law at the time 0.3.
const CROWD: (f64, f64) = (0.9, 0.45);

const TRUTH: Routes = Routes {
    through,
    forward: |p, from, (t, x), h| through(p, from, t, (t + h, x), LINE),
    backward: |p, (r, y), to, h| through(p, (r - h, y), r, to, LINE),
    arriving: |p, to| arriving(p, |k| normal(k, CROWD.0, CROWD.1), FROM.0, to, LINE),
};

/// By way of three times between, against the density of the whole.
fn by_way_of<P: Transition>(
    process: &P,
    through: impl Fn(&P, Event, f64, Event, Line) -> f64,
) -> Evidence {
    let mut worst = 0.0_f64;
    for m in [0.4, 0.85, 1.2] {
        for x in PLACES {
            let whole = process.density(FROM, (END, x));
            worst = worst.max((through(process, FROM, m, (END, x), LINE) - whole).abs());
        }
    }
    Evidence::at_most(
        "density at 5 places by way of 3 times between, against the whole",
        worst,
        1e-14,
        ROUNDING,
    )
}

fn check(routes: &Routes) -> Vec<Evidence> {
    let h = 0.2;
    let worst = |error: &dyn Fn(f64) -> f64| {
        PLACES.iter().map(|&x| error(x).abs()).fold(0.0, f64::max)
    };
    let (r, y) = FROM;
    let forward = worst(&|x| {
        (routes.forward)(&WARM, FROM, (END, x), h) - WARM.density(FROM, (END + h, x))
    });
    let backward = worst(&|x| {
        (routes.backward)(&WARM, FROM, (END, x), h) - WARM.density((r - h, y), (END, x))
    });
    let (a, v) = WARM.hop(r, END);
    let law = worst(&|x| {
        let expected = normal(x, a * CROWD.0, a * a * CROWD.1 + v);
        (routes.arriving)(&WARM, (END, x)) - expected
    });
    vec![
        by_way_of(&WARM, routes.through),
        Evidence::at_most(
            "the last stretch split off, at 5 places",
            forward,
            1e-14,
            ROUNDING,
        ),
        Evidence::at_most(
            "the first stretch split off, at 5 places",
            backward,
            1e-14,
            ROUNDING,
        ),
        Evidence::at_most(
            "a normal crowd at 5 places later, against its normal law",
            law,
            1e-14,
            ROUNDING,
        ),
    ]
}

/// Particles that draw a rate once and keep it: where one stands does not say which.
#[derive(Clone, Copy, Debug)]
struct OwnRates([OrnsteinUhlenbeck; 2]);

impl Transition for OwnRates {
    fn density<T: Number>(&self, from: Event<T>, to: Event<T>) -> T {
        (self.0[0].density(from, to) + self.0[1].density(from, to)) * 0.5
    }
}

/// p(x | y) = ∫ p(x | k) p(k | y) dk.
pub const CHAPMAN_KOLMOGOROV: Claim = Claim::new(
    "fpk-chapman-kolmogorov",
    "a Markov process goes from one time to another through some place at each time \
     between, and the densities of all places are added",
    |_| check(&TRUTH),
    &[
        Slip::printed("the backward form for the forward one", "E003-07", |_| {
            check(&Routes {
                forward: |p, (r, y), to, h| through(p, (r - h, y), r, to, LINE),
                ..TRUTH
            })
        }),
        Slip::new("particles with a rate of their own", |_| {
            let rates = [0.3, 2.4].map(|rate| OrnsteinUhlenbeck { rate, diffusion: 0.9 });
            vec![by_way_of(&OwnRates(rates), through)]
        }),
        Slip::new("the clock set back at the time between", |_| {
            check(&Routes {
                through: |p, (r, y), m, (t, x), line| {
                    line.integral(|k| {
                        p.density((r, k), (t - m + r, x)) * p.density((r, y), (m, k))
                    })
                },
                ..TRUTH
            })
        }),
        Slip::new("the crowd of a later time", |_| {
            check(&Routes {
                arriving: |p, to| {
                    let (a, v) = p.hop(FROM.0, FROM.0 + 0.1);
                    let later = |k| normal(k, a * CROWD.0, a * a * CROWD.1 + v);
                    arriving(p, later, FROM.0, to, LINE)
                },
                ..TRUTH
            })
        }),
    ],
);

/// Two hops as one.
type Compose = fn((f64, f64), (f64, f64)) -> (f64, f64);

fn composed(compose: Compose, seed: u64) -> Vec<Evidence> {
    let mut draws = Stream::new(seed, "hops").generator();
    let (mut same, mut warm) = (0.0_f64, 0.0_f64);
    let apart = |(a, v): (f64, f64), (b, w): (f64, f64)| {
        (a / b - 1.0).abs().max((v / w - 1.0).abs())
    };
    for _ in 0..200 {
        let rate = draws.random_range(0.2..2.0);
        let ou = OrnsteinUhlenbeck { rate, diffusion: draws.random_range(0.3..1.7) };
        let [first, second] = [(); 2].map(|()| draws.random_range(0.1..1.5));
        let two = compose(ou.transition(first), ou.transition(second));
        same = same.max(apart(two, ou.transition(first + second)));
        let process = Warming { rate, ..WARM };
        let (m, t) = (0.3 + first, 0.3 + first + second);
        let two = compose(process.hop(0.3, m), process.hop(m, t));
        warm = warm.max(apart(two, process.hop(0.3, t)));
    }
    vec![
        Evidence::at_most(
            "200 pairs of hops of Ornstein and Uhlenbeck's, relative error of factor and \
             variance",
            same,
            3e-15,
            "rounding: ten operations, each at most 2.2e-16",
        )
        .sampled(200, seed),
        Evidence::at_most(
            "200 pairs of hops while it gets warmer, relative error",
            warm,
            1e-14,
            "rounding: the part of the variance that is a difference of larger numbers is \
             small",
        )
        .sampled(200, seed),
    ]
}

/// (a, v) of two hops in turn.
pub const CK_OU: Claim = Claim::new(
    "fpk-ck-ou",
    "of two hops of an Ornstein–Uhlenbeck process the factors multiply, and the second \
     shrinks the variance of the first before it adds its own",
    |seed| composed(compose, seed),
    &[
        Slip::new("both variances as they are", |seed| {
            composed(|(a1, v1), (a2, v2)| (a2 * a1, v1 + v2), seed)
        }),
        Slip::new("the first hop last", |seed| {
            composed(|first, second| compose(second, first), seed)
        }),
        Slip::new("the factor without its square", |seed| {
            composed(|(a1, v1), (a2, v2)| (a2 * a1, a2 * v1 + v2), seed)
        }),
    ],
);

/// A density after a step.
type ByIncrements = fn(&Warming, &dyn Fn(f64) -> f64, Event, f64, Line) -> f64;

fn increments(step: ByIncrements) -> Vec<Evidence> {
    let h = 0.25;
    let before = |z: f64| WARM.density(FROM, (END, z));
    let mut worst = 0.0_f64;
    for x in PLACES {
        let found = step(&WARM, &before, (END, x), h, LINE);
        worst = worst.max((found - WARM.density(FROM, (END + h, x))).abs());
    }
    let some = |z: f64| {
        LINE.integral(|delta| increment_density(&WARM, (END, z), delta, h)) - 1.0
    };
    let all = |x: f64| {
        step(&WARM, &|_| 0.7, (END, x), h, LINE) / (0.7 * (WARM.rate * h).exp()) - 1.0
    };
    let largest =
        |f: &dyn Fn(f64) -> f64| PLACES.iter().map(|&x| f(x).abs()).fold(0.0, f64::max);
    vec![
        Evidence::at_most(
            "density after a step, at 5 places, against the whole",
            worst,
            1e-14,
            ROUNDING,
        ),
        Evidence::at_most(
            "mass of all increments from each of 5 places, distance from 1",
            largest(&some),
            1e-13,
            ROUNDING,
        ),
        Evidence::at_most(
            "a crowd equally dense everywhere, after a step, against the drift's squeeze",
            largest(&all),
            1e-13,
            ROUNDING,
        ),
    ]
}

/// p(x) = ∫ φ(Δ, x − Δ, h) p(x − Δ) dΔ.
pub const INCREMENT_DENSITY: Claim = Claim::new(
    "fpk-increment-density",
    "after a step the density at a place collects, over all increments, those who stood \
     one increment before it and made that increment",
    |_| increments(|p, density, at, h, line| step_by_increments(p, density, at, h, line)),
    &[
        Slip::new("increments as they are at the arrival", |_| {
            increments(|p, density, (t, x), h, line| {
                line.integral(|delta| {
                    increment_density(p, (t, x), delta, h) * density(x - delta)
                })
            })
        }),
        Slip::new("the increment added to the arrival", |_| {
            increments(|p, density, (t, x), h, line| {
                line.integral(|delta| {
                    increment_density(p, (t, x + delta), delta, h) * density(x + delta)
                })
            })
        }),
        Slip::new("the clock of the end of the step", |_| {
            increments(|p, density, (t, x), h, line| {
                step_by_increments(p, density, (t + h, x), h, line)
            })
        }),
    ],
);
