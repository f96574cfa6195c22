//! Labels: plain text with mathematics between dollar signs, as SVG.

use std::fmt::Write;

use crate::svg::escape;
use crate::symbols::{accent, alphabet, symbol};

/// A run of letters of one look.
#[derive(Clone, Debug, PartialEq)]
struct Run {
    text: String,
    italic: bool,
    math: bool,
    /// Height of the baseline above the text's, in its font size.
    raise: f64,
    /// Font size as a part of the text's.
    scale: f64,
}

const THIN: char = '\u{2009}';

/// A label as `<tspan>`s and text, for a `<text>` of `size`. Stylesheets know the classes:
/// `m` is mathematics, `i` a letter of it.
pub(crate) fn markup(label: &str, size: f64) -> String {
    let mut out = String::new();
    let runs = runs(label);
    // Numbers alone, as beside the axes, are set like the text.
    let letters = runs.iter().any(|run| run.italic);
    let mut drop = 0.0;
    for run in runs {
        let mut attributes = String::new();
        if run.math && letters {
            let class = if run.italic { "i" } else { "m" };
            let _ = write!(attributes, " class=\"{class}\"");
        }
        if run.scale < 1.0 {
            let _ = write!(attributes, " font-size=\"{:.0}\"", run.scale * size);
        }
        // Steps between rounded heights, so that they add up to none.
        let to = (-run.raise * size).round();
        if to != drop {
            let _ = write!(attributes, " dy=\"{}\"", to - drop);
            drop = to;
        }
        let text = escape(&run.text);
        match attributes.is_empty() {
            true => out.push_str(&text),
            false => {
                let _ = write!(out, "<tspan{attributes}>{text}</tspan>");
            }
        }
    }
    out
}

/// A guess of a label's width, in pixels.
pub(crate) fn width(label: &str, size: f64) -> f64 {
    let runs = runs(label);
    runs.iter()
        .map(|run| run.text.chars().map(advance).sum::<f64>() * run.scale * size)
        .sum()
}

/// A label as HTML.
pub(crate) fn html(label: &str) -> String {
    let run = |run: Run| {
        let text = escape(&run.text);
        let text = if run.italic { format!("<i>{text}</i>") } else { text };
        match run.raise {
            raise if raise < 0.0 => format!("<sub>{text}</sub>"),
            raise if raise > 0.0 => format!("<sup>{text}</sup>"),
            _ => text,
        }
    };
    runs(label).into_iter().map(run).collect()
}

/// A label as plain text: for names that a screen reader speaks.
pub(crate) fn plain(label: &str) -> String {
    runs(label).into_iter().map(|run| run.text).collect()
}

/// The advance of a letter in a common sans-serif font, in its size.
fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '\'' | '|' | '·' => {
            0.32
        }
        ' ' | '(' | ')' | '[' | ']' | '/' | 'I' => 0.33,
        '\u{2009}' => 0.17,
        '\u{300}'..='\u{36f}' => 0.0,
        'm' | 'w' | 'M' | 'W' | '—' | '…' => 0.87,
        'A'..='Z' => 0.68,
        '=' | '+' | '−' | '×' | '<' | '>' | '≤' | '≥' | '≈' | '→' => 0.68,
        _ => 0.56,
    }
}

/// # Panics
///
/// If a dollar sign or a brace is left open, or a command is not known.
fn runs(label: &str) -> Vec<Run> {
    let parts: Vec<&str> = label.split('$').collect();
    assert!(parts.len() % 2 == 1, "the label “{label}” has a $ without its partner");
    let mut out = Vec::new();
    for (k, part) in parts.into_iter().enumerate() {
        if part.is_empty() {
            continue;
        }
        if k % 2 == 0 {
            let text = part.to_string();
            out.push(Run { text, italic: false, math: false, raise: 0.0, scale: 1.0 });
        } else {
            let letters: Vec<char> = part.chars().collect();
            Reader { label, letters, at: 0, out: &mut out }.read(0.0, 1.0, false);
        }
    }
    out
}

/// Reads the mathematics between two dollar signs.
struct Reader<'a> {
    label: &'a str,
    letters: Vec<char>,
    at: usize,
    out: &'a mut Vec<Run>,
}

impl Reader<'_> {
    /// Reads to the end, or to the brace that closes this group.
    fn read(&mut self, raise: f64, scale: f64, upright: bool) {
        while let Some(&letter) = self.letters.get(self.at) {
            self.at += 1;
            match letter {
                '}' => return,
                '{' => self.read(raise, scale, upright),
                '_' => self.group(raise - 0.22 * scale, 0.72 * scale, upright),
                '^' => self.group(raise + 0.38 * scale, 0.72 * scale, upright),
                '\\' => self.command(raise, scale),
                ' ' if upright => self.push(" ", false, raise, scale),
                ' ' => {}
                ',' if scale == 1.0 => {
                    self.push(&format!(",{THIN}"), false, raise, scale)
                }
                '-' => self.operator("−", raise, scale),
                '*' => self.push("∗", false, raise, scale),
                '\'' => self.push("′", false, raise, scale),
                '+' | '=' | '<' | '>' => self.operator(&letter.to_string(), raise, scale),
                _ => {
                    let italic = letter.is_alphabetic() && !upright;
                    self.push(&letter.to_string(), italic, raise, scale);
                }
            }
        }
    }

    /// What stands after `_`, `^` or an accent: a group in braces, a command or one letter.
    fn group(&mut self, raise: f64, scale: f64, upright: bool) {
        match self.letters.get(self.at) {
            Some('{') => {
                let close = self.closing();
                self.at += 1;
                self.read(raise, scale, upright);
                debug_assert_eq!(self.at, close + 1);
            }
            Some('\\') => {
                self.at += 1;
                self.command(raise, scale);
            }
            Some(&letter) => {
                self.at += 1;
                let sign = if letter == '-' { '−' } else { letter };
                let italic = letter.is_alphabetic() && !upright;
                self.push(&sign.to_string(), italic, raise, scale);
            }
            None => panic!("the label “{}” ends where a group should stand", self.label),
        }
    }

    /// The place of the brace that closes the one here.
    fn closing(&self) -> usize {
        let mut depth = 0;
        for (k, letter) in self.letters.iter().enumerate().skip(self.at) {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return k;
            }
        }
        panic!("the label “{}” has a {{ without its partner", self.label)
    }

    fn command(&mut self, raise: f64, scale: f64) {
        let name = self.name();
        match name.as_str() {
            "," | ";" | ":" => self.push(&THIN.to_string(), false, raise, scale),
            "!" | "left" | "right" => {}
            " " => self.push(" ", false, raise, scale),
            "|" => self.push("‖", false, raise, scale),
            "{" | "}" | "%" | "$" | "#" => self.push(&name, false, raise, scale),
            "mathrm" | "text" | "operatorname" => self.group(raise, scale, true),
            "frac" => {
                self.group(raise, scale, false);
                self.push("/", false, raise, scale);
                self.group(raise, scale, false);
            }
            "mathbb" | "mathcal" => {
                let first = self.out.len();
                self.push("", true, raise, scale); // a run of its own
                self.group(raise, scale, true);
                for run in &mut self.out[first..] {
                    run.text = run.text.chars().map(|c| alphabet(&name, c)).collect();
                }
                self.out.retain(|run| !run.text.is_empty());
            }
            _ => match (accent(&name), symbol(&name)) {
                (Some(accent), _) => {
                    self.group(raise, scale, false);
                    if let Some(run) = self.out.last_mut() {
                        run.text.push(accent);
                    }
                }
                (_, Some(sign)) => self.sign(sign, raise, scale),
                _ => {
                    panic!("the label “{}” uses \\{name}, which is not known", self.label)
                }
            },
        }
    }

    /// The name after a backslash: letters, or one sign.
    fn name(&mut self) -> String {
        let rest = &self.letters[self.at..];
        let length = rest.iter().take_while(|c| c.is_ascii_alphabetic()).count().max(1);
        let name: String = rest.iter().take(length).collect();
        self.at += name.chars().count();
        name
    }

    /// A named sign: Greek small letters are italic, relations have space round them, names
    /// of functions space before their argument.
    fn sign(&mut self, sign: &str, raise: f64, scale: f64) {
        match sign.chars().next() {
            Some(
                '≤' | '≥' | '≠' | '≈' | '∼' | '∝' | '≡' | '→' | '↦' | '∈' | '×' | '±',
            ) => {
                self.operator(sign, raise, scale);
            }
            Some('α'..='ω' | 'ϑ' | 'ϕ' | 'ϵ' | 'ℓ') => {
                self.push(sign, true, raise, scale)
            }
            Some('a'..='z') => {
                let word = self.out.last().is_some_and(|run| {
                    run.text.ends_with(|c: char| c.is_alphanumeric() || c == '∇')
                });
                let before = if word { THIN.to_string() } else { String::new() };
                let after = match self.letters.get(self.at) {
                    Some(' ' | '\\') => THIN.to_string(),
                    _ => String::new(),
                };
                self.push(&format!("{before}{sign}{after}"), false, raise, scale);
            }
            _ => self.push(sign, false, raise, scale),
        }
    }

    /// A sign with thin space on both sides, unless it opens a group or stands in a script.
    fn operator(&mut self, sign: &str, raise: f64, scale: f64) {
        let opens = match self.out.last() {
            Some(run) => {
                run.raise != raise && scale < 1.0
                    || !run.math
                    || run.text.ends_with(['(', '[', '=', ',', THIN])
            }
            None => true,
        };
        match opens || scale < 1.0 {
            true => self.push(sign, false, raise, scale),
            false => self.push(&format!("{THIN}{sign}{THIN}"), false, raise, scale),
        }
    }

    fn push(&mut self, text: &str, italic: bool, raise: f64, scale: f64) {
        match self.out.last_mut() {
            Some(run)
                if run.math
                    && !text.is_empty()
                    && !run.text.is_empty()
                    && (run.italic, run.raise, run.scale) == (italic, raise, scale) =>
            {
                run.text.push_str(text);
            }
            _ => {
                let text = text.to_string();
                self.out.push(Run { text, italic, math: true, raise, scale });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(label: &str) -> Vec<(String, bool, i32)> {
        let level = |run: &Run| (run.raise * 100.0).round() as i32;
        runs(label).iter().map(|run| (run.text.clone(), run.italic, level(run))).collect()
    }

    fn shape(text: &str, italic: bool, level: i32) -> (String, bool, i32) {
        (text.to_string(), italic, level)
    }

    #[test]
    fn letters_are_italic_and_scripts_move() {
        assert_eq!(shapes("$x_t$"), [shape("x", true, 0), shape("t", true, -22)]);
        assert_eq!(
            shapes("step $10^{-3}$"),
            [shape("step ", false, 0), shape("10", false, 0), shape("−3", false, 38)]
        );
    }

    #[test]
    fn a_script_within_a_script_is_lower_and_smaller() {
        let runs = runs("$p_{t_k}(x)$");
        assert_eq!(runs[2].text, "k");
        assert!(runs[2].raise < runs[1].raise && runs[2].scale < runs[1].scale);
        assert_eq!(runs[3].raise, 0.0, "after the scripts the baseline is back");
    }

    #[test]
    fn greek_functions_and_accents_are_signs() {
        assert_eq!(plain(r"$\theta$"), "θ");
        assert_eq!(plain(r"$\nabla \log p_t$"), "∇\u{2009}log\u{2009}pt");
        assert_eq!(plain(r"$\hat{x}$ and $\mathbb{E}$"), "x\u{302} and 𝔼");
        assert_eq!(plain("$a = -1$"), "a\u{2009}=\u{2009}−1");
        assert_eq!(plain(r"$\sigma^{\mathrm{data}}$"), "σdata");
    }

    #[test]
    fn the_baseline_returns_by_what_it_left() {
        let markup = markup("$x_t^2 + y$", 100.0);
        let moves: Vec<f64> = markup
            .split("dy=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(moves.len(), 3, "{markup}");
        assert!(moves.iter().sum::<f64>().abs() < 1e-9, "{markup}");
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(markup("a & <b>", 10.0), "a &amp; &lt;b&gt;");
        assert!(markup("$x < 1$", 10.0).contains("&lt;"));
    }

    #[test]
    #[should_panic(expected = "\\fancy, which is not known")]
    fn an_unknown_command_is_named() {
        plain(r"$\fancy x$");
    }
}
