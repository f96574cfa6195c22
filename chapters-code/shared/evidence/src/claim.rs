//! Claims and the slips they refuse.

use crate::{Evidence, MARGIN};
use serde::Serialize;
use std::panic::Location;

/// A statement of the book and the check that holds it.
#[derive(Debug)]
pub struct Claim {
    /// The id of the formula in the prose, and of the experiment's figure.
    pub id: &'static str,
    /// The statement in one sentence of words, without formulas.
    pub says: &'static str,
    /// Runs the check on the code the page shows. The argument is the seed of every
    /// draw; checks without draws ignore it.
    pub check: fn(u64) -> Vec<Evidence>,
    /// The nearest wrong statements.
    pub refuses: &'static [Slip],
    /// Where the claim stands in the source.
    pub place: &'static Location<'static>,
}

/// A likely mistake: the claim's own check, run on code or parameters that carry it.
#[derive(Debug)]
pub struct Slip {
    /// What was changed: "half the score".
    pub name: &'static str,
    /// Number of the erratum that prints this form, or "".
    pub from: &'static str,
    /// The claim's check with the changed candidate.
    pub check: fn(u64) -> Vec<Evidence>,
}

/// What running a claim gave.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimReport {
    /// Id of the claim.
    pub id: &'static str,
    /// The statement.
    pub says: &'static str,
    /// True if every piece of evidence holds (and there is some) and every slip is
    /// refused clearly.
    pub holds: bool,
    /// The measurements.
    pub evidence: Vec<Evidence>,
    /// The slips.
    pub slips: Vec<SlipReport>,
    /// Source file of the claim, from the workspace root, with forward slashes.
    pub file: String,
    /// Its line there.
    pub line: u32,
}

/// What running a slip gave.
#[derive(Clone, Debug, Serialize)]
pub struct SlipReport {
    /// Name of the slip.
    pub name: &'static str,
    /// The erratum it comes from, or "".
    pub from: &'static str,
    /// The measurement that refuses it most clearly.
    pub part: String,
    /// What was measured there.
    pub measured: f64,
    /// The limit there.
    pub limit: f64,
    /// True if the slip is *not* refused clearly: then the check is too weak.
    pub holds: bool,
}

impl Claim {
    /// A claim at the place of the call.
    #[track_caller]
    pub const fn new(
        id: &'static str,
        says: &'static str,
        check: fn(u64) -> Vec<Evidence>,
        refuses: &'static [Slip],
    ) -> Self {
        Self { id, says, check, refuses, place: Location::caller() }
    }

    /// Runs the check and every slip.
    pub fn run(&self, seed: u64) -> ClaimReport {
        let evidence = (self.check)(seed);
        let slips: Vec<_> = self.refuses.iter().map(|slip| slip.run(seed)).collect();
        let held = !evidence.is_empty() && evidence.iter().all(Evidence::holds);
        let holds = held && !slips.is_empty() && slips.iter().all(|slip| !slip.holds);
        let file = self.place.file().replace('\\', "/");
        let line = self.place.line();
        ClaimReport { id: self.id, says: self.says, holds, evidence, slips, file, line }
    }
}

impl Slip {
    /// A slip of no particular source.
    pub const fn new(name: &'static str, check: fn(u64) -> Vec<Evidence>) -> Self {
        Self { name, from: "", check }
    }

    /// A slip that stands printed somewhere: `from` is the number of the erratum.
    pub const fn printed(
        name: &'static str,
        from: &'static str,
        check: fn(u64) -> Vec<Evidence>,
    ) -> Self {
        Self { name, from, check }
    }

    /// Runs the check on the slip and keeps the measurement that refuses it most clearly.
    pub fn run(&self, seed: u64) -> SlipReport {
        let worst = (self.check)(seed)
            .into_iter()
            .filter(|evidence| !evidence.excess().is_nan())
            .max_by(|a, b| a.excess().total_cmp(&b.excess()));
        let (name, from) = (self.name, self.from);
        match worst {
            Some(worst) => SlipReport {
                name,
                from,
                holds: worst.excess() < MARGIN,
                measured: worst.measured,
                limit: worst.limit,
                part: worst.what,
            },
            None => SlipReport {
                name,
                from,
                holds: true,
                measured: f64::NAN,
                limit: f64::NAN,
                part: "nothing measured".into(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(x: f64) -> Vec<Evidence> {
        vec![Evidence::at_most("zero", 0.0, 1.0, ""), Evidence::at_most("x", x, 1.0, "")]
    }

    #[test]
    fn a_claim_stands_if_it_holds_and_refuses_its_slips() {
        static GOOD: Claim =
            Claim::new("a", "", |_| measured(1.0), &[Slip::new("b", |_| measured(2.0))]);
        let report = GOOD.run(0);
        assert!(report.holds && !report.slips[0].holds);
        assert_eq!(report.slips[0].part, "x");
        assert_eq!(report.slips[0].measured, 2.0);
        assert!(report.file.ends_with("claim.rs") && report.line > 100);
    }

    #[test]
    fn a_claim_falls_with_its_evidence() {
        static BAD: Claim =
            Claim::new("a", "", |_| measured(1.1), &[Slip::new("b", |_| measured(9.0))]);
        assert!(!BAD.run(0).holds);
        static EMPTY: Claim =
            Claim::new("a", "", |_| vec![], &[Slip::new("b", |_| measured(9.0))]);
        assert!(!EMPTY.run(0).holds);
    }

    #[test]
    fn a_claim_falls_with_a_slip_that_is_not_clearly_refused() {
        static NEAR: Claim =
            Claim::new("a", "", |_| measured(1.0), &[Slip::new("b", |_| measured(1.9))]);
        assert!(!NEAR.run(0).holds);
        static NAN: Claim = Claim::new(
            "a",
            "",
            |_| measured(1.0),
            &[Slip::new("b", |_| measured(f64::NAN))],
        );
        assert!(!NAN.run(0).holds);
        static NONE: Claim = Claim::new("a", "", |_| measured(1.0), &[]);
        assert!(!NONE.run(0).holds);
    }

    #[test]
    fn the_seed_reaches_the_check() {
        let claim = Claim::new("a", "", |seed| measured(seed as f64), &[]);
        assert_eq!(claim.run(7).evidence[1].measured, 7.0);
    }
}
