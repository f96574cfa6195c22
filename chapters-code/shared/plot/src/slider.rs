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
        let (common, frames) = self.common();
        let shown = &self.frames[self.start];
        let mut elements = String::new();
        for (k, moving) in frames[self.start].iter().enumerate() {
            if frames.iter().any(|frame| !frame[k].is_empty()) {
                elements.push_str(&format!("<g class=\"frame\">\n{moving}</g>\n"));
            }
            elements.push_str(common.get(k).copied().unwrap_or_default());
        }
        // Groups that are empty in every frame were not drawn.
        let moves = |k: &usize| frames.iter().any(|frame| !frame[*k].is_empty());
        let groups: Vec<usize> = (0..=common.len()).filter(moves).collect();
        let inner: Vec<Vec<&str>> = frames
            .iter()
            .map(|frame| groups.iter().map(|&k| frame[k].as_str()).collect())
            .collect();

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

    /// The lines that all frames share, in order, and of each frame what stands before the
    /// first, between them, and after the last.
    fn common(&self) -> (Vec<&str>, Vec<Vec<String>>) {
        let lines = |svg: &'_ Svg| -> Vec<String> {
            svg.elements.split_inclusive('\n').map(Into::into).collect()
        };
        let all: Vec<Vec<String>> = self.frames.iter().map(lines).collect();
        let mut common: Vec<&str> =
            self.frames[0].elements.split_inclusive('\n').collect();
        for frame in &all {
            common = shared(&common, frame);
        }
        let rest = all.iter().map(|frame| {
            let mut parts = vec![String::new()];
            for line in frame {
                match common.get(parts.len() - 1) {
                    Some(next) if line == next => parts.push(String::new()),
                    _ => parts.last_mut().expect("one at least").push_str(line),
                }
            }
            parts
        });
        let rest = rest.collect();
        (common, rest)
    }
}

/// The longest sequence of lines that stands in both, with others between them.
fn shared<'a>(one: &[&'a str], two: &[String]) -> Vec<&'a str> {
    // longest[i][j]: of what begins at line i of the one and line j of the other.
    let mut longest = vec![vec![0; two.len() + 1]; one.len() + 1];
    for i in (0..one.len()).rev() {
        for j in (0..two.len()).rev() {
            longest[i][j] = match one[i] == two[j] {
                true => longest[i + 1][j + 1] + 1,
                false => longest[i + 1][j].max(longest[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < one.len() && j < two.len() {
        if one[i] == two[j] {
            out.push(one[i]);
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

impl fmt::Display for SliderHtml {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.described(&format!("{}, moved by a slider", self.id)))
    }
}
