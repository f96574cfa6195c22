//! Figures as files that open on their own.

use crate::Chapter;
use crate::aside::{Aside, nearest_folder};
use crate::in_order::in_order;
use plot::Picture;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What the pages' stylesheet gives a figure, for figures outside a page.
const STYLE: &str = include_str!("figure.css");

/// What moves a slider.
const SCRIPT: &str = include_str!("../../../../book/assets/slider.js");

/// Draws all figures.
///
/// # Errors
/// If drawing one panics: which.
pub fn draw<A>(chapter: &Chapter<A>) -> Result<Vec<Picture>, String> {
    let figures = chapter.figures;
    let draw = |i: usize| {
        catch_unwind(AssertUnwindSafe(figures[i].draw))
            .map_err(|_| format!("drawing the figure `{}` panicked", figures[i].id))
    };
    in_order(figures.len(), draw).into_iter().collect()
}

/// A place for figures that is known to be writable.
#[derive(Debug)]
pub struct Folder {
    out: PathBuf,
    aside: Aside,
}

impl Folder {
    /// Makes sure that figures can be written to `out`, creating nothing that stays.
    ///
    /// # Errors
    /// A sentence with the path and the way out.
    pub fn prepare(out: &Path) -> Result<Self, String> {
        let aside = nearest_folder(out).and_then(|folder| Aside::inside(&folder));
        let aside = aside.map_err(|error| refused(out, &error))?;
        Ok(Self { out: out.into(), aside })
    }

    /// Writes the pictures, all or none, and returns their paths.
    ///
    /// # Errors
    /// A sentence with the path and the way out.
    pub fn write<A>(
        self,
        chapter: &Chapter<A>,
        pictures: &[Picture],
    ) -> Result<Vec<PathBuf>, String> {
        self.try_write(chapter, pictures).map_err(|error| refused(&self.out, &error))
    }

    fn try_write<A>(
        &self,
        chapter: &Chapter<A>,
        pictures: &[Picture],
    ) -> io::Result<Vec<PathBuf>> {
        let mut names = Vec::new();
        for (figure, picture) in chapter.figures.iter().zip(pictures) {
            let (extension, text) = file(figure.id, picture);
            let name = format!("{}.{extension}", figure.id);
            self.aside.write(&name, text)?;
            names.push(name);
        }
        fs::create_dir_all(&self.out)?;
        let mut paths = Vec::new();
        for name in names {
            let path = self.out.join(&name);
            fs::rename(self.aside.path().join(&name), &path)?;
            paths.push(path);
        }
        Ok(paths)
    }
}

fn refused(out: &Path, error: &io::Error) -> String {
    format!(
        "invalid value '{}' for '--out <DIR>': figures cannot be written there ({error}); \
         name a folder you may write to, as in --out figures",
        out.display()
    )
}

/// The extension and the text of a file that shows `picture` without the book's pages.
fn file(id: &str, picture: &Picture) -> (&'static str, String) {
    let body = &picture.body;
    if let Some(rest) = body.strip_prefix("<svg")
        && let Some((attributes, inside)) = rest.split_once('>')
    {
        return ("svg", format!("<svg{attributes}>\n<style>\n{STYLE}</style>{inside}\n"));
    }
    let script = SCRIPT;
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{id}</title>\n\
         <style>\n{STYLE}</style>\n<body>\n{body}\n<script>\n{script}</script>\n</body>\n</html>\n"
    );
    ("html", html)
}
