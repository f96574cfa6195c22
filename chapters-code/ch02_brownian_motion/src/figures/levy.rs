//! Lévy's construction: a polygon, and the polygon with twice the corners.

use crate::BrownianTree;
use dynamics::{Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Grid, Legend, Picture, Plot, Style};

/// The levels shown: 2ⁿ cells each.
const LEVELS: [u32; 6] = [0, 1, 2, 3, 5, 9];

/// Six polygons of one path, each over the one before it.
pub(super) fn levy() -> Picture {
    let path = BrownianTree::<f64>::new(Stream::new(SEED, "polygons of a path"), 1.0);
    let polygon = |n: u32| -> Vec<(f64, f64)> {
        TimeGrid::new(0.0, 1.0, 1 << n).times().map(|t| (t, path.at(t))).collect()
    };
    let mut grid = Grid::new(3).shared_axes();
    for n in LEVELS {
        let mut plot = Plot::new(240, 200)
            .title(format!("$n = {n}$"))
            .x_label("$t$")
            .x_range(0.0, 1.14)
            .y_range(-1.6, 1.6)
            .legend(Legend::Hidden);
        if n > 0 {
            let before = polygon(n - 1);
            plot = plot.line(&before, Style::text().width(1.0).solid().alpha(0.5));
        }
        let corners = polygon(n);
        plot = plot.line(&corners, Style::color(0).width(1.5).solid());
        if n <= 3 {
            plot = plot.points(&corners, Style::color(0).size(4.5));
        }
        grid = grid.add(plot);
    }
    let moved: Vec<_> = LEVELS
        .iter()
        .filter(|&&n| n > 0)
        .map(|&n| {
            let fine = polygon(n);
            let cells = fine.windows(3).step_by(2);
            number(
                cells
                    .map(|w| (w[1].1 - (w[0].1 + w[2].1) / 2.0).abs())
                    .fold(0.0, f64::max),
            )
        })
        .collect();
    let caption = format!(
        "Lévy's construction. The polygon $n$ (blue) has $2^n$ pieces; it keeps the corners of the one before \
         (grey) and moves the middle of each of its pieces by a normal number of variance a quarter of the piece's length. The \
         largest moves that lead to $n = 1, 2, 3, 5, 9$ are {}.",
        moved.join(", "),
    );
    let alt = format!(
        "Six panels. The first shows a straight line from 0 at time 0 to a random value at time 1. In the \
         second its middle has been moved, in the third the middles of both halves, and so on; each \
         panel shows the polygon before in grey. The moves become smaller, from {} to {}, and the \
         last polygon, with 512 pieces, is a jagged path that hides the one before.",
        moved[0], moved[4],
    );
    Picture::new(grid.draw(), caption, alt)
}
