//! Formulas: LaTeX to HTML with MathML, by KaTeX, while the book is built.

use crate::cache::Cache;
use crate::compact::{Compact, compact};
use crate::styles::Styles;
use katex::{KatexContext, OutputFormat, Settings, render_to_string};
use std::cell::OnceCell;

/// Stands before and after the markup of every formula, as text, so that the search
/// script can take the formulas out of the index. Unseen on the page.
pub const SEPARATOR: char = '\u{2063}';

/// Sets formulas.
pub struct Setter {
    /// KaTeX's tables, built when the first formula needs them.
    context: OnceCell<KatexContext>,
    inline: Settings,
    display: Settings,
    cache: Cache,
    /// The styles of the formulas set so far.
    pub styles: Styles,
}

/// What is wrong with a formula.
#[derive(Debug, PartialEq)]
pub struct BadFormula {
    /// In how many lines' distance from the formula's first line.
    pub line: usize,
    /// KaTeX's words.
    pub message: String,
}

impl Setter {
    /// A setter that remembers the formulas in `cache`.
    pub fn new(cache: Cache) -> Self {
        let settings = |display| {
            Settings::builder()
                .display_mode(display)
                .output(OutputFormat::HtmlAndMathml)
                .throw_on_error(true)
                .build()
        };
        let (context, styles) = (OnceCell::new(), Styles::default());
        let (inline, display) = (settings(false), settings(true));
        Self { context, inline, display, cache, styles }
    }

    /// Keeps what was set for the next build.
    pub fn keep(&self) {
        self.cache.keep();
    }

    /// The formula within a line of text, between separators.
    pub fn inline(&self, tex: &str) -> Result<String, BadFormula> {
        let html = self.set(tex, false)?;
        // A letter alone may stay in the index: it is a word as it stands.
        match html.contains("<math") {
            true => Ok(format!("{SEPARATOR}{html}{SEPARATOR}")),
            false => Ok(html),
        }
    }

    /// The formula in a line of its own, without separators.
    pub fn display(&self, tex: &str) -> Result<String, BadFormula> {
        self.set(tex, true)
    }

    /// The formula as KaTeX sets it, and as the book does.
    pub fn both(&self, tex: &str, display: bool) -> Result<(String, String), BadFormula> {
        let html = self.katex(tex, display)?;
        let ours = self.styles.numbered(&made_small(&html)?);
        Ok((html, ours))
    }

    fn set(&self, tex: &str, display: bool) -> Result<String, BadFormula> {
        let key = format!("{}{tex}", if display { '!' } else { ' ' });
        let formula = self
            .cache
            .get(key, || self.katex(tex, display).and_then(|html| made_small(&html)))?;
        Ok(guard(&self.styles.numbered(&formula)))
    }

    fn katex(&self, tex: &str, display: bool) -> Result<String, BadFormula> {
        if tex.trim().is_empty() {
            return Err(BadFormula { line: 0, message: "an empty formula".into() });
        }
        if let Some(at) = tex.find("\\sqrt\\") {
            let line = tex[..at].matches('\n').count();
            let message =
                "\\sqrt needs braces before a macro: \\sqrt{\\pi}, not \\sqrt\\pi".into();
            return Err(BadFormula { line, message });
        }
        let context = self.context.get_or_init(KatexContext::default);
        let settings = if display { &self.display } else { &self.inline };
        let tex = &braced(tex);
        let html = render_to_string(context, tex, settings).map_err(|error| {
            let at = error.position().unwrap_or(0);
            let line = tex.chars().take(at).filter(|c| *c == '\n').count();
            let words = error.to_string();
            let words = words.lines().next().unwrap_or_default();
            let shown: Vec<_> = tex.split_whitespace().collect();
            let mut shown = shown.join(" ");
            if shown.chars().count() > 80 {
                shown = shown.chars().take(79).chain(['…']).collect();
            }
            BadFormula { line, message: format!("bad formula: {words} (in {shown})") }
        })?;
        // KaTeX writes a negative space as our separator: that one is not ours.
        Ok(html.replace(SEPARATOR, ""))
    }
}

/// `\sqrt h` and `\sqrt2` as `\sqrt{h}` and `\sqrt{2}`: katex-rs 0.3 leaves no room for the
/// sign before a radicand of one letter without braces, and sets the one on the other.
fn braced(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len() + 8);
    let mut rest = tex;
    while let Some(at) = rest.find("\\sqrt") {
        let (before, after) = rest.split_at(at + "\\sqrt".len());
        out += before;
        rest = after;
        let spaces = after.len() - after.trim_start().len();
        // A letter right behind would belong to the name of another command.
        let radicand = after[spaces..]
            .chars()
            .next()
            .filter(|c| c.is_ascii_digit() || (c.is_alphabetic() && spaces > 0));
        if let Some(c) = radicand {
            out += &format!("{}{{{c}}}", &after[..spaces]);
            rest = &after[spaces + c.len_utf8()..];
        }
    }
    out + rest
}

fn made_small(html: &str) -> Result<Compact, BadFormula> {
    compact(html).ok_or_else(|| {
        let message = "KaTeX's markup of this formula cannot be read".into();
        BadFormula { line: 0, message }
    })
}

/// Hides from Markdown what it would read as its own, outside of tags.
fn guard(html: &str) -> String {
    let mut out = String::with_capacity(html.len() * 5 / 4);
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ => {}
        }
        match c {
            '\n' => out.push(' '),
            '*' | '_' | '\\' | '`' | '[' | ']' | '|' | '~' | '$' | '!' | '{' | '}' => {
                out += &format!("&#{};", u32::from(c));
            }
            // Outside of tags these would become "smart" punctuation.
            '\'' | '"' | '-' | '.' | ':' if !inside => {
                out += &format!("&#{};", u32::from(c))
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_html_and_mathml_without_its_source() {
        let html = Setter::new(Cache::default()).inline("x_1 * \\frac12").unwrap();
        assert!(html.contains("<math") && html.contains("aria-hidden"));
        assert!(
            !html.contains("annotation") && !html.contains('_') && !html.contains('*')
        );
        assert!(html.starts_with(SEPARATOR) && html.ends_with(SEPARATOR));
        assert!(!html.contains('\n'));
    }

    #[test]
    fn a_bad_formula_is_told_with_its_line() {
        let bad = Setter::new(Cache::default()).display("x\n + \\nope").unwrap_err();
        assert_eq!(bad.line, 1);
        assert!(bad.message.contains("\\nope"), "{}", bad.message);
        assert!(Setter::new(Cache::default()).inline(" ").is_err());
    }

    #[test]
    fn a_letter_under_a_root_stands_beside_the_sign() {
        let set = |tex| Setter::new(Cache::default()).both(tex, false).expect("set").0;
        // Attributes come in any order, so the room is looked for by itself.
        let room = |tex| set(tex).matches("padding-left:0.833em").count();
        for tex in ["\\sqrt h", "\\sqrt2", "\\sqrt{h}", "2\\sqrt\nh+1"] {
            assert_eq!(room(tex), 1, "{tex}");
        }
        assert_eq!(
            braced("\\sqrt h\\,\\sqrt[3]x\\sqrt2n"),
            "\\sqrt {h}\\,\\sqrt[3]x\\sqrt{2}n"
        );
    }

    #[test]
    fn a_root_without_braces_is_refused() {
        let bad =
            Setter::new(Cache::default()).display("\\frac{1}{\\sqrt\\pi}").unwrap_err();
        assert!(bad.message.contains("braces"));
        assert!(Setter::new(Cache::default()).display("\\sqrt{\\pi} \\sqrt2").is_ok());
    }
}
