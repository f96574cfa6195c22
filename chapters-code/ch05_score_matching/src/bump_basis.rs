//! A score as a sum of fixed bumps: a model whose best parameters solve linear equations.

use crate::problem::heaps;
use crate::windows::window_score;
use ch01_flows::quadrature::trapezoid;
use dynamics::{Point, Stream};
use nalgebra::{DMatrix, DVector};
use rand_distr::{Distribution, StandardNormal};

// ANCHOR: bumps
/// s(x) = θ₀ + θ₁ x + Σ θₖ e^{−(x − cₖ)²/2w²}, with 15 middles cₖ from −3 to 3.
#[derive(Clone, Debug)]
pub struct BumpScore {
    /// θ₀, θ₁, and one for each bump.
    pub theta: DVector<f64>,
}

const BUMPS: usize = 15;
const WIDTH: f64 = 0.5;

/// 1, x and the bumps at x, with their slopes.
fn basis(x: f64) -> (DVector<f64>, DVector<f64>) {
    let middle = |k: usize| -3.0 + 6.0 * k as f64 / (BUMPS - 1) as f64;
    let mut value = DVector::from_element(2 + BUMPS, 1.0);
    let mut slope = DVector::zeros(2 + BUMPS);
    (value[1], slope[1]) = (x, 1.0);
    for k in 0..BUMPS {
        let u = (x - middle(k)) / WIDTH;
        value[2 + k] = (-0.5 * u * u).exp();
        slope[2 + k] = -u / WIDTH * value[2 + k];
    }
    (value, slope)
}

impl BumpScore {
    /// s(x).
    pub fn at(&self, x: f64) -> f64 {
        self.theta.dot(&basis(x).0)
    }

    /// The least of ½ θ·B θ/n − θ·r/n + ½ ridge |θ|², where B sums b(x) b(x)ᵀ over the
    /// places and r is a sum of n vectors: every loss of this model has that form.
    fn least(places: &[f64], r: &DVector<f64>, ridge: f64) -> Self {
        let n = places.len() as f64;
        let mut square = DMatrix::from_diagonal_element(2 + BUMPS, 2 + BUMPS, ridge);
        for x in places {
            let value = basis(*x).0;
            square.ger(1.0 / n, &value, &value, 1.0);
        }
        let solved = square.cholesky().expect("a ridge makes it positive definite");
        Self { theta: solved.solve(&(r / n)) }
    }

    /// Implicit score matching: mean of ½ s² + s′, and r = −Σ b′(xₖ).
    pub fn implicit(data: &[f64], ridge: f64) -> Self {
        Self::with_divergence(data, 1.0, ridge)
    }

    /// Mean of ½ s² + c s′; c = 1 is right.
    pub fn with_divergence(data: &[f64], c: f64, ridge: f64) -> Self {
        let zero = DVector::zeros(2 + BUMPS);
        let r = data.iter().fold(zero, |r, x| r - basis(*x).1 * c);
        Self::least(data, &r, ridge)
    }

    /// Least squares: mean of ½ (s(xₖ) − yₖ)², and r = Σ yₖ b(xₖ).
    pub fn regression(places: &[f64], targets: &[f64], ridge: f64) -> Self {
        let zero = DVector::zeros(2 + BUMPS);
        let pairs = places.iter().zip(targets);
        let r = pairs.fold(zero, |r, (x, y)| r + basis(*x).0 * *y);
        Self::least(places, &r, ridge)
    }
}
// ANCHOR_END: bumps

/// Bandwidth of the window, and deviation of the noise of denoising.
pub const BLUR: f64 = 0.25;

/// Copies of a datum, each with a noise of its own.
const COPIES: usize = 20;

const RIDGE: f64 = 1e-2;

/// `n` draws of the chapter's law.
pub fn sample(n: usize, seed: u64) -> Vec<f64> {
    let (law, mut draws) =
        (heaps(), Stream::new(seed, "three ways to a score").generator());
    (0..n).map(|_| law.sample(&mut draws).x).collect()
}

/// Denoising: places x + σ ε and targets −ε/σ, twenty for each datum.
pub fn noised(data: &[f64], seed: u64) -> (Vec<f64>, Vec<f64>) {
    let mut draws = Stream::new(seed, "noise for three ways").generator();
    let copies = data.iter().flat_map(|x| std::iter::repeat_n(x, COPIES));
    copies
        .map(|x| {
            let noise: f64 = StandardNormal.sample(&mut draws);
            (x + BLUR * noise, -noise / BLUR)
        })
        .unzip()
}

/// A guess of the score.
pub type Guess = Box<dyn Fn(f64) -> f64>;

/// By a window estimate, by implicit and by denoising score matching.
pub fn three_ways(n: usize, seed: u64) -> [Guess; 3] {
    let data = sample(n, seed);
    let (places, targets) = noised(&data, seed);
    let implicit = BumpScore::implicit(&data, RIDGE);
    let denoising = BumpScore::regression(&places, &targets, RIDGE);
    let data: Vec<_> = data.into_iter().map(Point::<1>::new).collect();
    [
        Box::new(move |x| window_score(&data, BLUR, &Point::<1>::new(x)).x),
        Box::new(move |x| implicit.at(x)),
        Box::new(move |x| denoising.at(x)),
    ]
}

/// E|s − ∇ log p|²/E|∇ log p|²: what part of the score of the law is missed.
pub fn missed(guess: &dyn Fn(f64) -> f64) -> f64 {
    let law = heaps();
    let mean = |f: &dyn Fn(f64, f64) -> f64| {
        let term = |x: f64| {
            let place = Point::<1>::new(x);
            law.log_density(0.0, &place).exp() * f(x, law.score(0.0, &place).x)
        };
        trapezoid(term, -5.0, 4.0, 900)
    };
    mean(&|x, s| (guess(x) - s).powi(2)) / mean(&|_, s| s * s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bumps_stand_evenly_from_end_to_end() {
        // 6/14 apart: a top on each, with no slope.
        for (k, x) in [(2, -3.0), (3, -3.0 + 3.0 / 7.0), (9, 0.0), (16, 3.0)] {
            let (value, slope) = basis(x);
            assert!((value[k] - 1.0).abs() < 1e-15 && slope[k].abs() < 1e-14, "{k}");
        }
    }

    #[test]
    fn what_is_missed_is_a_share_of_the_square() {
        let score = |x: f64| heaps().score(0.0, &Point::<1>::new(x)).x;
        // 0.3² of it; the sums of both means hold the same places.
        assert!((missed(&|x| 0.7 * score(x)) - 0.09).abs() < 1e-12);
        let left = missed(&|x| if x < 0.0 { score(x) } else { 0.0 });
        let right = missed(&|x| if x < 0.0 { 0.0 } else { score(x) });
        assert!((left + right - 1.0).abs() < 1e-12);
        assert!(left.min(right) > 0.05, "one side has all: {left} and {right}");
    }

    #[test]
    fn every_copy_has_a_noise_of_its_own() {
        let data = sample(3, 5);
        assert_ne!(data, sample(3, 6));
        let (places, targets) = noised(&data, 5);
        assert_ne!(targets, noised(&data, 6).1);
        assert_eq!((places.len(), targets.len()), (60, 60));
        for (k, (place, target)) in places.iter().zip(&targets).enumerate() {
            // −ε/σ is −(x + σ ε − x)/σ².
            let step = data[k / 20] - place;
            assert!((target - step / (BLUR * BLUR)).abs() < 1e-12);
            assert!(targets[..k].iter().all(|other| other != target));
        }
    }

    #[test]
    fn three_ways_see_the_same_data() {
        let (n, seed) = (200, 9);
        let data = sample(n, seed);
        let (places, targets) = noised(&data, seed);
        let points: Vec<_> = data.iter().map(|x| Point::<1>::new(*x)).collect();
        let [window, implicit, denoising] = three_ways(n, seed);
        for x in [-1.7, 0.2, 1.1] {
            let place = Point::<1>::new(x);
            assert_eq!(window(x), window_score(&points, BLUR, &place).x);
            assert_eq!(implicit(x), BumpScore::implicit(&data, RIDGE).at(x));
            let told = BumpScore::regression(&places, &targets, RIDGE);
            assert_eq!(denoising(x), told.at(x));
        }
    }
}
