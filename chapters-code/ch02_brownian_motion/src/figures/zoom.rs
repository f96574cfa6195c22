//! One and the same path under a growing magnification.

use crate::BrownianTree;
use dynamics::{Stream, TimeGrid};
use evidence::SEED;
use plot::{Legend, Picture, Plot, Slider, Style, Svg};

/// The magnification of time in frame k is 4ᵏ.
const FRAMES: i32 = 11;

/// Values in a frame.
const VALUES: usize = 160;

/// Where we zoom in.
const CENTRE: f64 = 0.375;

/// A slider into the path round t = 3/8.
pub(super) fn zoom() -> Picture {
    let path = BrownianTree::<f64>::new(Stream::new(SEED, "a path to zoom into"), 1.0);
    let mut slider = Slider::new("magnification of time");
    for k in 0..FRAMES {
        slider = slider.frame(magnification(k), frame(&path, k));
    }
    let caption = format!(
        "Zoom into one path at $t_0 = 0.375$. Move the slider: each notch magnifies time four times and space \
         twice, and the box is what will fill the next frame. Every frame asks the same path at {} times; the \
         last sees a piece of the length $4^{{-10}}$, about a millionth. Nothing becomes smooth, and no frame tells how deep \
         it lies.",
        VALUES + 1,
    );
    let alt = "A jagged curve through the middle of a frame, with a small box around its point at time 0.375. \
        As the slider goes on, the contents of the box grow until they fill the frame, and show new \
        jags that were too small to be seen. After ten steps, a million times nearer, the curve looks as rough as at first.";
    Picture::new(slider.html("fig-zoom"), caption, alt)
}

/// 4ᵏ in groups of three digits.
fn magnification(k: i32) -> String {
    let digits = (1_u64 << (2 * k)).to_string();
    let groups: Vec<_> =
        digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(" ")
}

/// The path on an interval of length 4⁻ᵏ, blown up by 4ᵏ and by 2ᵏ.
fn frame(path: &BrownianTree<f64>, k: i32) -> Svg {
    let (time, space) = (4.0_f64.powi(k), 2.0_f64.powi(k));
    let begin = CENTRE - CENTRE / time;
    let grid = TimeGrid::new(begin, begin + 1.0 / time, VALUES);
    let middle = path.at(CENTRE);
    let curve: Vec<_> = grid
        .times()
        .map(|t| ((t - CENTRE) * time, (path.at(t) - middle) * space))
        .collect();
    let (left, right, half) = (-CENTRE / 4.0, (1.0 - CENTRE) / 4.0, 0.8);
    let window =
        [(left, -half), (right, -half), (right, half), (left, half), (left, -half)];
    Plot::new(600, 400)
        .x_label("$t - t_0$, magnified")
        .y_label("$W_t - W_{t_0}$, magnified")
        .x_range(-CENTRE, 1.0 - CENTRE)
        .y_range(-1.6, 1.6)
        .legend(Legend::Hidden)
        .line(&window, Style::text().width(1.0).solid().alpha(0.6))
        .line(&curve, Style::color(0).width(1.3).solid())
        .draw()
}
