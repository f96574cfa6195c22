//! `claims`: what holds, and what is refused.

use crate::Chapter;
use crate::in_order::in_order;
use evidence::{Claim, ClaimReport, Evidence, SlipReport, number};
use serde::Serialize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// A claim's report with the time it took, which is not part of the evidence.
#[derive(Debug, Serialize)]
pub struct Timed {
    chapter: &'static str,
    /// The report.
    #[serde(flatten)]
    pub report: ClaimReport,
    /// Seconds for the check and all slips.
    pub seconds: f64,
}

/// Runs every claim and its slips.
///
/// # Errors
/// If a check panics: which.
pub fn run<A>(chapter: &Chapter<A>, seed: u64) -> Result<Vec<Timed>, String> {
    let run = |claim: &Claim| {
        let started = Instant::now();
        // What the panic said stands on standard error already.
        let report = catch_unwind(AssertUnwindSafe(|| claim.run(seed)))
            .map_err(|_| format!("the check of the claim `{}` panicked", claim.id))?;
        let seconds = started.elapsed().as_secs_f64();
        Ok(Timed { chapter: chapter.name, report, seconds })
    };
    in_order(chapter.claims.len(), |i| run(&chapter.claims[i])).into_iter().collect()
}

/// The reports in words, and a summary line.
pub fn words(reports: &[Timed]) -> String {
    let mut text = String::new();
    for Timed { report, seconds, .. } in reports {
        let mark = if report.holds { '✓' } else { '✗' };
        text += &format!("{mark} {}: {} ({seconds:.2} s)\n", report.id, report.says);
        for line in report.evidence.iter().map(Evidence::line) {
            text += &format!("    {line}\n");
        }
        for slip in &report.slips {
            text += &format!("    {}\n", slip_line(slip));
        }
    }
    let held = reports.iter().filter(|timed| timed.report.holds).count();
    text + &format!("{held} of {} claims hold\n", reports.len())
}

fn slip_line(slip: &SlipReport) -> String {
    let verb = if slip.holds { "does NOT clearly refuse" } else { "refuses" };
    let (measured, limit) = (number(slip.measured), number(slip.limit));
    format!("{verb} \"{}\": {measured} against {limit} ({})", slip.name, slip.part)
}
