//! The score as slopes of hills, and two islands.

use crate::four_losses::law;
use crate::score::{Heap, mixture_score, objective, weighted};
use dynamics::Point;
use plot::{Grid, Legend, Picture, Plot, Ramp, Slider, Style, Svg};
use std::f64::consts::TAU;

/// Arrows of the score, and of the slope of the density, over three heaps.
pub(super) fn slopes() -> Picture {
    let law = law();
    let density = |x: &Point<2>| law.log_density(0.0, x).exp();
    let (low, high, cells) = (-3.2, 3.2, 48);
    let middle = |i: usize| low + (high - low) * (i as f64 + 0.5) / cells as f64;
    let values: Vec<f64> = (0..cells * cells)
        .map(|k| density(&Point::<2>::new(middle(k % cells), middle(k / cells))))
        .collect();
    let side = 13;
    let place = |i: usize| -3.0 + 6.0 * i as f64 / (side - 1) as f64;
    let panel = |title: &str, length: &dyn Fn(&Point<2>) -> Point<2>| {
        let arrows: Vec<_> = (0..side * side)
            .map(|k| Point::<2>::new(place(k % side), place(k / side)))
            .map(|x| (x, length(&x)))
            .filter(|(_, v)| v.norm() > 0.05)
            .map(|(x, v)| (x.x - 0.5 * v.x, x.y - 0.5 * v.y, v.x, v.y))
            .collect();
        Plot::new(340, 350)
            .title(title)
            .x_label("$x_1$")
            .y_label("$x_2$")
            .x_range(low, high)
            .y_range(low, high)
            .equal_aspect()
            .heat(cells, cells, &values, (low, high), (low, high), Ramp::Density)
            .arrows(&arrows, Style::text().width(1.1))
    };
    let score = panel("slope of $\\log p$: the score", &|x| {
        let s = law.score(0.0, x);
        s * (0.42 / (4.0 + s.norm()))
    });
    let plain = panel("slope of $p$", &|x| law.score(0.0, x) * (density(x) * 1.9));
    let caption = "Three heaps and two fields. Left: the score (the longer an arrow is, the more it is shortened, for the score grows without end). It points to the heaps from \
        everywhere. Right: the slope of the density itself, which is its product with the density. Away from the heaps no arrow is long enough to be drawn.";
    let alt = "Two square panels with the same three coloured heaps. Left, arrows fill the whole panel and point towards the heaps. Right, \
        there are arrows on the flanks of the heaps only, and the rest of the panel is empty.";
    Picture::new(Grid::new(2).add(score).add(plain).draw(), caption, alt)
}

const DISTANCES: [f64; 6] = [0.6, 1.0, 1.4, 1.8, 2.4, 3.0];

fn pair(left: f64, distance: f64) -> [Heap<1>; 2] {
    let at = |x: f64| Point::<1>::new(x);
    [(left, at(-distance), 0.5), (1.0 - left, at(distance), 0.5)]
}

fn density(heaps: &[Heap<1>], x: f64) -> f64 {
    let one = |(w, m, c): &Heap<1>| {
        w * (-0.5 * ((x - m.x) / c).powi(2)).exp() / (TAU.sqrt() * c)
    };
    heaps.iter().map(one).sum()
}

/// Two laws whose heaps have each other's weights, moved apart by the reader.
pub(super) fn islands() -> Picture {
    let mut slider = Slider::new("distance").start(3);
    for distance in DISTANCES {
        slider = slider.frame(format!("{:.1}", 2.0 * distance), frame(distance));
    }
    let caption = "Move the heaps apart. Two laws have the same two heaps, one with 0.2 of its mass in the left heap and one with 0.8. Left: their densities. Right: their scores. The further \
        the heaps are apart, the narrower and emptier the place where the scores differ. Above the right panel stands the loss $J$ of the one score for the law of the other.";
    let alt = "Two panels and a slider. Left, two curves with two hills each, one with a low hill on the left and a high one on the right, the other the \
        other way round. Right, their scores: two falling lines with a rise between them. For near heaps the two scores differ; for far ones they are the \
        same but for a narrow strip in the middle, where both densities are next to zero.";
    Picture::new(slider.html("fig-sm-islands"), caption, alt)
}

fn frame(distance: f64) -> Svg {
    let laws = [pair(0.2, distance), pair(0.8, distance)];
    let places: Vec<f64> = (0..=184).map(|i| -4.6 + 0.05 * f64::from(i)).collect();
    let nodes = weighted(|x: &Point<1>| density(&laws[0], x.x), (-8.0, 8.0), 320);
    let [one, other] = &laws;
    let apart =
        objective(&nodes, &|x| mixture_score(one, x), &|x| mixture_score(other, x));
    let loss = match format!("{apart:.0e}").split_once('e') {
        Some((lead, power)) if apart < 1e-3 => format!("$J={lead}\\times10^{{{power}}}$"),
        _ => format!("$J={apart:.3}$"),
    };
    let mut left = Plot::new(340, 320)
        .title("densities")
        .x_label("$x$")
        .x_range(-4.6, 4.6)
        .y_range(0.0, 0.75)
        .legend(Legend::Above);
    let mut right = Plot::new(340, 320)
        .title(format!("scores: {loss}"))
        .x_label("$x$")
        .x_range(-4.6, 4.6)
        .y_range(-9.0, 9.0)
        .legend(Legend::Above);
    let names = ["0.2 on the left", "0.8 on the left"];
    for (k, (heaps, name)) in laws.iter().zip(names).enumerate() {
        let style = Style::color(k as u8).width(2.0 - 0.5 * k as f64).solid();
        let line = |f: &dyn Fn(f64) -> f64| -> Vec<_> {
            places.iter().map(|&x| (x, f(x))).collect()
        };
        let score = |x: f64| mixture_score(heaps, &Point::<1>::new(x)).x;
        left = left.line(&line(&|x| density(heaps, x)), style.clone().label(name));
        right = right.line(&line(&score), style.label(name));
    }
    Grid::new(2).add(left).add(right).draw()
}
