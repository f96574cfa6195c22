//! The generated pages: the ledger of formulas and the museum of errata.

use crate::bind::Binder;
use crate::blocks::{escape, nearest_to_limit, shown};
use crate::exports::{Claim, Erratum};
use crate::faults::Fault;
use crate::pages::Page;
use std::fmt::Write;

/// What `{{#ledger}}` becomes: every claim of the book with its evidence, by chapter.
pub fn ledger(binder: &Binder<'_>, page: &Page) -> String {
    let mut out = String::new();
    for export in binder.exports {
        let slips: usize = export.claims.iter().map(|claim| claim.slips.len()).sum();
        let (number, title) = (export.number, escape(&export.title));
        let _ = write!(
            out,
            "## {number}. {title}\n\n{} statements hold and refuse {slips} slips; checked by \
             build <code>{}</code> of <code>{}</code>.\n\n\
             | No. | Statement | Measured | Refuses |\n|---|---|---|---|\n",
            export.claims.len(),
            escape(&export.build),
            escape(&export.name),
        );
        for claim in &export.claims {
            let link = binder.labels.link(&claim.id, &page.path).unwrap_or_default();
            let (says, measured) = (escape(&claim.says), measured(claim));
            let _ =
                writeln!(out, "| {link} | {says} | {measured} | {} |", refused(claim));
        }
        out.push('\n');
    }
    if out.is_empty() { "No chapter has been checked yet.\n".into() } else { out }
}

fn measured(claim: &Claim) -> String {
    nearest_to_limit(claim).map_or(String::new(), |e| {
        format!(
            "{}: {}&nbsp;≤&nbsp;{}",
            escape(&e.what),
            shown(e.measured),
            shown(e.limit)
        )
    })
}

fn refused(claim: &Claim) -> String {
    let slips = claim.slips.iter();
    let slips =
        slips.map(|slip| format!("{} ({})", escape(&slip.name), shown(slip.measured)));
    slips.collect::<Vec<_>>().join("; ")
}

/// What `{{#errata}}` becomes: what is printed where, what is right, and the number that
/// refuses it.
pub fn errata(binder: &mut Binder<'_>, page: &Page, line: usize) -> String {
    let mut out = String::new();
    let exports = binder.exports;
    for export in exports.iter().filter(|export| !export.errata.is_empty()) {
        let _ = write!(out, "## {}. {}\n\n", export.number, escape(&export.title));
        for erratum in &export.errata {
            out += &exhibit(binder, erratum, page, line);
        }
    }
    if out.is_empty() { "The museum has no exhibits yet.\n".into() } else { out }
}

fn exhibit(
    binder: &mut Binder<'_>,
    erratum: &Erratum,
    page: &Page,
    line: usize,
) -> String {
    let [printed, right, why] = [&erratum.printed, &erratum.right, &erratum.why]
        .map(|text| binder.markdown(text, page, line));
    let refused = binder.claim(&erratum.claim).and_then(|claim| {
        let slip = claim.slips.iter().find(|slip| slip.from == erratum.id)?;
        Some(format!(
            "{}: {}, where at most {} is allowed",
            escape(&slip.part),
            shown(slip.measured),
            shown(slip.limit)
        ))
    });
    let link = binder.labels.link(&erratum.claim, &page.path).unwrap_or_else(|message| {
        binder.faults.push(Fault::new(
            &page.file,
            line,
            format!("erratum {}: {message}", erratum.id),
        ));
        String::new()
    });
    let id = erratum.id.to_lowercase();
    format!(
        "### {} {{#{id}}}\n\n*{}*\n\n- **Printed:** {printed}\n- **Right:** {right}\n- **Why:** {why}\n\
         - **Refused** by the check of {link}: {}\n\n",
        escape(&erratum.id),
        escape(&erratum.place),
        refused.unwrap_or_default(),
    )
}
