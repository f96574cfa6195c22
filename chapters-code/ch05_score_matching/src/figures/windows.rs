//! Windows that are too narrow, right and too wide; and noise that goes back to the draws.

use crate::four_losses::law;
use crate::memory::{FIRST, draws, starts, way};
use crate::problem::heaps;
use crate::windows::{Kernel, Windows, window_score};
use dynamics::{Point, Stream};
use evidence::SEED;
use plot::{Grid, Legend, Marker, Picture, Plot, Style};

const DRAWS: usize = 100;
const WIDTHS: [f64; 3] = [0.07, 0.25, 0.8];

/// Estimates of the density of the two heaps, and of their score, with three widths.
pub(super) fn three_widths() -> Picture {
    let (law, mut generator) = (heaps(), Stream::new(SEED, "windows").generator());
    let data: Vec<_> = (0..DRAWS).map(|_| law.sample(&mut generator)).collect();
    let places: Vec<f64> = (0..=200).map(|i| -3.0 + 5.2 * f64::from(i) / 200.0).collect();
    let curve = |f: &dyn Fn(&Point<1>) -> f64| -> Vec<_> {
        places.iter().map(|&x| (x, f(&Point::<1>::new(x)))).collect()
    };
    let ticks: Vec<_> = data.iter().map(|x| (x.x, -0.025)).collect();
    let exact = |label: &str| Style::text().width(3.0).alpha(0.45).label(label);
    let mut left = Plot::new(340, 330)
        .title("density")
        .x_label("$x$")
        .x_range(-3.0, 2.2)
        .y_range(-0.05, 0.95)
        .legend(Legend::Above)
        .points(&ticks, Style::text().size(3.0).alpha(0.5).marker(Marker::Circle))
        .line(&curve(&|x| law.log_density(0.0, x).exp()), exact("law"));
    let mut right = Plot::new(340, 330)
        .title("score")
        .x_label("$x$")
        .x_range(-3.0, 2.2)
        .y_range(-20.0, 20.0)
        .legend(Legend::Above)
        .line(&curve(&|x| law.score(0.0, x).x), exact("law"));
    for (k, h) in WIDTHS.into_iter().enumerate() {
        let q = Windows::new(data.clone(), h, Kernel::Gaussian).expect("draws, a width");
        let style = Style::color(k as u8).width(1.6).solid();
        let label = style.clone().label(format!("$h={h}$"));
        left = left.line(&curve(&|x| q.density(x)), label.clone());
        right = right.line(&curve(&|x| window_score(&data, h, x).x), label);
    }
    let caption = format!(
        "Windows of three widths on the same {DRAWS} draws of the two heaps (dots). The narrow ones make a hill of every clump of draws, the wide ones lose the two heaps. In the score a narrow window errs more: it is \
         a slope, and has saw teeth where the density has ripples."
    );
    let alt = "Two panels. Left, a grey density with a low hill and a higher one: the curve of the narrowest windows is jagged \
        about it, the middle one follows it, and the widest shows one broad hill with a shoulder. Right, their scores: that of the narrowest windows swings beyond \
        plus and minus twenty about the grey one, the middle one stays close where there are draws, and the widest is almost a straight falling line.";
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}

/// Noise carried back by the score of twelve draws, and by that of their law.
pub(super) fn memory() -> Picture {
    let data = draws(12, SEED);
    let law = law();
    let begin = starts(&data, 60, SEED);
    let panel = |title: &str, score: &dyn Fn(f64, &Point<2>) -> Point<2>| {
        let mut plot = Plot::new(340, 350)
            .title(title)
            .x_label("$x_1$")
            .y_label("$x_2$")
            .x_range(-3.5, 3.5)
            .y_range(-3.5, 3.5)
            .equal_aspect();
        let mut ends = Vec::new();
        for start in &begin {
            let way = way(*start, score);
            let line: Vec<_> = way.iter().step_by(4).map(|x| (x.x, x.y)).collect();
            plot = plot.line(&line, Style::text().width(0.8).alpha(0.35).solid());
            ends.extend(way.last().map(|x| (x.x, x.y)));
        }
        let dots: Vec<_> = data.iter().map(|x| (x.x, x.y)).collect();
        plot.points(&dots, Style::color(1).size(9.0).marker(Marker::Circle))
            .points(&ends, Style::color(0).size(4.0).marker(Marker::Circle))
    };
    let own = panel("score of twelve windows", &|h, x| window_score(&data, h, x));
    let exact = panel("score of their law", &|h, x| law.score(h, x));
    let caption = format!(
        "Sixty starts, twelve draws with noise of deviation {FIRST} added five times to each, follow a score back to no noise. Orange: the twelve draws. Blue: where the ways end. With \
         the score of the windows nothing new is ever made: every way ends on a draw. With the score of the law from which they came the same starts end elsewhere."
    );
    let alt = "Two panels with the same sixty grey lines' starts. Left, all lines bend into orange dots, and every blue end lies on \
        one of them. Right, the lines end in blue points spread over three heaps, beside the orange dots and between them.";
    Picture::new(Grid::new(2).add(own).add(exact).draw(), caption, alt)
}
