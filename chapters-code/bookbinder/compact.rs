//! KaTeX's markup made smaller, so that a page with a thousand formulas stays light.
//!
//! What is seen stays where it was, to a hundredth of a pixel; `tests/browser/formulas.mjs`
//! measures it. What goes:
//!
//! * a script by itself, `x_t`, is a table of six elements at KaTeX's; here it is one `<s>`
//!   that is raised or lowered;
//! * lines become `<b>`, their struts `::before`, spaces the margins of `<u>`, letters `<i>`,
//!   and spans that say nothing are left out;
//! * inline styles and the paths of roots, which repeat, are written once, at the top of the
//!   page, and named;
//! * MathML, which is heard and not seen, loses what is only for the eye;
//! * a letter or a number alone is heard as it is, and needs no MathML.
//!
//! A formula is a `<k-x>`, a stack of boxes a `<k-t>` with a `<k-l>`, names that are short and
//! free: `book/assets/katex/k-x.css` is KaTeX's stylesheet for them.

use crate::heard::heard;
use crate::markup::{Element, Node, parse, write};
use serde::{Deserialize, Serialize};

/// Classes that tell the kind of an atom and have no rule in KaTeX's stylesheet.
const UNSTYLED: [&str; 9] =
    ["mord", "mop", "mbin", "mrel", "mopen", "mclose", "mpunct", "minner", "mtight"];
/// Classes of spans that hold a line of atoms: among these, a bare span says nothing.
const LINES: [&str; 13] = [
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
/// How far every line reaches above and below its baseline, in em (0.91 and 0.29, measured).
const ABOVE: f64 = 0.9;
const BELOW: f64 = 0.28;
/// Width of the space that stands for a missing delimiter, in em.
const NULL_DELIMITER: f64 = 0.12;
/// What `book.css` says of these elements, and of most of them need not be said again: a
/// subscript by itself, and the space round a relation.
const USUAL: [(&str, &str); 2] = [
    ("s", "font-size:.7em;vertical-align:-.2143em;margin:0 .0714em 0 0"),
    ("u", "margin:0 .2778em"),
];
/// Stands before and after the number of a style in compact markup.
pub const MARK: char = '\u{1}';
/// Stands before the number of a path, after the mark.
pub const PATH: char = 'p';

/// A formula's markup, in which the numbers of styles are still its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Compact {
    /// The markup, with a mark before and after each of its own numbers.
    pub html: String,
    /// The styles by these numbers.
    pub styles: Vec<Style>,
    /// The paths of drawings.
    pub paths: Vec<String>,
}

/// The declarations of a class: its own, and those of its `::before`.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Style {
    /// "font-size:.7em".
    pub own: String,
    /// "height:1.2em".
    pub before: String,
}

/// Makes KaTeX's markup of one formula smaller; nothing if it cannot be read.
pub fn compact(html: &str) -> Option<Compact> {
    let mut compact = Compact::default();
    let mut nodes = parse(html)?;
    nodes.iter_mut().for_each(|node| compact.formula(node, false));
    compact.html = write(&nodes);
    Some(compact)
}

impl Compact {
    /// Goes down to the `.katex`.
    fn formula(&mut self, node: &mut Node, display: bool) {
        let Node::Element(element) = node else { return };
        if !element.is("katex") {
            let display = display || element.is("katex-display");
            return element
                .children
                .iter_mut()
                .for_each(|child| self.formula(child, display));
        }
        element.tag = "k-x".into();
        element.classes.clear();
        let mut parts = Vec::new();
        for part in std::mem::take(&mut element.children) {
            match part {
                Node::Element(math) if math.is("katex-mathml") => {
                    parts.extend(math.children.into_iter().map(heard));
                }
                Node::Element(html) if html.is("katex-html") => {
                    parts.push(self.visible(html, display));
                }
                other => parts.push(other),
            }
        }
        element.children = match &mut parts[..] {
            [Node::Element(math), Node::Element(line)] if is_plain(math, line) => {
                std::mem::take(&mut line.children)
            }
            _ => parts,
        };
    }

    /// The visible part: its lines, or its only line.
    fn visible(&mut self, mut html: Element, display: bool) -> Node {
        let lines = std::mem::take(&mut html.children);
        html.children = lines.into_iter().map(|line| self.seen(line)).collect();
        // Tags and line breaks have rules of their own in KaTeX's stylesheet.
        let plain = |node: &Node| matches!(node, Node::Element(e) if e.tag == "b");
        if !html.children.iter().all(plain) {
            return Node::Element(html);
        }
        html.classes.clear();
        match &mut html.children[..] {
            [Node::Element(line)] if !display => {
                line.attributes.append(&mut html.attributes);
                html.children.remove(0)
            }
            _ => Node::Element(html),
        }
    }

    /// A node of the visible part, which keeps its place among its siblings.
    fn seen(&mut self, node: Node) -> Node {
        let Node::Element(mut element) = node else { return node };
        element.classes.retain(|name| !UNSTYLED.contains(&name.as_str()));
        let mut style =
            Style { own: std::mem::take(&mut element.style), ..Style::default() };
        // Within HTML the name of SVG's language says nothing.
        element.attributes.retain(|(name, _)| name != "xmlns");
        if element.tag == "path" {
            return self.path(element);
        }
        if element.is("katex-sizing")
            && let Some(scale) = scale(&element)
        {
            element.classes.retain(|name| name != "katex-sizing" && !is_step(name));
            if scale != 1.0 {
                style.own = format!("font-size:{};{}", short(scale), style.own);
            }
        }
        if element.is("katex-base") {
            (element.tag, element.classes) = ("b".into(), Vec::new());
            let strut = take_first(&mut element, "katex-strut").unwrap_or_default();
            style.before = if reaches_out(&strut) { strut } else { String::new() };
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

    /// A path of a drawing, by its name.
    fn path(&mut self, mut path: Element) -> Node {
        if let [(name, data)] = &mut path.attributes[..]
            && name == "d"
        {
            let data = std::mem::take(data);
            let known = self.paths.iter().position(|known| *known == data);
            let number = known.unwrap_or(self.paths.len());
            if known.is_none() {
                self.paths.push(data);
            }
            path.tag = "use".into();
            path.attributes =
                vec![("href".into(), format!("#{MARK}{PATH}{number}{MARK}"))];
        }
        Node::Element(path)
    }

    /// A stack of boxes. The second row of its table, which keeps room below the
    /// baseline, is not needed: the strut of the line keeps that room.
    fn list(&mut self, mut table: Element) -> Node {
        (table.tag, table.classes) = ("k-t".into(), Vec::new());
        let mut row = table.children.swap_remove(0);
        if let Node::Element(row) = &mut row {
            row.children.truncate(1);
            for list in &mut row.children {
                let Node::Element(list) = list else { continue };
                (list.tag, list.classes) = ("k-l".into(), Vec::new());
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
        // The space after a slanted letter, which a script takes over.
        let mut slant = 0.0;
        let mut nodes = nodes.into_iter().peekable();
        while let Some(node) = nodes.next() {
            let Node::Element(mut element) = node else {
                out.push(self, node);
                continue;
            };
            if let Some(width) = space(&element) {
                out.space(self, width);
            } else if let Some(script) = self.script(&element, slant) {
                out.push(self, Node::Element(script));
                slant = 0.0;
            } else {
                if let Some(Node::Element(next)) = nodes.peek()
                    && let Some(width) = slanted(&element)
                    && self.script(next, width).is_some()
                {
                    slant = width;
                    element.style.clear();
                }
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

    /// One script, above or below, as a raised or lowered `<s>`, that much further right.
    fn script(&mut self, element: &Element, right: f64) -> Option<Element> {
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
        let mut down = em(&strut.style, "height")?;
        let (mut before, mut after) = (right, 0.0);
        let scale = scale(held)?;
        for part in item.style.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once(':')?;
            let value: f64 = value.strip_suffix("em")?.parse().ok()?;
            match name {
                "top" => down += value,
                "margin-left" => before += value,
                "margin-right" => after += value,
                _ => return None,
            }
        }
        let margins =
            format!("margin:0 {} 0 {}", short(after / scale), short(before / scale));
        let raised = short(-down / scale);
        let own = format!("font-size:{};vertical-align:{raised};{margins}", short(scale));
        let mut classes = held.classes.clone();
        classes.retain(|name| {
            !UNSTYLED.contains(&name.as_str()) && name != "katex-sizing" && !is_step(name)
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
        style.own = shortened(style.own.trim_end_matches(';'));
        style.before = shortened(style.before.trim_end_matches(';'));
        let usual =
            USUAL.iter().any(|(tag, own)| element.tag == *tag && style.own == *own);
        if style == Style::default() || usual && style.before.is_empty() {
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
            let own = margins(before, width);
            let mut span = Element { tag: "u".into(), ..Element::default() };
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
            let own = margins(0.0, width);
            let mut span = Element { tag: "u".into(), ..Element::default() };
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

/// Whether a strut reaches out of the box that KaTeX's font and line height give every line.
fn reaches_out(strut: &str) -> bool {
    let below = -em(strut, "vertical-align").unwrap_or(0.0);
    let above = em(strut, "height").unwrap_or(f64::INFINITY) - below;
    above > ABOVE || below > BELOW
}

/// Whether an element holds a line of atoms.
fn is_line(element: &Element) -> bool {
    let known = |name: &String| LINES.contains(&name.as_str()) || is_size(name);
    matches!(element.tag.as_str(), "span" | "b") && element.classes.iter().all(known)
}

/// "reset-size6", "size3".
fn is_step(name: &str) -> bool {
    let digits = |name: &str| name.bytes().all(|b| b.is_ascii_digit());
    name.strip_prefix("reset-size").or(name.strip_prefix("size")).is_some_and(digits)
}

/// A step of size, or "small-op", which is one.
fn is_size(name: &str) -> bool {
    is_step(name) || matches!(name, "small-op" | "large-op")
}

/// The space after a slanted letter, if that is all its style says.
fn slanted(element: &Element) -> Option<f64> {
    let letter = element.is("mathnormal") && element.attributes.is_empty();
    let width = element.style.strip_prefix("margin-right:").filter(|_| letter)?;
    width.trim_end_matches(';').strip_suffix("em")?.parse().ok()
}

/// Whether what is heard and what is seen are the same letter or number.
fn is_plain(math: &Element, line: &Element) -> bool {
    let [Node::Element(only)] = &math.children[..] else { return false };
    let known = matches!(only.tag.as_str(), "mi" | "mn") && only.attributes.is_empty();
    let heard = only.text();
    known
        && line.tag == "b"
        && heard == line.text()
        && heard.chars().all(char::is_alphanumeric)
        && (only.tag == "mn" || heard.chars().count() == 1)
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

/// Space at both sides.
fn margins(left: f64, right: f64) -> String {
    let (left, right) = (short(left), short(right));
    if left == right {
        format!("margin:0 {left}")
    } else {
        format!("margin:0 {right} 0 {left}")
    }
}

/// A length in em, to a ten-thousandth.
fn short(length: f64) -> String {
    let rounded = (length * 1e4).round() / 1e4;
    if rounded == 0.0 { "0".into() } else { shortened(&format!("{rounded}em")) }
}

/// Declarations without the noughts before decimal points.
fn shortened(rules: &str) -> String {
    let mut out = String::with_capacity(rules.len());
    for (at, c) in rules.char_indices() {
        let digit_before = out.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        if c != '0' || digit_before || !rules[at + 1..].starts_with('.') {
            out.push(c);
        }
    }
    out
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

#[cfg(test)]
#[path = "compact_tests.rs"]
mod tests;
