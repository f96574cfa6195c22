//! What the lecture notes behind this chapter print wrongly, and what is right.

use evidence::Erratum;

/// The errata whose right form this chapter states.
pub static ERRATA: &[Erratum] = &[
    Erratum {
        id: "E003-25",
        place: "“Generative Models”, §2.5, first paragraph",
        printed: "$p(x,t)$ is a probability density in $x$ and $t$",
        right: "a density in $x$ at each fixed $t$",
        why: "The mass is 1 at every time. Over the line and three units of time together it \
              adds up to 3, and read as one density of place and time it would be a third of \
              what it is.",
        claim: "fpk-normalisation",
    },
    Erratum {
        id: "E004-05",
        place: "“Tutorial on Generative Model”, (11) and (15)",
        printed: r"$\frac12\sum_{i=1}\partial_i\partial_j\bigl([GQG^\top]_{ij}\,p\bigr)$",
        right: r"$\frac12\sum_{i,j}\partial_i\partial_j\bigl([GQG^\top]_{ij}\,p\bigr)$",
        why: "The index $j$ has no sum. If only the terms with $i=j$ are kept, noise that is \
              common to two coordinates is lost, and the density of correlated noise does not \
              obey the equation.",
        claim: "fpk-equation-nd",
    },
];

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
