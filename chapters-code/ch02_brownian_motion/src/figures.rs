//! The chapter's figures, in order of appearance, one function each.
//!
//! Where a figure and a claim tell one story, both call one function.

mod boat;
mod brownian_paths;
mod correlated;
mod geometric;
mod ito_lemma;
mod ito_sums;
mod langevin;
mod levy;
mod limit;
mod network;
mod one_path;
mod ou;
mod strong_orders;
mod sweeps;
mod variation;
mod walk;
mod weak_wanders;
mod zoom;

use plot::Figure;

/// Every figure of the chapter.
pub static FIGURES: &[Figure] = &[
    // The walk.
    Figure { id: "fig-walks", draw: walk::walks },
    Figure { id: "fig-scalings", draw: walk::scalings },
    Figure { id: "fig-walk", draw: walk::refined },
    Figure { id: "fig-walk-distance", draw: limit::distance },
    Figure { id: "fig-pushes", draw: limit::pushes },
    // Brownian motion.
    Figure { id: "bm-exp-paths", draw: brownian_paths::paths },
    Figure { id: "bm-exp-sigma-sweep", draw: brownian_paths::sweep },
    Figure { id: "fig-correlated", draw: correlated::correlated },
    Figure { id: "fig-quadratic-variation", draw: variation::variation },
    Figure { id: "fig-zoom", draw: zoom::zoom },
    Figure { id: "fig-levy", draw: levy::levy },
    // Itô.
    Figure { id: "fig-ito-sums", draw: ito_sums::ito_sums },
    Figure { id: "fig-boat", draw: boat::boat },
    Figure { id: "fig-ito-lemma", draw: ito_lemma::ito_lemma },
    Figure { id: "fig-gbm", draw: geometric::geometric },
    // Methods.
    Figure { id: "fig-one-path", draw: one_path::one_path },
    Figure { id: "fig-strong-orders", draw: strong_orders::strong_orders },
    Figure { id: "fig-weak-wanders", draw: weak_wanders::weak_wanders },
    // Ornstein–Uhlenbeck and Langevin.
    Figure { id: "bm-exp-ou-sigma-sweep", draw: ou::sigma_sweep },
    Figure { id: "bm-exp-ou-grid", draw: ou::rates_and_strengths },
    Figure { id: "fig-ou-bias", draw: ou::bias },
    Figure { id: "fig-wells", draw: langevin::wells },
    Figure { id: "fig-small-mass", draw: langevin::small_mass },
    // Experiments in a network's field.
    Figure { id: "bm-exp-diffusion-single", draw: network::single },
    Figure { id: "bm-exp-diffusion-many", draw: network::many },
    Figure { id: "bm-exp-diffusion-sigma-sweep-single", draw: sweeps::strength_single },
    Figure { id: "fig-redrawn", draw: sweeps::redrawn },
    Figure { id: "bm-exp-diffusion-sigma-sweep-many", draw: sweeps::strength_many },
    Figure { id: "bm-exp-network-theta-sweep-single", draw: sweeps::rate_single },
    Figure { id: "bm-exp-network-theta-sweep-many", draw: sweeps::rate_many },
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
