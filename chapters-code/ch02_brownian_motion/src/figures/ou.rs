//! The Ornstein–Uhlenbeck process: sweeps over noise and rate, and the bias of long steps.

use crate::ou_experiments::{
    END, RATE, RATES, STEPS, STRENGTHS, ou_paths, spread_starts,
};
use crate::{EulerMaruyama, ExactOu, OrnsteinUhlenbeck, simulate};
use dynamics::{SdeMethod, Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Grid, Legend, Marker, Picture, Plot, Style};

/// Ten paths in one panel, every `thin`-th point, with the band of two deviations of a
/// particle from 0 and the mean of the outermost; and how many end in the band.
fn panel(
    plot: Plot,
    ou: OrnsteinUhlenbeck,
    thin: usize,
    width: f64,
    named: bool,
) -> (Plot, usize) {
    let paths = ou_paths(ou, &spread_starts(10), SEED).expect("finite");
    let grid = TimeGrid::new(0.0, END, STEPS);
    let deviation = |t: f64| ou.transition(t).1.sqrt();
    let coarse: Vec<f64> = TimeGrid::new(0.0, END, 40).times().collect();
    let name = |style: Style, label: &str| if named { style.label(label) } else { style };
    let mut plot =
        plot.x_label("$t$").x_range(0.0, END).y_range(-11.0, 11.0).legend(Legend::Above);
    if ou.diffusion > 0.0 {
        let strip: Vec<_> = coarse
            .iter()
            .map(|&t| (t, -2.0 * deviation(t), 2.0 * deviation(t)))
            .collect();
        plot = plot.band(&strip, name(Style::color(1).alpha(0.3), "$\\pm 2$ deviations"));
    }
    for path in &paths {
        let points: Vec<_> =
            (0..=STEPS).step_by(thin).map(|i| (grid.time(i), path[i])).collect();
        plot = plot.line(&points, Style::color(0).width(width).solid().alpha(0.75));
    }
    for side in [-10.0, 10.0] {
        let mean: Vec<_> =
            coarse.iter().map(|&t| (t, side * ou.transition(t).0)).collect();
        plot =
            plot.line(&mean, name(Style::text().width(1.2).dashed(), "outermost means"));
    }
    let limit = 2.0 * deviation(END);
    (plot, paths.iter().filter(|path| path[STEPS].abs() <= limit).count())
}

/// Ten paths under four strengths of noise.
pub(super) fn sigma_sweep() -> Picture {
    let mut grid = Grid::new(2).shared_axes();
    let (mut inside, mut widths) = (0, Vec::new());
    for g in STRENGTHS {
        let ou = OrnsteinUhlenbeck { rate: RATE, diffusion: g };
        let plot = Plot::new(300, 230).y_label("$X_t$").title(format!("$g = {g}$"));
        let (plot, within) = panel(plot, ou, 12, 0.9, g > 0.0);
        grid = grid.add(plot);
        if g > 0.0 {
            inside += within;
            widths.push(number(2.0 * ou.transition(END).1.sqrt()));
        }
    }
    let widths = widths.join(", ");
    let caption = format!(
        "Ten paths from starts between $-10$ and $10$, with $\\theta=\\frac14$ and the same noise in all panels, \
         $n=1000$ (every twelfth point is drawn). Shaded: two standard deviations of theory to either side of 0, \
         for a particle that starts there; dashed: the means $\\pm10\\,e^{{-\\theta t}}$ of the outermost. At $t=20$ the band reaches to {widths} for the three strengths. Of the 30 \
         noisy paths, three times the same ten draws, {inside} end inside."
    );
    let alt = format!(
        "Four panels with ten curves each that run together from a fan of starts. Without noise they are smooth \
         and meet near zero. With growing noise they end as a bundle of jagged lines about as wide as a \
         shaded band round zero, of half-width {widths}; {inside} of 30 end inside the band."
    );
    Picture::new(grid.draw(), caption, alt)
}

/// Ten paths for each of four rates and four strengths.
pub(super) fn rates_and_strengths() -> Picture {
    let mut grid = Grid::new(4).shared_axes();
    let mut inside = 0;
    for rate in RATES {
        for g in STRENGTHS {
            let ou = OrnsteinUhlenbeck { rate, diffusion: g };
            let plot = Plot::new(156, 136)
                .y_label(format!("$\\theta = {rate}$"))
                .title(format!("$g = {g}$"));
            let (plot, within) = panel(plot, ou, 40, 0.8, g > 0.0);
            grid = grid.add(plot);
            inside += if g > 0.0 { within } else { 0 };
        }
    }
    let slow = OrnsteinUhlenbeck { rate: RATES[0], diffusion: 1.0 }.transition(END);
    let quick = OrnsteinUhlenbeck { rate: RATES[3], diffusion: 1.0 }.transition(END);
    let left = number(10.0 * slow.0);
    let [wide, narrow] = [slow, quick].map(|(_, v)| number(2.0 * v.sqrt()));
    let caption = format!(
        "The same over four rates (rows) and four strengths (columns), ten paths each, every fortieth point. \
         The rate says how fast a start is forgotten and, with the noise, how wide the band becomes: for $g=1$ its \
         half-width falls from {wide} in the first row to {narrow} in the last. In the first row time is too short: \
         the outermost mean is still {left} away from 0. Of the 120 noisy paths {inside} end inside their band; all panels have the same noise."
    );
    let alt = format!(
        "Sixteen small panels on common axes, rows for rates and columns for strengths of noise. In the top row the \
         ten curves are still apart at the end, in the bottom row they meet within the first fifth. To the right \
         they are more jagged and fill a shaded band, of half-width {wide} at the top right and {narrow} at the \
         bottom right; {inside} of 120 end inside."
    );
    Picture::new(grid.draw(), caption, alt)
}

/// The variance of settled chains against the length of the step.
pub(super) fn bias() -> Picture {
    let ou = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.6 };
    let exact = ou.diffusion.powi(2) / (2.0 * ou.rate);
    let curve: Vec<_> = (0..=90)
        .map(|k| f64::from(k) / 50.0)
        .filter_map(|y| Some((y, ou.euler_limit(y / ou.rate)? / exact)))
        .collect();
    let places = [0.1, 0.3, 0.5, 0.8, 1.1, 1.4, 1.6, 1.75];
    let sampled = |y: f64, method: &dyn Fn(TimeGrid, Stream, &mut [f64])| {
        let mut ends = vec![0.0; 4000];
        let n = (12.0 / y).max(30.0);
        let grid = TimeGrid::new(0.0, n.ceil() * y / ou.rate, n.ceil() as usize);
        method(grid, Stream::new(SEED, "bias of long steps"), &mut ends);
        let square: f64 = ends.iter().map(|x| x * x).sum();
        (y, square / 4000.0 / exact)
    };
    let euler = places.map(|y| sampled(y, &|g, s, x| run(&EulerMaruyama, &ou, g, s, x)));
    let exact_step = places.map(|y| sampled(y, &|g, s, x| run(&ExactOu, &ou, g, s, x)));
    let svg = Plot::new(560, 340)
        .x_label("length of the step, $\\theta h$")
        .y_label("variance over $g^2/(2\\theta)$")
        .x_range(0.0, 1.9)
        .y_range(0.0, 9.0)
        .legend(Legend::Above)
        .horizontal(1.0, Style::text().width(1.0).dashed())
        .line(&curve, Style::color(0).width(1.8).solid().label("$1/(1 - \\theta h/2)$"))
        .points(
            &euler,
            Style::color(0).size(7.0).marker(Marker::Circle).label("Euler–Maruyama"),
        )
        .points(
            &exact_step,
            Style::color(1).size(7.0).marker(Marker::Square).label("exact step"),
        )
        .draw();
    let [a, b, c] = [euler[2].1, euler[7].1, exact_step[7].1].map(number);
    let caption = format!(
        "The variance of 4000 settled chains, in units of the variance of the process, against the step. \
         Euler–Maruyama follows the curve: {a} at $\\theta h=\\frac12$, {b} at $\\theta h=1.75$; at 2 the curve leaves \
         every bound. The exact step gives {c} at $\\theta h=1.75$, as it does anywhere but for the 2 % by which 4000 \
         draws miss."
    );
    let alt = format!(
        "Variance against step length. Circles for Euler–Maruyama lie on a curve that starts at 1, passes {a} at \
         one half and rises ever more steeply to {b} at 1.75. Squares for the exact step stay on the dashed \
         line at 1."
    );
    Picture::new(svg, caption, alt)
}

/// Carries the chains to the end of the grid.
fn run(
    method: &impl SdeMethod<OrnsteinUhlenbeck, f64, f64>,
    ou: &OrnsteinUhlenbeck,
    grid: TimeGrid,
    stream: Stream,
    chains: &mut [f64],
) {
    simulate(method, ou, grid, stream, chains).expect("a stable chain");
}
