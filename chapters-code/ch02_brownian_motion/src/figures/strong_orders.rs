//! Strong errors against steps.

use crate::claims::problems::{STRIDES, geometric, ornstein_uhlenbeck};
use crate::{EulerMaruyama, Milstein, Order, Platen};
use dynamics::Stream;
use evidence::SEED;
use plot::{Align, Legend, Marker, Picture, Plot, Style};

/// Paths of the figure; the check has four times as many.
const PATHS: usize = 1000;

/// Mean error on shared paths for the methods of the section.
pub(super) fn strong_orders() -> Picture {
    let (noisy, additive) = (geometric(), ornstein_uhlenbeck());
    let stream = Stream::new(SEED, "fig-strong-orders");
    let h = STRIDES.map(|stride| stride as f64 * noisy.grid.h());
    let measured = [
        ("Euler–Maruyama", noisy.errors(&EulerMaruyama, &STRIDES, PATHS, stream)),
        (
            "Euler–Maruyama, additive noise",
            additive.errors(&EulerMaruyama, &STRIDES, PATHS, stream),
        ),
        ("Milstein", noisy.errors(&Milstein, &STRIDES, PATHS, stream)),
        ("Platen", noisy.errors(&Platen, &STRIDES, PATHS, stream)),
    ];
    let markers = [Marker::Circle, Marker::Square, Marker::Triangle, Marker::Diamond];
    let mut plot = Plot::new(600, 420)
        .x_label("step $h$")
        .y_label("mean of $|X_T - x_n|$")
        .log_x()
        .log_y()
        .include_x(0.13)
        .legend(Legend::Above);
    let mut found = Vec::new();
    let mut roots = Vec::new();
    for (k, (name, errors)) in (0_u8..).zip(&measured) {
        let mean = |e: &Vec<f64>| e.iter().sum::<f64>() / PATHS as f64;
        let points: Vec<_> = h.iter().copied().zip(errors.iter().map(mean)).collect();
        let style = Style::color(k).solid().marker(markers[usize::from(k)]).label(*name);
        plot =
            plot.line(&points, style.clone().width(1.5)).points(&points, style.size(6.5));
        roots.push(points[0]);
        let order = Order::of(&h, errors);
        found.push(format!("{name} {:.2} ± {:.2}", order.slope, order.half_interval()));
    }
    // The slopes that theory promises, above Euler–Maruyama's line and below all.
    for ((h0, e0), power, shift, name) in
        [(roots[0], 0.5, 1.6, "$\\sqrt h$"), (roots[2], 1.0, 0.3, "$h$")]
    {
        let promised = |h: f64| (h, shift * e0 * (h / h0).powf(power));
        let (coarse, fine) = (promised(h[0]), promised(h[STRIDES.len() - 1]));
        plot = plot
            .line(&[coarse, fine], Style::text().width(1.0).dashed().alpha(0.6))
            .text_at(coarse.0, coarse.1, name, Align::Right, Style::text());
    }
    let caption = format!(
        "Mean error at the end against the step, over {PATHS} paths that method and solution share; \
         both axes logarithmic. $dX=0.3X\\,dt+0.6X\\,dW$, and for the additive noise \
         $dX=-1.7X\\,dt+0.6\\,dW$. Dashed: the slopes $\\frac12$ and $1$. Measured slopes with their 95 % \
         intervals: {}.",
        found.join("; "),
    );
    let alt = format!(
        "Mean error against step length on two logarithmic axes: four straight rows of points. The \
         flattest and highest is that of Euler–Maruyama with noise in proportion to the state, parallel to \
         a dashed line of slope one half. The other three run parallel to a dashed line of slope \
         one. Measured slopes: {}.",
        found.join("; "),
    );
    Picture::new(plot.draw(), caption, alt)
}
