//! The past obeys a Fokker–Planck equation of its own.

use super::{DERIVATIVES, GROWN, GROWN_PLACES, PULLED, PULLED_PLACES, on_both, worst};
use crate::known::{Given, Known, Marginal, Prices, Seen};
use crate::reverse::{Reversed, Turned};
use ch01_flows::fields::Number;
use ch03_fokker_planck::{Diffusion, Smooth, fokker_planck};
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, SMatrix, SVector};
use num_dual::Dual;
use rand::RngExt;

/// What might run backwards.
#[derive(Clone, Copy)]
enum Candidate {
    /// The very one.
    Shown,
    /// f̄ for −f̄: the backward clock forgotten.
    UnturnedDrift,
    /// −f: a film run backwards, nothing else.
    ForwardDrift,
    /// f̄ with (a/p) ∇p for (1/p) ∇·(a p).
    ScoreAlone,
    /// f̄ with half of what is added to f.
    Half,
    /// The sign of the second derivative.
    SignOfNoise,
    /// a without what stands beside the diagonal.
    Diagonal,
}

/// A reversed diffusion, or what was made of it.
struct Tried<P, L> {
    shown: Reversed<P, L>,
    candidate: Candidate,
}

impl<P: Diffusion<D>, L: Smooth<D>, const D: usize> Diffusion<D> for Tried<P, L> {
    fn drift<T: Number>(&self, tau: T, y: &SVector<T, D>) -> SVector<T, D> {
        let right = self.shown.drift(tau, y);
        let t = -tau + self.shown.end;
        let forward = self.shown.process.drift(t, y);
        match self.candidate {
            Candidate::UnturnedDrift => -right,
            Candidate::ForwardDrift => -forward,
            Candidate::Half => (right - forward) * T::from(0.5),
            // −f̄ = −f + ∇·a + a s.
            Candidate::ScoreAlone => right - divergence(&self.shown.process, t, y),
            _ => right,
        }
    }

    fn covariance_rate<T: Number>(&self, tau: T, y: &SVector<T, D>) -> SMatrix<T, D, D> {
        let a = self.shown.covariance_rate(tau, y);
        match self.candidate {
            Candidate::SignOfNoise => -a,
            Candidate::Diagonal => {
                SMatrix::<T, D, D>::from_fn(
                    |i, j| {
                        if i == j { a[(i, j)] } else { T::from(0.0) }
                    },
                )
            }
            _ => a,
        }
    }
}

/// ∇·a, row by row.
fn divergence<T: Number, const D: usize>(
    process: &impl Diffusion<D>,
    t: T,
    y: &SVector<T, D>,
) -> SVector<T, D> {
    let now = Dual::from_re(t);
    let mut sum = SVector::from_element(T::from(0.0));
    for j in 0..D {
        let mut place = y.map(Dual::from_re);
        place[j].eps = T::from(1.0);
        let a = process.covariance_rate(now, &place);
        for i in 0..D {
            sum[i] += a[(i, j)].eps;
        }
    }
    sum
}

fn past_check(seed: u64, candidate: Candidate) -> Vec<Evidence> {
    fn residual<K: Known + Copy>(
        process: K,
        candidate: Candidate,
    ) -> impl Fn(f64, f64, Seen) -> f64 {
        move |r, y, later| {
            let law = Marginal(process);
            let shown = Reversed { process, law, end: later.t };
            let past = Turned { law: Given { process, later }, end: later.t };
            let place = Point::<1>::new(y);
            let tried = Tried { shown, candidate };
            fokker_planck(&tried, &past, later.t - r, &place).relative()
        }
    }
    on_both(
        seed,
        worst(PULLED_PLACES, seed, residual(PULLED, candidate)),
        worst(GROWN_PLACES, seed, residual(GROWN, candidate)),
    )
}

/// ∂_r q = −∂(f̄ q) − ½ ∂²(g² q).
pub const CONDITIONAL_PDE: Claim = Claim::new(
    "rev-conditional-pde",
    "the law of the past, given the future, is that of a diffusion that runs backwards",
    |seed| past_check(seed, Candidate::Shown),
    &[
        Slip::new("the sign of the second derivative", |seed| {
            past_check(seed, Candidate::SignOfNoise)
        }),
        Slip::new("the forward drift run backwards", |seed| {
            past_check(seed, Candidate::ForwardDrift)
        }),
        Slip::new("half of what is added to the drift", |seed| {
            past_check(seed, Candidate::Half)
        }),
    ],
);

/// Two prices that move together.
pub const PRICES: Prices = Prices {
    growth: [0.3, -0.2],
    noise: Matrix2::new(0.36, 0.12, 0.12, 0.25),
    mean: [0.2, -0.1],
    spread: Matrix2::new(0.3, -0.1, -0.1, 0.2),
};

fn plane_check(seed: u64, candidate: Candidate) -> Vec<Evidence> {
    let mut draws = Stream::new(seed, "two prices").generator();
    let residual = |_| {
        let end = draws.random_range(0.9..1.4);
        let tau = draws.random_range(0.1..0.7);
        let place = Point::<2>::from_fn(|_, _| draws.random_range(0.5..2.0));
        let shown = Reversed { process: PRICES, law: PRICES, end };
        let law = Turned { law: PRICES, end };
        fokker_planck(&Tried { shown, candidate }, &law, tau, &place).relative()
    };
    let error =
        (0..50).map(residual).fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a });
    let what = "largest residual of 50 over its largest term, two prices";
    vec![Evidence::at_most(what, error, 1e-12, DERIVATIVES).sampled(50, seed)]
}

/// f̄ = f − ∇·a − a ∇ log p, G the same.
pub const SDE_GENERAL: Claim = Claim::new(
    "rev-sde-general",
    "in any dimension and with any noise, the drift backwards is the drift less the \
     divergence of the covariance rate times the density, over the density",
    |seed| plane_check(seed, Candidate::Shown),
    &[
        Slip::new("the divergence of a left out", |seed| {
            plane_check(seed, Candidate::ScoreAlone)
        }),
        Slip::new("half of what is added to the drift", |seed| {
            plane_check(seed, Candidate::Half)
        }),
        Slip::new("noise without its correlation", |seed| {
            plane_check(seed, Candidate::Diagonal)
        }),
        Slip::new("the drift not turned round", |seed| {
            plane_check(seed, Candidate::UnturnedDrift)
        }),
    ],
);
