//! Mean and variance in a double well, and what two ways to close their equations make of
//! them.

use crate::averages::{moment_rates, normal_closure};
use crate::well_experiment::{START, WELL, cells, clouds, densities};
use ch01_flows::{Rk4, trajectory};
use dynamics::{Point, TimeGrid};
use evidence::SEED;
use plot::{Grid, Legend, Marker, Picture, Plot, Style};

const END: f64 = 30.0;
/// Times at which the curves are drawn.
const TIMES: usize = 120;

/// Mean and variance on cells: the mean of a cell is at its middle, and within it there
/// is a variance of Δ²/12.
fn on_cells(p: &[f64]) -> (f64, f64) {
    let (cells, width) = (cells(), cells().width());
    let over = |f: &dyn Fn(f64) -> f64| -> f64 {
        cells.centres().zip(p).map(|(x, p)| p * width * f(x)).sum()
    };
    let mean = over(&|x| x);
    (mean, over(&|x| (x - mean).powi(2)) + width * width / 12.0)
}

/// Mean and variance of a cloud.
fn of_cloud(cloud: &[f64]) -> (f64, f64) {
    let n = cloud.len() as f64;
    let mean = cloud.iter().sum::<f64>() / n;
    (mean, cloud.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0))
}

/// The truth, particles, and two closures.
pub(super) fn closure() -> Picture {
    // Times closer together at the beginning, where more happens.
    let time = |i: usize| END * (i as f64 / TIMES as f64).powi(3);
    let times: Vec<f64> = (0..=TIMES).map(time).collect();
    let solved = densities(&times).expect("the cells hold the well");
    let truth: Vec<_> = solved.iter().map(|p| on_cells(p)).collect();
    let seen: Vec<f64> = times.iter().copied().step_by(10).collect();
    let cloud: Vec<_> =
        clouds(&seen, 2000, SEED).iter().map(|cloud| of_cloud(cloud)).collect();
    // Both closures by Runge–Kutta steps of 1/200.
    let grid = TimeGrid::new(0.0, END, 200 * END as usize);
    let start = Point::<2>::new(START.0, START.1.powi(2));
    let normal = trajectory(
        &Rk4,
        &|t: f64, x: &Point<2>| {
            let (m, v) = normal_closure(&WELL, t, x[0], x[1]);
            Point::<2>::new(m, v)
        },
        grid,
        start,
    );
    let at_mean = trajectory(
        &Rk4,
        &|t: f64, x: &Point<1>| moment_rates(&WELL, t, &[(1.0, *x)]).0,
        grid,
        Point::<1>::new(START.0),
    );
    let index = |t: f64| (t / grid.h()).round() as usize;
    let part = |k: usize| -> Vec<(f64, f64)> {
        times.iter().map(|&t| (t, normal[index(t)][k])).collect()
    };
    let zip = |t: &[f64], y: &mut dyn Iterator<Item = f64>| -> Vec<(f64, f64)> {
        t.iter().copied().zip(y).collect()
    };
    let empty = |name: &str| {
        Plot::new(340, 300)
            .title(name)
            .x_label("$t$")
            .x_range(0.0, END)
            .legend(Legend::Hidden)
    };
    let (true_style, dots) = (
        Style::text().solid().width(2.2).label("density"),
        Style::text().marker(Marker::Circle).size(6.0).label("2000 particles"),
    );
    let taken = Style::color(0).dashed().width(2.0).label("taken for normal");
    let mean = empty("mean")
        .y_range(-1.1, 1.2)
        .legend(Legend::Above)
        .line(&zip(&times, &mut truth.iter().map(|x| x.0)), true_style.clone())
        .points(&zip(&seen, &mut cloud.iter().map(|x| x.0)), dots.clone())
        .line(&part(0), taken.clone())
        .line(
            &zip(&times, &mut times.iter().map(|&t| at_mean[index(t)][0])),
            Style::color(1).dash_dotted().width(2.0).label("all at the mean"),
        );
    let variance = empty("variance")
        .y_range(0.0, 1.1)
        .line(&zip(&times, &mut truth.iter().map(|x| x.1)), true_style)
        .points(&zip(&seen, &mut cloud.iter().map(|x| x.1)), dots)
        .line(&part(1), taken);
    let last = truth[TIMES];
    let (end_normal, end_mean) = (normal[grid.steps], at_mean[grid.steps][0]);
    let caption = format!(
        "Mean and variance in the double well of the chapter's last section, from a heap at $0.3$. Line and dots: the density and the particles. \
         At $t={END}$ the mean is ${:.2}$, the variance ${:.2}$. Dash-dotted: $\\dot m=f(m)$, everybody at the mean, which ends at \
         ${end_mean:.2}$, in the wrong valley. Dashed: both equations with the moments of a normal law, \
         which end at ${:.2}$ and ${:.2}$.",
        last.0, last.1, end_normal[0], end_normal[1],
    );
    let alt = format!(
        "Two panels over the time from 0 to {END}: mean and variance. In the left one the true mean starts at \
         0.3, rises, and then sinks slowly to {:.2}, with dots of particles on it. A dash-dotted curve rises \
         at once to {end_mean:.2} and stays there. A dashed curve goes elsewhere, to {:.2}. In the right one \
         the true variance rises quickly and ends at {:.2}, the dashed curve at {:.2}.",
        last.0, end_normal[0], last.1, end_normal[1],
    );
    Picture::new(Grid::new(2).add(mean).add(variance).draw(), caption, alt)
}
