//! `cargo grade -p CRATE`: what a student's answers are worth.

use super::{cargo, failed, passed_on, root};
use crate::code::{folder, is_chapter};
use crate::faults::nearest;
use std::process::ExitCode;

/// Compiles and runs the assignment of a chapter. `arguments` go to its program.
pub fn run(package: &str, arguments: &[String]) -> ExitCode {
    let root = root();
    let chapters: Vec<String> = folder(&root.join("chapters-code"))
        .iter()
        .filter(|path| {
            is_chapter(path) && path.join("tests").join("assignment.rs").is_file()
        })
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    if !chapters.iter().any(|chapter| chapter == package) {
        let near = nearest(package, chapters.iter().map(String::as_str));
        let known = chapters.join(", ");
        return failed(&format!(
            "no chapter `{package}` has an assignment{near} (there are: {known})"
        ));
    }
    let test = ["test", "--package", package, "--test", "assignment"];
    match cargo(&root).args(test).args(["--quiet", "--no-run"]).status() {
        Ok(status) if status.success() => {}
        Ok(status) => {
            eprintln!(
                "\nchapters-code/{package}/src/assignment.rs does not compile yet, so nothing was graded: \
                 mend what rustc names above and run this again."
            );
            return passed_on(status);
        }
        Err(error) => return failed(&format!("cannot start cargo: {error}")),
    }
    let graded = cargo(&root)
        .args(test)
        .args(["--quiet", "--", "--ignored"])
        .args(arguments)
        .status();
    graded.map_or_else(|error| failed(&format!("cannot start cargo: {error}")), passed_on)
}
