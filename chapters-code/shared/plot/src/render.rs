//! From a plan to a drawing.
use crate::{Grid, Plot, Svg};
pub(crate) fn plot(plot: &Plot) -> Svg {
    Svg { width: plot.width, height: plot.height, elements: String::new() }
}
pub(crate) fn grid(grid: &Grid) -> Svg {
    plot(&grid.plots[0])
}
