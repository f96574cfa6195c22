//! Divergence decides about area.

use super::{area, arrows, moved, pairs};
use crate::fields::Shear;
use dynamics::{Point, VectorField};
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
    let (right, kept) = panel(&disc, &Shear, "$\\nabla\\cdot u = 0$");
    let svg = Grid::new(2).shared_axes().add(left).add(right).draw();
    let [before, grown, kept] = [area(&disc), grown, kept].map(number);
    let caption = format!(
        "The same disc, of area {before}, on its way for one unit of time. Left, $u(x) = x/2$ has \
         divergence 1 everywhere: the area grows to {grown}, which is $e$ times as much. Right, \
         $u_t(x) = (x_2 + \\cos t,\\ -\\sin x_1)$ has divergence 0: the disc is pulled out of shape, \
         and its area at the end is {kept}."
    );
    let alt = format!(
        "Two panels with light arrows of a field and a disc drawn at times 0, one half and 1. On the \
         left the arrows point away from the origin and the disc grows as it moves outwards, from \
         area {before} to {grown}. On the right the disc travels to the right and is pulled into a \
         slanted oval of area {kept}."
    );
    Picture::new(svg, caption, alt)
}

/// The disc at t = 0, ½, 1 over the field at t = ½, and its area at the end.
fn panel(
    disc: &[Point<2>],
    field: &impl VectorField<Point<2>>,
    title: &str,
) -> (Plot, f64) {
    let (xs, ys) = ((-0.4, 3.4), (-1.2, 2.4));
    let quiver = arrows(|x| field.velocity(0.5, x), (10, 9), xs, ys, 3.0);
    let mut plot = Plot::new(360, 330)
        .title(title)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(xs.0, xs.1)
        .y_range(ys.0, ys.1)
        .equal_aspect()
        .arrows(&quiver, Style::text().width(0.9).alpha(0.35));
    for (k, (t, label)) in
        (0..).zip([(0.0, "$t = 0$"), (0.5, "$t = 1/2$"), (1.0, "$t = 1$")])
    {
        let style = Style::color(k).width(2.0).label(label);
        plot = plot.line(&pairs(&moved(field, disc, t)), style);
    }
    (plot, area(&moved(field, disc, 1.0)))
}
