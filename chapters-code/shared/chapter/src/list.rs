//! `list` and `exercises`: what there is, running nothing.

use crate::Chapter;
use serde::Serialize;

/// The ids of a chapter.
#[derive(Debug, Serialize)]
pub struct List {
    chapter: &'static str,
    claims: Vec<&'static str>,
    figures: Vec<&'static str>,
    exercises: Vec<&'static str>,
}

/// Lists a chapter.
pub fn list<A>(chapter: &Chapter<A>) -> List {
    List {
        chapter: chapter.name,
        claims: chapter.claims.iter().map(|claim| claim.id).collect(),
        figures: chapter.figures.iter().map(|figure| figure.id).collect(),
        exercises: (chapter.cards)().iter().map(|card| card.id).collect(),
    }
}

impl List {
    /// One id to a line, with its kind.
    pub fn words(&self) -> String {
        let kinds = [
            ("claim", &self.claims),
            ("figure", &self.figures),
            ("exercise", &self.exercises),
        ];
        let lines = kinds.iter().flat_map(|(kind, ids)| {
            ids.iter().map(move |id| format!("{kind:<9} {id}\n"))
        });
        lines.collect()
    }
}

/// The exercises as a student reads them in the terminal.
pub fn exercises<A>(chapter: &Chapter<A>) -> String {
    let mut text = String::new();
    for card in (chapter.cards)() {
        text += &format!(
            "{} {} ({} {}, about {} min)\n{}\n\n",
            card.number,
            card.title,
            card.points,
            if card.points == 1 { "point" } else { "points" },
            card.minutes,
            card.task.trim()
        );
    }
    let name = chapter.name;
    text + &format!(
        "Answers go into chapters-code/{name}/src/assignment.rs; `cargo grade -p {name}` \
         grades them.\n"
    )
}
