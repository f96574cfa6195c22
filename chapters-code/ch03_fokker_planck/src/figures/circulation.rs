//! One law at rest, with and without a flux that goes round.

use crate::bumps::Bumps;
use crate::operators::Diffusion;
use crate::score_driven::{Circulating, ScoreDriven, score};
use crate::zero_flux::Followed;
use ch02_brownian_motion::{EulerMaruyama, simulate_paths};
use dynamics::{Point, Stream, TimeGrid};
use evidence::SEED;
use nalgebra::{Matrix2, Vector2};
use plot::{Grid, Legend, Picture, Plot, Style};

/// How fast the right panel turns.
const TURN: f64 = 8.0;
/// The path's length in time, and in drawn points.
const TIME: f64 = 1.5;
const POINTS: usize = 300;

/// Two bumps that overlap.
fn target() -> Bumps<2> {
    Bumps::new([
        (0.6, Vector2::new(0.8, -0.3), Matrix2::new(0.7, 0.2, 0.2, 0.5)),
        (0.4, Vector2::new(-0.8, 0.5), Matrix2::new(0.5, -0.1, -0.1, 0.6)),
    ])
}

fn around(turn: f64) -> Circulating<Bumps<2>, f64, 2> {
    let langevin = ScoreDriven { target: target(), noise: 2.0_f64.sqrt() };
    Circulating { langevin, turn: Matrix2::new(0.0, turn, -turn, 0.0) }
}

/// The level line through a place: steps across the slope until they come round.
fn level(start: Point<2>) -> Vec<(f64, f64)> {
    let (p, step) = (target(), 0.04);
    let across = |x: &Point<2>| {
        let s = score(&p, 0.0, x);
        Vector2::new(-s[1], s[0]).normalize()
    };
    let (mut x, mut line) = (start, vec![(start[0], start[1])]);
    for _ in 0..2000 {
        let half = x + across(&x) * (0.5 * step);
        x += across(&half) * step;
        line.push((x[0], x[1]));
        if line.len() > 20 && (x - start).norm() < step {
            break;
        }
    }
    line.push((start[0], start[1]));
    line
}

/// Every fourth point of a line, and its end: as much as the eye sees.
fn thinned(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let last = line.len() - 1;
    let seen = |(i, x): (usize, &(f64, f64))| (i % 4 == 0 || i == last).then_some(*x);
    line.iter().enumerate().filter_map(seen).collect()
}

/// Two panels: Langevin's equation, and the same with a turn.
pub(super) fn circulation() -> Picture {
    let starts = [0.3, 0.75, 1.25, 1.8].map(|r| Point::<2>::new(0.9 + r, -0.35));
    let levels: Vec<_> = starts.iter().map(|x| level(*x)).collect();
    let mut grid = Grid::new(2).shared_axes();
    let mut turns = Vec::new();
    for (turn, title) in [(0.0, "nothing flows"), (TURN, "the flux goes round")] {
        let diffusion = around(turn);
        let mut plot = Plot::new(330, 330)
            .title(title)
            .x_label("$x_1$")
            .y_label("$x_2$")
            .x_range(-3.0, 3.4)
            .y_range(-3.0, 3.2)
            .legend(Legend::Hidden)
            .equal_aspect();
        for line in &levels {
            plot = plot.line(&thinned(line), Style::text().solid().width(1.0).alpha(0.5));
        }
        let (path, round) = path(around(turn));
        turns.push(round);
        plot = plot.line(&path, Style::color(0).solid().width(1.0).alpha(0.8));
        if turn > 0.0 {
            plot = plot
                .arrows(&flux_arrows(&diffusion, &levels), Style::color(1).width(2.0));
        }
        grid = grid.add(plot);
    }
    let [still, round] =
        [turns[0], turns[1]].map(|t| format!("{t:.1}").replace('-', "−"));
    let caption = format!(
        "Level lines of a target and the path of one particle over {TIME} units of time, with the same \
         noise. Left: Langevin's equation. Right: with $A\\nabla\\log p_\\star$ added, where $A$ is {TURN} \
         times a quarter turn clockwise. The arrows are the flux, which follows the level lines. Counted round the mean \
         the left path makes {still} turns, the right one {round}. Both have the same law at rest."
    );
    let alt = format!(
        "Two square panels with the same four nested closed curves, shaped like beans, and the jagged path of a \
         particle. Left, the path wanders inside the curves without a direction and makes {still} turns. \
         Right, it winds round the middle counter-clockwise, {round} times, and arrows lie along the \
         curves in that direction, longest on the middle ones."
    );
    Picture::new(grid.draw(), caption, alt)
}

/// A path from one place, and how often it goes round the mean of the target.
fn path(diffusion: impl Diffusion<2>) -> (Vec<(f64, f64)>, f64) {
    let (every, start) = (5, Point::<2>::new(0.9, -0.35));
    let grid = TimeGrid::new(0.0, TIME, POINTS * every);
    let stream = Stream::new(SEED, "one path that goes round");
    let paths =
        simulate_paths(&EulerMaruyama, &Followed(diffusion), grid, stream, &[start])
            .expect("a drift that pulls back");
    let mean = Point::<2>::new(0.6 * 0.8 - 0.4 * 0.8, -0.6 * 0.3 + 0.4 * 0.5);
    let angle = |w: &[Point<2>]| {
        let (a, b) = (w[0] - mean, w[1] - mean);
        (a[0] * b[1] - a[1] * b[0]).atan2(a.dot(&b))
    };
    let turned: f64 = paths[0].windows(2).map(angle).sum();
    let drawn = paths[0].iter().step_by(every).map(|x| (x[0], x[1])).collect();
    (drawn, turned / std::f64::consts::TAU)
}

/// The flux at places along the level lines, scaled to be seen.
fn flux_arrows(
    diffusion: &Circulating<Bumps<2>, f64, 2>,
    levels: &[Vec<(f64, f64)>],
) -> Vec<(f64, f64, f64, f64)> {
    let p = target();
    let mut arrows = Vec::new();
    for line in levels {
        let count = (line.len() / 25).max(4);
        for k in 0..count {
            let (a, b) = line[k * line.len() / count];
            let x = Point::<2>::new(a, b);
            let flux = crate::flux::flux(diffusion, &p, 0.0, &x);
            arrows.push((a, b, 0.8 * flux[0], 0.8 * flux[1]));
        }
    }
    arrows
}
