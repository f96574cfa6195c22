//! Clouds of two-dimensional noise: independent, correlated, and with one number for both.

use crate::CorrelatedNoise;
use dynamics::{Generator, Increment, Point, Stream};
use evidence::{SEED, number};
use nalgebra::Matrix2;
use plot::{Grid, Legend, Picture, Plot, Style};
use std::f64::consts::TAU;

/// Draws in a panel.
const DRAWS: usize = 2000;

/// Three panels: ε, L ε, and one number for both coordinates.
pub(super) fn correlated() -> Picture {
    let q = Matrix2::new(2.0, 0.7, 0.7, 1.0);
    let noise = |q| CorrelatedNoise::cholesky(q).expect("positive definite");
    let (plain, slanted) = (noise(Matrix2::identity()), noise(q));
    let mut generator = Stream::new(SEED, "correlated clouds").generator();
    let mut cloud = |draw: &dyn Fn(&mut Generator) -> Point<2>| {
        (0..DRAWS).map(|_| draw(&mut generator)).collect::<Vec<_>>()
    };
    let independent = cloud(&|g| plain.draw(1.0, g));
    let dependent = cloud(&|g| slanted.draw(1.0, g));
    let one = cloud(&|g| Point::<2>::repeat(f64::draw(1.0, g)));
    let panel = |title: &str, points: &[Point<2>], factor: Option<Matrix2<f64>>| {
        let points: Vec<_> = points.iter().map(|p| (p.x, p.y)).collect();
        let mut plot = Plot::new(240, 260)
            .title(title)
            .x_label("first coordinate")
            .y_label("second coordinate")
            .x_range(-4.5, 4.5)
            .y_range(-4.5, 4.5)
            .equal_aspect()
            .legend(Legend::Hidden)
            .cloud(&points, Style::color(0).size(1.5));
        if let Some(factor) = factor {
            // The circle of two deviations goes where the cloud goes.
            let circle = (0..=72).map(|k| {
                let angle = TAU * f64::from(k) / 72.0;
                let p = factor * Point::<2>::new(2.0 * angle.cos(), 2.0 * angle.sin());
                (p.x, p.y)
            });
            let circle: Vec<_> = circle.collect();
            plot = plot.line(&circle, Style::color(1).width(1.8).solid());
        }
        plot
    };
    let svg = Grid::new(3)
        .shared_axes()
        .add(panel("$\\varepsilon \\sim N(0, I)$", &independent, Some(plain.factor)))
        .add(panel("$L \\varepsilon$", &dependent, Some(slanted.factor)))
        .add(panel("one number for both", &one, None))
        .draw();
    let covariance = dependent.iter().map(|p| p.x * p.y).sum::<f64>() / DRAWS as f64;
    let caption = format!(
        "{DRAWS} draws each of the noise of a step $h=1$ in the plane. Left: one normal number for each coordinate. \
         Middle: the factor $L$ of the covariance with the entries $2$, $0.7$, $0.7$, $1$ applied to such numbers; the draws \
         have the mean product {}. $L$ carries the circle of two deviations into the ellipse. Right: one number \
         used for both coordinates. The noise never leaves the diagonal.",
        number(covariance),
    );
    let alt = "Three square panels with clouds of dots. The first cloud is round, with a circle of radius 2 \
        drawn in it. The second is an ellipse that is longer from left to right and leans up to the \
        right, with the image of the circle drawn in it. In the third all dots lie on the diagonal line.";
    Picture::new(svg, caption, alt)
}
