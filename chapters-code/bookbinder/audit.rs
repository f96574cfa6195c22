//! What must be true of exports and pages together.

use crate::bind::Binder;
use crate::blocks::shown;
use crate::code::folder;
use crate::exports::Export;
use crate::faults::Fault;
use crate::pages::Page;
use std::collections::BTreeMap;
use std::path::Path;

/// Every claim, figure, exercise and erratum is sound and stands on one page, once.
pub fn exports(binder: &mut Binder<'_>) {
    let mut faults = claims_hold(binder.exports);
    faults.extend(unique(binder));
    for export in binder.exports {
        for claim in &export.claims {
            let place = (claim.file.clone(), claim.line);
            faults.extend(once(binder, "claim", &claim.id, place, "```math id="));
        }
        for figure in &export.figures {
            let place = written(binder.root(), export, &figure.id);
            if figure.alt.trim().is_empty() {
                let message = format!(
                    "figure `{}` has no alt text: say in words what can be seen",
                    figure.id
                );
                faults.push(Fault::new(&place.0, place.1, message));
            }
            faults.extend(once(binder, "figure", &figure.id, place, "{{#figure "));
        }
        for card in &export.exercises {
            let place = written(binder.root(), export, &card.id);
            faults.extend(once(binder, "exercise", &card.id, place, "{{#exercise "));
        }
        for erratum in &export.errata {
            let refused = binder
                .claim(&erratum.claim)
                .map(|claim| claim.slips.iter().any(|slip| slip.from == erratum.id));
            let (id, claim) = (&erratum.id, &erratum.claim);
            let message = match refused {
                Some(true) => continue,
                Some(false) => format!(
                    "claim `{claim}` has no slip from erratum {id}: add Slip::printed(…, \"{id}\", …)"
                ),
                None => format!(
                    "erratum {id} names the claim `{claim}`, which no chapter has"
                ),
            };
            let (file, line) = written(binder.root(), export, id);
            faults.push(Fault::new(file, line, message));
        }
    }
    binder.faults.extend(faults);
}

fn claims_hold(exports: &[Export]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let errata: Vec<_> =
        exports.iter().flat_map(|e| &e.errata).map(|e| e.id.as_str()).collect();
    for claim in exports.iter().flat_map(|export| &export.claims) {
        let id = &claim.id;
        let mut tell =
            |message| faults.push(Fault::new(&claim.file, claim.line, message));
        if claim.slips.is_empty() {
            tell(format!(
                "claim `{id}` refuses nothing: add the nearest wrong statement as a Slip"
            ));
        }
        if claim.evidence.is_empty() {
            tell(format!("claim `{id}` does not hold: its check measured nothing"));
        }
        for e in claim.evidence.iter().filter(|e| !e.holds()) {
            let (measured, limit) = (plain(e.measured), plain(e.limit));
            let (what, because) = (&e.what, &e.because);
            tell(format!(
                "claim `{id}` does not hold: {what}: {measured} > {limit} ({because})"
            ));
        }
        for slip in &claim.slips {
            let (name, from) = (&slip.name, &slip.from);
            if slip.holds {
                let (measured, limit) = (plain(slip.measured), plain(slip.limit));
                tell(format!(
                    "claim `{id}` does not clearly refuse \"{name}\": {}: {measured} against {limit}",
                    slip.part
                ));
            }
            if !from.is_empty() && !errata.contains(&from.as_str()) {
                tell(format!(
                    "slip \"{name}\" of claim `{id}` comes from erratum {from}, which no chapter's errata.rs describes"
                ));
            }
        }
    }
    faults
}

/// A number for the terminal.
fn plain(x: Option<f64>) -> String {
    shown(x).replace("&nbsp;×&nbsp;10<sup>", "e").replace("</sup>", "").replace('−', "-")
}

/// Ids that two chapters, or one chapter twice, give away.
fn unique(binder: &Binder<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for export in binder.exports {
        let claims = export.claims.iter().map(|c| ("claim", c.id.as_str()));
        let figures = export.figures.iter().map(|f| ("figure", f.id.as_str()));
        let cards = export.exercises.iter().map(|c| ("exercise", c.id.as_str()));
        for (kind, id) in claims.chain(figures).chain(cards) {
            let count = seen.entry((kind, id)).or_default();
            *count += 1;
            if *count == 2 {
                let (file, line) = written(binder.root(), export, id);
                faults.push(Fault::new(
                    file,
                    line,
                    format!("two {kind}s have the id `{id}`: rename one"),
                ));
            }
        }
    }
    faults
}

fn once(
    binder: &Binder<'_>,
    kind: &'static str,
    id: &str,
    (file, line): (String, usize),
    how: &str,
) -> Option<Fault> {
    match binder.places(kind, id) {
        [_] => None,
        [] => {
            let end = if how.starts_with('{') { "}}" } else { "" };
            let message = format!(
                "no page shows {kind} `{id}`: write {how}{id}{end} on the chapter's page"
            );
            Some(Fault::new(file, line, message))
        }
        [(first, at), .., (file, line)] => {
            let message = format!(
                "{kind} `{id}` is shown twice, first in {first}:{at}: refer to it by {{{{#ref {id}}}}}"
            );
            Some(Fault::new(file, *line, message))
        }
    }
}

/// Where a chapter's source writes an id between quotes; else its manifest.
fn written(root: &Path, export: &Export, id: &str) -> (String, usize) {
    let base = format!("chapters-code/{}", export.name);
    search(&root.join(&base).join("src"), &format!("\"{id}\""))
        .map(|(path, line)| {
            let path =
                path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            (path, line)
        })
        .unwrap_or((format!("{base}/Cargo.toml"), 1))
}

fn search(dir: &Path, quoted: &str) -> Option<(std::path::PathBuf, usize)> {
    folder(dir).into_iter().find_map(|path| {
        if path.is_dir() {
            return search(&path, quoted);
        }
        let text = std::fs::read_to_string(&path).ok()?;
        let line = text.lines().position(|line| line.contains(quoted))?;
        Some((path, line + 1))
    })
}

/// Pages in the source folder that the summary does not list.
pub fn unlisted(root: &Path, source: &str, pages: &[Page]) -> Vec<Fault> {
    let mut found = Vec::new();
    let base = root.join(source);
    collect(&base, &mut found);
    let names = found.iter().filter_map(|path| {
        let name = path.strip_prefix(&base).ok()?.to_string_lossy().replace('\\', "/");
        (name != "SUMMARY.md" && !pages.iter().any(|page| page.path == name))
            .then_some(name)
    });
    names
        .map(|name| {
            let message = format!(
                "{source}/SUMMARY.md does not list this page: add [Title]({name})"
            );
            Fault::new(format!("{source}/{name}"), 1, message)
        })
        .collect()
}

fn collect(dir: &Path, out: &mut Vec<std::path::PathBuf>) {
    for path in folder(dir) {
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "md") {
            out.push(path);
        }
    }
}
