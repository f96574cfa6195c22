//! Schedules, and what they make of data.

use crate::noised::Noised;
use crate::noising::Noising;
use crate::problem::{HEAPS, SCHEDULE, two_heaps};
use crate::schedules::{
    Beta, Cosine, Interval, NoiseSchedule, Straight, SubVariancePreserving,
    VarianceExploding, VariancePreserving, rates,
};
use ch01_flows::fields::Number;
use ch01_flows::quadrature::trapezoid;
use ch03_fokker_planck::transition::normal;
use ch03_fokker_planck::{Smooth, fokker_planck};
use dynamics::{Coefficients, Density, Mixture, Point, Stream};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Matrix2, SVector, Vector2};
use num_dual::Dual64;
use rand::RngExt;

const DERIVATIVES: &str =
    "rounding: derivatives are exact, carried by dual numbers through exponentials";

/// Not-a-number wins.
fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors.into_iter().fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

/// N(α z, σ²) as a function of time and place.
struct Kernel<S> {
    schedule: S,
    start: f64,
}

impl<S: NoiseSchedule> Smooth<1> for Kernel<S> {
    fn at<T: Number>(&self, t: T, x: &SVector<T, 1>) -> T {
        let sigma = self.schedule.sigma(t);
        normal(x[0], self.schedule.alpha(t) * self.start, sigma * sigma)
    }
}

type Rates = fn(Coefficients) -> (f64, f64);

/// a and g² of the schedule, and the equation of its kernel.
fn one<S: NoiseSchedule + Copy>(
    name: &str,
    schedule: S,
    rates: Rates,
    seed: u64,
) -> [Evidence; 2] {
    let mut draws = Stream::new(seed, "schedules").generator();
    let (low, high) = (0.05, schedule.interval().end.min(0.95));
    let times: Vec<f64> = (0..30).map(|_| draws.random_range(low..high)).collect();
    let error = |&t: &f64| {
        let now = Dual64::from_re(t).derivative();
        let (alpha, sigma) = (schedule.alpha(now), schedule.sigma(now));
        let at = Coefficients {
            alpha: alpha.re,
            sigma: sigma.re,
            d_alpha: alpha.eps,
            d_sigma: sigma.eps,
        };
        let (a, g2) = rates(at);
        let scale = 2.0 * at.sigma * at.d_sigma.abs() + schedule.noise_rate(t);
        let (da, dg) = (a - schedule.rate(t), g2 - schedule.noise_rate(t));
        (da.abs() / (1.0 + a.abs())).max(dg.abs() / scale)
    };
    let found = largest(times.iter().map(error));
    let residual = |&t: &f64| {
        let (noising, kernel) = (Noising { schedule }, Kernel { schedule, start: 0.8 });
        let sigma: f64 = schedule.sigma(t);
        let place = Point::<1>::new(schedule.alpha(t) * 0.8 + 0.7 * sigma);
        fokker_planck(&noising, &kernel, t, &place).relative()
    };
    let equation = largest(times.iter().map(residual));
    [
        Evidence::at_most(
            format!("{name}: a and g² from α and σ, largest error at 30 times"),
            found,
            1e-12,
            DERIVATIVES,
        )
        .sampled(30, seed),
        Evidence::at_most(
            format!("{name}: residual of the kernel's equation over its largest term"),
            equation,
            1e-12,
            DERIVATIVES,
        )
        .sampled(30, seed),
    ]
}

fn schedule_check(seed: u64, rates: Rates) -> Vec<Evidence> {
    let (unit, early) =
        (Interval { start: 1e-3, end: 1.0 }, Interval { start: 1e-3, end: 0.98 });
    let beta = Beta { start: 0.3, end: 4.0 };
    let preserving = VariancePreserving { beta, interval: unit };
    let exploding = VarianceExploding { sigma_min: 0.1, sigma_max: 5.0, interval: unit };
    let sub = SubVariancePreserving { beta, interval: unit };
    let cosine = Cosine { offset: 0.008, interval: early };
    [
        one("variance preserving", preserving, rates, seed),
        one("variance exploding", exploding, rates, seed),
        one("sub-VP", sub, rates, seed),
        one("cosine", cosine, rates, seed),
        one("straight", Straight { interval: early }, rates, seed),
    ]
    .concat()
}

/// a = α̇/α, g² = d(σ²)/dt − 2 (α̇/α) σ².
pub const SCHEDULE_TO_SDE: Claim = Claim::new(
    "rev-schedule-to-sde",
    "a factor and a deviation are the kernel of one affine equation, whose noise makes up \
     for the growth of variance that the drift does not bring about",
    |seed| schedule_check(seed, rates),
    &[
        Slip::new("the drift counted once", |seed| {
            schedule_check(seed, |at| {
                let (a, g2) = rates(at);
                (a, g2 + a * at.sigma.powi(2))
            })
        }),
        Slip::new("the growth of the variance alone", |seed| {
            schedule_check(seed, |at| (rates(at).0, 2.0 * at.sigma * at.d_sigma))
        }),
    ],
);

type Score = fn(&Noised<VariancePreserving, 2>, f64, &Point<2>) -> Point<2>;

fn parts() -> [(f64, Point<2>, Matrix2<f64>); 2] {
    [
        (0.65, Vector2::new(1.0, -0.5), Matrix2::new(0.5, 0.2, 0.2, 0.3)),
        (0.35, Vector2::new(-1.2, 0.7), Matrix2::new(0.3, -0.1, -0.1, 0.6)),
    ]
}

fn marginal_check(seed: u64, score: Score) -> Vec<Evidence> {
    let law = Noised::new(parts(), SCHEDULE);
    let mut draws = Stream::new(seed, "noised mixture").generator();
    let error = |_| {
        let t = draws.random_range(0.05..0.6);
        let x = Point::<2>::from_fn(|_, _| draws.random_range(-2.0..2.0));
        let slope = Point::<2>::from_fn(|i, _| {
            let mut place = x.map(Dual64::from_re);
            place[i].eps = 1.0;
            law.log_density(Dual64::from_re(t), &place).eps
        });
        let (alpha, sigma) = (SCHEDULE.alpha(t), SCHEDULE.sigma(t));
        let pushed = Mixture::new(parts()).pushed(alpha, sigma);
        let found = score(&law, t, &x);
        let size = 1.0 + slope.norm();
        ((found - slope).norm() / size).max((found - pushed.score(&x)).norm() / size)
    };
    let score_error = largest((0..50).map(error));
    // On the line the law is also an integral over the data.
    let line = two_heaps(SCHEDULE);
    let density = |t: f64, x: f64| {
        let (alpha, sigma): (f64, f64) = (SCHEDULE.alpha(t), SCHEDULE.sigma(t));
        let joint = |z: f64| {
            let data: f64 = HEAPS.iter().map(|&(w, m, s)| w * normal(z, m, s * s)).sum();
            data * normal(x, alpha * z, sigma * sigma)
        };
        trapezoid(joint, -6.0, 6.0, 2000)
    };
    let apart = [(0.05, -1.2), (0.2, 0.3), (0.5, 0.9), (0.9, -0.4)].map(|(t, x)| {
        (line.log_density(t, &Point::<1>::new(x)) - density(t, x).ln()).abs()
    });
    vec![
        Evidence::at_most(
            "score against the slope of the log-density and against the mixture pushed, \
             largest relative error of 50",
            score_error,
            1e-11,
            DERIVATIVES,
        )
        .sampled(50, seed),
        Evidence::at_most(
            "log-density against the integral over the data at 4 places",
            largest(apart),
            1e-10,
            "quadrature of a density that vanishes at both ends, to rounding",
        ),
    ]
}

/// p_t = Σ wₖ N(α μₖ, α² Cₖ + σ² I), and its score.
pub const MIXTURE_MARGINAL: Claim = Claim::new(
    "rev-mixture-marginal",
    "a noised mixture is a mixture, and its score the mean of the scores of its parts, \
     each with its share of the density at the place",
    |seed| marginal_check(seed, |law, t, x| law.score(t, x)),
    &[
        Slip::new("weights in place of shares", |seed| {
            marginal_check(seed, |_, t, x| {
                let alone = |part: (f64, Point<2>, Matrix2<f64>)| {
                    Noised::new([part], SCHEDULE).score(t, x) * part.0
                };
                parts().map(alone).iter().sum()
            })
        }),
        Slip::new("means that stay", |seed| {
            marginal_check(seed, |_, t, x| {
                let alpha: f64 = SCHEDULE.alpha(t);
                let still = parts().map(|(w, m, c)| (w, m / alpha, c));
                Noised::new(still, SCHEDULE).score(t, x)
            })
        }),
        Slip::new("the score of the data", |seed| {
            marginal_check(seed, |law, _, x| law.score(0.0, x))
        }),
    ],
);

/// Times at which the experiment looks.
pub const TIMES: [f64; 5] = [0.0, 0.05, 0.15, 0.35, 1.0];

/// Draws at a time, whose factor of the start is what `alpha` makes of α.
pub fn noised_draws(t: f64, n: usize, seed: u64, alpha: fn(f64) -> f64) -> Vec<f64> {
    let law = two_heaps(SCHEDULE);
    let mut draws = Stream::new(seed, "forward experiment").generator();
    let factor: f64 = alpha(SCHEDULE.alpha(t)) / SCHEDULE.alpha(t);
    (0..n)
        .map(|_| {
            let mut again = draws.clone();
            let start = law.sample(&mut again)[0] * SCHEDULE.alpha(t);
            law.sample_at(t, &mut draws)[0] + (factor - 1.0) * start
        })
        .collect()
}

fn forward_check(seed: u64, alpha: fn(f64) -> f64) -> Vec<Evidence> {
    let law = two_heaps(SCHEDULE);
    let at = |t: f64| {
        let draws = noised_draws(t, 20_000, seed, alpha);
        Evidence::law(format!("20 000 draws at t = {t}"), &draws, |x| law.cdf(t, x), seed)
    };
    TIMES.map(at).into()
}

/// Two heaps at five times.
pub const EXP_FORWARD: Claim = Claim::new(
    "rev-exp-forward",
    "noised draws of two heaps have the law of the noised mixture at each of five times",
    |seed| forward_check(seed, |alpha| alpha),
    &[
        Slip::new("the start faded twice", |seed| forward_check(seed, |a| a * a)),
        Slip::new("a start that does not fade", |seed| forward_check(seed, |_| 1.0)),
    ],
);
