//! Writing aside, then renaming: what stands under a name is whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Before the number of the process in the name of a folder.
const NAME: &str = ".aside-";
/// The file by which a folder tells that its process is still there: the system takes the
/// lock away from a process that ends, however it ends.
const LOCK: &str = ".lock";
/// A folder without a lock may be about to get one. After so long it is not.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder beside the place its contents are meant for, gone again when dropped.
#[derive(Debug)]
pub struct Aside {
    /// Holds the lock, and the folder to be filled.
    home: PathBuf,
    path: PathBuf,
    /// Held for as long as the folder is in use.
    lock: Option<File>,
}

impl Aside {
    /// A new empty folder inside `parent`, which must exist. Removes those that killed
    /// programs have left there.
    pub fn inside(parent: &Path) -> io::Result<Self> {
        remove_left(parent);
        let home = parent.join(format!("{NAME}{}", std::process::id()));
        if home.exists() {
            // Left by a killed program that had this number before, a moment ago.
            fs::remove_dir_all(&home)?;
        }
        fs::create_dir(&home)?;
        let mut aside = Self { path: home.join("new"), home, lock: None };
        let lock = File::create(aside.home.join(LOCK))?;
        // Where the file system knows no locks, the folder counts as left after a minute.
        aside.lock = lock.try_lock().is_ok().then_some(lock);
        fs::create_dir(&aside.path)?;
        Ok(aside)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file, with the folders it needs.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder"))?;
        fs::write(path, bytes)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Some systems remove no file that is open.
        self.lock = None;
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// Removes the folders aside in `parent` whose processes are gone. What cannot be removed
/// stays.
fn remove_left(parent: &Path) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let number = name.strip_prefix(NAME);
        let ours = number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
        if ours && path.is_dir() && is_left(&path) {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Whether nobody holds the lock of a folder aside.
fn is_left(folder: &Path) -> bool {
    match File::options().read(true).write(true).open(folder.join(LOCK)) {
        Ok(lock) => lock.try_lock().is_ok(),
        Err(_) => {
            let age = folder.metadata().and_then(|meta| meta.modified());
            age.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > PATIENCE))
        }
    }
}

/// The deepest folder of `path` that exists.
///
/// # Errors
/// If it, or what stands in its place, is no folder.
pub fn nearest_folder(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let nearest = absolute.ancestors().find(|ancestor| ancestor.exists());
    match nearest {
        Some(folder) if folder.is_dir() => Ok(folder.into()),
        Some(file) => Err(io::Error::new(
            io::ErrorKind::NotADirectory,
            format!("{} is a file", file.display()),
        )),
        None => {
            Err(io::Error::new(io::ErrorKind::NotFound, "no part of the path exists"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_goes_and_what_is_in_use_stays() {
        let parent = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let path = parent.path().join(name);
            fs::create_dir(&path).unwrap();
            path
        };
        let [left, used, young, other] =
            [".aside-1", ".aside-2", ".aside-3", ".aside-x"].map(folder);
        fs::write(left.join(LOCK), "").unwrap();
        fs::write(left.join("half.svg"), "<svg").unwrap();
        let lock = File::create(used.join(LOCK)).unwrap();
        lock.lock().unwrap();
        let aside = Aside::inside(parent.path()).unwrap();
        assert!(!left.exists(), "its process is gone");
        assert!(used.exists() && young.exists() && other.exists());
        assert!(!is_left(&aside.home), "ours is in use");
        let home = aside.home.clone();
        drop(aside);
        assert!(!home.exists());
    }
}
