//! `cargo book build`: the book as files.

use super::{failed, mdbook, passed_on, root};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Builds into `dest`, or into `target/book`.
pub fn run(dest: Option<PathBuf>) -> ExitCode {
    let root = root();
    let dest = dest.map(|dest| std::path::absolute(&dest).unwrap_or(dest));
    if let Some(dest) = &dest
        && let Err(message) = ours_to_empty(dest)
    {
        return failed(&message);
    }
    let mdbook = match mdbook::find(&root) {
        Ok(mdbook) => mdbook,
        Err(message) => return failed(&message),
    };
    let mut build = mdbook::call(&mdbook, &root);
    build.arg("build");
    if let Some(dest) = &dest {
        build.arg("--dest-dir").arg(dest);
    }
    match build.status() {
        Ok(status) if status.success() => {
            let dest = dest.unwrap_or_else(|| root.join("target").join("book"));
            eprintln!("The book is in {}", dest.join("index.html").display());
            ExitCode::SUCCESS
        }
        Ok(status) => passed_on(status),
        Err(error) => failed(&format!("cannot start mdBook: {error}")),
    }
}

/// mdBook empties the folder it writes to, so it must be new, empty, or a book's.
fn ours_to_empty(dest: &Path) -> Result<(), String> {
    let Ok(mut entries) = std::fs::read_dir(dest) else {
        return if dest.exists() {
            Err(format!("{} is not a folder", dest.display()))
        } else {
            Ok(())
        };
    };
    if entries.next().is_none()
        || dest.join("toc.js").is_file()
        || dest.join("toc.html").is_file()
    {
        return Ok(());
    }
    Err(format!(
        "{} holds other things, and a build empties its folder first: name a new or an empty one",
        dest.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_other_things_is_refused() {
        assert!(ours_to_empty(&root()).is_err());
        assert!(ours_to_empty(&root().join("Cargo.toml")).is_err());
        assert!(ours_to_empty(&root().join("target").join("no such folder")).is_ok());
    }
}
