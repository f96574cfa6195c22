//! What formulas share: their styles and the paths of their drawings, told once on a page.

use crate::compact::{Compact, MARK, PATH, Style};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What a book's formulas name: styles and paths, numbered in order of their first use.
#[derive(Default)]
pub struct Styles {
    styles: RefCell<Numbers<Style>>,
    paths: RefCell<Numbers<String>>,
}

/// Things with their numbers, and those used since the last page.
#[derive(Default)]
struct Numbers<T> {
    numbers: BTreeMap<T, usize>,
    used: BTreeSet<(usize, T)>,
}

impl<T: Clone + Ord> Numbers<T> {
    fn number(&mut self, thing: &T) -> usize {
        let next = self.numbers.len();
        let number = *self.numbers.entry(thing.clone()).or_insert(next);
        self.used.insert((number, thing.clone()));
        number
    }
}

impl Styles {
    /// The formula's markup with the book's numbers.
    pub fn numbered(&self, formula: &Compact) -> String {
        let (mut styles, mut paths) = (self.styles.borrow_mut(), self.paths.borrow_mut());
        let mut out = String::with_capacity(formula.html.len());
        for (k, part) in formula.html.split(MARK).enumerate() {
            if k % 2 == 0 {
                out += part;
            } else if let Some(number) = part.strip_prefix(PATH) {
                let path = number.parse().ok().and_then(|n: usize| formula.paths.get(n));
                let _ = write!(out, "kp{}", path.map_or(0, |path| paths.number(path)));
            } else {
                let style = part.parse().ok().and_then(|n: usize| formula.styles.get(n));
                let _ = write!(out, "k{}", style.map_or(0, |style| styles.number(style)));
            }
        }
        out
    }

    /// What the formulas since the last call have named; nothing if that is nothing.
    pub fn sheet(&self) -> String {
        let styles = std::mem::take(&mut self.styles.borrow_mut().used);
        let paths = std::mem::take(&mut self.paths.borrow_mut().used);
        let mut out = String::new();
        if !styles.is_empty() {
            out += "<style>";
            for (number, style) in styles {
                if !style.own.is_empty() {
                    let _ = write!(out, "k-x .k{number}{{{}}}", style.own);
                }
                if !style.before.is_empty() {
                    let _ = write!(out, "k-x .k{number}:before{{{}}}", style.before);
                }
            }
            out += "</style>\n\n";
        }
        if !paths.is_empty() {
            out += "<div class=\"paths\" aria-hidden=\"true\"><svg>";
            for (number, path) in paths {
                let _ = write!(
                    out,
                    "<path id=\"kp{number}\" stroke=\"none\" d=\"{path}\"></path>"
                );
            }
            out += "</svg></div>\n\n";
        }
        out
    }
}
