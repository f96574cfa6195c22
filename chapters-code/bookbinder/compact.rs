//! KaTeX's markup made smaller, so that a page with a thousand formulas stays light.
//!
//! What is seen stays where it was, to a hundredth of a pixel; `tests/browser/formulas.mjs`
//! measures it. What goes:
//!
//! * a script by itself, `x_t`, is a table of six elements at KaTeX's; here it is one `<s>`
//!   that is raised or lowered;
//! * lines become `<b>`, their struts `::before`, spaces margins, letters `<i>`, and spans
//!   that say nothing are left out;
//! * inline styles, which repeat, become short classes that a `<style>` at the top of the
//!   page explains;
//! * MathML, which is heard and not seen, loses what is only for the eye.

use crate::markup::{Element, Node, parse, write};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Classes that tell the kind of an atom and have no rule in KaTeX's stylesheet.
const UNSTYLED: [&str; 8] =
    ["mord", "mbin", "mrel", "mopen", "mclose", "mpunct", "minner", "mtight"];
/// Classes of spans that hold a line of atoms: among these, a bare span says nothing.
const LINES: [&str; 14] = [
    "mop",
    "op-symbol",
    "mathnormal",
    "mathit",
    "mathrm",
    "mathbf",
    "mathbb",
    "mathcal",
    "mathsf",
    "mathscr",
    "mathfrak",
    "text",
    "katex-sizing",
    "boldsymbol",
];
/// KaTeX's sizes 1 to 11, as multiples of the fifth and sixth.
const SIZES: [f64; 11] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.44, 1.728, 2.074, 2.488];
/// Width of the space that stands for a missing delimiter, in em.
const NULL_DELIMITER: f64 = 0.12;
/// Stands before and after the number of a style in compact markup.
const MARK: char = '\u{1}';

/// A formula's markup, in which the numbers of styles are still its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Compact {
    html: String,
    styles: Vec<Style>,
}

/// The declarations of a class: its own, and those of its `::before`.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
struct Style {
    own: String,
    before: String,
}

/// Makes KaTeX's markup of one formula smaller.
pub fn compact(html: &str) -> Compact {
    let mut compact = Compact::default();
    // What cannot be read stays as it is.
    let Some(mut nodes) = parse(html) else {
        return Compact { html: html.into(), ..compact };
    };
    nodes.iter_mut().for_each(|node| compact.formula(node));
    compact.html = write(&nodes);
    compact
}

impl Compact {
    /// Goes down to the `.katex`: its MathML first, the visible part second.
    fn formula(&mut self, node: &mut Node) {
        let Node::Element(element) = node else { return };
        if element.is("katex-mathml") {
            element.classes.clear();
            let math = std::mem::take(&mut element.children);
            element.children = math.into_iter().map(heard).collect();
        } else if element.is("katex-html") {
            let lines = std::mem::take(&mut element.children);
            element.children = lines.into_iter().map(|line| self.seen(line)).collect();
            // Tags and line breaks have rules of their own in KaTeX's stylesheet.
            let plain = |node: &Node| matches!(node, Node::Element(e) if e.tag == "b");
            if element.children.iter().all(plain) {
                element.classes.clear();
            }
        } else {
            element.children.iter_mut().for_each(|child| self.formula(child));
        }
    }

    /// A node of the visible part, which keeps its place among its siblings.
    fn seen(&mut self, node: Node) -> Node {
        let Node::Element(mut element) = node else { return node };
        element.classes.retain(|name| !UNSTYLED.contains(&name.as_str()));
        let mut style =
            Style { own: std::mem::take(&mut element.style), ..Style::default() };
        if element.is("katex-base") {
            (element.tag, element.classes) = ("b".into(), Vec::new());
            style.before = take_first(&mut element, "katex-strut").unwrap_or_default();
        }
        if element.is("vlist-t") {
            return self.list(element);
        }
        if element.attributes.is_empty() && is_line(&element) {
            element.children = self.line(element.children);
        } else {
            let children = std::mem::take(&mut element.children);
            element.children =
                children.into_iter().map(|child| self.seen(child)).collect();
        }
        self.put(&mut element, style);
        Node::Element(element)
    }

    /// A stack of boxes. The second row of its table, which keeps room below the
    /// baseline, is not needed: the strut of the line keeps that room.
    fn list(&mut self, mut table: Element) -> Node {
        table.classes = vec!["vlist-t".into()];
        let mut row = table.children.swap_remove(0);
        if let Node::Element(row) = &mut row {
            row.children.truncate(1);
            for list in &mut row.children {
                let Node::Element(list) = list else { continue };
                let own = std::mem::take(&mut list.style);
                self.put(list, Style { own, ..Style::default() });
                let boxes = std::mem::take(&mut list.children);
                list.children = boxes.into_iter().map(|item| self.item(item)).collect();
            }
            table.children = std::mem::take(&mut row.children);
        }
        Node::Element(table)
    }

    /// A box of a stack: its strut and what it holds, which stays a span of its own.
    fn item(&mut self, node: Node) -> Node {
        let Node::Element(mut item) = node else { return node };
        let own = std::mem::take(&mut item.style);
        let before = take_first(&mut item, "pstrut").unwrap_or_default();
        let held = std::mem::take(&mut item.children);
        item.children = held.into_iter().map(|child| self.seen(child)).collect();
        self.put(&mut item, Style { own, before });
        Node::Element(item)
    }

    /// Atoms in a line: bare spans dissolve, spaces become margins, letters `<i>`.
    fn line(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Line::default();
        for node in nodes {
            let Node::Element(element) = node else {
                out.push(self, node);
                continue;
            };
            if let Some(width) = space(&element) {
                out.space(self, width);
            } else if let Some(script) = self.script(&element) {
                out.push(self, Node::Element(script));
            } else {
                match self.seen(Node::Element(element)) {
                    Node::Element(e) if e.is_bare() && e.tag == "span" => {
                        e.children.into_iter().for_each(|child| out.push(self, child));
                    }
                    Node::Element(mut e) if e.is("mathnormal") && e.tag == "span" => {
                        e.tag = "i".into();
                        e.classes.retain(|name| name != "mathnormal");
                        out.push(self, Node::Element(e));
                    }
                    node => out.push(self, node),
                }
            }
        }
        out.end(self)
    }

    /// One script, above or below, as a raised or lowered `<s>`.
    fn script(&mut self, element: &Element) -> Option<Element> {
        if element.classes != ["msupsub"] || !element.style.is_empty() {
            return None;
        }
        let [table] = element.elements()?[..] else { return None };
        let rows = table.elements()?;
        let list = *rows.first()?.elements()?.first()?;
        let [item] = list.elements()?[..] else { return None };
        let [strut, held] = item.elements()?[..] else { return None };
        if !strut.is("pstrut") || !held.style.is_empty() || !held.attributes.is_empty() {
            return None;
        }
        // The baseline lies at the foot of the strut, below the top of the box.
        let (mut down, mut margins) = (em(&strut.style, "height")?, String::new());
        let scale = scale(held)?;
        for part in item.style.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once(':')?;
            let value: f64 = value.strip_suffix("em")?.parse().ok()?;
            match name {
                "top" => down += value,
                "margin-left" | "margin-right" => {
                    let _ = write!(margins, "{name}:{};", short(value / scale));
                }
                _ => return None,
            }
        }
        let raised = short(-down / scale);
        let own = format!("font-size:{};vertical-align:{raised};{margins}", short(scale));
        let mut classes = held.classes.clone();
        classes.retain(|name| {
            !UNSTYLED.contains(&name.as_str()) && name != "katex-sizing" && !is_size(name)
        });
        if !classes.is_empty() {
            return None;
        }
        let children = self.line(held.children.clone());
        let mut script = Element { tag: "s".into(), children, ..Element::default() };
        self.put(&mut script, Style { own, ..Style::default() });
        Some(script)
    }

    /// Gives an element its style, as a class.
    fn put(&mut self, element: &mut Element, mut style: Style) {
        style.own = style.own.trim_end_matches(';').into();
        style.before = style.before.trim_end_matches(';').into();
        if style == Style::default() {
            return;
        }
        let known = self.styles.iter().position(|known| *known == style);
        let number = known.unwrap_or(self.styles.len());
        if known.is_none() {
            self.styles.push(style);
        }
        element.classes.push(format!("{MARK}{number}{MARK}"));
    }
}

/// A line under construction.
#[derive(Default)]
struct Line {
    out: Vec<Node>,
    /// Space that has not been put anywhere yet, in em.
    before: f64,
    /// Text that had space before it, waiting for space after it.
    atom: Option<(f64, String)>,
}

impl Line {
    fn space(&mut self, to: &mut Compact, width: f64) {
        if let Some((before, text)) = self.atom.take() {
            let own = format!("margin:0 {} 0 {}", short(width), short(before));
            let mut span = Element { tag: "span".into(), ..Element::default() };
            span.children.push(Node::Text(text));
            to.put(&mut span, Style { own, ..Style::default() });
            self.out.push(Node::Element(span));
        } else {
            self.before += width;
        }
    }

    fn push(&mut self, to: &mut Compact, node: Node) {
        if let (Node::Text(text), true) = (&node, self.before != 0.0) {
            self.atom = Some((std::mem::take(&mut self.before), text.clone()));
            return;
        }
        if let (Node::Text(more), Some((_, text))) = (&node, &mut self.atom) {
            text.push_str(more);
            return;
        }
        self.settle(to);
        match (self.out.last_mut(), node) {
            (Some(Node::Text(text)), Node::Text(more)) => text.push_str(&more),
            (Some(Node::Element(last)), Node::Element(mut next))
                if last.tag == "i"
                    && next.tag == "i"
                    && last.is_bare()
                    && next.is_bare() =>
            {
                last.children.append(&mut next.children);
            }
            (_, node) => self.out.push(node),
        }
    }

    /// Puts the space that waits, and the text after it.
    fn settle(&mut self, to: &mut Compact) {
        let (width, text) = match self.atom.take() {
            Some((width, text)) => (width, Some(text)),
            None => (std::mem::take(&mut self.before), None),
        };
        if width != 0.0 {
            let own = format!("margin-right:{}", short(width));
            let mut span = Element { tag: "span".into(), ..Element::default() };
            to.put(&mut span, Style { own, ..Style::default() });
            self.out.push(Node::Element(span));
        }
        self.out.extend(text.map(Node::Text));
    }

    fn end(mut self, to: &mut Compact) -> Vec<Node> {
        self.settle(to);
        self.out
    }
}

/// Whether an element holds a line of atoms.
fn is_line(element: &Element) -> bool {
    let known = |name: &String| LINES.contains(&name.as_str()) || is_size(name);
    matches!(element.tag.as_str(), "span" | "b") && element.classes.iter().all(known)
}

/// "reset-size6", "size3", "small-op".
fn is_size(name: &str) -> bool {
    let digits = |name: &str| name.bytes().all(|b| b.is_ascii_digit());
    let size = name.strip_prefix("reset-size").or(name.strip_prefix("size"));
    size.is_some_and(digits) || matches!(name, "small-op" | "large-op")
}

/// How much larger what an element holds is than what surrounds it.
fn scale(element: &Element) -> Option<f64> {
    if !element.is("katex-sizing") {
        return Some(1.0);
    }
    let size = |prefix: &str| {
        let number = element.classes.iter().find_map(|name| name.strip_prefix(prefix))?;
        SIZES.get(number.parse::<usize>().ok()?.checked_sub(1)?)
    };
    Some(size("size")? / size("reset-size")?)
}

/// The width of an element that is nothing but space, in em.
fn space(element: &Element) -> Option<f64> {
    if !element.children.is_empty() || !element.attributes.is_empty() {
        return None;
    }
    match element.classes.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["mspace"] => {
            let width = element.style.strip_prefix("margin-right:")?;
            width.trim_end_matches(';').strip_suffix("em")?.parse().ok()
        }
        [.., "nulldelimiter"] | ["nulldelimiter", ..] if element.style.is_empty() => {
            Some(NULL_DELIMITER)
        }
        _ => None,
    }
}

/// The value of a length of a style, in em.
fn em(style: &str, name: &str) -> Option<f64> {
    let part =
        style.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix(':'))?;
    part.strip_suffix("em")?.parse().ok()
}

/// A length in em, to a ten-thousandth.
fn short(length: f64) -> String {
    let rounded = (length * 1e4).round() / 1e4;
    let text = format!("{}", if rounded == 0.0 { 0.0 } else { rounded });
    text.replace("0.", ".") + "em"
}

/// Takes away the first child if it has the class; gives its style.
fn take_first(element: &mut Element, class: &str) -> Option<String> {
    match element.children.first() {
        Some(Node::Element(first)) if first.is(class) => {
            let style = first.style.clone();
            element.children.remove(0);
            Some(style)
        }
        _ => None,
    }
}

/// Attributes of MathML that are for the eye.
const LOOKS: [&str; 16] = [
    "columnalign",
    "columnlines",
    "columnspacing",
    "displaystyle",
    "fence",
    "height",
    "lspace",
    "maxsize",
    "minsize",
    "rowlines",
    "rowspacing",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "xmlns",
];
/// Elements of MathML whose children stand in a row of any length.
const ROWS: [&str; 7] =
    ["math", "mrow", "mstyle", "mtd", "msqrt", "mphantom", "semantics"];

/// MathML without what is only for the eye, and without its LaTeX.
fn heard(node: Node) -> Node {
    let Node::Element(mut element) = node else { return node };
    element.attributes.retain(|(name, _)| !LOOKS.contains(&name.as_str()));
    // Only letters and these two signs have an italic form that upright has to undo.
    let letter = |node: &Node| match node {
        Node::Text(text) => {
            text.chars().any(|c| c.is_alphabetic() || matches!(c, '∂' | '∇'))
        }
        Node::Element(_) => true,
    };
    if !element.children.iter().any(letter) {
        element
            .attributes
            .retain(|(name, value)| name != "mathvariant" || value != "normal");
    }
    let row = ROWS.contains(&element.tag.as_str());
    let children = std::mem::take(&mut element.children);
    for child in children {
        match heard(child) {
            Node::Element(child) if child.tag == "annotation" => {}
            Node::Element(mut child) if is_group(&child) => match child.children.len() {
                1 => element.children.append(&mut child.children),
                0 if row => {}
                _ => element.children.push(Node::Element(child)),
            },
            child => element.children.push(child),
        }
    }
    // A row within a row, and nothing beside it, is the row itself.
    if let [Node::Element(only)] = &mut element.children[..]
        && row
        && is_group(only)
    {
        element.children = std::mem::take(&mut only.children);
    }
    if matches!(element.tag.as_str(), "mstyle" | "semantics") && element.is_bare() {
        element.tag = "mrow".into();
    }
    Node::Element(element)
}

/// Whether an element only holds others together.
fn is_group(element: &Element) -> bool {
    element.tag == "mrow" && element.is_bare()
}

/// The styles of a book's formulas, numbered in order of their first use.
#[derive(Default)]
pub struct Styles {
    numbers: RefCell<BTreeMap<Style, usize>>,
    used: RefCell<BTreeSet<(usize, Style)>>,
}

impl Styles {
    /// The formula's markup with the book's numbers.
    pub fn numbered(&self, formula: &Compact) -> String {
        let mut numbers = self.numbers.borrow_mut();
        let mut used = self.used.borrow_mut();
        let mut out = String::with_capacity(formula.html.len());
        for (k, part) in formula.html.split(MARK).enumerate() {
            let style = part.parse::<usize>().ok().and_then(|n| formula.styles.get(n));
            match style {
                Some(style) if k % 2 == 1 => {
                    let next = numbers.len();
                    let number = *numbers.entry(style.clone()).or_insert(next);
                    used.insert((number, style.clone()));
                    let _ = write!(out, "k{number}");
                }
                _ => out += part,
            }
        }
        out
    }

    /// The `<style>` of all that was used since the last call; nothing if there was nothing.
    pub fn sheet(&self) -> String {
        let used = self.used.take();
        if used.is_empty() {
            return String::new();
        }
        let mut out = String::from("<style>");
        for (number, style) in used {
            if !style.own.is_empty() {
                let _ = write!(out, ".katex .k{number}{{{}}}", style.own);
            }
            if !style.before.is_empty() {
                let _ = write!(out, ".katex .k{number}::before{{{}}}", style.before);
            }
        }
        out + "</style>\n\n"
    }
}

#[cfg(test)]
#[path = "compact_tests.rs"]
mod tests;
