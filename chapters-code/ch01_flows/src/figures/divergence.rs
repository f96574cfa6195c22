//! Divergence decides about area.

use super::{area, arrows, pairs};
use crate::fields::shear;
use crate::{Rk4, integrate};
use dynamics::{Point, TimeGrid, VectorField};
use evidence::number;
use plot::{Grid, Picture, Plot, Style};
use std::f64::consts::TAU;

/// u(x) = x/2, with divergence 1: areas grow like eᵗ.
fn expanding(_: f64, x: &Point<2>) -> Point<2> {
    x * 0.5
}

/// A disc carried by a field with divergence 1 and by one without.
pub(super) fn divergence() -> Picture {
    let disc: Vec<_> = (0..=120)
        .map(|i| TAU * f64::from(i) / 120.0)
        .map(|a| Point::<2>::new(0.9 + 0.5 * a.cos(), 0.6 + 0.5 * a.sin()))
        .collect();
    let (left, grown) = panel(&disc, &expanding, "$\\nabla\\cdot u = 1$");
    let (right, kept) = panel(&disc, &shear, "$\\nabla\\cdot u = 0$");
    let before = area(&disc);
    let svg = Grid::new(2).shared_axes().add(left).add(right).draw();
    let caption = format!(
        "The same disc, of area {b}, carried for one unit of time. Left, $u = x/2$ has divergence 1 \
         everywhere and the area becomes {g}, which is $e$ times as much. Right, \
         $u_t(x) = (x_2 + \\cos t, -\\sin x_1)$ has divergence 0: the disc is sheared out of shape \
         and its area stays {k}.",
        b = number(before), g = number(grown), k = number(kept),
    );
    let alt = format!(
        "Two panels with arrows of a field and a disc shown at times 0, one half and 1. On the left \
         the arrows point away from the origin and the disc grows as it moves outwards, from area \
         {} to {}. On the right the arrows circulate; the disc moves and is stretched into a slanted \
         oval, and its area is {} at the end.",
        number(before), number(grown), number(kept),
    );
    Picture::new(svg, caption, alt)
}

/// The disc at t = 0, ½, 1 over the field at t = ½, and its area at the end.
fn panel(
    disc: &[Point<2>],
    field: &impl VectorField<Point<2>>,
    title: &str,
) -> (Plot, f64) {
    let (xs, ys) = ((-0.4, 3.4), (-0.9, 2.4));
    let quiver = arrows(|x| field.velocity(0.5, x), (10, 9), xs, ys, 2.4);
    let mut plot = Plot::new(350.0, 320.0)
        .title(title)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(xs.0, xs.1)
        .y_range(ys.0, ys.1)
        .equal_aspect()
        .arrows(&quiver, Style::color(5).alpha(0.45));
    let mut last = 0.0;
    for (k, t) in [0.0, 0.5, 1.0].into_iter().enumerate() {
        let carried: Vec<_> = disc
            .iter()
            .map(|x| if t == 0.0 { *x } else { integrate(&Rk4, field, TimeGrid::new(0.0, t, 50), *x) })
            .collect();
        last = area(&carried);
        let style = Style::color(k).width(2.0).label(&format!("$t = {}$", ["0", "½", "1"][k]));
        plot = plot.line(&pairs(&carried), style);
    }
    (plot, last)
}
