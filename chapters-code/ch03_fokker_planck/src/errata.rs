//! What the lecture notes behind this chapter print wrongly, and what is right.

use evidence::Erratum;

/// The errata whose right form this chapter states.
pub static ERRATA: &[Erratum] = &[
    Erratum {
        id: "E000-07",
        place: "notebook, §2.3.4, case 1",
        printed: r"$p(x)\propto e^{-x^2/x}$",
        right: r"$p(x)\propto e^{-x^2/2}$",
        why: "The printed density is e⁻ˣ, whose score is −1 everywhere: nothing is \
              pulled back.",
        claim: "fpk-langevin-gaussian",
    },
    Erratum {
        id: "E000-08",
        place: "notebook, §2.3.4, case 2",
        printed: r"$\nabla\log p(x)\propto-\Sigma^{-1}(x-\mu)$",
        right: "equality",
        why: "A factor of 2 in the score halves the covariance in which the \
              particles settle.",
        claim: "fpk-langevin-gaussian",
    },
    Erratum {
        id: "E000-09",
        place: "notebook, §2.3.4, second requirement",
        printed: "one must be able to sample from $p$",
        right: "its score is enough; samples are the result",
        why: "A cloud that starts at one place, with nothing but the score, settles in the \
              target. If samples were needed to begin with, there would be nothing to do.",
        claim: "fpk-langevin",
    },
    Erratum {
        id: "E000-10",
        place: "notebook, cells 24 and 26",
        printed: "chains that start in the target law",
        right: "a start elsewhere",
        why: "In the target nothing moves, and an experiment on convergence shows \
              none.",
        claim: "fpk-exp-langevin-kde",
    },
    Erratum {
        id: "E000-11",
        place: "notebook, cells 25 and 27, titles of the panels",
        printed: "“Time: 125”",
        right: "step 125, time 5",
        why: "The number of a step is not a time: at the time 125 the mean would be \
              too small to be told from zero.",
        claim: "fpk-exp-langevin-kde",
    },
    Erratum {
        id: "E000-13",
        place: "notebook, cell 28",
        printed: "the drift coded as score times output of a network",
        right: "the score alone",
        why: "A network that says 2 halves the variance, one that says −1 drives the \
              particles apart.",
        claim: "fpk-exp-langevin-network",
    },
    Erratum {
        id: "E000-16",
        place: "notebook, §2.3.4, first sentences",
        printed: r"Langevin dynamics carries $p_{\rm init}$ to $p_{\rm data}$",
        right: r"as $t\to\infty$",
        why: "The law comes nearer by a fixed part in each unit of time. At no finite time is \
              it there, and a start far away is seen to be far away for long.",
        claim: "fpk-langevin-convergence",
    },
    Erratum {
        id: "E002-06",
        place: "notes on score matching, “discrete form”, two lines",
        printed: r"$\sqrt2\,\epsilon_t$ inside the quotient and $\sqrt{2\eta}\,z_t$ outside, both standard normal",
        right: r"the second line, or $\epsilon_t\sim\mathcal N(0,I/\eta)$",
        why: "Noise that is multiplied by the step in place of its root leaves next \
              to nothing of the variance.",
        claim: "fpk-ula",
    },
    Erratum {
        id: "E002-07",
        place: "notes on score matching, “Langevin Dynamics in Generative Models”, last sentence",
        printed: r"the score, i.e. $\nabla p(x)$",
        right: r"$\nabla\log p(x)$",
        why: "The slope of the density is small where the density is. Far from the bumps \
              nothing would pull a particle back.",
        claim: "fpk-langevin",
    },
    Erratum {
        id: "E002-12",
        place: "notes on score matching, “Fokker–Planck Equation for Langevin Dynamics”, last line",
        printed: r"$\nabla\cdot\bigl[\frac p{p_r}\nabla p\bigr]$",
        right: r"$\nabla\cdot\bigl[\frac p{p_r}\nabla p_r\bigr]$",
        why: "An index was lost. The drift is the score of the target, so the slope is the \
              target's.",
        claim: "fpk-langevin-relative-form",
    },
    Erratum {
        id: "E002-13",
        place: "notes on score matching, last paragraph",
        printed: "$p_r$ is stationary, so the law converges to it",
        right: "convergence has a proof of its own",
        why: "A turn about the middle keeps a round Gaussian and brings no other law nearer \
              to it.",
        claim: "fpk-langevin-convergence",
    },
    Erratum {
        id: "E002-15",
        place: "notes on score matching, paragraph on the iteration",
        printed: "the iteration converges to exactly p",
        right: "up to a bias of the order of the step",
        why: "For the standard normal law the variance of the settled chain is 1/(1 \
              − η/2).",
        claim: "fpk-ula-bias",
    },
    Erratum {
        id: "E003-05",
        place: "“Generative Models”, (36)",
        printed: r"$f=-2U'$, $g=1$: $p_s=e^{-U/\sigma^2}$",
        right: r"$p_s=Z^{-1}e^{-4U/\sigma^2}$",
        why: "The printed exponent belongs to a quarter of the drift. In the double well it \
              leaves far too many particles on the hill.",
        claim: "fpk-stationary-potential",
    },
    Erratum {
        id: "E003-06",
        place: "“Generative Models”, (38) and (39)",
        printed: r"$\sum_k$, with $k$ a time between",
        right: "a sum over the states $x_k$ at one time $k$",
        why: "At every time between the particle is somewhere. Summed over the times, the \
              chances of a chain that takes five steps add up to 4.",
        claim: "fpk-ck-discrete",
    },
    Erratum {
        id: "E003-07",
        place: "“Generative Models”, §2.7, before (45) and before (46)",
        printed: "the substitution applied to (58)",
        right: "applied to (43)",
        why: "The one splits off the first stretch of time, the other the last. They agree \
              only if it makes no difference when a stretch of time lies.",
        claim: "fpk-chapman-kolmogorov",
    },
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
        id: "E004-02",
        place: "“Tutorial on Generative Model”, Definition 1, (2)",
        printed: r"$\mathcal A\phi(X_t)=\lim_{s\to0^+}E[\phi(X_{t+s})-\phi(X_t)]/s$",
        right: r"the same mean, given $X_t=x$",
        why: "Without the condition the left-hand side depends on a place and the right-hand \
              side on none: it is the rate of change of the average over the whole \
              ensemble.",
        claim: "fpk-generator",
    },
    Erratum {
        id: "E004-03",
        place: "“Tutorial on Generative Model”, Theorem 1, (3)",
        printed: r"$E[f(X_t)]=f(X_0)+E\int_0^t\mathcal Af(X_s)\,ds$",
        right: r"$E\,f(X_0)$, or both means given $X_0$",
        why: "An average on the left cannot be equal to a number that differs from one \
              particle to the next.",
        claim: "fpk-dynkin",
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
    Erratum {
        id: "E004-06",
        place: "“Tutorial on Generative Model”, (18) and Theorem 7",
        printed: r"the backward equation for $P_{s\mid t}(y\mid x)$",
        right: r"for $P_{t\mid s}(x\mid y)$ as a function of $s$ and $y$, with $P_{t\mid t}(x\mid y)=\delta(x-y)$",
        why: "The earlier place is what the derivatives act on, and it stays behind the \
              bar. Where a particle came from depends on the whole crowd.",
        claim: "fpk-backward-kolmogorov",
    },
    Erratum {
        id: "E004-07",
        place: "“Tutorial on Generative Model”, (20)",
        printed: r"$E[f\,(X-m(t)^\top)]$",
        right: r"$E[f\,(X-m(t))^\top]$",
        why: "A row taken from a column. Where a program fills up the shapes, each \
              coordinate is compared with the means of all others.",
        claim: "fpk-mean-covariance",
    },
    Erratum {
        id: "E004-08",
        place: "“Tutorial on Generative Model”, (22)",
        printed: r"$\Psi(t,t_0)X_0$",
        right: r"$\Psi(t,t_0)X_{t_0}$",
        why: "The transition matrix carries on from $t_0$, so what it carries is the state at \
              $t_0$. The two forms agree only where the start is at time 0.",
        claim: "fpk-linear-solution",
    },
    Erratum {
        id: "E004-09",
        place: "“Tutorial on Generative Model”, after (23), after (25), and Theorem 10",
        printed: "the solution of a linear equation is a Gaussian process",
        right: "it is so from a point and from a normal law; from any other start it is a mixture",
        why: "Noise does not wipe out the start at once. From $\\pm1$ with $\\theta=g=1$ the law has \
              the excess kurtosis $-0.579$ at $t=\\frac12$, where a normal law has 0.",
        claim: "fpk-linear-gaussian",
    },
    Erratum {
        id: "E004-10",
        place: "“Tutorial on Generative Model”, (29) and (30)",
        printed: r"$X_{t_{i+1}}=A_iX_{t_i}+B_i+G_i$ with a covariance $G_i$",
        right: r"$X_{t_{i+1}}=A_iX_{t_i}+B_i+\xi_i$ with $\xi_i\sim\mathcal N(0,G_i)$",
        why: "A matrix is added to a vector. Read as numbers, it moves every particle by the same \
              amount, and the cloud gains no spread.",
        claim: "fpk-linear-exact-step",
    },
    Erratum {
        id: "E004-11",
        place: "“Tutorial on Generative Model”, (32) and (33)",
        printed: r"the drift $\nabla\log p_t$, with $p_t$ the law of $X_t$",
        right: r"$\nabla\log p_\star$ with a target that is fixed",
        why: "With its own score every law stays as it is, whatever it is: there is nothing \
              that could tell it where to go.",
        claim: "fpk-own-score-freezes",
    },
    Erratum {
        id: "E004-12",
        place: "“Tutorial on Generative Model”, Theorem 13",
        printed: "the law converges, “in other words” it is left alone",
        right: "two statements, with two proofs",
        why: "A process that never moves leaves every law alone and converges to none.",
        claim: "fpk-langevin-convergence",
    },
    Erratum {
        id: "E004-13",
        place: "“Tutorial on Generative Model”, Theorem 13 for the scheme (32)",
        printed: r"$X_{t+s}\sim p$ for all $s$ if $X_t\sim p$",
        right: "for the equation, not for a step",
        why: "One step of length s from the standard normal law has the variance 1 + \
              s².",
        claim: "fpk-ula-bias",
    },
    Erratum {
        id: "E004-14",
        place: "“Tutorial on Generative Model”, (33), second line",
        printed: "a quadratic form without brackets and with one transpose too few",
        right: r"$\frac12(\cdot)^\top\nabla^2f\,(\cdot)$ with the whole displacement on both sides",
        why: "As printed the square of the noise meets no second derivative, and the term \
              of first order does not vanish.",
        claim: "fpk-langevin-infinitesimal",
    },
    Erratum {
        id: "E004-15",
        place: "“Tutorial on Generative Model”, (33) and (35)",
        printed: r"the factor of $\tau^2$ from the second derivative alone",
        right: "derivatives of third and fourth order count too",
        why: "The displacement contains the root of τ. For the fourth power and the \
              standard normal law the factor is 6, not 18.",
        claim: "fpk-langevin-infinitesimal",
    },
    Erratum {
        id: "E004-16",
        place: "“Tutorial on Generative Model”, (35)",
        printed: r"$\mu_{t+\tau}=O(\tau^2)$",
        right: r"$\mu_{t+\tau}-\mu_t=O(\tau^2)$",
        why: "The average stays what it was; it does not become small.",
        claim: "fpk-langevin-infinitesimal",
    },
    Erratum {
        id: "E004-17",
        place: "“Tutorial on Generative Model”, (36), third line",
        printed: r"$+\mathcal N\,\Sigma^{-1}(x-\mu)$",
        right: r"$-\mathcal N\,\Sigma^{-1}(x-\mu)$",
        why: "The density falls away from its mean. With the other sign it would rise without \
              bound.",
        claim: "fpk-normal-derivatives",
    },
    Erratum {
        id: "E004-18",
        place: "“Tutorial on Generative Model”, after (36)",
        printed: r"no divergence of the flux, hence $f=\frac12g^2\nabla\log p$",
        right: "this drift is one of many: a flux that goes round may be added",
        why: "In two dimensions and more a flux can have no divergence without being zero. The \
              law at rest does not tell whether the particles go round.",
        claim: "fpk-langevin-circulation",
    },
    Erratum {
        id: "E004-21",
        place: "“Tutorial on Generative Model”, (57), Theorem 23",
        printed: r"$\mathcal F=-\frac12\nabla\cdot(GG^\top p)$, called Fick's law, for every $G(x,t)$",
        right: r"Fick's law is $J=-D\nabla p$ with $D=\frac12GG^\top$; the two agree where $\nabla\cdot(GG^\top)=0$, as for $G=G(t)$",
        why: "The printed flux is that of the equation in Itô's sense. Where the noise depends \
              on the place it piles particles up in the quiet parts, and Fick's flux does not.",
        claim: "fpk-fick",
    },
    Erratum {
        id: "E004-22",
        place: "“Tutorial on Generative Model”, §2.3, first sentence",
        printed: r"$-\frac12GG^\top$ is the diffusion coefficient",
        right: r"$+\frac12GG^\top$, as the equation (59) before it has it",
        why: "With the minus the heat equation runs backwards: peaks grow, and short waves \
              grow fastest.",
        claim: "fpk-pure-diffusion",
    },
    Erratum {
        id: "E004-23",
        place: "“Tutorial on Generative Model”, (61), Theorem 24",
        printed: r"the kernel's covariance $2t\mathcal D$, where $\mathcal D=\frac12GG^\top$ with $G=G(t)$",
        right: r"$2\int_0^t\mathcal D(r)\,dr$; and $2t\mathcal D$ for constant $\mathcal D$",
        why: "Heat remembers all the noise it has had, not only that of the last moment. Where \
              the coefficient grows in proportion to the time, the printed form doubles the variance.",
        claim: "fpk-heat-time-dependent",
    },
    Erratum {
        id: "E004-24",
        place: "“Tutorial on Generative Model”, (62), the inverse transform",
        printed: r"$p(x,t)=(2\pi)^{-d}\int\tilde p(x,t)\,e^{i\lambda\cdot x}\,dx$",
        right: r"$(2\pi)^{-d}\int\tilde p(\lambda,t)\,e^{i\lambda\cdot x}\,d\lambda$",
        why: "Integrated over the place, the right-hand side does not depend on the place: it \
              is a function of the frequency that was left over.",
        claim: "fpk-fourier-pair",
    },
    Erratum {
        id: "E004-25",
        place: "“Tutorial on Generative Model”, Remark 4, last line",
        printed: r"$\exp(-i\lambda^\top\mu+\frac12\lambda^\top\Sigma\lambda)$",
        right: r"$\exp(-i\lambda^\top\mu-\frac12\lambda^\top\Sigma\lambda)$",
        why: "The transform of a law is a mean of numbers of modulus 1. With the plus its \
              modulus would pass 1, and grow without bound.",
        claim: "fpk-gaussian-fourier",
    },
    Erratum {
        id: "E004-30",
        place: "“Tutorial on Generative Model”, (80)–(85), for a matrix $a(t)$",
        printed: r"$e^{\int_0^ta(r)\,dr}$",
        right: r"the transition matrix $\Psi(t,0)$",
        why: "The exponential of the integral treats all times alike, and where matrices do not \
              commute it matters which acted first.",
        claim: "fpk-transition-matrix",
    },
    Erratum {
        id: "E004-32",
        place: "“Tutorial on Generative Model”, (82)",
        printed: r"$V'=2aV+gQg^\top$, also for matrices",
        right: r"$V'=aV+Va^\top+gQg^\top$",
        why: "On the line the two agree. For matrices $2aV$ is not symmetric, and a covariance \
              is.",
        claim: "fpk-linear-moments",
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
