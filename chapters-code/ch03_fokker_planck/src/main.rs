//! The program of chapter 3: `cargo run -p ch03_fokker_planck`.

mod measured;

use chapter::{Chapter, Run, Table, positive};
use std::process::ExitCode;

/// The flags of this chapter's experiment: a double well, and a linear equation.
#[derive(clap::Args, Clone, Copy, Debug)]
struct Flags {
    /// Rate θ of the linear equation dX = −θX dt + g dW, above 0
    #[arg(long, default_value_t = 0.8, value_parser = positive, allow_negative_numbers = true)]
    theta: f64,
    /// Strength of the noise g, in the double well and in the linear equation, above 0
    #[arg(long, default_value_t = 0.6, value_parser = positive, allow_negative_numbers = true)]
    sigma: f64,
}

fn main() -> ExitCode {
    chapter::main(&Chapter {
        name: "ch03_fokker_planck",
        number: 3,
        title: "The Fokker–Planck equation",
        claims: ch03_fokker_planck::CLAIMS,
        figures: ch03_fokker_planck::FIGURES,
        cards: ch03_fokker_planck::cards,
        errata: ch03_fokker_planck::ERRATA,
        experiment,
    })
}

/// A cloud and its density, the law at rest, and how fast it is found.
fn experiment(run: &Run<Flags>) -> Result<Table, String> {
    let (particles, steps) = (run.particles_or(20_000, 4_000), run.steps_or(400, 100));
    let table = Table::new(format!(
        "Particles: {particles}. Steps of the particles from t = 0 to {}: {steps}. Seed: {}. θ = {}, \
         g = {}.\n",
        measured::END,
        run.seed,
        run.extra.theta,
        run.extra.sigma
    ));
    let table = measured::side_by_side(table, run, particles, steps)?;
    let table = measured::at_rest(table, run)?;
    let table = measured::forgetting(table, run)?;
    let table = measured::chain(table, run, particles)?;
    let table = table.note(
        "\nTolerances of sampled numbers are 5.8 standard errors, or 3.1 for √n times a distance, and the\n\
         bias of the particles' steps: try --particles 2000000. What each line means: chapter 3 of the\n\
         book.",
    );
    let reach = measured::FASTEST * measured::END / steps as f64;
    Ok(if reach < 0.5 {
        table
    } else {
        table.note(format!(
            "\nkh = {} for the curvature k of the valleys, and it should be well below 1: the particles\n\
             of the double well feel their steps. Take more --steps.",
            evidence::number(reach)
        ))
    })
}
