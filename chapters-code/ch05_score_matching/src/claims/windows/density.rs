//! A density from windows: its mass, the constants of the windows, its error.

use super::largest;
use crate::four_losses::law;
use crate::windows::{Kernel, Windows, unit_ball};
use ch01_flows::orders::slope;
use ch01_flows::quadrature::{GaussLegendre, trapezoid};
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use num_dual::{Dual2_64, DualNum};
use statrs::function::gamma::gamma;
use std::f64::consts::{FRAC_PI_2, PI, TAU};

const ALL: [Kernel; 3] = [Kernel::Gaussian, Kernel::Epanechnikov, Kernel::Uniform];

/// A window estimate, told where to look.
type Estimate<const D: usize> = fn(&Windows<D>, &Point<D>) -> f64;

/// An estimate on the line, in the plane and in space.
#[derive(Clone, Copy)]
struct Estimates {
    line: Estimate<1>,
    plane: Estimate<2>,
    space: Estimate<3>,
}

const SHOWN: Estimates = Estimates {
    line: |w, x| w.density(x),
    plane: |w, x| w.density(x),
    space: |w, x| w.density(x),
};

const WIDTH: f64 = 0.5;

fn windows<const D: usize>(data: &[[f64; D]], kernel: Kernel) -> Windows<D> {
    let data: Vec<_> = data.iter().map(|x| Point::<D>::from_row_slice(x)).collect();
    Windows::new(data, WIDTH, kernel).expect("draws, and a width")
}

/// The mass of an estimate; the cells of the trapezoid rule are h/4 wide.
fn mass(estimates: Estimates) -> Vec<Evidence> {
    let line = windows(&[[-0.7], [0.2], [0.35], [1.9]], Kernel::Epanechnikov);
    // Between the ends of the windows the estimate is a polynomial.
    let mut ends: Vec<f64> =
        [-0.7, 0.2, 0.35, 1.9].iter().flat_map(|x| [x - WIDTH, x + WIDTH]).collect();
    ends.sort_by(f64::total_cmp);
    let rule = GaussLegendre::new(3);
    let pieces = ends.windows(2).map(|end| {
        rule.integral(
            |x: f64| (estimates.line)(&line, &Point::<1>::new(x)),
            end[0],
            end[1],
        )
    });
    let plane = windows(&[[-0.4, 0.3], [0.9, 0.1], [0.2, -0.8]], Kernel::Gaussian);
    let at = |x: f64, y: f64| (estimates.plane)(&plane, &Point::<2>::new(x, y));
    let in_plane = trapezoid(|x| trapezoid(|y| at(x, y), -5.0, 5.0, 80), -5.0, 5.0, 80);
    let space = windows(&[[0.4, -0.1, 0.2], [-0.3, 0.2, -0.5]], Kernel::Gaussian);
    let at =
        |x: f64, y: f64, z: f64| (estimates.space)(&space, &Point::<3>::new(x, y, z));
    let slice = |x: f64, y: f64| trapezoid(|z| at(x, y, z), -5.0, 5.0, 48);
    let in_space =
        trapezoid(|x| trapezoid(|y| slice(x, y), -5.0, 5.0, 48), -5.0, 5.0, 48);
    [
        ("Epanechnikov on the line", pieces.sum::<f64>()),
        ("Gaussian in the plane", in_plane),
        ("Gaussian in space", in_space),
    ]
    .map(|(what, mass)| {
        Evidence::at_most(
            format!("{what}, h = ½: distance of the mass {mass:.6} from 1"),
            (mass - 1.0).abs(),
            1e-12,
            "rounding: Gauss–Legendre is exact on each piece, the trapezoid rule up to \
             e^{−2(πh/cell)²}, below e^{−100}",
        )
    })
    .to_vec()
}

/// q = 1/(n hᵈ) Σ K((x − xₖ)/h).
pub const KDE: Claim = Claim::new(
    "sm-kde",
    "an estimate from windows has mass one in every dimension if it is divided by the \
     width to the power of the dimension",
    |_| mass(SHOWN),
    &[
        Slip::printed("the width to the first power", "E002-10", |_| {
            mass(Estimates {
                plane: |w, x| w.density(x) * WIDTH,
                space: |w, x| w.density(x) * WIDTH.powi(2),
                ..SHOWN
            })
        }),
        Slip::new("not divided by the width", |_| {
            mass(Estimates {
                line: |w, x| w.density(x) * WIDTH,
                plane: |w, x| w.density(x) * WIDTH.powi(2),
                space: |w, x| w.density(x) * WIDTH.powi(3),
            })
        }),
    ],
);

/// The volume of the unit ball, by slices: a slice at the height sin θ is a ball of one
/// dimension less and of radius cos θ.
fn by_slices(d: usize) -> f64 {
    let rule = GaussLegendre::new(24);
    let next = |volume: f64, d: i32| {
        volume * rule.integral(|theta: f64| theta.cos().powi(d), -FRAC_PI_2, FRAC_PI_2)
    };
    (2..=d as i32).fold(2.0, next)
}

/// The mass of each window in 1 to 6 dimensions, shell by shell.
fn constants(factor: fn(Kernel, usize) -> f64) -> Vec<Evidence> {
    let rule = GaussLegendre::new(48);
    let of = |kernel: Kernel| {
        let edge = if kernel == Kernel::Gaussian { 11.0 } else { 1.0 };
        let off = (1..=6).map(|d| {
            let shell = |r: f64| {
                let area = d as f64 * by_slices(d) * r.powi(d as i32 - 1);
                area * factor(kernel, d) * kernel.shape(r * r)
            };
            (rule.integral(shell, 0.0, edge) - 1.0).abs()
        });
        let because =
            "rounding: Gauss–Legendre with 48 nodes, the ball measured by slices";
        let what = format!("{kernel:?}: largest distance of the mass from 1, d = 1 to 6");
        Evidence::at_most(what, largest(off), 1e-12, because)
    };
    ALL.map(of).to_vec()
}

/// The three windows with their constants.
pub const KERNELS: Claim = Claim::new(
    "sm-kernels",
    "with these constants the Gaussian, the parabolic and the uniform window have mass one \
     in every dimension",
    |_| constants(Kernel::factor),
    &[
        Slip::new("d + 1 for d + 2", |_| {
            constants(|kernel, d| match kernel {
                Kernel::Epanechnikov => {
                    kernel.factor(d) * (d + 1) as f64 / (d + 2) as f64
                }
                _ => kernel.factor(d),
            })
        }),
        Slip::new("Γ(d/2) in the volume of the ball", |_| {
            constants(|kernel, d| match kernel {
                Kernel::Gaussian => kernel.factor(d),
                _ => {
                    let half = 0.5 * d as f64;
                    kernel.factor(d) * unit_ball(d) * gamma(half) / PI.powf(half)
                }
            })
        }),
        Slip::new("the constants of the line in every dimension", |_| {
            constants(|kernel, _| kernel.factor(1))
        }),
    ],
);

/// Where the error is looked at.
const PLACE: [f64; 2] = [0.5, 0.7];

/// What [`Kernel::error`] answers.
type Leading = fn(Kernel, usize, (usize, f64), (f64, f64)) -> [f64; 2];

/// Bias and variance of one window at the place, from mean and mean square over one draw
/// from the law of three heaps, and what the leading terms say.
fn exact_error(kernel: Kernel, h: f64, leading: Leading) -> [(f64, f64); 2] {
    let (law, x) = (law(), Point::<2>::from(PLACE));
    let rule = GaussLegendre::new(40);
    let edge = if kernel == Kernel::Gaussian { 9.0 } else { 1.0 };
    let n = 30;
    // The draw lies at x + h r (cos φ, sin φ).
    let mean = |power: i32| {
        let ring = |r: f64| {
            let at = |phi: f64| {
                let y = x + Point::<2>::new(phi.cos(), phi.sin()) * (h * r);
                let one = Windows::new([y], h, kernel).expect("a draw, and a width");
                one.density(&x).powi(power) * law.log_density(0.0, &y).exp()
            };
            trapezoid(at, 0.0, TAU, 48) * h * h * r
        };
        // The uniform window counts its edge in.
        rule.integral(ring, 0.0, edge * (1.0 - 1e-15))
    };
    let (first, second) = (mean(1), mean(2));
    let p = law.log_density(0.0, &x).exp();
    let along = |i: usize| {
        let mut place = x.map(Dual2_64::from_re);
        place[i] = place[i].derivative();
        law.log_density(Dual2_64::from_re(0.0), &place).exp().v2
    };
    let said = leading(kernel, 2, (n, h), (p, along(0) + along(1)));
    let found = [first - p, (second - first * first) / n as f64];
    [(found[0], said[0]), (found[1], said[1])]
}

fn error_check(leading: Leading) -> Vec<Evidence> {
    let of = |(part, name): (usize, &str)| {
        let distances = ALL.map(|kernel| {
            let at = |h: f64| {
                let (found, said) = exact_error(kernel, h, leading)[part];
                (h, (found / said - 1.0).abs())
            };
            (slope(&[0.04, 0.02, 0.01].map(at)) - 2.0).abs()
        });
        Evidence::at_most(
            format!(
                "{name} over its leading term, less 1: largest distance of its order in h \
                 from 2, three windows in the plane"
            ),
            largest(distances),
            0.05,
            "the next term is h² higher; the one after it turns the order by some ten h²",
        )
    };
    [(0, "bias"), (1, "variance")].map(of).to_vec()
}

/// Bias ½ h² μ Δp and variance κ p/(n hᵈ).
pub const ERROR: Claim = Claim::new(
    "sm-kde-error",
    "a window estimate misses by its width squared times the curvature of the density, and \
     scatters as one over the number of draws in a window",
    |_| error_check(Kernel::error),
    &[
        Slip::new("the width to the first power", |_| {
            error_check(|kernel, d, (n, h), law| {
                let [bias, variance] = kernel.error(d, (n, h), law);
                [bias, variance * h.powi(d as i32 - 1)]
            })
        }),
        Slip::new("the half forgotten", |_| {
            error_check(|kernel, d, width, law| {
                let [bias, variance] = kernel.error(d, width, law);
                [2.0 * bias, variance]
            })
        }),
        Slip::new("the variance of the whole radius", |_| {
            error_check(|kernel, d, width, law| {
                let [bias, variance] = kernel.error(d, width, law);
                [d as f64 * bias, variance]
            })
        }),
        Slip::new("every window as wide as the Gaussian", |_| {
            error_check(|kernel, d, width, law| {
                let [_, variance] = kernel.error(d, width, law);
                [Kernel::Gaussian.error(d, width, law)[0], variance]
            })
        }),
    ],
);
