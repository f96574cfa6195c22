//! A particle with mass between two wells, and the limit of a small mass.

use crate::langevin::{DoubleWell, Langevin, Medium, Phase, Potential};
use crate::overdamped::{Overdamped, Spring, position_correlation};
use crate::{EulerMaruyama, brownian_path, follow, simulate, simulate_paths};
use ch01_flows::quadrature::trapezoid;
use dynamics::{Point, Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Grid, Legend, Picture, Plot, Style};

/// Particles of the histogram.
const COUNT: usize = 10_000;

/// One particle's path, and where many are, between two wells.
pub(super) fn wells() -> Picture {
    let medium = Medium { friction: 0.5, temperature: 0.2 };
    let wells = Langevin { potential: DoubleWell, mass: 0.7, medium };
    let start: Phase<1> = (Point::<1>::new(1.0), Point::<1>::new(0.0));
    let (grid, noise) = (TimeGrid::new(0.0, 60.0, 6000), Stream::new(SEED, "wells"));
    let one = simulate_paths(&EulerMaruyama, &wells, grid, noise, &[start]);
    let path: Vec<_> = one.expect("finite")[0]
        .iter()
        .zip(grid.times())
        .step_by(12)
        .map(|((x, _), t)| (t, x[0]))
        .collect();
    let changes = path.windows(2).filter(|p| p[0].1 * p[1].1 < 0.0).count();

    let mut particles = vec![start; COUNT];
    // Euler's step adds energy to what swings: by 8 % at h = 0.04, by 2 % here.
    let settled = TimeGrid::new(0.0, 40.0, 4000);
    simulate(&EulerMaruyama, &wells, settled, Stream::new(SEED, "many"), &mut particles)
        .expect("finite");
    let (low, width) = (-2.2, 0.11);
    let mut counts = [0.0; 40];
    for (x, _) in &particles {
        let bin = ((x[0] - low) / width).floor();
        if (0.0..40.0).contains(&bin) {
            counts[bin as usize] += 1.0 / (COUNT as f64 * width);
        }
    }
    let bars: Vec<_> = (0_u8..40)
        .map(|k| (low + width * f64::from(k), low + width * f64::from(k + 1)))
        .zip(counts)
        .map(|((a, b), height)| (a, b, height))
        .collect();
    let weight =
        |x: f64| (-DoubleWell.energy(&Point::<1>::new(x)) / medium.temperature).exp();
    let mass = trapezoid(weight, -4.0, 4.0, 800);
    let curve: Vec<_> = (0..=88)
        .map(|k| -2.2 + 0.05 * f64::from(k))
        .map(|x| (x, weight(x) / mass))
        .collect();
    let left = particles.iter().filter(|(x, _)| x[0] < 0.0).count();
    let panel = || Plot::new(330, 280).legend(Legend::Above);
    let grid = Grid::new(2)
        .add(
            panel()
                .title("one particle")
                .x_label("$t$")
                .y_label("place $x$")
                .x_range(0.0, 60.0)
                .line(&path, Style::color(0).width(1.1).solid()),
        )
        .add(
            panel()
                .title("many particles at $t = 40$")
                .x_label("place $x$")
                .y_label("density")
                .histogram(&bars, Style::color(0).alpha(0.45))
                .line(&curve, Style::text().width(1.8).dashed()),
        );
    let left = number(100.0 * left as f64 / COUNT as f64);
    let caption = format!(
        "A particle of mass 0.7 in the double well, $\\lambda=\\frac12$, $k_BT=0.2$, from rest at 1. Left: it \
         swings in a well, is braked and kicked, and changes sides {changes} times. Right: {COUNT} particles, all \
         from the right-hand well, at $t=40$, beside $e^{{-U(x)/k_BT}}$ (dashed), normalised; {left} % of them are on \
         the left."
    );
    let alt = format!(
        "Left: a path against time that oscillates about 1 and about -1 in turn and crosses zero {changes} \
         times. Right: a histogram of places with two humps, at -1 and 1, under a dashed curve that it \
         follows; {left} percent lie left of zero."
    );
    Picture::new(grid.draw(), caption, alt)
}

/// Places on one noise for several masses, and their correlations in time.
pub(super) fn small_mass() -> Picture {
    let medium = Medium { friction: 1.3, temperature: 0.7 };
    let spring = Spring { stiffness: 1.5 };
    let masses = [1.0, 0.1, 0.01];
    let grid = TimeGrid::new(0.0, 2.4, 2400);
    let times: Vec<f64> = grid.times().collect();
    let noise: Vec<Point<1>> =
        brownian_path(grid, &mut Stream::new(SEED, "small mass").generator());
    let thin = |places: &mut dyn Iterator<Item = f64>| -> Vec<(f64, f64)> {
        times.iter().copied().zip(places).step_by(12).collect()
    };
    let panel = || Plot::new(330, 300).x_label("$t$").legend(Legend::Above);
    let mut paths = panel().title("one noise").y_label("place $x_t$");
    let mut correlations = panel().title("correlation").y_label("mean of $x_0 x_t$");
    let limit = Overdamped { potential: spring, medium };
    let light = follow(&EulerMaruyama, &limit, &times, &noise, Point::<1>::new(0.6));
    let dark = || Style::text().width(1.2).solid().label("$m \\to 0$");
    paths = paths.line(&thin(&mut light.iter().map(|x| x[0])), dark());
    let lags: Vec<f64> = (0..=60).map(|k| f64::from(k) * 0.08).collect();
    let thermal = medium.temperature / spring.stiffness;
    let decay = |t: f64| thermal * (-spring.stiffness * t / medium.friction).exp();
    let limit: Vec<_> = lags.iter().map(|&t| (t, decay(t))).collect();
    correlations = correlations.line(&limit, dark());
    let mut apart = Vec::new();
    for (k, m) in (0_u8..).zip(masses) {
        let heavy = Langevin { potential: spring, mass: m, medium };
        let start: Phase<1> = (Point::<1>::new(0.6), Point::<1>::new(0.0));
        let states = follow(&EulerMaruyama, &heavy, &times, &noise, start);
        let style = Style::color(k).width(1.7).label(format!("$m = {m}$"));
        let style = match k {
            0 => style.dashed(),
            1 => style.dash_dotted(),
            _ => style.dotted(),
        };
        let places = thin(&mut states.iter().map(|(x, _)| x[0]));
        paths = paths.line(&places, style.clone());
        let seen: Vec<_> = lags
            .iter()
            .map(|&t| (t, position_correlation(&heavy, t).expect("k > 0")))
            .collect();
        correlations = correlations.line(&seen, style);
        let squares = states.iter().zip(&light).map(|((x, _), y)| (x[0] - y[0]).powi(2));
        apart.push((squares.sum::<f64>() / times.len() as f64).sqrt());
    }
    let [far, middle, near] = [apart[0], apart[1], apart[2]].map(number);
    let caption = format!(
        "A particle on a spring, $k=1.5$, $\\lambda=1.3$, $k_BT=0.7$. Left: one path of the noise and three masses. A \
         heavy particle rounds off the noise and overshoots; a light one follows the limit. Over the whole time they are \
         {far}, {middle} and {near} apart from it in the root mean square. Right: the correlation of two places; \
         for $m=1$ it oscillates."
    );
    let alt = format!(
        "Left: a jagged solid line and three broken ones. That of mass 1 is smooth and swings far from it, that of \
         mass 0.1 is rounded and near it, and that of mass 0.01 nearly coincides; they are {far}, {middle} \
         and {near} apart. Right: four decaying curves from one value. Three fall steadily and close together, that of \
         mass 1 starts flat, falls below zero and comes back."
    );
    Picture::new(Grid::new(2).add(paths).add(correlations).draw(), caption, alt)
}
