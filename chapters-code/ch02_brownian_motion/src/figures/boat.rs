//! A boat with three coordinates and two noises: some paths, and where many boats end.

use crate::{Boat, EulerMaruyama, simulate, simulate_paths};
use dynamics::{Point, Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Legend, Picture, Plot, Style};

/// Boats whose ends are drawn.
const BOATS: usize = 4000;

/// Paths of a few boats and a cloud of ends.
pub(super) fn boat() -> Picture {
    let sde = Boat { speed: 1.0, surge: 0.12, turning: 0.5 };
    let grid = TimeGrid::new(0.0, 3.0, 120);
    let start = Point::<3>::zeros();
    let mut ends = vec![start; BOATS];
    simulate(&EulerMaruyama, &sde, grid, Stream::new(SEED, "fig-boat, ends"), &mut ends)
        .expect("a boat moves a bounded way in a step");
    let paths = simulate_paths(
        &EulerMaruyama,
        &sde,
        grid,
        Stream::new(SEED, "fig-boat"),
        &[start; 7],
    )
    .expect("a boat moves a bounded way in a step");
    let place = |x: &Point<3>| (x.x, x.y);
    let cloud: Vec<_> = ends.iter().map(place).collect();
    let mut plot = Plot::new(520, 480)
        .x_label("$x$")
        .y_label("$y$")
        .equal_aspect()
        .legend(Legend::Above)
        .cloud(&cloud, Style::color(0).size(1.6).alpha(0.5).label("ends of 4000 boats"));
    for path in &paths {
        let line: Vec<_> = path.iter().map(place).collect();
        plot = plot.line(&line, Style::color(1).solid().width(1.2).label("seven paths"));
    }
    let mean = Point::<2>::new(
        cloud.iter().map(|p| p.0).sum::<f64>() / BOATS as f64,
        cloud.iter().map(|p| p.1).sum::<f64>() / BOATS as f64,
    );
    let plot = plot.points(
        &[(mean.x, mean.y)],
        Style::text().marker(plot::Marker::Cross).size(9.0).label("their mean"),
    );
    let square = cloud.iter().map(|p| p.0 * p.0 + p.1 * p.1).sum::<f64>() / BOATS as f64;
    let caption = format!(
        "Boats that start at the origin, head to the right, and sail for three units of time \
         with $v=1$, $s=0.12$, $c=0.5$. The noise in a boat's state is Gaussian in every step, and yet \
         the ends fill a crescent: the direction of the push depends on the heading, \
         and the heading has wandered. The mean place of all, the cross, lies at the inner \
         rim of the crescent, where few boats are. The mean \
         square distance from the origin is {} in this picture, and {} by the formula below.",
        number(square),
        number(sde.mean_square_distance(grid.end)),
    );
    let alt = format!(
        "A plane with seven wavering paths that leave one point and fan out to the right. A cloud \
         of {BOATS} dots, the ends, forms a crescent about three units from the start, open \
         towards it and thinning out at its horns. A cross, the mean of the dots, lies inside the \
         bow of the crescent, to the left of most dots."
    );
    Picture::new(plot.draw(), caption, alt)
}
