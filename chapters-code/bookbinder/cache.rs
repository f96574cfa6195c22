//! Formulas that were set before: what KaTeX makes of a line of LaTeX depends on nothing
//! else, so each is set once, and an edit of prose waits for none.

use crate::compact::Compact;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Formulas by their LaTeX, with a mark for display before it.
type Formulas = BTreeMap<String, Compact>;

/// The formulas of earlier builds, in a file that may be lost at any time.
#[derive(Default)]
pub struct Cache {
    /// Where the file stands; nowhere in tests.
    path: Option<PathBuf>,
    known: Formulas,
    used: RefCell<Formulas>,
    grown: Cell<bool>,
}

impl Cache {
    /// What this very program has set before.
    pub fn of_this_program() -> Self {
        let path = path();
        let text = path.as_ref().and_then(|path| std::fs::read(path).ok());
        let known = text.and_then(|text| serde_json::from_slice(&text).ok());
        Self { path, known: known.unwrap_or_default(), ..Self::default() }
    }

    /// The formula of `key`: as it was, or as `set` sets it.
    pub fn get<E>(
        &self,
        key: String,
        set: impl FnOnce() -> Result<Compact, E>,
    ) -> Result<Compact, E> {
        if let Some(formula) = self.used.borrow().get(&key) {
            return Ok(formula.clone());
        }
        let formula = match self.known.get(&key) {
            Some(formula) => formula.clone(),
            None => {
                self.grown.set(true);
                set()?
            }
        };
        self.used.borrow_mut().insert(key, formula.clone());
        Ok(formula)
    }

    /// Writes the formulas of this build, if one is new. A cache that cannot be written
    /// costs time and nothing else.
    pub fn keep(&self) {
        let Some(path) = self.path.as_ref().filter(|_| self.grown.get()) else { return };
        // Those of a page with a fault stay known: the next build will ask for them.
        let mut all = self.known.clone();
        all.append(&mut self.used.borrow_mut());
        let Ok(text) = serde_json::to_vec(&all) else { return };
        let aside = path.with_extension(format!("{}", std::process::id()));
        let folder = path.parent().unwrap_or(Path::new("."));
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&aside, text))
            .and_then(|()| std::fs::rename(&aside, path));
        if written.is_err() {
            let _ = std::fs::remove_file(&aside);
        }
        // Those of earlier programs, and what killed ones have left.
        for other in crate::code::folder(folder) {
            let name = other.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with("formulas-") && other != *path {
                let _ = std::fs::remove_file(&other);
            }
        }
    }
}

/// `target/book-exports/formulas-KEY.json`, where the key stands for this program.
fn path() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let meta = program.metadata().ok()?;
    let mut hasher = DefaultHasher::new();
    (meta.len(), meta.modified().ok()?).hash(&mut hasher);
    let target = program.parent()?.parent()?;
    let name = format!("formulas-{:016x}.json", hasher.finish());
    Some(target.join("book-exports").join(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compact::compact;

    #[test]
    fn a_formula_is_set_once_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = Some(dir.path().join("new").join("formulas.json"));
        let cache = Cache { path: path.clone(), ..Cache::default() };
        let set = || compact("<i>x</i>").ok_or(());
        let first = cache.get("x".into(), set).unwrap();
        assert_eq!(cache.get("x".into(), || Err(())), Ok(first.clone()));
        assert_eq!(cache.get("y".into(), || Err(())), Err(()));
        cache.keep();
        let text = std::fs::read(path.as_ref().unwrap()).unwrap();
        let known = serde_json::from_slice(&text).unwrap();
        let again = Cache { path, known, ..Cache::default() };
        assert_eq!(again.get("x".into(), || Err(())), Ok(first));
    }
}
