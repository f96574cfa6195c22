//! The program of chapter 5: `cargo run -p ch05_score_matching`.

use ch05_score_matching::toy_models::{Set, train_kept};
use chapter::{Chapter, NoFlags, Run, Table, Training};
use std::process::ExitCode;

fn main() -> ExitCode {
    let chapter = Chapter {
        name: "ch05_score_matching",
        number: 5,
        title: "Score matching",
        claims: ch05_score_matching::CLAIMS,
        figures: ch05_score_matching::FIGURES,
        cards: ch05_score_matching::cards,
        errata: ch05_score_matching::ERRATA,
        experiment,
    };
    chapter::main_with(&chapter, &TRAININGS)
}

/// What is kept in the folder `weights`.
const TRAININGS: [Training; 3] = [
    Training { name: "gaussians", run: |watch| train_kept(Set::Gaussians, watch) },
    Training { name: "moons", run: |watch| train_kept(Set::Moons, watch) },
    Training { name: "checkerboard", run: |watch| train_kept(Set::Checkerboard, watch) },
];

fn experiment(run: &Run<NoFlags>) -> Result<Table, String> {
    Ok(Table::new(format!("Seed: {}", run.seed)))
}
