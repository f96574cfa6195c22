//! What styles leave open, decided: dashes and markers by colour, widths, opacities.

use crate::backend::Pen;
use crate::layer::{Layer, Shape};
use crate::plot::Plot;
use crate::style::{Dash, Marker, Paint};

/// A style with nothing left open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    pub(crate) pen: Pen,
    pub(crate) marker: Marker,
    pub(crate) size: f64,
}

const DASHES: [Dash; 4] = [Dash::Solid, Dash::Dashed, Dash::DashDotted, Dash::Dotted];
const MARKERS: [Marker; 6] = [
    Marker::Circle,
    Marker::Square,
    Marker::Triangle,
    Marker::Diamond,
    Marker::Cross,
    Marker::Ring,
];

/// From this many lines of one colour on, they are a bundle and stay solid.
const BUNDLE: usize = 4;

/// The looks of all layers, in their order.
pub(crate) fn looks(plot: &Plot) -> Vec<Look> {
    let line = |layer: &&Layer| matches!(layer.shape, Shape::Line(_));
    let points = |layer: &&Layer| matches!(layer.shape, Shape::Points(_));
    let lines = labelled(plot.layers.iter().filter(line));
    let marks = labelled(plot.layers.iter().filter(points));
    let rank =
        |colors: &[Paint], paint| colors.iter().position(|&p| p == paint).unwrap_or(0);
    let bundle = |paint| {
        let same = plot.layers.iter().filter(line).filter(|l| l.style.paint == paint);
        same.count() >= BUNDLE
    };
    let look = |layer: &Layer| {
        let style = &layer.style;
        let (width, size, alpha) = usual(&layer.shape);
        let dash = match layer.shape {
            Shape::Line(_) if !bundle(style.paint) => {
                DASHES[rank(&lines, style.paint) % 4]
            }
            Shape::Horizontal(_) | Shape::Vertical(_) => Dash::Dotted,
            _ => Dash::Solid,
        };
        let pen = Pen {
            paint: style.paint,
            width: style.width.unwrap_or(width),
            alpha: style.alpha.unwrap_or(alpha),
            dash: style.dash.unwrap_or(dash),
        };
        let marker = style.marker.unwrap_or(MARKERS[rank(&marks, style.paint) % 6]);
        Look { pen, marker, size: style.size.unwrap_or(size) }
    };
    plot.layers.iter().map(look).collect()
}

/// The colours with a label, in order of appearance.
fn labelled<'a>(layers: impl Iterator<Item = &'a Layer>) -> Vec<Paint> {
    let mut out = Vec::new();
    for layer in layers.filter(|layer| layer.style.label.is_some()) {
        if !out.contains(&layer.style.paint) {
            out.push(layer.style.paint);
        }
    }
    out
}

/// Width, size and opacity, if the author gives none.
fn usual(shape: &Shape) -> (f64, f64, f64) {
    match shape {
        Shape::Band(_) => (1.0, 6.0, 0.2),
        Shape::Histogram(_) => (1.2, 6.0, 0.3),
        Shape::Arrows(_) => (1.3, 6.0, 1.0),
        Shape::Horizontal(_) | Shape::Vertical(_) => (1.2, 6.0, 0.8),
        Shape::Cloud(_) => (1.0, 1.5, 1.0),
        _ => (1.8, 6.0, 1.0),
    }
}
