//! `cargo book claims`: every formula with its evidence.

use super::{failed, only, root};
use crate::chapters::{Export, load_all, programs};
use crate::exports::{Claim, Evidence, Slip};
use crate::faults;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

/// What the flags ask for.
#[derive(clap::Args)]
pub struct Flags {
    /// As one JSON array
    #[arg(long, conflicts_with_all = ["seed", "fresh"])]
    json: bool,
    /// One chapter only, as in -p ch01_flows
    #[arg(short, long, value_name = "CRATE")]
    package: Option<String>,
    /// Run them on another seed than the book's
    #[arg(long, value_name = "N")]
    seed: Option<String>,
    /// Run only the claims that draw numbers, on N seeds after --seed, and count what misses
    #[arg(long, value_name = "N")]
    fresh: Option<String>,
    /// With --fresh: run their slips as well
    #[arg(long, requires = "fresh")]
    slips: bool,
}

/// Prints the claims, as a table or as one JSON array. Fails if one does not hold, or more
/// is missed on fresh seeds than chance allows.
pub fn run(flags: &Flags) -> ExitCode {
    let root = root();
    let names = match only(&root, flags.package.as_deref()) {
        Ok(names) => names,
        Err(message) => return failed(&message),
    };
    if flags.seed.is_some() || flags.fresh.is_some() {
        return again(&root, &names, flags);
    }
    let mut chapters = match load_all(&root) {
        Ok(chapters) => chapters,
        Err(found) => {
            faults::show(&found);
            return ExitCode::FAILURE;
        }
    };
    chapters.retain(|chapter| flags.package.is_none() || names.contains(&chapter.name));
    let text = if flags.json {
        let all: Vec<Value> = chapters.iter().flat_map(claims_json).collect();
        serde_json::to_string_pretty(&all).expect("values can be written") + "\n"
    } else {
        chapters.iter().map(table).collect()
    };
    // A reader who stops reading, as `head` does, is no fault.
    let _ = std::io::stdout().write_all(text.as_bytes());
    let all_hold =
        chapters.iter().flat_map(|chapter| &chapter.claims).all(|claim| claim.holds);
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Has the chapters' programs run their claims again, each after the other.
fn again(root: &Path, names: &[String], flags: &Flags) -> ExitCode {
    let built = match programs(root, names) {
        Ok(built) => built,
        Err(fault) => {
            faults::show(&[fault]);
            return ExitCode::FAILURE;
        }
    };
    let mut status = ExitCode::SUCCESS;
    for (name, program) in built {
        let program = match program {
            Ok(program) => program,
            Err(fault) => {
                faults::show(&[fault]);
                return ExitCode::FAILURE;
            }
        };
        let mut claims = Command::new(&program);
        claims.arg("claims").current_dir(root);
        if let Some(seed) = &flags.seed {
            claims.args(["--seed", seed]);
        }
        if let Some(n) = &flags.fresh {
            claims.args(["--fresh", n]);
        }
        if flags.slips {
            claims.arg("--slips");
        }
        match claims.status() {
            Ok(told) if told.success() => {}
            // Flags that one program refuses, all refuse.
            Ok(told) if told.code() == Some(2) => return ExitCode::from(2),
            Ok(_) => status = ExitCode::FAILURE,
            Err(error) => {
                return failed(&format!("cannot run the program of {name}: {error}"));
            }
        }
    }
    status
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
