//! Looks up the links and ids of built pages.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// How many pages were read.
    pub pages: usize,
    /// How many links were looked up.
    pub links: usize,
    /// How many ids they hold.
    pub ids: usize,
    /// "page.html:12: …", sorted.
    pub faults: Vec<String>,
}

/// A page: its ids and its links, with their lines.
#[derive(Debug, Default)]
struct Page {
    ids: BTreeMap<String, Vec<usize>>,
    /// Line, whether the browser fetches it unasked, and the address.
    links: Vec<(usize, bool, String)>,
    base: Option<String>,
}

/// Reads every `.html` below `dest`.
pub fn check(dest: &Path) -> io::Result<Report> {
    let mut files = Vec::new();
    html_files(dest, &mut files)?;
    let mut pages = BTreeMap::new();
    for file in files {
        let name =
            file.strip_prefix(dest).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        pages.insert(name, read(&std::fs::read_to_string(&file)?));
    }
    let mut report = Report { pages: pages.len(), ..Report::default() };
    for (name, page) in &pages {
        report.ids += page.ids.len();
        for (id, lines) in page.ids.iter().filter(|(_, lines)| lines.len() > 1) {
            report.faults.push(format!(
                "{name}:{}: the id `{id}` is here a second time",
                lines[1]
            ));
        }
        let mut told = BTreeSet::new();
        for (line, fetched, link) in &page.links {
            report.links += 1;
            if let Err(why) = look_up(dest, &pages, name, link, *fetched)
                && told.insert(link)
            {
                report.faults.push(format!("{name}:{line}: {why}"));
            }
        }
    }
    Ok(report)
}

fn html_files(folder: &Path, out: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            html_files(&path, out)?;
        } else if path.extension().is_some_and(|e| e == "html") {
            out.push(path);
        }
    }
    out.sort();
    Ok(())
}

/// Whether a link of page `from` leads somewhere.
fn look_up(
    dest: &Path,
    pages: &BTreeMap<String, Page>,
    from: &str,
    link: &str,
    fetched: bool,
) -> Result<(), String> {
    if ["data:", "mailto:", "javascript:"].iter().any(|scheme| link.starts_with(scheme)) {
        return Ok(());
    }
    if link.contains("://") || link.starts_with("//") {
        let away = format!("the page fetches {link}, which is not on this machine");
        return if fetched { Err(away) } else { Ok(()) };
    }
    let (path, id) = link.split_once('#').unwrap_or((link, ""));
    let path = percent_decoded(path.split('?').next().unwrap_or_default());
    let target =
        match (path.as_str(), pages.get(from).and_then(|page| page.base.as_deref())) {
            ("", _) => from.to_owned(),
            (path, Some("/")) => joined("", path),
            (path, _) => joined(from, path),
        };
    let target = if target.is_empty() { "index.html".into() } else { target };
    let Some(page) = pages.get(&target) else {
        let there = dest.join(&target).is_file()
            || dest.join(&target).join("index.html").is_file();
        return if there {
            Ok(())
        } else {
            Err(format!("`{link}` leads nowhere: there is no {target}"))
        };
    };
    let id = percent_decoded(id);
    if id.is_empty() || id == "top" || page.ids.contains_key(&id) {
        Ok(())
    } else {
        Err(format!("`{link}` leads nowhere: {target} has no id `{id}`"))
    }
}

/// The path from the root of a link on page `from`.
fn joined(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Reads the tags of a page; scripts, styles and comments are passed over.
fn read(text: &str) -> Page {
    let mut page = Page::default();
    let (mut at, mut line, mut counted) = (0, 1, 0);
    while let Some(n) = text[at..].find('<') {
        let from = at + n;
        let rest = &text[from..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(text.len(), |n| from + n + 3);
            continue;
        }
        line += text[counted..from].bytes().filter(|b| *b == b'\n').count();
        counted = from;
        let tag = tag(rest);
        at = from + tag.len;
        for (name, value) in &tag.attributes {
            match *name {
                "id" => page.ids.entry(value.clone()).or_default().push(line),
                "href" if tag.name == "base" => page.base = Some(value.clone()),
                "href" | "xlink:href" => {
                    page.links.push((
                        line,
                        !matches!(tag.name, "a" | "area"),
                        value.clone(),
                    ));
                }
                "src" | "poster" => page.links.push((line, true, value.clone())),
                _ => {}
            }
        }
        if matches!(tag.name, "script" | "style") {
            let end = format!("</{}", tag.name);
            at = text[at..].find(&end).map_or(text.len(), |n| at + n);
        }
    }
    page
}

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    len: usize,
}

/// The tag at the beginning of `text`; empty for a bare `<` or an end tag.
fn tag(text: &str) -> Tag<'_> {
    let blank = |c: char| c.is_ascii_whitespace();
    let name_end = text[1..]
        .find(|c| blank(c) || c == '>' || c == '/')
        .map_or(text.len(), |n| n + 1);
    let name = &text[1..name_end];
    let mut tag = Tag { name, attributes: Vec::new(), len: name_end.max(1) };
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return tag;
    }
    let mut at = name_end;
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start_matches(|c| blank(c) || c == '/').len();
        let rest = &text[at..];
        if rest.is_empty() || rest.starts_with('>') {
            tag.len = (at + 1).min(text.len());
            return tag;
        }
        let end = rest
            .find(|c| blank(c) || matches!(c, '=' | '>' | '/'))
            .unwrap_or(rest.len())
            .max(1);
        let name = &rest[..end];
        at += end;
        let mut value = "";
        if let Some(given) = text[at..].strip_prefix('=') {
            at += 1;
            let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (skip, end) = match quote {
                Some(q) => (1, given[1..].find(q).unwrap_or(given.len() - 1)),
                None => (0, given.find(|c| blank(c) || c == '>').unwrap_or(given.len())),
            };
            value = &given[skip..skip + end];
            at = (at + end + 2 * skip).min(text.len());
        }
        tag.attributes.push((name, unescaped(value)));
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Text in which `%20` stands for a byte.
pub fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match (bytes[at], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
