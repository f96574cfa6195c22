//! What the chain rule of ordinary calculus misses on a path.

use crate::{BrownianTree, OrnsteinUhlenbeck, ito};
use dynamics::{Stream, TimeGrid};
use evidence::SEED;
use plot::{Legend, Picture, Plot, Style};

/// Steps of the sums; every eighth value is drawn.
const STEPS: usize = 2048;

/// W², the sum of 2W ΔW, and the sum of 2W ΔW + h along one path.
pub(super) fn ito_lemma() -> Picture {
    // Brownian motion itself, as an equation.
    let brownian = OrnsteinUhlenbeck { rate: 0.0, diffusion: 1.0 };
    let end = 2.0;
    let tree = BrownianTree::<f64>::new(Stream::new(SEED, "fig-ito-lemma"), end);
    let grid = TimeGrid::new(0.0, end, STEPS);
    let path = tree.path(grid.times());
    let (mut ordinary, mut lemma) = (vec![(0.0, 0.0)], vec![(0.0, 0.0)]);
    let (mut slopes, mut all) = (0.0, 0.0);
    for i in 0..STEPS {
        let d = ito(|_, x| x * x, &brownian, grid.time(i), path[i]);
        slopes += d.noise * (path[i + 1] - path[i]);
        all += d.noise * (path[i + 1] - path[i]) + d.drift * grid.h();
        if (i + 1) % 8 == 0 {
            ordinary.push((grid.time(i + 1), slopes));
            lemma.push((grid.time(i + 1), all));
        }
    }
    let square: Vec<_> =
        (0..=STEPS).step_by(8).map(|i| (grid.time(i), path[i] * path[i])).collect();
    let gap: Vec<_> =
        square.iter().zip(&ordinary).map(|(a, b)| (a.0, a.1 - b.1)).collect();
    let plot = Plot::new(640, 380)
        .x_label("$t$")
        .legend(Legend::Above)
        .line(&square, Style::text().solid().width(2.6).alpha(0.35).label("$W_t^2$"))
        .line(&lemma, Style::color(0).solid().width(1.1).label("slopes and curvature"))
        .line(&ordinary, Style::color(1).solid().width(1.1).label("slopes alone"))
        .line(&gap, Style::color(2).dashed().width(1.6).label("what the slopes miss"));
    let farthest =
        square.iter().zip(&lemma).map(|(a, b)| (a.1 - b.1).abs()).fold(0.0, f64::max);
    let caption = format!(
        "The square of a Brownian path, and two attempts to add it up from its changes in \
         {STEPS} steps. The slopes alone, $\\sum2W\\Delta W$, fall behind, and what they miss \
         grows like the time: the dashed line is nearly straight, of slope $1$. With the \
         curvature, $\\sum(2W\\Delta W+h)$, the sum stays within {farthest:.3} of $W_t^2$ all the \
         way."
    );
    let alt = format!(
        "Curves over the time from 0 to 2. The square of a Brownian path, drawn as a broad grey \
         line, is jagged and never negative; a thin line with the curvature counted lies on top \
         of it, within {farthest:.3}. The sum of the slopes alone has the same jags but sinks \
         ever farther below. The difference, dashed, is almost a straight line that rises from \
         0 to about 2."
    );
    Picture::new(plot.draw(), caption, alt)
}
