//! A printed steady state, the right one, and the particles.

use crate::operators::Smooth;
use crate::wrong_law::{NOTES, settled};
use crate::zero_flux::Boltzmann;
use ch01_flows::quadrature::trapezoid;
use dynamics::Point;
use evidence::{SEED, number};
use plot::{Legend, Picture, Plot, Style};

/// The part of the line that is shown.
const WINDOW: (f64, f64) = (-2.2, 2.2);
/// Particles, bars, and how far the hill is said to reach.
const PARTICLES: usize = 10_000;
const BARS: usize = 44;
const HILL: f64 = 0.5;
/// Beyond this the slopes are steep.
const OUT: f64 = 1.5;

/// The density of e^{−βU}, normalised.
fn law(steepness: f64) -> impl Fn(f64) -> f64 {
    let weight = move |x: f64| {
        let kept = Boltzmann { potential: NOTES.potential, steepness };
        kept.at(0.0, &Point::<1>::new(x))
    };
    let z = trapezoid(weight, -5.0, 5.0, 2000);
    move |x| weight(x) / z
}

/// A histogram under the law of the equation and the law that is printed.
pub(super) fn wrong_law() -> Picture {
    let cloud = settled(PARTICLES, SEED);
    let (low, high) = WINDOW;
    let width = (high - low) / BARS as f64;
    let bar = |k: usize| {
        let from = low + width * k as f64;
        let inside = cloud.iter().filter(|x| (from..from + width).contains(x)).count();
        (from, from + width, inside as f64 / (PARTICLES as f64 * width))
    };
    let bars: Vec<_> = (0..BARS).map(bar).collect();
    let (right, printed) = (law(NOTES.steepness()), law(NOTES.steepness() / 4.0));
    let curve = |p: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        let place = |i: usize| low + (high - low) * i as f64 / 110.0;
        (0..111).map(place).map(|x| (x, p(x))).collect()
    };
    let plot = Plot::new(660, 340)
        .x_label("$x$")
        .y_label("density")
        .x_range(low, high)
        .y_range(0.0, 0.65)
        .legend(Legend::Above)
        .histogram(&bars, Style::color(0).alpha(0.35).label("particles"))
        .line(
            &curve(&right),
            Style::color(1).solid().width(2.0).label("$e^{-4U/\\sigma^2}$"),
        )
        .line(
            &curve(&printed),
            Style::color(2).dashed().width(2.0).label("$e^{-U/\\sigma^2}$"),
        );
    let percent = |part: f64| format!("{:.1} %", 100.0 * part);
    let share = |inside: &dyn Fn(f64) -> bool| {
        let seen = cloud.iter().filter(|x| inside(**x)).count();
        percent(seen as f64 / PARTICLES as f64)
    };
    let hill = share(&|x| x.abs() < HILL);
    let out = share(&|x| x.abs() > OUT);
    let [(right_hill, right_out), (printed_hill, printed_out)] =
        [&right as &dyn Fn(f64) -> f64, &printed].map(|p| {
            let within = |reach: f64| trapezoid(p, -reach, reach, 600);
            (percent(within(HILL)), percent(1.0 - within(OUT)))
        });
    let caption = format!(
        "{PARTICLES} particles of $dX=-2U'(X)\\,dt+\\sigma\\,dW$ with $U=\\frac14x^4-\\frac12x^2$ and \
         $\\sigma={}$, which all started on the hill, at $t=9$. Within {HILL} of the top there are {hill} of \
         them, and further out than {OUT} there are {out}. The law through which nothing flows has \
         {right_hill} and {right_out}; the law in print has {printed_hill} and {printed_out}.",
        number(NOTES.noise),
    );
    let alt = format!(
        "A histogram with two heaps, near −1 and 1, and a dip between. A solid curve, for the exponent minus \
         four U over sigma squared, follows the bars. A dashed curve, for the exponent minus U over sigma \
         squared, is flatter: above the bars in the middle, below them at the heaps, and with tails far \
         outside the bars. Further out than {OUT} there are {out} of the particles, {right_out} by the solid \
         curve and {printed_out} by the dashed one.",
    );
    Picture::new(plot.draw(), caption, alt)
}
