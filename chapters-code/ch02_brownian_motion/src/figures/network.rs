//! Particles in a random network's field, with noise of strength 1.

use crate::experiments::{diffused, diffusion_many, diffusion_single};
use ch01_flows::figures::{arrows, pairs};
use dynamics::Point;
use evidence::{SEED, number};
use plot::{Legend, Marker, Picture, Plot, Style};

/// One particle over the field that pushes it, and the path it would take without noise.
pub(super) fn single() -> Picture {
    let (network, path) = diffusion_single(SEED);
    let quiet = diffused(&network, 0.0, 1, 100, SEED).expect("finite").remove(0);
    let all = || path.iter().chain(&quiet);
    let low = all().fold(path[0], |a, x| a.inf(x));
    let high = all().fold(path[0], |a, x| a.sup(x));
    let (middle, half) = ((low + high) / 2.0, 0.62 * (high - low).amax());
    let (xs, ys) =
        ((middle.x - half, middle.x + half), (middle.y - half, middle.y + half));
    let longest = all().map(|x| network.output(x).norm()).fold(0.0, f64::max);
    let quiver = arrows(|x| network.output(x), (12, 12), xs, ys, longest);
    let svg = Plot::new(480, 460)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(xs.0, xs.1)
        .y_range(ys.0, ys.1)
        .equal_aspect()
        .legend(Legend::Above)
        .arrows(&quiver, Style::text().width(1.0).alpha(0.3))
        .line(&pairs(&path), Style::color(0).width(1.4).solid().label("$g = 1$"))
        .line(
            &pairs(quiet.iter().step_by(10)),
            Style::color(1).width(2.0).dashed().label("$g = 0$"),
        )
        .points(
            &pairs(&path[..1]),
            Style::color(2).size(9.0).marker(Marker::Ring).label("start"),
        )
        .points(&pairs(&path[100..]), Style::color(0).size(7.0).marker(Marker::Circle))
        .points(&pairs(&quiet[100..]), Style::color(1).size(7.0).marker(Marker::Square))
        .draw();
    let length =
        |path: &[Point<2>]| path.windows(2).map(|x| (x[1] - x[0]).norm()).sum::<f64>();
    let [long, short, apart] =
        [length(&path), length(&quiet), (path[100] - quiet[100]).norm()].map(number);
    let caption = format!(
        "One particle in the field of the network of chapter 1, now with noise of strength $g=1$ \
         (solid), and the path it takes without noise (dashed). Both have 100 steps to $t=1$. The dashed \
         path follows the arrows; of the solid one they explain hardly anything. It is {long} long where \
         the dashed one is {short}, and ends {apart} away from it."
    );
    let alt = format!(
        "A square of the plane with light arrows, most of them pointing to the left. From one ring \
         two lines start: a short, smooth, dashed one along the arrows, and a long, jagged one that \
         wanders in all directions and ends {apart} away from the end of the first."
    );
    Picture::new(svg, caption, alt)
}

/// A hundred particles in the same field.
pub(super) fn many() -> Picture {
    let (network, paths) = diffusion_many(SEED, 100);
    let ends = |i: usize| paths.iter().map(|path| path[i]).collect::<Vec<_>>();
    let window = (-4.6, 4.6);
    let quiver = arrows(|x| network.output(x), (16, 16), window, window, 1.6);
    let mut plot = Plot::new(520, 500)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(window.0, window.1)
        .y_range(window.0, window.1)
        .equal_aspect()
        .legend(Legend::Above)
        .arrows(&quiver, Style::text().width(0.9).alpha(0.25));
    for path in &paths {
        let thinned = pairs(path.iter().step_by(4));
        plot = plot.line(&thinned, Style::color(0).width(0.7).solid().alpha(0.45));
    }
    let svg = plot
        .points(
            &pairs(&ends(0)),
            Style::color(1).size(4.5).marker(Marker::Ring).label("$t = 0$"),
        )
        .points(
            &pairs(&ends(100)),
            Style::color(2).size(4.5).marker(Marker::Circle).label("$t = 1$"),
        )
        .draw();
    let spread = |cloud: &[Point<2>]| {
        let n = cloud.len() as f64;
        let mean: Point<2> = cloud.iter().sum::<Point<2>>() / n;
        (cloud.iter().map(|x| (x - mean).norm_squared()).sum::<f64>() / n).sqrt()
    };
    let [before, after] = [spread(&ends(0)), spread(&ends(100))].map(number);
    let caption = format!(
        "A hundred particles in the same field, each with noise of its own (every fourth of the 101 \
         points is drawn). Their root mean square distance from their common centre goes from {before} \
         to {after}. Paths cross one another freely: where one particle comes to a place at which another \
         has been, it goes on by a way of its own, because their noises differ."
    );
    let alt = format!(
        "A plane with light arrows and a hundred jagged lines that overlap in a tangle round the \
         origin. Rings mark the starts, dots the ends; the dots are scattered more widely than the \
         rings, with a spread of {after} against {before}."
    );
    Picture::new(svg, caption, alt)
}
