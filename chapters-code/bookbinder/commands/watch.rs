//! Which of the book's files have changed.

use crate::code::folder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What the book is made of, from its root.
const SOURCES: [&str; 6] =
    ["book", "book.toml", "chapters-code", "Cargo.toml", "Cargo.lock", ".cargo"];

/// The files of a book with their times and sizes.
#[derive(Debug, Hash, PartialEq)]
pub struct Snapshot(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Snapshot {
    /// The files as they are.
    pub fn of(root: &Path) -> Self {
        let mut files = BTreeMap::new();
        SOURCES.iter().for_each(|name| collect(&root.join(name), &mut files));
        Self(files)
    }

    /// All files below a folder.
    pub fn below(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(folder, &mut files);
        Self(files)
    }

    /// The files as they are now, and the names of those that are new, changed or gone;
    /// nothing if there are none.
    pub fn changes(&self, root: &Path) -> Option<(Self, Vec<String>)> {
        let now = Self::of(root);
        if now == *self {
            return None;
        }
        let differs = |path: &&PathBuf| self.0.get(*path) != now.0.get(*path);
        let mut changed: Vec<String> = (self.0.keys().chain(now.0.keys()))
            .filter(differs)
            .map(|path| {
                let path = path.strip_prefix(root).unwrap_or(path);
                path.to_string_lossy().replace('\\', "/")
            })
            .collect();
        changed.sort();
        changed.dedup();
        Some((now, changed))
    }
}

fn collect(path: &Path, out: &mut BTreeMap<PathBuf, (Option<SystemTime>, u64)>) {
    let Ok(meta) = path.metadata() else { return };
    if meta.is_dir() {
        folder(path).iter().filter(|path| is_source(path)).for_each(|p| collect(p, out));
    } else {
        out.insert(path.to_owned(), (meta.modified().ok(), meta.len()));
    }
}

/// Not what editors and tools keep beside the sources.
fn is_source(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !(name.starts_with(['.', '#'])
        || name.ends_with('~')
        || name == "target"
        || name == "node_modules")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_changed_or_gone_is_named() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("book/a.md", "a");
        write("book/b.md", "b");
        let before = Snapshot::of(root.path());
        assert_eq!(before.changes(root.path()), None);
        write("book/.a.md.swp", "x");
        write("book/a.md~", "x");
        write("elsewhere.txt", "x");
        assert_eq!(before.changes(root.path()), None, "none of these is a source");
        write("book/a.md", "longer");
        write("chapters-code/ch01/src/lib.rs", "new");
        std::fs::remove_file(root.path().join("book/b.md")).unwrap();
        let (_, changed) = before.changes(root.path()).unwrap();
        assert_eq!(changed, ["book/a.md", "book/b.md", "chapters-code/ch01/src/lib.rs"]);
    }
}
