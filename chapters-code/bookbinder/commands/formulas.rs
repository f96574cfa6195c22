//! `cargo book formulas`: a page that holds each formula of the book twice, as KaTeX sets it
//! and as the book does. `tests/browser/formulas.mjs` measures whether they look the same.

use super::root;
use crate::cache::Cache;
use crate::code::folder;
use crate::math::Setter;
use crate::pages::{Kind, pieces};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

/// What no page may happen to show, but some will.
const MORE: &str = include_str!("formulas.txt");

/// Prints the page. What KaTeX refuses is left out: `check` tells about that.
pub fn run() -> ExitCode {
    let mut formulas: BTreeSet<(bool, String)> =
        MORE.lines().map(|line| (true, line.to_owned())).collect();
    for path in folder(&root().join("book")) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let text = text.replace("\r\n", "\n");
        for piece in pieces(&text, "", 1, &mut Vec::new()) {
            match piece.kind {
                Kind::Formula(tex) => drop(formulas.insert((false, tex))),
                Kind::Fence { info, body, .. } if info.starts_with("math ") => {
                    formulas.insert((true, body));
                }
                _ => {}
            }
        }
    }
    let setter = Setter::new(Cache::default());
    let mut page = String::new();
    for (display, tex) in formulas {
        let Ok((katex, ours)) = setter.both(&tex, display) else { continue };
        let tex = crate::blocks::escape(&tex);
        page += &format!(
            "<div class=\"pair\" title=\"{tex}\"><p>{katex}</p><p>{ours}</p></div>\n"
        );
    }
    let sheet = setter.styles.sheet();
    // A reader who stops reading, as `head` does, is no fault.
    let _ = write!(
        std::io::stdout(),
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <link rel=\"stylesheet\" href=\"assets/katex/katex.min.css\">\n\
         <link rel=\"stylesheet\" href=\"assets/katex/k-x.css\">\n\
         <link rel=\"stylesheet\" href=\"assets/book.css\">\n\
         <style>.katex{{font-size:1.08em}}</style>\n{sheet}{page}</html>\n"
    );
    ExitCode::SUCCESS
}
