//! The program of chapter 1: `cargo run -p ch01_flows`.

mod measured;

use chapter::{Chapter, Run, Table, finite, positive};
use std::process::ExitCode;

/// The flags of this chapter's experiment: the data that the bridge leads to.
#[derive(clap::Args, Clone, Copy, Debug)]
struct Flags {
    /// Mean of the data that the Gaussian bridge leads to
    #[arg(long, default_value_t = 2.0, value_parser = finite, allow_negative_numbers = true)]
    mu: f64,
    /// Standard deviation of these data, above 0
    #[arg(long, default_value_t = 0.5, value_parser = positive, allow_negative_numbers = true)]
    varsigma: f64,
}

fn main() -> ExitCode {
    chapter::main(&Chapter {
        name: "ch01_flows",
        number: 1,
        title: "Flows",
        claims: ch01_flows::CLAIMS,
        figures: ch01_flows::FIGURES,
        cards: ch01_flows::cards,
        errata: ch01_flows::ERRATA,
        experiment,
    })
}

/// Clouds carried by flows, and the methods that carry them.
fn experiment(run: &Run<Flags>) -> Result<Table, String> {
    let (particles, steps) = (run.particles_or(20_000, 2_000), run.steps_or(100, 20));
    let table = Table::new(format!(
        "Particles: {particles}. Steps from t = 0 to 1: {steps}. Seed: {}.\n",
        run.seed
    ));
    let table = measured::bridge(table, run, steps);
    let table = measured::growth(table, run, steps);
    let table = measured::disc(table, steps);
    let table = measured::orders(table);
    let table = measured::return_trip(table);
    Ok(measured::faulty(table).note(
        "\nThe bridge carries N(0, 1) to N(mu, varsigma^2); the distance of its law is the largest\n\
         gap between the two distribution functions. Tolerances of sampled numbers are 5.8\n\
         standard errors: try --particles 2000000. What each line means: chapter 1 of the book.",
    ))
}
