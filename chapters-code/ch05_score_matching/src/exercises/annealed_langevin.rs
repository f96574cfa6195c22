//! Exercise 5.9: down a staircase of noise.

use super::draws::{between, misses, point};
use super::{Points, Score, UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "annealed-langevin",
    number: "5.9",
    title: "Down a staircase of noise",
    points: 3,
    minutes: 15,
    task: "Write `annealed_langevin`: from a start, go through the levels $\\sigma$ in the order given, with the same number of steps of \
           Langevin at each. The length of a step, this section's $\\eta$, is $r\\,\\sigma^2$. The normal draws are handed to you, one for each step.",
    hint: "Two loops, and one step in the middle. Which draw belongs to step $k$ of level $i$?",
    formula: "sm-annealed-langevin",
    check,
    slips: &[
        Known {
            name: "the whole score",
            says: "the score is multiplied by η: with noise of variance η it is ½η",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| {
                        x + eta(r, l) * s(l, x) + eta(r, l).sqrt() * z
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "noise of twice the variance",
            says: "the noise is √(2η)z: √2η goes with η times the score, and √η with ½η",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| {
                        x + 0.5 * eta(r, l) * s(l, x) + (2.0 * eta(r, l)).sqrt() * z
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "noise without its root",
            says: "the noise is ηz: a variance of η is a deviation of √η",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| {
                        x + 0.5 * eta(r, l) * s(l, x) + eta(r, l) * z
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "σ for its square",
            says: "a step has the length rσ: it is rσ², the square of a width",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| {
                        x + 0.5 * r * l * s(l, x) + (r * l).sqrt() * z
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "one length for all levels",
            says: "all steps have the length of the lowest level: where there is much noise they are far too short",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let h = eta(r, levels[levels.len() - 1]);
                    walk(levels, n, z, x, |l, x, z| x + 0.5 * h * s(l, x) + h.sqrt() * z)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "measured in lowest levels",
            says: "the length of a step is divided by the square of the lowest level: r is a share of σ² already",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let r = r / levels[levels.len() - 1].powi(2);
                    walk(levels, n, z, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the score of the lowest level",
            says: "the score is asked at the lowest level all the time: at a level σ it is that of data with the noise σ",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let low = levels[levels.len() - 1];
                    walk(levels, n, z, x, |l, x, z| {
                        x + 0.5 * eta(r, l) * s(low, x) + eta(r, l).sqrt() * z
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "up the staircase",
            says: "the levels are taken from the last to the first: noise has to fall, or the end is noise",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let upwards: Vec<_> = levels.iter().rev().copied().collect();
                    walk(&upwards, n, z, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "no noise",
            says: "the noise is missing: without it every chain ends on a peak",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, _| x + 0.5 * eta(r, l) * s(l, x))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the same draws at every level",
            says: "every level begins again with the first draw: each step has a draw of its own",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let again: Vec<_> =
                        levels.iter().flat_map(|_| z[..n].to_vec()).collect();
                    walk(levels, n, &again, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "twice the length",
            says: "the step is η times the score and √(2η) times the draw, as in chapter 3: the η of this chapter is twice that one, and goes with ½η and √η",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| right(s, 2.0 * r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "noise without r",
            says: "the noise is σz: its variance is η, which is rσ²",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| x + 0.5 * eta(r, l) * s(l, x) + l * z)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "noise of variance one",
            says: "the noise is z as it was handed over: its variance should be η",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| x + 0.5 * eta(r, l) * s(l, x) + z)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "r without its root in the noise",
            says: "the noise is rσz: a variance of rσ² is a deviation of √r σ",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| {
                        x + 0.5 * eta(r, l) * s(l, x) + r * l * z
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "r for the length",
            says: "all steps have the length r: it is rσ², longer where there is more noise",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| x + 0.5 * r * s(l, x) + r.sqrt() * z)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "r squared",
            says: "a step has the length r²σ²: only σ is squared",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| right(s, r * r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the length of the first level",
            says: "all steps have the length of the first level: where there is little noise they are far too long",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let h = eta(r, levels[0]);
                    walk(levels, n, z, x, |l, x, z| x + 0.5 * h * s(l, x) + h.sqrt() * z)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the score at σ²",
            says: "the score is asked at σ²: it takes the level σ",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| {
                        x + 0.5 * eta(r, l) * s(l * l, x) + eta(r, l).sqrt() * z
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "down the density",
            says: "the score is subtracted: it points to where the data are, and so goes the step",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| {
                        x - 0.5 * eta(r, l) * s(l, x) + eta(r, l).sqrt() * z
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "noise before the score",
            says: "the noise is added first, and the score asked where it has led: both belong to the place at which the step begins",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(levels, n, z, x, |l, x, z| {
                        let moved = x + eta(r, l).sqrt() * z;
                        moved + 0.5 * eta(r, l) * s(l, &moved)
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "one score for a level",
            says: "the score is asked once for each level: each step asks where it is",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let mut x = *x;
                    for (i, &l) in levels.iter().enumerate() {
                        let pull = 0.5 * eta(r, l) * s(l, &x);
                        for k in 0..n {
                            x += pull + eta(r, l).sqrt() * z[i * n + k];
                        }
                    }
                    x
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "draws level by level",
            says: "the draws are taken as if level were the inner loop: step k of level i has draw k and i times the number of steps",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let other: Vec<_> =
                        (0..z.len()).map(|k| z[k % n * levels.len() + k / n]).collect();
                    walk(levels, n, &other, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "one draw for a level",
            says: "all steps of a level have one draw: each step has a draw of its own",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let other: Vec<_> = (0..z.len()).map(|k| z[k / n]).collect();
                    walk(levels, n, &other, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "one draw for all",
            says: "all steps have the first draw: each step has a draw of its own",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let other: Vec<_> = vec![z[0]; z.len()];
                    walk(levels, n, &other, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "draws that overlap",
            says: "step k of level i has draw i + k: i has to be multiplied by the number of steps",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let other: Vec<_> = (0..z.len()).map(|k| z[k / n + k % n]).collect();
                    walk(levels, n, &other, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "loops in the other order",
            says: "the levels are gone through again and again, a step at each: all steps at one level come before the next",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let rounds: Vec<_> = (0..n).flat_map(|_| levels.to_vec()).collect();
                    walk(&rounds, 1, z, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "each level from the start",
            says: "each level begins at the start again: it begins where the level before has ended",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let k = levels.len() - 1;
                    walk(&levels[k..], n, &z[k * n..], x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "no noise in the last step",
            says: "the last step has no noise: a step of Langevin has noise, the last one too",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let mut quiet = z.to_vec();
                    quiet[z.len() - 1] = Point::<2>::zeros();
                    walk(levels, n, &quiet, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "no noise in the last step of a level",
            says: "the last step of each level has no noise: every step of Langevin has",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    let mut quiet = z.to_vec();
                    quiet.iter_mut().skip(n - 1).step_by(n).for_each(|z| *z *= 0.0);
                    walk(levels, n, &quiet, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "one step at each level",
            says: "there is one step at each level: `steps` of them were asked for",
            work: Work {
                annealed_langevin: |s, levels, _, r, z, x| {
                    walk(levels, 1, z, x, |l, x, z| right(s, r, l, x, z))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the last level left out",
            says: "the last level is missing: the loop ends one level too early",
            work: Work {
                annealed_langevin: |s, levels, n, r, z, x| {
                    walk(&levels[..levels.len() - 1], n, z, x, |l, x, z| {
                        right(s, r, l, x, z)
                    })
                },
                ..UNFINISHED
            },
        },
    ],
};

/// r σ².
fn eta(r: f64, sigma: f64) -> f64 {
    r * sigma * sigma
}

/// A step as it should be.
fn right(s: Score, r: f64, sigma: f64, x: &Point<2>, z: &Point<2>) -> Point<2> {
    x + 0.5 * eta(r, sigma) * s(sigma, x) + eta(r, sigma).sqrt() * z
}

/// All steps at all levels.
fn walk(
    levels: &[f64],
    steps: usize,
    noise: Points,
    start: &Point<2>,
    step: impl Fn(f64, &Point<2>, &Point<2>) -> Point<2>,
) -> Point<2> {
    let every = levels.iter().flat_map(|&level| std::iter::repeat_n(level, steps));
    every.zip(noise).fold(*start, |x, (level, z)| step(level, &x, z))
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "annealed-langevin").generator();
    let mut levels = vec![between(draws, 1.7, 2.1)];
    for _ in 0..2 {
        let last = levels[levels.len() - 1];
        levels.push(last * between(draws, 0.5, 0.7));
    }
    let (steps, ratio) = (4, between(draws, 0.2, 0.35));
    let noise: Vec<_> = (0..levels.len() * steps).map(|_| point(draws)).collect();
    let (start, m) = (point(draws), point(draws));
    let (deviation, tilt) = (between(draws, 0.4, 0.7), between(draws, 0.3, 0.6));
    let run = |score: Score| {
        (work.annealed_langevin)(score, &levels, steps, ratio, &noise, &start)
    };
    // Which level step k belongs to.
    let sigma = |k: usize| levels[k / steps];
    let count = noise.len();

    // No score: a sum of independent steps.
    let still = run(&|_, _| Point::<2>::zeros());
    let wandered: Point<2> =
        (0..count).map(|k| noise[k] * (ratio.sqrt() * sigma(k))).sum();

    // A pull that is the same everywhere, but not at every level.
    let pull = |sigma: f64| Point::<2>::new(1.0 + sigma, 1.0 / sigma);
    let pulled = run(&|sigma, _| pull(sigma)) - still;
    let moved: Point<2> =
        (0..count).map(|k| pull(sigma(k)) * (0.5 * ratio * sigma(k) * sigma(k))).sum();

    // The score of a normal law with noise, and a turn about its mean: a step is multiplied
    // by every factor that comes after it. As complex numbers, factors have any order.
    let spread = |sigma: f64| deviation.powi(2) + sigma * sigma;
    let turning = |sigma: f64, x: &Point<2>| {
        let y = m - x;
        Point::<2>::new(y[0] - tilt * y[1], y[1] + tilt * y[0]) / spread(sigma)
    };
    let times = |(a, b): (f64, f64), y: Point<2>| {
        Point::<2>::new(a * y[0] - b * y[1], a * y[1] + b * y[0])
    };
    let after = |from: usize, y: Point<2>| {
        (from..count).fold(y, |y, k| {
            let share = 0.5 * ratio * sigma(k) * sigma(k) / spread(sigma(k));
            times((1.0 - share, -share * tilt), y)
        })
    };
    let arrived: Point<2> = m
        + after(0, start - m)
        + (0..count)
            .map(|k| after(k + 1, noise[k] * (ratio.sqrt() * sigma(k))))
            .sum::<Point<2>>();
    let because = "rounding of sums of twelve numbers of order ten";
    vec![
        Evidence::at_most(
            "no score: the end, against the sum of all noise, miss",
            misses(&still, &(start + wandered)),
            1e-12,
            because,
        ),
        Evidence::at_most(
            "a pull that depends on the level alone: how far it moves, miss",
            misses(&pulled, &moved),
            1e-12,
            because,
        ),
        Evidence::at_most(
            "a score that is linear in x: the end, against products of factors, miss",
            misses(&run(&turning), &arrived),
            1e-12,
            because,
        ),
    ]
}
