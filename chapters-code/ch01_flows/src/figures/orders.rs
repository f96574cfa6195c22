//! Errors against steps: the orders of the methods.

use crate::fields::Curved;
use crate::orders::{Problem, halvings, slope};
use crate::{DormandPrince, Euler, Heun, Rk4};
use plot::{Align, Legend, Marker, Picture, Plot, Style};

/// Error against step for the four methods, with slopes 1, 2, 4 and 5 to compare.
pub(super) fn orders() -> Picture {
    let problem = Problem::refined(Curved, 0.3, 1.0);
    let (euler, heun) = (halvings(2, 11), halvings(2, 11));
    let (rk4, pair) = (halvings(1, 8), halvings(1, 6));
    let measured = [
        ("Euler", 1_u8, problem.errors(&Euler, &euler)),
        ("Heun", 2, problem.errors(&Heun, &heun)),
        ("Runge–Kutta", 4, problem.errors(&Rk4, &rk4)),
        ("Dormand–Prince", 5, problem.errors(&DormandPrince, &pair)),
    ];
    let markers = [Marker::Circle, Marker::Square, Marker::Triangle, Marker::Diamond];
    let mut plot = Plot::new(600, 440)
        .x_label("step $h$")
        .y_label("error at $t = 1$")
        .x_range(2e-4, 0.9)
        .log_x()
        .log_y()
        .legend(Legend::Above);
    let mut found = Vec::new();
    for (k, (name, order, errors)) in (0_u8..).zip(&measured) {
        // The slope that theory promises, through the point in the middle, shifted aside.
        let (h0, e0) = errors[errors.len() / 2];
        let promised = |h: f64| (h, 0.35 * e0 * (h / h0).powi(i32::from(*order)));
        let (first, last) = (errors[0].0, errors[errors.len() - 1].0);
        let style = Style::color(k).solid().marker(markers[usize::from(k)]).label(*name);
        plot = plot
            .line(
                &[promised(first), promised(last)],
                Style::text().width(1.0).dashed().alpha(0.6),
            )
            .line(errors, style.clone().width(1.5))
            .points(errors, style.size(6.5));
        let (h, e) = promised(last);
        plot = plot.text_at(
            h,
            e,
            if *order == 1 { "$h$".into() } else { format!("$h^{order}$") },
            Align::Left,
            Style::text(),
        );
        found.push(format!("{name} {:.2}", slope(&errors[errors.len() - 3..])));
    }
    let caption = format!(
        "The error at $t = 1$ against the step, for $u_t(x) = x\\cos t + \\sin x$ from $0.3$; both \
         axes logarithmic, so a power of $h$ is a straight line. Dashed: the slopes that theory \
         promises. Measured over the three shortest steps: {}. Halving the step halves Euler's error, \
         and divides that of Dormand and Prince by 32.",
        found.join(", "),
    );
    let alt = format!(
        "Error against step length on two logarithmic axes. Four rows of points, each nearly straight, \
         fan out towards short steps: Euler's falls slowest, then Heun's, Runge–Kutta's and, steepest, \
         that of Dormand and Prince. Each runs parallel to a dashed line of slope 1, 2, 4 or 5. The \
         measured slopes: {}.",
        found.join(", "),
    );
    Picture::new(plot.draw(), caption, alt)
}
