//! What the lecture notes behind this chapter print wrongly, and what is right.

use evidence::Erratum;

/// The errata whose right form this chapter states.
pub static ERRATA: &[Erratum] = &[
    Erratum {
        id: "R001-02",
        place: "handwritten notes, Bayes' rule beside the proof of the marginal score",
        printed: r"$p(z\mid x)=p(x\mid z)\,p(x)/p(x)$",
        right: r"$p(x\mid z)\,p(z)/p(x)$",
        why: "The printed factor cancels, and a likelihood is left where a probability \
              should be: how probable a datum is beforehand is forgotten, and over single \
              points the weights of the arrows do not sum to one.",
        claim: "sm-marginal-score",
    },
    Erratum {
        id: "R001-03",
        place: "handwritten notes, score of the Gaussian path",
        printed: r"$-(z-dz^2)/B^2$",
        right: r"$-(x-\alpha_tz)/\sigma_t^2$, in our letters",
        why: "As it reads it does not depend on the noisy place at all, and no arrow leads \
              back from there.",
        claim: "sm-kernel-score",
    },
    Erratum {
        id: "R001-06",
        place: "handwritten notes, denoising loss of the Gaussian path",
        printed: r"$|s_\vartheta(x)+x-\alpha_tz|^2$",
        right: r"$|s_\vartheta(x)+(x-\alpha_tz)/\sigma_t^2|^2$",
        why: "Without the denominator the best model is σ² times the score, which is right \
              at σ = 1 alone.",
        claim: "sm-denoising",
    },
    Erratum {
        id: "E002-01",
        place: "“Denoising Score Matching”, Gaussian kernel",
        printed: r"$\nabla_x\log q_\sigma(\tilde x\mid x)=(x-\tilde x)/\sigma^2$",
        right: r"the gradient by $\tilde x$",
        why: "By the clean datum the arrow has the opposite sign. Who trains with it gets \
              a score that drives away from the data.",
        claim: "sm-kernel-score",
    },
    Erratum {
        id: "E002-02",
        place: "“Denoising Score Matching”, the sentence after the Gaussian objective",
        printed: r"with the score one can draw from $p_{\rm data}$",
        right: r"from $p_{\rm data}*\mathcal N(0,\sigma^2I)$",
        why: "With noise of one size the score of the noisy law is learned. Data with the \
              variance 1 and noise with σ = 1 lead to chains with the variance 2.",
        claim: "sm-dsm-smoothed-law",
    },
    Erratum {
        id: "E002-03",
        place: "“Score Matching” and “Denoising Score Matching”",
        printed: r"$J$ with $\frac12$, $J_{\rm DSM}$ without it",
        right: "equal factors; then the two differ by a constant",
        why: "With one half the difference depends on the model, and no constant joins \
              the losses.",
        claim: "sm-dsm-equivalence",
    },
    Erratum {
        id: "E002-08",
        place: "“Langevin Dynamics in Generative Models”, last sentence",
        printed: "with its score one can draw from any distribution",
        right: "from one whose support hangs together, and given time to mix",
        why: "Between islands nothing is carried. Chains started half on each of two \
              islands stay half on each, though a fifth of the law lies on the one.",
        claim: "sm-score-determines-density",
    },
    Erratum {
        id: "E002-09",
        place: "Appendix, “Proof of Implicit Score Matching”",
        printed: "the boundary terms are zero because $p$ and $s_i$ vanish at infinity",
        right: r"because $p\,s_i\to0$; and a border of the support is looked at as well",
        why: "The score of a Gaussian does not vanish far out, it grows, and the proof \
              would not cover it. For waiting times nothing is wrong at infinity, and at 0 \
              there remains p(0) s(0): without it the best constant score is 0.",
        claim: "sm-integration-by-parts",
    },
    Erratum {
        id: "E002-10",
        place: "“Score Matching”, Parzen density estimate and the check of its mass",
        printed: r"$\frac1h$ in $\mathbb R^d$, and $dx=h\,du$ in the check",
        right: r"$\frac1{h^d}$, and $dx=h^d\,du$",
        why: "A window is stretched along all d axes. The two slips hide one another: the \
              check of the mass comes out right. In the plane, with h = ½, the printed \
              estimate has mass ½.",
        claim: "sm-kde",
    },
    Erratum {
        id: "E002-11",
        place: "“Denoising Autoencoder”, first list, step 1",
        printed: r"input: the denoised sample $\tilde x$",
        right: "the corrupted sample",
        why: "A machine that is shown the clean sample has nothing to do: the best it can \
              learn is to leave everything as it is.",
        claim: "sm-dae",
    },
    Erratum {
        id: "E002-14",
        place: "“Denoising Score Matching”, twice",
        printed: "the learned score points from the noisy sample to the clean one",
        right: "to the mean of all clean data that may lie behind the noisy one",
        why: "The clean sample is not known where the score is asked. For two data points on \
              the line, and noise with half of their distance for its deviation, a third of \
              the arrows point away from the one that was there.",
        claim: "sm-dae",
    },
    Erratum {
        id: "E003-13",
        place: "“Generative Models”, §4, first paragraph",
        printed: r"the network learns the gradient of $P(x_t,t)$",
        right: r"the gradient of $\log P$",
        why: "Where the density is small its own slope is small as well, and pulls \
              nothing back; and it changes with every factor in front.",
        claim: "sm-score",
    },
    Erratum {
        id: "E003-14",
        place: "“Generative Models”, §4, second paragraph",
        printed: "distributions that agree on the gradient are equal",
        right: "if the gradients are of logarithms, and the support hangs together",
        why: "Two islands with 0.2 and 0.8 of the mass, and with 0.8 and 0.2, have one \
              score. Their means differ by 3.6.",
        claim: "sm-score-determines-density",
    },
    Erratum {
        id: "E003-15",
        place: "“Generative Models”, (86) to (88)",
        printed: r"one $\mathcal L(\theta)$ for both losses",
        right: r"they differ by $d/\sigma^2-\mathbb E|\nabla\log p_t|^2>0$",
        why: "The slopes agree and the values do not. Who waits for the denoising loss to \
              become zero waits in vain.",
        claim: "sm-dsm-equivalence",
    },
    Erratum {
        id: "E003-16",
        place: "“Generative Models”, (89)",
        printed: r"times even on $(0,T)$, all with the same weight",
        right: r"a weight like $\lambda=\sigma_t^2$, or a first time after 0",
        why: "The target has the mean square d/σ², and σ² falls like t. The printed loss is \
              infinite for every network, and if the data have a smooth density for the exact \
              score as well.",
        claim: "sm-time-loss-divergence",
    },
    Erratum {
        id: "E004-37",
        place: "“Tutorial on Generative Model”, (100), last line",
        printed: r"$\int|s-\nabla\log q|^2q\,dx\approx\frac1n\sum\int|s-\nabla\log q|^2K$",
        right: "equality; the approximation is the line in which q takes the place of p",
        why: "The estimate is that very sum. Nothing is drawn in the last step, and \
              more draws would not make it better.",
        claim: "sm-explicit-kde",
    },
    Erratum {
        id: "E004-38",
        place: "“Tutorial on Generative Model”, (104), second line",
        printed: r"$\mathbb E_{y\sim p_{\rm data}}$",
        right: r"$\mathbb E_{y\sim p_{0\mid t}(\cdot\mid x_t)}$",
        why: "The lemma before it is about data that may lie behind the noisy one. With all \
              data alike the mean can be five times as large, and its best model is wrong.",
        claim: "sm-jensen-gap",
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
