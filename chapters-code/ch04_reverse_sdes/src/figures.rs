//! The chapter's figures, in order of appearance, one function each.
//!
//! Where a figure and a claim tell one story, both call one function.

mod both_ways;
mod bound;
mod chains;
mod forward;
mod noise;
mod past;
mod prior;
mod race;
mod schedules;
mod ways;

use plot::Figure;

/// Every figure of the chapter.
pub static FIGURES: &[Figure] = &[
    // Backwards in time.
    Figure { id: "fig-rev-past", draw: past::past },
    // The reverse SDE.
    Figure { id: "fig-rev-noise", draw: noise::noise },
    // Noise by plan.
    Figure { id: "rev-exp-forward", draw: forward::forward },
    // Variance preserving.
    Figure { id: "fig-rev-chains", draw: chains::chains },
    // Other schedules.
    Figure { id: "fig-rev-schedules", draw: schedules::schedules },
    Figure { id: "fig-rev-prior", draw: prior::prior },
    // Drawing from the data.
    Figure { id: "rev-exp-reverse", draw: ways::ways },
    // Without noise.
    Figure { id: "fig-rev-both-ways", draw: both_ways::both_ways },
    // What short cuts cost.
    Figure { id: "fig-rev-bound", draw: bound::bounds },
    Figure { id: "rev-exp-steps", draw: race::race },
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
