//! From a plan to a drawing: one sheet with one plot or many.

use std::borrow::Borrow;
use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea, Rect};
use plotters::element::{CoordMapper, Drawable, PointCollection};
use plotters::prelude::{Cartesian2d, CoordTranslate};
use plotters_backend::DrawingErrorKind;
use plotters_backend::text_anchor::{HPos, VPos};

use crate::axis::Axis;
use crate::backend::{PageSvg, Pen, Spot, UNITS};
use crate::grid::Grid;
use crate::layout::{
    Area, LABEL_FONT, Margins, Panel, TICK, TICK_FONT, TITLE, TITLE_FONT, TO_NUMBER,
};
use crate::legend::{self, Entry, place};
use crate::look::looks;
use crate::path::{Bounds, Place};
use crate::plot::{Legend, Plot};
use crate::series;
use crate::style::{Dash, Paint};
use crate::svg::Svg;

type Sheet<'a> = DrawingArea<PageSvg<'a>, Shift>;

/// Draws one plot on a sheet of its own.
pub(crate) fn plot(plot: &Plot) -> Svg {
    let entries = legend::entries([plot].into_iter());
    let title = plot.title.is_some();
    let inside = |entries: &[Entry]| {
        let panels = arrange(vec![Panel::new(plot, title)], 1, 0.0, 0.0, true);
        let taken = series::taken(&panels[0]);
        legend::free_corner(entries, &panels[0].area, &taken)
    };
    let place = match plot.legend {
        _ if entries.is_empty() => Standing::Nowhere,
        Legend::Hidden => Standing::Nowhere,
        Legend::Right => Standing::Right,
        Legend::Above => Standing::Above,
        Legend::Auto => inside(&entries).map_or(Standing::Above, Standing::Inside),
    };
    let right = match place {
        Standing::Right => legend::column(&entries).0 + 14.0,
        _ => 0.0,
    };
    let width = f64::from(plot.width);
    let rows = match place {
        Standing::Above => legend::rows(&entries, width - 40.0),
        _ => Vec::new(),
    };
    let above = legend::ROW * rows.len() as f64;
    let panels = arrange(vec![Panel::new(plot, title)], 1, above, right, true);
    let area = panels[0].area;
    sheet((plot.width, plot.height), |sheet| {
        for panel in &panels {
            draw_panel(sheet, panel, above);
        }
        here(sheet, |svg| match place {
            Standing::Inside(corner) => legend::draw_column(svg, &entries, corner),
            Standing::Right => {
                legend::draw_column(svg, &entries, (area.right + 14.0, area.top))
            }
            Standing::Above => {
                let top = area.top - above - 4.0;
                legend::draw_rows(svg, &rows, (area.left, top));
            }
            Standing::Nowhere => {}
        });
    })
}

/// Where a legend is drawn in the end.
#[derive(Clone, Copy, Debug)]
enum Standing {
    Inside((f64, f64)),
    Right,
    Above,
    Nowhere,
}

/// Draws plots side by side.
pub(crate) fn grid(grid: &Grid) -> Svg {
    let Some(first) = grid.plots.first() else { panic!("a grid without plots") };
    for plot in &grid.plots {
        assert_eq!(
            (plot.width, plot.height),
            (first.width, first.height),
            "{} differs in size from the first of its grid",
            plot.name()
        );
    }
    let titles = grid.plots.iter().any(|plot| plot.title.is_some());
    let mut panels: Vec<Panel> =
        grid.plots.iter().map(|p| Panel::new(p, titles)).collect();
    if grid.shared {
        share(&mut panels, grid.columns);
    }

    let width = first.width * grid.columns as u32;
    let shown = grid.plots.iter().filter(|plot| plot.legend != Legend::Hidden);
    let entries = legend::entries(shown);
    let rows = legend::rows(&entries, f64::from(width) - 40.0);
    let title = if grid.title.is_some() { TITLE } else { 0.0 };
    let above = title + legend::ROW * rows.len() as f64;
    let lines = grid.plots.len().div_ceil(grid.columns) as u32;
    let height = first.height * lines + above.round() as u32;
    let panels = arrange(panels, grid.columns, above, 0.0, false);
    let left = panels[0].area.left;
    sheet((width, height), |sheet| {
        here(sheet, |svg| {
            if let Some(title) = &grid.title {
                text(
                    svg,
                    title,
                    TITLE_FONT,
                    (left, TITLE / 2.0 + 2.0),
                    HPos::Left,
                    VPos::Center,
                );
            }
            legend::draw_rows(svg, &rows, (left, title + 2.0));
        });
        for panel in &panels {
            draw_panel(sheet, panel, 0.0);
        }
    })
}

/// Gives all panels one pair of ranges, and names to those at the left and lower edge.
fn share(panels: &mut [Panel], columns: usize) {
    let one_kind =
        |log: fn(&Panel) -> bool| panels.iter().all(|p| log(p) == log(&panels[0]));
    assert!(
        one_kind(|p| p.x.log) && one_kind(|p| p.y.log),
        "a grid shares logarithmic and linear axes"
    );
    let union = |pick: fn(&Panel) -> Axis| {
        let axes = panels.iter().map(pick);
        axes.reduce(Axis::union).expect("a grid has plots")
    };
    let (x, y) = (union(|p| p.x), union(|p| p.y));
    let count = panels.len();
    for (k, panel) in panels.iter_mut().enumerate() {
        (panel.x, panel.y) = (x, y);
        panel.names_x = k + columns >= count;
        panel.names_y = k % columns == 0;
    }
}

/// Sets the areas: all of one size, in columns and rows, `above` and `right` left free.
fn arrange<'a>(
    panels: Vec<Panel<'a>>,
    columns: usize,
    above: f64,
    right: f64,
    single: bool,
) -> Vec<Panel<'a>> {
    let mut panels = panels;
    let original: Vec<(Axis, Axis)> = panels.iter().map(|p| (p.x, p.y)).collect();
    let rows = panels.len().div_ceil(columns);
    let (width, height) =
        (f64::from(panels[0].plot.width), f64::from(panels[0].plot.height));
    let (width, height) = (width * columns as f64 - right, height * rows as f64);
    let height = if single { height - above } else { height };
    // Numbers need room, and room decides on numbers: after three rounds they agree.
    for _ in 0..3 {
        let margins: Vec<Margins> = panels.iter().map(|p| p.margins(true)).collect();
        let most = |of: fn(&Margins) -> f64, within: &dyn Fn(usize) -> bool| {
            let chosen = margins.iter().enumerate().filter(|(k, _)| within(*k));
            chosen.map(|(_, m)| of(m)).fold(0.0, f64::max)
        };
        let columns_used = columns.min(panels.len());
        let left: Vec<f64> =
            (0..columns).map(|c| most(|m| m.left, &|k| k % columns == c)).collect();
        let right: Vec<f64> =
            (0..columns).map(|c| most(|m| m.right, &|k| k % columns == c)).collect();
        let top: Vec<f64> =
            (0..rows).map(|r| most(|m| m.top, &|k| k / columns == r)).collect();
        let bottom: Vec<f64> =
            (0..rows).map(|r| most(|m| m.bottom, &|k| k / columns == r)).collect();
        let sum = |of: &[f64]| of.iter().sum::<f64>();
        let box_w = (width - sum(&left) - sum(&right)) / columns_used as f64;
        let box_h = (height - sum(&top) - sum(&bottom)) / rows as f64;
        assert!(
            box_w > 30.0 && box_h > 30.0,
            "{}: its size leaves no room between labels",
            panels[0].plot.name()
        );
        for (k, panel) in panels.iter_mut().enumerate() {
            let (c, r) = (k % columns, k / columns);
            let x = sum(&left[..=c]) + sum(&right[..c]) + c as f64 * box_w;
            let y = above + sum(&top[..=r]) + sum(&bottom[..r]) + r as f64 * box_h;
            let (x, y) = (x.round(), y.round());
            let (w, h) = (box_w.floor(), box_h.floor());
            panel.area = Area { left: x, top: y, right: x + w, bottom: y + h };
            (panel.x, panel.y) = original[k];
            panel.equalise();
        }
    }
    panels
}

/// A sheet of `size` pixels with what `draw` draws.
fn sheet(size: (u32, u32), draw: impl FnOnce(&Sheet)) -> Svg {
    let mut elements = String::new();
    {
        let area = PageSvg::new(&mut elements, size).into_drawing_area();
        draw(&area);
        area.present().expect("a drawing in memory");
    }
    Svg { width: size.0, height: size.1, elements }
}

/// Draws the axes of one panel and what stands between them.
fn draw_panel(sheet: &Sheet, panel: &Panel, above: f64) {
    let bounds = panel.area.bounds();
    here(sheet, |svg| draw_axes(svg, panel, above));
    let across = bounds.left..bounds.right;
    let along = bounds.bottom..bounds.top;
    let coordinates = Cartesian2d::<Axis, Axis>::new(panel.x, panel.y, (across, along));
    let area = sheet.clone().apply_coord_spec(coordinates);
    let looks = looks(panel.plot);
    let mut order: Vec<usize> = (0..looks.len()).collect();
    order.sort_by_key(|&k| series::rank(&panel.plot.layers[k].shape));
    for k in order {
        let (layer, look) = (&panel.plot.layers[k], &looks[k]);
        let points = series::points(&layer.shape, panel);
        let draw = |places: &[Place], svg: &mut PageSvg| {
            series::draw(svg, places, layer, look, panel, &bounds);
        };
        area.draw(&Mark { points, draw }).expect("a drawing in memory");
    }
}

/// Grid lines, axes, ticks, numbers, labels and the title.
fn draw_axes(svg: &mut PageSvg, panel: &Panel, above: f64) {
    let (area, bounds) = (panel.area, panel.area.bounds());
    let thin = |alpha| Pen { paint: Paint::Text, width: 1.0, alpha, dash: Dash::Solid };
    let x_at = |v: f64| panel.x.part(v) * f64::from(bounds.right - bounds.left);
    let x_at = |v: f64| bounds.left + x_at(v).round() as i32;
    let y_at = |v: f64| panel.y.part(v) * f64::from(bounds.bottom - bounds.top);
    let y_at = |v: f64| bounds.bottom - y_at(v).round() as i32;
    let ((xs, x_names), (ys, y_names)) = (panel.ticks_x(), panel.ticks_y());

    let upright = |v: &f64| vec![(x_at(*v), bounds.top), (x_at(*v), bounds.bottom)];
    let level = |v: &f64| vec![(bounds.left, y_at(*v)), (bounds.right, y_at(*v))];
    let lines: Vec<_> = xs.iter().map(upright).chain(ys.iter().map(level)).collect();
    svg.stroke(&lines, thin(0.1), &bounds);

    // The axes with their ticks, short ones between the decades.
    let corner = [
        (bounds.left, bounds.top),
        (bounds.left, bounds.bottom),
        (bounds.right, bounds.bottom),
    ];
    let mut lines = vec![corner.to_vec()];
    let tick = |length: f64| (f64::from(UNITS) * length).round() as i32;
    let minor =
        |axis: Axis| axis.minor_ticks().into_iter().map(|v| (v, tick(0.6 * TICK)));
    let major =
        |ticks: &[f64]| ticks.iter().map(|&v| (v, tick(TICK))).collect::<Vec<_>>();
    for (v, long) in major(&xs).into_iter().chain(minor(panel.x)) {
        lines.push(vec![(x_at(v), bounds.bottom), (x_at(v), bounds.bottom + long)]);
    }
    for (v, long) in major(&ys).into_iter().chain(minor(panel.y)) {
        lines.push(vec![(bounds.left - long, y_at(v)), (bounds.left, y_at(v))]);
    }
    let all = Bounds { left: 0, top: 0, right: i32::MAX, bottom: i32::MAX };
    svg.stroke(&lines, thin(0.6), &all);

    let spot = |place, across, along| Spot { place, across, along, upwards: false };
    if panel.names_x {
        let y = bounds.bottom + tick(TO_NUMBER);
        for (v, name) in xs.iter().zip(&x_names) {
            let spot = spot((x_at(*v), y), HPos::Center, VPos::Top);
            svg.text(name, TICK_FONT, Paint::Text, spot);
        }
        if let Some(label) = &panel.plot.x.label {
            let middle = ((area.left + area.right) / 2.0, area.bottom + 30.0);
            text(svg, label, LABEL_FONT, middle, HPos::Center, VPos::Top);
        }
    }
    if panel.names_y {
        let x = bounds.left - tick(TO_NUMBER);
        for (v, name) in ys.iter().zip(&y_names) {
            let spot = spot((x, y_at(*v)), HPos::Right, VPos::Center);
            svg.text(name, TICK_FONT, Paint::Text, spot);
        }
        if let Some(label) = &panel.plot.y.label {
            let left = area.left - panel.margins(true).left + 3.0;
            let place = place(left, (area.top + area.bottom) / 2.0);
            let spot =
                Spot { place, across: HPos::Center, along: VPos::Top, upwards: true };
            svg.text(label, LABEL_FONT, Paint::Text, spot);
        }
    }
    if let Some(title) = &panel.plot.title {
        let middle =
            ((area.left + area.right) / 2.0, area.top - above - TITLE / 2.0 - 2.0);
        text(svg, title, LABEL_FONT, middle, HPos::Center, VPos::Center);
    }
}

fn text(
    svg: &mut PageSvg,
    text: &str,
    size: f64,
    at: (f64, f64),
    across: HPos,
    along: VPos,
) {
    let place = place(at.0, at.1);
    svg.text(text, size, Paint::Text, Spot { place, across, along, upwards: false });
}

/// Draws in pixels on the whole sheet.
fn here(sheet: &Sheet, draw: impl Fn(&mut PageSvg)) {
    let points: Vec<(i32, i32)> = Vec::new();
    let draw = |_: &[Place], svg: &mut PageSvg| draw(svg);
    sheet.draw(&Mark { points, draw }).expect("a drawing in memory");
}

/// An element of plotters: points in data coordinates, and what to draw where they land.
struct Mark<C, F> {
    points: Vec<C>,
    draw: F,
}

/// Coordinates as they are, also beyond the edge: `Bounds` cuts lines where they cross it,
/// plotters would bend them.
struct Uncut;

impl CoordMapper for Uncut {
    type Output = Place;

    fn map<T: CoordTranslate>(coordinates: &T, from: &T::From, _: &Rect) -> Place {
        coordinates.translate(from)
    }
}

impl<'a, C, F> PointCollection<'a, C, Uncut> for &'a Mark<C, F>
where
    &'a C: Borrow<C>,
{
    type Point = &'a C;
    type IntoIter = &'a [C];

    fn point_iter(self) -> &'a [C] {
        &self.points
    }
}

impl<'s, C, F: Fn(&[Place], &mut PageSvg)> Drawable<PageSvg<'s>, Uncut> for Mark<C, F> {
    fn draw<I: Iterator<Item = Place>>(
        &self,
        places: I,
        svg: &mut PageSvg<'s>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let places: Vec<Place> = places.collect();
        (self.draw)(&places, svg);
        Ok(())
    }
}
