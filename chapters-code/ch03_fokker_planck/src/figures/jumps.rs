//! Jumps beside the diffusion that has their first two moments.

use crate::kramers_moyal::{Jumps, Normal};
use evidence::number;
use plot::{Grid, Legend, Picture, Plot, Style};

/// Everyone starts near 0.
const START: Normal = Normal { mean: 0.0, variance: 0.02 };
/// g of the jumps and of the diffusion.
const DIFFUSION: f64 = 0.9;
/// When we look.
const TIME: f64 = 1.2;

/// Densities after a time of jumps, from rare to frequent.
pub(super) fn jumps() -> Picture {
    let places: Vec<f64> = (0..=180).map(|i| -3.6 + 0.04 * f64::from(i)).collect();
    let variance = START.variance + DIFFUSION.powi(2) * TIME;
    let smooth = Normal { mean: 0.0, variance };
    let normal: Vec<_> = places.iter().map(|&x| (x, smooth.density(x))).collect();
    let mut grid = Grid::new(2).shared_axes();
    let mut farthest = Vec::new();
    for rate in [1.0, 2.5, 6.0, 20.0] {
        let jumps = Jumps { diffusion: DIFFUSION, rate };
        let density = |x| jumps.density(START, TIME, x);
        let drawn: Vec<_> = places.iter().map(|&x| (x, density(x))).collect();
        let miss = drawn.iter().zip(&normal).map(|(a, b)| (a.1 - b.1).abs());
        farthest.push(number(miss.fold(0.0, f64::max)));
        let plot = Plot::new(330, 210)
            .title(format!("$\\lambda={rate}$"))
            .x_label("$x$")
            .y_label("density")
            .x_range(-3.2, 3.2)
            .y_range(0.0, 1.25)
            .legend(Legend::Hidden)
            .line(&normal, Style::text().width(1.4).dashed())
            .line(&drawn, Style::color(1).solid().width(2.0));
        grid = grid.add(plot);
    }
    let caption = format!(
        "Solid: the density at $t={TIME}$ of particles that jump by $\\pm g/\\sqrt{{\\lambda}}$ at random moments, \
         $\\lambda$ times per unit of time on average. Dashed: the density of the Fokker–Planck equation with the \
         same mean and the same mean square per unit of time, the same curve in all panels. $g={DIFFUSION}$, and all \
         start near 0. The largest distances of the two curves are {}.",
        farthest.join(", "),
    );
    let alt = format!(
        "Four panels for the rates 1, 2.5, 6 and 20, each with a solid curve and the same dashed bell curve. At \
         rate 1 the solid curve is a row of separate peaks, 0.9 apart, the one at 0 three times as high as the \
         bell. At 2.5 it is a hump with teeth. At 6 it follows the bell with slight ripples, and at 20 the \
         two can hardly be told apart. Largest distances: {}.",
        farthest.join(", "),
    );
    Picture::new(grid.draw(), caption, alt)
}
