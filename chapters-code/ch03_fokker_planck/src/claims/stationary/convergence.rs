//! How fast Langevin's equation finds its target.

use super::{places, worst};
use crate::bumps::Bumps;
use crate::operators::{Smooth, adjoint_terms};
use crate::relative_entropy::{
    Convex, KAPPA, approach, between_gaussians, cells, entropy_on_cells,
    relative_entropy, relative_fisher, two_heaps,
};
use crate::score_driven::{ScoreDriven, score};
use crate::zero_flux::Boltzmann;
use ch01_flows::fields::Number;
use ch01_flows::quadrature::trapezoid;
use ch02_brownian_motion::langevin::Potential;
use dynamics::Point;
use evidence::{Claim, Evidence, Slip, number};
use nalgebra::{Matrix1, Matrix2, SVector, Vector1, Vector2};
use num_dual::HyperDual64;

/// The process in the plane, dX = K X dt + g dW, and what is said of KL at a time, given
/// KL at the start and κ.
#[derive(Clone, Copy)]
struct Candidate {
    /// K, from Σ⁻¹.
    pull: fn(Matrix2<f64>) -> Matrix2<f64>,
    /// g.
    noise: f64,
    /// The bound, from KL at the start, κ and t.
    bound: fn(f64, f64, f64) -> f64,
    /// I(p‖p⋆).
    fisher: Fisher,
}

type Fisher = fn(&Bumps<1>, &Kept, (f64, f64)) -> f64;

/// A target on the line with its mass divided out.
struct Kept {
    target: Boltzmann<Convex>,
    mass: f64,
}

impl Smooth<1> for Kept {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        self.target.at(t, x) / self.mass
    }
}

/// The part of the line that holds everything.
const LINE: (f64, f64) = (-9.0, 9.0);

fn kept() -> Kept {
    let target = Boltzmann { potential: Convex, steepness: 1.0 };
    let at = |x: f64| target.at(0.0, &Point::<1>::new(x));
    Kept { mass: trapezoid(at, LINE.0, LINE.1, 3000), target }
}

/// √2, the noise of the theorem.
const NOISE: f64 = std::f64::consts::SQRT_2;

const SHOWN: Candidate = Candidate {
    pull: |precision| -precision,
    noise: NOISE,
    bound: |start, kappa, t| start * (-2.0 * kappa * t).exp(),
    fisher: |p, kept, line| relative_fisher(p, kept, line),
};

/// Σ, and κ, the smallest eigenvalue of Σ⁻¹.
fn sigma() -> (Matrix2<f64>, f64) {
    let sigma = Matrix2::new(1.5, 0.5, 0.5, 0.6);
    (sigma, 1.0 / sigma.symmetric_eigenvalues().max())
}

/// KL at a time from N(m, C) in the plane. Every candidate keeps N(0, Σ), so what is left
/// of C − Σ is e^{Kt} (C − Σ) e^{Kᵀt}.
fn in_plane(k: Matrix2<f64>, (m, c): (Vector2<f64>, Matrix2<f64>), t: f64) -> f64 {
    let ((sigma, _), e) = (sigma(), (k * t).exp());
    let covariance = sigma + e * (c - sigma) * e.transpose();
    between_gaussians(&(e * m), &covariance, &sigma).unwrap_or(f64::NAN)
}

/// d/dt KL from the equation of the density, ∫ 𝒜*p log(p/p⋆) dx, against −I, relative.
fn identity(fisher: Fisher) -> f64 {
    let kept = kept();
    let p = Bumps::<1>::new([
        (0.6, Vector1::new(-1.3), Matrix1::new(0.5)),
        (0.4, Vector1::new(0.9), Matrix1::new(0.8)),
    ]);
    let langevin = ScoreDriven { target: kept.target, noise: NOISE };
    let gain = |x: f64| {
        let x = Point::<1>::new(x);
        let rate: f64 = adjoint_terms(&langevin, &p, 0.0, &x).sum();
        rate * (p.at(0.0, &x) / kept.at(0.0, &x)).ln()
    };
    let rate = trapezoid(gain, LINE.0, LINE.1, 1600);
    (rate / fisher(&p, &kept, LINE) + 1.0).abs()
}

/// KL of two Gaussians on the line, by quadrature against the closed form.
fn quadrature() -> f64 {
    let law = |m: f64, v: f64| Bumps::<1>::new([(1.0, Vector1::new(m), Matrix1::new(v))]);
    let found = relative_entropy(&law(0.7, 0.5), &law(0.0, 1.3), LINE);
    let apart = |c, kept| {
        between_gaussians(&Vector2::new(0.7, 0.0), &c, &kept).unwrap_or(f64::NAN)
    };
    let diagonal = |v| Matrix2::new(v, 0.0, 0.0, 1.0);
    (found / apart(diagonal(0.5), diagonal(1.3)) - 1.0).abs()
}

fn check(candidate: &Candidate, seed: u64) -> Vec<Evidence> {
    let Candidate { pull, noise, bound, fisher } = *candidate;
    let (sigma, kappa) = sigma();
    let precision = sigma.try_inverse().expect("positive definite");
    let k = pull(precision);
    // The law that is said to stay does stay.
    let noise = Matrix2::from_diagonal_element(noise * noise);
    let stays = (k * sigma + sigma * k.transpose() + noise).norm();
    let times: Vec<f64> = (1..=20).map(|i| 0.2 * f64::from(i)).collect();
    let over = |start, t: f64| {
        let said = bound(in_plane(k, start, 0.0), kappa, t);
        in_plane(k, start, t) - said
    };
    let starts = places::<2>(10, 3.0, seed, "starts of a Gaussian");
    let shape = Matrix2::new(0.4, -0.2, -0.2, 0.9);
    let excess = worst(
        starts.iter().flat_map(|m| times.iter().map(move |t| over((*m, shape), *t))),
    );
    // Moved along the widest axis of the target, and of its shape.
    let eigen = sigma.symmetric_eigen();
    let widest = eigen.eigenvectors.column(eigen.eigenvalues.imax()).into_owned();
    let sharp = worst(times.iter().map(|t| over((3.0 * widest, sigma), *t).abs()));
    let cells = cells();
    let mut grid: Vec<f64> = (0..=24).map(|i| 0.1 * f64::from(i)).collect();
    // By then the bound has fallen to a millionth.
    grid.push(12.0);
    let (seen, law) = approach(cells, &grid).expect("the cells hold both heaps");
    let entropies: Vec<f64> =
        seen.iter().map(|p| entropy_on_cells(&cells, p, &law)).collect();
    let solved = worst(
        grid.iter().zip(&entropies).map(|(t, e)| e - bound(entropies[0], KAPPA, *t)),
    );
    let kept = kept();
    let heaps = trapezoid(
        |x| {
            let p = two_heaps(x);
            if p > 0.0 { p * (p / kept.at(0.0, &Point::<1>::new(x))).ln() } else { 0.0 }
        },
        LINE.0,
        LINE.1,
        3000,
    );
    let curvature = |x: f64| {
        let x = HyperDual64::new(x, 1.0, 1.0, 0.0);
        Convex.energy(&Vector1::new(x)).eps1eps2
    };
    let bent = worst((-70..=70).map(|i| KAPPA - curvature(0.1 * f64::from(i))));
    vec![
        Evidence::at_most(
            "what the process does to the covariance of the law that stays",
            stays,
            1e-14,
            "rounding",
        ),
        Evidence::at_most(
            "KL lost in a unit of time against the integral I, not Gaussian, relative",
            identity(fisher),
            1e-12,
            "rounding: the trapezoid rule has no error to speak of for smooth functions \
             that vanish at both ends",
        ),
        Evidence::at_most(
            "KL by quadrature against its closed form, relative",
            quadrature(),
            1e-13,
            "rounding",
        ),
        Evidence::at_most(
            "nats above the bound, 10 Gaussian starts at 20 times in the plane",
            excess,
            1e-14,
            "rounding of a few nats",
        )
        .sampled(10, seed),
        Evidence::at_most(
            "nats between KL and the bound for a start moved along the widest axis",
            sharp,
            1e-13,
            "rounding: here the bound is reached",
        ),
        Evidence::at_most(
            format!(
                "nats above the bound at 26 times, two heaps on cells, from {}",
                number(entropies[0])
            ),
            solved,
            1e-14,
            "rounding: equal at the start, below it from then on by more than the cells' \
             error",
        ),
        Evidence::at_most(
            "KL of the two heaps on cells against quadrature, relative",
            (entropies[0] / heaps - 1.0).abs(),
            2e-3,
            "order 2 in the cells: a width of 0.05 against heaps of 0.4, squared over 8",
        ),
        Evidence::at_most(
            "κ less the curvature of the potential at 141 places",
            bent,
            1e-14,
            "rounding; far out the two agree to the last bit",
        ),
    ]
}

/// A turn that keeps N(0, Σ) and has no noise.
fn turning(precision: Matrix2<f64>) -> Matrix2<f64> {
    Matrix2::new(0.0, -0.8, 0.8, 0.0) * precision
}

/// KL(p_t‖p⋆) ≤ e^{−2κt} KL(p_0‖p⋆).
pub const CONVERGENCE: Claim = Claim::new(
    "fpk-langevin-convergence",
    "the distance of the law from a target of curved potential falls by a fixed part per \
     unit of time, at the least",
    |seed| check(&SHOWN, seed),
    &[
        Slip::printed("convergence because the law is kept: a turn", "E002-13", |seed| {
            check(&Candidate { pull: turning, noise: 0.0, ..SHOWN }, seed)
        }),
        Slip::printed(
            "convergence because the law is kept: at rest",
            "E004-12",
            |seed| {
                check(
                    &Candidate { pull: |_| Matrix2::zeros(), noise: 0.0, ..SHOWN },
                    seed,
                )
            },
        ),
        Slip::printed("there at a finite time", "E000-16", |seed| {
            let bound = |start: f64, kappa: f64, t: f64| {
                if t < 1.0 { (SHOWN.bound)(start, kappa, t) } else { 0.0 }
            };
            check(&Candidate { bound, ..SHOWN }, seed)
        }),
        Slip::new("twice the rate", |seed| {
            let bound = |start: f64, kappa: f64, t: f64| start * (-4.0 * kappa * t).exp();
            check(&Candidate { bound, ..SHOWN }, seed)
        }),
        Slip::new("the mean over the target for the mean over the law", |seed| {
            let fisher: Fisher = |p, kept, line| {
                let loss = |x: f64| {
                    let x = Point::<1>::new(x);
                    // Far out, where p is 0 in these numbers, it has no score.
                    if p.at(0.0, &x) > 0.0 {
                        let apart = score(p, 0.0, &x) - score(kept, 0.0, &x);
                        kept.at(0.0, &x) * apart.norm_squared()
                    } else {
                        0.0
                    }
                };
                trapezoid(loss, line.0, line.1, 1600)
            };
            check(&Candidate { fisher, ..SHOWN }, seed)
        }),
    ],
);
