//! A cloud in the eddy with the ellipse that its covariance predicts.

use crate::{
    AsSde, Eddy, LinearSde, Moments, exponential_of_integral, moments, transition_matrix,
};
use ch01_flows::quadrature::GaussLegendre;
use ch02_brownian_motion::{CorrelatedNoise, EulerMaruyama, simulate};
use dynamics::{Point, Stream, TimeGrid};
use evidence::SEED;
use nalgebra::{Matrix2, SMatrix, Vector2};
use plot::{Grid, Legend, Picture, Plot, Style};
use std::f64::consts::TAU;

/// Where the leaves start.
const START: Point<2> = Point::<2>::new(1.5, -0.6);
/// The times of the panels.
const TIMES: [f64; 4] = [0.4, 0.9, 1.4, 1.9];
/// Leaves of a panel.
const LEAVES: usize = 400;

/// The moments at `t` by the chapter's equations.
fn at(t: f64) -> Moments<2> {
    moments(&Eddy, TimeGrid::new(0.0, t, 400), Moments::of(START))
}

/// What the integrals give at `t` with exp ∫ K for Ψ.
fn by_exponential(t: f64) -> Moments<2> {
    let rule = GaussLegendre::new(14);
    let psi = |r: f64| exponential_of_integral(&Eddy, (r, t));
    let pushed = |r: f64| psi(r) * Eddy.push(r);
    let noise = |r: f64| psi(r) * Eddy.covariance_rate(r) * psi(r).transpose();
    let shift = Vector2::from_fn(|i, _| rule.integral(|r: f64| pushed(r)[i], 0.0, t));
    let covariance =
        SMatrix::from_fn(|i, j| rule.integral(|r: f64| noise(r)[(i, j)], 0.0, t));
    Moments { mean: psi(0.0) * START + shift, covariance }
}

/// The points two deviations from the mean.
fn ellipse(law: &Moments<2>) -> Vec<(f64, f64)> {
    let root = CorrelatedNoise::symmetric_root(law.covariance).expect("a covariance");
    let point = |k: i32| {
        let angle = TAU * f64::from(k) / 48.0;
        let p = law.mean + root.factor * Vector2::new(angle.cos(), angle.sin()) * 2.0;
        (p.x, p.y)
    };
    (0..=48).map(point).collect()
}

/// Leaves at `t`, by Euler and Maruyama's method.
fn cloud(t: f64) -> Vec<Point<2>> {
    let mut leaves = vec![START; LEAVES];
    let (grid, stream) = (TimeGrid::new(0.0, t, 600), Stream::new(SEED, "leaves"));
    simulate(&EulerMaruyama, &AsSde(Eddy), grid, stream, &mut leaves).expect("finite");
    leaves
}

/// The part of the leaves that is within two deviations.
fn inside(leaves: &[Point<2>], law: &Moments<2>) -> f64 {
    let inverse = law.covariance.try_inverse().expect("positive definite");
    let near = |x: &&Point<2>| (**x - law.mean).dot(&(inverse * (**x - law.mean))) <= 4.0;
    leaves.iter().filter(near).count() as f64 / leaves.len() as f64
}

/// Four panels.
pub(super) fn eddy() -> Picture {
    let mut grid = Grid::new(2).shared_axes();
    let mut parts = Vec::new();
    for t in TIMES {
        let (law, wrong, leaves) = (at(t), by_exponential(t), cloud(t));
        parts.push(format!("{:.0} %", 100.0 * inside(&leaves, &law)));
        let way: Vec<_> = (0..=24)
            .map(|k| at((t * f64::from(k) / 24.0).max(1e-9)).mean)
            .map(|m| (m.x, m.y))
            .collect();
        let dots: Vec<_> = leaves.iter().map(|x| (x.x, x.y)).collect();
        let plot = Plot::new(310, 240)
            .title(format!("$t = {t}$"))
            .x_label("along the channel")
            .y_label("across")
            .x_range(-1.2, 3.8)
            .y_range(-1.2, 2.4)
            .equal_aspect()
            .legend(Legend::Hidden)
            .cloud(&dots, Style::color(0).size(2.0))
            .line(&way, Style::text().width(1.2).solid().alpha(0.6))
            .line(&ellipse(&wrong), Style::color(3).width(1.8).dashed())
            .line(&ellipse(&law), Style::color(1).width(2.0).solid());
        grid = grid.add(plot);
    }
    let apart = transition_matrix(&Eddy, TimeGrid::new(0.0, 1.9, 800))
        - exponential_of_integral(&Eddy, (0.0, 1.9));
    let caption = format!(
        "{LEAVES} leaves that start from one point at $t=0$ and follow the eddy by Euler and Maruyama's method, each \
         with its own noise. Solid: the ellipse of two deviations about the mean, from the equations of mean and \
         covariance, which saw no leaf; thin, the way of the mean. A normal law has 86.5 % of its mass in this \
         ellipse, and in the panels there are {} of the leaves. Dashed: the same ellipse with $\\exp\\int K$ for \
         $\\Psi$. At $t=1.9$ an entry of the two matrices differs by {}.",
        parts.join(", "),
        evidence::number(evidence::rounded(Matrix2::amax(&apart), 2)),
    );
    let alt = format!(
        "Four panels for the times 0.4, 0.9, 1.4 and 1.9, each with a cloud of dots and a solid ellipse that \
         holds most of them. A thin line, the way of the mean, begins below the middle, climbs, and bends to the \
         left. The cloud moves along it: small at first, then long from left to right, then tilted and rounder. A \
         dashed ellipse covers the solid one at 0.4 and lags behind it more and more, until at 1.9 it lies half \
         outside the cloud, to its lower right. Within the solid ellipse there are {} of the dots.",
        parts.join(", "),
    );
    Picture::new(grid.draw(), caption, alt)
}
