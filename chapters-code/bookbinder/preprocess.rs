//! mdBook's protocol: `[context, book]` comes in, the book goes out.
//!
//! Spoken with plain `serde_json`: the crate mdbook-preprocessor would cost the first
//! build a quarter of a minute.

use crate::audit;
use crate::bind::Binder;
use crate::chapters;
use crate::faults::Fault;
use crate::pages::Page;
use crate::refs::Labels;
use serde_json::Value;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Whether the book is made for this renderer: `book preprocess supports html`.
pub fn supports(renderer: &str) -> bool {
    renderer == "html"
}

/// Reads mdBook's book from `input` and writes it, bound, to `output`.
///
/// All faults come back together, and then nothing has been written.
pub fn run(mut input: impl Read, mut output: impl Write) -> Result<(), Vec<Fault>> {
    let protocol = |message: String| vec![Fault::new("book.toml", 1, message)];
    let mut text = String::new();
    input
        .read_to_string(&mut text)
        .map_err(|error| protocol(format!("cannot read what mdBook sends: {error}")))?;
    let pair: Result<[Value; 2], _> = serde_json::from_str(&text);
    let [context, mut book] = pair.map_err(|error| {
        protocol(format!(
            "mdBook sent no [context, book]: {error}; this command is for mdBook to call"
        ))
    })?;
    let version = context["mdbook_version"].as_str().unwrap_or("of an unknown version");
    if !version.starts_with("0.5.") {
        return Err(protocol(format!(
            "this is mdBook {version}, and the book needs 0.5.x: `cargo run` installs it into target/tools"
        )));
    }
    let root = PathBuf::from(context["root"].as_str().unwrap_or("."));
    let source =
        context["config"]["book"]["src"].as_str().unwrap_or("src").replace('\\', "/");
    let items = book["items"].as_array_mut();
    let items =
        items.ok_or_else(|| protocol("mdBook sent a book without items".into()))?;
    bind(&root, &source, items)?;
    serde_json::to_writer(&mut output, &book)
        .map_err(|error| protocol(format!("cannot write to mdBook: {error}")))?;
    output.flush().map_err(|error| protocol(format!("cannot write to mdBook: {error}")))
}

/// Binds the pages below `items` in place.
fn bind(root: &Path, source: &str, items: &mut [Value]) -> Result<(), Vec<Fault>> {
    let exports = chapters::load_all(root)?;
    let (mut pages, mut labels) = (Vec::new(), Labels::default());
    let mut contents = Vec::new();
    collect(items, source, &mut labels, &mut pages, &mut contents);
    let mut binder = Binder::new(root, &exports, labels);
    binder.bind(&mut pages);
    let mut faults = binder.faults;
    faults.extend(audit::unlisted(root, source, &pages));
    faults.sort();
    faults.dedup();
    if !faults.is_empty() {
        return Err(faults);
    }
    for (content, page) in contents.into_iter().zip(pages) {
        *content = page.text;
    }
    Ok(())
}

/// The pages of the book in order, each with the place its text came from.
fn collect<'a>(
    items: &'a mut [Value],
    source: &str,
    labels: &mut Labels,
    pages: &mut Vec<Page>,
    contents: &mut Vec<&'a mut String>,
) {
    for item in items {
        let Some(Value::Object(chapter)) = item.get_mut("Chapter") else { continue };
        let number: Vec<String> = match chapter.get("number") {
            Some(Value::Array(parts)) => parts.iter().map(Value::to_string).collect(),
            _ => Vec::new(),
        };
        let number = number.join(".");
        let path =
            chapter.get("source_path").or(chapter.get("path")).and_then(Value::as_str);
        let path = path.map(|path| path.replace('\\', "/"));
        if !number.is_empty() {
            labels.add_chapter(&number, path.as_deref());
        }
        for (key, value) in chapter.iter_mut() {
            match (key.as_str(), value) {
                ("content", Value::String(content)) => {
                    let Some(path) = path.clone() else { continue };
                    let text =
                        content.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                    let (file, number) = (format!("{source}/{path}"), number.clone());
                    pages.push(Page { path, file, number, text });
                    contents.push(content);
                }
                ("sub_items", Value::Array(below)) => {
                    collect(below, source, labels, pages, contents);
                }
                _ => {}
            }
        }
    }
}
