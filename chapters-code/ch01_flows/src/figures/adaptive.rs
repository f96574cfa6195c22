//! An adaptive pair at work: small steps where the field is fast.

use crate::{DormandPrince, Tolerance, integrate, integrate_adaptive};
use dynamics::{OdeMethod, TimeGrid, VectorField};
use evidence::number;
use plot::{Grid, Legend, Picture, Plot, Style};

/// The end of the time interval.
const END: f64 = 6.0;
/// Absolute and relative tolerance of one step.
const TOLERANCE: f64 = 1e-6;

/// A slow swing, and a kick at t = 3 that is over in a tenth of a unit of time:
/// u_t(x) = cos t − x/2 + 40 exp(−(20 (t − 3))²).
fn kicked(t: f64, x: &f64) -> f64 {
    t.cos() - x / 2.0 + 40.0 * (-(20.0 * (t - 3.0)).powi(2)).exp()
}

/// The trajectory with the steps taken, above their lengths.
pub(super) fn adaptive() -> Picture {
    let run = integrate_adaptive(
        &DormandPrince,
        &kicked,
        0.0,
        END,
        0.0,
        Tolerance::both(TOLERANCE),
    )
    .expect("the field is smooth and the tolerance within reach");
    // The states in between, by the same steps once more.
    let mut states = vec![0.0];
    for (t, x) in run.times.windows(2).scan(0.0, |x, t| {
        *x = DormandPrince.step(&kicked, t[0], t[1] - t[0], x);
        Some((t[1], *x))
    }) {
        debug_assert!(t <= END);
        states.push(x);
    }
    let visited: Vec<_> = run.times.iter().copied().zip(states).collect();
    let lengths: Vec<_> = run.times.windows(2).map(|t| (t[0], t[1] - t[0])).collect();
    let smallest = lengths.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
    let largest = lengths.iter().map(|p| p.1).fold(0.0, f64::max);

    let fine = integrate(&DormandPrince, &kicked, TimeGrid::new(0.0, END, 20_000), 0.0);
    let error = (run.x - fine).abs();
    let equal = equal_steps_needed(&kicked, fine, error);
    let path: Vec<_> =
        crate::trajectory(&DormandPrince, &kicked, TimeGrid::new(0.0, END, 600), 0.0)
            .into_iter()
            .enumerate()
            .map(|(i, x)| (END * i as f64 / 600.0, x))
            .collect();
    // Each length as a bar over the time it covers, drawn as a staircase.
    let stairs: Vec<_> =
        lengths.iter().flat_map(|&(t, h)| [(t, h), (t + h, h)]).collect();
    let above = Plot::new(640, 250)
        .y_label("$x$")
        .x_label("$t$")
        .x_range(0.0, END)
        .legend(Legend::Hidden)
        .line(&path, Style::color(0).width(1.6).solid())
        .points(&visited, Style::color(1).size(5.0));
    let below = Plot::new(640, 250)
        .x_label("$t$")
        .y_label("step $h$")
        .x_range(0.0, END)
        .log_y()
        .legend(Legend::Hidden)
        .line(&stairs, Style::color(1).width(1.6).solid());
    let svg = Grid::new(1).add(above).add(below).draw();
    let steps = run.steps;
    let error = super::in_powers(error);
    let [smallest, largest] = [smallest, largest].map(number);
    let caption = format!(
        "A slow swing with a kick at $t = 3$: $u_t(x) = \\cos t - x/2 + 40\\,e^{{-(20(t-3))^2}}$. \
         Above, the trajectory and the {steps} steps that the pair of Dormand and Prince takes for a \
         tolerance of $10^{{-6}}$; below, how long each step is. It walks with steps of up to {largest}, \
         shortens them to {smallest} for the kick and lengthens them again; {} trial steps were \
         thrown away. The error at the end is {error}. The same method with equal steps needs about {equal} \
         of them for that.",
        run.rejected,
    );
    let alt = format!(
        "Two plots over time from 0 to 6. Above, a curve that swings slowly, jumps up steeply at time \
         3 and swings on; dots on it are sparse before and after, and crowd on the jump. Below, the \
         length of the steps on a logarithmic axis: around {largest} at most, falling to {smallest} \
         at time 3 and recovering at once afterwards."
    );
    Picture::new(svg, caption, alt)
}

/// The smallest number of equal steps, up to five per cent, from which on the error at
/// the end is at most `error`.
fn equal_steps_needed(field: &impl VectorField<f64>, exact: f64, error: f64) -> usize {
    let wrong = |n: usize| {
        (integrate(&DormandPrince, field, TimeGrid::new(0.0, END, n), 0.0) - exact).abs()
            > error
    };
    let mut tried = Vec::new();
    let mut n = 10;
    while n < 5000 {
        tried.push(n);
        n += n / 20 + 1;
    }
    let last_wrong = tried.iter().rposition(|&n| wrong(n));
    tried[last_wrong.map_or(0, |k| (k + 1).min(tried.len() - 1))]
}
