//! What the lecture notes behind this chapter print wrongly, and what is right.

use evidence::Erratum;

/// The errata whose right form this chapter states.
pub static ERRATA: &[Erratum] = &[
    Erratum {
        id: "E003-09",
        place: "“Generative Models”, the sentence after (68)",
        printed: r"$dw\to-ds$ for the noise that runs backwards",
        right: r"$d\bar W^2\to|dt|$, that is $-dt$ for steps back in time",
        why: "Time replaces the square of the noise and never the noise itself: taken \
              literally, the rule makes of the noise a second drift.",
        claim: "rev-sde-1d",
    },
    Erratum {
        id: "E003-10",
        place: "“Generative Models”, (70), both lines",
        printed: "a drift that is not multiplied by $dt$",
        right: r"$\bar f\,dt$",
        why: "A step must move by the drift times its length. Without it every step moves by the \
              whole drift, and the shorter the steps the further the path.",
        claim: "rev-sde",
    },
    Erratum {
        id: "E003-11",
        place: "“Generative Models”, (76), (77) and (80)",
        printed: r"$\epsilon$ in every step, the same letter throughout",
        right: r"$\epsilon_i$, drawn anew in each step and independent",
        why: "Variances add up for independent noises only. One noise taken again and \
              again is a push, and the variance grows with the number of steps.",
        claim: "rev-vp-product",
    },
    Erratum {
        id: "E003-12",
        place: "“Generative Models”, (78)",
        printed: r"$\sum\log(1-\frac12\beta_i\Delta t)=-\frac12\int\beta$, with $n\Delta\to t$",
        right: r"a limit as $n\Delta t\to t$, with an error of the order of $\Delta t$",
        why: "The logarithm has a second term, and a sum over left ends is no integral.",
        claim: "rev-vp-product-limit",
    },
    Erratum {
        id: "E003-26",
        place: "“Generative Models”, (70), (72) and (90)",
        printed: "a reverse equation that does not say which way time runs",
        right: r"$dt<0$, and a noise that runs backwards",
        why: "Run forwards, the score with this sign drives particles apart, the \
              further the more.",
        claim: "rev-vp-reverse",
    },
    Erratum {
        id: "E004-31",
        place: "“Tutorial on Generative Model”, before (82)",
        printed: r"$\mathrm{Var}(X_0\mid X_0)=v(t)$",
        right: r"$\mathrm{Var}(X_t\mid X_0)$",
        why: "Given the start, the start does not vary. What varies is where it has been led.",
        claim: "rev-affine-variance",
    },
    Erratum {
        id: "E004-33",
        place: "“Tutorial on Generative Model”, Theorem 27",
        printed: "the law of the equation for a chain of steps of any length",
        right: "the limit as the steps get short",
        why: "The chain has a product of factors where the equation has an exponential. Two \
              steps with the rate −1 over one unit of time leave ¼ of the start and not 0.368.",
        claim: "rev-affine-gaussian",
    },
    Erratum {
        id: "E004-35",
        place: "“Tutorial on Generative Model”, (90)",
        printed: r"$\mathbb E[X_0\mid X_0]=X_0$",
        right: r"$\mathbb E[X_t\mid X_0]=X_0$",
        why: "The printed line is true of any process and tells nothing about the noised \
              one. That the mean at a later time is still the start is what the missing \
              drift means.",
        claim: "rev-ve-sde",
    },
    Erratum {
        id: "E004-36",
        place: "“Tutorial on Generative Model”, (91)",
        printed: r"$f(x,t)=-\frac12\beta'(t)$",
        right: r"$f(x,t)=-\frac12\beta'(t)\,x$",
        why: "A drift without the state pushes every start to the left by the same amount \
              and lets none of them fade.",
        claim: "rev-subvp-sde",
    },
    Erratum {
        id: "E004-42",
        place: "“Tutorial on Generative Model”, (73) and Definition 7",
        printed: r"$\beta$ for the noise of a step and for all noise until $t$",
        right: r"two letters: the rate $\beta$ and $B(t)=\int_0^t\beta$",
        why: "A formula for the one is false for the other, and nothing in its form tells \
              which was meant.",
        claim: "rev-vp-sde",
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
