//! One path, three sums against it, on finer and finer grids.

use crate::{BrownianTree, ito_sum, right_sum, stratonovich_sum};
use dynamics::{Stream, TimeGrid};
use evidence::SEED;
use plot::{Align, Legend, Marker, Picture, Plot, Style};

/// The finest grid has 2¹² steps.
const HALVINGS: u32 = 12;

/// ∫ W dW by left, mean and right values, on one path of [0, 1] asked again and again.
pub(super) fn ito_sums() -> Picture {
    let tree = BrownianTree::<f64>::new(Stream::new(SEED, "fig-ito-sums"), 1.0);
    let w = tree.at(1.0);
    let paths: Vec<Vec<f64>> = (0..=HALVINGS)
        .map(|k| tree.path(TimeGrid::new(0.0, 1.0, 1 << k).times()))
        .collect();
    let sums = |sum: fn(&[f64], &[f64]) -> f64| -> Vec<(f64, f64)> {
        paths.iter().map(|w| ((w.len() - 1) as f64, sum(w, w))).collect()
    };
    let kinds = [
        ("value at the end", right_sum as fn(&[f64], &[f64]) -> f64, Marker::Triangle),
        ("mean of both", stratonovich_sum, Marker::Square),
        ("value at the beginning", ito_sum, Marker::Circle),
    ];
    let limits = [
        ((w * w + 1.0) / 2.0, "$½(W_1^2+1)$"),
        (w * w / 2.0, "$½W_1^2$"),
        ((w * w - 1.0) / 2.0, "$½(W_1^2-1)$"),
    ];
    let mut plot = Plot::new(640, 380)
        .x_label("number of steps $n$")
        .y_label("sum for $W$ against $dW$")
        .log_x()
        .x_range(0.8, 7e4)
        .legend(Legend::Above);
    for (k, (name, sum, marker)) in (0_u8..).zip(kinds) {
        let points = sums(sum);
        let style = Style::color(k).solid().marker(marker).label(name);
        plot =
            plot.line(&points, style.clone().width(1.4)).points(&points, style.size(6.5));
    }
    for (value, name) in limits {
        let ends = [(0.8, value), (5200.0, value)];
        plot = plot.line(&ends, Style::text().width(1.0).dashed().alpha(0.6)).text_at(
            5200.0,
            value,
            name,
            Align::Right,
            Style::text(),
        );
    }
    let last = |sum| sums(sum)[HALVINGS as usize].1;
    let numbers = [last(right_sum), last(stratonovich_sum), last(ito_sum)]
        .map(|x| format!("${x:.3}$"));
    let [right, mean, left] = numbers;
    let caption = format!(
        "Sums for $\\int W\\,dW$ over one and the same path on $[0,1]$, whose end is \
         $W_1={:.3}$, asked on grids of $1$ to $4096$ steps. With 4096 steps the three sums are \
         {right}, {mean} and {left}. They settle down, but at three places, a half apart: a \
         finer grid does not bring them together. The sum with the mean of both values is \
         the same on every grid.",
        w
    );
    let alt = format!(
        "Three rows of points against the number of steps on a logarithmic axis. The middle row \
         is a level line at one half of the squared end. The upper and the lower row mirror one \
         another about it; they jump about for few steps and settle on dashed lines one half \
         above and one half below the middle. At 4096 steps: {}, {}, {}.",
        right.trim_matches('$'),
        mean.trim_matches('$'),
        left.trim_matches('$'),
    );
    Picture::new(plot.draw(), caption, alt)
}
