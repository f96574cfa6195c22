//! Errors of the solver against its cells and its steps.

use crate::solver_orders::{errors_in_space, errors_in_time, scheme, stepped, upwind};
use ch01_flows::orders::slope;
use plot::{Align, Grid, Legend, Marker, Picture, Plot, Style};

/// A name, the order that theory promises, and pairs of width or step with the error.
type Row = (&'static str, i32, Vec<(f64, f64)>);

/// Errors against the width of the cells and against the step, with the slopes of theory.
pub(super) fn orders() -> Picture {
    let in_space = [
        ("exponential", 2, errors_in_space(scheme)),
        (
            "upwind",
            1,
            errors_in_space(|problem, steps, p| {
                stepped(&problem.fitted(upwind), steps, p)
            }),
        ),
    ];
    let in_time = [
        ("$\\theta = 1$", 1, errors_in_time(scheme, 1.0)),
        ("$\\theta = 1/2$", 2, errors_in_time(scheme, 0.5)),
    ];
    let panel = |x_label: &str| {
        Plot::new(330, 320).x_label(x_label).y_label("largest error").log_x().log_y()
    };
    let space = panel("width of the cells $\\Delta$").x_range(0.012, 0.2);
    let time = panel("step $h$").x_range(3e-4, 0.03);
    let grid = Grid::new(2)
        .add(drawn(space, &in_space, "\\Delta"))
        .add(drawn(time, &in_time, "h"));
    let found = |(name, _, errors): &Row| {
        format!("{name}: {:.2}", slope(&errors[errors.len() - 3..]))
    };
    let [exponential, up] = in_space.each_ref().map(found);
    let [implicit, half] = in_time.each_ref().map(found);
    let caption = format!(
        "Left: an Ornstein–Uhlenbeck density at $t=1.1$ against its closed form, with implicit steps in \
         proportion to $\\Delta^2$; the exponential fluxes beside those that take the density \
         upwind of the face. Right: a double well on forty cells at $t=0.6$ against $e^{{tK}}p$. Dashed: \
         the slopes of theory. Measured over the three finest: {exponential}, {up}; {implicit}, {half}."
    );
    let plain = |text: &str| text.replace(['$', '\\'], "");
    let alt = format!(
        "Two panels with logarithmic axes and falling rows of points beside dashed lines of slope 1 and 2. \
         Left, error against cell width: the exponential fluxes fall twice as steeply as the upwind ones and \
         lie far below them. Right, error against step: the row for theta one half falls twice as steeply \
         as that for theta 1. Measured slopes: {exponential}, {up}; {}, {}.",
        plain(&implicit),
        plain(&half),
    );
    Picture::new(grid.draw(), caption, alt)
}

/// Rows of errors, each beside the slope that theory promises.
fn drawn(mut plot: Plot, rows: &[Row], letter: &str) -> Plot {
    for (k, (name, order, errors)) in (0_u8..).zip(rows) {
        let (x0, e0) = errors[errors.len() / 2];
        let promised = |x: f64| (x, 0.6 * e0 * (x / x0).powi(*order));
        let (first, last) = (errors[0].0, errors[errors.len() - 1].0);
        let marker = if k == 0 { Marker::Circle } else { Marker::Square };
        let style = Style::color(k).solid().marker(marker).label(*name);
        let power = if *order == 1 { String::new() } else { format!("^{order}") };
        let (x, e) = promised(last);
        plot = plot
            .line(
                &[promised(first), promised(last)],
                Style::text().width(1.0).dashed().alpha(0.6),
            )
            .line(errors, style.clone().width(1.5))
            .points(errors, style.size(6.0))
            .text_at(x, e, format!("${letter}{power}$"), Align::Left, Style::text());
    }
    plot.legend(Legend::Above)
}
