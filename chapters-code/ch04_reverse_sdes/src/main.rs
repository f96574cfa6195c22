//! The program of chapter 4: `cargo run -p ch04_reverse_sdes`.

mod measured;
mod picture;
mod samplers;

use ch04_reverse_sdes::{
    Beta, Cosine, Interval, SubVariancePreserving, VarianceExploding, VariancePreserving,
};
use chapter::{Chapter, Run, Table, not_negative, positive};
use std::process::ExitCode;

/// The flags of this chapter's experiment: two heaps, a plan of noise and a way back.
#[derive(clap::Args, Clone, Copy, Debug)]
#[command(mut_arg("steps", |steps| steps.help(
    "Evaluations of the score for a draw, at least 2: as many steps, or half of them with \
     two evaluations each [default: 64]"
)))]
struct Flags {
    /// Plan of the noise
    #[arg(long, value_enum, default_value_t = Plan::Vp)]
    schedule: Plan,
    /// Rate θ = β/2 with which vp and sub-vp noise lets the data fade at the end, above 0
    /// [default: 10]
    #[arg(long, value_parser = positive, allow_negative_numbers = true)]
    theta: Option<f64>,
    /// Deviation of the left heap, above 0; the right one is 5/3 times as wide
    #[arg(long, default_value_t = 0.3, value_parser = positive, allow_negative_numbers = true)]
    sigma: f64,
    /// Noise λ on the way back of the reverse SDE, as a part of the noise forwards; at least 0
    #[arg(long, default_value_t = 1.0, value_parser = not_negative, allow_negative_numbers = true)]
    lambda: f64,
}

/// The schedules by name.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    /// Variance preserving
    Vp,
    /// Variance exploding
    Ve,
    /// Less noise at first
    SubVp,
    /// Along a cosine
    Cosine,
}

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

/// Two heaps, drowned in noise and drawn back in several ways.
fn experiment(run: &Run<Flags>) -> Result<Table, String> {
    let Flags { schedule, theta, .. } = run.extra;
    let interval = Interval { start: 1e-3, end: 1.0 };
    let beta = Beta { start: Beta::SONG.start, end: 2.0 * theta.unwrap_or(10.0) };
    match (schedule, theta) {
        (Plan::Vp, _) => measured::table(run, VariancePreserving { beta, interval }),
        (Plan::SubVp, _) => {
            measured::table(run, SubVariancePreserving { beta, interval })
        }
        (_, Some(theta)) => Err(format!(
            "--theta {theta} is the rate of vp and sub-vp noise, and this plan has none: \
             leave it out, or take --schedule vp"
        )),
        (Plan::Ve, None) => {
            let (sigma_min, sigma_max) = (0.01, 5.0);
            measured::table(run, VarianceExploding { sigma_min, sigma_max, interval })
        }
        (Plan::Cosine, None) => {
            let interval = Interval { end: 0.98, ..interval };
            measured::table(run, Cosine { offset: 0.008, interval })
        }
    }
}
