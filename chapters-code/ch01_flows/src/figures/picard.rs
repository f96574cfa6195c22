//! Picard iterates closing in on eᵗ.

use crate::picard::picard as iterates;
use dynamics::TimeGrid;
use evidence::number;
use plot::{Legend, Picture, Plot, Style};

/// The last iterate that is drawn.
const LAST: usize = 5;

/// The iterates k = 0 … 5 for u(x) = x from 1, and the exponential they approach.
pub(super) fn picard() -> Picture {
    let grid = TimeGrid::new(0.0, 2.0, 80);
    let paths = iterates(&|_: f64, x: &f64| *x, grid, 1.0, LAST);
    let curve = |path: &[f64]| grid.times().zip(path.iter().copied()).collect::<Vec<_>>();
    let exact: Vec<_> = grid.times().map(|t| (t, t.exp())).collect();
    let mut plot = Plot::new(560, 400)
        .x_label("$t$")
        .y_label("$x$")
        .x_range(0.0, 2.42)
        .y_range(0.8, 7.7)
        .legend(Legend::Hidden)
        .line(&exact, Style::text().width(3.0).solid().alpha(0.35))
        .text_at(2.0, 7.62, "$e^t$", plot::Align::Right, Style::text());
    for (color, path) in (0..).zip(&paths) {
        plot = plot.line(&curve(path), Style::color(color).width(1.7).solid());
        let label = format!("$X^{{({color})}}$");
        // The last ends lie close together: their names are moved apart.
        let end = path[grid.steps] - if color == 4 { 0.08 } else { 0.0 };
        plot = plot.text_at(2.0, end, label, plot::Align::Right, Style::color(color));
    }
    let errors: Vec<_> =
        paths.iter().map(|p| number((2.0_f64).exp() - p[grid.steps])).collect();
    let caption = format!(
        "Picard's iteration for $u(x) = x$ from $1$. The first guess $X^{{(0)}}$ does not move; each \
         round integrates the velocities along the guess before. Every iterate stays with the \
         exponential (thick, grey) a little longer: at $t = 2$ the rounds $0$ to ${LAST}$ are off by {}.",
        errors.join(", "),
    );
    let alt = format!(
        "Curves over time from 0 to 2, all starting at 1. A thick grey curve is the exponential, which \
         ends at {}. The guess of round 0 is a level line, that of round 1 a straight slope, and each \
         further one bends up longer along the exponential before it falls behind; round {LAST} can \
         hardly be told from it.",
        number(2.0_f64.exp()),
    );
    Picture::new(plot.draw(), caption, alt)
}
