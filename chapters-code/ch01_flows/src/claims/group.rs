//! The flow as a family of maps: composition, reversal, and what a field without a
//! clock cannot do.

use super::draws::{largest, relative, uniform};
use crate::fields::{Growth, Logistic, Network, Swing, Tide};
use crate::orders::{halvings, slope};
use crate::reversal::Reversed;
use crate::{DormandPrince, Rk4, Tolerance, integrate, integrate_adaptive};
use dynamics::{Point, Stream, TimeGrid, VectorField};
use evidence::{Claim, Evidence, Slip};
use num_dual::Dual64;

/// ψ_{r,t}(x) as a function of r, t and x.
type Between = fn(f64, f64, f64) -> f64;

/// `flow-semigroup`.
pub const SEMIGROUP: Claim = Claim::new(
    "flow-semigroup",
    "two legs of a journey make the whole; only without a clock does duration alone count",
    |seed| semigroup(|r, t, x| Growth.flow_between(r, t, x), 0.9, seed),
    &[
        Slip::new("duration alone, for a field with a clock", |seed| {
            semigroup(|r, t, x| Growth.flow(t - r, x), 0.9, seed)
        }),
        Slip::new("the clock restarted for the second leg", |seed| {
            semigroup(|r, t, x| Growth.flow_between(r, t, x), 0.0, seed)
        }),
    ],
);

/// Composition of `growth` and of the logistic flow; composition of Runge–Kutta runs
/// whose second leg reads its clock from `second` on.
fn semigroup(growth: Between, second: f64, seed: u64) -> Vec<Evidence> {
    let points =
        uniform(seed, "flow-semigroup", 50, [0.0..1.0, 1.0..2.0, 2.0..3.0, 0.2..2.0]);
    let compose = |flow: Between| {
        largest(points.iter().map(|&[r, t, end, x]| {
            relative(flow(t, end, flow(r, t, x)), flow(r, end, x))
        }))
    };
    // Steps of three lengths: equal ones would repeat the same arithmetic.
    let difference = |&n: &usize| {
        let leg =
            |start, end, n, x| integrate(&Rk4, &Growth, TimeGrid::new(start, end, n), x);
        let whole = leg(0.2, 2.0, n, 1.3);
        let halfway = leg(0.2, 0.9, 2 * n, 1.3);
        (1.0 / n as f64, (leg(second, second + 1.1, n, halfway) - whole).abs())
    };
    let errors: Vec<_> = halvings(4, 8).iter().map(difference).collect();
    vec![
        Evidence::at_most(
            "ψ_{t,T} ∘ ψ_{r,t} against ψ_{r,T} for u = x cos t, largest relative difference",
            compose(growth),
            1e-13,
            "rounding: exponents up to 2 of relative error 1e-15",
        ),
        Evidence::at_most(
            "the same for u = x(1 − x), whose flow takes the duration t − r",
            compose(|r, t, x| Logistic.flow(t - r, x)),
            1e-13,
            "rounding of ten operations",
        ),
        Evidence::order(
            "difference of one run and two, Runge–Kutta",
            slope(&errors),
            4.0,
            0.05,
            "order 4; 16 to 256 steps, errors between 1e-6 and 1e-11, far above rounding",
        ),
    ]
}

/// `flow-time-reversal`.
pub const TIME_REVERSAL: Claim = Claim::new(
    "flow-time-reversal",
    "the film run backwards follows the reversed field with the clock reversed",
    |seed| {
        time_reversal(
            Reversed { field: Swing, end: END },
            Reversed { field: Growth, end: END },
            seed,
        )
    },
    &[
        Slip::new("sign reversed, clock not", |seed| {
            let swing = |tau: f64, y: &f64| -Swing.at(tau, *y);
            let growth = |tau: f64, y: &f64| -Growth.at(tau, *y);
            time_reversal(swing, growth, seed)
        }),
        Slip::new("clock reversed, sign not", |seed| {
            let swing = |tau: f64, y: &f64| Swing.at(END - tau, *y);
            let growth = |tau: f64, y: &f64| Growth.at(END - tau, *y);
            time_reversal(swing, growth, seed)
        }),
    ],
);

/// The end of the film.
const END: f64 = 1.7;

/// `swing` should undo the field sin x + cos t, `growth` the flow of x cos t.
fn time_reversal(
    swing: impl VectorField<f64>,
    growth: impl VectorField<f64>,
    seed: u64,
) -> Vec<Evidence> {
    let points = uniform(seed, "flow-time-reversal", 50, [0.0..END, 0.2..2.0]);
    let motion = points.iter().map(|&[tau, x0]| {
        let y = Growth.flow(-Dual64::new(tau, 1.0) + END, Dual64::from(x0));
        relative(y.eps, growth.velocity(tau, &y.re))
    });
    let inverse = points.iter().map(|&[t, x]| {
        relative(Growth.flow_between(t, 0.3, Growth.flow_between(0.3, t, x)), x)
    });
    let returned = |&n: &usize| {
        let grid = TimeGrid::new(0.0, END, n);
        let there = integrate(&Rk4, &Swing, grid, 0.4);
        (grid.h(), (integrate(&Rk4, &swing, grid, there) - 0.4).abs())
    };
    let errors: Vec<_> = halvings(4, 8).iter().map(returned).collect();
    vec![
        Evidence::at_most(
            "τ ↦ X_{T−τ} in the reversed equation, largest relative residual",
            largest(motion),
            1e-12,
            "rounding of T − τ, magnified where cos passes through 0",
        ),
        Evidence::at_most(
            "there and back by the flow of x cos t, largest relative difference",
            largest(inverse),
            1e-14,
            "rounding of two exponentials",
        ),
        Evidence::order(
            "there and back by Runge–Kutta",
            slope(&errors),
            5.0,
            0.05,
            "one more than the order 4 of the method, since errors of even power cancel; \
             16 to 256 steps",
        ),
    ]
}

/// `flow-autonomous-limit`.
pub const AUTONOMOUS_LIMIT: Claim = Claim::new(
    "flow-autonomous-limit",
    "a field without a clock repeats itself; a tide does not, so no such network is its field",
    |seed| {
        autonomous_limit(Network::<2>::random, |r, t, x| Tide.flow_between(r, t, x), seed)
    },
    &[
        Slip::new("a network with a clock", |seed| {
            let tide: Between = |r, t, x| Tide.flow_between(r, t, x);
            autonomous_limit(Network::<3>::random, tide, seed)
        }),
        Slip::printed("a field without a clock for the tide", "E000-06", |seed| {
            // The tide's field as it is at time 0, for ever.
            let tide: Between = |r, t, x| x + Tide.at(0.0, x) * (t - r);
            autonomous_limit(Network::<2>::random, tide, seed)
        }),
        Slip::new("the tide at half its pace", |seed| {
            let tide: Between = |r, t, x| Tide.flow_between(r / 2.0, t / 2.0, x);
            autonomous_limit(Network::<2>::random, tide, seed)
        }),
    ],
);

/// ψ_{1/2} against ψ_{1/4} ∘ ψ_{1/4}, for five networks and for the tide.
fn autonomous_limit<F: VectorField<Point<2>>>(
    network: fn(&mut dynamics::Generator) -> F,
    tide: Between,
    seed: u64,
) -> Vec<Evidence> {
    let defects = (0..5).map(|k| {
        let mut generator = Stream::new(seed, "flow-autonomous-limit").chunk(k);
        let (field, x0) =
            (network(&mut generator), crate::experiments::start(&mut generator));
        let tolerance = Tolerance::both(1e-13);
        let flow = |t, x| {
            let run = integrate_adaptive(&DormandPrince, &field, 0.0, t, x, tolerance);
            run.map_or(Point::<2>::repeat(f64::NAN), |run| run.x)
        };
        (flow(0.25, flow(0.25, x0)) - flow(0.5, x0)).norm()
    });
    let quarter = |x| tide(0.0, 0.25, x);
    let repeated = quarter(quarter(0.6)) - tide(0.0, 0.5, 0.6);
    vec![
        Evidence::at_most(
            "half a unit of time against twice a quarter, five random networks",
            largest(defects),
            1e-10,
            "a hundred adaptive steps with errors of 1e-13 each, grown by less than e",
        ),
        Evidence::at_most(
            "distance of the tide's defect from 2",
            (repeated - 2.0).abs(),
            1e-14,
            "rounding of 2πt and of four sines",
        ),
    ]
}
