//! Where a particle came from, told by those that came there and by those sent back.

use crate::noised::Noised;
use crate::noising::Noising;
use crate::reverse::Reversed;
use crate::schedules::{Beta, Interval, NoiseSchedule, VariancePreserving};
use ch01_flows::quadrature::trapezoid;
use ch02_brownian_motion::{EulerMaruyama, simulate_paths};
use ch03_fokker_planck::transition::normal;
use dynamics::{Point, Sde, Stream, TimeGrid};
use evidence::{SEED, number};
use nalgebra::Matrix1;
use plot::{Grid, Legend, Picture, Plot, Style};

const STEPS: usize = 250;
/// Where the particle is seen at t = 1.
const SEEN: f64 = -0.2;
/// How near to it counts.
const NEAR: f64 = 0.04;
/// Paths that are drawn, and every which point of them.
const DRAWN: usize = 14;
const THIN: usize = 5;

/// Weight, mean and variance of the heaps from which the particles start.
const HEAPS: [(f64, f64, f64); 2] = [(0.3, -1.5, 0.09), (0.7, 1.0, 0.25)];

/// dX = −X dt + √2 dW over one unit of time.
fn law() -> Noised<VariancePreserving, 1> {
    let schedule = VariancePreserving {
        beta: Beta { start: 2.0, end: 2.0 },
        interval: Interval { start: 0.0, end: 1.0 },
    };
    let heap = |(w, m, v)| (w, Point::<1>::new(m), Matrix1::new(v));
    Noised::new(HEAPS.map(heap), schedule)
}

/// Paths of 40 000 particles from the heaps that end near the place.
fn arrived() -> Vec<Vec<f64>> {
    let law = law();
    let mut draws = Stream::new(SEED, "starts").generator();
    let starts: Vec<f64> = (0..40_000).map(|_| law.sample(&mut draws)[0]).collect();
    let forward = Noising { schedule: law.schedule };
    let paths = run(&forward, &starts, "forwards");
    paths.into_iter().filter(|path| (path[STEPS] - SEEN).abs() < NEAR).collect()
}

/// Paths of 2000 particles sent back from the place.
fn sent_back() -> Vec<Vec<f64>> {
    let law = law();
    let back = Reversed { process: Noising { schedule: law.schedule }, law, end: 1.0 };
    let mut paths = run(&back, &vec![SEEN; 2000], "backwards");
    paths.iter_mut().for_each(|path| path.reverse());
    paths
}

fn run(sde: &impl Sde<f64>, starts: &[f64], purpose: &'static str) -> Vec<Vec<f64>> {
    let (grid, noise) = (TimeGrid::new(0.0, 1.0, STEPS), Stream::new(SEED, purpose));
    simulate_paths(&EulerMaruyama, sde, grid, noise, starts).expect("finite")
}

/// The law of the start, given the place at t = 1: heaps with new weights, each drawn
/// towards where the place says.
fn start_given_end(y: f64) -> f64 {
    let (a, s) = (law().schedule.alpha(1.0_f64), law().schedule.sigma(1.0_f64));
    let joint = |y: f64| {
        let prior: f64 = HEAPS.iter().map(|&(w, m, v)| w * normal(y, m, v)).sum();
        prior * normal(SEEN, a * y, s * s)
    };
    let seen: f64 =
        HEAPS.iter().map(|&(w, m, v)| w * normal(SEEN, a * m, a * a * v + s * s)).sum();
    joint(y) / seen
}

/// Those that came, those sent back, and the starts of both against Bayes' rule.
pub(super) fn past() -> Picture {
    let (came, sent) = (arrived(), sent_back());
    let grid = TimeGrid::new(0.0, 1.0, STEPS);
    let paths = |title: &str, paths: &[Vec<f64>], color: u8| {
        let mut plot = Plot::new(210, 250)
            .title(title)
            .x_label("$t$")
            .y_label("$X_t$")
            .x_range(0.0, 1.0)
            .y_range(-3.0, 3.0);
        for path in paths.iter().take(DRAWN) {
            let points: Vec<_> =
                (0..=STEPS).step_by(THIN).map(|i| (grid.time(i), path[i])).collect();
            plot = plot.line(&points, Style::color(color).width(0.9).solid().alpha(0.8));
        }
        plot
    };
    let (low, width, bars) = (-3.0, 0.25, 24);
    let heights = |paths: &[Vec<f64>]| -> Vec<(f64, f64, f64)> {
        let bar = |k: usize| {
            let (a, b) = (low + width * k as f64, low + width * (k + 1) as f64);
            let inside = paths.iter().filter(|path| a <= path[0] && path[0] < b).count();
            (a, b, inside as f64 / (width * paths.len() as f64))
        };
        (0..bars).map(bar).collect()
    };
    let curve: Vec<_> = (0..=120)
        .map(|k| -3.0 + 0.05 * f64::from(k))
        .map(|y| (y, start_given_end(y)))
        .collect();
    let law = Plot::new(210, 250)
        .title("starts")
        .x_label("$X_0$")
        .x_range(-3.0, 3.0)
        .y_range(0.0, 0.8)
        .legend(Legend::Above)
        .histogram(&heights(&sent), Style::color(1).alpha(0.35))
        .line(&curve, Style::text().width(1.4).solid());
    let svg = Grid::new(3)
        .add(paths("those that came", &came, 0))
        .add(paths("those sent back", &sent, 1))
        .add(law)
        .draw();
    let left = |paths: &[Vec<f64>]| {
        number(
            paths.iter().filter(|path| path[0] < -0.4).count() as f64
                / paths.len() as f64,
        )
    };
    let (of_came, of_sent, count) = (left(&came), left(&sent), came.len());
    let of_bayes = number(trapezoid(start_given_end, -6.0, -0.4, 2000));
    let caption = format!(
        "A particle is seen at $X_1=-0.2$. Where did it start? First panel: of $40\\,000$ paths of \
         $dX=-X\\,dt+\\sqrt2\\,dW$ from two heaps we keep the {count} that end within $0.04$ of that place ({DRAWN} are drawn). \
         Second panel: particles sent back from that very place with the reverse drift. Third panel: the starts of $2000$ of these \
         (bars) and Bayes' rule (line). On the left, below $-0.4$, started {of_came} of those that came and {of_sent} of those sent back; by Bayes' rule {of_bayes} should."
    );
    let alt = format!(
        "Three panels. The first shows jagged paths that begin in two heaps, one below and one above zero, and \
         end together at minus 0.2. The second shows paths that look the same and were drawn from right to left. \
         The third shows a histogram with two humps of their starts, on the curve of Bayes' rule. The share of \
         starts on the left is {of_came} for the first and {of_sent} for the second."
    );
    Picture::new(svg, caption, alt)
}
