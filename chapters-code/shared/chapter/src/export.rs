//! `export DIR`: what the page needs, as files.

use crate::aside::{Aside, nearest_folder};
use crate::{Chapter, claims, figures};
use evidence::SEED;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file that tells an export from a folder of somebody's own.
const SIGN: &str = "chapter.json";

/// Runs every claim, draws every figure and writes both, with exercises and errata, into
/// `dir`, which is complete or as it was.
///
/// All bytes are the same on every run, but for those of `seconds.json`.
///
/// # Errors
/// A sentence with the path and the way out, or what panicked.
pub fn export<A>(chapter: &Chapter<A>, dir: &Path) -> Result<(), String> {
    let refused = |error: io::Error| {
        format!(
            "invalid value '{}' for '<DIR>': the export cannot be written there ({error}); \
             name a new folder in one you may write to",
            dir.display()
        )
    };
    let dir = &check(dir).map_err(refused)?;
    let parent = dir.parent().expect("checked above");
    let nearest = nearest_folder(parent).map_err(refused)?;
    let aside = Aside::inside(&nearest).map_err(refused)?;
    let reports = claims::run(chapter, SEED)?;
    let pictures = figures::draw(chapter)?;

    let mut seconds = Map::new();
    for timed in &reports {
        seconds.insert(timed.report.id.into(), json!(timed.seconds));
    }
    let reports: Vec<_> = reports.iter().map(|timed| &timed.report).collect();
    let captions: Vec<_> = chapter
        .figures
        .iter()
        .zip(&pictures)
        .map(|(figure, p)| json!({ "id": figure.id, "caption": p.caption, "alt": p.alt }))
        .collect();
    let name = json!({
        "name": chapter.name, "number": chapter.number, "title": chapter.title
    });

    let write = |name: &str, text: String| aside.write(name, text).map_err(refused);
    write(SIGN, pretty(&name))?;
    write("claims.json", pretty(&reports))?;
    write("seconds.json", pretty(&Value::Object(seconds)))?;
    write("figures.json", pretty(&captions))?;
    write("exercises.json", pretty(&(chapter.cards)()))?;
    write("errata.json", pretty(chapter.errata))?;
    fs::create_dir_all(aside.path().join("figures")).map_err(refused)?;
    for (figure, picture) in chapter.figures.iter().zip(&pictures) {
        write(&format!("figures/{}.html", figure.id), format!("{}\n", picture.body))?;
    }
    fs::create_dir_all(parent).and_then(|()| replace(aside.path(), dir)).map_err(refused)
}

/// The absolute path of `dir`, if it may be written: it is absent, empty, or an export.
fn check(dir: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(dir)?;
    if absolute.file_name().is_none() {
        return Err(io::Error::other("it has no name"));
    }
    if absolute.is_file() {
        return Err(io::Error::other("it is a file"));
    }
    if absolute.is_dir() {
        let stranger =
            !absolute.join(SIGN).exists() && fs::read_dir(&absolute)?.next().is_some();
        if stranger {
            return Err(io::Error::other("it holds files that are no export"));
        }
    }
    Ok(absolute)
}

/// Puts `new` in the place of `dir`.
fn replace(new: &Path, dir: &Path) -> io::Result<()> {
    if !dir.exists() {
        return fs::rename(new, dir);
    }
    let old = new.with_extension("old");
    fs::rename(dir, &old)?;
    if let Err(error) = fs::rename(new, dir) {
        fs::rename(&old, dir)?;
        return Err(error);
    }
    fs::remove_dir_all(old)
}

fn pretty<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("plain data");
    text.push('\n');
    text
}
