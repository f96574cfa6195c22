//! Two heaps that drown in noise.

use crate::claims::plan::{TIMES, noised_draws};
use crate::problem::{SCHEDULE, two_heaps};
use crate::schedules::NoiseSchedule;
use dynamics::Point;
use evidence::{SEED, number};
use plot::{Grid, Picture, Plot, Style};

/// Histograms of noised draws at five times, with the law of each.
pub(super) fn forward() -> Picture {
    let law = two_heaps(SCHEDULE);
    let (low, width, bars, n) = (-3.0, 0.2, 30, 5000);
    let mut grid = Grid::new(5).shared_axes();
    for t in TIMES {
        let draws = noised_draws(t, n, SEED, |alpha| alpha);
        let bar = |k: usize| {
            let (a, b) = (low + width * k as f64, low + width * (k + 1) as f64);
            let inside = draws.iter().filter(|x| a <= **x && **x < b).count();
            (a, b, inside as f64 / (width * n as f64))
        };
        let heights: Vec<_> = (0..bars).map(bar).collect();
        let curve: Vec<_> = (0..=60)
            .map(|k| -3.0 + 0.1 * f64::from(k))
            .map(|x| (x, law.log_density(t, &Point::<1>::new(x)).exp()))
            .collect();
        let plot = Plot::new(176, 200)
            .title(format!("$t = {t}$"))
            .x_label("$x$")
            .x_range(-3.0, 3.0)
            .y_range(0.0, 0.75)
            .histogram(&heights, Style::color(0).alpha(0.35))
            .line(&curve, Style::text().width(1.3).solid());
        grid = grid.add(plot);
    }
    let [early, late] = [0.05, 1.0].map(|t| number(SCHEDULE.alpha(t)));
    let caption = format!(
        "Two heaps of data under $dX=-\\frac12\\beta X\\,dt+\\sqrt{{\\beta}}\\,dW$ with $\\beta=0.1+19.9\\,t$: histograms of 5000 draws, and the law of \
         each time. At $t=0.05$ a factor $\\alpha={early}$ of the start is left, at $t=1$ only {late}, and the law is a standard normal one to the eye."
    );
    let alt = format!(
        "Five histograms side by side, each under a smooth curve that it fits. At first there are two separate humps, the \
         left one small and narrow. They widen and move together, by the third time they touch, and the last one is \
         a single bell round zero. The factor of the start falls from one to {late}."
    );
    Picture::new(grid.draw(), caption, alt)
}
