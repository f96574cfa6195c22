//! Two losses with one lowest point, two that differ in it, and a loss without one.

use crate::implicit::{implicit_on, sample_loss};
use crate::problem::{Blur, HEAPS, heaps};
use crate::spikes::spikes;
use ch01_flows::laws::Place;
use ch01_flows::quadrature::trapezoid;
use ch04_reverse_sdes::Noised;
use dynamics::{Point, Stream};
use evidence::{SEED, rounded};
use nalgebra::Matrix1;
use num_dual::Dual64;
use plot::{Grid, Legend, Picture, Plot, Style};

/// The law of the two heaps with the right one moved to `mean`.
fn moved(mean: f64) -> Noised<Blur, 1> {
    let [left, (weight, _, deviation)] = HEAPS;
    Noised::new(
        [left, (weight, mean, deviation)].map(|(weight, mean, deviation)| {
            (weight, Point::<1>::new(mean), Matrix1::new(deviation * deviation))
        }),
        Blur,
    )
}

const DRAWS: usize = 100;
const RATE: f64 = 1.7;

/// The loss with the score and without, for models of the two heaps and of waiting times.
pub(super) fn same_valley() -> Picture {
    let law = heaps();
    let data: Vec<_> = {
        let mut generator = Stream::new(SEED, "draws for a valley").generator();
        (0..DRAWS).map(|_| law.sample(&mut generator)).collect()
    };
    let means: Vec<f64> = (0..=40).map(|i| 0.4 + 1.2 * f64::from(i) / 40.0).collect();
    let of = |loss: &dyn Fn(f64) -> f64| -> Vec<_> {
        means.iter().map(|&m| (m, loss(m))).collect()
    };
    let density = |x: f64| law.log_density(0.0, &Point::<1>::new(x)).exp();
    let explicit = |m: f64| {
        let model = moved(m);
        let square = |x: f64| {
            let x = Point::<1>::new(x);
            (model.score(0.0, &x) - law.score(0.0, &x)).norm_squared()
        };
        trapezoid(|x| 0.5 * density(x) * square(x), -5.0, 4.0, 300)
    };
    let score = |m: f64| {
        let model = moved(m);
        move |x: &Place<1>| model.score(Dual64::from(0.0), x)
    };
    let implicit = |m: f64| {
        let score = score(m);
        let at = |x: f64| density(x) * sample_loss(&score, &[Point::<1>::new(x)]);
        trapezoid(at, -5.0, 4.0, 300)
    };
    let left = Plot::new(340, 330)
        .title("two heaps")
        .x_label("mean of the model's right heap")
        .y_label("loss")
        .legend(Legend::Above)
        .vertical(HEAPS[1].1, Style::text().dotted())
        .line(&of(&explicit), Style::color(0).width(2.0).solid().label("with the score"))
        .line(&of(&implicit), Style::color(1).width(2.0).dashed().label("without"))
        .line(
            &of(&|m| sample_loss(score(m), &data)),
            Style::color(2).width(2.0).dash_dotted().label(format!("over {DRAWS} draws")),
        );
    let p = |x: f64| RATE * (-RATE * x).exp();
    let slopes: Vec<f64> = (0..=40).map(|i| -0.5 + 3.7 * f64::from(i) / 40.0).collect();
    let of = |loss: &dyn Fn(f64) -> f64| -> Vec<_> {
        slopes.iter().map(|&a| (a, loss(a))).collect()
    };
    let right = Plot::new(340, 330)
        .title("waiting times")
        .x_label("$\\vartheta$, where the model is $-\\vartheta$")
        .y_label("loss")
        .legend(Legend::Above)
        .vertical(RATE, Style::text().dotted())
        .line(
            &of(&|a| 0.5 * (a - RATE).powi(2)),
            Style::color(0).width(2.0).solid().label("with the score"),
        )
        .line(
            &of(&|a| implicit_on(p, |_| Dual64::from(-a), (0.0, 24.0))),
            Style::color(1).width(2.0).dashed().label("without"),
        )
        .line(
            &of(&|a| {
                sample_loss(
                    |_| Place::<1>::new(Dual64::from(-a)),
                    &[Point::<1>::new(0.3)],
                )
            }),
            Style::color(3).width(2.0).dotted().label("border forgotten"),
        );
    let caption = format!(
        "Left: models of the two heaps whose right heap is moved; the dotted line is its true place. Without the score the loss lies lower by a constant and has its lowest point at the same place; over {DRAWS} draws \
         the valley is a little off. Right: waiting times at the rate {RATE}, and constant models. With what the border leaves the valley is where it should be; if that is forgotten the best model is 0."
    );
    let alt = "Two panels. Left, three bowl-shaped curves of a loss against the position of a heap: the curve with the score touches zero at 1, the dashed one without it has the same shape \
        but lies lower everywhere, and the one over a hundred draws runs near it with its lowest point a little to the side. Right, three parabolas: two have their lowest points at 1.7, the dotted third has it at 0.";
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}

/// The loss of the score of windows on 30 draws, over these draws and over the law.
pub(super) fn spiky() -> Picture {
    let law = heaps();
    let mut generator = Stream::new(SEED, "draws for spikes").generator();
    let data: Vec<_> = (0..30).map(|_| law.sample(&mut generator)).collect();
    let widths: Vec<f64> =
        (0..=60).map(|i| 0.1 * 12f64.powf(f64::from(i) / 60.0)).collect();
    let of = |loss: &dyn Fn(f64) -> f64| -> Vec<_> {
        widths.iter().map(|&h| (h, loss(h))).collect()
    };
    let over_law = |h: f64| {
        let at = |x: f64| {
            let x = Point::<1>::new(x);
            law.log_density(0.0, &x).exp() * sample_loss(|x| spikes(&data, h, x), &[x])
        };
        trapezoid(at, -4.0, 3.5, 1500)
    };
    let best = {
        let square = |x: f64| {
            let x = Point::<1>::new(x);
            law.log_density(0.0, &x).exp() * law.score(0.0, &x).norm_squared()
        };
        -0.5 * trapezoid(square, -5.0, 4.0, 900)
    };
    let over_law = of(&over_law);
    let (lowest, _) =
        *over_law.iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("widths");
    let plot = Plot::new(560, 320)
        .x_label("width $h$")
        .y_label("loss without the score")
        .log_x()
        .x_range(0.1, 1.2)
        .y_range(-20.0, 12.0)
        .legend(Legend::Above)
        .horizontal(best, Style::text().dotted().label("true score"))
        .line(
            &of(&|h| sample_loss(|x| spikes(&data, h, x), &data)),
            Style::color(1).width(2.0).solid().label("over the same 30 draws"),
        )
        .vertical(lowest, Style::text().width(1.0).alpha(0.6).dotted())
        .line(&over_law, Style::color(0).width(2.0).dashed().label("over the law"));
    let caption = format!(
        "Spikes: the model is the score of windows of width $h$ on 30 draws of the two heaps. Over the draws themselves the loss falls without end as $h\\to0$, far below that of the true score (dotted, level). Over the law, that is, \
         over new draws, it has its lowest point near $h={}$ (dotted, upright), and rises again for narrower windows.",
        rounded(lowest, 2)
    );
    let alt = "A plot of the loss against the width on a logarithmic axis. A dotted horizontal line marks the true score. The solid curve, over the same draws, plunges as the width shrinks. \
        The dashed curve, over the law, follows the line from above at middle widths, is lowest on a dotted vertical line, and shoots up as the width shrinks.";
    Picture::new(plot.draw(), caption, alt)
}
