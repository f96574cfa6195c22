//! `cargo book picture`: draws the README's picture, once for light and once for dark pages,
//! from the figure that chapter 1 shows.

use super::{failed, root};
use crate::chapters::load_all;
use crate::faults;
use std::process::ExitCode;

/// The figure, and where it is written.
const FIGURE: &str = "fig-cloud-and-density";
const FOLDER: &str = "picture";
/// Colours as in `book/assets/book.css`. The README's page brings no stylesheet along.
const LOOKS: [(&str, &str); 2] = [
    (
        "light",
        "svg{color:#1a1a1a;--c0:#0072b2;--c1:#c25400;--c2:#00805f;--c3:#b05a8a;--c4:#9a7400;--c5:#2f86b8;--c6:#5a5a5a}",
    ),
    (
        "dark",
        "svg{color:#cfd0df;--c0:#56b4e9;--c1:#f08a4b;--c2:#2cc09a;--c3:#e39ac3;--c4:#e6b93a;--c5:#9ad0f0;--c6:#b4b4b4}",
    ),
];
const FONTS: &str = "text{font-family:system-ui,sans-serif}text:not([fill]){fill:currentColor}.m,.i{font-family:\"Cambria Math\",\"STIX Two Math\",serif}.i{font-style:italic}";

/// Writes `picture/light.svg` and `picture/dark.svg`.
pub fn run() -> ExitCode {
    let root = root();
    let exports = match load_all(&root) {
        Ok(exports) => exports,
        Err(found) => {
            faults::show(&found);
            return ExitCode::FAILURE;
        }
    };
    let mut figures = exports.iter().flat_map(|export| &export.figures);
    let drawing = figures.find(|figure| figure.id == FIGURE);
    let Some((attributes, elements)) =
        drawing.and_then(|f| f.body.strip_prefix("<svg")?.split_once('>'))
    else {
        return failed(&format!("no chapter draws {FIGURE}: name another in picture.rs"));
    };
    for (name, look) in LOOKS {
        let path = root.join(FOLDER).join(format!("{name}.svg"));
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"{attributes}>\n<style>{look}{FONTS}</style>{elements}\n"
        );
        let written = std::fs::create_dir_all(root.join(FOLDER))
            .and_then(|()| std::fs::write(&path, text));
        if let Err(error) = written {
            return failed(&format!("cannot write {}: {error}", path.display()));
        }
        println!("{}", path.display());
    }
    ExitCode::SUCCESS
}
