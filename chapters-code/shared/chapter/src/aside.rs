//! Writing aside, then renaming: what stands under a name is whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder beside the place its contents are meant for, gone again when dropped.
#[derive(Debug)]
pub struct Aside {
    path: PathBuf,
}

impl Aside {
    /// A new empty folder inside `parent`, which must exist.
    pub fn inside(parent: &Path) -> io::Result<Self> {
        let path = parent.join(format!(".aside-{}", std::process::id()));
        if path.exists() {
            // Left by a killed program that had this number before.
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir(&path)?;
        Ok(Self { path })
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
        let _ = fs::remove_dir_all(&self.path);
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
