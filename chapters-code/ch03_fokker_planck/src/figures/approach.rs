//! Two heaps on their way to the law that stays, and how fast they get there.

use crate::relative_entropy::{
    KAPPA, approach as solved, between_gaussians, cells, entropy_on_cells,
};
use evidence::number;
use nalgebra::{Matrix2, Vector2};
use plot::{Grid, Legend, Picture, Plot, Style};

/// The times of the left panel.
const SHOWN: [f64; 4] = [0.0, 0.2, 0.8, 2.4];
/// The end of the right panel, in tenths.
const TENTHS: u32 = 40;

/// Densities at four times; their distance from the target beside the bound.
pub(super) fn approach() -> Picture {
    let cells = cells();
    let times: Vec<f64> = (0..=TENTHS).map(|i| 0.1 * f64::from(i)).collect();
    let (seen, law) = solved(cells, &times).expect("the cells hold both heaps");
    let curve = |p: &[f64]| -> Vec<(f64, f64)> {
        let all = cells.centres().zip(p.iter().copied()).step_by(2);
        all.filter(|(x, _)| x.abs() < 4.2).collect()
    };
    let mut left = Plot::new(330, 320)
        .x_label("$x$")
        .y_label("density")
        .x_range(-4.2, 4.2)
        .y_range(0.0, 0.75)
        .legend(Legend::Above);
    for (k, t) in (0..).zip(SHOWN) {
        let i = (10.0 * t).round() as usize;
        let style = Style::color(k).width(1.6).label(format!("$t={t}$"));
        left = left.line(&curve(&seen[i]), style);
    }
    left = left.line(&curve(&law), Style::text().solid().width(1.0).alpha(0.7));
    let entropies: Vec<f64> =
        seen.iter().map(|p| entropy_on_cells(&cells, p, &law)).collect();
    let start = entropies[0];
    let solved: Vec<_> = times.iter().copied().zip(entropies.iter().copied()).collect();
    let end = times[times.len() - 1];
    let bound = [(0.0, start), (end, start * (-2.0 * KAPPA * end).exp())];
    // A Gaussian beside its target, and turned about the middle of the target.
    let turned = |t: f64| {
        let mean = Vector2::new(t.cos(), t.sin()) * (2.0 * start).sqrt();
        let round = Matrix2::identity();
        between_gaussians(&mean, &round, &round).unwrap_or(f64::NAN)
    };
    let turning: Vec<_> = times.iter().step_by(8).map(|t| (*t, turned(*t))).collect();
    let right = Plot::new(330, 320)
        .x_label("time $t$")
        .y_label("KL in nats")
        .x_range(0.0, end)
        .y_range(3e-3, 6.0)
        .log_y()
        .legend(Legend::Hidden)
        .text(0.25, 3.9, "a turn")
        .text(2.1, 0.36, "the bound")
        .text(0.3, 0.02, "two heaps")
        .line(&solved, Style::color(0).solid().width(2.0))
        .line(&bound, Style::text().dashed().width(1.4))
        .line(&turning, Style::color(1).dotted().width(2.0));
    let at = |tenths: usize| number(entropies[tenths]);
    let said = |t: f64| number(start * (-2.0 * KAPPA * t).exp());
    let caption = format!(
        "Left: two heaps follow $dX=-U'(X)\\,dt+\\sqrt2\\,dW$ on {} cells; thin: the law that stays. Right: how \
         many nats they are away from it, with the bound $e^{{-2\\kappa t}}$ times the start, $\\kappa={KAPPA}$: \
         {} at $t=1$ where the bound is {}, and {} at $t=3$ where it is {}. Dotted: a Gaussian in the plane \
         that is turned about the middle of its target. The turn leaves the target alone, and nothing \
         comes nearer.",
        cells.count,
        at(10),
        said(1.0),
        at(30),
        said(3.0),
    );
    let alt = format!(
        "Two panels. Left, density against x: at time 0 two heaps, near −2.2 and 2.4; at 0.2 they are lower \
         and nearer the middle, at 0.8 they have grown together, and at 2.4 the curve lies on a thin one with \
         a single peak near 0.3. Right, nats against time on a logarithmic scale: a solid curve falls from \
         {} below a straight dashed line, {} against {} at time 3, and a dotted line stays level.",
        at(0),
        at(30),
        said(3.0),
    );
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}
