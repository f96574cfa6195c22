//! Exercise 4.6: a sampler without noise.

use super::draws::{Plan, between, covariance, inverse, miss_of_point, point};
use super::{OfTime, Score, UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::Matrix2;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "flow-sampler",
    number: "4.6",
    title: "A sampler without noise",
    points: 4,
    minutes: 25,
    task: "Write `flow_sampler`: from $x$ at the time $T$, follow the probability flow of $dX=aX\\,dt+g\\,dW$ back to $t_{\\min}$, in \
           $n$ equal steps of Heun's method. The step is chapter 1's; here it goes down in time.",
    hint: "First write the velocity as a function of time and place, by the forward clock. A step back is a step of length \
           $-h$. The second velocity is that of the trial place, at the time where the trial arrives.",
    formula: "rev-probability-flow",
    check,
    slips: &[
        Known {
            name: "the whole score",
            says: "the score has lost its ½: the whole score needs the noise of the reverse SDE beside it",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    heun(&|t, x| a(t) * x - g(t).powi(2) * s(t, x), low, end, n, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "Euler's step",
            says: "these are steps of Euler: the second velocity is missing",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    let (v, h) = (flow(a, g, s), (end - low) / n as f64);
                    (0..n).fold(*x, |x, k| x - v(end - h * k as f64, &x) * h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "steps forwards",
            says: "time goes down and the particle goes on as if it went up: a step back subtracts h times the velocity",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    let v = flow(a, g, s);
                    heun(&|t, x| -v(t, x), low, end, n, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the second velocity at the old time",
            says: "the second velocity is asked at the time of the first: the trial place belongs to t − h",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    let (v, h) = (flow(a, g, s), (end - low) / n as f64);
                    (0..n).fold(*x, |x, k| {
                        let t = end - h * k as f64;
                        let first = v(t, &x);
                        x - (first + v(t, &(x - first * h))) * (0.5 * h)
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a plus before the score",
            says: "the score has a plus: by the forward clock the flow leaves the crowd, and its sign is minus",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    let v =
                        |t: f64, x: &Point<2>| a(t) * x + 0.5 * g(t).powi(2) * s(t, x);
                    heun(&v, low, end, n, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "g in place of g²",
            says: "the score is multiplied by ½g: it is ½g²",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    heun(&|t, x| a(t) * x - 0.5 * g(t) * s(t, x), low, end, n, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "one step too few",
            says: "the last step is missing: n steps lead to t_min, and n − 1 stop before it",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    let h = (end - low) / n as f64;
                    heun(&flow(a, g, s), low + h, end, n - 1, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "down to zero",
            says: "the steps go down to t = 0, where the score of a point is infinite: the way ends at t_min",
            work: Work {
                flow_sampler: |a, g, s, _, end, n, x| {
                    heun(&flow(a, g, s), 0.0, end, n, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the drift left out",
            says: "the drift aX is missing: the flow has to undo the fading as well as the noise",
            work: Work {
                flow_sampler: |_, g, s, low, end, n, x| {
                    heun(&|t, x| -0.5 * g(t).powi(2) * s(t, x), low, end, n, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the clock of the way back",
            says: "the score is asked at T − t: it was made for the forward clock, and begins at T",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    let v = |t: f64, x: &Point<2>| {
                        a(t) * x - 0.5 * g(t).powi(2) * s(end - t, x)
                    };
                    heun(&v, low, end, n, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "times from t_min up",
            says: "the times go up from t_min while the particle goes down from T: a step begins at T − kh",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    let v = flow(a, g, s);
                    heun(&|t, x| v(low + end - t, x), low, end, n, x)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the second velocity at the old place",
            says: "the second velocity is asked at the old place: it belongs to the trial place, where the first one leads",
            work: Work {
                flow_sampler: |a, g, s, low, end, n, x| {
                    let (v, h) = (flow(a, g, s), (end - low) / n as f64);
                    (0..n).fold(*x, |x, k| {
                        let t = end - h * k as f64;
                        x - (v(t, &x) + v(t - h, &x)) * (0.5 * h)
                    })
                },
                ..UNFINISHED
            },
        },
    ],
};

/// aX − ½ g² s.
fn flow<'a>(
    a: OfTime<'a>,
    g: OfTime<'a>,
    s: Score<'a>,
) -> impl Fn(f64, &Point<2>) -> Point<2> + use<'a> {
    move |t, x| a(t) * x - 0.5 * g(t).powi(2) * s(t, x)
}

/// Steps of Heun down from `end` to `low`.
fn heun(velocity: Score, low: f64, end: f64, n: usize, x: &Point<2>) -> Point<2> {
    let h = (end - low) / n as f64;
    (0..n).fold(*x, |x, k| {
        let t = end - h * k as f64;
        let first = velocity(t, &x);
        x - (first + velocity(t - h, &(x - first * h))) * (0.5 * h)
    })
}

/// The root of a covariance.
fn root(c: &Matrix2<f64>) -> Matrix2<f64> {
    let parts = c.symmetric_eigen();
    let turn = parts.eigenvectors;
    turn * Matrix2::from_diagonal(&parts.eigenvalues.map(f64::sqrt)) * turn.transpose()
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "flow-sampler").generator();
    let run = work.flow_sampler;
    let (low, end) = (between(draws, 0.2, 0.4), between(draws, 1.1, 1.4));
    let (long, x) = (end - low, point(draws));

    // Everything constant and the score affine: a step of Heun multiplies the distance from
    // the place at rest by 1 − hM + ½h²M².
    let (a, g) = (between(draws, 0.2, 0.5), between(draws, 0.6, 0.9));
    let (p, m) = (covariance(draws) * 0.5, point(draws));
    let slope = Matrix2::identity() * a + p * (0.5 * g * g);
    let rest = slope.try_inverse().expect("all its eigenvalues are above 0")
        * (p * m * (0.5 * g * g));
    let steps = 3;
    let h = long / steps as f64;
    let factor = Matrix2::identity() - slope * h + slope * slope * (0.5 * h * h);
    let affine = run(&|_| a, &|_| g, &|_, x| p * (m - x), low, end, steps, &x);
    let expected = rest + factor * factor * factor * (x - rest);

    // A velocity of time alone: Heun's method is the trapezoidal rule, which takes too much
    // of ∫t² by h²/6 for each unit of time.
    let (k, pull) = (between(draws, 0.6, 0.9), point(draws));
    let timed = run(&|_| 0.0, &|t| k * t, &|_, _| pull, low, end, steps, &x);
    let integral = (end.powi(3) - low.powi(3)) / 3.0 + long * h * h / 6.0;
    let moved = x + pull * (0.5 * k * k * integral);

    // Normal data: the flow takes a point to the same number of deviations from the mean.
    let plan = Plan::draw(draws);
    let (centre, c) = (point(draws), covariance(draws) * 0.5);
    let score = |t: f64, x: &Point<2>| {
        let (mean, v) = plan.noised(t, &centre, &c);
        inverse(&v) * (mean - x)
    };
    let normal = |n: usize| run(&|t| plan.a(t), &|t| plan.g(t), &score, low, end, n, &x);
    let ([mean, mean_low], [v, v_low]) = {
        let (from, to) = (plan.noised(end, &centre, &c), plan.noised(low, &centre, &c));
        ([from.0, to.0], [from.1, to.1])
    };
    let arrives = mean_low + root(&v_low) * inverse(&root(&v)) * (x - mean);
    let limit = (normal(200) * 4.0 - normal(100)) / 3.0;
    vec![
        Evidence::at_most(
            "constant coefficients, 3 steps against a power of Heun's factor, miss",
            miss_of_point(&affine, &expected),
            1e-12,
            "rounding, and an inverse of condition below 100",
        ),
        Evidence::at_most(
            "a velocity of time alone, 3 steps against the trapezoidal rule, miss",
            miss_of_point(&timed, &moved),
            1e-13,
            "rounding of numbers of order one",
        ),
        Evidence::at_most(
            "normal data, where 100 and 200 steps point, against the quantile kept, miss",
            miss_of_point(&limit, &arrives),
            1e-5,
            "the error of order 2 is taken out, that of order 3 is left",
        ),
    ]
}
