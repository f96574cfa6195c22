//! Which noise drives the way back.

use crate::film::{Driver, backward, grid, own_reversed, paths, way_back};
use evidence::{SEED, mean_and_error, number};
use plot::{Grid, Legend, Picture, Plot, Style};

/// A film, and two ways back from its end; and the spread of 2000 ways.
pub(super) fn noise() -> Picture {
    let paths = paths(2000, SEED);
    let grid = grid();
    let n = grid.steps;
    let film: Vec<_> =
        (0..=n).step_by(2).map(|i| (grid.time(i), paths[0].places[i])).collect();
    let back = |driver: Driver| -> Vec<_> {
        let places = way_back(&paths[0], driver);
        (0..=n).step_by(2).map(|k| (grid.time(n - k), places[k])).collect()
    };
    let spread = |driver: Driver| -> Vec<(f64, f64)> {
        let ways: Vec<_> = paths.iter().map(|path| way_back(path, driver)).collect();
        let variance = |k: usize| {
            let squares = ways.iter().map(|way| way[k] * way[k]);
            mean_and_error(squares).0
        };
        (0..=n).step_by(5).map(|k| (grid.time(n - k), variance(k))).collect()
    };
    let (true_spread, own_spread) = (spread(backward), spread(own_reversed));
    let first = Plot::new(310, 270)
        .title("one film")
        .x_label("$t$")
        .y_label("$X_t$")
        .x_range(0.0, 1.0)
        .legend(Legend::Above)
        .line(&film, Style::text().width(3.0).solid().alpha(0.3).label("forwards"))
        .line(
            &back(backward),
            Style::color(0).width(1.2).solid().label("noise read off the film"),
        )
        .line(
            &back(own_reversed),
            Style::color(1).width(1.2).solid().label("forward noise, read backwards"),
        );
    let second = Plot::new(310, 270)
        .title("variance over 2000 films")
        .x_label("$t$")
        .x_range(0.0, 1.0)
        .y_range(0.0, 1.2)
        .horizontal(1.0, Style::text().width(1.0).dashed())
        .line(&true_spread, Style::color(0).width(1.6).solid())
        .line(&own_spread, Style::color(1).width(1.6).solid());
    let svg = Grid::new(2).add(first).add(second).draw();
    let end = |spread: &[(f64, f64)]| number(spread[spread.len() - 1].1);
    let (kept, lost) = (end(&true_spread), end(&own_spread));
    let caption = format!(
        "A process at rest, $dX=-X\\,dt+\\sqrt2\\,dW$ with the law $\\mathcal N(0,1)$, is filmed and run back from the end of the film. \
         With the increments of $\\bar W$ the way back is the film itself; with the increments of $W$, read backwards, it is another path. Right: over 2000 films \
         the variance at the start is {kept} for the one and {lost} for the other. It should be 1 throughout."
    );
    let alt = format!(
        "Two panels. In the first a jagged grey path is covered by a blue one, while an orange path that starts at \
         the same right end runs closer to zero. In the second the blue variance stays near the dashed line at one \
         from right to left, and the orange one falls to {lost} at the left."
    );
    Picture::new(svg, caption, alt)
}
