//! Numbers of formulas, figures and exercises, and links to them by id.

use crate::faults::nearest;
use std::collections::BTreeMap;

/// Where an id leads, and how a sentence calls it.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The page, from the source folder.
    pub page: String,
    /// "(1.3)", "Figure 1.2", "Exercise 1.1".
    pub text: String,
}

/// All labels of the book by id, and its chapters by number.
#[derive(Debug, Default)]
pub struct Labels {
    labels: BTreeMap<String, Label>,
    /// Number of a chapter and its page, which a chapter to come has not yet.
    chapters: BTreeMap<String, Option<String>>,
}

impl Labels {
    /// Gives an id its label; the first one stays.
    pub fn add(&mut self, id: &str, page: &str, text: String) {
        let label = Label { page: page.into(), text };
        self.labels.entry(id.into()).or_insert(label);
    }

    /// Adds a chapter of the summary.
    pub fn add_chapter(&mut self, number: &str, page: Option<&str>) {
        self.chapters.insert(number.into(), page.map(Into::into));
    }

    /// The label of an id.
    pub fn get(&self, id: &str) -> Option<&Label> {
        self.labels.get(id)
    }

    /// Whether a page holds an element of this id.
    pub fn holds(&self, page: &str, id: &str) -> bool {
        self.labels.get(id).is_some_and(|label| label.page == page)
    }

    /// The Markdown link that `{{#ref id}}` on the page `from` becomes.
    pub fn link(&self, id: &str, from: &str) -> Result<String, String> {
        if let Some(label) = self.get(id) {
            return Ok(format!("[{}]({}#{id})", label.text, path(from, &label.page)));
        }
        let number = id.strip_prefix("ch").map(|n| n.trim_start_matches('0'));
        let number =
            number.filter(|n| n.bytes().all(|b| b.is_ascii_digit()) && !n.is_empty());
        match number.and_then(|n| Some((n, self.chapters.get(n)?))) {
            Some((n, Some(page))) => Ok(format!("[Chapter {n}]({})", path(from, page))),
            Some((n, None)) => Ok(format!("Chapter {n}")),
            None => {
                let known = self.labels.keys().map(String::as_str);
                Err(format!(
                    "no formula, figure, exercise or chapter has the id `{id}`{}",
                    nearest(id, known)
                ))
            }
        }
    }
}

/// The way from one page to another, both given from the source folder.
pub fn path(from: &str, to: &str) -> String {
    if from == to {
        return String::new();
    }
    "../".repeat(from.matches('/').count()) + to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_becomes_a_link() {
        let mut labels = Labels::default();
        labels.add("flow-ode", "ch01.md", "(1.1)".into());
        labels.add_chapter("1", Some("ch01.md"));
        labels.add_chapter("2", None);
        assert_eq!(labels.link("flow-ode", "ch01.md").unwrap(), "[(1.1)](#flow-ode)");
        assert_eq!(
            labels.link("flow-ode", "a/b.md").unwrap(),
            "[(1.1)](../ch01.md#flow-ode)"
        );
        assert_eq!(labels.link("ch01", "x.md").unwrap(), "[Chapter 1](ch01.md)");
        assert_eq!(labels.link("ch02", "x.md").unwrap(), "Chapter 2");
        assert!(labels.link("flow-od", "x.md").unwrap_err().contains("`flow-ode`?"));
        assert!(labels.link("ch99", "x.md").is_err());
    }
}
