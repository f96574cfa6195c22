//! Claims and slips as named trials of `cargo test`.

use crate::{Claim, Evidence, SEED, number};
use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

/// Runs every claim as the trial `claims::<id>` and every slip as
/// `refuses::<id>::<name>`. The whole of a chapter's `tests/claims.rs`.
pub fn main(claims: &'static [Claim]) -> ExitCode {
    let trials = claims.iter().flat_map(|claim| {
        let held = Trial::test(format!("claims::{}", claim.id), move || {
            let evidence = (claim.check)(SEED);
            let missed: Vec<_> =
                evidence.iter().filter(|e| !e.holds()).map(Evidence::line).collect();
            if evidence.is_empty() {
                Err("the check measured nothing".into())
            } else if missed.is_empty() {
                Ok(())
            } else {
                Err(missed.join("\n").into())
            }
        });
        let refused = claim.refuses.iter().map(move |slip| {
            let name = format!("refuses::{}::{}", claim.id, slip.name);
            Trial::test(name, move || {
                let report = slip.run(SEED);
                if !report.holds {
                    return Ok(());
                }
                let (measured, limit) = (number(report.measured), number(report.limit));
                Err(format!(
                    "this slip is not clearly refused: {}: {measured} against {limit}",
                    report.part
                )
                .into())
            })
        });
        std::iter::once(held).chain(refused)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}
