//! What the lecture notes behind this chapter print wrongly, and what is right.

use evidence::Erratum;

/// The errata whose right form this chapter states.
pub static ERRATA: &[Erratum] = &[
    Erratum {
        id: "E000-02",
        place: "notebook, §2.2.1, the three properties of Brownian motion",
        printed: "the law of $W_t-W_s$ for $0<s<t$ only; nothing on continuity",
        right: r"the law for $0\le s<t$, and continuous paths",
        why: "Without the start in the list, the path may leap right after it; without \
              continuity it may leap at an instant of its own, and no fixed grid sees it.",
        claim: "bm-definition",
    },
    Erratum {
        id: "E000-03",
        place: "notebook, §2.2.1 and §2.2.2, the law of an increment",
        printed: r"$W_t-W_s\sim N(0,t-s)$ and $\varepsilon\sim N(0,1)$ for $X_t\in\mathbb R^d$",
        right: r"$\varepsilon\sim\mathcal N(0,I_d)$, as in the notebook's own algorithm 2",
        why: "A number where a vector should be gives every coordinate the same noise: the \
              cloud moves along the diagonal only.",
        claim: "bm-vector-noise",
    },
    Erratum {
        id: "E000-04",
        place: "notebook, §2.2.1, note after the equation",
        printed: "a stochastic equation has no flow, and can be solved by simulation only",
        right: "the solution maps driven by one path of the noise compose; linear equations have explicit solutions",
        why: "What is lost is the flow without the noise. Driven by one and the same path, \
              stopping on the way makes no difference, with noise drawn anew it does.",
        claim: "bm-stochastic-flow",
    },
    Erratum {
        id: "E000-12",
        place: "notebook, cell 21",
        printed: r"the Ornstein–Uhlenbeck drift coded as $-\theta\,\mathrm{net}(x)$",
        right: r"$-\theta x$",
        why: "The network $-x$ is one of the family: with it the particle is pushed away \
              from the origin at the rate at which it should be pulled back.",
        claim: "bm-exp-network-theta-sweep-single",
    },
    Erratum {
        id: "E000-14",
        place: "notebook, cells 13, 14, 22, 23 and 29",
        printed: "a network built inside each call, with only one of two generators seeded",
        right: "one network, drawn once, for all panels",
        why: "The panels of a sweep then differ in the network as well, and what looks like \
              an effect of the noise is a difference of weights.",
        claim: "bm-exp-diffusion-sigma-sweep-single",
    },
    Erratum {
        id: "E000-15",
        place: "notebook, docstrings of cells 7, 16 and 24",
        printed: "an array of shape (num_path, step_size), called one-dimensional",
        right: "a two-dimensional array with one column more than there are steps",
        why: "The steps of a path have ends: 500 steps make 501 values. The name step_size \
              stands for the number of steps there.",
        claim: "bm-exp-paths",
    },
    Erratum {
        id: "E002-04",
        place: "notes on score matching, “Langevin Equation in Physics”",
        printed: r"$\eta(t)\sim\mathcal N(0,2\lambda k_BT\,I)$ at each instant; the noise term $\sqrt2\,\epsilon\,dt$",
        right: r"white noise, $\sqrt2\,dW$ with $dW\sim\mathcal N(0,dt\,I)$",
        why: "A force of fixed variance, drawn anew in every step, averages itself away: \
              with n steps the impulse over a unit of time has the variance 2/n in place of \
              2.",
        claim: "bm-white-noise",
    },
    Erratum {
        id: "E002-05",
        place: "notes on score matching, after the correlation function",
        printed: "the random force is time-independent",
        right: "the random force is uncorrelated in time",
        why: "The impulse of a white force doubles its variance when the time doubles. That \
              of a force which does not change in time grows fourfold.",
        claim: "bm-white-noise",
    },
    Erratum {
        id: "E003-01",
        place: "“Generative Models”, (2) and (53) against (19) to (36)",
        printed: r"$dw\sim\mathcal N(0,dt)$ and $dw\sim\mathcal N(0,\sigma^2dt)$ with the same $g$",
        right: "one convention, here variance $dt$",
        why: "Either is right by itself. Taken together they leave out or count twice a \
              factor, and the mean square of a step is off by it.",
        claim: "bm-infinitesimal-moments",
    },
    Erratum {
        id: "E003-02",
        place: "“Generative Models”, (23)",
        printed: r"$(dx)^2=f^2dt^2+g^2dw^2+2fg\,dx\,dt$",
        right: r"$2fg\,dw\,dt$",
        why: "The mixed term of the square of a sum. It vanishes in the limit in either \
              form, but only one of them adds up.",
        claim: "bm-ito-lemma",
    },
    Erratum {
        id: "E003-03",
        place: "“Generative Models”, text after (25)",
        printed: "$dw$ and all its powers may be replaced by their means",
        right: "the powers from the second on",
        why: "The squares of the increments add up to the time, for certain. The increments \
              themselves add up to the end of the path, which is as random as before.",
        claim: "bm-quadratic-variation",
    },
    Erratum {
        id: "E003-08",
        place: "“Generative Models”, text after (54)",
        printed: "sums of random variables tend to a Gaussian, so the identification is always possible",
        right: "sums of many independent ones of finite variance, without jumps",
        why: "Sums of Cauchy's numbers are Cauchy's again, however many, and rare jumps stay \
              jumps.",
        claim: "bm-clt-scope",
    },
    Erratum {
        id: "E004-01",
        place: "“Tutorial on Generative Model”, (1)",
        printed: r"$G$ from $\mathbb R^{m+1}$ to $\mathbb R^d$",
        right: r"$G$ from $\mathbb R^{d+1}$ to $\mathbb R^{d\times m}$",
        why: "The noise has m components and the state d: a single column can multiply one \
              noise only, and it depends on the place.",
        claim: "bm-sde",
    },
    Erratum {
        id: "E004-04",
        place: "“Tutorial on Generative Model”, (8)",
        printed: r"$\partial_i\varphi\,(f_i\,dt+G\,dW)$",
        right: r"$\partial_i\varphi\,(f_i\,dt+(G\,dW)_i)$",
        why: "A vector is added to a number. Each derivative goes with its own component of \
              the noise.",
        claim: "bm-ito-lemma-nd",
    },
    Erratum {
        id: "E004-34",
        place: "“Tutorial on Generative Model”, (88)",
        printed: "a mean where $g(t)^2$ is defined",
        right: r"the variance $\mathrm{Var}[X_{t+h}\mid X_t=x]/h$",
        why: "The drift is read off the mean of a short step and the noise off its variance.",
        claim: "bm-infinitesimal-moments",
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
