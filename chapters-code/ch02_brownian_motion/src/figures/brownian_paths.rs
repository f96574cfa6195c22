//! A hundred paths, and the same hundred for four strengths of the noise.

use crate::paths::{END, NOISES, PATHS, paths as drawn, sigma_sweep};
use crate::quadratic_variation;
use dynamics::TimeGrid;
use evidence::{SEED, mean_and_error, number};
use plot::{Grid, Legend, Picture, Plot, Style};

/// Steps of a path, and of those drawn every which one.
const STEPS: usize = 500;
const EVERY: usize = 20;

/// Every `every`-th value of a path, with its time.
fn curve(path: &[f64], every: usize) -> Vec<(f64, f64)> {
    let grid = TimeGrid::new(0.0, END, path.len() - 1);
    grid.times().zip(path.iter().copied()).step_by(every).collect()
}

/// The band ±2 g √t, in which a value lies with a probability of 95 %.
fn band(g: f64) -> Vec<(f64, f64, f64)> {
    let grid = TimeGrid::new(0.0, END, 50);
    grid.times().map(|t| (t, -2.0 * g * t.sqrt(), 2.0 * g * t.sqrt())).collect()
}

/// The hundred paths of the experiment, one of them in full.
pub(super) fn paths() -> Picture {
    let paths = drawn(SEED, STEPS);
    let mut plot = Plot::new(640, 420)
        .x_label("$t$")
        .y_label("$W_t$")
        .x_range(0.0, END)
        .y_range(-7.0, 7.0)
        .legend(Legend::Hidden)
        .band(&band(1.0), Style::text().alpha(0.1));
    for path in &paths[1..] {
        plot = plot.line(&curve(path, EVERY), Style::color(0).width(0.5).solid());
    }
    plot = plot.line(&curve(&paths[0], 1), Style::color(1).width(1.4).solid());
    let ends: Vec<f64> = paths.iter().map(|path| path[STEPS]).collect();
    let (_, error) = mean_and_error(ends.iter().copied());
    let variance = error * error * PATHS as f64;
    let outside = ends.iter().filter(|w| w.abs() > 2.0 * END.sqrt()).count();
    let squares = quadratic_variation(&paths[0]);
    let [variance, squares] = [variance, squares].map(number);
    let caption = format!(
        "{PATHS} paths of Brownian motion on $[0, 5]$, each drawn in {STEPS} steps. One of them is shown \
         with all its {} values, the others with every twentieth. The grey band is $\\pm2\\sqrt t$: at the end \
         {outside} paths are outside. The ends have the variance {variance}, for $5$; the squares of the steps of the \
         single thick path alone add up to {squares}.",
        STEPS + 1,
    );
    let alt = format!(
        "A hundred jagged curves over time from 0 to 5 that all start at 0 and fan out to both sides. \
         Their spread grows fast at first, then more slowly, like the lying parabola shaded behind them; \
         {outside} of them end outside of it. One curve is drawn in another colour and with more detail; \
         it is jagged on every scale."
    );
    Picture::new(plot.draw(), caption, alt)
}

/// The sweep over the strength of the noise, with common axes.
pub(super) fn sweep() -> Picture {
    let panels = sigma_sweep(SEED);
    let mut grid = Grid::new(2).shared_axes();
    for (panel, g) in panels.iter().zip(NOISES) {
        let mut plot = Plot::new(360, 230)
            .title(format!("$g = {g}$"))
            .x_label("$t$")
            .y_label("$X_t$")
            .x_range(0.0, END)
            .y_range(-13.0, 13.0)
            .legend(Legend::Hidden)
            .band(&band(g), Style::text().alpha(0.1));
        for path in &panel[1..] {
            plot = plot.line(&curve(path, 10), Style::color(0).width(0.5).solid());
        }
        plot = plot.line(&curve(&panel[0], 1), Style::color(1).width(1.4).solid());
        grid = grid.add(plot);
    }
    let variances = panels.iter().map(|panel| {
        let (_, error) = mean_and_error(panel.iter().map(|path| path[100]));
        number(error * error * PATHS as f64)
    });
    let variances: Vec<_> = variances.collect();
    let expected = NOISES.map(|g| number(END * g * g)).join(", ");
    let caption = format!(
        "The same {PATHS} paths of $X_t = g\\,W_t$ for four strengths of the noise, with one vertical scale and \
         the bands $\\pm2g\\sqrt t$; one path is drawn thick, the others with every tenth value. All panels use the same draws, so each is a multiple of the others. Variances of \
         the ends: {}, for $5g^2 = {expected}$.",
        variances.join(", "),
    );
    let alt = "Four panels with the same axes, time from 0 to 5 and values from −13 to 13. A hundred \
        jagged curves start at 0 in each, one of them drawn thick. In the first they stay so close to 0 \
        that they make one dark line; in the others the fan opens wider and wider, and the thick curve has the same \
        shape in all of them.";
    Picture::new(grid.draw(), caption, alt)
}
