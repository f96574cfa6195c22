//! Small multiples.

use crate::plot::Plot;
use crate::svg::Svg;

/// Plots side by side, row by row, with one legend above them all.
#[derive(Clone, Debug)]
pub struct Grid {
    pub(crate) columns: usize,
    pub(crate) shared: bool,
    pub(crate) title: Option<String>,
    pub(crate) plots: Vec<Plot>,
}

impl Grid {
    /// An empty grid of so many columns.
    pub fn new(columns: usize) -> Self {
        assert!(columns > 0, "Grid::new(0): a grid needs a column");
        Self { columns, shared: false, title: None, plots: Vec::new() }
    }

    /// All plots have the same ranges, as large as the largest; numbers and names stand at
    /// the left column and at the lowest plots only.
    pub fn shared_axes(mut self) -> Self {
        self.shared = true;
        self
    }

    /// The title of the whole; each plot's own [`Plot::title`] stands above its axes.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The next plot. All should be of one size; the whole is `columns` times as wide.
    // It adds to a grid, no number to a number.
    #[allow(clippy::should_implement_trait)]
    pub fn add(mut self, plot: Plot) -> Self {
        self.plots.push(plot);
        self
    }

    /// Draws all plots.
    ///
    /// # Panics
    ///
    /// As [`Plot::draw`]; if there is no plot, or one differs in size from the first, or shared
    /// axes are logarithmic in some plots only.
    pub fn draw(self) -> Svg {
        crate::render::grid(&self)
    }
}
