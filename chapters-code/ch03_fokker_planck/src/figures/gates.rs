//! From one event to another, by way of every place between.

use crate::markov::{Event, Transition, Warming};
use evidence::number;
use plot::{Align, Legend, Picture, Plot, Style};

const WARM: Warming = Warming { rate: 0.8, heat: 0.6, warming: 1.7 };
const FROM: Event = (0.3, 0.9);
const MIDDLE: f64 = 0.85;
const TO: Event = (1.4, -0.6);
/// Places between, this far apart.
const APART: f64 = 0.2;

/// Ways from (r, y) to (t, x) through places at the time m, each as strong as its share.
pub(super) fn gates() -> Picture {
    let first = |k: f64| WARM.density(FROM, (MIDDLE, k));
    let both = |k: f64| first(k) * WARM.density((MIDDLE, k), TO);
    let whole = WARM.density(FROM, TO);
    let gates: Vec<f64> = (-13..=16).map(|i| APART * f64::from(i)).collect();
    let strongest = gates.iter().map(|&k| both(k)).fold(0.0, f64::max);
    let mut plot = Plot::new(640, 380)
        .x_label("time")
        .y_label("place")
        .x_range(0.2, 1.55)
        .y_range(-2.4, 3.2)
        .legend(Legend::Above)
        .vertical(MIDDLE, Style::text().width(1.0).alpha(0.5));
    for &k in &gates {
        let share = both(k) / strongest;
        if share > 0.02 {
            let way = [FROM, (MIDDLE, k), TO];
            let style = Style::color(0).solid().width(1.6).alpha(share.clamp(0.05, 1.0));
            plot = plot.line(&way, style);
        }
    }
    // Curves that stand on the line of the middle time, their heights to the right.
    let standing = |height: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        let places = (0..=120).map(|i| -2.6 + 0.05 * f64::from(i));
        places.map(|k| (MIDDLE + 0.3 * height(k), k)).collect()
    };
    let all = standing(&first);
    let arriving = standing(&|k| both(k) / whole);
    plot = plot
        .line(&all, Style::text().width(1.4).dashed().label("all: $p(k\\mid y)$"))
        .line(
            &arriving,
            Style::color(1)
                .solid()
                .width(2.0)
                .label("those who arrive: $p(x\\mid k)\\,p(k\\mid y)/p(x\\mid y)$"),
        )
        .points(&[FROM, TO], Style::text().size(7.0))
        .text_at(FROM.0, FROM.1 + 0.12, "$(r,y)$", Align::Above, Style::text())
        .text_at(TO.0, TO.1 - 0.12, "$(t,x)$", Align::Below, Style::text());
    let sum: f64 = gates.iter().map(|&k| both(k) * APART).sum();
    let caption = format!(
        "From $(r,y)$ to $(t,x)$ by way of places $k$ at one time between, {APART} apart. Each way is as dark \
         as $p(x\\mid k)\\,p(k\\mid y)$. The sum over the ways, times {APART}, is {}; the density \
         $p(x\\mid y)$ of the whole is {}. Dashed, standing on the line of the time between: where all are that \
         left $y$. Solid: where those were that arrive at $x$.",
        number(sum),
        number(whole),
    );
    let alt = format!(
        "A time axis with a starting point on the left, an end point lower down on the right, and a vertical \
         line between them. Broken lines lead from the start through {} places on the vertical line to the \
         end. They are dark for places near 0.2 and fade to both sides. Two bell curves stand on the vertical \
         line: a dashed one with its peak near 0.6, and a narrower and higher solid one with its peak lower \
         down, towards the end point.",
        gates.iter().filter(|&&k| both(k) > 0.02 * strongest).count(),
    );
    Picture::new(plot.draw(), caption, alt)
}
