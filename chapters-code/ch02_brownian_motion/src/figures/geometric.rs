//! Growth with noise in proportion: most paths are far below the mean.

use crate::{BrownianTree, GeometricBrownian};
use dynamics::{Increment, Stream, TimeGrid};
use evidence::SEED;
use plot::{Legend, Picture, Plot, Style};

/// Paths drawn.
const PATHS: u64 = 14;

/// Paths of geometric Brownian motion on a logarithmic axis, with mean and median.
pub(super) fn geometric() -> Picture {
    let sde = GeometricBrownian { growth: 0.1, volatility: 0.7 };
    let (end, x0) = (12.0, 1.0);
    let grid = TimeGrid::new(0.0, end, 160);
    let mut plot =
        Plot::new(640, 400).x_label("$t$").y_label("$X_t$").log_y().legend(Legend::Above);
    for k in 0..PATHS {
        let tree = BrownianTree::<f64>::new(Stream::new(SEED + k, "fig-gbm"), end);
        let path: Vec<_> =
            grid.times().map(|t| (t, sde.solution(x0, t, tree.at(t)))).collect();
        plot = plot.line(&path, Style::color(0).solid().width(0.9).alpha(0.55));
    }
    let curve =
        |f: &dyn Fn(f64) -> f64| -> Vec<_> { [0.0, end].map(|t| (t, f(t))).to_vec() };
    let plot = plot
        .line(
            &curve(&|t| sde.mean(x0, t)),
            Style::color(1).dashed().width(2.4).label("mean"),
        )
        .line(
            &curve(&|t| sde.median(x0, t)),
            Style::color(2).solid().width(2.4).label("median"),
        );
    // How many of many paths end below their start, and above the mean.
    let mut generator = Stream::new(SEED, "fig-gbm, ends").generator();
    let draws = 20_000;
    let ends: Vec<_> = (0..draws)
        .map(|_| sde.solution(x0, end, f64::draw(end.sqrt(), &mut generator)))
        .collect();
    let percent = |f: &dyn Fn(f64) -> bool| {
        100.0 * ends.iter().filter(|x| f(**x)).count() as f64 / f64::from(draws)
    };
    let (below, above) = (percent(&|x| x < x0), percent(&|x| x > sde.mean(x0, end)));
    let caption = format!(
        "{PATHS} paths of $dX=0.1\\,X\\,dt+0.7\\,X\\,dW$ from $X_0=1$; the vertical axis is \
         logarithmic, so that an exponential is a straight line. The mean grows to {:.2}, while \
         the median sinks to {:.2}. Of {draws} paths {below:.0} % end below their start and only \
         {above:.0} % above the mean: the mean is made by a few.",
        sde.mean(x0, end),
        sde.median(x0, end),
    );
    let alt = format!(
        "Jagged curves spread out from the value 1 over the time from 0 to 12 on a logarithmic \
         axis. A dashed straight line, the mean, rises to {:.2}; a solid straight line, the \
         median, falls to {:.2}. Most curves end below the mean, about half of them below the \
         median, and they spread over several decades.",
        sde.mean(x0, end),
        sde.median(x0, end),
    );
    Picture::new(plot.draw(), caption, alt)
}
