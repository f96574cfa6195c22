//! Scores that were learned: from 500 draws with bumps, and by a network from four losses.

use crate::bump_basis::{BLUR, missed, three_ways};
use crate::four_losses::{Loss, lesson};
use crate::problem::heaps;
use dynamics::Point;
use evidence::{SEED, number};
use plot::{Legend, Marker, Picture, Plot, Style};

const NAMES: [&str; 3] = ["window", "implicit", "denoising"];

/// The true score of the two heaps and three guesses.
pub(super) fn three_guesses() -> Picture {
    let law = heaps();
    let places: Vec<f64> = (0..=180).map(|i| -3.0 + 5.4 * f64::from(i) / 180.0).collect();
    let curve = |f: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        places.iter().map(|&x| (x, f(x))).collect()
    };
    let guesses = three_ways(500, SEED);
    let exact = curve(&|x| law.score(0.0, &Point::<1>::new(x)).x);
    let mut plot = Plot::new(700, 380)
        .x_label("place $x$")
        .y_label("score")
        .x_range(-3.0, 2.4)
        .y_range(-8.7, 6.5)
        .legend(Legend::Above)
        .line(&exact, Style::text().width(3.0).alpha(0.45).label("exact"));
    for (k, (guess, name)) in guesses.iter().zip(NAMES).enumerate() {
        let line = Style::color(k as u8).width(1.6).solid().label(name);
        plot = plot.line(&curve(&**guess), line);
    }
    let parts = guesses.iter().map(|guess| number(100.0 * missed(&**guess)));
    let parts: Vec<_> = parts.collect();
    let caption = format!(
        "The score of the two heaps, and what 500 draws say of it in three ways: by a window estimate of width {BLUR}; by implicit score matching, and by \
         denoising with noise of deviation {BLUR}, the last two with 15 bumps and a straight line. They miss {} %, {} % and {} % of the score, as a share of \
         $\\mathbb E|\\nabla\\log p|^2$. The first and the last see a law that is blurred: their curves are flatter. All go astray where there are no data.",
        parts[0], parts[1], parts[2]
    );
    let alt = "A score that falls from 5 to −2, rises to nearly 4 near 0.3 and falls again below −8: a thick grey curve. Three thinner curves follow it between −2 and 1.5. The \
        window and the denoising curve cut the turning points short; the implicit curve follows them more closely. At the right end all three stay above it.";
    Picture::new(plot.draw(), caption, alt)
}

/// What part of the score a network misses, against its steps, for four losses.
pub(super) fn four_lessons() -> Picture {
    let names = ["explicit", "implicit", "sliced", "denoising"];
    let markers = [Marker::Circle, Marker::Square, Marker::Diamond, Marker::Triangle];
    let courses =
        Loss::ALL.map(|loss| lesson(loss, 1000, SEED).expect("a training that ends"));
    let mut plot = Plot::new(700, 360)
        .x_label("steps of Adam")
        .y_label("part of the score that is missed")
        .log_y()
        .x_range(0.0, 1040.0)
        .y_range(7e-3, 0.7)
        .legend(Legend::Above);
    for (k, course) in courses.iter().enumerate() {
        let points: Vec<_> =
            course.iter().map(|&(step, part)| (step as f64, part)).collect();
        let style = Style::color(k as u8).marker(markers[k]).label(names[k]);
        plot = plot
            .line(&points, style.clone().width(1.4).solid())
            .points(&points, style.size(6.0));
    }
    let last = courses.map(|course| number(100.0 * course.last().expect("a report").1));
    let caption = format!(
        "One network of two hidden layers with 48 entries, on one law in the plane, told by four losses what a score is; 256 fresh draws in each step. The explicit loss is told the \
         score itself. The others never see it, and at the end miss {} % (implicit), {} % (sliced) and {} % (denoising, of the score of the blurred law), against {} %.",
        last[1], last[2], last[3], last[0]
    );
    let alt = "Four falling rows of points on a logarithmic axis, from about 0.4 after the first 84 steps to between 0.01 and 0.04 after a thousand. \
        From the second point on the explicit loss is lowest; denoising, implicit and sliced lie close together above it.";
    Picture::new(plot.draw(), caption, alt)
}
