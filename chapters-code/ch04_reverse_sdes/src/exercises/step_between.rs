//! Exercise 4.5: the exact step from one time to another.

use super::draws::{Plan, between, miss};
use super::{UNFINISHED, Work};
use crate::schedules::{Beta, Interval, NoiseSchedule, Straight, SubVariancePreserving};
use ch01_flows::{Rk4, integrate};
use dynamics::{Stream, TimeGrid};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "step-between",
    number: "4.5",
    title: "From any time to any later one",
    points: 2,
    minutes: 10,
    task: "Write `step_between`: given $X_u$, the law of $X_t$ at a later time $t$ is normal. Its mean is which multiple of $X_u$, \
           and what is its deviation? Both times are given by their $(\\alpha,\\sigma)$.",
    hint: "Write $X_u=\\alpha_uX_0+\\sigma_u\\varepsilon$. Which factor takes the data to where they shall be? It takes the noise with \
           it; how much variance is then missing?",
    formula: "rev-affine-variance",
    check,
    slips: &[
        Known {
            name: "the noise not faded",
            says: "σ_t² − σ_u² is right where nothing fades: the noise of the earlier time is multiplied by the factor too",
            work: Work {
                step_between: |(a, s), (b, u)| (b / a, (u * u - s * s).sqrt()),
                ..UNFINISHED
            },
        },
        Known {
            name: "the variance faded by the factor",
            says: "the earlier variance is multiplied by the factor: it takes its square",
            work: Work {
                step_between: |(a, s), (b, u)| (b / a, (u * u - b / a * s * s).sqrt()),
                ..UNFINISHED
            },
        },
        Known {
            name: "from the data",
            says: "this is the kernel from the data: some of the way has been gone already, and the noise of it is there",
            work: Work { step_between: |_, later| later, ..UNFINISHED },
        },
        Known {
            name: "a variance for the deviation",
            says: "the second number is the variance: its root was asked for",
            work: Work {
                step_between: |(a, s), (b, u)| (b / a, u * u - (b / a * s).powi(2)),
                ..UNFINISHED
            },
        },
        Known {
            name: "deviations subtracted",
            says: "deviations are subtracted: old and new noise are independent, and it is their variances that add up",
            work: Work {
                step_between: |(a, s), (b, u)| (b / a, u - b / a * s),
                ..UNFINISHED
            },
        },
        Known {
            name: "as if variance were preserved",
            says: "√(1 − factor²) belongs to schedules with α² + σ² = 1, and this one is not of them",
            work: Work {
                step_between: |(a, _), (b, _)| (b / a, (1.0 - (b / a).powi(2)).sqrt()),
                ..UNFINISHED
            },
        },
        Known {
            name: "factors subtracted",
            says: "the factor is 1 minus what α has lost: the data are multiplied again and again, and the factor is a ratio",
            work: Work {
                step_between: |(a, s), (b, u)| {
                    let factor = 1.0 - (a - b);
                    (factor, (u * u - (factor * s).powi(2)).sqrt())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "all the noise of the later time",
            says: "the deviation is that of all noise so far: a part of it is in the earlier place already",
            work: Work { step_between: |(a, _), (b, u)| (b / a, u), ..UNFINISHED },
        },
    ],
};

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "step-between").generator();
    let step = work.step_between;
    let interval = Interval { start: 1e-3, end: 0.98 };
    let (s, t) = (between(draws, 0.2, 0.4), between(draws, 0.6, 0.8));

    // What the equation does from s to t: κ̇ = aκ and V̇ = 2aV + g², from 1 and 0.
    fn carried(schedule: &impl NoiseSchedule, s: f64, t: f64) -> (f64, f64) {
        let field = |t: f64, (factor, v): &(f64, f64)| {
            let a = schedule.rate(t);
            (a * factor, 2.0 * a * v + schedule.noise_rate(t))
        };
        let (factor, v) = integrate(&Rk4, &field, TimeGrid::new(s, t, 400), (1.0, 0.0));
        (factor, v.sqrt())
    }
    fn ends(schedule: &impl NoiseSchedule, s: f64, t: f64) -> [(f64, f64); 2] {
        [s, t].map(|t| (schedule.alpha(t), schedule.sigma(t)))
    }
    let beta = Beta { start: between(draws, 0.2, 0.5), end: between(draws, 2.0, 3.0) };
    let sub = SubVariancePreserving { beta, interval };
    let straight = Straight { interval };
    let from_equation =
        |name: &str, expected: (f64, f64), [early, late]: [(f64, f64); 2]| {
            let (factor, deviation) = step(early, late);
            let because = "400 steps of order 4";
            [("factor", factor, expected.0), ("deviation", deviation, expected.1)].map(
                |(what, found, expected)| {
                    Evidence::at_most(
                        format!("{name}, {what} against that of its equation, miss"),
                        miss(found, expected),
                        1e-8,
                        because,
                    )
                },
            )
        };

    // Two steps are one, by chapter 3.
    let plan = Plan::draw(draws);
    let [early, middle, late] = [s, 0.5, t].map(|t| (plan.alpha(t), plan.sigma(t)));
    let (first, second) = (step(early, middle), step(middle, late));
    let at_once = step(early, late);
    let variance = (second.0 * first.1).powi(2) + second.1.powi(2);
    let mut evidence = Vec::new();
    evidence.extend(from_equation("sub-VP noise", carried(&sub, s, t), ends(&sub, s, t)));
    evidence.extend(from_equation(
        "straight path",
        carried(&straight, s, t),
        ends(&straight, s, t),
    ));
    evidence.push(Evidence::at_most(
        "two steps and one, miss",
        miss(second.0 * first.0, at_once.0) + miss(variance, at_once.1.powi(2)),
        1e-13,
        "rounding of numbers of order one",
    ));
    evidence
}
