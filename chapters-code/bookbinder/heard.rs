//! MathML, which is heard and not seen, without what is only for the eye.

use crate::markup::{Element, Node};

/// Attributes of MathML that are for the eye.
const LOOKS: [&str; 17] = [
    "columnalign",
    "columnlines",
    "columnspacing",
    "display",
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
pub fn heard(node: Node) -> Node {
    let Node::Element(mut element) = node else { return node };
    element.attributes.retain(|(name, _)| !LOOKS.contains(&name.as_str()));
    // Upright is said of Latin letters and of signs that have an italic form. Greek capitals
    // are always upright.
    let letter = |node: &Node| match node {
        Node::Text(text) => text.chars().any(|c| {
            let greek = matches!(c, 'Α'..='Ω');
            matches!(c, '∂' | '∇') || c.is_alphabetic() && !greek
        }),
        Node::Element(_) => true,
    };
    if !element.children.iter().any(letter) {
        element
            .attributes
            .retain(|(name, value)| name != "mathvariant" || value != "normal");
    }
    if let [(name, variant)] = &element.attributes[..]
        && name == "mathvariant"
        && let Some(letters) =
            element.text().chars().map(|c| letter_of(c, variant)).collect()
    {
        element.attributes.clear();
        element.children = vec![Node::Text(letters)];
    }
    let row = ROWS.contains(&element.tag.as_str());
    let children = std::mem::take(&mut element.children);
    for child in children {
        match heard(child) {
            Node::Element(child) if child.tag == "annotation" => {}
            Node::Element(child) if row && is_blank(&child) => {}
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
    // The letters of \\mathrm{Var} are a word, and are heard as one.
    if is_group(&element)
        && element.children.len() > 1
        && element.children.iter().all(is_upright)
    {
        let word = element.text();
        element.tag = "mi".into();
        element.children = vec![Node::Text(word)];
    }
    Node::Element(element)
}

/// Whether a node is an upright letter.
fn is_upright(node: &Node) -> bool {
    let upright = [("mathvariant".to_owned(), "normal".to_owned())];
    match node {
        Node::Element(e) => {
            e.tag == "mi"
                && e.attributes == upright
                && e.text().chars().all(|c| c.is_ascii_alphabetic())
        }
        Node::Text(_) => false,
    }
}

/// Whether an element is space, and nothing that is heard.
fn is_blank(element: &Element) -> bool {
    match element.tag.as_str() {
        "mspace" => true,
        "mtext" => element.text().chars().all(char::is_whitespace),
        _ => false,
    }
}

/// A letter of the blackboard or of script, which has a sign of its own.
fn letter_of(letter: char, variant: &str) -> Option<char> {
    let from =
        |first: u32, a: char| char::from_u32(first + u32::from(letter) - u32::from(a));
    match (variant, letter) {
        ("double-struck", 'C') => Some('ℂ'),
        ("double-struck", 'H') => Some('ℍ'),
        ("double-struck", 'N') => Some('ℕ'),
        ("double-struck", 'P') => Some('ℙ'),
        ("double-struck", 'Q') => Some('ℚ'),
        ("double-struck", 'R') => Some('ℝ'),
        ("double-struck", 'Z') => Some('ℤ'),
        ("double-struck", 'A'..='Z') => from(0x1d538, 'A'),
        ("double-struck", 'a'..='z') => from(0x1d552, 'a'),
        ("double-struck", '0'..='9') => from(0x1d7d8, '0'),
        ("script", 'B') => Some('ℬ'),
        ("script", 'E') => Some('ℰ'),
        ("script", 'F') => Some('ℱ'),
        ("script", 'H') => Some('ℋ'),
        ("script", 'I') => Some('ℐ'),
        ("script", 'L') => Some('ℒ'),
        ("script", 'M') => Some('ℳ'),
        ("script", 'R') => Some('ℛ'),
        ("script", 'A'..='Z') => from(0x1d49c, 'A'),
        _ => None,
    }
}

/// Whether an element only holds others together.
fn is_group(element: &Element) -> bool {
    element.tag == "mrow" && element.is_bare()
}
