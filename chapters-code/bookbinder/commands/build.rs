//! `cargo book build`: the book as files.

use super::watch::Snapshot;
use super::{failed, mdbook, passed_on, root};
use crate::code::folder;
use std::hash::{DefaultHasher, Hash, Hasher};
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
    let pages = dest.clone().unwrap_or_else(|| root.join("target").join("book"));
    // Only the book's own folder is used again and again.
    let stamp = if dest.is_none() { Stamp::new(&root, &mdbook, &pages) } else { None };
    if stamp.as_ref().is_some_and(Stamp::holds) {
        eprintln!(
            "Nothing has changed: the book is in {}",
            pages.join("index.html").display()
        );
        return ExitCode::SUCCESS;
    }
    let before = Snapshot::of(&root);
    let mut build = mdbook::call(&mdbook, &root);
    build.arg("build");
    if let Some(dest) = &dest {
        build.arg("--dest-dir").arg(dest);
    }
    match build.status() {
        Ok(status) if status.success() => {
            // A file that changed in the meantime may have come too late.
            if before.changes(&root).is_none()
                && let Some(stamp) = stamp
            {
                stamp.set();
            }
            eprintln!("The book is in {}", pages.join("index.html").display());
            ExitCode::SUCCESS
        }
        Ok(status) => passed_on(status),
        Err(error) => failed(&format!("cannot start mdBook: {error}")),
    }
}

/// Tells whether pages are those that would be built: nothing that goes into them, and none
/// of them, is another file than after the last build.
struct Stamp {
    root: PathBuf,
    mdbook: String,
    pages: PathBuf,
}

impl Stamp {
    /// The stamp of a folder of pages; none where exports are given from outside.
    fn new(root: &Path, mdbook: &Path, pages: &Path) -> Option<Self> {
        if std::env::var_os("BOOK_EXPORTS").is_some() {
            return None;
        }
        let mdbook = mdbook::version(mdbook)?;
        Some(Self { root: root.into(), mdbook, pages: pages.into() })
    }

    fn path(&self) -> PathBuf {
        self.root.join("target").join("book-exports").join("built.txt")
    }

    /// What it would say now. This program stands for the compiler and the crates.
    fn text(&self) -> Option<String> {
        let own = std::env::current_exe().ok()?.metadata().ok()?;
        let mut hasher = DefaultHasher::new();
        Snapshot::of(&self.root).hash(&mut hasher);
        Snapshot::below(&self.pages).hash(&mut hasher);
        (own.len(), own.modified().ok()?, &self.mdbook).hash(&mut hasher);
        for (name, value) in
            std::env::vars().filter(|(name, _)| name.starts_with("MDBOOK_"))
        {
            (name, value).hash(&mut hasher);
        }
        let there = self.pages.join("index.html").is_file();
        there.then(|| format!("{:016x}\n", hasher.finish()))
    }

    fn holds(&self) -> bool {
        std::fs::read_to_string(self.path()).is_ok_and(|text| self.text() == Some(text))
    }

    /// Remembers. What cannot be written is built again next time.
    fn set(&self) {
        if let Some(text) = self.text() {
            let _ = std::fs::write(self.path(), text);
        }
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
    fn a_stamp_holds_until_a_source_or_a_page_changes() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let pages = root.path().join("target/book");
        let stamp = Stamp { root: root.path().into(), mdbook: "0.5.4".into(), pages };
        write("book/a.md", "a");
        write("target/book-exports/x", "");
        stamp.set();
        assert!(!stamp.holds(), "there are no pages");
        write("target/book/index.html", "a");
        stamp.set();
        assert!(stamp.holds());
        write("book/a.md", "other");
        assert!(!stamp.holds());
        stamp.set();
        assert!(stamp.holds());
        write("target/book/index.html", "broken");
        assert!(!stamp.holds());
        stamp.set();
        let other = Stamp { mdbook: "0.5.5".into(), ..stamp };
        assert!(!other.holds());
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
