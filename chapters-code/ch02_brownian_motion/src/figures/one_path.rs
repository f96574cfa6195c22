//! One Brownian path, followed by steps of several lengths.

use crate::{BrownianTree, EulerMaruyama, GeometricBrownian, Milstein, follow};
use dynamics::{SdeMethod, Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Grid, Legend, Picture, Plot, Style};

/// Steps of the coarse solutions.
const STEPS: [usize; 3] = [4, 16, 64];
/// Points of the solution.
const FINE: usize = 256;

/// Euler–Maruyama and Milstein with 4, 16 and 64 steps, and the solution, on one path.
pub(super) fn one_path() -> Picture {
    let sde = GeometricBrownian { growth: 0.4, volatility: 1.2 };
    let tree = BrownianTree::<f64>::new(Stream::new(SEED + 7, "fig-one-path"), 1.0);
    let fine = TimeGrid::new(0.0, 1.0, FINE);
    let solution: Vec<_> =
        fine.times().map(|t| (t, sde.solution(1.0, t, tree.at(t)))).collect();
    let end = solution[FINE].1;
    let (euler, mut far) = panel("Euler–Maruyama", EulerMaruyama, sde, &tree, &solution);
    let (milstein, near) = panel("Milstein", Milstein, sde, &tree, &solution);
    far.extend(near);
    let off = |k: usize| number((far[k] - end).abs());
    let caption = format!(
        "$dX=0.4\\,X\\,dt+1.2\\,X\\,dW$ along one Brownian path, which is asked on every grid. Solid: \
         the solution. The other lines: what two methods make of the same path with 4, 16 and 64 steps. \
         At $t=1$ Euler–Maruyama is off by {}, {} and {}, Milstein's method by {}, {} and {}.",
        off(0),
        off(1),
        off(2),
        off(3),
        off(4),
        off(5),
    );
    let alt = format!(
        "Two panels with the same jagged solid curve over the time from 0 to 1. In each, three \
         polygons with 4, 16 and 64 pieces follow it, the finer the closer. On the left, by \
         Euler–Maruyama, the coarse ones end far from the solid curve, by {}, {} and {}; on the \
         right, by Milstein's method, by {}, {} and {}.",
        off(0),
        off(1),
        off(2),
        off(3),
        off(4),
        off(5),
    );
    let grid = Grid::new(2).shared_axes().add(euler).add(milstein);
    Picture::new(grid.draw(), caption, alt)
}

/// One method's polygons, and where they end.
fn panel<M: SdeMethod<GeometricBrownian, f64, f64>>(
    name: &str,
    method: M,
    sde: GeometricBrownian,
    tree: &BrownianTree<f64>,
    solution: &[(f64, f64)],
) -> (Plot, Vec<f64>) {
    let mut plot = Plot::new(350, 330)
        .title(name)
        .x_label("$t$")
        .y_label("$X_t$")
        .x_range(-0.04, 1.08)
        .legend(Legend::Above)
        .line(solution, Style::text().solid().width(1.1).label("solution"));
    let mut ends = Vec::new();
    for (k, n) in (0_u8..).zip(STEPS) {
        let times: Vec<f64> = TimeGrid::new(0.0, 1.0, n).times().collect();
        let path = tree.path(times.iter().copied());
        let states = follow(&method, &sde, &times, &path, 1.0);
        ends.push(states[n]);
        let line: Vec<_> = times.into_iter().zip(states).collect();
        let style = Style::color(k).width(1.6).label(format!("{n} steps"));
        plot = plot.line(&line, style);
    }
    (plot, ends)
}
