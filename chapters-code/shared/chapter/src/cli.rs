//! Flags, subcommands and exit codes.

use crate::say::say;
use crate::{
    Chapter, Run, Training, Watch, claims, experiment, export, figures, fresh, list,
};
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
    #[arg(long, default_value_t = SEED, value_parser = seed, allow_negative_numbers = true)]
    seed: u64,
    /// Time steps of the experiment [default: the chapter's own]
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    steps: Option<usize>,
    /// Particles of the experiment [default: the chapter's own]
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
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
        #[arg(long, default_value_t = SEED, value_parser = seed, allow_negative_numbers = true)]
        seed: u64,
        /// Run only the claims that draw numbers, on the N seeds after --seed, and count
        /// what misses its limit
        #[arg(long, value_name = "N", value_parser = fresh_seeds, conflicts_with = "json")]
        fresh: Option<u64>,
        /// With --fresh: run their slips as well
        #[arg(long, requires = "fresh")]
        slips: bool,
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
    /// Train again what is kept in the repository, because it takes long
    Train {
        /// One of them; all if none is named
        name: Option<String>,
    },
}

/// The most steps, and the most particles, that a flag may ask for: more would fill the
/// memory, or take days, before the first number is printed.
const MOST: usize = 100_000_000;

fn count(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|n| (1..=MOST).contains(n));
    number
        .ok_or_else(|| format!("a whole number from 1 to {MOST} is needed, such as 100"))
}

fn seed(text: &str) -> Result<u64, String> {
    let range = || format!("a whole number from 0 to {} is needed, such as 7", u64::MAX);
    text.parse().map_err(|_| range())
}

fn fresh_seeds(text: &str) -> Result<u64, String> {
    text.parse().ok().filter(|n| (1..=10_000_000).contains(n)).ok_or_else(|| {
        "a count of seeds from 1 to 10000000 is needed, such as 100".into()
    })
}

/// The whole of a chapter's `main.rs`.
///
/// Ends with 0; with 1 if a claim does not hold or the experiment fails; with 2 for a
/// flag or a path that cannot be used, after a message that names it.
pub fn main<A: Args>(chapter: &Chapter<A>) -> ExitCode {
    main_with(chapter, &[])
}

/// As [`main()`], for a chapter that keeps the results of `trainings`.
pub fn main_with<A: Args>(chapter: &Chapter<A>, trainings: &[Training]) -> ExitCode {
    let about =
        format!("Chapter {}, {}: runs its experiment", chapter.number, chapter.title);
    let command = Cli::<A>::command().name(chapter.name).about(about);
    let matches = command.get_matches();
    let cli = match Cli::<A>::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match obey(chapter, trainings, cli) {
        Ok(code) => code,
        Err((message, code)) => {
            eprintln!("error: {message}");
            code
        }
    }
}

fn obey<A: Args>(
    chapter: &Chapter<A>,
    trainings: &[Training],
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
        Some(Command::Claims { seed, fresh: Some(n), slips, .. }) => {
            let verdict = fresh::run(chapter, seed, n, slips).map_err(failure)?;
            say(&verdict.words).map_err(failure)?;
            if !verdict.credible {
                return Ok(ExitCode::FAILURE);
            }
        }
        Some(Command::Claims { json, seed, .. }) => {
            let reports = claims::run(chapter, seed).map_err(failure)?;
            let words = if json { pretty(&reports) } else { claims::words(&reports) };
            say(&words).map_err(failure)?;
            if !reports.iter().all(|timed| timed.report.holds) {
                return Ok(ExitCode::FAILURE);
            }
        }
        Some(Command::List { json }) => {
            let list = list::list(chapter);
            let words = if json { pretty(&list) } else { list.words() };
            say(&words).map_err(failure)?;
        }
        Some(Command::Figures { out }) => {
            let folder =
                figures::Folder::prepare(&out.unwrap_or_else(usual)).map_err(usage)?;
            let pictures = figures::draw(chapter).map_err(failure)?;
            for path in folder.write(chapter, &pictures).map_err(usage)? {
                say(&format!("{}\n", path.display())).map_err(failure)?;
            }
        }
        Some(Command::Exercises) => say(&list::exercises(chapter)).map_err(failure)?,
        Some(Command::Export { dir }) => export::export(chapter, &dir).map_err(usage)?,
        Some(Command::Train { name }) => {
            for training in chosen(trainings, name.as_deref()).map_err(usage)? {
                let watch = Watch::new(training.name, 1);
                let told = (training.run)(&watch).map_err(failure)?;
                drop(watch);
                say(&format!("{}: {told}\n", training.name)).map_err(failure)?;
                if Watch::stopped() {
                    return Err(("stopped by Ctrl-C".into(), ExitCode::from(130)));
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The training of that name, or all of them.
fn chosen<'a>(
    trainings: &'a [Training],
    name: Option<&str>,
) -> Result<Vec<&'a Training>, String> {
    let fits = |training: &&Training| name.is_none_or(|name| training.name == name);
    let found: Vec<_> = trainings.iter().filter(fits).collect();
    match name {
        Some(name) if found.is_empty() => {
            let names: Vec<_> = trainings.iter().map(|training| training.name).collect();
            let there =
                if names.is_empty() { "nothing".into() } else { names.join(", ") };
            Err(format!("there is no training \"{name}\" here, but: {there}"))
        }
        _ => Ok(found),
    }
}

fn pretty<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).expect("plain data") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_training_is_chosen_by_its_name() {
        let run = |_: &Watch| Ok(String::new());
        let trainings =
            [Training { name: "moons", run }, Training { name: "board", run }];
        let names = |name| {
            chosen(&trainings, name).map(|found| found.iter().map(|t| t.name).collect())
        };
        assert_eq!(names(None), Ok(vec!["moons", "board"]));
        assert_eq!(names(Some("board")), Ok(vec!["board"]));
        let told = "there is no training \"sun\" here, but: moons, board";
        assert_eq!(names(Some("sun")), Err(told.into()));
        let none = chosen(&[], Some("sun")).map(|_| ());
        assert_eq!(none, Err("there is no training \"sun\" here, but: nothing".into()));
    }

    #[test]
    fn counts_and_seeds_name_their_range() {
        assert_eq!(count("1"), Ok(1));
        assert_eq!(count("100000000"), Ok(MOST));
        for text in ["0", "-3", "1.5", "100000001", "99999999999999999999", "many"] {
            let message = "a whole number from 1 to 100000000 is needed, such as 100";
            assert_eq!(count(text), Err(message.into()), "{text}");
        }
        assert_eq!(seed("18446744073709551615"), Ok(u64::MAX));
        for text in ["-1", "1e3", "18446744073709551616", ""] {
            let message =
                "a whole number from 0 to 18446744073709551615 is needed, such as 7";
            assert_eq!(seed(text), Err(message.into()), "{text}");
        }
    }
}
