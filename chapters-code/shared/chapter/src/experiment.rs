//! No subcommand: the chapter's experiment.

use crate::figures::{self, Folder};
use crate::say::say;
use crate::{Chapter, Run};
use std::process::ExitCode;

/// Runs the experiment, prints its table and writes the figures.
///
/// With `csv`, standard output holds the table alone and the paths go to standard error.
///
/// # Errors
/// A message and the exit code it deserves.
pub fn experiment<A>(
    chapter: &Chapter<A>,
    run: &Run<A>,
    csv: bool,
) -> Result<(), (String, ExitCode)> {
    let usage = |message| (message, ExitCode::from(2));
    let failure = |message| (message, ExitCode::FAILURE);
    // Before minutes are spent on something that has no place to go.
    let folder = Folder::prepare(&run.out).map_err(usage)?;
    let table = (chapter.experiment)(run).map_err(failure)?;
    // The table first: the figures take a while.
    let words = if csv {
        table.csv()
    } else {
        format!("Chapter {}, {}\n\n{table}\n", chapter.number, chapter.title)
    };
    say(&words).map_err(failure)?;
    let pictures = figures::draw(chapter).map_err(failure)?;
    let paths = folder.write(chapter, &pictures).map_err(usage)?;
    let lines: String =
        paths.iter().map(|path| format!("  {}\n", path.display())).collect();
    if csv {
        eprint!("{lines}");
    } else if !lines.is_empty() {
        say(&format!("Figures:\n{lines}")).map_err(failure)?;
    }
    Ok(())
}
