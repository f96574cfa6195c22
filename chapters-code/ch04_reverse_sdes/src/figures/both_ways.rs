//! Time run both ways, in the plane.

use crate::flow::ProbabilityFlow;
use crate::noised::Noised;
use crate::noising::{Backward, Noising};
use crate::problem::SCHEDULE;
use crate::sampler::way_back;
use crate::schedules::{Interval, NoiseSchedule, VariancePreserving};
use ch01_flows::{Rk4, trajectory};
use ch02_brownian_motion::{EulerMaruyama, simulate_paths};
use dynamics::{Increment, Point, Sde, Stream, TimeGrid};
use evidence::SEED;
use nalgebra::{Matrix2, Vector2};
use plot::{Grid, Picture, Plot, Slider, Style, Svg};

/// Frames are at the squares of their number, since most happens at the start.
const FRAMES: usize = 13;
const STEPS: usize = 3 * (FRAMES - 1) * (FRAMES - 1);
/// The frame shown first.
const START: usize = 5;
/// Points in each panel.
const POINTS: usize = 100;

type Heap = (f64, Point<2>, Matrix2<f64>);

/// Three heaps in the plane: weight, mean, covariance.
fn heaps() -> [Heap; 3] {
    [
        (0.5, Vector2::new(1.1, 0.9), Matrix2::new(0.12, -0.07, -0.07, 0.10)),
        (0.3, Vector2::new(-1.5, 0.7), Matrix2::new(0.04, 0.0, 0.0, 0.16)),
        (0.2, Vector2::new(-0.2, -1.4), Matrix2::new(0.14, 0.05, 0.05, 0.05)),
    ]
}

/// The places of one particle at the frames' times, and the heap to which it belongs at
/// the first of them.
struct Followed {
    places: Vec<Point<2>>,
    heap: usize,
}

fn followed(path: &[Point<2>]) -> Followed {
    let places: Vec<_> = (0..FRAMES).map(|k| path[3 * k * k]).collect();
    let distance = |(_, mean, covariance): &Heap| {
        let apart = places[0] - mean;
        let inverse = covariance.try_inverse().expect("a covariance");
        apart.dot(&(inverse * apart)) + covariance.determinant().ln()
    };
    let heaps = heaps();
    let nearer =
        |a: &usize, b: &usize| distance(&heaps[*a]).total_cmp(&distance(&heaps[*b]));
    let heap = (0..heaps.len()).min_by(nearer).expect("three heaps");
    Followed { places, heap }
}

fn run(
    sde: &impl Sde<Point<2>>,
    starts: &[Point<2>],
    purpose: &str,
) -> Vec<Vec<Point<2>>> {
    let Interval { start, end } = SCHEDULE.interval();
    let own = TimeGrid::new(0.0, end - start, STEPS);
    simulate_paths(&EulerMaruyama, sde, own, Stream::new(SEED, purpose), starts)
        .expect("finite")
}

/// Forwards, back with noise, back without.
fn three_ways() -> [Vec<Followed>; 3] {
    let law: Noised<VariancePreserving, 2> = Noised::new(heaps(), SCHEDULE);
    let mut draws = Stream::new(SEED, "three heaps").generator();
    let data: Vec<_> = (0..POINTS).map(|_| law.sample(&mut draws)).collect();
    let noise: Vec<_> = (0..POINTS).map(|_| Point::<2>::draw(1.0, &mut draws)).collect();
    let forwards = run(&Noising { schedule: SCHEDULE }, &data, "three heaps, forwards");
    let back = Backward { schedule: SCHEDULE, score: law.clone(), lambda: 1.0 };
    let mut backwards = run(&back, &noise, "three heaps, back");
    let flow = ProbabilityFlow { schedule: SCHEDULE, score: law };
    let mut along: Vec<_> = noise
        .iter()
        .map(|x| trajectory(&Rk4, &flow, way_back(&SCHEDULE, STEPS), *x))
        .collect();
    for path in backwards.iter_mut().chain(&mut along) {
        path.reverse();
    }
    [forwards, backwards, along].map(|paths| paths.iter().map(|p| followed(p)).collect())
}

/// A cloud that drowns and two that gather, moved by the reader.
pub(super) fn both_ways() -> Picture {
    let ways = three_ways();
    let mut slider = Slider::new("$t$").start(START);
    for k in 0..FRAMES {
        let t = (k * k) as f64 / ((FRAMES - 1) * (FRAMES - 1)) as f64;
        slider = slider.frame(format!("{t:.2}"), frame(&ways, k));
    }
    let caption = "Move the time, to the right for noise, to the left for data. Left: data of three heaps drown. Middle: \
        draws of $\\mathcal N(0,I)$ run back with the reverse SDE. Right: the same draws with the probability flow. Colours tell the heap at $t=0$. At $t=1$ \
        they are mixed where there is noise: the heap is not decided yet. Without noise each heap has a region of its own, and the borders can be seen.";
    let alt = "Three square panels with a hundred points each in three colours. At time 0 all three show the same three separate heaps, \
        each of one colour. As the slider moves to 1 the heaps of every panel spread into one round cloud. In the first two panels \
        the colours of the cloud are mixed. In the third the colours stay apart, in three sectors with clean borders.";
    Picture::new(slider.html("fig-rev-both-ways"), caption, alt)
}

fn frame(ways: &[Vec<Followed>; 3], k: usize) -> Svg {
    let titles = ["forwards", "back, with noise", "back, without"];
    let mut grid = Grid::new(3);
    for (title, way) in titles.into_iter().zip(ways) {
        let mut plot = Plot::new(210, 230)
            .title(title)
            .x_label("$x_1$")
            .x_range(-3.0, 3.0)
            .y_range(-3.0, 3.0)
            .equal_aspect();
        for heap in 0..heaps().len() {
            let points: Vec<_> = way
                .iter()
                .filter(|one| one.heap == heap)
                .map(|one| (one.places[k].x, one.places[k].y))
                .filter(|(x, y)| x.abs().max(y.abs()) < 3.0)
                .collect();
            if !points.is_empty() {
                plot = plot.points(&points, Style::color(heap as u8).size(3.4));
            }
        }
        grid = grid.add(plot);
    }
    grid.draw()
}
