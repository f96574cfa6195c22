//! KaTeX's markup made smaller, so that a page with six hundred formulas stays light.
//!
//! The same few hundred inline styles come thousands of times; each becomes a short class
//! that a `<style>` at the top of the page explains. Classes that no stylesheet knows are
//! left out. What is seen stays the same; a third of the bytes goes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Classes that tell the kind of an atom and have no rule in KaTeX's stylesheet.
const UNSTYLED: [&str; 8] =
    ["mord", "mbin", "mrel", "mopen", "mclose", "mpunct", "minner", "mtight"];
/// The most frequent group of classes, and the one declaration it stands for.
const SUBSCRIPT: ([&str; 3], &str) =
    (["katex-sizing", "reset-size6", "size3"], "font-size:0.7em;");

/// The styles met so far, numbered in order of their first use.
#[derive(Default)]
pub struct Styles {
    numbers: RefCell<BTreeMap<String, usize>>,
    used: RefCell<BTreeSet<(usize, String)>>,
}

impl Styles {
    /// The formula's markup with short classes for its inline styles.
    pub fn compact(&self, html: &str) -> String {
        let html = html
            .replace(" xmlns=\"http://www.w3.org/1998/Math/MathML\"", "")
            .replace("<semantics>", "")
            .replace("</semantics>", "")
            .replace(" separator=\"true\"", "");
        let mut out = String::with_capacity(html.len());
        let mut rest = html.as_str();
        while let Some(at) = rest.find("<span") {
            let end = rest[at..].find('>').map_or(rest.len(), |n| at + n + 1);
            out += &rest[..at];
            out += &self.tag(&rest[at..end]);
            rest = &rest[end..];
        }
        out + rest
    }

    fn tag(&self, tag: &str) -> String {
        let class = attribute(tag, "class");
        let style = attribute(tag, "style");
        let known = class.map_or(0, |c| c.len() + 9) + style.map_or(0, |s| s.len() + 9);
        if known + "<span>".len() != tag.len() {
            return tag.into(); // other attributes: not for us
        }
        let mut names: Vec<&str> = class.unwrap_or_default().split(' ').collect();
        names.retain(|name| !name.is_empty() && !UNSTYLED.contains(name));
        let mut short = Vec::new();
        if SUBSCRIPT.0.iter().all(|name| names.contains(name)) {
            names.retain(|name| !SUBSCRIPT.0.contains(name));
            short.push(self.name(SUBSCRIPT.1));
        }
        short.extend(
            style.filter(|style| !style.is_empty()).map(|style| self.name(style)),
        );
        names.extend(short.iter().map(String::as_str));
        if names.is_empty() {
            "<span>".into()
        } else {
            format!("<span class=\"{}\">", names.join(" "))
        }
    }

    /// The class of a style.
    fn name(&self, style: &str) -> String {
        let mut numbers = self.numbers.borrow_mut();
        let next = numbers.len();
        let number = *numbers.entry(style.into()).or_insert(next);
        self.used.borrow_mut().insert((number, style.into()));
        format!("k{number}")
    }

    /// The `<style>` of all that was used since the last call; nothing if there was nothing.
    pub fn sheet(&self) -> String {
        let used = self.used.take();
        if used.is_empty() {
            return String::new();
        }
        let mut out = String::from("<style>");
        for (number, style) in used {
            let rules = style.trim_end_matches(';').replace(';', "!important;");
            let _ = write!(out, ".katex .k{number}{{{rules}!important}}");
        }
        out + "</style>\n\n"
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_classes_that_the_sheet_explains() {
        let styles = Styles::default();
        let html = "<span class=\"mord\">a</span><span class=\"mspace\" style=\"height:1em;\"></span><span style=\"height:1em;\">b</span>";
        assert_eq!(
            styles.compact(html),
            "<span>a</span><span class=\"mspace k0\"></span><span class=\"k0\">b</span>"
        );
        assert_eq!(styles.sheet(), "<style>.katex .k0{height:1em!important}</style>\n\n");
        assert_eq!(styles.sheet(), "");
    }

    #[test]
    fn tags_with_other_attributes_stay() {
        let html = "<span class=\"katex-html\" aria-hidden=\"true\">x</span>";
        assert_eq!(Styles::default().compact(html), html);
    }
}
