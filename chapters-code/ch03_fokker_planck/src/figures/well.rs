//! A cloud of particles and its density in the double well.

use crate::well_experiment::{WELL, cells, clouds, densities, part_on_the_left};
use ch01_flows::quadrature::trapezoid;
use evidence::SEED;
use plot::{Grid, Legend, Marker, Picture, Plot, Slider, Style};

/// The part of the line that is shown.
const WINDOW: (f64, f64) = (-2.0, 2.0);

/// The density p as a curve through the cells' middles.
fn curve(p: &[f64]) -> Vec<(f64, f64)> {
    let all = cells().centres().zip(p.iter().copied());
    all.filter(|(x, _)| WINDOW.0 <= *x && *x <= WINDOW.1).collect()
}

/// Z⁻¹ e^{−2U/g²}, the law that stays.
fn stationary() -> Vec<(f64, f64)> {
    let weight = |x: f64| (-2.0 * WELL.potential(x) / WELL.diffusion.powi(2)).exp();
    let z = trapezoid(weight, -2.6, 2.6, 4000);
    let (low, high) = WINDOW;
    let place = |i: usize| low + (high - low) * i as f64 / 160.0;
    (0..161).map(place).map(|x| (x, weight(x) / z)).collect()
}

/// Bars (from, to, height) of a histogram whose area is the part of the cloud in view.
fn bars(cloud: &[f64], count: usize) -> Vec<(f64, f64, f64)> {
    let (low, high) = WINDOW;
    let width = (high - low) / count as f64;
    let mut inside = vec![0_u32; count];
    for x in cloud {
        let k = ((x - low) / width).floor();
        if (0.0..count as f64).contains(&k) {
            inside[k as usize] += 1;
        }
    }
    let bar = |(k, n): (usize, &u32)| {
        let from = low + width * k as f64;
        (from, from + width, f64::from(*n) / (cloud.len() as f64 * width))
    };
    inside.iter().enumerate().map(bar).collect()
}

/// Particles of the histograms.
const PARTICLES: usize = 4000;

/// Histograms of particles under the density that the cells computed, at four times.
pub(super) fn particles_and_density() -> Picture {
    let times = [0.0, 0.15, 0.8, 5.0, 40.0];
    let solved = densities(&times).expect("the cells hold the well");
    let seen = clouds(&times, PARTICLES, SEED);
    let stays = stationary();
    let mut grid = Grid::new(2).shared_axes();
    for ((t, p), cloud) in times.iter().zip(&solved).zip(&seen).skip(1) {
        let plot = Plot::new(330, 220)
            .title(format!("$t = {t}$"))
            .x_label("$x$")
            .y_label("density")
            .x_range(WINDOW.0, WINDOW.1)
            .y_range(0.0, 1.7)
            .legend(Legend::Hidden)
            .histogram(&bars(cloud, 50), Style::color(0).alpha(0.35))
            .line(&stays, Style::text().width(1.2).dashed().alpha(0.7))
            .line(&curve(p), Style::color(1).solid().width(2.0));
        grid = grid.add(plot);
    }
    let left = |p: &[f64]| 100.0 * cells().below(p, 0.0);
    let parts: Vec<String> = (1..times.len())
        .map(|k| {
            let (p, cloud) = (left(&solved[k]), 100.0 * part_on_the_left(&seen[k]));
            format!("{p:.1} % and {cloud:.1} %")
        })
        .collect();
    let caption = format!(
        "Bars: {PARTICLES} particles that follow $dX=-U'(X)\\,dt+g\\,dW$ in a double well. Curve: the \
         density from 200 cells, which never saw a particle. Dashed: the law that stays, \
         $Z^{{-1}}e^{{-2U/g^2}}$. All start near $0.3$, most of them right of the hilltop. Left of $0$ there are, by the \
         density and by the count: {}. Four thousand particles have a standard error of up to 0.8 %.",
        parts.join("; "),
    );
    let alt = format!(
        "Four panels for the times 0.15, 0.8, 5 and 40, each with a histogram under a curve that it follows \
         with small deviations. At 0.15 there is one broad heap right of the middle. At 0.8 it has split into \
         a large heap near 1 and a small one near −1. At 5 the left one has grown, and at 40 the left one is \
         far the larger and the curve lies on the dashed one, which is the same in all panels. Left of zero, \
         by the curve and by the count: {}.",
        parts.join("; "),
    );
    Picture::new(grid.draw(), caption, alt)
}

/// The times of the slider, closer together where more happens.
const TIMES: [f64; 20] = [
    0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0,
    11.0, 15.0, 20.0, 40.0,
];
/// The frame shown first.
const SHOWN: usize = 7;
/// Particles of the slider.
const DOTS: usize = 150;

/// The density and particles for t from 0 to 40.
pub(super) fn slider() -> Picture {
    let solved = densities(&TIMES).expect("the cells hold the well");
    let seen = clouds(&TIMES, DOTS, SEED);
    let stays = stationary();
    let mut slider = Slider::new("$t$").start(SHOWN);
    for ((t, p), cloud) in TIMES.iter().zip(&solved).zip(&seen) {
        let plot = Plot::new(600, 380)
            .x_label("$x$")
            .y_label("density")
            .x_range(WINDOW.0, WINDOW.1)
            .y_range(-0.38, 2.1)
            .legend(Legend::Hidden)
            .horizontal(0.0, Style::text().width(1.0).alpha(0.5))
            .line(&stays, Style::text().width(1.2).dashed().alpha(0.7));
        // Heights of their own keep the dots apart: multiples of the golden section.
        let dots: Vec<_> = (0_u32..)
            .zip(cloud)
            .map(|(i, x)| {
                let height = (f64::from(i) * 0.618_033_988_749_894_9).fract();
                (*x, -0.06 - 0.28 * height)
            })
            .collect();
        let plot = plot
            .line(&curve(p), Style::color(1).solid().width(2.0))
            .points(&dots, Style::color(0).marker(Marker::Circle).size(3.6));
        slider = slider.frame(format!("{t}"), plot.draw());
    }
    let left = |p: &[f64]| 100.0 * cells().below(p, 0.0);
    let caption = format!(
        "Move the time. Curve: the density in the double well, solved on 200 cells. Dots: {DOTS} particles of \
         the same equation, each at a height of its own so that we can follow it. Dashed: the law that stays. \
         Within the first unit of time the heap slides off the hill to both sides, with {:.0} % of the mass \
         on the left at $t=1$. The rest takes forty times as long, for it waits for particles that are thrown \
         over the hill one by one: {:.0} % at $t=8$, {:.0} % at $t=40$.",
        left(&solved[9]),
        left(&solved[15]),
        left(&solved[19]),
    );
    let alt = format!(
        "A curve over the line from −2 to 2 with a strip of dots below it. At time 0 the curve is a single \
         peak of height 2 near 0.3 and all dots lie under it. As the slider moves on, the peak broadens and \
         splits into two, the right one the larger, and the dots gather under both. Then the left peak grows \
         slowly at the cost of the right one, until at time 40 it holds {:.0} % of the mass and the curve \
         covers a dashed curve that stays the same.",
        left(&solved[19]),
    );
    Picture::new(slider.html("fig-fpk-slider"), caption, alt)
}
