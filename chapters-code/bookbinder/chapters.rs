//! The chapters' programs: built by cargo, run when their bytes have changed.

use crate::code::{folder, is_chapter};
pub use crate::exports::Export;
use crate::faults::Fault;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Grows whenever the format of an export changes, so that older ones are made anew.
const FORMAT: &str = concat!(env!("CARGO_PKG_VERSION"), "/1");

/// The exports of all chapters below `root`, in order of their names.
///
/// Builds the chapters' programs by one call of cargo and runs those whose bytes have
/// changed since their last export. The environment variable `BOOK_EXPORTS` names a
/// folder of exports to be read instead, for tests.
pub fn load_all(root: &Path) -> Result<Vec<Export>, Vec<Fault>> {
    if let Some(dir) = std::env::var_os("BOOK_EXPORTS") {
        let dirs = folder(Path::new(&dir)).into_iter().filter(|d| d.is_dir());
        return gather(dirs.map(|dir| Export::read(&dir, "given")), root);
    }
    let names = names(root);
    let programs = programs(root, &names).map_err(|fault| vec![fault])?;
    gather(
        programs
            .into_iter()
            .map(|(name, program)| program.and_then(|path| export(root, &name, &path))),
        root,
    )
}

/// The chapters' packages below `root`, in order.
pub fn names(root: &Path) -> Vec<String> {
    folder(&root.join("chapters-code"))
        .iter()
        .filter(|path| is_chapter(path) && path.join("Cargo.toml").is_file())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect()
}

/// Builds the programs of chapters; gives each with its path, or why it has none.
pub fn programs(root: &Path, names: &[String]) -> Result<Vec<Program>, Fault> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let mut built = build(root, names)?;
    let program = |name: &String| {
        let path = built.remove(name).ok_or_else(|| {
            let message = format!(
                "the package has no program `{name}`: give it a src/main.rs that calls chapter::main"
            );
            Fault::new(format!("chapters-code/{name}/Cargo.toml"), 1, message)
        });
        (name.clone(), path)
    };
    Ok(names.iter().map(program).collect())
}

/// A chapter's name and its program.
pub type Program = (String, Result<PathBuf, Fault>);

fn gather(
    exports: impl Iterator<Item = Result<Export, Fault>>,
    root: &Path,
) -> Result<Vec<Export>, Vec<Fault>> {
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    for export in exports {
        match export {
            Ok(export) => good.push(export),
            Err(mut fault) => {
                let prefix = format!("{}/", root.to_string_lossy().replace('\\', "/"));
                fault.file =
                    fault.file.strip_prefix(&prefix).unwrap_or(&fault.file).into();
                faults.push(fault);
            }
        }
    }
    if faults.is_empty() { Ok(good) } else { Err(faults) }
}

/// Builds the programs; gives their paths by package name.
fn build(root: &Path, chapters: &[String]) -> Result<BTreeMap<String, PathBuf>, Fault> {
    let unstarted = |error: std::io::Error| {
        let message =
            format!("cannot start cargo ({error}): the book runs its chapters' programs");
        Fault::new("Cargo.toml", 1, message)
    };
    let mut cargo =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args(["build", "--bins"]);
    cargo.arg("--message-format=json-render-diagnostics");
    if std::io::stderr().is_terminal() {
        cargo.args(["--color", "always"]);
    }
    for chapter in chapters {
        cargo.args(["--package", chapter]);
    }
    cargo.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = cargo.spawn().map_err(unstarted)?;
    let words = BufReader::new(child.stderr.take().expect("stderr is piped"));
    let heard = std::thread::spawn(move || pass_on(words));
    let mut messages = String::new();
    let mut stdout = child.stdout.take().expect("stdout is piped");
    let read = stdout.read_to_string(&mut messages);
    let status =
        child.wait().and_then(|status| read.map(|_| status)).map_err(unstarted)?;
    let words = heard.join().unwrap_or_default();
    if !status.success() {
        let (file, line) = place(&words, "--> ").unwrap_or(("Cargo.toml".into(), 1));
        let first =
            words.lines().find(|line| line.starts_with("error")).unwrap_or("error");
        let first = first.trim_start_matches("error").trim_start_matches(": ");
        let message = format!(
            "the chapters' programs do not compile: {first} (cargo's words are above)"
        );
        return Err(Fault::new(file, line, message));
    }
    let mut programs = BTreeMap::new();
    for line in messages.lines().filter(|line| line.contains("\"executable\":\"")) {
        let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else {
            continue;
        };
        let name = message["target"]["name"].as_str();
        if let (Some(name), Some(path)) = (name, message["executable"].as_str()) {
            programs.insert(name.to_owned(), PathBuf::from(path));
        }
    }
    Ok(programs)
}

/// Prints what cargo says while it says it, and keeps it, without colours.
fn pass_on(words: impl BufRead) -> String {
    let mut kept = String::new();
    for line in words.lines().map_while(Result::ok) {
        let plain = without_colours(&line);
        if !plain.trim_start().starts_with("Finished ") {
            eprintln!("{line}");
        }
        kept += &plain;
        kept.push('\n');
    }
    kept
}

fn without_colours(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        plain + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}

/// The first "MARK path:line" in a program's words.
fn place(words: &str, mark: &str) -> Option<(String, usize)> {
    words.lines().find_map(|line| {
        let place = line.split_once(mark)?.1.trim();
        let mut parts = place.split(':');
        let (file, line) = (parts.next()?, parts.next()?.parse().ok()?);
        Some((file.replace('\\', "/"), line))
    })
}

/// Runs a chapter's program, unless these very bytes have been run before.
fn export(root: &Path, name: &str, program: &Path) -> Result<Export, Fault> {
    let manifest = format!("chapters-code/{name}/Cargo.toml");
    let failed = |why: String| Fault::new(&manifest, 1, why);
    let target = program.parent().and_then(Path::parent).unwrap_or(root);
    let home = target.join("book-exports").join(name);
    let key = key(program, &home)
        .map_err(|error| failed(format!("cannot read {}: {error}", program.display())))?;
    let dir = home.join(&key);
    if dir.is_dir() {
        return Export::read(&dir, &key);
    }
    let cannot = |error: std::io::Error| {
        failed(format!("cannot write {}: {error}", home.display()))
    };
    std::fs::create_dir_all(&home).map_err(cannot)?;
    let aside = home.join(format!("{key}.{}", std::process::id()));
    let started = Instant::now();
    let run = Command::new(program)
        .arg("export")
        .arg(&aside)
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(format!("cannot run {}: {error}", program.display())))?;
    if !run.status.success() {
        let _ = std::fs::remove_dir_all(&aside);
        let words = String::from_utf8_lossy(&run.stderr).trim().to_owned();
        let words = words.replace("\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace", "");
        let (file, line) = place(&words, "panicked at ").unwrap_or((manifest.clone(), 1));
        let message =
            format!("the program of {name} failed ({}) and said: {words}", run.status);
        return Err(Fault::new(file, line, message));
    }
    let export = Export::read(&aside, &key).inspect_err(|_| {
        let _ = std::fs::remove_dir_all(&aside);
    });
    let export = export.map_err(|mut fault| {
        fault.message = format!("{name} wrote rubbish: {}", fault.message);
        fault.file = manifest.clone();
        fault.line = 1;
        fault
    })?;
    // Another build may have been faster: its export is as good as ours.
    if std::fs::rename(&aside, &dir).is_err() {
        let _ = std::fs::remove_dir_all(&aside);
    }
    remove_older(&home, &dir);
    eprintln!(
        "{name}: {} claims checked, {} figures drawn in {:.1} s",
        export.claims.len(),
        export.figures.len(),
        started.elapsed().as_secs_f64()
    );
    Ok(export)
}

/// Stands for the bytes of a program. They are read only if it is another file than when
/// they were read last, as size and time tell.
fn key(program: &Path, home: &Path) -> std::io::Result<String> {
    let meta = program.metadata()?;
    let (size, time) = (meta.len(), meta.modified()?);
    let since = time.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let seen = format!("{FORMAT} {size} {}", since.as_nanos());
    let note = home.join("seen.txt");
    if let Ok(text) = std::fs::read_to_string(&note)
        && let Some((before, key)) = text.split_once('\n')
        && before == seen
    {
        return Ok(key.trim().into());
    }
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(FORMAT.as_bytes());
    hasher.write(&std::fs::read(program)?);
    let key = format!("{:016x}", hasher.finish());
    // A file so young might change again without its time telling.
    if time.elapsed().is_ok_and(|age| age > Duration::from_secs(3)) && home.is_dir() {
        let _ = std::fs::write(note, format!("{seen}\n{key}\n"));
    }
    Ok(key)
}

/// Removes the exports of older programs, and what killed builds have left behind.
fn remove_older(home: &Path, current: &Path) {
    for path in folder(home).iter().filter(|path| *path != current && path.is_dir()) {
        // Folders aside of a program that is writing its export: it removes them itself.
        let name = path.file_name().unwrap_or_default();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let aside = path.extension().is_some();
        let age = path
            .metadata()
            .and_then(|m| m.modified())
            .ok()
            .and_then(|t| t.elapsed().ok());
        // A young folder aside may belong to a build that is still running.
        if !aside || age.is_some_and(|age| age > Duration::from_secs(3600)) {
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_an_error_is_found() {
        let words = without_colours(
            "\u{1b}[1merror\u{1b}[0m\n  --> chapters-code/a/src/b.rs:7:3",
        );
        assert_eq!(place(&words, "--> "), Some(("chapters-code/a/src/b.rs".into(), 7)));
        assert_eq!(
            place("thread 'main' panicked at a.rs:4:5:\noh", "panicked at ").unwrap().1,
            4
        );
        assert_eq!(place("nothing", "--> "), None);
    }

    #[test]
    fn a_root_without_chapters_has_no_exports() {
        let root = std::env::temp_dir().join("a-folder-that-is-not-there");
        assert!(load_all(&root).unwrap().is_empty());
    }
}
