//! The chapter's figures, in order of appearance, one function each.
//!
//! Where a figure and a claim tell one story, both call one function.

mod approach;
mod circulation;
mod closure;
mod density;
mod eddy;
mod gates;
mod generator;
mod heat;
mod jumps;
mod langevin_chain;
mod langevin_experiments;
mod outlook;
mod pairing;
mod positive_step;
mod solver_orders;
mod two_starts;
mod well;
mod wrong_law;

use plot::Figure;

/// Every figure of the chapter.
pub static FIGURES: &[Figure] = &[
    // Averages.
    Figure { id: "fig-fpk-generator", draw: generator::chord },
    Figure { id: "fig-fpk-closure", draw: closure::closure },
    Figure { id: "fig-fpk-adjoint", draw: pairing::pairing },
    // The density.
    Figure { id: "fig-fpk-far-start", draw: density::far_start },
    Figure { id: "fig-fpk-where-g-stands", draw: density::where_g_stands },
    Figure { id: "fig-fpk-flux", draw: density::flux_between },
    // The Markov step.
    Figure { id: "fig-fpk-gates", draw: gates::gates },
    Figure { id: "fig-fpk-jumps", draw: jumps::jumps },
    Figure { id: "fig-fpk-outlook", draw: outlook::chances },
    // Linear equations.
    Figure { id: "fig-fpk-eddy", draw: eddy::eddy },
    Figure { id: "fig-fpk-two-starts", draw: two_starts::two_starts },
    // Stationary laws.
    Figure { id: "fig-fpk-wrong-law", draw: wrong_law::wrong_law },
    Figure { id: "fig-fpk-circulation", draw: circulation::circulation },
    Figure { id: "fig-fpk-approach", draw: approach::approach },
    // Langevin dynamics.
    Figure { id: "fig-fpk-langevin-ring", draw: langevin_chain::heaps },
    Figure { id: "fig-fpk-ula-bias", draw: langevin_chain::bias },
    Figure { id: "fpk-exp-langevin-kde", draw: langevin_experiments::on_the_line },
    Figure { id: "fpk-exp-langevin-2d", draw: langevin_experiments::in_the_plane },
    Figure { id: "fpk-exp-langevin-network", draw: langevin_experiments::with_a_network },
    // Heat.
    Figure { id: "fig-fpk-fick", draw: heat::ring },
    Figure { id: "fig-fpk-heat-box", draw: heat::smoothing },
    Figure { id: "fig-fpk-heat-key", draw: heat::key_and_waves },
    // Solving the equation.
    Figure { id: "fig-fpk-positive-step", draw: positive_step::positive_step },
    Figure { id: "fig-fpk-orders", draw: solver_orders::orders },
    Figure { id: "fig-fpk-particles", draw: well::particles_and_density },
    Figure { id: "fig-fpk-slider", draw: well::slider },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_text_and_the_same_bytes_twice() {
        for figure in FIGURES {
            let (first, second) = ((figure.draw)(), (figure.draw)());
            assert_eq!(first.body, second.body, "{}", figure.id);
            assert!(first.alt.len() > 80 && !first.alt.contains('$'), "{}", figure.id);
            assert!(first.caption.len() > 40, "{}", figure.id);
        }
    }
}
