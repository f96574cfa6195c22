//! The house style of the figures, on top of plotters.
//!
//! A [`Plot`] is built series by series and drawn to an [`Svg`]; a [`Grid`] sets several side by
//! side, a [`Slider`] turns several into one that the reader moves. A [`Picture`] adds the
//! words, and a [`Figure`] the name under which a page places it.
//!
//! One SVG serves light and dark pages: text and axes are `currentColor`, series the page's
//! `var(--c0)` … `var(--c6)`. Labels hold mathematics between dollar signs: `$x_t$`,
//! `$\sigma^2$`, `$\nabla \log p_t$`. Dense clouds and heat maps are embedded PNGs.
//! The bytes are the same on every run: coordinates are sixths of a pixel.

mod axis;
mod backend;
mod grid;
mod label;
mod layer;
mod layout;
mod legend;
mod look;
mod path;
mod picture;
mod plot;
mod raster;
mod render;
mod series;
mod slider;
mod style;
mod svg;
mod symbols;
#[cfg(test)]
mod tests;

pub use grid::Grid;
pub use layer::Align;
pub use picture::{Drawing, Figure, Picture};
pub use plot::{Legend, Plot};
pub use raster::Ramp;
pub use slider::{Slider, SliderHtml};
pub use style::{Dash, Marker, Style};
pub use svg::Svg;
