//! Links inside the book, headings they may lead to, and pictures' alt texts.

use crate::faults::{Fault, nearest};
use crate::pages::{Kind, Page, pieces};
use crate::refs::Labels;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Stands for a formula in a page's skeleton.
const FORMULA: char = '\u{1}';
/// Stands for punctuation in code.
const MARK: char = '\u{2}';

/// What links may lead to: the ids of every page, and the files beside them.
pub struct Known {
    ids: BTreeMap<String, BTreeSet<String>>,
    root: PathBuf,
}

impl Known {
    /// The ids of headings, formulas, figures and exercises.
    pub fn of(pages: &[Page], labels: &Labels, root: &Path) -> Self {
        let mut ids = BTreeMap::new();
        for page in pages {
            let mut here: BTreeSet<String> = BTreeSet::new();
            for (_, heading) in headings(&skeleton(&page.text)) {
                let id = heading_id(&heading);
                let mut unique = id.clone();
                let mut n = 1;
                while !here.insert(unique.clone()) {
                    unique = format!("{id}-{n}");
                    n += 1;
                }
            }
            for piece in pieces(&page.text, "", 1, &mut Vec::new()) {
                let id = match piece.kind {
                    Kind::Fence { info, .. } => {
                        info.strip_prefix("math id=").map(str::trim)
                    }
                    Kind::Directive {
                        name: "figure" | "exercise", arguments, ..
                    } => Some(arguments),
                    _ => None,
                };
                here.extend(id.filter(|id| labels.holds(&page.path, id)).map(Into::into));
            }
            ids.insert(page.path.clone(), here);
        }
        Self { ids, root: root.into() }
    }
}

/// The page with code and formulas blotted out, line for line.
fn skeleton(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text, "", 1, &mut Vec::new()) {
        match piece.kind {
            Kind::Text(text) => out += text,
            Kind::Code(code) => out.extend(code.chars().map(|c| {
                if c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '-') {
                    c
                } else {
                    MARK
                }
            })),
            Kind::Formula(tex) => {
                out.push(FORMULA);
                out.extend(tex.matches('\n'));
            }
            Kind::Fence { source, .. } => out.extend(source.matches('\n')),
            Kind::Directive { .. } => {}
        }
    }
    out
}

/// The headings of a skeleton with their lines.
fn headings(skeleton: &str) -> Vec<(usize, String)> {
    let lines = skeleton.lines().enumerate().filter_map(|(n, line)| {
        let text = line.trim_start_matches('#');
        let level = line.len() - text.len();
        ((1..=6).contains(&level) && text.starts_with(' '))
            .then(|| (n + 1, text.trim().into()))
    });
    lines.collect()
}

/// mdBook's id of a heading: `{#id}` if it has one, else made from its words.
fn heading_id(heading: &str) -> String {
    if let Some((_, id)) = heading.strip_suffix('}').and_then(|h| h.rsplit_once("{#")) {
        return id.split_whitespace().next().unwrap_or_default().into();
    }
    let plain: String = heading.chars().filter(|c| *c != '*').collect();
    plain
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            _ if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
            _ if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

/// Faults of a page's links, headings and pictures.
pub fn check(page: &Page, known: &Known, faults: &mut Vec<Fault>) {
    let skeleton = skeleton(&page.text);
    for (line, heading) in headings(&skeleton) {
        if heading.contains(FORMULA) && !heading.contains("{#") {
            let message =
                "a heading with a formula needs an id of its own: end it with {#id}";
            faults.push(Fault::new(&page.file, line, message));
        }
    }
    for (n, line) in skeleton.lines().enumerate() {
        for target in targets(line) {
            if let Err(message) = lead(page, target, known) {
                faults.push(Fault::new(&page.file, n + 1, message));
            }
        }
        let bare = line.contains("![](") || line.contains("![ ](");
        let tags = line.match_indices("<img").any(|(at, _)| {
            let tag = line[at..].split('>').next().unwrap_or_default();
            !tag.contains("alt=\"") || tag.contains("alt=\"\"")
        });
        if bare || tags {
            let message = "this picture has no alt text: say in words what can be seen";
            faults.push(Fault::new(&page.file, n + 1, message));
        }
    }
}

/// Where the links of a line lead.
fn targets(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (open, close) in
        [("](", [')', ' ']), ("href=\"", ['"', '"']), ("src=\"", ['"', '"'])]
    {
        for (at, _) in line.match_indices(open) {
            let target = line[at + open.len()..].split(close).next().unwrap_or_default();
            found.push(target.trim_matches(['<', '>']));
        }
    }
    // [name]: target
    if let Some((name, target)) = line.split_once("]: ")
        && name.starts_with('[')
        && !name.starts_with("[^")
    {
        found.push(target.split_whitespace().next().unwrap_or_default());
    }
    found
}

fn lead(page: &Page, target: &str, known: &Known) -> Result<(), String> {
    let scheme = target.split(':').next().filter(|s| s.len() < target.len());
    if scheme.is_some_and(|s| s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+')) {
        return Ok(());
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let to = if path.is_empty() { page.path.clone() } else { joined(&page.path, path) };
    let to = match to.strip_suffix(".html") {
        Some(stem) if known.ids.contains_key(&format!("{stem}.md")) => {
            format!("{stem}.md")
        }
        _ => to,
    };
    let Some(ids) = known.ids.get(&to) else {
        let source = page.file.strip_suffix(&page.path).unwrap_or_default();
        if !to.ends_with(".md") && known.root.join(source).join(&to).exists() {
            return Ok(());
        }
        let near = nearest(&to, known.ids.keys().map(String::as_str));
        return Err(format!("dead link: the book has no {to}{near}"));
    };
    if anchor.is_empty() || ids.contains(anchor) {
        return Ok(());
    }
    let near = nearest(anchor, ids.iter().map(String::as_str));
    Err(format!("dead link: {to} has no #{anchor}{near}"))
}

/// A relative path from a page, with `..` taken away.
fn joined(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_get_mdbooks_ids() {
        assert_eq!(
            heading_id("Trajectories, fields, flows"),
            "trajectories-fields-flows"
        );
        assert_eq!(heading_id("The *flow* of $ {#flow}"), "flow");
    }

    #[test]
    fn links_are_found_outside_of_code() {
        let text = "a [b](c.md#d) `[x](y)` <a href=\"e.md\">\n[f]: g.md\n\n```text\n[x](z)\n```\n";
        let skeleton = skeleton(text);
        let found: Vec<_> = skeleton.lines().flat_map(targets).collect();
        assert_eq!(found, ["c.md#d", "e.md", "g.md"]);
    }

    #[test]
    fn paths_are_joined() {
        assert_eq!(joined("a/b.md", "../c.md"), "c.md");
        assert_eq!(joined("b.md", "./c.md"), "c.md");
    }
}
