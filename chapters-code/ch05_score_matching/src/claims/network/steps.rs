//! Adam, and an average of weights.

use evidence::{Claim, Evidence, Slip};
use neural::{Adam, Average, Matrix, Weights};

/// How far weights have moved after steps with these gradients, at the rate η = 0.01.
type Moved = fn(gradients: &[f64]) -> f64;

const RATE: f64 = 0.01;

fn with(adam: impl Fn(Adam<f64>) -> Adam<f64>, gradients: &[f64]) -> f64 {
    let mut weights = Weights(vec![Matrix::from_element(2, 3, 0.7)]);
    let mut adam = adam(Adam::new(&weights));
    for &g in gradients {
        adam.step(RATE, &mut weights, &[Matrix::from_element(2, 3, g)]);
    }
    weights.0[0][4] - 0.7
}

fn shown(gradients: &[f64]) -> f64 {
    with(|adam| adam, gradients)
}

fn adam_check(moved: Moved) -> Vec<Evidence> {
    // A constant gradient: both means are exact, and each step has the length η.
    let constant = [-2e-2, 3.0, 4e4].map(|g: f64| {
        let expected = -30.0 * RATE * g.signum();
        (moved(&[g; 30]) - expected).abs()
    });
    // A gradient whose sign changes: m̂ₖ = ±g (1 − β)(1 − (−β)ᵏ)/((1 + β)(1 − βᵏ)), β = 0.9.
    let g = 2.5;
    let signs = (0..21).map(|k| if k % 2 == 0 { 1.0 } else { -1.0 });
    let changing: Vec<f64> = signs.clone().map(|sign| sign * g).collect();
    let beta = 0.9_f64;
    let expected: f64 = signs
        .zip(1..)
        .map(|(sign, k)| {
            let (even, plain) = (1.0 - (-beta).powi(k), 1.0 - beta.powi(k));
            -RATE * sign * (1.0 - beta) * even / ((1.0 + beta) * plain)
        })
        .sum();
    vec![
        Evidence::at_most(
            "30 steps with one gradient, from 30 η",
            constant.into_iter().fold(0.0, f64::max),
            3e-7,
            "ε against the least gradient, 5e-7 of the way, and rounding",
        ),
        Evidence::at_most(
            "21 steps with a gradient whose sign changes",
            (moved(&changing) - expected).abs(),
            1e-9,
            "ε/|g| = 4e-9 of the way, which is 0.01",
        ),
    ]
}

/// Adam by hand, with the corrections 1 − βᵏ raised to a power, and the root or not.
fn by_hand(gradients: &[f64], correct: bool, root: fn(f64) -> f64) -> f64 {
    let (mut w, mut m, mut v) = (0.0, 0.0, 0.0);
    for (&g, k) in gradients.iter().zip(1..) {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        let whole = |beta: f64| if correct { 1.0 - beta.powi(k) } else { 1.0 };
        w -= RATE * (m / whole(0.9)) / (root(v / whole(0.999)) + 1e-8);
    }
    w
}

/// Algorithm 1 of Kingma and Ba.
pub const ADAM: Claim = Claim::new(
    "sm-adam",
    "a step of Adam has the length of the rate where gradients agree, whatever their size",
    |_| adam_check(shown),
    &[
        Slip::new("the start not corrected", |_| {
            adam_check(|gradients| by_hand(gradients, false, f64::sqrt))
        }),
        Slip::new("no root of the mean square", |_| {
            adam_check(|gradients| by_hand(gradients, true, |v| v))
        }),
        Slip::new("the two memories exchanged", |_| {
            adam_check(|gradients| {
                let exchanged = |mut adam: Adam<f64>| {
                    (adam.keep_mean, adam.keep_square) = (0.999, 0.9);
                    adam
                };
                with(exchanged, gradients)
            })
        }),
    ],
);

/// What is left of the start after n steps in which the weights are 0.
type Left = fn(decay: f64, n: usize) -> f64;

fn left(decay: f64, n: usize) -> f64 {
    let at = |x: f64| Weights(vec![Matrix::from_element(1, 2, x)]);
    let mut average = Average::new(&at(1.0), decay);
    (0..n).for_each(|_| average.take(&at(0.0)));
    average.weights.0[0][1]
}

fn average_check(left: Left) -> Vec<Evidence> {
    // Π (1 + k)/(10 + k) = n! 9!/(n + 9)! is one over a binomial coefficient.
    let choose = |n: usize| (1..=9).fold(1.0, |c, i| c * (n + i) as f64 / i as f64);
    let early = (left(0.99, 20) * choose(20) - 1.0).abs();
    // From step 890 on, the share that is kept is 0.99.
    let late = (left(0.99, 950) / left(0.99, 900) / 0.99_f64.powi(50) - 1.0).abs();
    let because = "products of twenty or fifty factors: rounding";
    vec![
        Evidence::at_most(
            "twenty steps, what is left of the start",
            early,
            1e-13,
            because,
        ),
        Evidence::at_most(
            "steps 900 to 950, what is left of before",
            late,
            1e-13,
            because,
        ),
    ]
}

/// a ← a + (1 − κ)(w − a).
pub const AVERAGE: Claim = Claim::new(
    "sm-average",
    "an average of weights soon forgets its start, and later remembers a fixed number of steps",
    |_| average_check(left),
    &[
        Slip::new("one memory from the start", |_| {
            average_check(|decay, n| (0..n).fold(1.0, |left, _| left * decay))
        }),
        Slip::new("the shares exchanged", |_| {
            average_check(|decay, n| {
                (0..n).fold(1.0, |left, k| {
                    left * (1.0 - decay.min((1.0 + k as f64) / (10.0 + k as f64)))
                })
            })
        }),
    ],
);
