//! The chapter's figures, in order of appearance, one function each.
//!
//! Where a figure and a claim tell one story, both call one function.

mod all_times;
mod denoiser;
mod drawn;
mod hills;
mod lessons;
mod pulls;
mod windows;
mod without;

use plot::Figure;

/// Every figure of the chapter.
pub static FIGURES: &[Figure] = &[
    // The score.
    Figure { id: "fig-sm-slope", draw: hills::slopes },
    Figure { id: "fig-sm-islands", draw: hills::islands },
    // Without the score.
    Figure { id: "fig-sm-implicit", draw: without::same_valley },
    Figure { id: "fig-sm-spikes", draw: without::spiky },
    // Windows on the data.
    Figure { id: "fig-sm-windows", draw: windows::three_widths },
    Figure { id: "fig-sm-memory", draw: windows::memory },
    // Denoising.
    Figure { id: "fig-sm-pulls", draw: pulls::pulls },
    Figure { id: "fig-sm-two-losses", draw: pulls::two_losses },
    // What a denoiser knows.
    Figure { id: "fig-sm-behind", draw: denoiser::behind },
    Figure { id: "fig-sm-arrows", draw: denoiser::arrows },
    Figure { id: "fig-sm-targets", draw: denoiser::targets },
    // All noise at once.
    Figure { id: "fig-sm-floors", draw: all_times::floors },
    Figure { id: "fig-sm-loop", draw: all_times::lesson },
    // A network.
    Figure { id: "sm-exp-four-losses", draw: lessons::four_lessons },
    Figure { id: "sm-exp-explicit-vs-denoising", draw: lessons::three_guesses },
    // Learned and drawn.
    Figure { id: "fig-sm-stairs", draw: drawn::stairs },
    Figure { id: "fig-sm-error-map", draw: drawn::error_map },
    Figure { id: "fig-sm-moons", draw: drawn::moons },
    Figure { id: "fig-sm-toys", draw: drawn::toys },
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
