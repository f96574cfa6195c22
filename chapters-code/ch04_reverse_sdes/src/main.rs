//! The program of chapter 4: `cargo run -p ch04_reverse_sdes`.

use chapter::{Chapter, NoFlags, Run, Table};
use std::process::ExitCode;

fn main() -> ExitCode {
    chapter::main(&Chapter {
        name: "ch04_reverse_sdes",
        number: 4,
        title: "Reverse SDEs",
        claims: ch04_reverse_sdes::CLAIMS,
        figures: ch04_reverse_sdes::FIGURES,
        cards: ch04_reverse_sdes::cards,
        errata: ch04_reverse_sdes::ERRATA,
        experiment,
    })
}

fn experiment(run: &Run<NoFlags>) -> Result<Table, String> {
    Ok(Table::new(format!("Seed: {}", run.seed)))
}
