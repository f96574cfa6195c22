//! `cargo book train`: trains again what is kept in the repository.

use super::{failed, only, passed_on, root};
use crate::chapters::programs;
use crate::faults;
use std::process::{Command, ExitCode};

/// Has the chapters' programs train, each after the other.
pub fn run(package: Option<&str>, name: Option<&str>) -> ExitCode {
    let root = root();
    let names = match only(&root, package) {
        Ok(names) => names,
        Err(message) => return failed(&message),
    };
    let built = match programs(&root, &names) {
        Ok(built) => built,
        Err(fault) => {
            faults::show(&[fault]);
            return ExitCode::FAILURE;
        }
    };
    // Ctrl-C reaches both: the program that trains stops, and this one waits for what it
    // tells.
    if let Err(error) = ctrlc::set_handler(|| {}) {
        return failed(&format!("cannot listen for Ctrl-C: {error}"));
    }
    for (chapter, program) in built {
        let program = match program {
            Ok(program) => program,
            Err(fault) => {
                faults::show(&[fault]);
                return ExitCode::FAILURE;
            }
        };
        let mut train = Command::new(&program);
        train.arg("train").args(name).current_dir(&root);
        match train.status() {
            Ok(told) if told.success() => {}
            Ok(told) => return passed_on(told),
            Err(error) => {
                return failed(&format!("cannot run the program of {chapter}: {error}"));
            }
        }
    }
    ExitCode::SUCCESS
}
