//! The command line every chapter's program shares.
//!
//! The program is the seam between mathematics and book: without a subcommand it runs the
//! chapter's experiment and prints a [`Table`] of what was measured beside what theory
//! says; `export DIR` writes what the page needs, and the book tool links no chapter.

mod aside;
mod claims;
mod cli;
mod experiment;
mod export;
mod figures;
mod flags;
mod fresh;
mod in_order;
mod list;
mod run;
mod say;
mod table;
mod watch;

pub use cli::{NoFlags, main, main_with};
pub use flags::{finite, not_negative, positive};
pub use run::{Progress, Run};
pub use table::{Row, Table};
pub use watch::{Training, Watch};

use evidence::{Claim, Erratum};
use grading::Card;
use plot::Figure;

/// A chapter, as its program knows it. `A` holds the flags of its own experiment;
/// [`NoFlags`] if there are none.
#[derive(Debug)]
pub struct Chapter<A> {
    /// Name of the package: "ch01_flows".
    pub name: &'static str,
    /// Its number.
    pub number: u32,
    /// Its title: "Flows".
    pub title: &'static str,
    /// Its claims, in order of appearance.
    pub claims: &'static [Claim],
    /// Its figures, in order of appearance.
    pub figures: &'static [Figure],
    /// Its exercises, in order of appearance.
    pub cards: fn() -> Vec<Card>,
    /// What it found printed wrongly elsewhere.
    pub errata: &'static [Erratum],
    /// Its experiment: what `cargo run -p` shows. An `Err` is printed as it is.
    pub experiment: fn(&Run<A>) -> Result<Table, String>,
}
