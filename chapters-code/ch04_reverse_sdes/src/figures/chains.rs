//! The schedule of the variance-preserving equation, and the chains that lead to it.

use crate::chains::{Link, aged_noise, chain, remains};
use crate::problem::SCHEDULE;
use crate::schedules::{Beta, NoiseSchedule};
use evidence::number;
use plot::{Grid, Legend, Picture, Plot, Style};
use std::f64::consts::LN_2;

/// Steps of the coarse chains.
const COARSE: usize = 25;

/// The variances of a chain from unit variance, after each of its steps.
fn variances(form: fn(f64) -> Link) -> Vec<(f64, f64)> {
    let links = chain(form, &Beta::SONG, 1.0, COARSE);
    let mut moments = (0.0, 1.0);
    let mut points = vec![(0.0, 1.0)];
    for (i, link) in links.iter().enumerate() {
        moments = link.moments(moments);
        points.push(((i + 1) as f64 / COARSE as f64, moments.1));
    }
    points
}

/// What is left of the start and what is new; what is left of each noise; two chains.
pub(super) fn chains() -> Picture {
    let times: Vec<f64> = (0..=60).map(|i| f64::from(i) / 60.0).collect();
    let left: Vec<_> = times.iter().map(|&t| (t, SCHEDULE.alpha(t).powi(2))).collect();
    let new: Vec<_> = times.iter().map(|&t| (t, SCHEDULE.sigma(t).powi(2))).collect();
    let first = Plot::new(225, 240)
        .title("left and new")
        .x_label("$t$")
        .x_range(0.0, 1.0)
        .y_range(0.0, 1.05)
        .legend(Legend::Above)
        .line(&left, Style::color(0).width(1.8).solid().label("$\\alpha^2$"))
        .line(&new, Style::color(1).width(1.8).solid().label("$\\sigma^2$"));
    let end = 0.5;
    let links = chain(Link::preserving, &Beta::SONG, end, COARSE);
    let (remains, h) = (remains(&links), end / COARSE as f64);
    let bars: Vec<_> = links
        .iter()
        .enumerate()
        .map(|(i, link)| {
            let start = h * i as f64;
            (start, start + h, link.variance * remains[i + 1].powi(2) / h)
        })
        .collect();
    let curve: Vec<_> = (0..=60)
        .map(|i| end * f64::from(i) / 60.0)
        .map(|r| (r, aged_noise(&Beta::SONG, r, end)))
        .collect();
    let second = Plot::new(225, 240)
        .title("noise left at $t=0.5$")
        .x_label("$r$")
        .x_range(0.0, end)
        .y_range(0.0, 11.0)
        .legend(Legend::Above)
        .histogram(&bars, Style::color(1).alpha(0.35).label("25 steps"))
        .line(&curve, Style::text().width(1.4).solid().label("limit"));
    let (euler, kept) = (variances(Link::euler), variances(Link::preserving));
    let third = Plot::new(225, 240)
        .title("variance, 25 steps")
        .x_label("$t$")
        .x_range(0.0, 1.0)
        .y_range(0.95, 1.25)
        .legend(Legend::Above)
        .line(&euler, Style::color(3).width(1.8).solid().label("Euler"))
        .line(&kept, Style::color(0).width(1.8).solid().label("preserving"));
    let svg = Grid::new(3).add(first).add(second).add(third).draw();
    // B(t) = ln 2, a quadratic equation.
    let Beta { start, end: last } = Beta::SONG;
    let rise = last - start;
    let half = number((start.hypot((2.0 * rise * LN_2).sqrt()) - start) / rise);
    let top = number(euler[COARSE].1);
    let sigma = number(SCHEDULE.sigma(end).powi(2));
    let caption = format!(
        "$\\beta=0.1+19.9\\,t$. Left: what is left of the start's square and what is new add up to 1; they are equal near $t={half}$. \
         Middle: what is left at $t=0.5$ of the noise that came at $r$, per unit of time; the area is $\\sigma^2={sigma}$. \
         Right: two chains of 25 steps from unit variance. One keeps it, that of Euler and Maruyama ends at {top}."
    );
    let alt = format!(
        "Three panels. In the first one curve falls from one to zero and another rises from zero to one; they cross \
         near {half}. In the second bars grow from near zero at the left to about ten at the right, close to a smooth \
         curve. In the third a flat line stays at one while another rises from it, soon in a nearly straight line, to {top}."
    );
    Picture::new(svg, caption, alt)
}
