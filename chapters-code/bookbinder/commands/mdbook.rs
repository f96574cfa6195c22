//! Finds mdBook 0.5.x, or installs it into the target folder.

use super::cargo;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The version that is installed where none is found.
const VERSION: &str = "0.5.4";
/// The versions that will do.
const FITS: &str = "0.5.";
/// Those of its crates in which a build of the book spends its time: pages are read,
/// written and indexed. They alone are optimised, which halves the time of the installation;
/// the rest is a server and flags.
const BUSY: [&str; 24] = [
    "aho-corasick",
    "ego-tree",
    "elasticlunr-rs",
    "handlebars",
    "hashbrown",
    "html5ever",
    "indexmap",
    "markup5ever",
    "mdbook-core",
    "mdbook-driver",
    "mdbook-html",
    "mdbook-markdown",
    "memchr",
    "pest",
    "pulldown-cmark",
    "regex",
    "regex-automata",
    "regex-syntax",
    "rust-stemmers",
    "serde_core",
    "serde_json",
    "string_cache",
    "tendril",
    "web_atoms",
];

/// The mdBook to call: the one on the PATH, or that of `target/tools`, which is installed
/// first if there is none (about a minute on two cores, once).
pub fn find(root: &Path) -> Result<PathBuf, String> {
    let tools = root.join("target").join("tools");
    let own = tools.join("bin").join(format!("mdbook{}", std::env::consts::EXE_SUFFIX));
    let on_path = PathBuf::from("mdbook");
    for program in [&on_path, &own] {
        match version(program) {
            Some(found) if found.starts_with(FITS) => return Ok(program.clone()),
            Some(found) if program == &on_path => {
                eprintln!("The mdBook on the PATH is {found}; the book needs {FITS}x.");
            }
            _ => {}
        }
    }
    install(root, &tools)?;
    match version(&own) {
        Some(found) if found.starts_with(FITS) => Ok(own),
        _ => Err(format!("mdBook was installed, but {} does not run", own.display())),
    }
}

/// A call of mdBook that finds its preprocessor in this very program. With the command of
/// `book.toml`, cargo would look first whether the program is up to date, as it has done just
/// now.
pub fn call(mdbook: &Path, root: &Path) -> Command {
    let mut command = Command::new(mdbook);
    command.current_dir(root);
    if let Some(preprocess) = std::env::current_exe().ok().and_then(|exe| quoted(&exe)) {
        let preprocess = format!("{preprocess} preprocess");
        command.env("MDBOOK_PREPROCESSOR__BOOK__COMMAND", preprocess);
    }
    command
}

/// A path as one word of a shell, which is how mdBook reads commands.
fn quoted(path: &Path) -> Option<String> {
    let path = path.to_str().filter(|path| !path.contains('\''))?;
    Some(format!("'{path}'"))
}

/// What `mdbook --version` says: "0.5.4".
pub fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    parse_version(&String::from_utf8_lossy(&output.stdout))
}

fn parse_version(words: &str) -> Option<String> {
    let version = words.trim().strip_prefix("mdbook")?.trim().trim_start_matches('v');
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.to_owned())
}

fn install(root: &Path, tools: &Path) -> Result<(), String> {
    eprintln!(
        "There is no mdBook {FITS}x on the PATH: installing {VERSION} into target/tools.\n\
         This happens once and takes one to two minutes."
    );
    let optimised = BUSY.iter().flat_map(|name| {
        ["--config".into(), format!("profile.dev.package.{name}.opt-level=2")]
    });
    let status = cargo(root)
        .args(optimised)
        .args([
            "install",
            "mdbook",
            "--locked",
            "--debug",
            "--version",
            VERSION,
            "--root",
        ])
        .arg(tools)
        // Its own folder, so that the installation waits for no other build.
        .env("CARGO_TARGET_DIR", tools.join("build"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false")
        .env("CARGO_PROFILE_DEV_OVERFLOW_CHECKS", "false")
        .status()
        .map_err(|error| format!("cannot start cargo: {error}"))?;
    if status.success() {
        let _ = std::fs::remove_dir_all(tools.join("build"));
        return Ok(());
    }
    Err(format!(
        "mdBook {VERSION} could not be installed (cargo's words are above).\n\
         If there is no network: the book needs one once, to fetch mdBook. Connect and run this\n\
         command again, or put an mdBook {FITS}x on the PATH. The chapters' programs\n\
         (cargo run -p ch01_flows) and `cargo test` do without."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_one_word() {
        assert_eq!(quoted(Path::new("/a b/book")).as_deref(), Some("'/a b/book'"));
        assert_eq!(quoted(Path::new("/a'b/book")), None);
    }

    #[test]
    fn versions_are_read() {
        assert_eq!(parse_version("mdbook v0.5.4\n").as_deref(), Some("0.5.4"));
        assert_eq!(parse_version("mdbook 0.4.40").as_deref(), Some("0.4.40"));
        assert_eq!(parse_version("something else"), None);
    }
}
