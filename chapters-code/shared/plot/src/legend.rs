//! Legends: what they list, and where they fit.

use plotters_backend::text_anchor::{HPos, VPos};

use crate::backend::{PageSvg, Pen, Spot, UNITS};
use crate::label;
use crate::layer::Shape;
use crate::layout::Area;
use crate::look::{Look, looks};
use crate::path::{Bounds, Place};
use crate::plot::Plot;
use crate::style::{Dash, Paint};

/// Font size of entries, and the height of a row.
const FONT: f64 = 16.0;
pub(crate) const ROW: f64 = 22.0;
/// Width of the sample before an entry's text.
const SAMPLE: f64 = 28.0;
const GAP: f64 = 18.0;

/// One line of a legend: a label, and the looks of the series that carry it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    label: String,
    samples: Vec<(Kind, Look)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Line,
    Points,
    Filled,
    Arrow,
}

/// The entries of several plots; equal labels make one.
pub(crate) fn entries<'a>(plots: impl Iterator<Item = &'a Plot>) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for plot in plots {
        for (layer, look) in plot.layers.iter().zip(looks(plot)) {
            let Some(label) = &layer.style.label else { continue };
            let kind = match layer.shape {
                Shape::Points(_) | Shape::Cloud(_) => Kind::Points,
                Shape::Band(_) | Shape::Histogram(_) => Kind::Filled,
                Shape::Arrows(_) => Kind::Arrow,
                _ => Kind::Line,
            };
            let mut look = look;
            if matches!(layer.shape, Shape::Cloud(_)) {
                (look.size, look.pen.alpha) = (6.0, 1.0);
            }
            let sample = (kind, look);
            match out.iter_mut().find(|entry| entry.label == *label) {
                Some(entry) if !entry.samples.iter().any(|(k, _)| *k == kind) => {
                    entry.samples.push(sample);
                }
                Some(_) => {}
                None => out.push(Entry { label: label.clone(), samples: vec![sample] }),
            }
        }
    }
    out
}

/// Width and height of a column of entries.
pub(crate) fn column(entries: &[Entry]) -> (f64, f64) {
    let widest = entries.iter().map(Entry::width).fold(0.0, f64::max);
    (widest, ROW * entries.len() as f64)
}

/// Where a column fits into `area` without touching any of `taken`.
pub(crate) fn free_corner(
    entries: &[Entry],
    area: &Area,
    taken: &[(f64, f64)],
) -> Option<(f64, f64)> {
    let ((w, h), inset) = (column(entries), 8.0);
    if w > 0.75 * area.width() || h > 0.6 * area.height() {
        return None;
    }
    let (left, right) = (area.left + inset, area.right - inset - w);
    let (top, bottom) = (area.top + inset, area.bottom - inset - h);
    let middle = (left + right) / 2.0;
    [
        (right, top),
        (left, top),
        (right, bottom),
        (left, bottom),
        (middle, top),
        (middle, bottom),
    ]
    .into_iter()
    .find(|&(x, y)| {
        let across = x - 4.0..x + w + 4.0;
        let along = y - 2.0..y + h + 2.0;
        !taken.iter().any(|(px, py)| across.contains(px) && along.contains(py))
    })
}

/// Rows of entries that fit into `width`.
pub(crate) fn rows(entries: &[Entry], width: f64) -> Vec<Vec<Entry>> {
    let mut rows: Vec<Vec<Entry>> = Vec::new();
    let mut room = 0.0;
    for entry in entries {
        if rows.is_empty() || room < entry.width() {
            rows.push(Vec::new());
            room = width;
        }
        room -= entry.width() + GAP;
        rows.last_mut().expect("a row was just made").push(entry.clone());
    }
    rows
}

/// Draws a column with its upper left corner at (x, y).
pub(crate) fn draw_column(svg: &mut PageSvg, entries: &[Entry], (x, y): (f64, f64)) {
    for (k, entry) in entries.iter().enumerate() {
        entry.draw(svg, x, y + (k as f64 + 0.5) * ROW);
    }
}

/// Draws rows with their upper left corner at (x, y).
pub(crate) fn draw_rows(svg: &mut PageSvg, rows: &[Vec<Entry>], (x, y): (f64, f64)) {
    for (k, row) in rows.iter().enumerate() {
        let mut x = x;
        for entry in row {
            entry.draw(svg, x, y + (k as f64 + 0.5) * ROW);
            x += entry.width() + GAP;
        }
    }
}

impl Entry {
    fn width(&self) -> f64 {
        SAMPLE + 7.0 + label::width(&self.label, FONT)
    }

    /// Draws the sample from x on, and the text after it, on the middle line y.
    fn draw(&self, svg: &mut PageSvg, x: f64, y: f64) {
        let at = |dx: f64, dy: f64| place(x + dx, y + dy);
        let all = Bounds { left: 0, top: 0, right: i32::MAX, bottom: i32::MAX };
        let middle = at(SAMPLE / 2.0, 0.0);
        for (kind, look) in &self.samples {
            let pen = Pen { alpha: look.pen.alpha.max(0.6), ..look.pen };
            match kind {
                Kind::Line => {
                    svg.stroke(&[vec![at(0.0, 0.0), at(SAMPLE, 0.0)]], pen, &all)
                }
                Kind::Points => {
                    svg.markers(&[middle], look.marker, look.size.max(5.0), pen)
                }
                Kind::Arrow => svg.arrows(&[(at(2.0, 0.0), at(SAMPLE - 2.0, 0.0))], pen),
                Kind::Filled => {
                    let (left, right) = (2.0, SAMPLE - 2.0);
                    let box_ =
                        [at(left, -6.0), at(right, -6.0), at(right, 6.0), at(left, 6.0)];
                    svg.fill(&box_, pen.paint, look.pen.alpha.max(0.25), &all);
                    let top = [at(left, -6.0), at(right, -6.0)];
                    let pen = Pen { width: 1.0, dash: Dash::Solid, ..pen };
                    svg.stroke(&[top.to_vec()], pen, &all);
                }
            }
        }
        let spot = Spot {
            place: at(SAMPLE + 7.0, 0.0),
            across: HPos::Left,
            along: VPos::Center,
            upwards: false,
        };
        svg.text(&self.label, FONT, Paint::Text, spot);
    }
}

/// Pixels as the backend's units.
pub(crate) fn place(x: f64, y: f64) -> Place {
    let units = f64::from(UNITS);
    ((x * units).round() as i32, (y * units).round() as i32)
}
