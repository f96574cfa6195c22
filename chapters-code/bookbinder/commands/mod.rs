//! The commands of the book tool, one file each.

pub mod build;
pub mod check;
pub mod claims;
pub mod formulas;
pub mod grade;
pub mod html;
pub mod list;
pub mod mdbook;
pub mod picture;
pub mod serve;
mod server;
pub mod train;
mod watch;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

/// The folder of the workspace: where cargo says it is now, or where it was when the tool
/// was compiled.
pub fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .filter(|path| path.join("book.toml").is_file())
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf())
}

/// Cargo, in the workspace: the one that runs us, or the one on the PATH.
pub fn cargo(root: &Path) -> Command {
    let mut cargo =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    cargo
}

/// The packages of all chapters, or the one that is asked for.
pub fn only(root: &Path, package: Option<&str>) -> Result<Vec<String>, String> {
    let names = crate::chapters::names(root);
    match package {
        None => Ok(names),
        Some(package) if names.iter().any(|name| name == package) => {
            Ok(vec![package.into()])
        }
        Some(package) => {
            let near = crate::faults::nearest(package, names.iter().map(String::as_str));
            let known = names.join(", ");
            Err(format!("no chapter has the name `{package}`{near} (there are: {known})"))
        }
    }
}

/// The status of a program we ran, as our own. One that was stopped by a signal has none:
/// it becomes 130, as shells have it for Ctrl-C.
pub fn passed_on(status: ExitStatus) -> ExitCode {
    match status.code() {
        Some(code) => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
        None => ExitCode::from(130),
    }
}

/// Says what went wrong; the exit status for it.
pub fn failed(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::FAILURE
}
