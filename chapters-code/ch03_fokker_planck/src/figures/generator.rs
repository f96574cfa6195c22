//! What noise makes of the value of a bent function.

use crate::{Smooth, generator};
use ch01_flows::fields::Number;
use ch02_brownian_motion::OrnsteinUhlenbeck;
use dynamics::Point;
use evidence::number;
use nalgebra::SVector;
use plot::{Align, Grid, Legend, Picture, Plot, Style};

const OU: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 0.8, diffusion: 1.1 };

/// sin x.
struct Sine;

impl Smooth<1> for Sine {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        x[0].sin()
    }
}

/// (E[sin X_h | X₀ = x] − sin x)/h: for a normal law the sine is e^{−v/2} sin m on average.
fn quotient(h: f64, x: f64) -> f64 {
    let (factor, variance) = OU.transition(h);
    ((-0.5 * variance).exp() * (factor * x).sin() - x.sin()) / h
}

/// A chord over a curve, and the quotients that tend to the generator.
pub(super) fn chord() -> Picture {
    let (x, far) = (-1.1, 1.0);
    let curve = |low: f64, high: f64, f: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        let place = |i: i32| low + (high - low) * f64::from(i) / 100.0;
        (0..=100).map(place).map(|x| (x, f(x))).collect()
    };
    let ends = [(x - far, f64::sin(x - far)), (x + far, f64::sin(x + far))];
    let middle = 0.5 * (ends[0].1 + ends[1].1);
    let left = Plot::new(340, 300)
        .title("two places, and their mean")
        .x_label("$x$")
        .y_label("$\\varphi$")
        .x_range(-3.0, 1.0)
        .y_range(-1.5, 0.8)
        .legend(Legend::Hidden)
        .line(&curve(-3.0, 1.0, &f64::sin), Style::text().solid().width(1.8))
        .line(&ends, Style::color(0).solid().width(1.4))
        .line(&[(x, x.sin()), (x, middle)], Style::color(1).solid().width(3.0))
        .points(&ends, Style::color(0).size(7.0))
        .points(&[(x, x.sin())], Style::text().size(7.0))
        .text_at(x, x.sin() - 0.14, "$x$", Align::Below, Style::text())
        .text_at(ends[0].0, -1.0, "$x-g\\sqrt{h}$", Align::Below, Style::color(0))
        .text_at(0.45, -0.15, "$x+g\\sqrt{h}$", Align::Below, Style::color(0));
    let (low, high) = (-5.0, 5.0);
    let limit = |x: f64| generator(&OU, &Sine, 0.0, &Point::<1>::new(x));
    let mut right = Plot::new(340, 300)
        .title("mean change over time")
        .x_label("$x$")
        .x_range(low, high)
        .y_range(-4.2, 4.2)
        .legend(Legend::Above);
    for (k, h) in [(0, 1.0), (1, 0.3), (2, 0.1)] {
        let style = Style::color(k).width(1.5).label(format!("$h={h}$"));
        right = right.line(&curve(low, high, &|x| quotient(h, x)), style);
    }
    right = right.line(
        &curve(low, high, &limit),
        Style::text().solid().width(2.2).label("$\\mathcal{A}\\varphi$"),
    );
    let caption = format!(
        "Left: a function $\\varphi$ that is bent upwards at $x$, and a step of pure noise that leads to one of \
         the two places at either side. The mean of their values lies in the middle of the chord, above \
         the curve (the thick piece, here {}). Right: the mean change of $\\varphi(x)=\\sin x$ over a time $h$, \
         divided by $h$, for $dX=-0.8\\,X\\,dt+1.1\\,dW$ from $x$. As $h$ falls the curves tend to $\\mathcal A\\varphi$.",
        number(middle - x.sin()),
    );
    let alt = format!(
        "Two panels. Left: an arc of a curve that is bent upwards, with a chord between two of its points at \
         equal distance to the left and right of a third. A short thick line leads from the third point up \
         to the middle of the chord; its length is {}. Right: four wavy curves over the line from −5 to 5, \
         for h = 1, 0.3, 0.1 and the limit. The first is much flatter than the others, the third lies close \
         to the limit.",
        number(middle - x.sin()),
    );
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}
