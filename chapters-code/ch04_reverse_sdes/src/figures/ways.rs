//! The two heaps drawn with noise and without.

use crate::problem::{SCHEDULE, two_heaps};
use crate::sampler::{Corrector, way_back};
use crate::ways_back::{
    CORRECTED, Path, along, backward, corrected, ends, flow, starts, stochastic,
};
use dynamics::Point;
use evidence::{SEED, kolmogorov_distance, number};
use plot::{Grid, Legend, Picture, Plot, Style};

const DRAWS: usize = 4000;
const DRAWN: usize = 20;
const STEPS: usize = 400;

/// Paths of both, and what arrives.
pub(super) fn ways() -> Picture {
    let starts = starts(DRAWS, SEED);
    let noisy = stochastic(&backward(1.0), &starts, STEPS, SEED);
    let smooth = along(&flow(), &starts, 40);
    let panel = |title: &str, paths: &[Path], every: usize, color: u8| {
        let grid = way_back(&SCHEDULE, paths[0].len() - 1);
        let mut plot = Plot::new(210, 250)
            .title(title)
            .x_label("$t$")
            .y_label("$X_t$")
            .x_range(0.0, 1.0)
            .y_range(-3.4, 3.4);
        for path in paths.iter().take(DRAWN) {
            let points: Vec<_> = (0..path.len())
                .rev()
                .step_by(every)
                .map(|i| (grid.time(i), path[i][0]))
                .collect();
            plot = plot.line(&points, Style::color(color).width(0.9).solid().alpha(0.8));
        }
        plot
    };
    let law = two_heaps(SCHEDULE);
    let (low, width, bars) = (-3.0, 0.2, 30);
    let draws = ends(&noisy);
    let heights: Vec<_> = (0..bars)
        .map(|k| {
            let (a, b) = (low + width * k as f64, low + width * (k + 1) as f64);
            let inside = draws.iter().filter(|x| a <= **x && **x < b).count();
            (a, b, inside as f64 / (width * DRAWS as f64))
        })
        .collect();
    let curve: Vec<_> = (0..=100)
        .map(|k| -3.0 + 0.06 * f64::from(k))
        .map(|x| (x, law.log_density(1e-3, &Point::<1>::new(x)).exp()))
        .collect();
    let arrived = Plot::new(210, 250)
        .title("arrived")
        .x_label("$X_0$")
        .x_range(-3.0, 3.0)
        .y_range(0.0, 0.75)
        .legend(Legend::Above)
        .histogram(&heights, Style::color(0).alpha(0.35).label("with noise"))
        .line(&curve, Style::text().width(1.4).solid().label("law of the data"));
    let svg = Grid::new(3)
        .add(panel("with noise", &noisy, 8, 0))
        .add(panel("without", &smooth, 1, 1))
        .add(arrived)
        .draw();
    let far = |draws: &[f64]| number(kolmogorov_distance(draws, |x| law.cdf(1e-3, x)));
    let (of_noisy, of_smooth) = (far(&draws), far(&ends(&smooth)));
    let (steps, corrector) = CORRECTED;
    let of_corrected = far(&corrected(DRAWS, CORRECTED, SEED));
    let plain = Corrector { steps: 0, ..corrector };
    let evaluations = steps * (1 + corrector.steps);
    let [of_few, of_many] =
        [steps, evaluations].map(|n| far(&corrected(DRAWS, (n, plain), SEED)));
    let caption = format!(
        "From $\\mathcal N(0,1)$ at $t=1$ to two heaps, read from right to left: {DRAWN} paths of the reverse SDE and {DRAWN} of the probability flow from the same \
         starts, and what {DRAWS} paths of the SDE bring. Largest distance of the distribution function from that of the data: {of_noisy} with noise in {STEPS} steps, \
         {of_smooth} without in 40 steps of order 4, {of_few} with noise in {steps} steps, {of_corrected} if each of these is corrected {} times, and {of_many} in {evaluations} steps without corrections, for the same number of evaluations. Sampling alone explains {}.",
        corrector.steps,
        number(3.1 / (DRAWS as f64).sqrt())
    );
    let alt = format!(
        "Three panels. In the first {DRAWN} jagged paths come from the right, spread around zero, and gather at the left end into two heaps, one \
         around minus 1.5 and a larger one around 1. In the second as many smooth paths that never cross part into the same two heaps. The third shows a histogram \
         with two humps under a curve that it fits; the largest distance of the distribution functions is {of_noisy}."
    );
    Picture::new(svg, caption, alt)
}
