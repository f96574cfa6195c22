//! Exercise 4.4: the score of noised heaps.

use super::draws::{between, either_sign, miss};
use super::{Heaps, UNFINISHED, Work};
use ch01_flows::quadrature::trapezoid;
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use statrs::distribution::{Continuous, Normal};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "noised-score",
    number: "4.4",
    title: "The score of noised heaps",
    points: 3,
    minutes: 20,
    task: "Write `noised_score`: the score at $x$ of $\\alpha X_0+\\sigma\\varepsilon$, where $X_0$ is drawn from a mixture of \
           normal laws on the line. It must not fail far out, where every density is too small for a number.",
    hint: "Each heap stays a heap: find its centre and its variance, then the shares. Shares are ratios: subtract the \
           largest of the exponents from all of them before you take `exp`.",
    formula: "rev-mixture-marginal",
    check,
    slips: &[
        Known {
            name: "constant shares",
            says: "the heaps are averaged with their weights: each counts by its share γ at x, which changes from place to \
                   place",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    let pull = |&(w, m, d): &(f64, f64, f64)| {
                        w * (al * m - x) / (al * al * d * d + s * s)
                    };
                    heaps.iter().map(pull).sum()
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "shares without weights",
            says: "the shares have lost the weights of the heaps",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    score(heaps, x, |(_, m, d)| (1.0, al * m, al * al * d * d + s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "shares from exponentials alone",
            says: "the shares have lost 1/√variance: a narrow heap is as much higher",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    score(heaps, x, |(w, m, d)| {
                        let v = al * al * d * d + s * s;
                        (w * v.sqrt(), al * m, v)
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "deviations added",
            says: "the deviations of heap and noise are added: they are independent, and their variances add up",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    score(heaps, x, |(w, m, d)| (w, al * m, (al * d + s).powi(2)))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "heaps of their old width",
            says: "the heap is as wide as at the start: the factor α shrinks it, its variance by α²",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    score(heaps, x, |(w, m, d)| (w, al * m, d * d + s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "α in place of α²",
            says: "the variance of a heap is multiplied by α: a factor of a number is squared in its variance",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    score(heaps, x, |(w, m, d)| (w, al * m, al * d * d + s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "heaps at their old places",
            says: "the centres are where they were at the start: the factor α moves them too",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    score(heaps, x, |(w, m, d)| (w, m, al * al * d * d + s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a deviation for a variance",
            says: "the third number of a heap is its deviation, and is used as its variance",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    score(heaps, x, |(w, m, d)| (w, al * m, al * al * d + s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "downhill",
            says: "the sign is turned: the score points to where the density is larger",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    -score(heaps, x, |(w, m, d)| (w, al * m, al * al * d * d + s * s))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "densities too small for a number",
            says: "far out each density is rounded to 0 and 0/0 is no number, or an exponential is too large for \
                   one: subtract the largest exponent first",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    let (mut total, mut sum) = (0.0, 0.0);
                    for (w, m, d) in heaps {
                        let v = al * al * d * d + s * s;
                        let density =
                            w * (-0.5 * (x - al * m).powi(2) / v).exp() / v.sqrt();
                        total += density;
                        sum += density * (al * m - x) / v;
                    }
                    sum / total
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "not divided by the density",
            says: "the slopes are added up and not divided: the shares add up to 1",
            work: Work {
                noised_score: |heaps, al, s, x| {
                    let slope = |&(w, m, d): &(f64, f64, f64)| {
                        let v = al * al * d * d + s * s;
                        let density =
                            Normal::new(al * m, v.sqrt()).map_or(0.0, |n| n.pdf(x));
                        w * density * (al * m - x) / v
                    };
                    heaps.iter().map(slope).sum()
                },
                ..UNFINISHED
            },
        },
    ],
};

/// The score at x of the mixture whose heaps have these weights, centres and variances.
fn score(heaps: Heaps, x: f64, of: impl Fn((f64, f64, f64)) -> (f64, f64, f64)) -> f64 {
    let heap = |&heap: &(f64, f64, f64)| {
        let (w, m, v) = of(heap);
        (w.ln() - 0.5 * v.ln() - 0.5 * (x - m).powi(2) / v, (m - x) / v)
    };
    let parts: Vec<_> = heaps.iter().map(heap).collect();
    let largest = parts.iter().fold(f64::NEG_INFINITY, |l, part| l.max(part.0));
    let shares = parts.iter().map(|(log, pull)| ((log - largest).exp(), pull));
    let (total, sum) =
        shares.fold((0.0, 0.0), |(total, sum), (w, pull)| (total + w, sum + w * pull));
    sum / total
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "noised-score").generator();
    let share = between(draws, 0.2, 0.4);
    let heaps = [
        (share, -between(draws, 1.2, 1.8), between(draws, 0.3, 0.5)),
        (0.5, between(draws, 0.3, 0.8), between(draws, 0.6, 0.8)),
        (0.5 - share, between(draws, 1.6, 2.2), between(draws, 1.2, 1.4)),
    ];
    let (alpha, sigma) = (between(draws, 0.5, 0.8), between(draws, 0.3, 0.7));
    let found = |x: f64| (work.noised_score)(&heaps, alpha, sigma, x);

    // One point of data after the other: the density at x and its slope are integrals over
    // the data. The trapezoidal rule is exact to rounding for such functions, and ±18 is ten
    // deviations and more.
    let normal = |m: f64, d: f64| Normal::new(m, d).expect("a deviation above 0");
    let data = heaps.map(|(w, m, d)| (w, normal(m, d)));
    let noise = normal(0.0, sigma);
    let blurred = |x: f64, k: i32| {
        let at = |y: f64| {
            let from = x - alpha * y;
            let density: f64 = data.iter().map(|(w, heap)| w * heap.pdf(y)).sum();
            density * noise.pdf(from) * (-from / (sigma * sigma)).powi(k)
        };
        trapezoid(at, -18.0, 18.0, 1200)
    };
    let expected = |x: f64| blurred(x, 1) / blurred(x, 0);
    let places = [
        (-1.3, "among the heaps on the left"),
        (0.2, "in the middle"),
        (1.7, "on the right"),
    ];
    let mut evidence: Vec<_> = places
        .map(|(x, what)| {
            let x = x + between(draws, -0.2, 0.2);
            Evidence::at_most(
                format!("score {what}, against an integral over the data, miss"),
                miss(found(x), expected(x)),
                1e-11,
                "rounding: the quadrature is exact for normal densities",
            )
        })
        .into();
    // Far out nothing is left but the widest heap, the last.
    let (_, m, d) = heaps[2];
    let far = either_sign(draws, 90.0, 120.0);
    let alone = (alpha * m - far) / (alpha * alpha * d * d + sigma * sigma);
    let ratio = found(far) / alone;
    evidence.push(if ratio.is_finite() {
        Evidence::at_most(
            "score at a distance of a hundred, against the widest heap alone, relative miss",
            miss(ratio, 1.0),
            1e-12,
            "rounding",
        )
    } else {
        Evidence::at_most(
            "scores at a distance of a hundred that are no number",
            1.0,
            0.0,
            "the widest heap has a share of 1 there",
        )
    });
    evidence
}
