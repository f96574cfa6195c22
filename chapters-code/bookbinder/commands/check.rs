//! `cargo book check`: builds the book and looks up every link and id of the built pages.

use super::{build, html, root};
use std::process::ExitCode;

/// Builds into `target/book`, then checks the HTML. All faults are shown.
pub fn run() -> ExitCode {
    let status = build::run(None);
    if status != ExitCode::SUCCESS {
        return status;
    }
    let dest = root().join("target").join("book");
    match html::check(&dest) {
        Err(error) => super::failed(&format!("cannot read {}: {error}", dest.display())),
        Ok(report) if report.faults.is_empty() => {
            let html::Report { pages, links, ids, .. } = report;
            println!(
                "{pages} pages, {links} links, {ids} ids: every link leads somewhere, every id is alone"
            );
            ExitCode::SUCCESS
        }
        Ok(report) => {
            for fault in &report.faults {
                eprintln!("error: {fault}");
            }
            eprintln!("The built pages have {} faults.", report.faults.len());
            ExitCode::FAILURE
        }
    }
}
