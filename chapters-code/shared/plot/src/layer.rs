//! What stands in a plot, in data coordinates, and how far it reaches.

use crate::raster::Ramp;
use crate::style::Style;

/// One series with its look.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) shape: Shape,
    pub(crate) style: Style,
}

/// The kinds of series.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Line(Vec<(f64, f64)>),
    Points(Vec<(f64, f64)>),
    Cloud(Vec<(f64, f64)>),
    /// (x, low, high)
    Band(Vec<(f64, f64, f64)>),
    /// (x, y, dx, dy)
    Arrows(Vec<(f64, f64, f64, f64)>),
    /// (x0, x1, height)
    Histogram(Vec<(f64, f64, f64)>),
    Heat(Heat),
    Text(f64, f64, String, Align),
    Horizontal(f64),
    Vertical(f64),
}

/// Values on a lattice of cells.
#[derive(Clone, Debug)]
pub(crate) struct Heat {
    pub(crate) nx: usize,
    pub(crate) ny: usize,
    /// `values[j * nx + i]`, j upwards.
    pub(crate) values: Vec<f64>,
    pub(crate) x: (f64, f64),
    pub(crate) y: (f64, f64),
    pub(crate) ramp: Ramp,
}

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the right of the point.
    Right,
    /// To the left of the point.
    Left,
    /// Above the point.
    Above,
    /// Below the point.
    Below,
}

impl Shape {
    /// What kind it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Line(_) => "line",
            Self::Points(_) => "points",
            Self::Cloud(_) => "cloud",
            Self::Band(_) => "band",
            Self::Arrows(_) => "arrows",
            Self::Histogram(_) => "histogram",
            Self::Heat(_) => "heat map",
            Self::Text(..) => "text",
            Self::Horizontal(_) => "horizontal line",
            Self::Vertical(_) => "vertical line",
        }
    }

    /// Visits every number of the data as (its name, its place, its value).
    pub(crate) fn numbers(&self, mut visit: impl FnMut(&'static str, usize, f64)) {
        match self {
            Self::Line(p) | Self::Points(p) | Self::Cloud(p) => {
                for (i, &(x, y)) in p.iter().enumerate() {
                    visit("x", i, x);
                    visit("y", i, y);
                }
            }
            Self::Band(p) => {
                for (i, &(x, low, high)) in p.iter().enumerate() {
                    visit("x", i, x);
                    visit("low", i, low);
                    visit("high", i, high);
                }
            }
            Self::Arrows(p) => {
                for (i, &(x, y, dx, dy)) in p.iter().enumerate() {
                    visit("x", i, x);
                    visit("y", i, y);
                    visit("dx", i, dx);
                    visit("dy", i, dy);
                }
            }
            Self::Histogram(p) => {
                for (i, &(x0, x1, h)) in p.iter().enumerate() {
                    visit("x0", i, x0);
                    visit("x1", i, x1);
                    visit("height", i, h);
                }
            }
            Self::Heat(heat) => {
                for v in [heat.x.0, heat.x.1] {
                    visit("x", 0, v);
                }
                for v in [heat.y.0, heat.y.1] {
                    visit("y", 0, v);
                }
                for (i, &v) in heat.values.iter().enumerate() {
                    visit("value", i, v);
                }
            }
            Self::Text(x, y, ..) => {
                visit("x", 0, *x);
                visit("y", 0, *y);
            }
            Self::Horizontal(y) => visit("y", 0, *y),
            Self::Vertical(x) => visit("x", 0, *x),
        }
    }

    /// How many data it has; texts and reference lines count as one.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Line(p) | Self::Points(p) | Self::Cloud(p) => p.len(),
            Self::Band(p) => p.len(),
            Self::Arrows(p) => p.len(),
            Self::Histogram(p) => p.len(),
            Self::Heat(heat) => heat.values.len(),
            Self::Text(..) | Self::Horizontal(_) | Self::Vertical(_) => 1,
        }
    }

    /// Points whose box is the reach of the series.
    pub(crate) fn reach(&self) -> Vec<(f64, f64)> {
        match self {
            Self::Line(p) | Self::Points(p) | Self::Cloud(p) => p.clone(),
            Self::Band(p) => p.iter().flat_map(|&(x, a, b)| [(x, a), (x, b)]).collect(),
            Self::Arrows(p) => {
                let ends =
                    |&(x, y, dx, dy): &(f64, f64, f64, f64)| [(x, y), (x + dx, y + dy)];
                p.iter().flat_map(ends).collect()
            }
            Self::Histogram(p) => {
                let corners = |&(x0, x1, h): &(f64, f64, f64)| [(x0, h), (x1, h)];
                p.iter().flat_map(corners).collect()
            }
            Self::Heat(heat) => vec![(heat.x.0, heat.y.0), (heat.x.1, heat.y.1)],
            Self::Text(x, y, ..) => vec![(*x, *y)],
            Self::Horizontal(_) | Self::Vertical(_) => vec![],
        }
    }
}
