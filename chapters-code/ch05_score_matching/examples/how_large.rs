//! How large must a network be? One network after the other learns the checkerboard with the same
//! draws, and its distance from the truth is measured.
//!
//!     cargo run -p ch05_score_matching --example how_large
//!     cargo run -p ch05_score_matching --example how_large -- 20000 64,64,64,64
//!
//! The number is that of the steps; then come the hidden layers of each network. Ctrl-C stops a
//! network where it is, measures it, and ends.

use ch05_score_matching::learned::Learned;
use ch05_score_matching::toy_models::{Set, distance, train_on};
use chapter::Watch;
use neural::Training;

const SET: Set = Set::Checkerboard;
const USUAL: [&str; 5] = ["4000", "16,16", "64,64", "64,64,64", "64,64,64,64"];

fn hidden(text: &str) -> Result<Vec<usize>, String> {
    let size = |size: &str| size.parse().ok().filter(|n| (1..=1024).contains(n));
    let sizes: Option<Vec<usize>> = text.split(',').map(size).collect();
    sizes.ok_or_else(|| {
        format!("{text:?}: sizes from 1 to 1024 with commas between, such as 64,64,64")
    })
}

fn run(told: &[String]) -> Result<(), String> {
    let needed = || format!("{:?} is no number of steps, such as 4000", told[0]);
    let steps: usize = told[0].parse().ok().filter(|n| *n > 0).ok_or_else(needed)?;
    let layers =
        told[1..].iter().map(|text| hidden(text)).collect::<Result<Vec<_>, _>>()?;
    let plan = Training {
        steps,
        batch: 512,
        rate: 3e-3,
        fade: true,
        decay: 0.999,
        seed: 5,
        report_every: steps.div_ceil(20),
    };
    println!("  hidden layers     numbers   steps     loss  KL in nats");
    for hidden in layers {
        let network = SET.network(&hidden);
        let watch = Watch::new("checkerboard", steps as u64);
        let outcome = train_on(SET, &network, &plan, |progress| {
            let words = format!("{hidden:?}  loss {:.4}", progress.loss);
            watch.report(progress.step as u64, words)
        });
        drop(watch);
        let outcome = outcome.map_err(|error| error.to_string())?;
        let loss = outcome.losses.last().map_or(f64::NAN, |&(_, loss)| loss);
        let learned = Learned { network, weights: outcome.weights };
        let names: Vec<String> = hidden.iter().map(usize::to_string).collect();
        println!(
            "  {:<16} {:>8} {:>7} {loss:>8.4} {:>11.3}",
            names.join(","),
            learned.weights.len(),
            outcome.steps,
            distance(SET, &learned, 48)
        );
        if Watch::stopped() {
            return Ok(());
        }
    }
    println!("\nThe board itself: entropy ln 32 = {:.4} nats, KL 0.", 32.0_f64.ln());
    Ok(())
}

fn main() {
    let mut told: Vec<String> = std::env::args().skip(1).collect();
    let usual = USUAL.map(String::from);
    if told.is_empty() {
        told.push(usual[0].clone());
    }
    if told.len() == 1 {
        told.extend_from_slice(&usual[1..]);
    }
    if let Err(error) = run(&told) {
        eprintln!("{error}");
        std::process::exit(2);
    }
}
