//! A tree of elements, as far as KaTeX's markup needs one.

use std::fmt::Write;

/// A piece of markup.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text as it stands in HTML, entities and all.
    Text(String),
    /// An element with what it holds.
    Element(Element),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// "span".
    pub tag: String,
    /// The names in its `class`.
    pub classes: Vec<String>,
    /// Its `style`, or "".
    pub style: String,
    /// Other attributes with their values, as they stand in HTML, in order of their names.
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Node>,
}

impl Element {
    /// Whether it has a class.
    pub fn is(&self, class: &str) -> bool {
        self.classes.iter().any(|name| name == class)
    }

    /// Whether it is a tag and nothing more.
    pub fn is_bare(&self) -> bool {
        self.classes.is_empty() && self.style.is_empty() && self.attributes.is_empty()
    }

    /// All the text in it.
    pub fn text(&self) -> String {
        let of = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        };
        self.children.iter().map(of).collect()
    }

    /// The elements it holds, if it holds no text.
    pub fn elements(&self) -> Option<Vec<&Element>> {
        let mut elements = Vec::with_capacity(self.children.len());
        for child in &self.children {
            let Node::Element(element) = child else { return None };
            elements.push(element);
        }
        Some(elements)
    }
}

/// Reads well-formed markup: attributes between double quotes, every element closed.
/// `None` if it is not such.
pub fn parse(html: &str) -> Option<Vec<Node>> {
    let mut open: Vec<Element> = vec![Element::default()];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            open.last_mut()?.children.push(Node::Text(rest[..at].into()));
        }
        let end = at + rest[at..].find('>')?;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let done = open.pop().filter(|element| element.tag == name)?;
            open.last_mut()?.children.push(Node::Element(done));
            continue;
        }
        let (tag, alone) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let element = element(tag)?;
        match alone {
            true => open.last_mut()?.children.push(Node::Element(element)),
            false => open.push(element),
        }
    }
    if !rest.is_empty() {
        open.last_mut()?.children.push(Node::Text(rest.into()));
    }
    let root = open.pop()?;
    open.is_empty().then_some(root.children)
}

/// The element of `span class="a b" style="…"`.
fn element(tag: &str) -> Option<Element> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut element = Element { tag: name.into(), ..Element::default() };
    while !rest.trim_start().is_empty() {
        let (name, value) = rest.trim_start().split_once("=\"")?;
        let (value, after) = value.split_once('"')?;
        match name {
            "class" => {
                element.classes = value.split_whitespace().map(Into::into).collect()
            }
            "style" => element.style = value.into(),
            _ => element.attributes.push((name.into(), value.into())),
        }
        rest = after;
    }
    // KaTeX keeps attributes in no order, and our pages are the same bytes on every run.
    element.attributes.sort();
    Some(element)
}

/// The markup of `nodes`.
pub fn write(nodes: &[Node]) -> String {
    let mut out = String::new();
    nodes.iter().for_each(|node| write_node(node, &mut out));
    out
}

fn write_node(node: &Node, out: &mut String) {
    let element = match node {
        Node::Text(text) => return out.push_str(text),
        Node::Element(element) => element,
    };
    let tag = &element.tag;
    let _ = write!(out, "<{tag}");
    if !element.classes.is_empty() {
        let _ = write!(out, " class=\"{}\"", element.classes.join(" "));
    }
    if !element.style.is_empty() {
        let _ = write!(out, " style=\"{}\"", element.style);
    }
    for (name, value) in &element.attributes {
        let _ = write!(out, " {name}=\"{value}\"");
    }
    out.push('>');
    element.children.iter().for_each(|child| write_node(child, out));
    let _ = write!(out, "</{tag}>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_comes_back_as_it_was() {
        for html in [
            "a &lt; b",
            "<span class=\"a b\" style=\"top:1em;\" aria-hidden=\"true\">x<i>y</i></span>z",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0\"></path></svg>",
        ] {
            assert_eq!(write(&parse(html).unwrap()), html);
        }
        let [one, two] = ["<a b=\"1\" c=\"2\"/>", "<a c=\"2\" b=\"1\"/>"].map(parse);
        assert_eq!(one, two, "the order of attributes says nothing");
        let path = parse("<svg><path d='x' /></svg>");
        assert_eq!(path, None, "single quotes are not KaTeX's");
        assert_eq!(write(&parse("<path d=\"x\"/>").unwrap()), "<path d=\"x\"></path>");
    }

    #[test]
    fn what_is_not_well_formed_is_none() {
        for html in ["<", "<a", "<a>", "</a>", "<a></b>", "<a b></a>", "<a b=\"></a>"] {
            assert_eq!(parse(html), None, "{html}");
        }
    }
}
