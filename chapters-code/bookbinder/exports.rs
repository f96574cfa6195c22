//! What a chapter's program has written for the page.

use crate::faults::Fault;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Everything one chapter's program has exported.
#[derive(Debug)]
pub struct Export {
    /// "ch01_flows".
    pub name: String,
    /// The chapter's number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Which build of the program wrote it.
    pub build: String,
    /// The claims with their evidence.
    pub claims: Vec<Claim>,
    /// Seconds that each claim took.
    pub seconds: BTreeMap<String, f64>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The exercises.
    pub exercises: Vec<Card>,
    /// The entries of the museum.
    pub errata: Vec<Erratum>,
}

#[derive(Deserialize)]
struct Head {
    name: String,
    number: u32,
    title: String,
}

/// A claim that was run: `evidence::ClaimReport`, read back.
#[derive(Clone, Debug, Deserialize)]
pub struct Claim {
    /// Id of the formula.
    pub id: String,
    /// The statement in words.
    pub says: String,
    /// Whether evidence holds and slips are refused.
    pub holds: bool,
    /// The measurements.
    pub evidence: Vec<Evidence>,
    /// The wrong neighbours.
    pub slips: Vec<Slip>,
    /// Where it stands, from the root.
    pub file: String,
    /// Its line there.
    pub line: usize,
}

/// One measurement. Numbers that are not finite come as `None`.
#[derive(Clone, Debug, Deserialize)]
pub struct Evidence {
    /// What was measured.
    pub what: String,
    /// The number.
    pub measured: Option<f64>,
    /// Its limit.
    pub limit: Option<f64>,
    /// Why the limit is what it is.
    pub because: String,
    /// How many draws it rests on.
    pub samples: Option<u64>,
    /// Their seed.
    pub seed: Option<u64>,
}

impl Evidence {
    /// Whether the number is within its limit.
    pub fn holds(&self) -> bool {
        matches!((self.measured, self.limit), (Some(x), Some(limit)) if x <= limit)
    }
}

/// A slip that was run.
#[derive(Clone, Debug, Deserialize)]
pub struct Slip {
    /// What was changed.
    pub name: String,
    /// Its erratum, or "".
    pub from: String,
    /// The measurement that refuses it.
    pub part: String,
    /// The number; `None` if it is infinite.
    pub measured: Option<f64>,
    /// The limit it passes.
    pub limit: Option<f64>,
    /// True if it is not clearly refused.
    pub holds: bool,
}

/// A drawn figure.
#[derive(Clone, Debug, Deserialize)]
pub struct Figure {
    /// "fig-orders".
    pub id: String,
    /// Markdown.
    pub caption: String,
    /// What stands for the picture where it cannot be seen.
    pub alt: String,
    /// The SVG or the slider.
    #[serde(skip)]
    pub body: String,
}

/// An exercise: `grading::Card`, read back.
#[derive(Clone, Debug, Deserialize)]
pub struct Card {
    /// "heun-step".
    pub id: String,
    /// "1.1".
    pub number: String,
    /// Its title.
    pub title: String,
    /// Points.
    pub points: u32,
    /// Expected time.
    pub minutes: u32,
    /// Markdown.
    pub task: String,
    /// Markdown.
    pub hint: String,
    /// Id of the formula it practises.
    pub formula: String,
}

/// An entry of the museum.
#[derive(Clone, Debug, Deserialize)]
pub struct Erratum {
    /// "E000-01".
    pub id: String,
    /// Where it is printed.
    pub place: String,
    /// What is printed there.
    pub printed: String,
    /// What is right.
    pub right: String,
    /// What the printed form would mean.
    pub why: String,
    /// The claim that refuses it.
    pub claim: String,
}

impl Export {
    /// Reads a folder that a chapter's program wrote. `build` names the program's build.
    pub fn read(dir: &Path, build: &str) -> Result<Self, Fault> {
        let head: Head = json(dir, "chapter.json")?;
        let mut figures: Vec<Figure> = json(dir, "figures.json")?;
        for figure in &mut figures {
            let path = dir.join("figures").join(format!("{}.html", figure.id));
            let body = std::fs::read_to_string(&path)
                .map_err(|error| unreadable(&path, 1, &error.to_string()))?;
            // A blank line would end the block of HTML.
            let lines: Vec<_> =
                body.lines().filter(|line| !line.trim().is_empty()).collect();
            // Within HTML the name of SVG's language says nothing, and the stylesheet says the rest.
            figure.body = lines
                .join("\n")
                .replace(" xmlns=\"http://www.w3.org/2000/svg\"", "")
                .replace("max-width:100%;height:auto;", "");
        }
        Ok(Self {
            name: head.name,
            number: head.number,
            title: head.title,
            build: build.into(),
            claims: json(dir, "claims.json")?,
            seconds: json(dir, "seconds.json")?,
            figures,
            exercises: json(dir, "exercises.json")?,
            errata: json(dir, "errata.json")?,
        })
    }
}

fn json<T: DeserializeOwned>(dir: &Path, name: &str) -> Result<T, Fault> {
    let path: PathBuf = dir.join(name);
    let text = std::fs::read_to_string(&path)
        .map_err(|error| unreadable(&path, 1, &crate::code::told(&error)))?;
    serde_json::from_str(&text)
        .map_err(|error| unreadable(&path, error.line().max(1), &error.to_string()))
}

fn unreadable(path: &Path, line: usize, why: &str) -> Fault {
    let name =
        path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let message = format!(
        "the chapter's program wrote no {name} that can be read: {why}. Its export must follow chapters-code/shared/chapter"
    );
    Fault::new(path.to_string_lossy(), line, message)
}
