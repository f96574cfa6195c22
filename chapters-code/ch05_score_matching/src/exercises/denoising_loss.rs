//! Exercise 5.5: the loss of a denoiser.

use super::draws::{between, covariance, either_sign, matrix, miss, point, sixes};
use super::{Points, Score, UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::Matrix2;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "denoising-loss",
    number: "5.5",
    title: "The loss of a denoiser",
    points: 3,
    minutes: 15,
    task: "Write `denoising_loss`: the mean over a batch of the weighted denoising loss at a time $t$, without $\\frac12$, from \
           $\\alpha$, $\\sigma$, clean data and the noise that belongs to them.",
    hint: "First make the noisy place: the score is asked there. Then, what is the score of the kernel, in terms of the noise?",
    formula: "sm-denoising",
    check,
    slips: &[
        Known {
            name: "the target without denominator",
            says: "the score is compared with −ε: the score of the kernel is −ε/σ",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| (s(t, &noisy(p, z, e)) + e).norm_squared())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the noise as the target",
            says: "the target has the wrong sign: noise points away from the data, and the score points back",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| {
                        (s(t, &noisy(p, z, e)) - e / p.1).norm_squared()
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "σ² under the noise",
            says: "ε is divided by σ²: that belongs to x − αz, which is σε",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| {
                        (s(t, &noisy(p, z, e)) + e / (p.1 * p.1)).norm_squared()
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "asked at the clean place",
            says: "the score is asked at αz: it has to be shown the noisy place, and nothing else",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| (s(t, &(z * p.0)) + e / p.1).norm_squared())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the data not faded",
            says: "the noisy place is z + σε: α is missing",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    let p1 = (1.0, p.1);
                    w * mean(z, e, |z, e| {
                        (s(t, &noisy(p1, z, e)) + e / p.1).norm_squared()
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "measured from the clean draw",
            says: "the target is (z − x)/σ², with z where αz should be: the kernel is centred at αz",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| {
                        let x = noisy(p, z, e);
                        (s(t, &x) - (z - x) / (p.1 * p.1)).norm_squared()
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "half of it",
            says: "this is half the loss: either a ½ stands in front, which this loss does not have, or the square is averaged over the two \
                   coordinates, where |·|² is their sum",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| 0.5 * w * right(s, t, p, z, e),
                ..UNFINISHED
            },
        },
        Known {
            name: "the weight forgotten",
            says: "the weight is missing: without it small times count far more than all others",
            work: Work {
                denoising_loss: |s, t, p, _, z, e| right(s, t, p, z, e),
                ..UNFINISHED
            },
        },
        Known {
            name: "a sum over the batch",
            says: "the batch is added up: the loss is a mean",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * z.len() as f64 * right(s, t, p, z, e)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "noise of another draw",
            says: "data and noise are paired anew in the target: the target belongs to the noise that was added",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    let n = z.len();
                    let term = |k: usize| {
                        let other = e[(k + 1) % n] / p.1;
                        (s(t, &noisy(p, &z[k], &e[k])) + other).norm_squared()
                    };
                    w * (0..n).map(term).sum::<f64>() / n as f64
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "asked at the clean draw",
            says: "the score is asked at z: it has to be shown the noisy place, αz + σε",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| (s(t, z) + e / p.1).norm_squared())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "noise of deviation 1",
            says: "the noisy place is αz + ε: the noise has lost its σ",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    let p1 = (p.0, 1.0);
                    w * mean(z, e, |z, e| {
                        (s(t, &noisy(p1, z, e)) + e / p.1).norm_squared()
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the variance lost below the line",
            says: "the target is αz − x: it is to be divided by σ², or ε by σ",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| {
                        (s(t, &noisy(p, z, e)) + e * p.1).norm_squared()
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the slope by the clean datum",
            says: "the target is the slope of log p(x | z) by z, αε/σ: the score is the slope by x",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| {
                        (s(t, &noisy(p, z, e)) - e * (p.0 / p.1)).norm_squared()
                    })
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a score for a guess of the noise",
            says: "the score is compared with ε, as a network that guesses the noise would be: it is −ε/σ that it should give",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| (s(t, &noisy(p, z, e)) - e).norm_squared())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "σ² for a weight besides",
            says: "this is |σs + ε|²: the loss with σ² in front as well, and the weight that is given stands alone",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| p.1 * p.1 * w * right(s, t, p, z, e),
                ..UNFINISHED
            },
        },
        Known {
            name: "the weight inside the square",
            says: "the weight stands inside the square and is squared with it: it belongs in front",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| w * w * right(s, t, p, z, e),
                ..UNFINISHED
            },
        },
        Known {
            name: "a length in place of its square",
            says: "the length of the mistake is averaged: the loss has its square",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| {
                    w * mean(z, e, |z, e| (s(t, &noisy(p, z, e)) + e / p.1).norm())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "α and σ exchanged",
            says: "α and σ are exchanged: `plan` is (α, σ), and x = αz + σε",
            work: Work {
                denoising_loss: |s, t, p, w, z, e| w * right(s, t, (p.1, p.0), z, e),
                ..UNFINISHED
            },
        },
    ],
};

/// α z + σ ε.
fn noisy((alpha, sigma): (f64, f64), z: &Point<2>, e: &Point<2>) -> Point<2> {
    z * alpha + e * sigma
}

/// The mean of a term over data and their noise.
fn mean(clean: Points, noise: Points, term: impl Fn(&Point<2>, &Point<2>) -> f64) -> f64 {
    let sum: f64 = clean.iter().zip(noise).map(|(z, e)| term(z, e)).sum();
    sum / clean.len() as f64
}

/// The mean of |s + ε/σ|².
fn right(s: Score, t: f64, plan: (f64, f64), clean: Points, noise: Points) -> f64 {
    mean(clean, noise, |z, e| (s(t, &noisy(plan, z, e)) + e / plan.1).norm_squared())
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "denoising-loss").generator();
    let loss = work.denoising_loss;
    let (alpha, sigma) = (between(draws, 0.5, 0.8), between(draws, 0.4, 0.8));
    let (plan, weight, t) =
        ((alpha, sigma), between(draws, 1.4, 1.9), between(draws, 0.2, 0.7));

    // Data N(m, LLᵀ) and their noise, as a sample with the right moments. By the theorem the
    // loss is that of the score of the noised law and the constant 2/σ² − E|∇log p|², in
    // which no noise is left.
    let (m, root) = (point(draws), matrix(draws));
    let (p, k) = (covariance(draws) * 0.4, point(draws));
    let (clean, noise): (Vec<_>, Vec<_>) = sixes::<4>()
        .iter()
        .map(|u| {
            let z = m + root * Point::<2>::new(u[0], u[1]);
            (z, Point::<2>::new(u[2], u[3]))
        })
        .unzip();
    let found = loss(&|_, x| p * (k - x), t, plan, weight, &clean, &noise);
    let v = root * root.transpose() * alpha.powi(2) + Matrix2::identity() * sigma.powi(2);
    let inverse = v.try_inverse().expect("its eigenvalues are σ² at least");
    let apart = inverse - p;
    let at_the_mean = (p * (k - m * alpha)).norm_squared();
    let explicit = (apart * v * apart.transpose()).trace() + at_the_mean;
    let expected = weight * (explicit + 2.0 / sigma.powi(2) - inverse.trace());

    // Three draws and a score that bends, and depends on the time: a difference from α z is
    // divided by σ².
    let bend = either_sign(draws, 0.5, 0.9);
    let bent = |t: f64, x: &Point<2>| {
        Point::<2>::new((x[1] + 3.0 * t).sin() - bend * x[0].powi(2), t * x[0] * x[1])
    };
    let clean3 = [point(draws), point(draws), point(draws)];
    let noise3 = [point(draws), point(draws), point(draws)];
    let by_hand: f64 = (0..3)
        .map(|k| {
            let centre = clean3[k] * alpha;
            let x = centre + noise3[k] * sigma;
            let error = bent(t, &x) * sigma.powi(2) - (centre - x);
            error.norm_squared() / sigma.powi(4)
        })
        .sum();
    let bent_loss = loss(&bent, t, plan, weight, &clean3, &noise3);
    vec![
        Evidence::at_most(
            "normal data, against the noised law and the constant, miss",
            miss(found, expected),
            1e-10,
            "rounding of 1296 terms of order a hundred: the moments are exact",
        ),
        Evidence::at_most(
            "three draws and a score that bends, miss",
            miss(bent_loss, weight * by_hand / 3.0),
            1e-11,
            "rounding of numbers of order a hundred",
        ),
    ]
}
