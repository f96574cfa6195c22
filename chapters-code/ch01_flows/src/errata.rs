//! What the lecture notes behind this chapter print wrongly, and what is right.
//!
//! Many are slips of the pen that a reader repairs in passing; a program would not, and
//! each is refused by a claim of the chapter with a number.

use evidence::Erratum;

/// The errata whose right form this chapter states.
pub static ERRATA: &[Erratum] = &[
    Erratum {
        id: "E000-01",
        place: "notebook, §2.1.1, equation of the flow",
        printed: r"$\frac{d}{dt}\psi_t(X_t)=u_t(\psi_t(x_0))$",
        right: r"$\frac{d}{dt}\psi_t(x_0)=u_t(\psi_t(x_0))$",
        why: "The flow maps the starting point. Applied to the point already reached it \
              moves it a second time, and the clock runs twice as fast at the start.",
        claim: "flow-ode",
    },
    Erratum {
        id: "E000-05",
        place: "notebook, cells 3, 10, 21 and 28, the simulation loop",
        printed: r"`while t < 1` around a loop over all $n$ steps, with $t$ accumulated",
        right: r"one loop over $i=0,\dots,n-1$ with the time $ih$",
        why: "When the accumulated time ends just below one, the outer loop starts all n \
              steps again. It happens for 533 of the first thousand n, but not for the \
              round numbers in the figures, so it is easy to miss.",
        claim: "flow-euler-sampler",
    },
    Erratum {
        id: "E000-06",
        place: "notebook, cells 2 and 9, beside §2.1.3",
        printed: r"a network `forward(x)` for the field $u_t^\vartheta(x)$",
        right: r"a network of $t$ and $x$",
        why: "A field without time generates a one-parameter group, so that its flow over \
              a half is that over a quarter, twice. A general flow obeys no such law.",
        claim: "flow-autonomous-limit",
    },
    Erratum {
        id: "R001-01",
        place: "hand-written notes, “Flow”, displayed equation, read literally from the scan",
        printed: r"$\frac{d}{dt}\psi_t(x_0)=\psi_t(x_0)$",
        right: r"$\frac{d}{dt}\psi_t(x_0)=u_t(\psi_t(x_0))$",
        why: "The field is missing on the right: as printed, every flow would be \
              growth at the rate one.",
        claim: "flow-linear-example",
    },
    Erratum {
        id: "E003-04",
        place: "“Generative Models”, (31) and (94)",
        printed: r"$\frac{dp}{dt}+\nabla\cdot(pu)=0$",
        right: r"$\partial_tp+\nabla\cdot(pu)=0$",
        why: "The rate is that at a fixed place. Followed along the motion the density \
              changes by $-p\\,\\nabla\\cdot u$ alone, and $u\\cdot\\nabla p$ would be \
              counted twice.",
        claim: "flow-continuity-equation",
    },
    Erratum {
        id: "E003-23",
        place: "“Generative Models”, (103)",
        printed: r"$x(T)=x(0)+\int_0^Tu_t(x)\,dt$, called the solution",
        right: r"$x(T)=x(0)+\int_0^Tu_t(x(t))\,dt$, an equation for the whole path",
        why: "The unknown path stands under the integral. Read with a fixed point there, \
              it is one long Euler step: 2 in place of e for the field x over unit time.",
        claim: "flow-integral-form",
    },
    Erratum {
        id: "E004-19",
        place: "“Tutorial on Generative Model”, (43) and (45), momentum flux",
        printed: r"$\rho\,v\otimes v+p$",
        right: r"$\rho\,v\otimes v+pI$",
        why: "Pressure pushes along the normal only, so it stands on the diagonal. Read \
              as printed, a number is added to every entry of a matrix.",
        claim: "flow-momentum-equation",
    },
    Erratum {
        id: "E004-20",
        place: "“Tutorial on Generative Model”, (46), the flux of a conservation law",
        printed: r"$F:\mathbb R^d\to\mathbb R^d$",
        right: r"$F:\mathbb R^k\to\mathbb R^{k\times d}$",
        why: "The flux takes the k conserved quantities, and says for each of them how \
              much goes along each of d directions: four by two for a gas in the plane.",
        claim: "flow-conservation-law",
    },
    Erratum {
        id: "E004-41",
        place: "“Tutorial on Generative Model”, (116), the initial condition of the flow",
        printed: r"$\phi(0,x)=x$, where $\phi(x,t)$ is meant",
        right: r"$\phi(x,0)=x$",
        why: "With the place first and the time second, the printed form speaks of the \
              path that leaves the origin.",
        claim: "flow-ode",
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
