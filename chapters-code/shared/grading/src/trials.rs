//! A chapter's assignment as named trials.

use crate::settings::Settings;
use crate::{Exercise, child, report};
use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

/// Grades `student`: the whole of a chapter's `tests/assignment.rs`.
///
/// Every exercise is the trial `<number> <id>`, ignored unless `--ignored` or
/// `--include-ignored` is given, so that `cargo test` passes on a clean checkout. Each
/// question runs in a child process of this executable, at most 10 s (`GRADE_SECONDS`)
/// long. `GRADE_SEED` changes the numbers; what an answer prints is shown only if it
/// does not pass. After the trials comes a table of points.
///
/// Ends with 0 if every question that was asked passed, 101 if not, and 2 for a setting
/// that cannot be read.
pub fn main<W: Sync>(
    crate_name: &'static str,
    student: &'static W,
    exercises: &'static [Exercise<W>],
) -> ExitCode {
    let settings = match Settings::from_env() {
        Ok(settings) => settings,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    if let Some(question) = std::env::var_os(child::QUESTION) {
        return match exercises.iter().find(|exercise| *exercise.id == *question) {
            Some(exercise) => child::answer(exercise, student, settings.seed),
            None => {
                eprintln!(
                    "error: {} is {question:?}, which is no exercise",
                    child::QUESTION
                );
                ExitCode::from(2)
            }
        };
    }
    let verdicts = Arc::new(Mutex::new(Vec::new()));
    let trials = exercises.iter().map(|exercise| {
        let verdicts = verdicts.clone();
        let name = format!("{} {}", exercise.number, exercise.id);
        let trial = Trial::test(name, move || {
            let answer = child::ask(exercise.id, settings)
                .map_err(|error| format!("the question could not be asked: {error}"))?;
            let passed = answer.verdict == crate::Verdict::Passed;
            let details = report::details(exercise, &answer);
            verdicts.lock().expect("no trial panics").push((exercise.id, answer.verdict));
            if passed { Ok(()) } else { Err(details.into()) }
        });
        trial.with_ignored_flag(true)
    });
    let arguments = Arguments::from_args();
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    let verdicts = verdicts.lock().expect("no trial panics");
    if !verdicts.is_empty() {
        println!("{}", report::summary(crate_name, exercises, &verdicts, settings.seed));
    }
    conclusion.exit_code()
}
