//! The smallest network: one hidden layer learns the score of two heaps from draws, with a loss of
//! your choice. Beside it stands the exact score, which only `explicit` has seen.
//!
//!     cargo run -p ch05_score_matching --example smallest_network -- implicit 16
//!
//! The losses are explicit, implicit, sliced and denoising. The number is that of hidden entries.

use ch05_score_matching::losses::{
    columns, denoising_loss, explicit_loss, implicit_loss, normals, sliced_loss,
};
use ch05_score_matching::problem::heaps;
use ch05_score_matching::score::{expectation, weighted};
use dynamics::{Generator, Point, Stream};
use neural::{Activation, Matrix, Mlp, Tape, Training, Var, train};
use std::ops::ControlFlow;

const SEED: u64 = 5;
/// The noise that the denoising loss adds.
const SIGMA: f64 = 0.3;

/// ∇ log q_σ at every column.
fn exact(sigma: f64, x: &Matrix) -> Matrix {
    let law = heaps();
    x.map(|x| law.score(sigma, &Point::<1>::new(f64::from(x))).x as f32)
}

/// The loss of `n` fresh draws.
fn loss<'t>(
    name: &str,
    mlp: &Mlp,
    tape: &'t Tape,
    w: &[Var<'t>],
    n: usize,
    draws: &mut Generator,
) -> Var<'t> {
    let law = heaps();
    let x: Matrix = columns(n, || law.sample(draws));
    match name {
        "explicit" => explicit_loss(mlp, tape, w, &x, &exact(0.0, &x)),
        "implicit" => implicit_loss(mlp, tape, w, &x),
        "sliced" => sliced_loss(mlp, tape, w, &x, &normals(1, n, draws)),
        _ => denoising_loss(mlp, tape, w, &x, (SIGMA, &normals(1, n, draws))),
    }
}

fn run(name: &str, hidden: usize) -> Result<(), String> {
    let sigma = if name == "denoising" { SIGMA } else { 0.0 };
    let mlp = Mlp { sizes: vec![1, hidden, 1], activation: Activation::Tanh };
    let start = mlp.start(Stream::new(SEED, "smallest network"));
    let law = heaps();
    let score = |x: &Point<1>| law.score(sigma, x);
    let grid = weighted(|x: &Point<1>| law.log_density(sigma, x).exp(), (-6.0, 6.0), 480);
    let square = expectation(&grid, |x| score(x).norm_squared());
    // What the exact score would make of the loss.
    let least = match name {
        "explicit" => 0.0,
        "denoising" => 0.5 / (sigma * sigma) - 0.5 * square,
        _ => -0.5 * square,
    };
    println!(
        "{} numbers, taught by the {name} loss, which is {least:.3} for the exact score\n",
        start.len()
    );
    println!("   steps     loss  of the score is missed");
    let plan = Training {
        steps: 2000,
        batch: 256,
        rate: 0.01,
        fade: true,
        decay: 0.99,
        seed: SEED,
        report_every: 250,
    };
    let outcome = train(
        &start,
        &plan,
        |tape, w, n, draws| loss(name, &mlp, tape, w, n, draws),
        |progress| {
            let net = |x: &Point<1>| {
                let x = Matrix::from_element(1, 1, x.x as f32);
                Point::<1>::new(f64::from(mlp.evaluate(progress.average, &x)[0]))
            };
            let missed = expectation(&grid, |x| (net(x) - score(x)).norm_squared());
            println!(
                "  {:>6} {:>8.3} {:>22.2} %",
                progress.step,
                progress.loss,
                100.0 * missed / square
            );
            ControlFlow::Continue(())
        },
    );
    let outcome = outcome.map_err(|error| error.to_string())?;
    println!("\n       x   network     exact  draws per thousand within 0.25");
    let places = Matrix::from_fn(1, 13, |_, j| 0.5 * j as f32 - 3.0);
    let (found, right) = (mlp.evaluate(&outcome.weights, &places), exact(sigma, &places));
    // To the hundredth, and 0 without a sign.
    let hundredth = |x: f32| (100.0 * x).round() / 100.0 + 0.0;
    for (j, &x) in places.iter().enumerate() {
        let x = f64::from(x);
        let near = 1000.0 * (law.cdf(sigma, x + 0.25) - law.cdf(sigma, x - 0.25));
        let (found, right) = (hundredth(found[j]), hundredth(right[j]));
        println!("  {x:>6.2} {found:>9.2} {right:>9.2} {near:>12.0}");
    }
    Ok(())
}

fn main() {
    let told: Vec<String> = std::env::args().skip(1).collect();
    let name = told.first().map_or("implicit", String::as_str);
    let hidden = told.get(1).map_or(Ok(16), |text| text.parse().map_err(|_| text));
    let names = ["explicit", "implicit", "sliced", "denoising"];
    let done = match hidden {
        _ if !names.contains(&name) => {
            Err(format!("{name:?} is no loss: take one of {}", names.join(", ")))
        }
        Ok(hidden @ 1..=1000) => run(name, hidden),
        Ok(other) => Err(format!("{other} hidden entries: take from 1 to 1000")),
        Err(text) => Err(format!("{text:?} is no number of hidden entries, such as 16")),
    };
    if let Err(error) = done {
        eprintln!("{error}");
        std::process::exit(2);
    }
}
