//! The HTML round formulas, figures and exercises.

use crate::code::unindented;
use crate::exports::{Card, Claim, Evidence, Figure, Slip};
use crate::math::SEPARATOR;
use evidence::number;
use std::path::Path;

/// Text with what HTML and Markdown would read as their own made harmless.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '"' => out += "&quot;",
            '\n' => out.push(' '),
            '*' | '_' | '\\' | '`' | '[' | ']' | '|' | '~' | '$' | '{' | '}' => {
                out += &format!("&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

/// A number as the page shows it: "1.3 × 10<sup>−13</sup>". What is not finite is "∞".
pub fn shown(x: Option<f64>) -> String {
    let text = number(x.unwrap_or(f64::INFINITY)).replace('-', "−");
    match text.split_once('e') {
        Some((digits, power)) => format!("{digits}&nbsp;×&nbsp;10<sup>{power}</sup>"),
        None => text,
    }
}

/// A displayed formula with its number and, folded, its evidence. One block of HTML.
pub fn formula(id: &str, label: &str, katex: &str, checked: &str) -> String {
    format!(
        "<div class=\"formula\" id=\"{id}\">\n\
         <div class=\"equation\">{SEPARATOR}{katex}</div>\n\
         <a class=\"number\" href=\"#{id}\">{label}</a>\n\
         {checked}</div>\n"
    )
}

/// A wrong formula, marked as such, with the number that refuses it.
pub fn wrong(katex: &str, slip: &Slip, claim: &str) -> String {
    let name = escape(&slip.name);
    format!(
        "<div class=\"formula wrong\">\n\
         <p class=\"mark\">{SEPARATOR}✗ wrong: {name}</p>\n\
         <div class=\"equation\">{katex}</div>\n\
         <p class=\"refused\">refused by <a href=\"{claim}\">the check</a>: {} is {}, at most {} is allowed{SEPARATOR}</p>\n\
         </div>\n",
        escape(&slip.part),
        shown(slip.measured),
        shown(slip.limit),
    )
}

/// The quiet line under a formula or an experiment, and what opens from it. `root` is
/// where the claim's source is found. Ends with the separator that the formula began with.
pub fn checked(claim: &Claim, root: &Path) -> String {
    let rows =
        |cells: &[String]| format!("<tr><td>{}</td></tr>\n", cells.join("</td><td>"));
    // Many claims draw nothing, and most slips stand printed nowhere: then no column says so.
    let drawn = claim.evidence.iter().any(|e| e.samples.is_some());
    let cells = |e| evidence_cells(e).into_iter().take(if drawn { 4 } else { 3 });
    let evidence: String =
        claim.evidence.iter().map(|e| rows(&cells(e).collect::<Vec<_>>())).collect();
    let drawn = if drawn { "<th>Draws</th>" } else { "" };
    let printed = claim.slips.iter().any(|slip| !slip.from.is_empty());
    let cells = |slip| slip_cells(slip).into_iter().take(if printed { 4 } else { 3 });
    let slips: String =
        claim.slips.iter().map(|slip| rows(&cells(slip).collect::<Vec<_>>())).collect();
    let printed = if printed { "<th>Printed in</th>" } else { "" };
    let place = format!("{}:{}", claim.file, claim.line);
    let source = std::fs::read_to_string(root.join(&claim.file)).unwrap_or_default();
    let source = listing(&item(&source.replace("\r\n", "\n"), claim.line));
    format!(
        "<details class=\"checked\"><summary>{summary}</summary>\n\
         <p>{says}</p>\n\
         <div class=\"scroll\"><table>\
         <thead><tr><th>Measured</th><th>Value and limit</th><th>Why this limit</th>{drawn}</tr></thead>\n\
         <tbody>\n{evidence}</tbody></table></div>\n\
         <div class=\"scroll\"><table>\
         <thead><tr><th>Refused slip</th><th>Shown by</th><th>Value and limit</th>{printed}</tr></thead>\n\
         <tbody>\n{slips}</tbody></table></div>\n\
         {source}<p class=\"path\">{place}{SEPARATOR}</p>\n</details>\n",
        summary = summary(claim),
        says = escape(&claim.says),
        place = escape(&place),
    )
}

/// "✓ checked: largest error 1.3e-13 ≤ 1e-12; refuses 2 slips".
pub fn summary(claim: &Claim) -> String {
    let mark = if claim.holds { "✓ checked" } else { "✗ not held" };
    let slips = match claim.slips.len() {
        1 => "1 slip".into(),
        n => format!("{n} slips"),
    };
    match nearest_to_limit(claim) {
        Some(e) => format!(
            "{mark}: {} {}&nbsp;≤&nbsp;{}; refuses&nbsp;{slips}",
            escape(&short(&e.what)),
            shown(e.measured),
            shown(e.limit)
        ),
        None => format!("{mark}; refuses {slips}"),
    }
}

/// The measurement that came nearest to its limit.
pub fn nearest_to_limit(claim: &Claim) -> Option<&Evidence> {
    let used = |e: &Evidence| match (e.measured, e.limit) {
        (Some(x), Some(limit)) if limit > 0.0 => x / limit,
        (Some(x), Some(_)) if x <= 0.0 => 0.0,
        _ => f64::INFINITY,
    };
    claim.evidence.iter().max_by(|a, b| used(a).total_cmp(&used(b)))
}

/// The first words of a measurement's name.
fn short(what: &str) -> String {
    let head = what.split([':', ',', '(', ';']).next().unwrap_or(what).trim();
    if head.chars().count() <= 40 {
        return head.into();
    }
    let mut out = String::new();
    for word in head.split_whitespace() {
        if out.chars().count() + word.chars().count() > 38 {
            break;
        }
        out += word;
        out.push(' ');
    }
    out.trim_end().to_owned() + "…"
}

fn evidence_cells(e: &Evidence) -> [String; 4] {
    let sign = if e.holds() { "≤" } else { "&gt;" };
    let draws = match (e.samples, e.seed) {
        (Some(samples), Some(seed)) => format!("{samples}, seed {seed}"),
        (Some(samples), None) => samples.to_string(),
        _ => "none".into(),
    };
    let compared = format!("{}&nbsp;{sign}&nbsp;{}", shown(e.measured), shown(e.limit));
    [escape(&e.what), compared, escape(&e.because), draws]
}

fn slip_cells(slip: &Slip) -> [String; 4] {
    let sign = if slip.holds { "≤" } else { "&gt;" };
    let compared =
        format!("{}&nbsp;{sign}&nbsp;{}", shown(slip.measured), shown(slip.limit));
    let from = if slip.from.is_empty() { "–".into() } else { escape(&slip.from) };
    [escape(&slip.name), escape(&slip.part), compared, from]
}

/// The item `Claim::new(…)` that begins in a line of `source`, to its last parenthesis.
pub fn item(source: &str, line: usize) -> String {
    let lines: Vec<_> = source.lines().skip(line.saturating_sub(1)).collect();
    let (mut depth, mut text, mut began) = (0_i32, false, false);
    for (n, line) in lines.iter().enumerate() {
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if text => {
                    chars.next();
                }
                '"' => text = !text,
                _ if text => {}
                '\'' if chars.clone().nth(1) == Some('\'') => {
                    chars.nth(1);
                }
                '/' if chars.peek() == Some(&'/') => break,
                '(' => {
                    depth += 1;
                    began = true;
                }
                ')' => depth -= 1,
                _ => {}
            }
            if began && depth == 0 {
                return unindented(&lines[..=n]);
            }
        }
    }
    lines.first().map(|line| line.trim().into()).unwrap_or_default()
}

/// Rust within HTML: no line of it is blank for Markdown.
fn listing(source: &str) -> String {
    if source.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = source.lines().map(escape).collect();
    format!("<pre><code class=\"language-rust\">{}</code></pre>\n", lines.join("&#10;"))
}

/// A figure: picture, caption and, for an experiment, its evidence. `caption` is
/// finished Markdown.
pub fn figure(figure: &Figure, label: &str, caption: &str, checked: &str) -> String {
    let mut body = named(&figure.body, &figure.alt);
    if body.starts_with("<svg") {
        body = format!("<div class=\"drawing\">{body}</div>");
    }
    let id = &figure.id;
    let checked = match checked {
        "" => String::new(),
        html => {
            format!("<div class=\"experiment\">{SEPARATOR}\n{html}</div>\n")
        }
    };
    format!(
        "<figure class=\"plot\" id=\"{id}\">\n{SEPARATOR}{body}{SEPARATOR}\n<figcaption>\n\n**{label}.** {caption}\n\n</figcaption>\n{checked}</figure>\n"
    )
}

/// The picture with its alt text, where it has none of its own.
fn named(body: &str, alt: &str) -> String {
    let Some(from) = body.find("<svg") else { return body.into() };
    let end = body[from..].find('>').map_or(body.len(), |n| from + n);
    if body[from..end].contains("aria-label") {
        return body.into();
    }
    let alt = escape(alt);
    format!(
        "{}<svg role=\"img\" aria-label=\"{alt}\"{}",
        &body[..from],
        &body[from + 4..]
    )
}

/// An exercise: `task` and `hint` are finished Markdown, `practises` a link or "".
pub fn exercise(
    card: &Card,
    chapter: &str,
    task: &str,
    hint: &str,
    practises: &str,
) -> String {
    let (id, number, title) = (&card.id, &card.number, escape(&card.title));
    let points = if card.points == 1 {
        "1 point".into()
    } else {
        format!("{} points", card.points)
    };
    let practises = match practises {
        "" => String::new(),
        link => format!(" · practises {link}"),
    };
    let hint = match hint {
        "" => String::new(),
        hint => format!(
            "<details class=\"hint\"><summary>Hint</summary>\n\n{hint}\n\n</details>\n"
        ),
    };
    format!(
        "<div class=\"exercise\" id=\"{id}\">\n\
         <div class=\"title\" role=\"heading\" aria-level=\"3\"><a href=\"#{id}\">Exercise {number}</a>. {title}</div>\n\n\
         *{points} · {} minutes{practises}*\n\n{task}\n\n{hint}\
         <p class=\"command\"><code>cargo grade -p {chapter}</code></p>\n</div>\n",
        card.minutes
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_set_as_in_print() {
        assert_eq!(shown(Some(1.304e-13)), "1.3&nbsp;×&nbsp;10<sup>−13</sup>");
        assert_eq!(shown(Some(2.5)), "2.5");
        assert_eq!(shown(None), "∞");
    }

    #[test]
    fn an_item_is_cut_to_its_last_parenthesis() {
        let source =
            "x\n    Claim::new(\n        \"a)\", // :)\n        ')', f(),\n    ),\ny";
        assert_eq!(item(source, 2), "Claim::new(\n    \"a)\", // :)\n    ')', f(),\n),");
        assert_eq!(item("", 3), "");
    }

    #[test]
    fn long_measurements_are_shortened_between_words() {
        assert_eq!(short("error: of x"), "error");
        assert!(short(&"many words ".repeat(9)).ends_with("…"));
        assert!(short(&"many words ".repeat(9)).chars().count() <= 40);
    }

    #[test]
    fn a_picture_gets_its_text() {
        assert!(
            named("<svg x>", "a \"b\"")
                .starts_with("<svg role=\"img\" aria-label=\"a &quot;b&quot;\" x")
        );
        assert_eq!(named("<svg aria-label=\"y\">", "a"), "<svg aria-label=\"y\">");
    }
}
