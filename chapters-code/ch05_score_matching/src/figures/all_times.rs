//! A loss that never settles, and a score that was learned at all times at once.

use crate::all_times::{floor, miss};
use crate::all_times_lesson::{QUESTIONS, drawn, law, learned};
use ch01_flows::quadrature::trapezoid;
use ch04_reverse_sdes::NoiseSchedule;
use ch04_reverse_sdes::problem::SCHEDULE;
use dynamics::{Increment, Point, Stream};
use evidence::{SEED, number};
use plot::{Grid, Legend, Picture, Plot, Style};
use rand::RngExt;

/// λ at a time.
type Weight = fn(f64) -> f64;

const WEIGHTS: [(&str, Weight); 3] = [
    ("$\\lambda=1$", |_| 1.0),
    ("$\\lambda=g^2$", |t| SCHEDULE.noise_rate(t)),
    ("$\\lambda=\\sigma^2$", |t| SCHEDULE.sigma(t).powi(2)),
];

const DRAWS: usize = 100_000;

/// The floor at each time with three weights, and means of the loss over ever more draws.
pub(super) fn floors() -> Picture {
    let law = law();
    let floor_at = |t: f64| {
        let term = |x: f64| {
            let place = Point::<1>::new(x);
            law.score(t, &place).x.powi(2) * law.log_density(t, &place).exp()
        };
        floor(1, SCHEDULE.sigma(t), trapezoid(term, -7.0, 7.0, 300))
    };
    let mut left = Plot::new(340, 330)
        .title("weighted floor at $t$")
        .x_label("$t$")
        .log_x()
        .log_y()
        .x_range(1e-5, 1.0)
        .y_range(1e-5, 1e7)
        .legend(Legend::Above);
    let times: Vec<f64> =
        (0..=60).map(|i| 10.0_f64.powf(-5.0 + f64::from(i) / 12.0)).collect();
    for (k, (name, weight)) in WEIGHTS.into_iter().enumerate() {
        let line: Vec<_> = times.iter().map(|&t| (t, weight(t) * floor_at(t))).collect();
        left = left.line(&line, Style::color(k as u8).width(1.8).solid().label(name));
    }
    let mut right = Plot::new(340, 330)
        .title("mean loss of the exact score")
        .x_label("draws")
        .log_x()
        .log_y()
        .x_range(100.0, DRAWS as f64)
        .y_range(0.1, 2e3);
    let mut last = Vec::new();
    for seed in 0..3 {
        let mut draws = Stream::new(SEED, "losses of the exact score").chunk(seed);
        let (mut sums, mut lines) = ([0.0; 3], [const { Vec::new() }; 3]);
        for n in 1..=DRAWS {
            let t: f64 = draws.random();
            let z = law.sample(&mut draws);
            let noise = Point::<1>::draw(1.0, &mut draws);
            let (alpha, sigma) = (SCHEDULE.alpha(t), SCHEDULE.sigma(t));
            let loss = miss(sigma, &law.score(t, &(z * alpha + noise * sigma)), &noise);
            for (sum, (_, weight)) in sums.iter_mut().zip(WEIGHTS) {
                *sum += weight(t) * loss;
            }
            let place = (n as f64).log10() * 30.0;
            if n >= 100 && place.floor() > ((n - 1) as f64).log10() * 30.0 {
                let point = |k: usize| (n as f64, sums[k] / n as f64);
                (0..3).for_each(|k| lines[k].push(point(k)));
            }
        }
        last.push(number(sums[0] / DRAWS as f64));
        for (k, line) in lines.iter().enumerate() {
            right = right.line(line, Style::color(k as u8).width(1.4).solid());
        }
    }
    let caption = format!(
        "What the exact score of the two heaps itself misses, under the noise of chapter 4. Left: its weighted loss at a time. With $\\lambda=1$ and $\\lambda=g^2$ it grows like $1/t$ as $t\\to0$, \
         and has no finite mean over the times. Right: means of the loss over ever more draws at even times in $(0,1)$, three runs for each weight. With $\\lambda=1$ they jump whenever a time close \
         to 0 is drawn, and after {DRAWS} draws are {}, {} and {}.",
        last[0], last[1], last[2]
    );
    let alt = "Two panels with logarithmic axes. Left, two curves fall with the time like one over it, from near a million and near a hundred thousand at one \
        hundred-thousandth; the third is one there and falls at the right end only. Right, three orange and three blue lines go up in jumps that differ from run to run, while three green ones lie flat on each other.";
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}

/// Learned scores at three times, and what is drawn with them.
pub(super) fn lesson() -> Picture {
    let (law, model) = (law(), learned(SEED, |pair| pair).expect("draws in every part"));
    let places: Vec<f64> = (0..=120).map(|i| -3.2 + 6.0 * f64::from(i) / 120.0).collect();
    let mut left = Plot::new(340, 330)
        .title("score")
        .x_label("$x$")
        .x_range(-3.2, 2.8)
        .y_range(-9.0, 6.5)
        .legend(Legend::Above);
    for (k, t) in [0.025, 0.175, 0.475].into_iter().enumerate() {
        let curve = |f: &dyn Fn(&Point<1>) -> f64| -> Vec<_> {
            places.iter().map(|&x| (x, f(&Point::<1>::new(x)))).collect()
        };
        let exact = curve(&|x| law.score(t, x).x);
        let own = curve(&|x| dynamics::VectorField::velocity(&model, t, x).x);
        left = left.line(&exact, Style::text().width(3.0).alpha(0.4)).line(
            &own,
            Style::color(k as u8).width(1.6).solid().label(format!("$t={t}$")),
        );
    }
    let drawn = drawn(&model, 4000, SEED);
    let (low, width) = (-3.2, 0.15);
    let mut counts = [0.0; 40];
    for x in &drawn {
        let k = ((x - low) / width).floor();
        if (0.0..40.0).contains(&k) {
            counts[k as usize] += 1.0 / (4000.0 * width);
        }
    }
    let bars: Vec<_> = (0..40)
        .map(|k| {
            let from = low + width * f64::from(k);
            (from, from + width, counts[k as usize])
        })
        .collect();
    let density = |&x: &f64| (x, law.log_density(0.0, &Point::<1>::new(x)).exp());
    let density: Vec<_> = places.iter().map(density).collect();
    let right = Plot::new(340, 330)
        .title("drawn")
        .x_label("$x$")
        .x_range(-3.2, 2.8)
        .y_range(0.0, 0.7)
        .histogram(&bars, Style::color(0).alpha(0.45))
        .line(&density, Style::text().width(1.8).solid());
    let caption = format!(
        "The score of the two heaps at all times, by least squares from {QUESTIONS} pairs. Left: at three times, over the exact one in grey. Right: 4000 \
         draws with it by the reverse SDE, and the density of the data."
    );
    let alt = "Two panels. Left, three coloured curves over grey ones: a wavy one that falls, rises and falls at the first time, a \
        flatter wave at the second, and nearly a straight falling line at the third. The first turns flatter than its grey one and leaves it at both edges; the others stay on theirs. Right, a histogram with two hills that follows a dark curve.";
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}
