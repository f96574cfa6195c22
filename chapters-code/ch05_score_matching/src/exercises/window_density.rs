//! Exercise 5.3: windows in any number of dimensions.

use super::draws::{between, either_sign, miss};
use super::{UNFINISHED, Work};
use crate::windows::unit_ball;
use ch01_flows::quadrature::GaussLegendre;
use dynamics::Stream;
use evidence::Evidence;
use grading::{Exercise, Known};
use statrs::function::gamma::gamma;
use std::f64::consts::{PI, TAU};

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "window-density",
    number: "5.3",
    title: "Windows in any dimension",
    points: 2,
    minutes: 15,
    task: "Write `window_density`: the estimate of a density from windows of Epanechnikov of width $h$ on the draws. The number of \
           coordinates is that of $x$.",
    hint: "The volume of the unit ball is `crate::windows::unit_ball(d)`. A draw further away than $h$ adds nothing.",
    formula: "sm-kde",
    check,
    slips: &[
        Known {
            name: "the width to the first power",
            says: "each window is divided by h: in d dimensions its mass is hᵈ",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                        * h.powi(x.len() as i32 - 1)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "not divided by the width at all",
            says: "a window of width h has the mass hᵈ: it is not divided by it",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                        * h.powi(x.len() as i32)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "negative outside",
            says: "outside the ball a window is zero: the parabola goes on below it",
            work: Work {
                window_density: |data, h, x| estimate(data, h, x, factor, |r2| 1.0 - r2),
                ..UNFINISHED
            },
        },
        Known {
            name: "a sum in place of a mean",
            says: "the windows are added up: the mass is then the number of draws",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                        * data.len() as f64
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "d + 1 in the constant",
            says: "the constant has d + 1 in it: over shells, 1/d − 1/(d + 2) is 2/(d(d + 2))",
            work: Work {
                window_density: |data, h, x| {
                    let factor = |d: usize| (d as f64 + 1.0) / (2.0 * unit_ball(d));
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "Γ(d/2) in the volume",
            says: "the volume of the ball has Γ(d/2) in it: it is Γ(1 + d/2), which makes π for a disc",
            work: Work {
                window_density: |data, h, x| {
                    let factor = |d: usize| {
                        let half = 0.5 * d as f64;
                        (d as f64 + 2.0) * gamma(half) / (2.0 * PI.powf(half))
                    };
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the constant of the line",
            says: "the constant is ¾, which is right on the line only",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, |_| 0.75, |r2| (1.0 - r2).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a product of windows",
            says: "this is a product of windows of the line: its mass is 1, but it is not the same in all directions",
            work: Work {
                window_density: |data, h, x| {
                    let one = |y: f64, x: f64| {
                        0.75 * (1.0 - ((x - y) / h).powi(2)).max(0.0) / h
                    };
                    let window = |y: &Vec<f64>| -> f64 {
                        y.iter().zip(x).map(|(&y, &x)| one(y, x)).product()
                    };
                    data.iter().map(window).sum::<f64>() / data.len() as f64
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a cone",
            says: "the distance is not squared: this window is a cone, and the constant is that of a parabola",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, factor, |r2| (1.0 - r2.sqrt()).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the constant without its 2",
            says: "the constant lacks the 2 below the line: it is (d + 2)/(2 c)",
            work: Work {
                window_density: |data, h, x| {
                    let factor = |d: usize| 2.0 * factor(d);
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "no constant",
            says: "the parabola stands without its constant: its mass is 2c/(d + 2), and not 1",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, |_| 1.0, |r2| (1.0 - r2).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a Gaussian window",
            says: "these are Gaussian windows: those of Epanechnikov are parabolas, and end at the distance h",
            work: Work {
                window_density: |data, h, x| {
                    let factor = |d: usize| TAU.powf(-0.5 * d as f64);
                    estimate(data, h, x, factor, |r2| (-0.5 * r2).exp())
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a uniform window",
            says: "these are uniform windows, which are flat: those of Epanechnikov are parabolas",
            work: Work {
                window_density: |data, h, x| {
                    let factor = |d: usize| 1.0 / unit_ball(d);
                    estimate(data, h, x, factor, |r2| f64::from(u8::from(r2 <= 1.0)))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the distance not divided by the width",
            says: "the window is asked at x − xₖ: it belongs at (x − xₖ)/h",
            work: Work {
                window_density: |data, h, x| {
                    let d = x.len() as i32;
                    estimate(data, 1.0, x, factor, |r2| (1.0 - r2).max(0.0)) / h.powi(d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "h in place of h² in the window",
            says: "the squared distance is divided by h: it is h², since u = (x − xₖ)/h is squared",
            work: Work {
                window_density: |data, h, x| {
                    let (root, d) = (h.sqrt(), x.len() as i32);
                    estimate(data, root, x, factor, |r2| (1.0 - r2).max(0.0))
                        / root.powi(d)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a cube in place of a ball",
            says: "the window ends where one coordinate is further away than h, at a cube: it ends at the ball, where |u| = 1, and is negative \
                   between the two",
            work: Work {
                window_density: |data, h, x| {
                    let near =
                        |y: &&Vec<f64>| y.iter().zip(x).all(|(y, x)| (x - y).abs() < h);
                    let inside: Vec<_> = data.iter().filter(near).cloned().collect();
                    let part = inside.len() as f64 / data.len() as f64;
                    if inside.is_empty() {
                        0.0
                    } else {
                        part * estimate(&inside, h, x, factor, |r2| 1.0 - r2)
                    }
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the ball of space in all higher dimensions",
            says: "from four dimensions on the volume of the ball is that in space: it is π²/2 in four, and unit_ball(d) in d",
            work: Work {
                window_density: |data, h, x| {
                    let factor =
                        |d: usize| (d as f64 + 2.0) / (2.0 * unit_ball(d.min(3)));
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "c above the line",
            says: "the volume of the ball stands above the line: `a / 2.0 * c` is a c/2, and a/(2c) needs brackets",
            work: Work {
                window_density: |data, h, x| {
                    let factor = |d: usize| 0.5 * (d as f64 + 2.0) * unit_ball(d);
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the mass of a window above the line",
            says: "hᵈ stands above the line: `a / n * h` is a h/n, and a/(n h) needs brackets",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                        * h.powi(2 * x.len() as i32)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the constants of the plane",
            says: "constant and width are those of the plane, 2/π and h², whatever the dimension",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, |_| 2.0 / PI, |r2| (1.0 - r2).max(0.0))
                        * h.powi(x.len() as i32 - 2)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the width of the plane",
            says: "each window is divided by h², which is right in the plane: in d dimensions its mass is hᵈ",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, factor, |r2| (1.0 - r2).max(0.0))
                        * h.powi(x.len() as i32 - 2)
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the constant of the plane",
            says: "the constant is 2/π, which is right in the plane only",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, |_| 2.0 / PI, |r2| (1.0 - r2).max(0.0))
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "the sum cut off at zero",
            says: "the sum is cut off where it is negative: every window has to be, or those far away take from those that are near",
            work: Work {
                window_density: |data, h, x| {
                    estimate(data, h, x, factor, |r2| 1.0 - r2).max(0.0)
                },
                ..UNFINISHED
            },
        },
    ],
};

/// (d + 2)/(2 c_d).
fn factor(d: usize) -> f64 {
    (d as f64 + 2.0) / (2.0 * unit_ball(d))
}

/// Windows with this constant and shape, divided by n hᵈ.
fn estimate(
    data: &[Vec<f64>],
    h: f64,
    x: &[f64],
    factor: fn(usize) -> f64,
    shape: fn(f64) -> f64,
) -> f64 {
    let distance = |y: &Vec<f64>| -> f64 {
        y.iter().zip(x).map(|(y, x)| ((x - y) / h).powi(2)).sum()
    };
    let sum: f64 = data.iter().map(|y| shape(distance(y))).sum();
    factor(x.len()) * sum / (data.len() as f64 * h.powi(x.len() as i32))
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "window-density").generator();
    let density = work.window_density;
    let mut evidence = Vec::new();

    // One window, shell after shell out to its edge, along one direction. A shell of the
    // radius r has the area 2, 2πr, 4πr², 2π²r³; the rule is exact for polynomials.
    for (d, area) in [(1, 2.0), (2, 2.0 * PI), (3, 4.0 * PI), (4, 2.0 * PI * PI)] {
        let h = between(draws, 0.6, 0.9);
        let middle: Vec<_> = (0..d).map(|_| either_sign(draws, 0.5, 1.5)).collect();
        let way: Vec<_> = (0..d).map(|_| either_sign(draws, 0.4, 1.2)).collect();
        let length = way.iter().map(|w| w * w).sum::<f64>().sqrt();
        let along = |r: f64| {
            let x: Vec<_> =
                middle.iter().zip(&way).map(|(m, w)| m + r * w / length).collect();
            density(std::slice::from_ref(&middle), h, &x)
        };
        let shell = |r: f64| area * r.powi(d - 1) * along(r);
        let mass = GaussLegendre::new(8).integral(shell, 0.0, h);
        evidence.push(Evidence::at_most(
            format!("mass of one window in dimension {d}, miss"),
            miss(mass, 1.0),
            1e-12,
            "rounding: the quadrature is exact for polynomials",
        ));
        if d == 3 {
            evidence.push(Evidence::at_most(
                "value just outside a window in space, miss",
                miss(along(1.1 * h), 0.0),
                0.0,
                "there is no window",
            ));
        }
    }

    // Five draws in the plane, of which two are too far away to be seen.
    let h = between(draws, 0.6, 0.9);
    let x = [either_sign(draws, 0.5, 1.5), either_sign(draws, 0.5, 1.5)];
    let radii = [0.2, 0.5, 0.8, 1.2, 1.3].map(|r| r * h);
    let data = radii.map(|r| {
        let angle = between(draws, 0.0, 2.0 * PI);
        vec![x[0] + r * angle.cos(), x[1] + r * angle.sin()]
    });
    let heights = 3.0 - (0.04 + 0.25 + 0.64);
    let expected = 2.0 / (PI * h * h) * heights / 5.0;
    evidence.push(Evidence::at_most(
        "five draws in the plane, three of them near, miss",
        miss(density(&data, h, &x), expected),
        1e-13,
        "rounding of numbers of order one",
    ));
    evidence
}
