//! Puts the chapters' exports into the pages.

use crate::blocks;
use crate::cache::Cache;
use crate::code::Sources;
use crate::exports::{Claim, Export};
use crate::faults::{Fault, nearest};
use crate::math::Setter;
use crate::pages::{Kind, Page, pieces};
use crate::refs::Labels;
use crate::{ledger, links};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The book while it is bound.
pub struct Binder<'a> {
    /// What the chapters' programs wrote.
    pub exports: &'a [Export],
    /// Numbers and places of all ids.
    pub labels: Labels,
    /// What is wrong.
    pub faults: Vec<Fault>,
    root: PathBuf,
    sources: Sources,
    setter: Setter,
    /// Where each (kind, id) is shown: "claim", "figure", "exercise".
    shown: BTreeMap<(&'static str, String), Vec<(String, usize)>>,
}

impl<'a> Binder<'a> {
    /// Reads the sources below `root`.
    pub fn new(root: &Path, exports: &'a [Export], labels: Labels) -> Self {
        let mut faults = Vec::new();
        let sources = Sources::read(root, &mut faults);
        let setter = Setter::new(Cache::of_this_program());
        let (shown, root) = (BTreeMap::new(), root.into());
        Self { exports, labels, faults, root, sources, setter, shown }
    }

    /// Turns all pages into what mdBook sets. Faults are in `faults` afterwards.
    pub fn bind(&mut self, pages: &mut [Page]) {
        for page in pages.iter() {
            self.number(page);
        }
        let known = links::Known::of(pages, &self.labels, &self.root);
        for page in pages.iter_mut() {
            links::check(page, &known, &mut self.faults);
            let bound = self.markdown(&page.text, page, 1);
            page.text = self.setter.styles.sheet() + &bound;
        }
        self.setter.keep();
        crate::audit::exports(self);
        self.faults.extend(self.sources.never_shown());
    }

    /// The claim of an id.
    pub fn claim(&self, id: &str) -> Option<&'a Claim> {
        self.exports.iter().flat_map(|export| &export.claims).find(|claim| claim.id == id)
    }

    /// Where a claim, figure or exercise is shown.
    pub fn places(&self, kind: &'static str, id: &str) -> &[(String, usize)] {
        self.shown.get(&(kind, id.into())).map_or(&[], Vec::as_slice)
    }

    /// The book's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Gives the formulas, figures and exercises of a page their numbers.
    fn number(&mut self, page: &Page) {
        let (mut formulas, mut figures) = (0, 0);
        let prefix = if page.number.is_empty() {
            String::new()
        } else {
            page.number.clone() + "."
        };
        // Faults of the pass over the page are told when it is rendered.
        for piece in pieces(&page.text, &page.file, 1, &mut Vec::new()) {
            let place = (page.file.clone(), piece.line);
            let mut show = |kind, id: &str| {
                self.shown.entry((kind, id.into())).or_default().push(place.clone());
            };
            match piece.kind {
                Kind::Fence { info, .. } => {
                    if let Some(("id", id)) = attribute(info) {
                        formulas += 1;
                        show("claim", id);
                        self.labels.add(id, &page.path, format!("({prefix}{formulas})"));
                    }
                }
                Kind::Directive { name: "figure", arguments: id, .. } => {
                    figures += 1;
                    show("figure", id);
                    if self
                        .exports
                        .iter()
                        .any(|e| e.claims.iter().any(|claim| claim.id == id))
                    {
                        show("claim", id);
                    }
                    self.labels.add(id, &page.path, format!("Figure {prefix}{figures}"));
                }
                Kind::Directive { name: "exercise", arguments: id, .. } => {
                    show("exercise", id);
                    let cards = self.exports.iter().flat_map(|e| &e.exercises);
                    if let Some(card) = cards.into_iter().find(|card| card.id == id) {
                        self.labels.add(
                            id,
                            &page.path,
                            format!("Exercise {}", card.number),
                        );
                    }
                }
                _ => {}
            }
        }
    }

    /// Finished Markdown from the book's own; `line` is where it stands on the page.
    pub fn markdown(&mut self, text: &str, page: &Page, line: usize) -> String {
        let mut faults = Vec::new();
        let mut out = String::with_capacity(text.len() * 4);
        for piece in pieces(text, &page.file, line, &mut faults) {
            let made = match piece.kind {
                Kind::Text(text) | Kind::Code(text) => {
                    out += text;
                    continue;
                }
                Kind::Formula(tex) => self
                    .setter
                    .inline(&tex)
                    .map_err(|bad| (piece.line + bad.line, bad.message)),
                Kind::Fence { info, body, source } => self
                    .fence(info, &body, source, page)
                    .map_err(|(down, message)| (piece.line + down, message)),
                Kind::Directive { name, arguments, alone, .. } => self
                    .directive((name, arguments, alone), page, piece.line)
                    .map_err(|message| (piece.line, message)),
            };
            match made {
                Ok(made) if piece.prefix.is_empty() => out += &made,
                Ok(made) => {
                    out += made.replace('\n', &format!("\n{}", piece.prefix)).trim_end()
                }
                Err((line, message)) => {
                    faults.push(Fault::new(&page.file, line, message))
                }
            }
        }
        self.faults.append(&mut faults);
        out
    }

    fn fence(
        &mut self,
        info: &str,
        body: &str,
        source: &str,
        page: &Page,
    ) -> Result<String, (usize, String)> {
        let language = info.split([' ', ',', '{']).next().unwrap_or_default();
        match language {
            "math" => self.formula(info, body, page),
            "rust" | "rs" => {
                let message = if info.contains("ignore") {
                    "this Rust is ignored by the compiler"
                } else {
                    "this Rust is typed by hand, so no compiler has seen it"
                };
                let way = "put it into a chapter's crate between anchors and write {{#code FILE:ANCHOR}}";
                Err((0, format!("{message}: {way}")))
            }
            _ => Ok(source.into()),
        }
    }

    fn formula(
        &self,
        info: &str,
        body: &str,
        page: &Page,
    ) -> Result<String, (usize, String)> {
        let below = |bad: crate::math::BadFormula| (bad.line + 1, bad.message);
        match attribute(info) {
            Some(("id", id)) => {
                let Some(claim) = self.claim(id) else {
                    let known = self.exports.iter().flat_map(|e| &e.claims).map(|c| c.id.as_str());
                    let near = match nearest(id, known) {
                        near if near.is_empty() => ": write the claim in the chapter's claims.rs".into(),
                        near => near,
                    };
                    return Err((0, format!("no claim has the id `{id}` of this formula{near}")));
                };
                let katex = self.setter.display(body).map_err(below)?;
                let label = self.labels.get(id).map_or("", |label| label.text.as_str());
                Ok(blocks::formula(id, label, &katex, &blocks::checked(claim, &self.root)))
            }
            Some((_, slip)) => {
                let (id, name) = slip.split_once('/').unwrap_or((slip, ""));
                let name = name.trim_matches('"');
                let claim = self.claim(id).ok_or_else(|| {
                    (0, format!("no claim has the id `{id}`: write ```math slip=CLAIM/\"NAME\""))
                })?;
                let slip = claim.slips.iter().find(|slip| slip.name == name).ok_or_else(|| {
                    let names: Vec<_> =
                        claim.slips.iter().map(|slip| format!("\"{}\"", slip.name)).collect();
                    (0, format!("claim `{id}` has no slip \"{name}\": it has {}", names.join(", ")))
                })?;
                let katex = self.setter.display(body).map_err(below)?;
                let there = self.labels.get(id).map_or(String::new(), |label| {
                    crate::refs::path(&page.path, &label.page).replace(".md", ".html")
                });
                Ok(blocks::wrong(&katex, slip, &format!("{there}#{id}")))
            }
            None => Err((
                0,
                "this formula has no id: write ```math id=ID (or slip=CLAIM/\"NAME\" for a wrong one)"
                    .into(),
            )),
        }
    }

    fn directive(
        &mut self,
        (name, arguments, alone): (&str, &str, bool),
        page: &Page,
        line: usize,
    ) -> Result<String, String> {
        if !alone && matches!(name, "code" | "figure" | "exercise" | "ledger" | "errata")
        {
            return Err(format!("{{{{#{name}}}}} must stand alone on its line"));
        }
        match name {
            "ref" => self.labels.link(arguments, &page.path),
            "value" => self.value(arguments),
            "code" => {
                let text = self.sources.listing(arguments)?;
                let path = arguments.split(':').next().unwrap_or_default();
                Ok(format!(
                    "<div class=\"listing\">\n\n```rust\n{text}\n```\n\n<p class=\"path\">chapters-code/{path}</p></div>\n"
                ))
            }
            "figure" => self.figure(arguments, page, line),
            "exercise" => self.exercise(arguments, page, line),
            "ledger" => Ok(ledger::ledger(self, page)),
            "errata" => Ok(ledger::errata(self, page, line)),
            "include" | "rustdoc_include" | "playground" => Err(format!(
                "{{{{#{name}}}}} of mdBook shows nothing where an anchor is wrong, and does not say so: write {{{{#code FILE:ANCHOR}}}}"
            )),
            _ => {
                let known =
                    ["ref", "value", "code", "figure", "exercise", "ledger", "errata"];
                let near = match nearest(name, known) {
                    near if near.is_empty() => {
                        ": the book knows ".to_owned() + &known.join(", ")
                    }
                    near => near,
                };
                Err(format!("unknown directive `{name}`{near}"))
            }
        }
    }

    fn value(&self, arguments: &str) -> Result<String, String> {
        let (id, k) = arguments.split_once(' ').unwrap_or((arguments, "1"));
        let claim = self.claim(id).ok_or_else(|| {
            let known =
                self.exports.iter().flat_map(|e| &e.claims).map(|c| c.id.as_str());
            format!("no claim has the id `{id}`{}", nearest(id, known))
        })?;
        let all = &claim.evidence;
        if let Some(words) = k.trim().strip_prefix('"').and_then(|k| k.strip_suffix('"'))
        {
            // By a piece of its name: no new measurement can move it.
            let found: Vec<_> = all.iter().filter(|e| e.what.contains(words)).collect();
            return match found[..] {
                [one] => Ok(blocks::shown(one.measured)),
                _ => {
                    let names: Vec<_> = all.iter().map(|e| e.what.as_str()).collect();
                    Err(format!(
                        "{} measurements of claim `{id}` have \"{words}\" in their names, and it \
                         takes one: they are {}",
                        found.len(),
                        names.join("; ")
                    ))
                }
            };
        }
        let number = k.trim().parse::<usize>().ok().and_then(|k| k.checked_sub(1));
        match number.and_then(|k| all.get(k)) {
            Some(evidence) => Ok(blocks::shown(evidence.measured)),
            None => Err(format!(
                "claim `{id}` has {} measurements, counted from 1; there is no number {k}",
                all.len()
            )),
        }
    }

    fn figure(&mut self, id: &str, page: &Page, line: usize) -> Result<String, String> {
        let exports = self.exports;
        let figures = || exports.iter().flat_map(|export| &export.figures);
        let figure = figures().find(|figure| figure.id == id).ok_or_else(|| {
            let near = match nearest(id, figures().map(|figure| figure.id.as_str())) {
                near if near.is_empty() => {
                    ": write it in the chapter's figures.rs".into()
                }
                near => near,
            };
            format!("no figure has the id `{id}`{near}")
        })?;
        let label = self.labels.get(id).map_or(String::new(), |label| label.text.clone());
        let caption = self.markdown(&figure.caption, page, line);
        let checked =
            self.claim(id).map_or(String::new(), |c| blocks::checked(c, &self.root));
        Ok(blocks::figure(figure, &label, &caption, &checked))
    }

    fn exercise(&mut self, id: &str, page: &Page, line: usize) -> Result<String, String> {
        let exports = self.exports;
        let cards =
            || exports.iter().flat_map(|e| e.exercises.iter().map(move |card| (e, card)));
        let (export, card) =
            cards().find(|(_, card)| card.id == id).ok_or_else(|| {
                let near = match nearest(id, cards().map(|(_, card)| card.id.as_str())) {
                    near if near.is_empty() => {
                        ": write it in the chapter's exercises.rs".into()
                    }
                    near => near,
                };
                format!("no exercise has the id `{id}`{near}")
            })?;
        let task = self.markdown(&card.task, page, line);
        let hint = self.markdown(&card.hint, page, line);
        let practises = match card.formula.as_str() {
            "" => String::new(),
            formula => self
                .labels
                .link(formula, &page.path)
                .map_err(|error| format!("exercise `{id}`: {error}"))?,
        };
        Ok(blocks::exercise(card, &export.name, &task, &hint, &practises))
    }
}

/// `id=…` or `slip=…` of a formula's fence; `None` for other fences too.
fn attribute(info: &str) -> Option<(&str, &str)> {
    let rest = info.strip_prefix("math")?.trim();
    let (key, value) = rest.split_once('=')?;
    let value = value.trim();
    (matches!(key, "id" | "slip") && !value.is_empty()).then_some((key, value))
}
