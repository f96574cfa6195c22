//! The program of chapter 3: `cargo run -p ch03_fokker_planck`.

use chapter::{Chapter, NoFlags, Run, Table};
use std::process::ExitCode;

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

fn experiment(run: &Run<NoFlags>) -> Result<Table, String> {
    Ok(Table::new(format!("Seed: {}", run.seed)))
}
