//! A flux that goes round and changes nothing.

use super::{places, three, unrest, worst};
use crate::bumps::Bumps;
use crate::flux::flux;
use crate::operators::Smooth;
use crate::score_driven::{Circulating, ScoreDriven};
use ch01_flows::laws::towards;
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Const, DimMin, Matrix2, Matrix3, SMatrix, Vector3};

/// Two bumps in space.
fn pair() -> Bumps<3> {
    let wide = Matrix3::new(0.7, 0.2, 0.1, 0.2, 0.5, -0.1, 0.1, -0.1, 0.6);
    Bumps::new([
        (0.6, Vector3::new(0.5, -0.2, 0.4), wide),
        (0.4, Vector3::new(-0.6, 0.7, -0.3), Matrix3::from_diagonal_element(0.4)),
    ])
}

/// What is added to the drift, and the flux that is expected.
struct Candidate {
    plane: Matrix2<f64>,
    space: Matrix3<f64>,
    /// A ∇p⋆ times this.
    flowing: f64,
}

/// Antisymmetric matrices, as the page has them.
fn shown() -> Candidate {
    Candidate {
        plane: Matrix2::new(0.0, -0.8, 0.8, 0.0),
        space: Matrix3::new(0.0, 0.9, -0.4, -0.9, 0.0, 0.6, 0.4, -0.6, 0.0),
        flowing: 1.0,
    }
}

/// The flux against a multiple of A ∇p⋆ over the size of A ∇p⋆, at its worst, and the
/// part of their largest term by which the terms of 𝒜* p⋆ miss 0.
fn turned<const D: usize>(
    target: &Bumps<D>,
    turn: SMatrix<f64, D, D>,
    flowing: f64,
    places: &[Point<D>],
) -> (f64, f64)
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    let langevin = ScoreDriven { target: target.clone(), noise: 1.2 };
    let around = Circulating { langevin, turn };
    let missed = |x: &Point<D>| {
        let zero = num_dual::Dual64::from(0.0);
        let slope = Point::<D>::from_fn(|i, _| target.at(zero, &towards(x, i)).eps);
        let found = flux(&around, target, 0.0, x);
        let size = slope.norm().max(target.at(0.0, x));
        (found - turn * slope * flowing).norm() / size
    };
    (worst(places.iter().map(missed)), unrest(&around, target, 0.0, places))
}

fn check(candidate: &Candidate, seed: u64) -> Vec<Evidence> {
    let Candidate { plane, space, flowing } = *candidate;
    let in_plane = places::<2>(40, 2.0, seed, "round in the plane");
    let in_space = places::<3>(40, 1.5, seed, "round in space");
    let (plane, at_rest) = turned(&three(), plane, flowing, &in_plane);
    let (space, kept) = turned(&pair(), space, flowing, &in_space);
    let because = "rounding";
    vec![
        Evidence::at_most(
            "rate of change of three bumps in the plane over its largest term, 40 places",
            at_rest,
            1e-13,
            because,
        )
        .sampled(40, seed),
        Evidence::at_most(
            "rate of change of two bumps in space over its largest term, 40 places",
            kept,
            1e-13,
            because,
        )
        .sampled(40, seed),
        Evidence::at_most(
            "flux in the plane against A∇p over the larger of p and its slope",
            plane,
            1e-13,
            because,
        )
        .sampled(40, seed),
        Evidence::at_most(
            "flux in space against A∇p over the larger of p and its slope",
            space,
            1e-13,
            because,
        )
        .sampled(40, seed),
    ]
}

/// ½ g² ∇ log p⋆ + v with ∇·(v p⋆) = 0.
pub const CIRCULATION: Claim = Claim::new(
    "fpk-langevin-circulation",
    "a flux that goes round may be added to the drift, and the law that stays does not \
     know of it",
    |seed| check(&shown(), seed),
    &[
        Slip::printed("a law at rest without any flux", "E004-18", |seed| {
            check(&Candidate { flowing: 0.0, ..shown() }, seed)
        }),
        Slip::new("a mirror for a turn", |seed| {
            let mirrored = |turn: f64| turn.abs();
            let Candidate { plane, space, flowing } = shown();
            let (plane, space) = (plane.map(mirrored), space.map(mirrored));
            check(&Candidate { plane, space, flowing }, seed)
        }),
    ],
);
