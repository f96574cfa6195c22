//! What the lecture notes behind this chapter print wrongly, and what is right.

use evidence::Erratum;

/// The errata whose right form this chapter states.
pub static ERRATA: &[Erratum] = &[Erratum {
    id: "E003-09",
    place: "“Generative Models”, the sentence after (68)",
    printed: r"$dw\to-ds$ for the noise that runs backwards",
    right: r"$d\bar W^2\to|dt|$, that is $-dt$ for steps back in time",
    why: "Time replaces the square of the noise and never the noise itself: taken \
              literally, the rule makes of the noise a second drift.",
    claim: "rev-sde-1d",
}];

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
