//! Particles in the field of a random network.

use super::{arrows, pairs};
use crate::experiments::{many_particles, network};
use crate::fields::Network;
use dynamics::Point;
use evidence::{SEED, number};
use plot::{Legend, Marker, Picture, Plot, Style};

/// Steps of Euler's method.
const STEPS: usize = 100;

/// The network of the experiments and the paths of `count` particles: those of the claims.
fn paths(count: usize) -> (Network<2>, Vec<Vec<Point<2>>>) {
    (network(SEED), many_particles(SEED, count, STEPS))
}

/// One particle over the field that moves it.
pub(super) fn single() -> Picture {
    let (network, paths) = paths(1);
    let path = &paths[0];
    let (start, end) = (path[0], path[STEPS]);
    // A square window round the path, wide enough to see the field bend.
    let middle = (start + end) / 2.0;
    let half = 1.4 * (end - start).amax();
    let (xs, ys) =
        ((middle.x - half, middle.x + half), (middle.y - half, middle.y + half));
    let longest = path.iter().map(|x| network.output(x).norm()).fold(0.0, f64::max);
    let quiver = arrows(|x| network.output(x), (12, 12), xs, ys, longest);
    let length: f64 = path.windows(2).map(|p| (p[1] - p[0]).norm()).sum();
    let svg = Plot::new(480, 460)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(xs.0, xs.1)
        .y_range(ys.0, ys.1)
        .equal_aspect()
        .arrows(&quiver, Style::text().width(1.0).alpha(0.35))
        .line(&pairs(path), Style::color(0).width(2.4).solid().label("path"))
        .points(
            &pairs(&path[..1]),
            Style::color(1).size(9.0).marker(Marker::Ring).label("$t = 0$"),
        )
        .points(
            &pairs(&path[STEPS..]),
            Style::color(2).size(9.0).marker(Marker::Circle).label("$t = 1$"),
        )
        .draw();
    let [x, y, u, v, length] = [start.x, start.y, end.x, end.y, length].map(number);
    let caption = format!(
        "One particle in the field of a network with ten hidden units whose weights were drawn, not \
         trained. It starts at $({x}, {y})$, a draw from $\\mathcal N(0, I)$, and {STEPS} steps of \
         Euler's method take it to $({u}, {v})$ along a path of length {length}. The arrows are the \
         field; the path runs along them everywhere."
    );
    let alt = format!(
        "A square of the plane filled with light arrows that change direction slowly from place to \
         place. A single smooth line follows them from a ring at ({x}, {y}), the start, to a dot at \
         ({u}, {v}), the end."
    );
    Picture::new(svg, caption, alt)
}

/// A hundred particles in the same field.
pub(super) fn many() -> Picture {
    let (network, paths) = paths(100);
    let ends =
        |i: usize| paths.iter().map(|path| (path[i].x, path[i].y)).collect::<Vec<_>>();
    let (xs, ys) = ((-3.9, 3.9), (-3.9, 3.9));
    let quiver = arrows(|x| network.output(x), (16, 16), xs, ys, 1.6);
    let mut plot = Plot::new(560, 520)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(xs.0, xs.1)
        .y_range(ys.0, ys.1)
        .equal_aspect()
        .legend(Legend::Above)
        .arrows(&quiver, Style::text().width(0.9).alpha(0.25));
    for path in &paths {
        // Every fifth of the 101 points: the paths bend slowly.
        let thinned: Vec<_> = path.iter().step_by(5).copied().collect();
        plot = plot.line(&pairs(&thinned), Style::color(0).width(1.0).solid().alpha(0.7));
    }
    let svg = plot
        .points(&ends(0), Style::color(1).size(4.5).marker(Marker::Ring).label("$t = 0$"))
        .points(
            &ends(STEPS),
            Style::color(2).size(4.5).marker(Marker::Circle).label("$t = 1$"),
        )
        .draw();
    let count = paths.len() as f64;
    let travelled: f64 =
        paths.iter().map(|path| (path[STEPS] - path[0]).norm()).sum::<f64>() / count;
    let spread = |i: usize| {
        let mean =
            paths.iter().fold(Point::<2>::zeros(), |sum, path| sum + path[i] / count);
        (paths.iter().map(|path| (path[i] - mean).norm_squared()).sum::<f64>() / count)
            .sqrt()
    };
    let [travelled, before, after] = [travelled, spread(0), spread(STEPS)].map(number);
    let caption = format!(
        "A hundred particles from $\\mathcal N(0, I)$ in the same field, each on its own path from its \
         ring to its dot. On average they end {travelled} from where they began, and their distance \
         from their common centre (root mean square) goes from {before} to {after}. Neighbours stay \
         neighbours: no path passes through another particle."
    );
    let alt = format!(
        "A plane with light arrows and a hundred short curved lines, each from a ring to a dot. The \
         rings are scattered round the origin. Lines next to one another run almost side by side, and \
         the directions change gradually across the plane; on average a dot is {travelled} from its \
         ring."
    );
    Picture::new(svg, caption, alt)
}
