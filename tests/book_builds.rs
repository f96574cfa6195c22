//! The real book, built by mdBook into a temporary folder: nothing of the book's own
//! language is left in its pages.

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let name = "the_book_builds_and_no_directive_is_left";
    let trial = match mdbook() {
        Some(mdbook) => Trial::test(name, move || build(&mdbook)),
        None => {
            println!(
                "{name} is ignored: there is no mdBook 0.5 on the PATH or in target/tools; \
                 `cargo book build` installs one"
            );
            Trial::test(name, || Ok(())).with_ignored_flag(true)
        }
    };
    libtest_mimic::run(&arguments, vec![trial]).exit_code()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// mdBook 0.5: the book's own, else the one on the PATH.
fn mdbook() -> Option<PathBuf> {
    let own = root()
        .join("target/tools/bin")
        .join(format!("mdbook{}", std::env::consts::EXE_SUFFIX));
    [own, "mdbook".into()].into_iter().find(|path| {
        let output = Command::new(path).arg("--version").output();
        output.is_ok_and(|o| {
            String::from_utf8_lossy(&o.stdout).trim().starts_with("mdbook v0.5.")
        })
    })
}

fn build(mdbook: &Path) -> Result<(), Failed> {
    let dir = tempfile::tempdir()?;
    let output = Command::new(mdbook)
        .arg("build")
        .arg("--dest-dir")
        .arg(dir.path())
        .arg(root())
        .env_remove("BOOK_EXPORTS")
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let mut pages = 0;
    for entry in std::fs::read_dir(dir.path())?.flatten() {
        if entry.path().extension().is_none_or(|e| e != "html") {
            continue;
        }
        pages += 1;
        let text = without_code(&std::fs::read_to_string(entry.path())?);
        for left in ["{{#", "$$", "```", "language-math", "ANCHOR:"] {
            if let Some(at) = text.find(left) {
                let near: String = text[at..].chars().take(80).collect();
                return Err(format!(
                    "{}: `{left}` is left: {near}",
                    entry.path().display()
                )
                .into());
            }
        }
    }
    if pages < 6 { Err(format!("only {pages} pages").into()) } else { Ok(()) }
}

/// The page without what stands in `<code>` and in scripts, where it may be spoken of.
fn without_code(html: &str) -> String {
    let mut out = html.to_owned();
    for (open, close) in [("<code", "</code>"), ("<script", "</script>")] {
        let mut kept = String::with_capacity(out.len());
        let mut rest = out.as_str();
        while let Some(at) = rest.find(open) {
            kept += &rest[..at];
            rest =
                rest[at..].find(close).map_or("", |end| &rest[at + end + close.len()..]);
        }
        kept += rest;
        out = kept;
    }
    // A fence of formulas that nobody has set would be a listing of its own.
    if html.contains("class=\"language-math\"") { out + "language-math" } else { out }
}
