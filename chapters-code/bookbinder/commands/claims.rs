//! `cargo book claims`: every formula with its evidence.

use super::root;
use crate::chapters::{Export, load_all};
use crate::exports::{Claim, Evidence, Slip};
use crate::faults;
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;

/// Prints all claims, as a table or as one JSON array. Fails if one does not hold.
pub fn run(as_json: bool) -> ExitCode {
    let chapters = match load_all(&root()) {
        Ok(chapters) => chapters,
        Err(found) => {
            faults::show(&found);
            return ExitCode::FAILURE;
        }
    };
    if as_json {
        let all: Vec<Value> = chapters.iter().flat_map(claims_json).collect();
        // A reader who stops reading, as `head` does, is no fault.
        let _ = writeln!(
            std::io::stdout(),
            "{}",
            serde_json::to_string_pretty(&all).expect("values can be written")
        );
    } else {
        for chapter in &chapters {
            print!("{}", table(chapter));
        }
    }
    let all_hold =
        chapters.iter().flat_map(|chapter| &chapter.claims).all(|claim| claim.holds);
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn claims_json(chapter: &Export) -> Vec<Value> {
    let value = |claim: &Claim| {
        json!({
            "chapter": chapter.name,
            "id": claim.id,
            "says": claim.says,
            "holds": claim.holds,
            "seconds": chapter.seconds.get(&claim.id),
            "evidence": claim.evidence.iter().map(evidence_json).collect::<Vec<_>>(),
            "slips": claim.slips.iter().map(slip_json).collect::<Vec<_>>(),
        })
    };
    chapter.claims.iter().map(value).collect()
}

fn evidence_json(e: &Evidence) -> Value {
    json!({
        "what": e.what, "measured": e.measured, "limit": e.limit,
        "because": e.because, "samples": e.samples, "seed": e.seed,
    })
}

fn slip_json(s: &Slip) -> Value {
    json!({
        "name": s.name, "from": s.from, "part": s.part,
        "measured": s.measured, "holds": s.holds,
    })
}

/// One chapter's claims for the eye: a line for each, one for each measurement and slip.
fn table(chapter: &Export) -> String {
    let held = chapter.claims.iter().filter(|claim| claim.holds).count();
    let mut out = format!(
        "Chapter {}, {}: {held} of {} claims hold\n\n",
        chapter.number,
        chapter.title,
        chapter.claims.len()
    );
    for claim in &chapter.claims {
        let mark = if claim.holds { "holds" } else { "FAILS" };
        let seconds = chapter.seconds.get(&claim.id).copied().unwrap_or_default();
        out +=
            &format!("{mark}  {}  ({seconds:.2} s)\n       {}\n", claim.id, claim.says);
        for e in &claim.evidence {
            let samples = e.samples.map_or(String::new(), |n| format!(", {n} samples"));
            let (measured, limit) = (number(e.measured), number(e.limit));
            out += &format!(
                "       {measured:>10} ≤ {limit:<10} {} ({}{samples})\n",
                e.what, e.because
            );
        }
        for s in &claim.slips {
            let verdict = if s.holds { "NOT REFUSED" } else { "refused" };
            let from = if s.from.is_empty() {
                String::new()
            } else {
                format!(", printed in {}", s.from)
            };
            out += &format!(
                "       {:>10}   {verdict}: {}{from}\n",
                number(s.measured),
                s.name
            );
        }
        out.push('\n');
    }
    out
}

/// Three digits; what is not finite was read as nothing.
fn number(x: Option<f64>) -> String {
    match x {
        None => "∞".into(),
        Some(x) if x == 0.0 || (1e-3..1e5).contains(&x.abs()) => {
            let digits =
                if x == 0.0 { 0 } else { (2 - x.abs().log10().floor() as i32).max(0) };
            format!("{x:.*}", digits as usize)
        }
        Some(x) => format!("{x:.2e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_three_digits() {
        assert_eq!(number(Some(0.012_34)), "0.0123");
        assert_eq!(number(Some(1.5e-9)), "1.50e-9");
        assert_eq!(number(Some(20_710.4)), "20710");
        assert_eq!((number(None), number(Some(0.0))), ("∞".into(), "0".into()));
    }
}
