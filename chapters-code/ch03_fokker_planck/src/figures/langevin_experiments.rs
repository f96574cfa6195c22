//! The three experiments with Langevin dynamics.

use super::langevin_chain::outline;
use crate::gaussian_target::Law;
use crate::langevin_experiments::{
    END, LINE_STEPS, PLANE_STEPS, STRENGTHS, draws, ends, line, plane, quarters, score,
    score_times, time,
};
use ch01_flows::experiments::network;
use ch01_flows::figures::pairs;
use dynamics::{Point, TimeGrid};
use evidence::{SEED, mean_and_error, number};
use nalgebra::Matrix2;
use plot::{Grid, Legend, Picture, Plot, Style};
use std::f64::consts::TAU;

/// exp(−½ (x − m)²/v)/√(2πv).
fn normal(x: f64, m: f64, v: f64) -> f64 {
    (-0.5 * (x - m).powi(2) / v).exp() / (TAU * v).sqrt()
}

/// A sum of bells over the draws, as wide as Silverman's rule says: 1.06 s n^(−1/5).
fn smoothed(draws: &[f64], x: f64) -> f64 {
    let n = draws.len() as f64;
    let (_, error) = mean_and_error(draws.iter().copied());
    let width = 1.06 * error * n.sqrt() * n.powf(-0.2);
    draws.iter().map(|y| normal(x, *y, width * width)).sum::<f64>() / n
}

/// Densities of a hundred particles on the line, and how far they are from the target.
pub(super) fn on_the_line() -> Picture {
    let (target, start) = line();
    let grid = TimeGrid::new(0.0, END, LINE_STEPS);
    let starts = draws(&start, 100, SEED);
    let clouds = quarters(|x| target.score(x), 1.0, grid, starts, SEED).expect("a pull");
    let eta = 0.5 * grid.h();
    let law = |i: usize| target.ula_law(eta, i, &start);
    let places: Vec<f64> = (0..=54).map(|i| -3.5 + f64::from(i) / 6.0).collect();
    let curve = |f: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        places.iter().map(|x| (*x, f(*x))).collect()
    };
    let mut panels = Grid::new(3);
    for (k, cloud) in clouds.iter().enumerate() {
        let i = k * LINE_STEPS / 4;
        let xs: Vec<f64> = cloud.iter().map(|x| x.x).collect();
        let Law { mean, covariance } = law(i);
        let panel = Plot::new(220, 190)
            .title(format!("step {i}, $t = {}$", time(i, LINE_STEPS)))
            .x_label("$x$")
            .y_label("density")
            .x_range(-3.5, 5.5)
            .y_range(0.0, 0.85)
            .legend(Legend::Above)
            .line(
                &curve(&|x| normal(x, 0.0, 1.0)),
                Style::text().width(1.2).dotted().label("target"),
            )
            .line(
                &curve(&|x| normal(x, mean.x, covariance.x)),
                Style::color(1).width(1.6).dashed().label("law of the chain"),
            )
            .line(
                &curve(&|x| smoothed(&xs, x)),
                Style::color(0).width(1.8).solid().label("100 particles, smoothed"),
            );
        panels = panels.add(panel);
    }
    let falling: Vec<_> = (0..=LINE_STEPS)
        .step_by(10)
        .map(|i| (time(i, LINE_STEPS), target.divergence(&law(i))))
        .collect();
    let still: Vec<_> = (1..=LINE_STEPS)
        .step_by(10)
        .map(|i| {
            (time(i, LINE_STEPS), target.divergence(&target.ula_law(eta, i, &target.law)))
        })
        .collect();
    let kl = Plot::new(220, 190)
        .title("KL divergence, nats")
        .x_label("$t$")
        .y_label("from the target")
        .log_y()
        .x_range(0.0, END)
        .y_range(1e-8, 30.0)
        .legend(Legend::Hidden)
        .line(&falling, Style::color(1).width(1.8).dashed())
        .line(&still, Style::color(2).width(1.8).dash_dotted());
    let first = number(falling[0].1);
    let last = 1e5 * falling[falling.len() - 1].1;
    let caption = format!(
        "A hundred particles from $\\mathcal N(4,\\frac14)$ under the score $-x$ with $g=1$ and $h=0.04$. Solid: their \
         density, smoothed with a bell of Silverman's width; dashed: the law of the chain; dotted: the target \
         $\\mathcal N(0,1)$. Last panel: the divergence of the chain's law from the target falls from {first} to ${last:.1}\\cdot10^{{-5}}$, \
         which is what the step leaves. Dash-dotted: the same for a start in the target, which the chain leaves."
    );
    let alt = format!(
        "Five panels with bell curves and one with a falling line. At step 0 a narrow bell stands near 4, far from \
         the dotted one round 0. At step 125 it is broader and near 0.3, and in the later panels the three curves \
         agree but for the waviness of the solid one. The divergence falls from {first} in a nearly straight line on its \
         logarithmic axis and then stays at {last:.1} hundred-thousandths; the line of a start in the target never leaves that level."
    );
    Picture::new(panels.add(kl).draw(), caption, alt)
}

/// Four hundred particles on their way to a slanted Gaussian.
pub(super) fn in_the_plane() -> Picture {
    let (target, start) = plane();
    let grid = TimeGrid::new(0.0, END, PLANE_STEPS);
    let starts = draws(&start, 400, SEED);
    let clouds = quarters(|x| target.score(x), 1.0, grid, starts, SEED).expect("a pull");
    let eta = 0.5 * grid.h();
    let way: Vec<_> = (0..=PLANE_STEPS)
        .step_by(20)
        .map(|i| target.ula_law(eta, i, &start).mean)
        .collect();
    let mut panels = Grid::new(3).shared_axes();
    for (k, cloud) in clouds.iter().enumerate() {
        let i = k * PLANE_STEPS / 4;
        let law = target.ula_law(eta, i, &start);
        let panel = Plot::new(220, 240)
            .title(format!("step {i}, $t = {}$", time(i, PLANE_STEPS)))
            .x_label("$x_1$")
            .y_label("$x_2$")
            .x_range(-6.2, 5.2)
            .y_range(-5.7, 5.7)
            .equal_aspect()
            .legend(Legend::Above)
            .cloud(&pairs(cloud), Style::color(0).size(2.4).alpha(0.8))
            .line(
                &pairs(&way),
                Style::color(2).width(1.2).solid().label("way of the mean"),
            )
            .line(
                &outline(&target.law.mean, &target.law.covariance),
                Style::text().width(1.4).dashed().label("target"),
            )
            .line(
                &outline(&law.mean, &law.covariance),
                Style::color(1).width(1.8).solid().label("law of the chain"),
            );
        panels = panels.add(panel);
    }
    let values = target.law.covariance.symmetric_eigenvalues();
    let [narrow, wide] = [values.min(), values.max()];
    let at_five = target.ula_law(eta, PLANE_STEPS / 4, &start);
    let left = (at_five.mean - target.law.mean).norm();
    let caption = format!(
        "Four hundred particles from a small round cloud at $(-4,4)$ on their way to a slanted Gaussian round \
         $(1,-1)$, $g=1$, $h=0.02$. Ellipses: two standard deviations of the chain's law (solid) and of the target \
         (dashed). The way of the mean bends: across the target, where the variance is {}, the score is steep and \
         the distance is soon covered; along it, where the variance is {}, the cloud is still on its way. At $t=5$ \
         the mean has {} to go, of {} at the start.",
        number(narrow),
        number(wide),
        number(left),
        number((start.mean - target.law.mean).norm()),
    );
    let alt = format!(
        "Five panels with a cloud of dots, a solid ellipse round it and a dashed one that stays. At step 0 the cloud is a \
         small disc at the upper left. At step 250 it has moved along a bent line to the edge of the dashed \
         ellipse, {} from its middle, and has become a slanted ellipse itself. From step 500 on the two ellipses lie nearly \
         on one another and the dots fill them.",
        number(left),
    );
    Picture::new(panels.draw(), caption, alt)
}

/// Ends of a hundred particles with the score and with the score times a network.
pub(super) fn with_a_network() -> Picture {
    let network = network(SEED);
    let mut panels = Grid::new(2).shared_axes();
    let mut spreads = vec![];
    for g in STRENGTHS {
        let times = score_times(|x| network.output(x));
        let kept = ends(score, g, 100, SEED).expect("a pull");
        let wrong = ends(times, g, 100, SEED).expect("a weak push");
        let square = |cloud: &[Point<2>]| {
            cloud.iter().map(Point::<2>::norm_squared).sum::<f64>() / 200.0
        };
        spreads.push((square(&kept), square(&wrong)));
        let panel = Plot::new(240, 240)
            .title(format!("$g = {g}$"))
            .x_label("$x_1$")
            .y_label("$x_2$")
            .x_range(-5.6, 5.6)
            .y_range(-5.6, 5.6)
            .equal_aspect()
            .legend(Legend::Above)
            .cloud(&pairs(&wrong), Style::color(1).size(4.0).label("score times network"))
            .cloud(&pairs(&kept), Style::color(0).size(4.0).label("score"))
            .line(
                &outline(&Point::<2>::zeros(), &Matrix2::identity()),
                Style::text().width(1.3).dashed(),
            );
        panels = panels.add(panel);
    }
    let listed = |pick: fn(&(f64, f64)) -> f64| {
        spreads.iter().map(|pair| number(pick(pair))).collect::<Vec<_>>().join(", ")
    };
    let (kept, wrong) = (listed(|pair| pair.0), listed(|pair| pair.1));
    let caption = format!(
        "Where a hundred particles from $\\mathcal N(0,I)$ are at $t=1$, with the drift $\\frac12g^2s(x)$ (blue) and with \
         $\\frac12g^2s(x)$ times the output of a random network (orange); the same starts and the same noise. The dashed circle \
         has two standard deviations of $\\mathcal N(0,I)$ as its radius. Half the mean square of the distance from the middle, which \
         should stay near 1: {kept} with the score, {wrong} with the network."
    );
    let alt = format!(
        "Four panels with two clouds and a dashed circle. For the two weak noises the clouds lie on one another. For \
         strengths 1 and 1.5 the cloud of the score still fills the circle, and that of the network reaches far beyond it. Mean squares per \
         coordinate: {kept} with the score, {wrong} with the network."
    );
    Picture::new(panels.draw(), caption, alt)
}
