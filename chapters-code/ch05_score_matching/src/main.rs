//! The program of chapter 5: `cargo run -p ch05_score_matching`.

use chapter::{Chapter, NoFlags, Run, Table};
use std::process::ExitCode;

fn main() -> ExitCode {
    chapter::main(&Chapter {
        name: "ch05_score_matching",
        number: 5,
        title: "Score matching",
        claims: ch05_score_matching::CLAIMS,
        figures: ch05_score_matching::FIGURES,
        cards: ch05_score_matching::cards,
        errata: ch05_score_matching::ERRATA,
        experiment,
    })
}

fn experiment(run: &Run<NoFlags>) -> Result<Table, String> {
    Ok(Table::new(format!("Seed: {}", run.seed)))
}
