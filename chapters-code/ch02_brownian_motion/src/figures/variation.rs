//! Squares of increments add up to the time.

use crate::{BrownianTree, increments};
use dynamics::{Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Align, Legend, Picture, Plot, Style};

/// Squares added up along one path, on three grids.
pub(super) fn variation() -> Picture {
    let path = BrownianTree::<f64>::new(Stream::new(SEED, "squares added up"), 1.0);
    let mut plot = Plot::new(600, 400)
        .x_label("$t$")
        .y_label("sum of the squares so far")
        .x_range(0.0, 1.18)
        .y_range(0.0, 1.5)
        .legend(Legend::Hidden)
        .line(&[(0.0, 0.0), (1.0, 1.0)], Style::text().width(3.0).solid().alpha(0.35));
    let mut ends = Vec::new();
    for (color, n) in (0..).zip([16, 128, 4096]) {
        let grid = TimeGrid::new(0.0, 1.0, n);
        let values = path.path(grid.times());
        let mut sum = 0.0;
        let mut curve = vec![(0.0, 0.0)];
        for (dw, t) in increments(&values).iter().zip(grid.times().skip(1)) {
            // A stair: the square of a step counts from its end on.
            if n <= 128 {
                curve.push((t, sum));
            }
            sum += dw * dw;
            curve.push((t, sum));
        }
        let curve: Vec<_> =
            curve.into_iter().step_by(if n > 128 { 16 } else { 1 }).collect();
        plot = plot.line(&curve, Style::color(color).width(1.7).solid()).text_at(
            1.0,
            sum,
            format!("$n = {n}$"),
            Align::Right,
            Style::color(color),
        );
        ends.push(number(sum));
    }
    let end = number(path.at(1.0));
    let caption = format!(
        "Squares of the increments of one path, added up as time goes on, on grids of $16$, $128$ and $4096$ steps. \
         At $t=1$ the sums are {}; the expected deviations from $1$ are $\\sqrt{{2/n}}$, that is $0.35$, $0.125$ and $0.022$. The \
         increments themselves add up to $W_1 = {end}$ on each of the grids.",
        ends.join(", "),
    );
    let alt = format!(
        "Three rising curves over time from 0 to 1 beside the straight diagonal. The first is a coarse \
         stair of 16 steps of very different heights and ends at {}, the second a finer stair that \
         ends at {}, the third, of 4096 steps, can hardly be told from the diagonal.",
        ends[0], ends[1],
    );
    Picture::new(plot.draw(), caption, alt)
}
