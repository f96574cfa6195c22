//! The tape's gradients, and a network with its derivatives.

use crate::losses::implicit_loss;
use dynamics::Stream;
use evidence::{Claim, Evidence, Slip};
use neural::{Activation, Matrix, Mlp, Tape, Var, Weights};

/// Entries of no pattern, the same on every run.
fn entries(rows: usize, columns: usize, purpose: &str) -> Matrix<f64> {
    crate::losses::normals(rows, columns, &mut Stream::new(5, purpose).generator())
}

/// The largest distance of `gradients` from central differences of `loss` at `at`.
fn from_differences(
    loss: impl Fn(&[Matrix<f64>]) -> f64,
    at: &[Matrix<f64>],
    gradients: &[Matrix<f64>],
) -> f64 {
    let (h, mut worst) = (1e-5, 0.0_f64);
    for k in 0..at.len() {
        for e in 0..at[k].len() {
            let moved = |by: f64| {
                let mut there = at.to_vec();
                there[k][e] += by;
                loss(&there)
            };
            let difference = (moved(h) - moved(-h)) / (2.0 * h);
            worst = worst.max((gradients[k][e] - difference).abs());
        }
    }
    worst
}

const DIFFERENCES: &str = "central differences with h = 1e-5: h² of a third derivative and 1e-16/h of \
     rounding, a few 1e-11 each";

/// L(A, B) = mean of (tanh(A B + A) ∘ C)², in which A is used twice.
fn example<'t>(
    tape: &'t Tape<f64>,
    a: Var<'t, f64>,
    again: Var<'t, f64>,
    b: Var<'t, f64>,
) -> Ends<'t> {
    let y = a * b + again;
    let weight = tape.constant(entries(4, 4, "C"));
    let loss = Activation::Tanh.apply(y).times(weight).squared().mean();
    Ends { y, loss }
}

struct Ends<'t> {
    y: Var<'t, f64>,
    loss: Var<'t, f64>,
}

/// ∂L/∂A and ∂L/∂B.
type Gradients = fn(&Matrix<f64>, &Matrix<f64>) -> Vec<Matrix<f64>>;

fn by_tape(a: &Matrix<f64>, b: &Matrix<f64>) -> Vec<Matrix<f64>> {
    let tape = Tape::new();
    let (a, b) = (tape.parameter(a.clone()), tape.parameter(b.clone()));
    let Ends { loss, .. } = example(&tape, a, a, b);
    tape.gradients(loss, &[a, b])
}

/// ∂L/∂Y for Y = A B + A.
fn owed_to_y(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    let tape = Tape::new();
    let (a, b) = (tape.parameter(a.clone()), tape.parameter(b.clone()));
    let Ends { y, loss } = example(&tape, a, a, b);
    // Y as a parameter of its own.
    let free = tape.parameter(y.value());
    let weight = tape.constant(entries(4, 4, "C"));
    let again = Activation::Tanh.apply(free).times(weight).squared().mean();
    assert!((again.number() - loss.number()).abs() < 1e-15);
    tape.gradients(again, &[free]).remove(0)
}

fn reverse_check(gradients: Gradients) -> Vec<Evidence> {
    let (a, b) = (entries(4, 4, "A"), entries(4, 4, "B"));
    let loss = |at: &[Matrix<f64>]| {
        let tape = Tape::new();
        let (a, b) = (tape.constant(at[0].clone()), tape.constant(at[1].clone()));
        example(&tape, a, a, b).loss.number()
    };
    let found = gradients(&a, &b);
    let error = from_differences(loss, &[a, b], &found);
    vec![Evidence::at_most("32 derivatives, from differences", error, 1e-8, DIFFERENCES)]
}

/// Ā = Ȳ Bᵀ, B̄ = Aᵀ Ȳ, and every use adds.
pub const REVERSE_MODE: Claim = Claim::new(
    "sm-reverse-mode",
    "going back along a tape gives the derivative of a loss by every entry of every matrix",
    |_| reverse_check(by_tape),
    &[
        Slip::new("the transposes forgotten", |_| {
            reverse_check(|a, b| {
                let d = owed_to_y(a, b);
                vec![&d * b + &d, a * &d]
            })
        }),
        Slip::new("the second use forgotten", |_| {
            reverse_check(|a, b| {
                let tape = Tape::new();
                let again = tape.constant(a.clone());
                let (a, b) = (tape.parameter(a.clone()), tape.parameter(b.clone()));
                let Ends { loss, .. } = example(&tape, a, again, b);
                tape.gradients(loss, &[a, b])
            })
        }),
        Slip::new("the slope left out", |_| {
            reverse_check(|a, b| {
                let tape = Tape::new();
                let (a, b) = (tape.parameter(a.clone()), tape.parameter(b.clone()));
                let bent = (a * b + a).map(|x: f64| (x.tanh(), 1.0));
                let weight = tape.constant(entries(4, 4, "C"));
                let loss = bent.times(weight).squared().mean();
                tape.gradients(loss, &[a, b])
            })
        }),
    ],
);

/// The network of the check.
fn mlp() -> Mlp {
    Mlp { sizes: vec![3, 6, 5, 3], activation: Activation::Silu }
}

/// Weights with biases that are not 0.
fn weights() -> Weights<f64> {
    let matrices = mlp().shapes().into_iter().enumerate();
    Weights(
        matrices
            .map(|(k, (m, n))| entries(m, n, &format!("weights {k}")) * 0.6)
            .collect(),
    )
}

/// s(x) and s′(x) v.
type Along = fn(&Matrix<f64>, &Matrix<f64>) -> (Matrix<f64>, Matrix<f64>);

fn shown(x: &Matrix<f64>, v: &Matrix<f64>) -> (Matrix<f64>, Matrix<f64>) {
    let (value, mut moved) = mlp().evaluate_along(&weights(), x, std::slice::from_ref(v));
    (value, moved.remove(0))
}

/// The chain rule along v, with `slope` for what each layer does to it.
fn recursion(
    x: &Matrix<f64>,
    v: &Matrix<f64>,
    slope: fn(&Matrix<f64>) -> Matrix<f64>,
) -> (Matrix<f64>, Matrix<f64>) {
    let (w, phi) = (weights().0, |z: f64| z / (1.0 + (-z).exp()));
    let (mut x, mut v) = (x.clone(), v.clone());
    for (l, pair) in w.chunks(2).enumerate() {
        let mut z = &pair[0] * &x;
        z.column_iter_mut().for_each(|mut column| column += pair[1].column(0));
        v = &pair[0] * v;
        x = z.clone();
        if l < 2 {
            v.component_mul_assign(&slope(&z));
            x = z.map(phi);
        }
    }
    (x, v)
}

fn silu_slope(z: &Matrix<f64>) -> Matrix<f64> {
    z.map(|z| Activation::Silu.with_slope(z).1)
}

fn network_check(along: Along) -> Vec<Evidence> {
    let (x, v) = (entries(3, 7, "places"), entries(3, 7, "directions"));
    let (value, moved) = along(&x, &v);
    let by_hand = recursion(&x, &v, silu_slope).0;
    let h = 1e-5;
    let at = |h: f64| mlp().evaluate(&weights(), &(&x + &v * h));
    let difference = (at(h) - at(-h)) / (2.0 * h);

    // Gradients of a loss in which the divergence stands.
    let loss = |at: &[Matrix<f64>]| {
        let tape = Tape::new();
        let w: Vec<_> = at.iter().map(|w| tape.parameter(w.clone())).collect();
        implicit_loss(&mlp(), &tape, &w, &x).number()
    };
    let tape = Tape::new();
    let w: Vec<_> = weights().0.iter().map(|w| tape.parameter(w.clone())).collect();
    let gradients = tape.gradients(implicit_loss(&mlp(), &tape, &w, &x), &w);
    let error = from_differences(loss, &weights().0, &gradients);
    vec![
        Evidence::at_most(
            "three layers, from the layers written out",
            (value - by_hand).amax(),
            1e-13,
            "the same sums in another order: rounding",
        ),
        Evidence::at_most(
            "derivative along v, from differences",
            (moved - difference).amax(),
            1e-8,
            DIFFERENCES,
        ),
        Evidence::at_most(
            "77 derivatives of a loss with the divergence in it, from differences",
            error,
            1e-8,
            DIFFERENCES,
        ),
    ]
}

/// x ↦ W₃ φ(W₂ φ(W₁ x + b₁) + b₂) + b₃, and v ↦ φ′(z) ∘ W v.
pub const NETWORK: Claim = Claim::new(
    "sm-network",
    "a network is layer after layer, and its derivative along a direction goes with it",
    |_| network_check(shown),
    &[
        Slip::new("the slope behind the bend", |_| {
            network_check(|x, v| {
                recursion(x, v, |z| {
                    silu_slope(&z.map(|z| Activation::Silu.with_slope(z).0))
                })
            })
        }),
        Slip::new("the slope left out", |_| {
            network_check(|x, v| recursion(x, v, |z| z.map(|_| 1.0)))
        }),
    ],
);
