//! What a chapter hands over: a figure's name, and the picture it draws.

/// A figure of the book, by name. Bytes drawn are the same on every run.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// Unique in the book: `fig-orders`, or the id of the experiment it shows.
    pub id: &'static str,
    /// Draws it.
    pub draw: fn() -> Picture,
}

/// A drawn figure with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// `<svg …>…</svg>`, or the HTML of a slider. No blank lines inside.
    pub body: String,
    /// Markdown with `$…$`: what is seen, and what to look at.
    pub caption: String,
    /// Plain text in place of the picture, for readers who do not see it.
    pub alt: String,
}

/// Anything that can stand as the body of a [`Picture`].
pub trait Drawing {
    /// The markup, with `alt` (plain text, escaped here) as its description.
    fn described(&self, alt: &str) -> String;
}

impl Picture {
    /// The drawing, described by `alt`, with its caption.
    ///
    /// # Panics
    ///
    /// If `alt` is empty.
    pub fn new(
        drawing: impl Drawing,
        caption: impl Into<String>,
        alt: impl Into<String>,
    ) -> Self {
        let (caption, alt) = (caption.into(), alt.into());
        assert!(
            !alt.trim().is_empty(),
            "the figure with the caption “{caption}” has no alternative text"
        );
        Self { body: drawing.described(&alt), caption, alt }
    }
}
