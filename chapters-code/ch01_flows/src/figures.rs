//! The chapter's figures, in order of appearance, one function each.
//!
//! Where a figure and a claim tell one story, both call one function.

mod adaptive;
mod cloud_and_density;
mod divergence;
mod field;
mod orders;
mod particles;
mod picard;
mod slider;
mod step_count;

use crate::{Rk4, integrate};
use dynamics::{Point, TimeGrid, VectorField};
use evidence::number;
use plot::Figure;

/// Every figure of the chapter.
pub static FIGURES: &[Figure] = &[
    Figure { id: "fig-flow-field", draw: field::flow_field },
    Figure { id: "fig-picard", draw: picard::picard },
    Figure { id: "fig-orders", draw: orders::orders },
    Figure { id: "fig-adaptive", draw: adaptive::adaptive },
    Figure { id: "flow-exp-step-count", draw: step_count::step_count },
    Figure { id: "flow-exp-single-particle", draw: particles::single },
    Figure { id: "flow-exp-many-particles", draw: particles::many },
    Figure { id: "fig-divergence", draw: divergence::divergence },
    Figure { id: "fig-cloud-and-density", draw: cloud_and_density::cloud_and_density },
    Figure { id: "fig-slider", draw: slider::slider },
];

/// A number for a caption, with a power of ten where the digits alone would be long.
fn in_powers(x: f64) -> String {
    let digits = number(x);
    match digits.split_once('e') {
        Some((digits, power)) => format!("${digits}\\times10^{{{power}}}$"),
        None => digits,
    }
}

/// Points of the plane as the pairs that plots take.
pub fn pairs<'a>(points: impl IntoIterator<Item = &'a Point<2>>) -> Vec<(f64, f64)> {
    points.into_iter().map(|p| (p.x, p.y)).collect()
}

/// The closed outline of the square of half-width `half` round `centre`, with `side`
/// points on each side, so that it can bend.
fn square(centre: (f64, f64), half: f64, side: usize) -> Vec<Point<2>> {
    let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)];
    let on_side = |k: usize| {
        let ((a, b), (c, d)) = (corners[k], corners[k + 1]);
        (0..side).map(move |i| {
            let s = i as f64 / side as f64;
            Point::<2>::new(
                centre.0 + half * (a + s * (c - a)),
                centre.1 + half * (b + s * (d - b)),
            )
        })
    };
    let mut outline: Vec<_> = (0..4).flat_map(on_side).collect();
    outline.push(outline[0]);
    outline
}

/// The lines of a lattice of `cells` × `cells` small squares that fill the same square.
fn lattice(centre: (f64, f64), half: f64, cells: usize) -> Vec<Vec<Point<2>>> {
    let at = |s: f64, t: f64| {
        Point::<2>::new(
            centre.0 + half * (2.0 * s - 1.0),
            centre.1 + half * (2.0 * t - 1.0),
        )
    };
    let (bends, n) = (12, cells as f64);
    let along = |i: usize| i as f64 / bends as f64;
    let lines = (1..cells).map(|k| k as f64 / n).flat_map(|s| {
        let upright = (0..=bends).map(|i| at(s, along(i))).collect();
        let level = (0..=bends).map(|i| at(along(i), s)).collect();
        [upright, level]
    });
    lines.collect()
}

/// Where the flow of `field` has taken `points` by time t. Fifty steps of RK4 for one
/// unit of time: an error far below a tenth of a pixel for the fields drawn here.
fn moved(
    field: &impl VectorField<Point<2>>,
    points: &[Point<2>],
    t: f64,
) -> Vec<Point<2>> {
    if t == 0.0 {
        return points.to_vec();
    }
    let grid = TimeGrid::new(0.0, t, (50.0 * t).ceil() as usize);
    points.iter().map(|x| integrate(&Rk4, field, grid, *x)).collect()
}

/// The area inside a closed polygon, by the shoelace formula ½ Σ (xᵢ yᵢ₊₁ − xᵢ₊₁ yᵢ).
/// Positive for a polygon run through counter-clockwise.
fn area(outline: &[Point<2>]) -> f64 {
    outline.windows(2).map(|p| 0.5 * (p[0].x * p[1].y - p[1].x * p[0].y)).sum()
}

/// Arrows (x, y, dx, dy) of `field` on an `nx` × `ny` lattice of cell centres, the
/// longest as long as a cell is wide.
pub fn arrows(
    field: impl Fn(&Point<2>) -> Point<2>,
    (nx, ny): (usize, usize),
    (x0, x1): (f64, f64),
    (y0, y1): (f64, f64),
    longest: f64,
) -> Vec<(f64, f64, f64, f64)> {
    let (dx, dy) = ((x1 - x0) / nx as f64, (y1 - y0) / ny as f64);
    let lattice = (0..nx * ny).map(|k| {
        Point::<2>::new(
            x0 + (0.5 + (k % nx) as f64) * dx,
            y0 + (0.5 + (k / nx) as f64) * dy,
        )
    });
    let scale = 0.9 * dx.min(dy) / longest;
    lattice.map(|p| (p, field(&p) * scale)).map(|(p, v)| (p.x, p.y, v.x, v.y)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_numbers_are_set_with_a_power_of_ten() {
        assert_eq!(in_powers(5.1e-7), r"$5.1\times10^{-7}$");
        assert_eq!(in_powers(3.0e8), r"$3\times10^{8}$");
        assert_eq!(in_powers(0.0166), "0.0166");
    }

    #[test]
    fn the_outline_of_a_square_has_its_area_and_is_closed() {
        let outline = square((0.3, -2.0), 0.7, 5);
        assert_eq!(outline.len(), 21);
        assert_eq!(outline[0], outline[20]);
        assert!((area(&outline) - 1.96).abs() < 1e-14);
    }

    #[test]
    fn arrows_stand_in_the_middle_of_their_cells() {
        let drawn = arrows(|p| *p, (2, 1), (0.0, 4.0), (0.0, 1.0), 3.0);
        assert_eq!(drawn.len(), 2);
        assert_eq!((drawn[0].0, drawn[0].1), (1.0, 0.5));
        assert!((drawn[1].2 - 0.9).abs() < 1e-15);
    }

    #[test]
    fn every_figure_has_text_and_the_same_bytes_twice() {
        for figure in FIGURES {
            let (first, second) = ((figure.draw)(), (figure.draw)());
            assert_eq!(first.body, second.body, "{}", figure.id);
            assert!(first.alt.len() > 80 && !first.alt.contains('$'), "{}", figure.id);
            assert!(first.caption.len() > 40, "{}", figure.id);
        }
    }
}
