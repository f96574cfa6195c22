//! Each kind of series: its points, and what is drawn where they land.

use plotters_backend::text_anchor::{HPos, VPos};

use crate::backend::{PageSvg, Pen, Spot, UNITS};
use crate::layer::{Align, Heat, Layer, Shape};
use crate::layout::{Panel, TICK_FONT};
use crate::look::Look;
use crate::path::{Bounds, Place};
use crate::raster::Raster;
use crate::style::Dash;

/// What stands below what: heat maps lowest, texts on top.
pub(crate) fn rank(shape: &Shape) -> u8 {
    match shape {
        Shape::Heat(_) => 0,
        Shape::Cloud(_) => 1,
        Shape::Band(_) | Shape::Histogram(_) => 2,
        Shape::Text(..) => 4,
        _ => 3,
    }
}

/// The points that fix the series, in data coordinates. [`draw`] gets their places.
pub(crate) fn points(shape: &Shape, panel: &Panel) -> Vec<(f64, f64)> {
    match shape {
        Shape::Line(p) | Shape::Points(p) | Shape::Cloud(p) => p.clone(),
        Shape::Band(p) => {
            let low = p.iter().map(|&(x, low, _)| (x, low));
            let high = p.iter().rev().map(|&(x, _, high)| (x, high));
            low.chain(high).collect()
        }
        Shape::Arrows(p) => {
            let ends =
                |&(x, y, dx, dy): &(f64, f64, f64, f64)| [(x, y), (x + dx, y + dy)];
            p.iter().flat_map(ends).collect()
        }
        Shape::Histogram(p) => outline(p, if panel.y.log { panel.y.low } else { 0.0 }),
        Shape::Heat(heat) => vec![(heat.x.0, heat.y.0), (heat.x.1, heat.y.1)],
        Shape::Text(x, y, ..) => vec![(*x, *y)],
        Shape::Horizontal(y) => vec![(panel.x.low, *y), (panel.x.high, *y)],
        Shape::Vertical(x) => vec![(*x, panel.y.low), (*x, panel.y.high)],
    }
}

/// The upper edge of bars, down to `base` where they do not touch.
fn outline(bars: &[(f64, f64, f64)], base: f64) -> Vec<(f64, f64)> {
    let mut out = Vec::with_capacity(4 * bars.len());
    for (k, &(x0, x1, height)) in bars.iter().enumerate() {
        let touches = |other: Option<&(f64, f64, f64)>,
                       x: f64,
                       end: fn(&(f64, f64, f64)) -> f64| {
            other.is_some_and(|bar| (end(bar) - x).abs() <= 1e-9 * (x1 - x0).abs())
        };
        let before = if k > 0 { bars.get(k - 1) } else { None };
        if !touches(before, x0, |bar| bar.1) {
            out.push((x0, base));
        }
        out.extend([(x0, height.max(base)), (x1, height.max(base))]);
        if !touches(bars.get(k + 1), x1, |bar| bar.0) {
            out.push((x1, base));
        }
    }
    out
}

/// Draws a series, given the places of its points.
pub(crate) fn draw(
    svg: &mut PageSvg,
    places: &[Place],
    layer: &Layer,
    look: &Look,
    panel: &Panel,
    bounds: &Bounds,
) {
    let (pen, alpha) = (look.pen, layer.style.alpha);
    match &layer.shape {
        Shape::Line(_) | Shape::Horizontal(_) | Shape::Vertical(_) => {
            svg.stroke(&[places.to_vec()], pen, bounds);
        }
        Shape::Points(_) => {
            let inside: Vec<Place> =
                places.iter().filter(|p| bounds.holds(**p)).copied().collect();
            svg.markers(&inside, look.marker, look.size, pen);
        }
        Shape::Cloud(_) => {
            let raster = cloud(places, look, alpha, bounds);
            svg.image(&raster, bounds);
        }
        Shape::Band(_) => svg.fill(places, pen.paint, pen.alpha, bounds),
        Shape::Histogram(_) => {
            svg.fill(places, pen.paint, pen.alpha, bounds);
            let pen = Pen { alpha: 1.0, dash: Dash::Solid, ..pen };
            svg.stroke(&[places.to_vec()], pen, bounds);
        }
        Shape::Arrows(_) => {
            let arrows = places.chunks(2).map(|ends| (ends[0], ends[1]));
            let inside = arrows.filter(|(a, b)| bounds.holds(*a) && bounds.holds(*b));
            svg.arrows(&inside.collect::<Vec<_>>(), pen);
        }
        Shape::Heat(heat) => {
            if let Some((raster, bounds)) = cells(heat, places, panel, bounds) {
                svg.image(&raster, &bounds);
            }
        }
        Shape::Text(_, _, text, align) => {
            let (x, y) = places[0];
            let gap = 6 * UNITS;
            let (place, across, along) = match align {
                Align::Right => ((x + gap, y), HPos::Left, VPos::Center),
                Align::Left => ((x - gap, y), HPos::Right, VPos::Center),
                Align::Above => ((x, y - gap / 2), HPos::Center, VPos::Bottom),
                Align::Below => ((x, y + gap), HPos::Center, VPos::Top),
            };
            let spot = Spot { place, across, along, upwards: false };
            svg.text(text, TICK_FONT, pen.paint, spot);
        }
    }
}

/// The cloud as pixels that fill the bounds, one to a CSS pixel.
fn cloud(places: &[Place], look: &Look, alpha: Option<f64>, bounds: &Bounds) -> Raster {
    let pixels = |units: i32| ((units + UNITS - 1) / UNITS) as usize;
    let size = (pixels(bounds.right - bounds.left), pixels(bounds.bottom - bounds.top));
    let units = f64::from(UNITS);
    let local = |&(x, y): &Place| {
        (f64::from(x - bounds.left) / units, f64::from(y - bounds.top) / units)
    };
    Raster::cloud(size, places.iter().map(local), look.size, alpha, look.pen.paint)
}

/// The cells that lie between the axes, and where.
fn cells(
    heat: &Heat,
    places: &[Place],
    panel: &Panel,
    bounds: &Bounds,
) -> Option<(Raster, Bounds)> {
    assert!(
        !panel.x.log && !panel.y.log,
        "{}: a heat map needs linear axes",
        panel.plot.name()
    );
    let [(x0, y0), (x1, y1)] = [places[0], places[1]];
    let edge = |from: i32, to: i32, part: usize, of: usize| {
        from + (f64::from(to - from) * part as f64 / of as f64).round() as i32
    };
    // Half a unit of tolerance: the box may end where the axis ends.
    let across = |i: usize| edge(x0, x1, i, heat.nx);
    let along = |j: usize| edge(y0, y1, j, heat.ny);
    let columns: Vec<usize> = (0..heat.nx)
        .filter(|&i| across(i) >= bounds.left - 1 && across(i + 1) <= bounds.right + 1)
        .collect();
    let rows: Vec<usize> = (0..heat.ny)
        .filter(|&j| along(j) <= bounds.bottom + 1 && along(j + 1) >= bounds.top - 1)
        .collect();
    let (&left, &right) = (columns.first()?, columns.last()?);
    let (&low, &high) = (rows.first()?, rows.last()?);

    let least = heat.values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = heat.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = panel.plot.heat_range.unwrap_or(heat.ramp.reach(least, most));
    let value = |i: usize, j: usize| heat.values[(low + j) * heat.nx + left + i];
    let raster = Raster::heat((columns.len(), rows.len()), value, heat.ramp, range);
    let bounds = Bounds {
        left: across(left),
        right: across(right + 1),
        top: along(high + 1),
        bottom: along(low),
    };
    Some((raster, bounds))
}

/// Pixels that the panel's series cover, for a legend to keep clear of.
pub(crate) fn taken(panel: &Panel) -> Vec<(f64, f64)> {
    let area = panel.area;
    let at = |(x, y): (f64, f64)| {
        let x = area.left + panel.x.part(x) * area.width();
        let y = area.bottom - panel.y.part(y) * area.height();
        (x.clamp(-1e4, 1e4), y.clamp(-1e4, 1e4))
    };
    let mut out = Vec::new();
    for layer in &panel.plot.layers {
        let places: Vec<_> = points(&layer.shape, panel).into_iter().map(at).collect();
        match &layer.shape {
            Shape::Points(_) | Shape::Cloud(_) => out.extend(places),
            Shape::Arrows(_) => {
                places.chunks(2).for_each(|p| between(p[0], p[1], &mut out))
            }
            Shape::Heat(_) => {
                let (from, to) = (places[0], places[1]);
                for k in 0..=40 {
                    let x = from.0 + (to.0 - from.0) * f64::from(k) / 40.0;
                    between((x, from.1), (x, to.1), &mut out);
                }
            }
            Shape::Text(_, _, text, align) => {
                let ((x, y), wide) =
                    (places[0], crate::label::width(text, TICK_FONT) + 6.0);
                let (left, right) = match align {
                    Align::Right => (x, x + wide),
                    Align::Left => (x - wide, x),
                    _ => (x - wide / 2.0, x + wide / 2.0),
                };
                between((left, y), (right, y), &mut out);
            }
            Shape::Band(p) => {
                let count = p.len();
                for k in 0..count {
                    between(places[k], places[2 * count - 1 - k], &mut out);
                }
                places.windows(2).for_each(|p| between(p[0], p[1], &mut out));
            }
            Shape::Histogram(_) => {
                let base =
                    at((panel.x.low, if panel.y.log { panel.y.low } else { 0.0 })).1;
                for pair in places.windows(2) {
                    between(pair[0], pair[1], &mut out);
                    between(pair[0], (pair[0].0, base), &mut out);
                }
            }
            _ => places.windows(2).for_each(|p| between(p[0], p[1], &mut out)),
        }
    }
    out
}

/// Places on the segment, four pixels apart.
fn between(a: (f64, f64), b: (f64, f64), out: &mut Vec<(f64, f64)>) {
    let steps = ((b.0 - a.0).hypot(b.1 - a.1) / 4.0).ceil().max(1.0);
    for k in 0..=steps as usize {
        let t = k as f64 / steps;
        out.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
    }
}
