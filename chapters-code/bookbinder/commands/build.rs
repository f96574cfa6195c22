//! `cargo book build`: the book as files.

use super::{failed, mdbook, passed_on, root};
use crate::code::folder;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Builds into `dest`, or into `target/book`.
pub fn run(dest: Option<PathBuf>) -> ExitCode {
    let root = root();
    let dest = dest.map(|dest| std::path::absolute(&dest).unwrap_or(dest));
    if let Some(dest) = &dest
        && let Err(message) = ours_to_empty(dest).and_then(|()| writable(dest))
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
    if entries.next().is_none() || is_book(dest) {
        return Ok(());
    }
    Err(format!(
        "{} holds other things, and a build empties its folder first: name a new or an empty one",
        dest.display()
    ))
}

/// Whether a folder holds pages of mdBook, be it only the first ones of a build that was
/// killed.
fn is_book(dest: &Path) -> bool {
    let pages =
        folder(dest).into_iter().filter(|p| p.extension().is_some_and(|e| e == "html"));
    pages.into_iter().any(|page| {
        let mut head = String::new();
        let file = std::fs::File::open(page)
            .map(|file| file.take(1000).read_to_string(&mut head));
        file.is_ok() && head.contains("<!-- Book generated using mdBook -->")
    })
}

/// Whether files can be written to a folder, which is made if it is not there.
fn writable(dest: &Path) -> Result<(), String> {
    let probe = dest.join(format!(".writable-{}", std::process::id()));
    std::fs::create_dir_all(dest)
        .and_then(|()| std::fs::write(&probe, ""))
        .and_then(|()| std::fs::remove_file(&probe))
        .map_err(|error| {
            format!(
                "the book cannot be written to {} ({error}): name a folder you may write to, \
                 as in --dest-dir pages",
                dest.display()
            )
        })
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

    #[test]
    fn what_a_killed_build_left_may_be_emptied() {
        let dest = tempfile::tempdir().unwrap();
        let page = dest.path().join("ch01_flows.html");
        std::fs::write(&page, "<html>a page of somebody's").unwrap();
        assert!(ours_to_empty(dest.path()).is_err());
        std::fs::write(&page, "<html><!-- Book generated using mdBook --> <bo").unwrap();
        assert_eq!(ours_to_empty(dest.path()), Ok(()));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named_with_the_way_out() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("file"), "").unwrap();
        let below = place.path().join("file").join("pages");
        let message = writable(&below).unwrap_err();
        assert!(
            message.contains("file") && message.contains("--dest-dir pages"),
            "{message}"
        );
        let new = place.path().join("new").join("pages");
        assert_eq!(writable(&new), Ok(()));
        assert_eq!(folder(&new).len(), 0, "nothing stays");
    }
}
