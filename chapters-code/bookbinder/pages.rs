//! One pass over a page: where its formulas, code and directives are.

use crate::faults::Fault;

/// A page of the book, as mdBook sends it.
#[derive(Clone, Debug)]
pub struct Page {
    /// Path from the source folder, with forward slashes: "ch01_flows.md".
    pub path: String,
    /// Path from the book's root, for faults: "book/ch01_flows.md".
    pub file: String,
    /// Number in the summary: "1"; empty for front and back matter.
    pub number: String,
    /// The Markdown, with `\n` at the ends of lines.
    pub text: String,
}

/// A piece of a page and the line on which it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece<'a> {
    /// Line of the page, from 1.
    pub line: usize,
    /// What precedes it on its line, if that is only blanks and `>`: every line that
    /// replaces the piece has to begin so.
    pub prefix: &'a str,
    /// What it is.
    pub kind: Kind<'a>,
}

/// The kinds of pieces.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    /// Markdown that stays as it is.
    Text(&'a str),
    /// Code between backticks, which stays as it is.
    Code(&'a str),
    /// A fenced block: what follows the opening fence, its lines, and the whole source.
    Fence {
        /// "rust", "math id=flow-ode".
        info: &'a str,
        /// The lines between the fences.
        body: String,
        /// Everything, fences included.
        source: &'a str,
    },
    /// `$…$`.
    Formula(String),
    /// `{{#name arguments}}`; `alone` if nothing else stands on its line.
    Directive {
        /// "figure".
        name: &'a str,
        /// "fig-orders".
        arguments: &'a str,
        /// Whether nothing else stands on its line.
        alone: bool,
    },
}

/// Cuts Markdown into pieces. `file` and `line` are where it stands.
pub fn pieces<'a>(
    text: &'a str,
    file: &str,
    line: usize,
    faults: &mut Vec<Fault>,
) -> Vec<Piece<'a>> {
    let mut cutter = Cutter { text, at: 0, start: 0, line, counted: 0, out: Vec::new() };
    while cutter.at < text.len() {
        if let Err(message) = cutter.step() {
            let line = cutter.line_of(cutter.at);
            faults.push(Fault::new(file, line, message));
            cutter.at += 1;
        }
    }
    cutter.flush(text.len());
    cutter.out
}

struct Cutter<'a> {
    text: &'a str,
    /// Where the cutter is.
    at: usize,
    /// Where the text not yet handed over begins.
    start: usize,
    /// Line of `counted`.
    line: usize,
    counted: usize,
    out: Vec<Piece<'a>>,
}

impl<'a> Cutter<'a> {
    fn line_of(&mut self, at: usize) -> usize {
        // A fault may be told ahead of text that is handed over later.
        let lines = |text: &str| text.bytes().filter(|b| *b == b'\n').count();
        if at >= self.counted {
            self.line += lines(&self.text[self.counted..at]);
        } else {
            self.line -= lines(&self.text[at..self.counted]);
        }
        self.counted = at;
        self.line
    }

    fn flush(&mut self, end: usize) {
        if self.start < end {
            let line = self.line_of(self.start);
            let kind = Kind::Text(&self.text[self.start..end]);
            self.out.push(Piece { line, prefix: "", kind });
        }
        self.start = end;
    }

    /// Hands over the piece from `from` to `to`.
    fn push(&mut self, from: usize, to: usize, kind: Kind<'a>) {
        self.flush(from);
        let (line, prefix) = (self.line_of(from), self.prefix(from));
        self.out.push(Piece { line, prefix, kind });
        (self.at, self.start) = (to, to);
    }

    /// The blanks and `>` before `at` on its line; empty if there is anything else.
    fn prefix(&self, at: usize) -> &'a str {
        let before = &self.text[self.text[..at].rfind('\n').map_or(0, |n| n + 1)..at];
        if before.bytes().all(|b| matches!(b, b' ' | b'>')) { before } else { "" }
    }

    fn step(&mut self) -> Result<(), String> {
        let (text, at) = (self.text, self.at);
        let rest = &text[at..];
        match rest.as_bytes()[0] {
            b'\\' => {
                let next = rest[1..].chars().next().map_or(0, char::len_utf8);
                self.at += 1 + next;
                Ok(())
            }
            mark @ (b'`' | b'~') => {
                let run = rest.bytes().take_while(|b| *b == mark).count();
                let begins = text[..at].rfind('\n').map_or(0, |n| n + 1);
                if run >= 3 && text[begins..at].bytes().all(|b| matches!(b, b' ' | b'>'))
                {
                    self.fence(run)
                } else {
                    self.code(run, mark);
                    Ok(())
                }
            }
            b'$' if rest.starts_with("$$") => {
                self.at += 1;
                Err("a display formula between $$ has no id: write it as a fence ```math id=…"
                    .into())
            }
            b'$' => self.formula(),
            b'{' if rest.starts_with("{{#") => self.directive(),
            b'<' if rest.starts_with("<!--") => {
                self.at += rest.find("-->").map_or(rest.len(), |n| n + 3);
                Ok(())
            }
            _ => {
                self.at += rest.chars().next().map_or(1, char::len_utf8);
                Ok(())
            }
        }
    }

    fn fence(&mut self, run: usize) -> Result<(), String> {
        let (text, from) = (self.text, self.at);
        let (mark, prefix) = (&text[from..from + 1], self.prefix(from));
        let first = text[from..].find('\n').map_or(text.len(), |n| from + n);
        let info = text[from + run..first].trim();
        let mut body = String::new();
        let mut at = (first + 1).min(text.len());
        while at < text.len() {
            let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
            let line = &text[at..end];
            let line = line.strip_prefix(prefix).unwrap_or_else(|| line.trim_start());
            let closing = line.trim();
            if closing.len() >= run && closing.bytes().all(|b| b == mark.as_bytes()[0]) {
                let source = &text[from..end];
                self.push(from, end, Kind::Fence { info, body, source });
                return Ok(());
            }
            body += line;
            body.push('\n');
            at = end + 1;
        }
        self.at += run - 1;
        Err(format!("this fence is never closed: end it with {}", mark.repeat(run)))
    }

    fn code(&mut self, run: usize, mark: u8) {
        let (text, from) = (self.text, self.at);
        let mut at = from + run;
        self.at = at;
        if mark == b'~' {
            return;
        }
        let end = paragraph_end(text, from);
        while let Some(n) = text[at..end].find('`') {
            at += n;
            let closing = text[at..].bytes().take_while(|b| *b == b'`').count();
            at += closing;
            if closing == run {
                self.push(from, at, Kind::Code(&text[from..at]));
                return;
            }
        }
    }

    fn formula(&mut self) -> Result<(), String> {
        let (text, from) = (self.text, self.at);
        let end = paragraph_end(text, from);
        let mut escaped = false;
        for (n, b) in text[from + 1..end].bytes().enumerate() {
            match b {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'$' => {
                    let to = from + 1 + n;
                    let tex =
                        text[from + 1..to].split('\n').enumerate().map(|(k, line)| {
                            // The mark of a quotation is not part of the formula.
                            if k == 0 {
                                line
                            } else {
                                line.strip_prefix("> ").unwrap_or(line)
                            }
                        });
                    let tex = tex.collect::<Vec<_>>().join("\n");
                    self.push(from, to + 1, Kind::Formula(tex));
                    return Ok(());
                }
                _ => {}
            }
        }
        Err("this $ is not closed in its paragraph: close it, or write \\$ for the sign"
            .into())
    }

    fn directive(&mut self) -> Result<(), String> {
        let (text, from) = (self.text, self.at);
        let line_end = text[from..].find('\n').map_or(text.len(), |n| from + n);
        let Some(n) = text[from..line_end].find("}}") else {
            return Err("this directive is not closed on its line: end it with }}".into());
        };
        let to = from + n + 2;
        let inside = text[from + 3..to - 2].trim();
        let (name, arguments) =
            inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let begins = text[..from].rfind('\n').map_or(0, |n| n + 1);
        let alone = text[begins..from].bytes().all(|b| matches!(b, b' ' | b'>'))
            && text[to..line_end].trim().is_empty();
        let arguments = arguments.trim();
        self.push(from, to, Kind::Directive { name, arguments, alone });
        Ok(())
    }
}

/// Where the paragraph round `from` ends: at a blank line (`>` alone is one too).
fn paragraph_end(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(n) = text[at..].find('\n') {
        at += n + 1;
        let line = text[at..].split('\n').next().unwrap_or_default();
        if line.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>')) {
            return at - 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Kind<'_>> {
        let mut faults = Vec::new();
        let pieces = pieces(text, "a.md", 1, &mut faults);
        assert_eq!(faults, []);
        pieces.into_iter().map(|piece| piece.kind).collect()
    }

    fn fault(text: &str) -> String {
        let mut faults = Vec::new();
        pieces(text, "a.md", 1, &mut faults);
        faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn formulas_are_found_and_code_is_not_searched() {
        let found = cut("cost \\$5, `a $ b`, ``{{#x}} ` ``, $x_1$.");
        let formulas: Vec<_> =
            found.iter().filter(|k| matches!(k, Kind::Formula(_))).collect();
        assert_eq!(formulas, [&Kind::Formula("x_1".into())]);
        assert!(!found.iter().any(|k| matches!(k, Kind::Directive { .. })));
    }

    #[test]
    fn a_fence_in_a_quotation_loses_its_marks() {
        let found = cut("> ```math id=a\n> x\n> > y\n> ```\nafter");
        let Kind::Fence { info, body, .. } = &found[1] else { panic!("{found:?}") };
        assert_eq!((*info, body.as_str()), ("math id=a", "x\n> y\n"));
        assert_eq!(found[2], Kind::Text("\nafter"));
    }

    #[test]
    fn directives_know_whether_they_stand_alone() {
        let found = cut("see {{#ref a}}\n\n{{#figure b}}\n");
        let alone: Vec<_> = found
            .iter()
            .filter_map(|k| match k {
                Kind::Directive { arguments, alone, .. } => Some((*arguments, *alone)),
                _ => None,
            })
            .collect();
        assert_eq!(alone, [("a", false), ("b", true)]);
    }

    #[test]
    fn the_line_of_a_piece_is_counted() {
        let mut faults = Vec::new();
        let pieces =
            pieces("a\nb $x$\n\n```text\n$\n```\n{{#ref z}}", "a.md", 1, &mut faults);
        let lines: Vec<_> = pieces
            .iter()
            .filter(|p| !matches!(p.kind, Kind::Text(_)))
            .map(|p| p.line)
            .collect();
        assert_eq!(lines, [2, 4, 7]);
    }

    #[test]
    fn what_is_not_closed_is_a_fault() {
        assert!(fault("a\n\nb $x\n\n").starts_with("a.md:3: this $ is not closed"));
        assert!(fault("```rust\nfn").starts_with("a.md:1: this fence is never closed"));
        assert!(
            fault("\n{{#ref a\n}}").starts_with("a.md:2: this directive is not closed")
        );
        assert!(fault("\n$$x$$").starts_with("a.md:2: a display formula"));
    }

    #[test]
    fn nonsense_does_not_panic() {
        for text in
            ["$", "`", "\\", "{{#", "<!--", "é$é\\é", "```", "$$", "> $a\n> b$ ü", "~~~"]
        {
            pieces(text, "a.md", 1, &mut Vec::new());
        }
    }
}
