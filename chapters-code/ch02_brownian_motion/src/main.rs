//! The program of chapter 2: `cargo run -p ch02_brownian_motion`.

use chapter::{Chapter, NoFlags, Run, Table};
use std::process::ExitCode;

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

fn experiment(run: &Run<NoFlags>) -> Result<Table, String> {
    Ok(Table::new(format!("Seed: {}", run.seed)))
}
