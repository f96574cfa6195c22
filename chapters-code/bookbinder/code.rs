//! Listings: pieces of the chapters' source, cut by anchors.
//!
//! `// ANCHOR: step` and `// ANCHOR_END: step` stand round what a page shows as
//! `{{#code ch01_flows/src/methods/heun.rs:step}}`.

use crate::faults::{Fault, nearest};
use std::path::{Path, PathBuf};

/// A pair of anchor lines and what stands between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// Its name.
    pub name: String,
    /// The line of `ANCHOR:`, from 1.
    pub line: usize,
    /// What stands between, without the lines of anchors inside and without the indent
    /// that all lines share.
    pub text: String,
}

/// The anchors of a source file, in order.
pub fn anchors(source: &str, file: &str, faults: &mut Vec<Fault>) -> Vec<Anchor> {
    let mut found: Vec<Anchor> = Vec::new();
    let mut open: Vec<(String, usize, Vec<&str>)> = Vec::new();
    for (n, line) in source.lines().enumerate() {
        match mark(line) {
            Some(("ANCHOR", name)) => {
                let known = found.iter().map(|a| (&a.name, a.line));
                let known = known.chain(open.iter().map(|(name, line, _)| (name, *line)));
                for (_, first) in known.filter(|(other, _)| *other == name) {
                    let message = format!(
                        "anchor `{name}` is here a second time (first in line {first}): rename one"
                    );
                    faults.push(Fault::new(file, n + 1, message));
                }
                open.push((name.into(), n + 1, Vec::new()));
            }
            Some((_, name)) => {
                match open.iter().position(|(other, _, _)| other == name) {
                    Some(k) => {
                        let (name, line, lines) = open.remove(k);
                        let text = unindented(&lines);
                        if text.trim().is_empty() {
                            let message = format!(
                                "anchor `{name}` is empty: nothing would be shown"
                            );
                            faults.push(Fault::new(file, line, message));
                        }
                        found.push(Anchor { name, line, text });
                    }
                    None => {
                        let message =
                            format!("anchor `{name}` ends here but does not begin");
                        faults.push(Fault::new(file, n + 1, message));
                    }
                }
            }
            None => open.iter_mut().for_each(|(_, _, lines)| lines.push(line)),
        }
    }
    for (name, line, _) in open {
        let message = format!("anchor `{name}` has no end: add // ANCHOR_END: {name}");
        faults.push(Fault::new(file, line, message));
    }
    found
}

/// The kind and the name of an anchor line.
fn mark(line: &str) -> Option<(&'static str, &str)> {
    let comment = line.trim().strip_prefix("//")?.trim_start();
    let end = comment.strip_prefix("ANCHOR_END:").map(|name| ("ANCHOR_END", name.trim()));
    end.or_else(|| comment.strip_prefix("ANCHOR:").map(|name| ("ANCHOR", name.trim())))
}

/// The lines without the indent they share, and without blank lines at both ends.
pub fn unindented(lines: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let common =
        lines.iter().filter(|l| !l.trim().is_empty()).map(indent).min().unwrap_or(0);
    let lines: Vec<_> =
        lines.iter().map(|l| l.get(common..).unwrap_or("").trim_end()).collect();
    lines.join("\n").trim_matches('\n').into()
}

/// Every `.rs` file of the chapters, with its anchors.
pub struct Sources {
    /// Path from `chapters-code/`, and the anchors.
    files: Vec<(String, Vec<Anchor>)>,
    root: PathBuf,
    shown: Vec<(String, String)>,
}

impl Sources {
    /// Reads `chapters-code/ch*/src` below the book's root.
    pub fn read(root: &Path, faults: &mut Vec<Fault>) -> Self {
        let mut files = Vec::new();
        let code = root.join("chapters-code");
        for chapter in folder(&code).into_iter().filter(|p| is_chapter(p)) {
            let mut paths = Vec::new();
            rust_files(&chapter.join("src"), &mut paths);
            for path in paths {
                let name = path.strip_prefix(&code).unwrap_or(&path);
                let name = name.to_string_lossy().replace('\\', "/");
                let Ok(source) = std::fs::read_to_string(&path) else { continue };
                let file = format!("chapters-code/{name}");
                files.push((name, anchors(&source, &file, faults)));
            }
        }
        Self { files, root: root.into(), shown: Vec::new() }
    }

    /// The listing that `{{#code path:anchor}}` asks for, or what is wrong with it.
    pub fn listing(&mut self, arguments: &str) -> Result<String, String> {
        let (path, name) = arguments.split_once(':').ok_or_else(|| {
            format!("`{arguments}` names no anchor: write {{{{#code FILE:ANCHOR}}}}")
        })?;
        self.shown.push((path.into(), name.into()));
        if path.split('/').any(|part| part == "..") {
            return Err(format!(
                "`{path}` leaves chapters-code/: give the path from there"
            ));
        }
        let found = match self.files.iter().find(|(file, _)| file == path) {
            Some((_, anchors)) => anchors.clone(),
            None => {
                // A shared crate's file: its anchors are judged when it is shown.
                let full = self.root.join("chapters-code").join(path);
                let source = std::fs::read_to_string(&full).map_err(|error| {
                    let known = self.files.iter().map(|(file, _)| file.as_str());
                    format!(
                        "cannot read chapters-code/{path} ({}){}",
                        told(&error),
                        nearest(path, known)
                    )
                })?;
                let mut faults = Vec::new();
                let anchors = anchors(&source, path, &mut faults);
                if let Some(fault) = faults.first() {
                    return Err(format!("in chapters-code/{fault}"));
                }
                anchors
            }
        };
        match found.iter().find(|anchor| anchor.name == name) {
            Some(anchor) => Ok(anchor.text.clone()),
            None => Err(format!(
                "chapters-code/{path} has no anchor `{name}`{}",
                match nearest(name, found.iter().map(|a| a.name.as_str())) {
                    near if near.is_empty() => {
                        format!(
                            ": put // ANCHOR: {name} and // ANCHOR_END: {name} round the lines"
                        )
                    }
                    near => near,
                }
            )),
        }
    }

    /// Anchors that no page has asked for.
    pub fn never_shown(&self) -> Vec<Fault> {
        let all = self
            .files
            .iter()
            .flat_map(|(file, anchors)| anchors.iter().map(move |a| (file, a)));
        all.filter(|(file, anchor)| {
            !self.shown.iter().any(|(f, a)| f == *file && *a == anchor.name)
        })
        .map(|(file, anchor)| {
            let name = &anchor.name;
            let message = format!(
                "no page shows anchor `{name}`: write {{{{#code {file}:{name}}}}} on a page, or take the anchor out"
            );
            Fault::new(format!("chapters-code/{file}"), anchor.line, message)
        })
        .collect()
    }
}

/// Whether a path is a chapter's folder: `chNN…`.
pub fn is_chapter(path: &Path) -> bool {
    let name =
        path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.is_dir()
        && name
            .strip_prefix("ch")
            .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
}

/// What a folder holds, sorted; nothing if it cannot be read.
pub fn folder(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn rust_files(path: &Path, out: &mut Vec<PathBuf>) {
    for entry in folder(path) {
        if entry.is_dir() {
            rust_files(&entry, out);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            out.push(entry);
        }
    }
}

/// An error of the file system in words that are the same on every system.
pub fn told(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_anchors_are_cut_clean() {
        let source = "    // ANCHOR: a\n    x\n\n    // ANCHOR: b\n        y\n    // ANCHOR_END: b\n    // ANCHOR_END: a\n";
        let mut faults = Vec::new();
        let found = anchors(source, "x.rs", &mut faults);
        assert_eq!(faults, []);
        assert_eq!((found[0].name.as_str(), found[0].text.as_str()), ("b", "y"));
        assert_eq!((found[1].name.as_str(), found[1].text.as_str()), ("a", "x\n\n    y"));
    }

    #[test]
    fn bad_anchors_are_faults() {
        let source = "// ANCHOR: a\n// ANCHOR_END: a\n// ANCHOR: a\nx\r\n// ANCHOR: c\n// ANCHOR_END: d\n// ANCHOR_END: a\n";
        let mut faults = Vec::new();
        anchors(source, "x.rs", &mut faults);
        let told: Vec<_> = faults.iter().map(Fault::to_string).collect();
        assert!(told[0].starts_with("x.rs:1: anchor `a` is empty"));
        assert!(told[1].starts_with("x.rs:3: anchor `a` is here a second time"));
        assert!(told[2].starts_with("x.rs:6: anchor `d` ends here"));
        assert!(told[3].starts_with("x.rs:5: anchor `c` has no end"));
    }
}
