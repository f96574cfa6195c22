//! The loop that makes its steps twice.

use crate::step_count::steps_of_the_faulty_loop;
use plot::{Legend, Marker, Picture, Plot, Style};

/// n against the steps that `while t < 1` makes.
pub(super) fn step_count() -> Picture {
    let made: Vec<_> =
        (1..=1000_u32).map(|n| (n, steps_of_the_faulty_loop(n as usize))).collect();
    let at = |&(n, steps): &(u32, usize)| (f64::from(n), steps as f64);
    let (right, twice): (Vec<_>, Vec<_>) =
        made.iter().partition(|(n, steps)| *steps == *n as usize);
    let hidden = [100, 500, 1000].map(|n: usize| at(&made[n - 1]));
    let spread = |set: &[(u32, usize)]| set.iter().map(at).collect::<Vec<_>>();
    let mut plot = Plot::new(640, 400)
        .x_label("steps asked for, $n$")
        .y_label("steps made")
        .x_range(0.0, 1060.0)
        .y_range(0.0, 2150.0)
        .legend(Legend::Above)
        .cloud(&spread(&twice), Style::color(1).size(2.2))
        .cloud(&spread(&right), Style::color(0).size(2.2))
        .text_at(
            690.0,
            1550.0,
            format!("$2n$: {} values of $n$", twice.len()),
            plot::Align::Left,
            Style::color(1),
        )
        .text_at(
            600.0,
            420.0,
            format!("$n$: {} values of $n$", right.len()),
            plot::Align::Right,
            Style::color(0),
        )
        .points(
            &hidden,
            Style::text()
                .size(10.0)
                .marker(Marker::Ring)
                .label("the usual choices: 100, 500, 1000"),
        );
    plot = plot.points(
        &[at(&made[9])],
        Style::color(2).size(9.0).marker(Marker::Square).label("$n = 10$ makes 20 steps"),
    );
    let first: Vec<_> = twice.iter().take(4).map(|(n, _)| n.to_string()).collect();
    let caption = format!(
        "How many steps the loop `while t < 1` makes, for every $n$ up to 1000. On the lower line are \
         the {} values of $n$ for which it does what it says; on the upper one the {}, beginning with \
         {}, for which $n$ additions of the rounded $1/n$ end a little below 1, and all steps are made \
         once more. The rings mark $n = 100$, $500$ and $1000$: nobody who tries the usual round \
         numbers sees anything wrong.",
        right.len(),
        twice.len(),
        first.join(", "),
    );
    let alt = format!(
        "Steps made against steps asked for, n from 1 to 1000. All points lie on one of two straight \
         lines through the origin. {} points lie on the lower one, where as many steps are made as \
         asked for, and {} on the upper one, where twice as many are made; the two kinds alternate \
         without a visible pattern. Rings at 100, 500 and 1000 are on the lower line, a square at \
         n = 10 is on the upper one.",
        right.len(),
        twice.len(),
    );
    Picture::new(plot.draw(), caption, alt)
}
