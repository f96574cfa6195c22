//! What the lecture notes behind this chapter print wrongly, and what is right.

use evidence::Erratum;

/// The errata whose right form this chapter states.
pub static ERRATA: &[Erratum] = &[];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_claim_of_every_erratum_refuses_what_is_printed() {
        for erratum in ERRATA {
            let claim = crate::CLAIMS.iter().find(|claim| claim.id == erratum.claim);
            let refused = claim.is_some_and(|claim| {
                claim.refuses.iter().any(|slip| slip.from == erratum.id)
            });
            assert!(refused, "{} refuses nothing from {}", erratum.claim, erratum.id);
        }
    }
}
