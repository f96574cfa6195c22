//! The program of chapter 5: `cargo run -p ch05_score_matching`.

use ch05_score_matching::measured::{Measured, Plan, measure};
use ch05_score_matching::toy_models::{Set, train_kept};
use chapter::{Chapter, Run, Table, Training, Watch, positive};
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

#[derive(clap::Args, Clone, Debug)]
#[command(
    mut_arg("steps", |steps| steps.help("Steps of the training [default: 10000]")),
    mut_arg("particles", |particles| particles.help(
        "Draws of the law, and of each sampler, that are counted [default: 10000]"
    ))
)]
struct Flags {
    /// The law to learn: gaussians, moons or checkerboard
    #[arg(long, value_name = "LAW", default_value = "gaussians", value_parser = law)]
    law: Set,
    /// Entries of each hidden layer, such as 64,64,64
    #[arg(long, value_name = "LIST", default_value = "64,64,64", value_parser = hidden)]
    hidden: Hidden,
    /// Samples in each step of the training
    #[arg(long, value_name = "N", default_value = "512", value_parser = batch)]
    batch: usize,
    /// The learning rate at the start
    #[arg(long, value_name = "ETA", default_value = "0.002", value_parser = rate,
          allow_negative_numbers = true)]
    rate: f64,
}

#[derive(Clone, Debug)]
struct Hidden(Vec<usize>);

fn law(text: &str) -> Result<Set, String> {
    let found = Set::ALL.into_iter().find(|set| set.name() == text);
    found.ok_or_else(|| "one of gaussians, moons, checkerboard is needed".into())
}

fn rate(text: &str) -> Result<f64, String> {
    let needed = "a number above 0 is needed, such as 0.002";
    positive(text).map_err(|_| needed.into())
}

fn hidden(text: &str) -> Result<Hidden, String> {
    let sizes: Option<Vec<usize>> = text
        .split(',')
        .map(|size| size.trim().parse().ok().filter(|n| (1..=1024).contains(n)))
        .collect();
    let needed =
        "sizes from 1 to 1024 with commas between them are needed, such as 64,64,64";
    sizes.filter(|sizes| sizes.len() <= 8).map(Hidden).ok_or_else(|| needed.into())
}

fn batch(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|n| (1..=1_000_000).contains(n));
    number.ok_or_else(|| "a whole number from 1 to 1000000 is needed, such as 512".into())
}

fn experiment(run: &Run<Flags>) -> Result<Table, String> {
    let Flags { law, hidden, batch, rate } = &run.extra;
    let steps = run.steps_or(10_000, 1000);
    let plan = Plan {
        set: *law,
        hidden: hidden.0.clone(),
        training: neural::Training {
            steps,
            batch: *batch,
            rate: *rate,
            fade: true,
            decay: 0.999,
            seed: run.seed,
            report_every: steps.div_ceil(20),
        },
        particles: run.particles_or(10_000, 2000),
    };
    let watch = Watch::new("training", steps as u64);
    let found = measure(&plan, |progress, far| {
        let words = format!("loss {:.4}  KL {far:.4} nats", progress.loss);
        watch.report(progress.step as u64, words)
    })?;
    drop(watch);
    Ok(table(&plan, &found))
}

fn table(plan: &Plan, found: &Measured) -> Table {
    let law = plan.set.law();
    let n = plan.particles;
    let title = format!(
        "A network of {} numbers learns {} by noise prediction, in {} steps of {} draws (seed {}):",
        found.numbers,
        law.name(),
        found.steps,
        plan.training.batch,
        plan.training.seed
    );
    let mut table = Table::new(title).value("loss over fresh draws", found.loss);
    if let Some(least) = found.least_loss {
        table = table.value("loss of the exact score over the same draws", least);
    }
    table = table
        .value("entropy of the law, in nats", found.entropy)
        .value("mean of −log q over the law", found.entropy + found.kl)
        .value("KL to what the probability flow makes of noise", found.kl)
        .value("the same before training", found.untrained)
        .value(format!("{n} draws counted in cells: of the law itself"), found.floor)
        .value("the same by the reverse SDE, 250 steps", found.with_noise)
        .value("the same by the probability flow, 50 steps", found.without)
        .note("A loss says little: most of it is left even by the right score.")
        .note("KL is in nats, computed from densities without a draw, so that chance has no part")
        .note("in it; 0 is perfect.")
        .note("Draws are compared by the divergence of Jensen and Shannon over cells, in nats. The")
        .note("draws of the law itself show what chance alone does.");
    if found.steps < plan.training.steps {
        let (done, planned) = (found.steps, plan.training.steps);
        table = table
            .note(format!("Stopped by Ctrl-C after {done} steps of {planned}: what was"))
            .note("learned until then is measured here.");
    }
    table
}
