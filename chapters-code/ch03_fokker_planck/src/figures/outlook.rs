//! The double well as one sees it from each place and time.

use crate::kolmogorov::looking_back;
use crate::outlook::{END, STEP, cells, outlook};
use crate::well_experiment::WELL;
use ch02_brownian_motion::{EulerMaruyama, simulate_paths};
use dynamics::{Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Align, Legend, Picture, Plot, Ramp, Style};

/// How many particles are drawn.
const PATHS: usize = 7;

/// The chance to end on the right, for each time and place, and paths.
pub(super) fn chances() -> Picture {
    let v = outlook(looking_back);
    let (n, cells) = (v.len(), cells());
    let at = |i: usize| &v[n - 1 - i];
    let mut values = Vec::new();
    for j in 0..cells.count {
        // A column lies between two times: 2v − 1 of their mean.
        values.extend((1..n).map(|i| at(i - 1)[j] + at(i)[j] - 1.0));
    }
    let mut plot = Plot::new(640, 400)
        .x_label("time $r$")
        .y_label("place $y$")
        .x_range(0.0, END + 0.05)
        .y_range(-1.8, 1.8)
        .legend(Legend::Hidden)
        .heat(
            n - 1,
            cells.count,
            &values,
            (0.0, END),
            (cells.low, cells.high),
            Ramp::Diverging,
        )
        .heat_range(-1.7, 1.7);
    // Where the chance is a tenth, a half and nine tenths.
    for level in [0.1, 0.5, 0.9] {
        let curve: Vec<_> = (0..n)
            .filter_map(|i| Some((STEP * i as f64, crossing(at(i), level)?)))
            .collect();
        let (r, y) = curve[curve.len() - 27];
        plot = plot.line(&curve, Style::text().width(1.6).dashed()).text_at(
            r,
            y + 0.03,
            number(level),
            Align::Above,
            Style::text(),
        );
    }
    let grid = TimeGrid::new(0.0, END, 600);
    let stream = Stream::new(SEED, "particles with an outlook");
    let paths = simulate_paths(&EulerMaruyama, &WELL, grid, stream, &[0.1; PATHS])
        .expect("the walls of the well keep particles finite");
    let mut right = 0;
    for path in &paths {
        let points: Vec<_> =
            path.iter().enumerate().step_by(6).map(|(i, x)| (grid.time(i), *x)).collect();
        let ended = points[points.len() - 1].1 > 0.0;
        right += usize::from(ended);
        let (color, end) = (if ended { 1 } else { 0 }, points[points.len() - 1]);
        plot = plot
            .line(&points, Style::text().solid().width(0.8).alpha(0.75))
            .points(&[end], Style::color(color).size(8.0));
    }
    plot = plot.text_at(END - 0.03, 1.62, "right at the end", Align::Left, Style::text());
    plot = plot.text_at(END - 0.03, -1.62, "left at the end", Align::Left, Style::text());
    let even = crossing(at(0), 0.5).expect("it rises from 0 to 1");
    let caption = format!(
        "Colour: the chance $v(r,y)$ to be right of $0$ at the time {END}, for a particle of the double well that is at \
         $y$ at the time $r$; orange is certain, blue is out of the question. It was computed from right to left, \
         beginning with what is settled at the end. Dashed: where $v$ is 0.1, 0.5 and 0.9. Seven particles start from \
         $0.1$; {right} of them end on the right. At the time 0 the even chance \
         is at {}: a little on the right of the hill, for the left valley is the deeper one.",
        number(even),
    );
    let alt = format!(
        "A map of time, from 0 to 3, and place, from −1.8 to 1.8: blue below and orange above, with a pale \
         border between that runs along places near 0.1. At the end of the time the border is sharp and at 0; towards \
         the beginning it widens, and the colours far from it grow paler. Three dashed curves mark the chances 0.1, 0.5 and 0.9. Seven jagged paths \
         fan out from 0.1; {right} end above 0 and the rest below, most of them in the valleys near 1 and −1."
    );
    Picture::new(plot.draw(), caption, alt)
}

/// The place where v, which rises, is `level`.
fn crossing(v: &[f64], level: f64) -> Option<f64> {
    let cells = cells();
    let i = v.windows(2).position(|w| w[0] <= level && level < w[1])?;
    let part = (level - v[i]) / (v[i + 1] - v[i]);
    Some(cells.centre(i) + part * cells.width())
}
