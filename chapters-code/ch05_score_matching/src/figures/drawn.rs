//! Drawing with scores: down a staircase, and with networks that have learned.

use crate::annealed::{Stairs, annealed_langevin, far_heaps};
use crate::drawing::draw;
use crate::learned::Learned;
use crate::likelihood::log_density;
use crate::toy_models::{Set, distance, kept};
use crate::toys::EightGaussians;
use ch04_reverse_sdes::problem::SCHEDULE;
use ch04_reverse_sdes::{NoiseSchedule, Noised, VariancePreserving};
use dynamics::{Increment, Point, Stream};
use evidence::{SEED, number};
use neural::Matrix;
use plot::{Grid, Legend, Picture, Plot, Ramp, Slider, Style, Svg};

/// Chains that are shown.
const CHAINS: usize = 6;
/// Every so many steps a place is kept.
const EVERY: usize = 12;

/// The places of a chain, every twelve steps.
fn chain(stairs: &Stairs, k: u64) -> Vec<(f64, f64)> {
    let mut draws = Stream::new(SEED, "chains of the figure").chunk(k);
    let law = far_heaps();
    let mut x = Point::<1>::new(6.0) + Point::draw(0.4, &mut draws);
    let mut places = vec![(0.0, x.x)];
    for level in &stairs.levels {
        for _ in 0..stairs.steps / EVERY {
            let plan = (EVERY, stairs.ratio);
            x = annealed_langevin(&law, &[*level], plan, x, &mut draws);
            places.push((places.len() as f64 * EVERY as f64, x.x));
        }
    }
    places
}

/// Two panels: the lowest level alone, and the staircase.
pub(super) fn stairs() -> Picture {
    let panels =
        [(Stairs::bottom(), "lowest level alone"), (Stairs::down(), "staircase")];
    let mut grid = Grid::new(2).shared_axes();
    for (stairs, title) in &panels {
        let mut plot = Plot::new(340, 300)
            .title(*title)
            .x_label("steps")
            .y_label("place $x$")
            .x_range(0.0, 1440.0)
            .y_range(-22.0, 22.0)
            .horizontal(-6.0, Style::text().width(1.0).dashed().alpha(0.6))
            .horizontal(6.0, Style::text().width(1.0).dashed().alpha(0.6));
        for k in 0..CHAINS {
            let places: Vec<_> = chain(stairs, k as u64)
                .into_iter()
                .map(|(step, x)| (step, x.clamp(-22.0, 22.0)))
                .collect();
            let color = Style::color(k as u8).width(1.2).solid();
            plot = plot.line(&places, color);
        }
        grid = grid.add(plot);
    }
    let ends: Vec<f64> = (0..CHAINS as u64)
        .map(|k| chain(&panels[1].0, k).last().expect("places").1)
        .collect();
    let left = ends.iter().filter(|x| **x < 0.0).count();
    let caption = format!(
        "Six chains of Langevin dynamics with the exact score, all started at the heap on the right (what goes beyond $\\pm22$ is drawn there); the heaps are at the dashed lines, with four tenths of the mass on the left. \
         Left: noise of deviation 0.1 from the first step on. No chain finds the other heap. Right: the deviation falls in 24 levels from 12 to 0.1. While there is much noise the heaps \
         are one, and a chain forgets where it was; {left} of the six end on the left."
    );
    let alt = format!(
        "Two panels with six ragged lines each, over 1440 steps. On the left all stay within one and a half of the place 6. On the right they fill the panel \
         from −20 to 20 at first, narrow like a funnel, and part near step 600 into two bundles, {left} lines at −6 and {} at 6.",
        CHAINS - left
    );
    Picture::new(grid.draw(), caption, alt)
}

/// |ε − ε*| of the network for eight Gaussians, on a line through the middle, at all times.
pub(super) fn error_map() -> Picture {
    let learned = kept(Set::Gaussians);
    let law = Noised::new(EightGaussians::parts(), SCHEDULE);
    let (columns, rows, width) = (110, 90, 4.2);
    // Even in √t: much happens early.
    let time = |i: usize| {
        let share = (i as f64 + 0.5) / columns as f64;
        share.powi(2).max(SCHEDULE.interval().start)
    };
    let place = |j: usize| -width + 2.0 * width * (j as f64 + 0.5) / rows as f64;
    let mut values = vec![0.0; rows * columns];
    let (mut inside, mut count) = (0.0, 0);
    for i in 0..columns {
        let (t, sigma) = (time(i), SCHEDULE.sigma(time(i)));
        let x =
            Matrix::from_fn(2, rows, |d, j| if d == 0 { place(j) as f32 } else { 0.0 });
        let guess = learned.noise(t, &x);
        for j in 0..rows {
            let at = Point::<2>::new(place(j), 0.0);
            let exact = law.score(t, &at) * -sigma;
            let off = Point::<2>::new(guess[(0, j)].into(), guess[(1, j)].into()) - exact;
            values[j * columns + i] = off.norm().min(1.0);
            if law.log_density(t, &at) > -6.0 {
                inside += off.norm();
                count += 1;
            }
        }
    }
    let root = SCHEDULE.interval().end.sqrt();
    let plot = Plot::new(700, 340)
        .x_label("$\\sqrt t$")
        .y_label("place $x_1$, with $x_2=0$")
        .x_range(0.0, root)
        .y_range(-width, width)
        .legend(Legend::Hidden)
        .heat(columns, rows, &values, (0.0, root), (-width, width), Ramp::Tint(1))
        .heat_range(0.0, 1.0);
    let caption = format!(
        "How far the guess of the noise is from the right one, for the network that has learned eight Gaussians: on the line $x_2=0$, which passes through two of them (at $\\pm2.83$), over the \
         root of time. No colour is 0, full colour 1 and more; the noise itself has the mean square 2. Where the noised law has a density above $e^{{-6}}$ the mean error is {}. Strong colour is \
         what the network has hardly ever seen: the hole in the ring, while there is little noise.",
        number(inside / f64::from(count))
    );
    let alt = "A map with the root of time to the right and place upwards. Nearly all of it is pale. A dark streak lies along the place 0, in the hole of the ring, from 0.1 to 0.45 on the axis, with \
        a paler one below it; the left edge, where there is hardly any noise, is a little coloured at all places, and from 0.6 on next to nothing is left.";
    Picture::new(plot.draw(), caption, alt)
}

/// Draws of each law, and the density of what its network makes.
pub(super) fn toys() -> Picture {
    let cells = 72;
    let mut grid = Grid::new(3);
    let mut far = Vec::new();
    for set in Set::ALL {
        let law = set.law();
        let mut draws = Stream::new(SEED, "draws of a law").generator();
        let points: Vec<_> = (0..4000)
            .map(|_| law.sample(&mut draws))
            .map(|x| (x.x, x.y))
            .filter(|(x, y)| x.abs().max(y.abs()) < 4.4)
            .collect();
        grid = grid.add(square(law.name()).cloud(&points, Style::color(0)));
        far.push(number(distance(set, &kept(set), 48)));
    }
    for set in Set::ALL {
        let learned = kept(set);
        let middle = |k: usize| -4.4 + 8.8 * (k as f64 + 0.5) / cells as f64;
        let x = Matrix::from_fn(2, cells * cells, |i, k| {
            (if i == 0 { middle(k % cells) } else { middle(k / cells) }) as f32
        });
        let values = densities(&learned, &x);
        let top = values.iter().copied().fold(0.0, f64::max);
        let plot = square("made of noise")
            .heat(cells, cells, &values, (-4.4, 4.4), (-4.4, 4.4), Ramp::Density)
            .heat_range(0.0, 0.8 * top);
        grid = grid.add(plot);
    }
    let caption = format!(
        "Above: 4000 draws of each of the three laws. Draws like these are all that a network is shown. Below: the density of what it makes of $\\mathcal N(0,I)$ by the probability flow. Its distance from the law, \
         $\\mathrm{{KL}}(p\\,\\|\\,q)$, is {}, {} and {} nats.",
        far[0], far[1], far[2]
    );
    let alt = "Three columns. Above, clouds of points: eight round heaps on a ring, two half moons that hold each other, every other square of a board. Below, in colours, densities of the \
        same shapes: the heaps and moons are as sharp as above, the squares of the board have soft edges and faint bridges between their corners.";
    Picture::new(grid.draw(), caption, alt)
}

/// q at the columns of x, in parts on all cores.
fn densities(learned: &Learned<VariancePreserving>, x: &Matrix) -> Vec<f64> {
    let part = |columns: &[f32]| {
        let x = Matrix::from_column_slice(2, columns.len() / 2, columns);
        log_density(&SCHEDULE, |t, x| learned.velocity(t, x), &x, 20)
    };
    x.as_slice().chunks(512).flat_map(part).map(f64::exp).collect()
}

fn square(title: &str) -> Plot {
    Plot::new(224, 236)
        .title(title)
        .x_range(-4.4, 4.4)
        .y_range(-4.4, 4.4)
        .equal_aspect()
        .legend(Legend::Hidden)
}

/// Frames of the slider, at the squares of their number.
const FRAMES: usize = 11;
/// Points in each panel.
const POINTS: usize = 220;

/// Noise that becomes two moons, moved by the reader.
pub(super) fn moons() -> Picture {
    let learned = kept(Set::Moons);
    let interval = SCHEDULE.interval();
    let last = (FRAMES - 1) as f64;
    let time =
        |k: f64| interval.start + (interval.end - interval.start) * (k / last).powi(2);
    // Eight steps from one frame to the next.
    let times: Vec<f64> =
        (0..=8 * (FRAMES - 1)).map(|i| time(last - i as f64 / 8.0)).collect();
    let drawn = |lambda: f64, frame: usize| {
        let until = &times[..=8 * (FRAMES - 1 - frame)];
        let stream = Stream::new(SEED, "noise becomes moons");
        draw(&SCHEDULE, &learned, lambda, until, (2, POINTS), stream).expect("finite")
    };
    let mut slider = Slider::new("$t$").start(0);
    for frame in 0..FRAMES {
        let panels = [(1.0, "with noise"), (0.0, "without")];
        let svg: Svg = panels
            .into_iter()
            .fold(Grid::new(2), |grid, (lambda, title)| {
                let x = drawn(lambda, frame);
                let points: Vec<_> = x
                    .column_iter()
                    .map(|x| (f64::from(x[0]), f64::from(x[1])))
                    .filter(|(x, y)| x.abs().max(y.abs()) < 4.4)
                    .collect();
                let plot = Plot::new(300, 300)
                    .title(title)
                    .x_label("$x_1$")
                    .y_label("$x_2$")
                    .x_range(-4.4, 4.4)
                    .y_range(-4.4, 4.4)
                    .equal_aspect();
                grid.add(plot.points(&points, Style::color(0).size(3.4)))
            })
            .draw();
        slider = slider.frame(format!("{:.2}", time(frame as f64)), svg);
    }
    let caption = "Move the time to the right for noise, to the left for data. The network for two moons runs the same draws of $\\mathcal N(0,I)$ back, left with the reverse SDE, right with \
        the probability flow, in 80 steps that get shorter near the data.";
    let alt = "Two square panels with 220 points each. At time 0 both show two half moons that hold each other. As the slider moves to 1 the moons blur and become one round cloud.";
    Picture::new(slider.html("fig-sm-moons"), caption, alt)
}
