//! A flow that the reader moves by hand.

use super::field::{SQUARE, XS, YS, before};
use super::{arrows, lattice, moved, pairs, square};
use crate::fields::Shear;
use dynamics::{Point, VectorField};
use evidence::number;
use plot::{Legend, Picture, Plot, Slider, Style, Svg};

/// Frames, one for each position of the slider.
const FRAMES: usize = 25;
/// The frame shown first, where the lattice is on its way: on paper it is the only one.
const START: usize = 10;
/// The time of the last frame.
const END: f64 = 3.0;

/// A lattice and its field for t from 0 to 3.
pub(super) fn slider() -> Picture {
    let mut slider = Slider::new("$t$").start(START);
    for k in 0..FRAMES {
        let t = END * k as f64 / (FRAMES - 1) as f64;
        slider = slider.frame(format!("{t:.2}"), frame(t));
    }
    let area = super::area(&moved(&Shear, &square(SQUARE.0, SQUARE.1, 200), END));
    let caption = format!(
        "Move the time. Arrows: the field $u_t(x)=(x_2+\\cos t,\\ -\\sin x_1)$ at the time you \
         chose. Lattice: where the flow has taken the dotted square, on which it stood at $t=0$. However far \
         it is bent, its area is {} at the start and {} at the end, for this field has divergence 0.",
        number(super::area(&outline())),
        number(area),
    );
    let alt = "A plane with arrows of a field and a lattice of small squares. At time 0 the lattice \
        stands upright on the left, where dotted lines keep its place. As the slider moves the time \
        to 3 the arrows change, and the lattice travels to the right, sinks, and comes back to the \
        left below its first place, leaning over and bending into a crescent without tearing.";
    Picture::new(slider.html("fig-slider"), caption, alt)
}

/// The border of the carried square, fine enough to bend.
fn outline() -> Vec<Point<2>> {
    square(SQUARE.0, SQUARE.1, 16)
}

/// The plane at time t.
fn frame(t: f64) -> Svg {
    let quiver = arrows(|x| Shear.velocity(t, x), (11, 8), XS, YS, 3.4);
    let mut plot = Plot::new(560, 440)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(XS.0, XS.1)
        .y_range(YS.0, YS.1)
        .equal_aspect()
        .legend(Legend::Hidden)
        .arrows(&quiver, Style::text().width(1.0).alpha(0.4));
    plot = plot.line(&pairs(&square(SQUARE.0, SQUARE.1, 1)), before());
    for line in lattice(SQUARE.0, SQUARE.1, 5) {
        plot = plot.line(&pairs(&moved(&Shear, &line, t)), Style::color(1).width(1.0));
    }
    plot.line(&pairs(&moved(&Shear, &outline(), t)), Style::color(1).width(2.2)).draw()
}
