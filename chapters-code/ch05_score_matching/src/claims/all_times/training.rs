//! The training loop.

use super::largest;
use crate::all_times_lesson::{drawn, law, learned};
use crate::training_loop::{LinearScore, Pair, pair};
use ch01_flows::quadrature::GaussLegendre;
use ch04_reverse_sdes::{Beta, Interval, NoiseSchedule, VariancePreserving};
use dynamics::{Generator, Increment, Point, Stream};
use evidence::{Claim, Evidence, STANDARD_ERRORS, Slip, mean_and_error};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Matrix3x2, Vector2, Vector3};

const SCHEDULE: VariancePreserving = VariancePreserving {
    beta: Beta { start: 0.3, end: 4.0 },
    interval: Interval { start: 0.05, end: 1.5 },
};
const PARTS: usize = 5;
const MEAN: Vector2<f64> = Vector2::new(0.8, -0.5);
const COVARIANCE: Matrix2<f64> = Matrix2::new(0.7, 0.3, 0.3, 0.4);

/// λ = σ².
fn weight(t: f64) -> f64 {
    SCHEDULE.sigma(t).powi(2)
}

/// Draws from N(m, C).
fn datum(draws: &mut Generator) -> Point<2> {
    let root = COVARIANCE.cholesky().expect("a covariance").l();
    MEAN + root * Point::<2>::draw(1.0, draws)
}

fn affine(x: &Point<2>) -> DVector<f64> {
    DVector::from_row_slice(&[1.0, x.x, x.y])
}

/// The parameters to which the loop leads with ever more draws. Since E f ∇log pᵀ is
/// minus the mean slope of f, no target is needed: ∫ λ E f fᵀ dt Θᵀ = −∫ λ E f′ᵀ dt.
fn expected(part: usize) -> Matrix3x2<f64> {
    let Interval { start, end } = SCHEDULE.interval;
    let side = (end - start) / PARTS as f64;
    let (low, high) = (start + side * part as f64, start + side * (part + 1) as f64);
    let rule = GaussLegendre::new(20);
    let over =
        |f: &dyn Fn(f64) -> f64| rule.integral(|t: f64| weight(t) * f(t), low, high);
    let second = |t: f64| {
        let (alpha, sigma): (f64, f64) = (SCHEDULE.alpha(t), SCHEDULE.sigma(t));
        let mean = Vector3::new(1.0, alpha * MEAN.x, alpha * MEAN.y);
        let mut square = mean * mean.transpose();
        let spread = COVARIANCE * (alpha * alpha) + Matrix2::identity() * (sigma * sigma);
        for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            square[(i + 1, j + 1)] += spread[(i, j)];
        }
        square
    };
    let square = Matrix3::from_fn(|i, j| over(&|t| second(t)[(i, j)]));
    let slope = -over(&|_| 1.0);
    let slopes = Matrix3x2::new(0.0, 0.0, slope, 0.0, 0.0, slope);
    square.cholesky().expect("a mean square").solve(&slopes)
}

/// One question with its answer.
type Question = fn(&mut Generator) -> Pair<2>;

fn asked(draws: &mut Generator) -> Pair<2> {
    let z = datum(draws);
    pair(&SCHEDULE, weight, &z, draws)
}

const LOOPS: u64 = 100;
const DRAWS: usize = 1000;

/// A hundred loops with normal data in the plane: their mean parameters.
fn recovers(seed: u64, question: Question) -> Evidence {
    let one = |k: u64| -> Vec<DMatrix<f64>> {
        let mut draws = Stream::new(seed, "loop").chunk(k);
        let mut model = LinearScore::new(affine, SCHEDULE.interval, PARTS);
        let pairs: Vec<_> = (0..DRAWS).map(|_| question(&mut draws)).collect();
        model.learn(pairs, 0.0).expect("draws in every part");
        model.parts
    };
    let loops: Vec<_> = (0..LOOPS).map(one).collect();
    let mut errors = Vec::new();
    for part in 0..PARTS {
        let expected = expected(part);
        for (i, j) in (0..3).flat_map(|i| (0..2).map(move |j| (i, j))) {
            let found = loops.iter().map(|parts| parts[part][(j, i)]);
            let (mean, error) = mean_and_error(found);
            errors.push((mean - expected[(i, j)]).abs() / error);
        }
    }
    Evidence::at_most(
        "a hundred loops, normal data in the plane: largest distance of 30 mean parameters \
         in standard errors",
        largest(errors),
        STANDARD_ERRORS,
        "5.8 standard errors, from a hundred loops: two in a million true checks miss by more",
    )
    .sampled(LOOPS * DRAWS as u64, seed)
}

/// The two heaps learned with bumps, then drawn by the sampler of chapter 4.
fn draws(seed: u64, change: fn(Pair<1>) -> Pair<1>) -> Evidence {
    let places = match learned(seed, change) {
        Ok(model) => drawn(&model, 2000, seed),
        Err(_) => vec![f64::NAN],
    };
    Evidence::law(
        "2000 draws with a learned score",
        &places,
        |x| law().cdf(1e-3, x),
        seed,
    )
}

/// Draw z, t and ε; descend λ |s(α z + σ ε, t) + ε/σ|²; draw with the score.
pub const LOOP: Claim = Claim::new(
    "sm-smld-loop",
    "least squares over noised data with their noise for the answer recover the score at \
     every time, and with it the sampler draws from the data",
    |seed| vec![recovers(seed, asked), draws(seed, |pair| pair)],
    &[
        Slip::new("the noise of another draw", |seed| {
            vec![recovers(seed, |draws| {
                let mut found = asked(draws);
                let sigma: f64 = SCHEDULE.sigma(found.t);
                found.target = -Point::<2>::draw(1.0, draws) / sigma;
                found
            })]
        }),
        Slip::new("the noise itself for the answer", |seed| {
            vec![recovers(seed, |draws| {
                let mut found = asked(draws);
                found.target *= -SCHEDULE.sigma(found.t);
                found
            })]
        }),
        Slip::new("the model asked at the clean datum", |seed| {
            vec![recovers(seed, |draws| {
                let z = datum(draws);
                Pair { x: z, ..pair(&SCHEDULE, weight, &z, draws) }
            })]
        }),
        Slip::new("a time of another draw", |seed| {
            vec![recovers(seed, |draws| {
                let t = asked(draws).t;
                Pair { t, ..asked(draws) }
            })]
        }),
        Slip::new("half of the noise, drawn with", |seed| {
            vec![draws(seed, |pair| Pair { target: pair.target * 0.5, ..pair })]
        }),
    ],
);
