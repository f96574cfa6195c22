//! One plot: what stands in it and how its axes run.

use crate::layer::{Align, Heat, Layer, Shape};
use crate::raster::Ramp;
use crate::style::Style;
use crate::svg::Svg;

/// Where the legend stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legend {
    /// In a corner that the data leave free, else above the axes.
    Auto,
    /// Right of the axes.
    Right,
    /// Above the axes, in a row.
    Above,
    /// Nowhere: captions or texts say it.
    Hidden,
}

/// A plot under construction. Series are drawn in the order they are added, heat maps,
/// clouds and bands under the rest. Numbers are in data coordinates, sizes in pixels.
///
/// ```
/// use plot::{Plot, Style};
/// let error = [(0.1, 1e-2), (0.05, 2.5e-3), (0.025, 6.2e-4)];
/// let svg = Plot::new(640, 400)
///     .x_label("step $h$")
///     .y_label("error")
///     .log_x()
///     .log_y()
///     .line(&error, Style::color(0).label("Heun"))
///     .draw();
/// ```
#[derive(Clone, Debug)]
pub struct Plot {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) title: Option<String>,
    pub(crate) x: AxisPlan,
    pub(crate) y: AxisPlan,
    pub(crate) equal_aspect: bool,
    pub(crate) legend: Legend,
    pub(crate) heat_range: Option<(f64, f64)>,
    pub(crate) layers: Vec<Layer>,
}

/// What the author said about one axis.
#[derive(Clone, Debug, Default)]
pub(crate) struct AxisPlan {
    pub(crate) label: Option<String>,
    pub(crate) range: Option<(f64, f64)>,
    pub(crate) include: Vec<f64>,
    pub(crate) log: bool,
}

impl Plot {
    /// An empty plot, `width` by `height` pixels with its axes and labels. A page is 720 wide.
    pub fn new(width: u32, height: u32) -> Self {
        assert!(
            width >= 120 && height >= 100,
            "Plot::new({width}, {height}): at least 120 by 100 pixels are needed"
        );
        Self {
            width,
            height,
            title: None,
            x: AxisPlan::default(),
            y: AxisPlan::default(),
            equal_aspect: false,
            legend: Legend::Auto,
            heat_range: None,
            layers: Vec::new(),
        }
    }

    /// A line above the axes; `$…$` is mathematics here and in every label.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The name of the horizontal axis, with its unit.
    pub fn x_label(mut self, label: impl Into<String>) -> Self {
        self.x.label = Some(label.into());
        self
    }

    /// The name of the vertical axis, with its unit.
    pub fn y_label(mut self, label: impl Into<String>) -> Self {
        self.y.label = Some(label.into());
        self
    }

    /// The horizontal axis runs from `low` to `high`, whatever the data; what lies beyond is cut.
    pub fn x_range(mut self, low: f64, high: f64) -> Self {
        self.x.range = Some((low, high));
        self
    }

    /// The vertical axis runs from `low` to `high`, whatever the data; what lies beyond is cut.
    pub fn y_range(mut self, low: f64, high: f64) -> Self {
        self.y.range = Some((low, high));
        self
    }

    /// The horizontal axis, still computed from the data, reaches `x` as well.
    pub fn include_x(mut self, x: f64) -> Self {
        self.x.include.push(x);
        self
    }

    /// The vertical axis, still computed from the data, reaches `y` as well.
    pub fn include_y(mut self, y: f64) -> Self {
        self.y.include.push(y);
        self
    }

    /// A logarithmic horizontal axis.
    pub fn log_x(mut self) -> Self {
        self.x.log = true;
        self
    }

    /// A logarithmic vertical axis.
    pub fn log_y(mut self) -> Self {
        self.y.log = true;
        self
    }

    /// One unit is as long on both axes (on two logarithmic axes: one decade). Computed
    /// ranges grow until it is so; if both are given, the axes shrink.
    pub fn equal_aspect(mut self) -> Self {
        self.equal_aspect = true;
        self
    }

    /// Where the legend stands; [`Legend::Auto`] if not said.
    pub fn legend(mut self, legend: Legend) -> Self {
        self.legend = legend;
        self
    }

    /// A line through points, in their order.
    pub fn line(self, points: &[(f64, f64)], style: Style) -> Self {
        self.add(Shape::Line(points.to_vec()), style)
    }

    /// Points, each a marker: up to a few thousand.
    pub fn points(self, points: &[(f64, f64)], style: Style) -> Self {
        self.add(Shape::Points(points.to_vec()), style)
    }

    /// Points by the ten thousand, as one picture of their density.
    pub fn cloud(self, points: &[(f64, f64)], style: Style) -> Self {
        self.add(Shape::Cloud(points.to_vec()), style)
    }

    /// The strip between two curves: (x, low, high).
    pub fn band(self, strip: &[(f64, f64, f64)], style: Style) -> Self {
        self.add(Shape::Band(strip.to_vec()), style)
    }

    /// Arrows (x, y, dx, dy) from (x, y) to (x + dx, y + dy), in data coordinates: scale the
    /// field before, so that neighbours do not touch.
    pub fn arrows(self, arrows: &[(f64, f64, f64, f64)], style: Style) -> Self {
        self.add(Shape::Arrows(arrows.to_vec()), style)
    }

    /// Values on `nx` by `ny` cells that fill the box `x` × `y`: `values[j * nx + i]` belongs
    /// to column i from the left and row j from below.
    ///
    /// # Panics
    ///
    /// If there are not `nx * ny` values.
    pub fn heat(
        self,
        nx: usize,
        ny: usize,
        values: &[f64],
        x: (f64, f64),
        y: (f64, f64),
        ramp: Ramp,
    ) -> Self {
        assert_eq!(
            values.len(),
            nx * ny,
            "Plot::heat: {nx} by {ny} cells, but {} values",
            values.len()
        );
        let values = values.to_vec();
        self.add(Shape::Heat(Heat { nx, ny, values, x, y, ramp }), Style::text())
    }

    /// The values at the ends of the ramp of every heat map, to compare several: frames of
    /// a slider, plots of a grid. If not given, they come from each map's own values.
    pub fn heat_range(mut self, low: f64, high: f64) -> Self {
        self.heat_range = Some((low, high));
        self
    }

    /// Bars (x0, x1, height) from zero.
    pub fn histogram(self, bars: &[(f64, f64, f64)], style: Style) -> Self {
        self.add(Shape::Histogram(bars.to_vec()), style)
    }

    /// A text to the right of (x, y), in the colour of the text.
    pub fn text(self, x: f64, y: f64, text: impl Into<String>) -> Self {
        self.text_at(x, y, text, Align::Right, Style::text())
    }

    /// A text at a chosen side of (x, y), in the colour of `style`.
    pub fn text_at(
        self,
        x: f64,
        y: f64,
        text: impl Into<String>,
        align: Align,
        style: Style,
    ) -> Self {
        self.add(Shape::Text(x, y, text.into(), align), style)
    }

    /// A horizontal line at `y` right across. It does not widen the range.
    pub fn horizontal(self, y: f64, style: Style) -> Self {
        self.add(Shape::Horizontal(y), style)
    }

    /// A vertical line at `x` right across. It does not widen the range.
    pub fn vertical(self, x: f64, style: Style) -> Self {
        self.add(Shape::Vertical(x), style)
    }

    fn add(mut self, shape: Shape, style: Style) -> Self {
        self.layers.push(Layer { shape, style });
        self
    }

    /// Draws it. The bytes depend on nothing but what was said.
    ///
    /// # Panics
    ///
    /// If the plot is empty, a series has no data, a number is not finite, a range is empty
    /// or a logarithmic axis meets a number ≤ 0. The message names the plot by its title
    /// or labels, the series by its label, and the number.
    pub fn draw(self) -> Svg {
        crate::render::plot(&self)
    }
}
