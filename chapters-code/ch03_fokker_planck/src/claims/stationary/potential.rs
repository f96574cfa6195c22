//! Potentials: the law of a particle that slides down a slope and is kicked.

use super::{distribution, places, through, unrest, worst};
use crate::operators::{Diffusion, Smooth};
use crate::wrong_law::{NOTES, WELL, settled};
use crate::zero_flux::{Boltzmann, Downhill};
use ch01_flows::fields::Number;
use ch02_brownian_motion::langevin::{Medium, Potential};
use ch02_brownian_motion::overdamped::Overdamped;
use dynamics::{Point, Sde};
use evidence::{Claim, Evidence, Slip};
use nalgebra::SVector;

/// 0.6 |x|² + 0.9 cos(x₁ + x₂/2): neither quadratic nor split into coordinates.
#[derive(Clone, Copy)]
struct Ripples;

impl Potential<2> for Ripples {
    fn energy<N: Number>(&self, x: &SVector<N, 2>) -> N {
        (x[0] * x[0] + x[1] * x[1]) * 0.6 + (x[0] + x[1] * 0.5).cos() * 0.9
    }
}

/// The steepness β of e^{−βU}, from the pull c and the noise g.
type Steepness = fn(f64, f64) -> f64;

/// The page's rule.
fn shown(pull: f64, noise: f64) -> f64 {
    Downhill { potential: WELL, pull, noise }.steepness()
}

fn check(steepness: Steepness, seed: u64) -> Vec<Evidence> {
    let law = |downhill: &Downhill<_>| Boltzmann {
        potential: WELL,
        steepness: steepness(downhill.pull, downhill.noise),
    };
    let line = places::<1>(40, 2.2, seed, "a well on the line");
    let crossed = |downhill: &Downhill<_>| through(downhill, &law(downhill), &line);
    let plane = Downhill { potential: Ripples, pull: 0.7, noise: 1.3 };
    let rippled = Boltzmann { potential: Ripples, steepness: steepness(0.7, 1.3) };
    let both = places::<2>(40, 2.0, seed, "ripples in the plane");
    let ends = settled(3000, seed);
    let kept = law(&NOTES);
    vec![
        Evidence::at_most(
            "part of what the drift carries that still flows, 40 places, drift −2U′",
            crossed(&NOTES),
            1e-13,
            "rounding: an exponent up to 20",
        )
        .sampled(40, seed),
        Evidence::at_most(
            "part of what the drift carries that still flows, drift −0.7U′, noise 1.3",
            crossed(&Downhill { potential: WELL, pull: 0.7, noise: 1.3 }),
            1e-13,
            "rounding",
        )
        .sampled(40, seed),
        Evidence::at_most(
            "part of what the drift carries that still flows, ripples in the plane",
            through(&plane, &rippled, &both),
            1e-13,
            "rounding",
        )
        .sampled(40, seed),
        Evidence::law(
            "3000 particles with the drift −2U′ at t = 9",
            &ends,
            distribution(|x| kept.at(0.0, &Point::<1>::new(x)), -2.6, 2.6),
            seed,
        ),
    ]
}

/// dX = −c U′ dt + g dW keeps e^{−2cU/g²}.
pub const POTENTIAL: Claim = Claim::new(
    "fpk-stationary-potential",
    "down a slope with constant noise the law that stays is an exponential of the \
     potential, steeper where the pull is stronger and flatter where the noise is",
    |seed| check(shown, seed),
    &[
        Slip::printed("the exponent of the notes", "E003-05", |seed| {
            // With c = 2 the right exponent is 4U/σ²; printed is U/σ².
            check(|pull, noise| shown(pull, noise) / 4.0, seed)
        }),
        Slip::new("the pull forgotten", |seed| check(|_, noise| shown(1.0, noise), seed)),
        Slip::new("g² for half of it", |seed| {
            check(|pull, noise| 0.5 * shown(pull, noise), seed)
        }),
    ],
);

/// What a particle without inertia does, as pull and noise, and the steepness of its law.
struct Settled {
    downhill: fn(Overdamped<Ripples>) -> Downhill<Ripples>,
    steepness: fn(Overdamped<Ripples>) -> f64,
}

/// The page's conversion, and the page's rule for the law.
const SETTLED: Settled =
    Settled { downhill: Downhill::from, steepness: |o| Downhill::from(o).steepness() };

fn boltzmann(candidate: &Settled, seed: u64) -> Vec<Evidence> {
    let both = places::<2>(40, 2.0, seed, "without inertia");
    let temperature = 0.7;
    let (mut same, mut crossed, mut changed, mut steep) =
        (vec![], vec![], vec![], vec![]);
    for friction in [0.4, 1.3, 2.9] {
        let medium = Medium { friction, temperature };
        let overdamped = Overdamped { potential: Ripples, medium };
        let downhill = (candidate.downhill)(overdamped);
        let steepness = (candidate.steepness)(overdamped);
        let kept = Boltzmann { potential: Ripples, steepness };
        let dw = Point::<2>::new(0.3, -1.1);
        for x in &both {
            let drift = overdamped.drift(0.0, x);
            let noise = overdamped.noise(0.0, x, &dw);
            let apart = (downhill.drift(0.0, x) - drift).norm() / drift.norm();
            let louder = (dw * downhill.noise - noise).norm() / noise.norm();
            same.push(apart.max(louder));
        }
        crossed.push(through(&downhill, &kept, &both));
        changed.push(unrest(&downhill, &kept, 0.0, &both));
        steep.push((steepness * temperature - 1.0).abs());
    }
    let limit = |what: &str, numbers: Vec<f64>, limit: f64, because: &str| {
        Evidence::at_most(what, worst(numbers), limit, because)
    };
    vec![
        limit(
            "drift and noise against chapter 2's, three frictions, 40 places, relative",
            same,
            1e-13,
            "rounding; near a bottom two slopes cancel to a tenth",
        )
        .sampled(40, seed),
        limit("flux of the law over what the drift carries", crossed, 1e-13, "rounding")
            .sampled(40, seed),
        limit(
            "rate of change of the law over its largest term",
            changed,
            1e-13,
            "rounding",
        )
        .sampled(40, seed),
        limit(
            "steepness times k_B T, its distance from 1 for three frictions",
            steep,
            1e-14,
            "five roundings",
        ),
    ]
}

/// e^{−U/k_BT}, whatever the friction.
pub const BOLTZMANN: Claim = Claim::new(
    "fpk-boltzmann",
    "without inertia the law that stays is Boltzmann's, and the friction is not in it",
    |seed| boltzmann(&SETTLED, seed),
    &[
        Slip::new("the friction left in the exponent", |seed| {
            boltzmann(
                &Settled {
                    steepness: |o| 1.0 / (o.medium.friction * o.medium.temperature),
                    ..SETTLED
                },
                seed,
            )
        }),
        Slip::new("the noise not divided by the friction", |seed| {
            boltzmann(
                &Settled {
                    downhill: |o| Downhill {
                        noise: o.medium.strength(),
                        ..Downhill::from(o)
                    },
                    steepness: |o| {
                        let downhill = Downhill::from(o);
                        Downhill { noise: o.medium.strength(), ..downhill }.steepness()
                    },
                },
                seed,
            )
        }),
    ],
);
