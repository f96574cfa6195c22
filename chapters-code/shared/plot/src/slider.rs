//! A figure that the reader moves: frames computed here, shown by `book/assets/slider.js`.

use std::fmt;
use std::fmt::Write;

use crate::label::{html, plain};
use crate::picture::Drawing;
use crate::svg::{Svg, escape};

/// Frames in the order of a parameter. Without JavaScript and on paper the first one shown
/// stands still.
///
/// All frames must be of one size; give them one range too, so that the axes stay put.
#[derive(Clone, Debug)]
pub struct Slider {
    parameter: String,
    start: usize,
    frames: Vec<(String, Svg)>,
}

/// The markup of a slider, ready for a [`Picture`](crate::Picture).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SliderHtml {
    id: String,
    parameter: String,
    start: usize,
    values: Vec<String>,
    frames: Vec<Svg>,
}

impl Slider {
    /// A slider over `parameter`, a word or `$…$`.
    pub fn new(parameter: impl Into<String>) -> Self {
        Self { parameter: parameter.into(), start: 0, frames: Vec::new() }
    }

    /// The next frame, and the parameter's value as the reader sees it.
    pub fn frame(mut self, value: impl Into<String>, svg: Svg) -> Self {
        self.frames.push((value.into(), svg));
        self
    }

    /// The frame shown first, counted from 0.
    pub fn start(mut self, frame: usize) -> Self {
        self.start = frame;
        self
    }

    /// The slider of the figure `id`.
    ///
    /// # Panics
    ///
    /// If there is no frame, or no frame `start`, or the frames differ in size.
    pub fn html(self, id: &str) -> SliderHtml {
        let count = self.frames.len();
        assert!(
            self.start < count,
            "slider {id}: frame {} of {count} shall be shown first",
            self.start
        );
        let (values, frames): (Vec<_>, Vec<_>) = self.frames.into_iter().unzip();
        let size = |svg: &Svg| (svg.width, svg.height);
        for (svg, value) in frames.iter().zip(&values) {
            assert_eq!(
                size(svg),
                size(&frames[0]),
                "slider {id}: the frame at {value} differs in size from the first"
            );
        }
        let (id, parameter) = (id.to_string(), self.parameter);
        SliderHtml { id, parameter, start: self.start, values, frames }
    }
}

impl Drawing for SliderHtml {
    fn described(&self, alt: &str) -> String {
        // What all frames have in common stands once, the rest in each frame.
        let (head, tail) = self.common();
        let inner: Vec<&str> = self
            .frames
            .iter()
            .map(|svg| &svg.elements[head..svg.elements.len() - tail])
            .collect();
        let shown = &self.frames[self.start];
        let end = shown.elements.len() - tail;
        let elements = format!(
            "{}<g class=\"frame\">\n{}</g>\n{}",
            &shown.elements[..head],
            inner[self.start],
            &shown.elements[end..]
        );

        let (id, last) = (escape(&self.id), self.values.len() - 1);
        let (name, shown_name) = (escape(&plain(&self.parameter)), html(&self.parameter));
        let value = escape(&plain(&self.values[self.start]));
        // `<` is written as an escape, so that no frame can end the script element.
        let json = serde_json::json!({ "values": self.plain_values(), "frames": inner });
        let json = json.to_string().replace('<', "\\u003c");
        let mut out = String::new();
        let _ = write!(
            out,
            "<div class=\"slider\" data-figure=\"{id}\">\n<div class=\"drawing\">{}</div>\n\
             <div class=\"slider-controls\">\n\
             <label><span>{shown_name}</span> \
             <input type=\"range\" min=\"0\" max=\"{last}\" step=\"1\" \
             value=\"{}\" aria-label=\"{name}\" aria-valuetext=\"{name} = {value}\"></label>\n\
             <output>{value}</output>\n</div>\n\
             <script type=\"application/json\">{json}</script>\n</div>",
            shown.wrap(alt, &elements),
            self.start
        );
        out
    }
}

impl SliderHtml {
    fn plain_values(&self) -> Vec<String> {
        self.values.iter().map(|value| plain(value)).collect()
    }

    /// How many bytes all frames share at their start and at their end, in whole lines.
    fn common(&self) -> (usize, usize) {
        let lines: Vec<Vec<&str>> = self
            .frames
            .iter()
            .map(|svg| svg.elements.split_inclusive('\n').collect())
            .collect();
        let shortest = lines.iter().map(Vec::len).min().unwrap_or(0);
        let first = &lines[0];
        let head = (0..shortest)
            .take_while(|&k| lines.iter().all(|other| other[k] == first[k]))
            .count();
        let from_end = |all: &[&str], k: usize| all[all.len() - 1 - k].to_string();
        let tail = (0..shortest - head)
            .take_while(|&k| {
                lines.iter().all(|other| from_end(other, k) == from_end(first, k))
            })
            .count();
        let length = |part: &[&str]| part.iter().map(|line| line.len()).sum();
        (length(&first[..head]), length(&first[first.len() - tail..]))
    }
}

impl fmt::Display for SliderHtml {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.described(&format!("{}, moved by a slider", self.id)))
    }
}
