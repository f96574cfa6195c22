//! A linear equation from two places: the law, and the normal law with the same moments.

use crate::{Constant, Moments};
use dynamics::{Density, Mixture};
use nalgebra::{SMatrix, Vector1};
use plot::{Grid, Legend, Picture, Plot, Style};

/// dX = −X dt + dW.
const LINE: Constant<1, 1> = Constant {
    matrix: SMatrix::<f64, 1, 1>::new(-1.0),
    push: Vector1::new(0.0),
    diffusion: SMatrix::<f64, 1, 1>::new(1.0),
};

/// The law at `t` from 1 or −1, and the excess of its kurtosis, −2 m⁴/(m² + v)².
fn law(t: f64) -> (Mixture<1>, f64) {
    let start = [-1.0, 1.0].map(|x| (0.5, Moments::of(Vector1::new(x))));
    let kernel = LINE.kernel(t);
    let (m, v) = (kernel.transition.x, kernel.covariance.x);
    let excess = -2.0 * m.powi(4) / (m * m + v).powi(2);
    (kernel.mixture(start).expect("some time has passed"), excess)
}

/// Three panels.
pub(super) fn two_starts() -> Picture {
    let mut grid = Grid::new(3).shared_axes();
    let mut excesses = Vec::new();
    for t in [0.1, 0.5, 1.5] {
        let (mixture, excess) = law(t);
        excesses.push(format!("{excess:.3}").replace('-', "−"));
        let normal = Mixture::new([(1.0, mixture.mean(), mixture.covariance())]);
        let curve = |p: &Mixture<1>| {
            let place = |k: i32| -2.6 + 5.2 * f64::from(k) / 104.0;
            let points = (0..=104).map(place);
            points.map(|x| (x, p.density(&Vector1::new(x)))).collect::<Vec<_>>()
        };
        let plot = Plot::new(230, 210)
            .title(format!("$t = {t}$"))
            .x_label("$x$")
            .y_label("density")
            .x_range(-2.6, 2.6)
            .y_range(0.0, 0.75)
            .legend(Legend::Hidden)
            .line(&curve(&normal), Style::color(3).width(1.8).dashed())
            .line(&curve(&mixture), Style::color(1).width(2.0).solid());
        grid = grid.add(plot);
    }
    let caption = format!(
        "The law of $dX=-X\\,dt+dW$ from $X_0=\\pm1$, each with probability $\\frac12$ (solid), and the normal \
         law with the same mean and variance (dashed). The excess kurtosis is {} in the three panels; that of a \
         normal law is 0.",
        excesses.join(", "),
    );
    let alt = "Three panels with two curves each. At time 0.1 the solid curve has two separate humps near −1 \
        and 1 while the dashed one is a low bell that is highest between them. At 0.5 the humps have run \
        together into a broad flat top, broader in the shoulders than the dashed bell and lower in the middle. At \
        1.5 the two curves are hard to tell apart.";
    Picture::new(grid.draw(), caption, alt)
}
