//! The instructor's audit of a chapter's exercises.

use crate::{Exercise, Verdict, judge};
use std::collections::BTreeSet;

/// The seeds an audit runs with: the book's and a few others.
const SEEDS: [u64; 5] = [evidence::SEED, 0, 1, 7, u64::MAX];

/// Fewest slips an exercise may know.
const SLIPS: usize = 3;

/// Holds the exercises to account, for several seeds: the solution passes, the
/// unfinished work is unfinished, every slip is wrong and recognised as itself; every
/// exercise has three slips, points, a hint, and an id, number and title of its own.
///
/// # Errors
/// One sentence for each fault.
pub fn audit<W>(
    solution: &W,
    unfinished: &W,
    exercises: &[Exercise<W>],
) -> Result<(), Vec<String>> {
    let mut faults = Vec::new();
    if exercises.is_empty() {
        faults.push("there are no exercises".to_string());
    }
    let mut seen = BTreeSet::new();
    for exercise in exercises {
        for (what, name) in [("id", exercise.id), ("number", exercise.number)] {
            if !seen.insert((what, name)) {
                faults.push(format!("two exercises have the {what} `{name}`"));
            }
        }
        papers(exercise, &mut faults);
        for seed in SEEDS {
            work(exercise, solution, unfinished, seed, &mut faults);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// What is written on the exercise.
fn papers<W>(exercise: &Exercise<W>, faults: &mut Vec<String>) {
    let id = exercise.id;
    if exercise.points == 0 {
        faults.push(format!("{id}: no points"));
    }
    if exercise.minutes == 0 {
        faults.push(format!("{id}: no expected time"));
    }
    let texts = [
        ("id", id),
        ("number", exercise.number),
        ("title", exercise.title),
        ("task", exercise.task),
        ("hint", exercise.hint),
        ("formula", exercise.formula),
    ];
    for (what, text) in texts {
        if text.trim().is_empty() {
            faults.push(format!("{id}: the {what} is empty"));
        }
    }
    let slips = exercise.slips.len();
    if slips < SLIPS {
        faults.push(format!("{id}: {slips} slips; at least {SLIPS} are wanted"));
    }
    let names: BTreeSet<_> = exercise.slips.iter().map(|slip| slip.name).collect();
    if names.len() < slips {
        faults.push(format!("{id}: two slips have one name"));
    }
    for slip in exercise.slips.iter().filter(|slip| slip.says.trim().is_empty()) {
        faults.push(format!(
            "{id}: the slip \"{}\" says nothing to the student",
            slip.name
        ));
    }
}

/// What the check says of the right answer, the stub and the slips.
fn work<W>(
    exercise: &Exercise<W>,
    solution: &W,
    unfinished: &W,
    seed: u64,
    faults: &mut Vec<String>,
) {
    let id = exercise.id;
    let verdict = judge(exercise, solution, seed);
    if verdict != Verdict::Passed {
        faults
            .push(format!("{id}, seed {seed}: the solution does not pass: {verdict:?}"));
    }
    let verdict = judge(exercise, unfinished, seed);
    if verdict != Verdict::Unfinished {
        faults
            .push(format!("{id}, seed {seed}: the stub is not unfinished: {verdict:?}"));
    }
    for slip in exercise.slips {
        let name = slip.name;
        match judge(exercise, &slip.work, seed) {
            Verdict::Wrong { looks_like: Some(like), .. } if like.name == name => {}
            Verdict::Wrong { looks_like: Some(like), .. } => faults.push(format!(
                "{id}, seed {seed}: the slip \"{name}\" is taken for \"{}\"",
                like.name
            )),
            Verdict::Wrong { missed, .. } => faults.push(format!(
                "{id}, seed {seed}: the slip \"{name}\" is wrong in a way that is not the \
                 same twice: {}",
                missed.join("; ")
            )),
            verdict => {
                faults.push(format!("{id}, seed {seed}: the slip \"{name}\" is {verdict:?}"));
            }
        }
    }
}
