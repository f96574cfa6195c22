//! Langevin's equation keeps its target.

use super::{cloud, places, three, unrest};
use crate::bumps::Bumps;
use crate::operators::{Diffusion, Smooth};
use crate::score_driven::{ScoreDriven, Strength, score};
use ch01_flows::fields::Number;
use dynamics::{Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SMatrix, SVector};
use statrs::function::erf::erfc;

/// The strengths of the checks: one that stays, and 1.3/(1 + 0.4 t).
const STEADY: f64 = 1.3;

#[derive(Clone, Copy)]
struct Fading;

impl Strength for Fading {
    fn at<T: Number>(&self, t: T) -> T {
        (t * 0.4 + 1.0).recip() * 1.3
    }
}

/// What drives a particle, given the target, the noise and the place.
trait Drive: Copy + Sync {
    fn drift<T: Number>(
        self,
        langevin: &ScoreDriven<Bumps<2>, impl Strength>,
        t: T,
        x: &SVector<T, 2>,
    ) -> SVector<T, 2>;
}

/// Langevin's equation with another drift.
struct Driven<G, F> {
    langevin: ScoreDriven<Bumps<2>, G>,
    drive: F,
}

impl<G: Strength, F: Drive> Diffusion<2> for Driven<G, F> {
    fn drift<T: Number>(&self, t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        self.drive.drift(&self.langevin, t, x)
    }

    fn covariance_rate<T: Number>(&self, t: T, x: &SVector<T, 2>) -> SMatrix<T, 2, 2> {
        self.langevin.covariance_rate(t, x)
    }
}

/// The page's drift.
#[derive(Clone, Copy)]
struct Shown;

impl Drive for Shown {
    fn drift<T: Number>(
        self,
        langevin: &ScoreDriven<Bumps<2>, impl Strength>,
        t: T,
        x: &SVector<T, 2>,
    ) -> SVector<T, 2> {
        langevin.drift(t, x)
    }
}

/// g² ∇ log p⋆.
#[derive(Clone, Copy)]
struct Doubled;

impl Drive for Doubled {
    fn drift<T: Number>(
        self,
        langevin: &ScoreDriven<Bumps<2>, impl Strength>,
        t: T,
        x: &SVector<T, 2>,
    ) -> SVector<T, 2> {
        langevin.drift(t, x).map(|f| f * 2.0)
    }
}

/// ½ g² ∇ p⋆.
#[derive(Clone, Copy)]
struct Slope;

impl Drive for Slope {
    fn drift<T: Number>(
        self,
        langevin: &ScoreDriven<Bumps<2>, impl Strength>,
        t: T,
        x: &SVector<T, 2>,
    ) -> SVector<T, 2> {
        let p = langevin.target.at(t, x);
        langevin.drift(t, x).map(|f| f * p)
    }
}

/// The score times the output of a network of one unit.
#[derive(Clone, Copy)]
struct Networked;

impl Drive for Networked {
    fn drift<T: Number>(
        self,
        langevin: &ScoreDriven<Bumps<2>, impl Strength>,
        t: T,
        x: &SVector<T, 2>,
    ) -> SVector<T, 2> {
        let output = (x[0] * 0.8 - x[1] * 0.5 + 0.3).tanh() + 1.4;
        langevin.drift(t, x).map(|f| f * output)
    }
}

/// P(X₁ ≤ x) under the bumps of [`three`] with these weights.
fn below(weights: [f64; 3], x: f64) -> f64 {
    let bumps = [(0.9, 0.6), (-0.9, 0.5), (0.3, 0.4)];
    let part =
        |(w, (m, v)): (f64, (f64, f64))| w * 0.5 * erfc((m - x) / (2.0 * v).sqrt());
    weights.into_iter().zip(bumps).map(part).sum()
}

/// The target's own weights.
const ALL: [f64; 3] = [0.5, 0.3, 0.2];

fn check(drive: impl Drive, weights: [f64; 3], seed: u64) -> Vec<Evidence> {
    let places = places::<2>(60, 2.2, seed, "three bumps");
    let with = |langevin| Driven { langevin, drive };
    let steady = with(ScoreDriven { target: three(), noise: STEADY });
    let fading =
        Driven { langevin: ScoreDriven { target: three(), noise: Fading }, drive };
    // The score itself, by a route without dual numbers.
    let slope = |x: &Point<2>| {
        let h = 1e-5;
        let log = |x: Point<2>| three().at(0.0, &x).ln();
        let along = |i| {
            let step = Point::<2>::ith(i, h);
            (log(x + step) - log(x - step)) / (2.0 * h)
        };
        (score(&three(), 0.0, x) - Point::<2>::from_fn(|i, _| along(i))).norm()
    };
    let sloped = super::worst(places.iter().map(slope));
    let start = Point::<2>::new(1.1, -0.5);
    let (grid, stream) = (TimeGrid::new(0.0, 5.0, 250), Stream::new(seed, "one place"));
    let ends = cloud(steady, grid, start, 3000, stream);
    let ends: Vec<f64> = ends.iter().map(|x| x[0]).collect();
    let steady = with(ScoreDriven { target: three(), noise: STEADY });
    vec![
        Evidence::at_most(
            "rate of change of the target at 60 places over its largest term, g = 1.3",
            unrest(&steady, &three(), 0.0, &places),
            1e-13,
            "rounding: four terms of a few dozen operations each",
        )
        .sampled(60, seed),
        Evidence::at_most(
            "the same with g = 1.3/(1 + 0.4t) at t = 0.7",
            unrest(&fading, &three(), 0.7, &places),
            1e-13,
            "rounding",
        )
        .sampled(60, seed),
        Evidence::at_most(
            "the score against differences of log p there",
            sloped,
            1e-7,
            "order 2 with steps of 1e-5: 2e-11 times a third derivative, which is up to \
             1000 between two bumps, and rounding of exponents over the step",
        )
        .sampled(60, seed),
        Evidence::law(
            "3000 particles that started at one place of the first bump, at t = 5",
            &ends,
            |x| below(weights, x),
            seed,
        ),
    ]
}

/// ½ g² ∇ log p⋆ and g.
pub const LANGEVIN: Claim = Claim::new(
    "fpk-langevin",
    "a drift of half the squared noise times the score keeps the target, and particles \
     from one place settle in it",
    |seed| check(Shown, ALL, seed),
    &[
        Slip::printed("only what one has samples of can be sampled", "E000-09", |seed| {
            // A cloud that starts in the first bump would have to stay in it.
            check(Shown, [1.0, 0.0, 0.0], seed)
        }),
        Slip::printed("the score times a network's output", "E000-13", |seed| {
            check(Networked, ALL, seed)
        }),
        Slip::printed("the slope of the density for its score", "E002-07", |seed| {
            check(Slope, ALL, seed)
        }),
        Slip::new("the whole of the squared noise", |seed| check(Doubled, ALL, seed)),
    ],
);
