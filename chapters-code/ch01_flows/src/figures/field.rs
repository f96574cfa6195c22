//! A field, some trajectories, and the flow of a square.

use super::{arrows, lattice, moved, pairs, square};
use crate::fields::Shear;
use crate::{Rk4, trajectory};
use dynamics::{Point, TimeGrid, VectorField};
use plot::{Grid, Legend, Picture, Plot, Style};

/// The window on the plane.
pub(super) const XS: (f64, f64) = (-1.6, 4.4);
/// Its other side.
pub(super) const YS: (f64, f64) = (-2.2, 2.4);
/// Middle and half-width of the square that is carried.
pub(super) const SQUARE: ((f64, f64), f64) = ((-0.4, 0.9), 0.5);

/// Where the trajectories start that are drawn as lines.
const STARTS: [(f64, f64); 4] = [(-0.9, -1.5), (0.4, -0.2), (0.6, 1.5), (3.4, -1.3)];

/// The field, a square and four particles at t = 0 and t = 2.
pub(super) fn flow_field() -> Picture {
    let svg = Grid::new(2).shared_axes().add(panel(0.0)).add(panel(2.0)).draw();
    let caption = "A flow at two times. Grey arrows are the *field* \
        $u_t(x)=(x_2+\\cos t,\\ -\\sin x_1)$ at that moment: it changes while we watch. Blue \
        lines are four *trajectories*, each from its ring at $t=0$ to its dot at $t=2$. The lattice \
        is the *flow*: every point of it follows a trajectory of its own, and $\\psi_2$ takes the \
        upright lattice to the bent one.";
    let alt = "Two panels of the same plane, at times 0 and 2, with light arrows of a field; the \
        arrows of the second panel differ from those of the first. In the first panel a square \
        lattice stands upright on the left, and four rings mark starting points. In the second, its \
        place is outlined with dots, and the lattice has moved to the lower right and is bent into a \
        slanted, pointed strip; no line of it crosses its neighbour. From each ring a curved line \
        has grown, ending in a dot.";
    Picture::new(svg, caption, alt)
}

/// How the square's first place is drawn.
pub(super) fn before() -> Style {
    Style::text().width(1.2).dotted().alpha(0.7)
}

/// Everything at time t.
fn panel(t: f64) -> Plot {
    let quiver = arrows(|x| Shear.velocity(t, x), (10, 8), XS, YS, 3.4);
    let mut plot = Plot::new(360, 310)
        .title(format!("$t = {t}$"))
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(XS.0, XS.1)
        .y_range(YS.0, YS.1)
        .equal_aspect()
        .legend(Legend::Hidden)
        .arrows(&quiver, Style::text().width(0.9).alpha(0.35));
    if t > 0.0 {
        plot = plot.line(&pairs(&square(SQUARE.0, SQUARE.1, 1)), before());
    }
    for line in lattice(SQUARE.0, SQUARE.1, 4) {
        plot = plot.line(&pairs(&moved(&Shear, &line, t)), Style::color(1).width(0.8));
    }
    let outline = moved(&Shear, &square(SQUARE.0, SQUARE.1, 12), t);
    plot = plot.line(&pairs(&outline), Style::color(1).width(1.8));
    for start in STARTS {
        let x0 = Point::<2>::new(start.0, start.1);
        plot =
            plot.points(&[start], Style::color(0).marker(plot::Marker::Ring).size(6.0));
        if t > 0.0 {
            let path = trajectory(&Rk4, &Shear, TimeGrid::new(0.0, t, 40), x0);
            let end = path[path.len() - 1];
            plot = plot
                .line(&pairs(&path), Style::color(0).width(1.6))
                .points(&[(end.x, end.y)], Style::color(0).size(5.0));
        }
    }
    plot
}
