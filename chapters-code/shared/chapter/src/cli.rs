//! Flags, subcommands and exit codes.

use crate::{Chapter, Run, claims, experiment, export, figures, list};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use evidence::SEED;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// For chapters whose experiment has no flags of its own.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct NoFlags {}

#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true, version = None)]
struct Cli<A: Args> {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    extra: A,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Args)]
struct Common {
    /// Seed of all random numbers
    #[arg(long, default_value_t = SEED, allow_negative_numbers = true)]
    seed: u64,
    /// Time steps of the experiment
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_negative_numbers = true)]
    steps: Option<usize>,
    /// Particles of the experiment
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_negative_numbers = true)]
    particles: Option<usize>,
    /// Folder for the figures [default: target/figures/<chapter>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// A smaller experiment, for slow machines
    #[arg(long)]
    quick: bool,
    /// Print the table as comma-separated values
    #[arg(long)]
    csv: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Check every formula and refuse every slip
    Claims {
        /// Print one JSON array
        #[arg(long)]
        json: bool,
        /// Seed of all random numbers
        #[arg(long, default_value_t = SEED, allow_negative_numbers = true)]
        seed: u64,
    },
    /// List claims, figures and exercises, running nothing
    List {
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Draw the figures alone
    Figures {
        /// Folder for the figures [default: target/figures/<chapter>]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Show the exercises
    Exercises,
    /// Write what the book's page needs
    Export {
        /// A new folder, or an older export to be replaced
        dir: PathBuf,
    },
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => {
            Err("a whole number of at least 1 is needed, such as 100".into())
        }
        Ok(n) => Ok(n),
    }
}

/// The whole of a chapter's `main.rs`.
///
/// Ends with 0; with 1 if a claim does not hold or the experiment fails; with 2 for a
/// flag or a path that cannot be used, after a message that names it.
pub fn main<A: Args>(chapter: &Chapter<A>) -> ExitCode {
    let about =
        format!("Chapter {}, {}: runs its experiment", chapter.number, chapter.title);
    let command = Cli::<A>::command().name(chapter.name).about(about);
    let matches = command.get_matches();
    let cli = match Cli::<A>::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match obey(chapter, cli) {
        Ok(code) => code,
        Err((message, code)) => {
            eprintln!("error: {message}");
            code
        }
    }
}

fn obey<A: Args>(
    chapter: &Chapter<A>,
    cli: Cli<A>,
) -> Result<ExitCode, (String, ExitCode)> {
    let usual = || PathBuf::from("target").join("figures").join(chapter.name);
    let usage = |message| (message, ExitCode::from(2));
    let failure = |message| (message, ExitCode::FAILURE);
    match cli.command {
        None => {
            let Common { seed, steps, particles, out, quick, csv } = cli.common;
            let (out, extra) = (out.unwrap_or_else(usual), cli.extra);
            let run = Run { seed, steps, particles, quick, out, extra };
            experiment::experiment(chapter, &run, csv)?;
        }
        Some(Command::Claims { json, seed }) => {
            let reports = claims::run(chapter, seed).map_err(failure)?;
            print!("{}", if json { pretty(&reports) } else { claims::words(&reports) });
            if !reports.iter().all(|timed| timed.report.holds) {
                return Ok(ExitCode::FAILURE);
            }
        }
        Some(Command::List { json }) => {
            let list = list::list(chapter);
            print!("{}", if json { pretty(&list) } else { list.words() });
        }
        Some(Command::Figures { out }) => {
            let folder =
                figures::Folder::prepare(&out.unwrap_or_else(usual)).map_err(usage)?;
            let pictures = figures::draw(chapter).map_err(failure)?;
            for path in folder.write(chapter, &pictures).map_err(usage)? {
                println!("{}", path.display());
            }
        }
        Some(Command::Exercises) => print!("{}", list::exercises(chapter)),
        Some(Command::Export { dir }) => export::export(chapter, &dir).map_err(usage)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn pretty<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).expect("plain data") + "\n"
}
