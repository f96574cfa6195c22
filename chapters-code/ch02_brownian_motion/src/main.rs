//! The program of chapter 2: `cargo run -p ch02_brownian_motion`.

mod measured;

use chapter::{Chapter, Run, Table, not_negative, positive};
use std::process::ExitCode;

/// The flags of this chapter's experiment: the Ornstein–Uhlenbeck process.
#[derive(clap::Args, Clone, Copy, Debug)]
struct Flags {
    /// Rate θ of the Ornstein–Uhlenbeck process, above 0
    #[arg(long, default_value_t = 0.8, value_parser = positive, allow_negative_numbers = true)]
    theta: f64,
    /// Strength of the noise g of the Ornstein–Uhlenbeck process, at least 0
    #[arg(long, default_value_t = 0.6, value_parser = not_negative, allow_negative_numbers = true)]
    sigma: f64,
}

fn main() -> ExitCode {
    chapter::main(&Chapter {
        name: "ch02_brownian_motion",
        number: 2,
        title: "Brownian motion",
        claims: ch02_brownian_motion::CLAIMS,
        figures: ch02_brownian_motion::FIGURES,
        cards: ch02_brownian_motion::cards,
        errata: ch02_brownian_motion::ERRATA,
        experiment,
    })
}

/// Clouds moved by noise, and the methods that move them.
fn experiment(run: &Run<Flags>) -> Result<Table, String> {
    let (particles, steps) = (run.particles_or(50_000, 5_000), run.steps_or(200, 50));
    let table = Table::new(format!(
        "Particles: {particles}. Steps from t = 0 to 2: {steps}. Seed: {}. θ = {}, g = {}.\n",
        run.seed, run.extra.theta, run.extra.sigma
    ));
    let table = measured::brownian(table, run, particles, steps);
    let table = measured::ornstein_uhlenbeck(table, run, particles, steps)?;
    let table = measured::geometric(table, run, particles, steps)?;
    let table = table.note(
        "\nTolerances of sampled numbers are 5.8 standard errors: try --particles 2000000. The \"law of the\n\
         steps\" is what the method itself promises, the \"process\" what the equation does. What each line\n\
         means: chapter 2 of the book.",
    );
    let reach = run.extra.theta * measured::END / steps as f64;
    Ok(if reach < 2.0 {
        table
    } else {
        table.note(format!(
            "\nθh = {reach}, and below 2 it should be: Euler–Maruyama's steps leave the process. Take more\n\
             --steps, or a smaller --theta."
        ))
    })
}
