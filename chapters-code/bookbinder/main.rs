//! The book tool. `cargo run` at the root builds *From Noise to Data* and serves it on this
//! machine; `cargo book help` names the other commands. The same program is mdBook's
//! preprocessor, so that stock `mdbook build` gives the same pages.

mod audit;
mod bind;
mod blocks;
mod cache;
mod chapters;
mod code;
mod commands;
mod compact;
mod exports;
mod faults;
mod heard;
mod ledger;
mod links;
mod markup;
mod math;
mod pages;
mod preprocess;
mod refs;
mod styles;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// From Noise to Data: builds, serves and checks the book. Without a command: serve.
#[derive(Parser)]
#[command(name = "book", bin_name = "cargo book", version, max_term_width = 100)]
#[command(args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

/// How to serve; the same flags without a command and after `serve`.
#[derive(clap::Args)]
struct Serve {
    /// Open the book in a browser
    #[arg(long)]
    open: bool,
    /// Port to serve on
    #[arg(long, value_name = "N", default_value_t = commands::serve::PORT,
          value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
}

#[derive(Subcommand)]
enum Command {
    /// Build the book and serve it on this machine only; pages follow your edits
    Serve(Serve),
    /// Build the book as files
    Build {
        /// Folder for the pages: a new or an empty one, or a book's [default: target/book]
        #[arg(long, value_name = "DIR")]
        dest_dir: Option<PathBuf>,
    },
    /// Build the book and look up every link and id of its pages
    Check,
    /// Print every formula with its evidence and the slips it refuses
    Claims(commands::claims::Flags),
    /// Print the ids of claims, figures and exercises, running none
    List {
        /// As one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Grade the answers in a chapter's src/assignment.rs
    Grade {
        /// The chapter, as in `-p ch01_flows`
        #[arg(short, long, value_name = "CRATE")]
        package: String,
        /// Passed on, for example part of a question's name
        #[arg(value_name = "FILTER", allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Train again the networks whose weights are kept in the repository
    Train {
        /// The chapter, as in `-p ch05_score_matching`
        #[arg(short, long, value_name = "CRATE")]
        package: Option<String>,
        /// One of its trainings; all if none is named
        #[arg(requires = "package")]
        name: Option<String>,
    },
    /// Called by mdBook: set formulas, listings and figures into the pages on stdin
    #[command(hide = true)]
    Preprocess {
        #[command(subcommand)]
        question: Option<Question>,
    },
    /// Print each formula twice, as KaTeX sets it and as the book does
    #[command(hide = true)]
    Formulas,
    /// Draw the README's picture anew
    #[command(hide = true)]
    Picture,
    /// Called by mdBook: whether a renderer is served
    #[command(hide = true)]
    Supports { renderer: String },
}

#[derive(Subcommand)]
enum Question {
    Supports { renderer: String },
}

fn main() -> ExitCode {
    let Cli { command, serve } = Cli::parse();
    match command.unwrap_or(Command::Serve(serve)) {
        Command::Serve(Serve { open, port }) => commands::serve::run(port, open),
        Command::Build { dest_dir } => commands::build::run(dest_dir),
        Command::Check => commands::check::run(),
        Command::Claims(flags) => commands::claims::run(&flags),
        Command::List { json } => commands::list::run(json),
        Command::Grade { package, arguments } => {
            commands::grade::run(&package, &arguments)
        }
        Command::Train { package, name } => {
            commands::train::run(package.as_deref(), name.as_deref())
        }
        Command::Formulas => commands::formulas::run(),
        Command::Picture => commands::picture::run(),
        Command::Preprocess { question: None } => {
            match preprocess::run(std::io::stdin(), std::io::stdout().lock()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(found) => {
                    faults::show(&found);
                    ExitCode::FAILURE
                }
            }
        }
        Command::Preprocess { question: Some(Question::Supports { renderer }) }
        | Command::Supports { renderer } => {
            ExitCode::from(u8::from(!preprocess::supports(&renderer)))
        }
    }
}
