//! A finished drawing: elements one to a line, and the size.

use crate::backend::UNITS;
use crate::layout::TICK_FONT;
use crate::picture::Drawing;

/// Font size in pixels of the numbers beside the axes, however narrow the page is.
const SMALLEST: f64 = 10.5;

/// A finished drawing, of a [`Plot`](crate::Plot) or a [`Grid`](crate::Grid).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Elements, each on one line that ends in `\n`.
    pub(crate) elements: String,
}

impl Svg {
    /// The whole `<svg>` element around other `elements` of the same size.
    pub(crate) fn wrap(&self, alt: &str, elements: &str) -> String {
        let (w, h) = (self.width, self.height);
        let units = UNITS as u32;
        let (across, along) = (w * units, h * units);
        let font = TICK_FONT * f64::from(UNITS);
        // Narrower, and its numbers would be too small to read: then the page scrolls it.
        let least = f64::from(w) * SMALLEST / TICK_FONT;
        let alt = escape(&alt.split_whitespace().collect::<Vec<_>>().join(" "));
        format!(
            "<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" \
             viewBox=\"0 0 {across} {along}\" width=\"{w}\" height=\"{h}\" \
             style=\"max-width:100%;height:auto;min-width:{least:.0}px\" \
             fill=\"none\" stroke-linejoin=\"round\" font-size=\"{font}\" role=\"img\" aria-label=\"{alt}\">\n\
             {elements}</svg>"
        )
    }
}

impl Drawing for Svg {
    fn described(&self, alt: &str) -> String {
        self.wrap(alt, &self.elements)
    }
}

/// Text as it stands in XML, in an attribute too.
pub(crate) fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}
