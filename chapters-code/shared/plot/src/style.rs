//! How a series looks: colour, width, dash, marker, and its name in the legend.

/// What a series is painted with. Both follow the page's theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paint {
    /// The colour of the text.
    Text,
    /// `var(--cK)`, K from 0 to 6.
    Theme(u8),
}

/// The pattern of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// ———
    Solid,
    /// – – –
    Dashed,
    /// · · ·
    Dotted,
    /// – · – ·
    DashDotted,
}

/// The shape of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A triangle.
    Triangle,
    /// A diamond.
    Diamond,
    /// ×
    Cross,
    /// An empty circle.
    Ring,
}

/// How a series looks.
///
/// What is left open is chosen so that nobody needs to see colour: the labelled colours of
/// one plot get different dashes (lines) and markers (points), in order of appearance.
#[derive(Clone, Debug)]
pub struct Style {
    pub(crate) paint: Paint,
    pub(crate) width: Option<f64>,
    pub(crate) dash: Option<Dash>,
    pub(crate) marker: Option<Marker>,
    pub(crate) size: Option<f64>,
    pub(crate) alpha: Option<f64>,
    pub(crate) label: Option<String>,
}

impl Style {
    /// The theme's colour `--c{index}`, `index` from 0 to 6.
    ///
    /// # Panics
    ///
    /// If `index` is above 6.
    pub fn color(index: u8) -> Self {
        assert!(index <= 6, "Style::color({index}): the theme has the colours 0 to 6");
        Self::painted(Paint::Theme(index))
    }

    /// The colour of the text: for exact solutions, references, axes.
    pub fn text() -> Self {
        Self::painted(Paint::Text)
    }

    fn painted(paint: Paint) -> Self {
        let (width, dash, marker, size, alpha) = (None, None, None, None, None);
        Self { paint, width, dash, marker, size, alpha, label: None }
    }

    /// Width of lines in pixels; 1.8 if not given.
    pub fn width(mut self, pixels: f64) -> Self {
        assert!(pixels > 0.0, "Style::width({pixels}): it must be above 0");
        self.width = Some(pixels);
        self
    }

    /// Diameter of points in pixels; 6 if not given, 1.5 in a cloud.
    pub fn size(mut self, pixels: f64) -> Self {
        assert!(pixels > 0.0, "Style::size({pixels}): it must be above 0");
        self.size = Some(pixels);
        self
    }

    /// Opacity, above 0 and at most 1. If not given: 1, and 0.2 for bands.
    pub fn alpha(mut self, alpha: f64) -> Self {
        assert!(
            alpha > 0.0 && alpha <= 1.0,
            "Style::alpha({alpha}): it must be above 0 and at most 1"
        );
        self.alpha = Some(alpha);
        self
    }

    /// ———, also where the plot would choose another pattern.
    pub fn solid(self) -> Self {
        self.dash(Dash::Solid)
    }

    /// – – –
    pub fn dashed(self) -> Self {
        self.dash(Dash::Dashed)
    }

    /// · · ·
    pub fn dotted(self) -> Self {
        self.dash(Dash::Dotted)
    }

    /// – · – ·
    pub fn dash_dotted(self) -> Self {
        self.dash(Dash::DashDotted)
    }

    fn dash(mut self, dash: Dash) -> Self {
        self.dash = Some(dash);
        self
    }

    /// The shape of points.
    pub fn marker(mut self, marker: Marker) -> Self {
        self.marker = Some(marker);
        self
    }

    /// The name in the legend, with `$…$` for mathematics. Two series with one label share
    /// one entry: a line with points on it.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}
