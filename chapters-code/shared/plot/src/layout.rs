//! Where the axes of each plot stand, and how far they reach.

use crate::axis::Axis;
use crate::backend::UNITS;
use crate::label;
use crate::layer::Shape;
use crate::path::Bounds;
use crate::plot::{AxisPlan, Plot};

/// Font sizes in pixels, at a page's width of 720.
pub(crate) const TICK_FONT: f64 = 16.0;
pub(crate) const LABEL_FONT: f64 = 17.0;
pub(crate) const TITLE_FONT: f64 = 18.0;
/// Height of a title with its space.
pub(crate) const TITLE: f64 = 26.0;
/// Length of a tick, and from the axis to its number.
pub(crate) const TICK: f64 = 5.0;
pub(crate) const TO_NUMBER: f64 = 8.0;

/// A box in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// In the backend's units, half a pixel in, so that thin lines are sharp.
    pub(crate) fn bounds(&self) -> Bounds {
        let units = |v: f64| UNITS * v.round() as i32 + UNITS / 2;
        Bounds {
            left: units(self.left),
            top: units(self.top),
            right: units(self.right),
            bottom: units(self.bottom),
        }
    }
}

/// One plot with its axes and what is written beside them.
#[derive(Clone, Debug)]
pub(crate) struct Panel<'a> {
    pub(crate) plot: &'a Plot,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) names_x: bool,
    pub(crate) names_y: bool,
    /// Between the axes.
    pub(crate) area: Area,
}

/// The space round the axes, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Margins {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl<'a> Panel<'a> {
    /// The plot with the ranges its data ask for.
    pub(crate) fn new(plot: &'a Plot, title: bool) -> Self {
        check(plot);
        let (x, y) = ranges(plot);
        let (width, height) = (f64::from(plot.width), f64::from(plot.height));
        let top = if title { TITLE } else { 0.0 };
        let area = Area { left: 70.0, top, right: width - 14.0, bottom: height - 50.0 };
        Self { plot, x, y, names_x: true, names_y: true, area }
    }

    /// The numbers on the horizontal axis: as many as stand clear of one another.
    pub(crate) fn ticks_x(&self) -> (Vec<f64>, Vec<String>) {
        let most = (self.area.width() / 48.0).clamp(2.0, 7.0) as usize;
        let place = |v: &f64| self.x.part(*v) * self.area.width();
        for most in (2..=most).rev() {
            let ticks = self.x.ticks(most);
            let names = self.x.names(&ticks);
            let half: Vec<f64> =
                names.iter().map(|n| label::width(n, TICK_FONT) / 2.0).collect();
            let clear = |k: usize| {
                place(&ticks[k]) - half[k] > place(&ticks[k - 1]) + half[k - 1] + 16.0
            };
            if (1..ticks.len()).all(clear) {
                return (ticks, names);
            }
        }
        let ticks = self.x.ticks(1);
        let names = self.x.names(&ticks);
        (ticks, names)
    }

    /// The numbers on the vertical axis.
    pub(crate) fn ticks_y(&self) -> (Vec<f64>, Vec<String>) {
        let most = (self.area.height() / 28.0).clamp(2.0, 6.0) as usize;
        let ticks = self.y.ticks(most);
        let names = self.y.names(&ticks);
        (ticks, names)
    }

    /// The space that numbers and labels need.
    pub(crate) fn margins(&self, title: bool) -> Margins {
        let label = |axis: &AxisPlan| if axis.label.is_some() { 24.0 } else { 0.0 };
        let (_, names) = self.ticks_y();
        let left = match self.names_y {
            true => TO_NUMBER + widest(&names) + 3.0 + label(&self.plot.y),
            false => 10.0,
        };
        let bottom = if self.names_x { 27.0 + label(&self.plot.x) } else { 10.0 };
        let title = if title && self.plot.title.is_some() { TITLE } else { 0.0 };
        // The last number may stand out half its width.
        let (ticks, names) = self.ticks_x();
        let right = match (ticks.last(), names.last()) {
            (Some(&tick), Some(name)) if self.names_x => {
                let room = (1.0 - self.x.part(tick)) * self.area.width();
                label::width(name, TICK_FONT) / 2.0 - room + 2.0
            }
            _ => 0.0,
        };
        Margins { left, top: 10.0 + title, right: right.max(10.0), bottom }
    }

    /// Makes one unit as long on both axes: ranges that are computed grow; where both are
    /// given, the area shrinks.
    pub(crate) fn equalise(&mut self) {
        if !self.plot.equal_aspect {
            return;
        }
        let per_x = self.area.width() / self.x.length();
        let per_y = self.area.height() / self.y.length();
        let (free_x, free_y) = (self.plot.x.range.is_none(), self.plot.y.range.is_none());
        if per_x > per_y && free_x {
            self.x = self.x.grown(per_x / per_y);
        } else if per_y > per_x && free_y {
            self.y = self.y.grown(per_y / per_x);
        } else {
            let unit = per_x.min(per_y);
            self.area.right = self.area.left + unit * self.x.length();
            let spare = self.area.height() - unit * self.y.length();
            self.area.top += spare / 2.0;
            self.area.bottom -= spare / 2.0;
        }
    }
}

fn widest(names: &[String]) -> f64 {
    names.iter().map(|name| label::width(name, TICK_FONT)).fold(0.0, f64::max)
}

/// The axes that the data and the author ask for.
fn ranges(plot: &Plot) -> (Axis, Axis) {
    let reach: Vec<(f64, f64)> =
        plot.layers.iter().flat_map(|layer| layer.shape.reach()).collect();
    // What fills its own box touches the axes; points keep clear of them.
    let fills = |shape: &Shape| matches!(shape, Shape::Heat(_));
    let tight = |shape: &Shape| {
        matches!(
            shape,
            Shape::Line(_) | Shape::Band(_) | Shape::Histogram(_) | Shape::Heat(_)
        )
    };
    let aside = |shape: &Shape| {
        matches!(shape, Shape::Text(..) | Shape::Horizontal(_) | Shape::Vertical(_))
    };
    let data = || plot.layers.iter().filter(|l| !aside(&l.shape));
    let across = if data().all(|l| tight(&l.shape)) { 0.0 } else { 0.04 };
    let along = if data().any(|l| fills(&l.shape)) { 0.0 } else { 0.05 };
    let across = if data().any(|l| fills(&l.shape)) { 0.0 } else { across };

    let x = axis(plot, &plot.x, "x", reach.iter().map(|p| p.0).collect(), across);
    let mut y = axis(plot, &plot.y, "y", reach.iter().map(|p| p.1).collect(), along);
    let bars = data().any(|l| matches!(l.shape, Shape::Histogram(_)));
    if bars && !plot.y.log && plot.y.range.is_none() && y.low > -0.2 * y.high {
        y.low = y.low.min(0.0);
        let least = reach.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
        if least >= 0.0 {
            y.low = 0.0;
        }
    }
    (x, y)
}

fn axis(plot: &Plot, plan: &AxisPlan, name: &str, data: Vec<f64>, margin: f64) -> Axis {
    let given = plan.range;
    if let Some((low, high)) = given {
        assert!(
            low.is_finite() && high.is_finite() && low < high,
            "{}: {name}_range({low}, {high}) is no range",
            plot.name()
        );
    }
    let ends = given.map(|(low, high)| vec![low, high]);
    let ends = ends.unwrap_or_else(|| plan.include.clone());
    let numbers = [ends, data].concat();
    if let Some(bad) = numbers.iter().find(|&&v| plan.log && v <= 0.0) {
        panic!("{}: {name} = {bad} cannot stand on a logarithmic axis", plot.name());
    }
    assert!(
        !numbers.is_empty(),
        "{}: there are no data to compute the {name} range from",
        plot.name()
    );
    match given {
        Some((low, high)) => Axis { low, high, log: plan.log },
        None => Axis::round(numbers.into_iter(), margin, plan.log),
    }
}

/// # Panics
///
/// With a message that names the plot, the series and the number, if something cannot be drawn.
fn check(plot: &Plot) {
    assert!(!plot.layers.is_empty(), "{}: nothing was added to the plot", plot.name());
    for layer in &plot.layers {
        let label = layer.style.label.as_deref();
        let series = match label {
            Some(label) => format!("{} “{label}”", layer.shape.kind()),
            None => layer.shape.kind().to_string(),
        };
        assert!(layer.shape.len() > 0, "{}: {series} has no data", plot.name());
        layer.shape.numbers(|what, place, value| {
            assert!(
                value.is_finite(),
                "{}: {series}, datum {place}: {what} = {value} is not finite",
                plot.name()
            );
        });
    }
}

impl Plot {
    /// How messages call it: by its title, else by its labels.
    pub(crate) fn name(&self) -> String {
        match (&self.title, &self.y.label, &self.x.label) {
            (Some(title), ..) => format!("plot “{title}”"),
            (_, Some(y), Some(x)) => format!("plot “{y}” over “{x}”"),
            (_, Some(one), _) | (_, _, Some(one)) => format!("plot “{one}”"),
            _ => "plot without title and labels".to_string(),
        }
    }
}
