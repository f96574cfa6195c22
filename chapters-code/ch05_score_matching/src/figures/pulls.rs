//! Arrows to clean data and their mean; and two losses with one minimum.

use crate::denoising::{Noise, explicit_and_constant};
use crate::score::{Field, expectation, mixture_score, objective, weighted};
use dynamics::Point;
use plot::{Grid, Legend, Marker, Picture, Plot, Slider, Style, Svg};
use std::f64::consts::TAU;

const SIGMAS: [f64; 6] = [0.15, 0.25, 0.4, 0.6, 0.9, 1.4];

/// Seven clean points on a hook, all of one weight.
fn hook() -> [(f64, Point<2>); 7] {
    let places = [
        [-1.5, -1.1],
        [-1.3, -0.2],
        [-0.9, 0.7],
        [-0.1, 1.2],
        [0.8, 1.0],
        [1.3, 0.3],
        [1.1, -0.6],
    ];
    places.map(|place| (1.0 / 7.0, Point::<2>::from(place)))
}

/// Where the arrows are looked at.
const LOOKED: [[f64; 2]; 2] = [[-0.2, 0.0], [1.9, 1.5]];

/// Arrows from a noisy place to every clean point by their shares, with the noise moved
/// by the reader.
pub(super) fn pulls() -> Picture {
    let mut slider = Slider::new("$\\sigma$").start(2);
    for sigma in SIGMAS {
        slider = slider.frame(format!("{sigma}"), frame(sigma));
    }
    let caption = "Move the noise. Left: seven clean points (orange) and two noisy places (crosses). A grey line leads to every clean point whose probability to lie behind the place is more than a hundredth, the \
        stronger the more probable it is; the blue arrow is their mean. Divided by the variance of the noise it is the score. Right: the mean arrows of many places, not drawn in full length. With little noise nearly every place has one clean point; with much noise all places \
        have all of them.";
    let alt = "Two square panels with seven orange points on a hook. Left, from each of two crosses grey lines fan out to the orange points, and one blue \
        arrow goes to a place among them. Right, a field of arrows. For small noise the blue arrows end at one point and the field flows to single points; for \
        large noise they end in the middle of the hook and the field flows there.";
    Picture::new(slider.html("fig-sm-pulls"), caption, alt)
}

fn frame(sigma: f64) -> Svg {
    let (data, noise) = (hook(), Noise { alpha: 1.0, sigma });
    let dots: Vec<_> = data.iter().map(|(_, z)| (z.x, z.y)).collect();
    let square = |title: &str| {
        Plot::new(340, 350)
            .title(title)
            .x_label("$x_1$")
            .y_label("$x_2$")
            .x_range(-2.4, 2.4)
            .y_range(-2.4, 2.4)
            .equal_aspect()
    };
    let clean = Style::color(1).size(8.0).marker(Marker::Circle);
    let mean = |x: &Point<2>| noise.marginal_score(&data, x) * (sigma * sigma);
    let mut left = square("arrows and their mean");
    for place in LOOKED {
        let x = Point::<2>::from(place);
        for ((_, z), share) in data.iter().zip(noise.posterior(&data, &x)) {
            if share > 0.01 {
                let style = Style::text().width(1.4).alpha(0.12 + 0.8 * share).solid();
                left = left.line(&[(x.x, x.y), (z.x, z.y)], style);
            }
        }
        let v = mean(&x);
        left = left
            .arrows(&[(x.x, x.y, v.x, v.y)], Style::color(0).width(3.0))
            .points(&[(x.x, x.y)], Style::text().size(9.0).marker(Marker::Cross));
    }
    let side = 12;
    let at = |i: usize| -2.2 + 4.4 * i as f64 / (side - 1) as f64;
    let arrows: Vec<_> = (0..side * side)
        .map(|k| Point::<2>::new(at(k % side), at(k / side)))
        .map(|x| (x, mean(&x)))
        .map(|(x, v)| (x, v * (0.36 / (0.7 + v.norm()))))
        .filter(|(_, v)| v.norm() > 0.03)
        .map(|(x, v)| (x.x - 0.5 * v.x, x.y - 0.5 * v.y, v.x, v.y))
        .collect();
    let right = square("mean arrows")
        .points(&dots, clean.clone())
        .arrows(&arrows, Style::color(0).width(1.1));
    Grid::new(2).add(left.points(&dots, clean)).add(right).draw()
}

/// The explicit loss for the noisy law and the denoising loss, for springs.
pub(super) fn two_losses() -> Picture {
    let (data, noise) = (hook(), Noise { alpha: 1.0, sigma: 0.6 });
    let heaps = data.map(|(w, z)| (w, z, noise.sigma));
    let density = |x: &Point<2>| {
        let variance = noise.sigma * noise.sigma;
        let one = |z: &Point<2>| {
            (-0.5 * (x - z).norm_squared() / variance).exp() / (TAU * variance)
        };
        expectation(&data, one)
    };
    let q = weighted(density, (-6.0, 6.0), 80);
    let score = |x: &Point<2>| mixture_score(&heaps, x);
    let springs: Vec<f64> = (0..=30).map(|i| 0.06 * f64::from(i)).collect();
    let curve = |f: &dyn Fn(Field<'_, 2>) -> f64| -> Vec<_> {
        springs.iter().map(|&a| (a, f(&|x: &Point<2>| -x * a))).collect()
    };
    let explicit = curve(&|s| 2.0 * objective(&q, &score, s));
    let denoising = curve(&|s| noise.denoising(&data, s));
    let constant = explicit_and_constant(&q, noise.sigma, &score, &score);
    let best =
        expectation(&q, |x| -x.dot(&score(x))) / expectation(&q, |x| x.norm_squared());
    let plot = Plot::new(560, 300)
        .x_label("stiffness $a$ of the spring $-ax$")
        .y_label("loss")
        .x_range(0.0, 1.8)
        .include_y(0.0)
        .legend(Legend::Above)
        .line(&denoising, Style::color(1).width(2.0).label("denoising"))
        .line(&explicit, Style::color(0).width(2.0).label("explicit"))
        .horizontal(constant, Style::text().width(1.0).alpha(0.6).dotted())
        .vertical(best, Style::text().width(1.0).alpha(0.6).dotted())
        .text(0.95, constant + 0.25, "$C$");
    let caption = "Both losses, without a half, for springs and the seven points of the figure above with noise of deviation 0.6. The curves are one curve, the upper one higher by $C$. Both are least at the same stiffness. \
        No field at all has a denoising loss below the level dotted line at $C$, and the score itself lies on it.";
    let alt = "Two equal parabolas, one above the other by a constant, over the stiffness of a spring. Both have their lowest point on the same dotted \
        vertical line. A dotted horizontal line for C lies below the upper parabola and above the lower one's minimum.";
    Picture::new(plot.draw(), caption, alt)
}
