//! Exercise 2.6: a step of Milstein's method.

use super::draws::{between, either_sign, slope};
use super::{UNFINISHED, Work};
use dynamics::{ScalarNoise, Sde, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "milstein-step",
    number: "2.6",
    title: "A step of Milstein's method",
    points: 3,
    minutes: 20,
    task: "Write `milstein_step`: one step of Milstein's method from $x$ at time $t$ over a time $h$, driven by the \
           increment $\\Delta W$.",
    hint: "Begin with Euler–Maruyama. While the particle moves, $g$ moves with it: what does that add, once its \
           mean is taken out?",
    formula: "bm-milstein",
    check,
    slips: &[
        Known {
            name: "Euler–Maruyama",
            says: "this is Euler–Maruyama: the term with the slope of g is missing",
            work: Work {
                milstein_step: |e, t, h, x, dw| {
                    x + h * e.drift(t, &x) + e.diffusion(t, &x) * dw
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "√h once more",
            says: "the increment is multiplied by √h: ΔW is √h ε already",
            work: Work {
                milstein_step: |e, t, h, x, dw| {
                    let once = step(e, t, h, x, dw, 0.5, 1.0);
                    once + e.diffusion(t, &x) * (h.sqrt() - 1.0) * dw
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "without − h",
            says: "the mean of ΔW² is not taken out: each step then adds ½ g g′ h to the drift",
            work: Work {
                milstein_step: |e, t, h, x, dw| step(e, t, h, x, dw, 0.5, 0.0),
                ..UNFINISHED
            },
        },
        Known {
            name: "1 in place of ½",
            says: "the correction is twice as large as it should be",
            work: Work {
                milstein_step: |e, t, h, x, dw| step(e, t, h, x, dw, 1.0, 1.0),
                ..UNFINISHED
            },
        },
        Known {
            name: "g′ without g",
            says: "the correction has the slope of g, and has lost g itself",
            work: Work {
                milstein_step: |e, t, h, x, dw| {
                    let slope = e.diffusion_gradient(t, &x);
                    x + h * e.drift(t, &x)
                        + e.diffusion(t, &x) * dw
                        + 0.5 * slope * (dw * dw - h)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the sign of the correction",
            says: "the correction is subtracted: it is added",
            work: Work {
                milstein_step: |e, t, h, x, dw| step(e, t, h, x, dw, -0.5, 1.0),
                ..UNFINISHED
            },
        },
        Known {
            name: "coefficients at the end of the step",
            says: "drift and noise are taken at t + h: an Itô step takes them at its beginning",
            work: Work {
                milstein_step: |e, t, h, x, dw| step(e, t + h, h, x, dw, 0.5, 1.0),
                ..UNFINISHED
            },
        },
    ],
};

/// x + h f + g ΔW + weight · g g′ (ΔW² − share · h), of which slips are made.
fn step(
    sde: &dyn ScalarNoise<f64>,
    t: f64,
    h: f64,
    x: f64,
    dw: f64,
    weight: f64,
    share: f64,
) -> f64 {
    let (g, slope) = (sde.diffusion(t, &x), sde.diffusion_gradient(t, &x));
    x + h * sde.drift(t, &x) + g * dw + weight * g * slope * (dw * dw - share * h)
}

/// dX = μ a(t) X dt + ς b(t) X dW with a = 1 + t and b = 1 + t²: known along each path if the
/// clock stands still, which a step cannot tell.
struct Growing {
    mu: f64,
    varsigma: f64,
}

impl Sde<f64> for Growing {
    fn drift(&self, t: f64, x: &f64) -> f64 {
        self.mu * (1.0 + t) * x
    }

    fn noise(&self, t: f64, x: &f64, dw: &f64) -> f64 {
        self.diffusion(t, x) * dw
    }
}

impl ScalarNoise<f64> for Growing {
    fn diffusion(&self, t: f64, x: &f64) -> f64 {
        self.varsigma * (1.0 + t * t) * x
    }

    fn diffusion_gradient(&self, t: f64, _x: &f64) -> f64 {
        self.varsigma * (1.0 + t * t)
    }
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "milstein-step").generator();
    let sde =
        Growing { mu: either_sign(draws, 0.4, 0.9), varsigma: between(draws, 0.4, 0.9) };
    let (t, x) = (between(draws, 0.3, 0.9), either_sign(draws, 0.7, 1.4));
    let z = between(draws, 1.3, 1.9);
    let step = work.milstein_step;
    // With the coefficients of time t the solution is x exp((m − s²/2) h + s ΔW): for an
    // increment z √h a step misses it by a multiple of h^{3/2}.
    let (m, s) = (sde.mu * (1.0 + t), sde.varsigma * (1.0 + t * t));
    let error = |h: f64| {
        let dw = z * h.sqrt();
        (step(&sde, t, h, x, dw) - x * ((m - s * s / 2.0) * h + s * dw).exp()).abs()
    };
    let order = slope(error(2e-6), error(1e-6));
    // Over the two increments ±√h the correction vanishes.
    let h = 0.3_f64;
    let mean = (step(&sde, t, h, x, h.sqrt()) + step(&sde, t, h, x, -h.sqrt())) / 2.0;
    vec![
        Evidence::order(
            "error of one step, increment in proportion to √h",
            order,
            1.5,
            0.05,
            "the next order adds about √h",
        ),
        Evidence::at_most(
            "mean over the increments ±√h, distance from Euler's step",
            (mean - x * (1.0 + m * h)).abs(),
            1e-13,
            "rounding of numbers of order one",
        ),
        Evidence::at_most(
            "mean over the increments ±√(2h), distance from Euler's step and half of g g′ h",
            {
                let dw = (2.0 * h).sqrt();
                let mean = (step(&sde, t, h, x, dw) + step(&sde, t, h, x, -dw)) / 2.0;
                (mean - x * (1.0 + m * h + s * s * h / 2.0)).abs()
            },
            1e-13,
            "rounding of numbers of order one",
        ),
    ]
}
